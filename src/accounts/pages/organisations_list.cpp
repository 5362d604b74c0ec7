// The organisations a person serves: where they stand, those that need somebody first, fifty on a page.
#include <algorithm>
#include <charconv>
#include <map>

#include "accounts/pages/form.hpp"
#include "accounts/pages/pages.hpp"
#include "core/text.hpp"
#include "web/pager.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

constexpr std::int64_t per_page = 50;
constexpr int all_of_them = 1'000'000;
constexpr std::array<std::string_view, 4> severities{"advice", "minor", "major", "blocking"};
constexpr std::array<std::string_view, 4> tones{"line", "info", "warn", "danger"};
constexpr std::array<std::string_view, 4> icons{"bulb", "info-circle", "alert-triangle", "alert-octagon"};

struct Line {
    OrganisationInfo info;
    std::optional<Standing> standing;      ///< absent: its records are not for this person
};

struct ListOfOrganisations {
    Context& context;
    std::string query;
    std::string_view sort = "name";        ///< or "findings", "late"
    bool archived = false;                 ///< archived ones too
    bool descending = false;
    std::int64_t page = 1, total = 0;
    std::vector<Line> lines = {};
    bool stands = false;                   ///< findings and reviews are shown
};

void read_order(ListOfOrganisations& list, Request const& request)
{
    auto const asked = request.query.get("sort");
    std::string_view name = asked;
    if (name.starts_with('-')) name.remove_prefix(1);
    for (std::string_view known : {"name", "findings", "late"})
        if (name == known) {
            list.sort = known;
            list.descending = asked.starts_with('-');
        }
    auto const page = request.query.get("page");
    std::int64_t number = 1;
    if (std::from_chars(page.data(), page.data() + page.size(), number).ec == std::errc{} && number > 1) list.page = number;
}

std::string address_of(ListOfOrganisations const& list, std::string_view sort, bool descending, std::int64_t page)
{
    std::string text;
    auto add = [&](std::string_view name, std::string const& value) { text += (text.empty() ? "?" : "&") + std::string{name} + "=" + web::encode_component(value); };
    if (!list.query.empty()) add("q", list.query);
    if (sort != "name" || descending) add("sort", (descending ? "-" : "") + std::string{sort});
    if (list.archived) add("archived", "yes");
    if (page > 1) add("page", std::to_string(page));
    return "/organisations" + text;
}

/// The worst first when descending; those whose records are not for this person always last, equal ones by name.
void order(ListOfOrganisations& list)
{
    if (list.sort == "name") {
        if (list.descending) std::ranges::reverse(list.lines);
        return;
    }
    auto weight = [&](Standing const& standing) {
        std::array<std::int64_t, 4> weights{standing.late};
        if (list.sort == "findings") std::ranges::reverse_copy(standing.worst, weights.begin());
        return weights;
    };
    std::ranges::stable_sort(list.lines, [&](Line const& a, Line const& b) {
        if (a.standing.has_value() != b.standing.has_value()) return a.standing.has_value();
        if (!a.standing) return false;
        auto const x = weight(*a.standing), y = weight(*b.standing);
        return list.descending ? y < x : x < y;
    });
}

void take_page(ListOfOrganisations& list)
{
    list.total = static_cast<std::int64_t>(list.lines.size());
    list.page = std::min(list.page, std::max<std::int64_t>(1, (list.total + per_page - 1) / per_page));
    auto const first = (list.page - 1) * per_page, last = std::min(list.total, first + per_page);
    list.lines.erase(list.lines.begin() + last, list.lines.end());
    list.lines.erase(list.lines.begin(), list.lines.begin() + first);
}

/// Of the page's organisations alone, unless the order itself depends on them all.
void find_standings(AccountServices& services, ListOfOrganisations& list)
{
    if (!services.standings || list.lines.empty()) return;
    std::vector<OrganisationId> only;
    if (list.lines.size() <= static_cast<std::size_t>(per_page))
        for (auto const& line : list.lines) only.push_back(line.info.id);
    auto const today = start_of_day(local_date(list.context.now, list.context.locale.zone()), list.context.locale.zone());
    std::map<OrganisationId, Standing> known;
    for (auto& standing : services.standings(list.context.who(), only, today)) known.emplace(standing.organisation, standing);
    for (auto& line : list.lines)
        if (auto const found = known.find(line.info.id); found != known.end()) line.standing = found->second;
    list.stands = std::ranges::any_of(list.lines, [](Line const& line) { return line.standing.has_value(); });
}

