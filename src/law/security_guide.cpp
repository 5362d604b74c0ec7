#include "law/security_guide.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace greffier::law {
namespace {

constexpr std::array<std::string_view, 26> sheets{"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13",
                                                  "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "archive"};

std::vector<SecurityPoint> read()
{
    auto const table = law_table("measures.csv");
    std::vector<SecurityPoint> points;
    for (std::size_t i = 0; i < table.size(); ++i)
        points.push_back({table.at(i, "code"), table.at(i, "sheet"), split(table.at(i, "kinds"), ' '), split(table.at(i, "risks"), ' '), table.at(i, "text_fr"), table.at(i, "text_en"),
                          table.at(i, "source"), table.at(i, "verified") == "V", {table.date_at(i, "valid_from"), table.date_at(i, "valid_to")}});
    return points;
}

}  // namespace

std::span<std::string_view const> security_sheets() { return sheets; }

std::string_view security_chapter(std::string_view sheet)
{
    if (sheet == "archive") return "data";
    if (sheet <= "01") return "steering";
    if (sheet <= "05") return "users";
    if (sheet <= "12") return "equipment";
    if (sheet <= "15") return "data";
    return sheet <= "19" ? "incident" : "focus";
}

std::span<SecurityPoint const> security_points()
{
    static auto const all = read();
    return all;
}

SecurityPoint const* security_point(std::string_view code)
{
    auto const all = security_points();
    auto const found = std::ranges::find(all, code, &SecurityPoint::code);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace greffier::law
