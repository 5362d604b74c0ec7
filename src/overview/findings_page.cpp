#include "overview/findings_page.hpp"

#include <algorithm>

#include "compliance/linter.hpp"
#include "overview/lines.hpp"
#include "overview/overview.hpp"
#include "records/pages/controls.hpp"
#include "records/pages/treatment.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"
#include "web/pager.hpp"

namespace greffier::overview {

using namespace web::literals;
using accounts::Context;
using records::Severity;
using web::Html;
using web::Response;

namespace {

constexpr int per_page = 50;
constexpr std::int64_t last_page = 100'000;

struct FindingsView {
    Context& context;
    OverviewServices const& services;
    FindingFilter filter;
    std::vector<RuleTally> rules;          ///< of the whole organisation
    std::vector<FoundHere> found;          ///< of this page
    std::optional<records::Treatments> treatments = {};
    std::int64_t page = 1, total = 0;      ///< total under the filter
    bool unfolded = false;                 ///< each rule shows its records, as "open=1" asks
};

bool passes(FindingFilter const& filter, RuleTally const& tally)
{
    return (!filter.severity || *filter.severity == tally.severity) && (filter.rule.empty() || filter.rule == tally.rule);
}

std::int64_t count(FindingsView const& view, FindingFilter const& filter)
{
    std::int64_t sum = 0;
    for (auto const& tally : view.rules)
        if (passes(filter, tally)) sum += tally.count;
    return sum;
}

FindingFilter filter_of(web::Request const& request)
{
    auto rule = request.query.get("rule");
    if (!compliance::find_rule(rule)) rule.clear();
    return {records::parse_severity(request.query.get("severity")), std::move(rule)};
}

std::int64_t page_of(web::Request const& request)
{
    auto const text = request.query.get("page");
    if (text.empty() || text.size() > 6 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return 1;
    return std::clamp<std::int64_t>(std::stoll(text), 1, last_page);
}

/// "?severity=major&rule=REG-008&page=2", or nothing.
std::string state_of(FindingFilter const& filter, std::int64_t page = 1)
{
    std::string state;
    auto add = [&](std::string_view name, std::string_view value) {
        state += state.empty() ? '?' : '&';
        state.append(name).append("=").append(value);
    };
    if (filter.severity) add("severity", code_of(*filter.severity));
    if (!filter.rule.empty()) add("rule", filter.rule);
    if (page > 1) add("page", std::to_string(page));
    return state;
}

std::string address(FindingsView const& view, FindingFilter const& filter, std::int64_t page = 1) { return view.context.address("/findings" + state_of(filter, page)); }

/// This page with every rule unfolded, or folded again.
std::string unfolded_address(FindingsView const& view, bool unfolded)
{
    auto const state = state_of(view.filter, view.page);
    return view.context.address("/findings" + state) + (unfolded ? std::string{state.empty() ? "?" : "&"} + "open=1" : "");
}

// ---- head and filters -------------------------------------------------------------------------------------

void write_head(Html& out, FindingsView const& view)
{
    auto const& locale = view.context.locale;
    Html actions;
    if (accounts::may(view.context.who(), web::Permission::ExportRecords) && view.total > 0) {
        actions << "<details class=\"g-menu\"><summary class=\"btn btn-outline\">"_h;
        web::icon(actions, "download");
        actions << " "_h << locale.text("act.export") << " "_h;
        web::icon(actions, "chevron-down");
        actions << "</summary><div class=\"g-menu-panel g-menu-panel--end\"><ul class=\"g-menu-list\">"_h;
        for (auto const& [format, key] : {std::pair{"json", "findings.as_json"}, {"sarif", "findings.as_sarif"}}) {
            actions << "<li>"_h;
            write_link(actions, view.context.address("/findings." + std::string{format} + state_of(view.filter)), locale.text(key));
            actions << "</li>"_h;
        }
        actions << "</ul></div></details>"_h;
    }
    web::page_head(out, view.context.frame, locale.text("nav.findings"), locale.text("findings.lead"), actions);
}

void write_views(Html& out, FindingsView const& view)
{
    auto const& locale = view.context.locale;
    out << "<ul class=\"g-views\""_h;
    out.attr("aria-label"_h, locale.text("list.views"));
    out << ">"_h;
    auto item = [&](std::optional<Severity> severity, std::string const& words) {
        auto filter = view.filter;
        filter.severity = severity;
        out << "<li><a"_h;
        out.url("href"_h, address(view, filter));
        if (view.filter.severity == severity) out.attr("aria-current"_h, "true");
        out << ">"_h << words << " <span class=\"g-num\">"_h << locale.number(count(view, filter)) << "</span></a></li>"_h;
    };
    item(std::nullopt, locale.text("findings.all"));
    for (auto severity : {Severity::Blocking, Severity::Major, Severity::Minor, Severity::Advice}) item(severity, locale.text("severity." + std::string{code_of(severity)}));
    out << "</ul>"_h;
}

void write_filters(Html& out, FindingsView const& view)
{
    auto const& locale = view.context.locale;
    out << "<form method=\"get\" role=\"search\""_h;
    out.url("action"_h, view.context.address("/findings")).attr("aria-label"_h, locale.text("findings.filter_label"));
    out << "><div class=\"g-filterbar\"><label class=\"form-label mb-0\" for=\"f-rule\">"_h << locale.text("findings.rule") << "</label><select class=\"form-select\" id=\"f-rule\" name=\"rule\"><option value=\"\">"_h
        << locale.text("findings.any_rule") << "</option>"_h;
    bool listed = view.filter.rule.empty();
    auto option = [&](std::string const& rule) {
        listed = listed || rule == view.filter.rule;
        out << "<option"_h;
        out.attr("value"_h, rule).flag("selected"_h, rule == view.filter.rule);
        out << ">"_h << rule << " "_h << locale.text("rule." + rule + ".title") << "</option>"_h;
    };
    for (auto const& tally : view.rules)
        if (!view.filter.severity || tally.severity == *view.filter.severity || tally.rule == view.filter.rule) option(tally.rule);
    if (!listed) option(view.filter.rule);
    out << "</select>"_h;
    if (view.filter.severity) {
        out << "<input type=\"hidden\" name=\"severity\""_h;
        out.attr("value"_h, code_of(*view.filter.severity));
        out << ">"_h;
    }
    out << "<button class=\"btn btn-outline btn-sm\" type=\"submit\">"_h << locale.text("list.filter") << "</button>"_h;
    if (!state_of(view.filter).empty()) write_link(out, address(view, {}), locale.text("list.clear"));
    out << "<span class=\"g-push\">"_h;
    write_link(out, unfolded_address(view, !view.unfolded), locale.text(view.unfolded ? "findings.fold_all" : "findings.unfold_all"));
    out << "</span></div></form>"_h;
}

// ---- one rule and the records it found --------------------------------------------------------------------

std::string place_in_words(FindingsView const& view, FoundHere const& one)
{
    auto const* kind = view.services.machinery.registers.find(one.record.register_slug);
    compliance::LintItem item;
    item.schema = kind ? kind->schema : nullptr;
    auto words = one.finding.place.field.empty() ? std::string{} : compliance::place_in_words(one.finding.place, item, view.context.locale);
    if (auto const detail = compliance::detail_in_words(one.finding, view.context.locale); !detail.empty()) words += (words.empty() ? "" : ". ") + detail;
    return words;
}

std::string why_of(records::Finding const& finding, Locale const& locale) { return locale.text("rule." + finding.rule + ".why", finding.arguments); }

/// The figures of a reason may be each record's own: then the reason stands beside the record and not above them all.
bool share_their_reason(FindingsView const& view, std::size_t from, std::size_t to)
{
    auto const& locale = view.context.locale;
    auto const why = why_of(view.found[from].finding, locale);
    return std::all_of(view.found.begin() + static_cast<std::ptrdiff_t>(from), view.found.begin() + static_cast<std::ptrdiff_t>(to),
                       [&](FoundHere const& one) { return why_of(one.finding, locale) == why; });
}

void write_record(Html& out, FindingsView const& view, std::size_t from, std::size_t to, bool reasons)
{
    auto const& record = view.found[from].record;
    out << "<li><div>"_h;
    write_link(out, view.context.address("/" + record.register_slug + "/" + record.id.text()), record.title);
    out << " <span class=\"g-ref\">"_h << record.reference << "</span>"_h;
    for (auto i = from; i < to; ++i) {
        if (auto const words = place_in_words(view, view.found[i]); !words.empty()) out << " <span class=\"g-muted g-small\">"_h << words << "</span>"_h;
        if (reasons) out << "<p class=\"g-small mb-0\">"_h << why_of(view.found[i].finding, view.context.locale) << "</p>"_h;
    }
    if (auto const* kind = view.services.machinery.registers.find(record.register_slug)) {
        records::Head head;
        head.id = record.id;
        head.reference = record.reference;
        head.title = record.title;
        if (view.treatments) view.treatments->write(out, *kind, head, view.found[from].finding, "");
    }
    out << "</div></li>"_h;
}

/// Fifty findings with their reasons are a long page: what blocks is shown at once, the rest is a line a rule.
bool stands_open(FindingsView const& view, records::Finding const& finding)
{
    constexpr std::size_t few = 5;
    return view.unfolded || !view.filter.rule.empty() || view.found.size() <= few || finding.severity == Severity::Blocking;
}

void write_rule(Html& out, FindingsView const& view, std::size_t from, std::size_t to)
{
    auto const& locale = view.context.locale;
    bool const shared = share_their_reason(view, from, to);
    auto const& first = view.found[from].finding;
    auto const key = "rule." + first.rule;
    auto const* rule = compliance::find_rule(first.rule);
    auto const heading = "r-" + first.rule;
    out << "<details class=\"g-panel g-panel--fold\""_h;
    out.attr("aria-labelledby"_h, heading).flag("open"_h, stands_open(view, first));
    out << "><summary class=\"g-panel-head\">"_h;
    web::icon(out, "chevron-right");
    out << "<h2"_h;
    out.attr("id"_h, heading);
    out << ">"_h << locale.text(key + ".title") << "</h2> "_h;
    records::severity_badge(out, first.severity, locale);
    out << "<span class=\"g-muted\">"_h << locale.plural("findings.count", count(view, {first.severity, first.rule})) << "</span></summary><div class=\"g-panel-body\">"_h;
    if (shared) out << "<p>"_h << why_of(first, locale) << "</p>"_h;
    out << "<p class=\"mb-0\"><strong>"_h << locale.text("findings.remedy") << "</strong> "_h << locale.text(key + ".remedy") << " <span class=\"g-muted g-xs\">"_h << first.rule;
    if (rule && !rule->article.empty()) out << ", "_h << schema::article_words(rule->article, locale);
    out << "</span></p></div><ul class=\"g-list\">"_h;
    while (from < to) {
        auto next = from;
        while (next < to && view.found[next].record.id == view.found[from].record.id) ++next;
        write_record(out, view, from, next, !shared);
        from = next;
    }
    out << "</ul></details>"_h;
}

void write_rules(Html& out, FindingsView const& view)
{
    for (std::size_t from = 0; from < view.found.size();) {
        auto to = from;
        auto const same = [&](auto const& a, auto const& b) { return a.rule == b.rule && a.severity == b.severity; };
        while (to < view.found.size() && same(view.found[to].finding, view.found[from].finding)) ++to;
        write_rule(out, view, from, to);
        from = to;
    }
}

void write_pager(Html& out, FindingsView const& view)
{
    auto const& locale = view.context.locale;
    auto const first = (view.page - 1) * per_page + 1;
    auto const pages = (view.total + per_page - 1) / per_page;
    out << "<div class=\"g-pager\"><span>"_h
        << locale.text("list.range", {{"first", locale.number(first)}, {"last", locale.number(first + static_cast<std::int64_t>(view.found.size()) - 1)}, {"total", locale.number(view.total)}}) << "</span>"_h;
    if (pages > 1) web::page_links(out, locale, view.page, pages, [&](std::int64_t number) { return address(view, view.filter, number); });
    out << "</div>"_h;
}

void write_empty(Html& out, FindingsView const& view)
{
    auto const& locale = view.context.locale;
    bool const filtered = !view.rules.empty();
    out << "<div class=\"g-empty\">"_h;
    web::icon(out, filtered ? "search" : "circle-check");
    out << "<h2>"_h << locale.text(filtered ? "list.nothing" : "findings.none") << "</h2><p>"_h << locale.text(filtered ? "findings.nothing_lead" : "findings.none_lead") << "</p>"_h;
    if (filtered) {
        out << "<a class=\"btn btn-outline\""_h;
        out.url("href"_h, address(view, {}));
        out << ">"_h << locale.text("list.clear") << "</a>"_h;
    }
    out << "</div>"_h;
}

Result<Response> show_findings(OverviewServices const& services, Context& context, web::Request const& request)
{
    Overview const overview{services.machinery.database, context.where().id, context.who().sight};
    FindingsView view{context, services, filter_of(request), overview.rules()};
    view.total = count(view, view.filter);
    auto const pages = std::max<std::int64_t>(1, (view.total + per_page - 1) / per_page);
    view.page = std::min(page_of(request), pages);
    view.unfolded = request.query.get("open") == "1";
    view.found = overview.findings(view.filter, per_page, (view.page - 1) * per_page);
    std::vector<records::Treatments::Found> shown;
    for (auto const& one : view.found) shown.push_back({one.record.id, one.record.reference});
    view.treatments.emplace(services.machinery, context, shown);
    context.frame.crumbs.clear();
    context.frame.title = context.locale.text("nav.findings");
    Html out;
    write_head(out, view);
    if (!view.rules.empty()) {
        write_views(out, view);
        write_filters(out, view);
    }
    if (view.found.empty()) write_empty(out, view);
    else {
        write_rules(out, view);
        write_pager(out, view);
    }
    return Response::html(web::page(context.frame, out));
}

// ---- files ------------------------------------------------------------------------------------------------

Result<Response> download(OverviewServices const& services, Context& context, web::Request const& request, bool sarif)
{
    Overview const overview{services.machinery.database, context.where().id, context.who().sight};
    auto const items = overview.lint_items(services.machinery.registers, filter_of(request));
    compliance::LintSource const source{context.where().slug, "", !context.who().sight.is_everything()};
    auto const name = context.locale.text("findings.file") + "-" + context.where().slug;
    if (sarif) return Response::download(name + ".sarif", "application/sarif+json", compliance::lint_sarif(source, items, context.locale));
    return Response::download(name + ".json", "application/json", compliance::lint_json(source, items));
}

}  // namespace

std::vector<accounts::Route> findings_routes(OverviewServices const& services)
{
    using web::Method;
    using web::Permission;
    return {
        {Method::Get, "/o/{organisation}/findings", Permission::ReadRecords, [&services](Context& context, web::Request const& request) { return show_findings(services, context, request); }},
        {Method::Get, "/o/{organisation}/findings.json", Permission::ExportRecords, [&services](Context& context, web::Request const& request) { return download(services, context, request, false); }},
        {Method::Get, "/o/{organisation}/findings.sarif", Permission::ExportRecords, [&services](Context& context, web::Request const& request) { return download(services, context, request, true); }},
    };
}

}  // namespace greffier::overview