void search_form(Html& out, ListOfOrganisations const& list)
{
    auto const& locale = list.context.locale;
    out << "<form class=\"g-filterbar\" role=\"search\" action=\"/organisations\"><div class=\"g-search\">"_h;
    web::icon(out, "search");
    out << "<label class=\"g-hidden\" for=\"organisations-q\">"_h << locale.text("accounts.organisations.search")
        << "</label><input class=\"form-control\" id=\"organisations-q\" name=\"q\" type=\"search\""_h;
    out.attr("value"_h, list.query);
    out << "></div>"_h;
    if (list.sort != "name" || list.descending) {
        out << "<input type=\"hidden\" name=\"sort\""_h;
        out.attr("value"_h, (list.descending ? "-" : "") + std::string{list.sort});
        out << ">"_h;
    }
    out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" id=\"organisations-archived\" name=\"archived\" value=\"yes\""_h;
    out.flag("checked"_h, list.archived);
    out << "><label for=\"organisations-archived\">"_h << locale.text("accounts.organisations.archived_too") << "</label></div><button class=\"btn btn-outline\" type=\"submit\">"_h
        << locale.text("frame.search") << "</button></form>\n"_h;
}

void header_cell(Html& out, ListOfOrganisations const& list, std::string_view sort, char const* key)
{
    bool const sorted = list.sort == sort;
    out << "<th role=\"columnheader\" scope=\"col\""_h;
    if (sorted) out.attr("aria-sort"_h, list.descending ? "descending" : "ascending");
    out << "><a"_h;
    out.url("href"_h, address_of(list, sort, sorted ? !list.descending : sort != "name", 1));
    out << ">"_h << list.context.locale.text(key) << " "_h;
    web::icon(out, sorted ? (list.descending ? "arrow-down" : "arrow-up") : "arrows-sort");
    out << "</a></th>"_h;
}

void findings_cell(Html& out, Locale const& locale, Line const& line)
{
    open_cell(out, locale, "accounts.organisations.findings");
    if (!line.standing) out << "<span class=\"g-muted\">–</span>"_h;
    else if (std::ranges::all_of(line.standing->worst, [](auto count) { return count == 0; })) out << "<span class=\"g-muted\">"_h << locale.text("accounts.organisations.nothing") << "</span>"_h;
    else {
        out << "<ul class=\"g-tallies\">"_h;
        for (std::size_t i = severities.size(); i-- > 0;) {
            if (line.standing->worst[i] == 0) continue;
            out << "<li><a"_h;
            out.attr("class"_h, "g-badge g-badge--" + std::string{tones[i]}).url("href"_h, "/o/" + line.info.slug + "/findings?severity=" + std::string{severities[i]});
            out << ">"_h;
            web::icon(out, icons[i]);
            out << locale.text("severity." + std::string{severities[i]}) << " <span class=\"g-num\">"_h << locale.number(line.standing->worst[i]) << "</span></a></li>"_h;
        }
        out << "</ul>"_h;
    }
    out << "</div></td>"_h;
}

void late_cell(Html& out, Locale const& locale, Line const& line)
{
    open_cell(out, locale, "accounts.organisations.late");
    if (!line.standing) out << "<span class=\"g-muted\">–</span>"_h;
    else if (line.standing->late == 0) out << "<span class=\"g-muted\">"_h << locale.text("accounts.organisations.none_late") << "</span>"_h;
    else {
        out << "<span class=\"g-badge g-badge--warn\">"_h;
        web::icon(out, "clock");
        out << locale.plural("accounts.organisations.late_count", line.standing->late) << "</span>"_h;
    }
    out << "</div></td>"_h;
}

