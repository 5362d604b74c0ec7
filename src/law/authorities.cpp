#include "law/authorities.hpp"

namespace greffier::law {

std::vector<Authority const*> authorities(Date day)
{
    static auto const all = [] {
        auto const table = law_table("authorities.csv");
        std::vector<Authority> read;
        for (std::size_t i = 0; i < table.size(); ++i)
            read.push_back({table.at(i, "id"), table.at(i, "name"), table.at(i, "address"), table.at(i, "phone"), table.at(i, "email"), table.at(i, "website"), table.at(i, "report_at"),
                            {table.date_at(i, "valid_from"), table.date_at(i, "valid_to")}, table.at(i, "source"), table.at(i, "verified") == "V"});
        return read;
    }();
    std::vector<Authority const*> in_force;
    for (auto const& one : all)
        if (one.validity.holds(day)) in_force.push_back(&one);
    return in_force;
}

}  // namespace greffier::law