void table(Html& out, ListOfOrganisations const& list)
{
    auto const& locale = list.context.locale;
    out << "<div class=\"g-tablewrap\" tabindex=\"0\" role=\"region\""_h;
    out.attr("aria-label"_h, locale.text("accounts.organisations.title"));
    out << "><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    header_cell(out, list, "name", "accounts.organisation_name");
    out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text("accounts.kind") << "</th>"_h;
    if (list.stands) {
        header_cell(out, list, "findings", "accounts.organisations.findings");
        header_cell(out, list, "late", "accounts.organisations.late");
    }
    out << "</tr></thead><tbody role=\"rowgroup\">\n"_h;
    for (auto const& line : list.lines) {
        out << "<tr role=\"row\""_h;
        out.attr("class"_h, "g-rowlink g-org-" + std::to_string(line.info.colour));
        out << "><th role=\"rowheader\" scope=\"row\"><div><span class=\"g-mark g-mark--s\" aria-hidden=\"true\">"_h << web::initials(line.info.name) << "</span> <a class=\"g-title\""_h;
        out.url("href"_h, "/o/" + line.info.slug);
        out << ">"_h << line.info.name << "</a>"_h;
        if (line.info.archived) out << " <span class=\"g-badge g-badge--line\">"_h << locale.text("frame.archived") << "</span>"_h;
        out << "</div></th>"_h;
        open_cell(out, locale, "accounts.kind");
        out << locale.text("organisation_kind." + line.info.kind) << "</div></td>"_h;
        if (list.stands) {
            findings_cell(out, locale, line);
            late_cell(out, locale, line);
        }
        out << "</tr>\n"_h;
    }
    close_table(out);
}

void pager(Html& out, ListOfOrganisations const& list)
{
    auto const& locale = list.context.locale;
    auto const pages = (list.total + per_page - 1) / per_page;
    if (pages < 2) return;
    auto const first = (list.page - 1) * per_page + 1;
    out << "<div class=\"g-pager\"><span>"_h
        << locale.text("accounts.organisations.range", {{"first", locale.number(first)}, {"last", locale.number(first + static_cast<std::int64_t>(list.lines.size()) - 1)}, {"total", locale.number(list.total)}})
        << "</span>"_h;
    web::page_links(out, locale, list.page, pages, [&](std::int64_t number) { return address_of(list, list.sort, list.descending, number); });
    out << "</div>"_h;
}

}  // namespace

Answer list_organisations(AccountServices& services, Context& context, Request const& request)
{
    auto const& locale = context.locale;
    auto const& who = context.who();
    ListOfOrganisations list{context, std::string(trim(request.query.get("q")))};
    read_order(list, request);
    list.archived = request.query.get("archived") == "yes";
    for (auto& info : services.organisations.of_person(*who.person, list.query, all_of_them, list.archived ? Organisations::Archived::Too : Organisations::Archived::LeftOut)) list.lines.push_back({std::move(info), {}});
    if (list.query.empty() && !list.archived && list.lines.size() == 1 && !who.installation_administrator) return Response::redirect("/o/" + list.lines.front().info.slug);
    bool const by_standing = list.sort != "name";
    if (by_standing) find_standings(services, list);
    order(list);
    take_page(list);
    if (!by_standing) find_standings(services, list);
    Html actions;
    if (who.installation_administrator) {
        actions << "<a class=\"btn btn-outline\" href=\"/journal\">"_h;
        web::icon(actions, "history");
        actions << " "_h << locale.text("journal.link_whole") << "</a> <a class=\"btn btn-primary\" href=\"/organisations/new\">"_h;
        web::icon(actions, "plus");
        actions << " "_h << locale.text("accounts.organisations.new") << "</a>"_h;
    }
    Html out;
    web::page_head(out, context.frame, locale.text("accounts.organisations.title"), locale.text(list.stands ? "accounts.organisations.lead_standing" : "accounts.organisations.lead"), actions);
    search_form(out, list);
    if (list.lines.empty()) {
        out << "<div class=\"g-empty\"><h2>"_h << locale.text(list.query.empty() ? "accounts.organisations.none" : "accounts.organisations.no_match") << "</h2><p>"_h
            << locale.text(list.query.empty() ? "accounts.organisations.none_advice" : "accounts.organisations.no_match_advice") << "</p></div>"_h;
    } else {
        table(out, list);
        pager(out, list);
    }
    return shown(context, locale.text("accounts.organisations.title"), out);
}

}  // namespace greffier::accounts
