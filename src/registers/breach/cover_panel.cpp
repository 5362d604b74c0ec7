#include "registers/breach/cover_panel.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "accounts/modules.hpp"
#include "core/text.hpp"
#include "records/pages/form.hpp"
#include "records/store.hpp"
#include "records/vocabulary.hpp"
#include "registers/breach/cover.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::breach {

using namespace web::literals;
using records::PanelView;
using web::Html;

namespace {

constexpr std::string_view insurance_slug = "insurance";
constexpr std::array<std::string_view, 2> was_in_force{"in_force", "ended"};   // one that ended since may have been in force then
constexpr int most_read = 20;   // of either

std::string grid_words(CoverQuestion const& question, Locale const& locale)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> lists{{{"causes", "insurance_cause_item."}, {"persons", "insurance_person_item."}, {"damages", "insurance_damage_item."}}};
    auto const list = std::ranges::find(lists, question.grid, [](auto const& one) { return one.first; });
    return locale.text(std::string{list->second} + std::string{question.item});
}

void write_answers(Html& out, Policy const& policy, Locale const& locale)
{
    out << "<ul class=\"g-cover\">"_h;
    for (auto const& answer : policy.answers) {
        out << "<li>"_h << (answer.cover == "included" ? "<span class=\"g-badge g-badge--ok\">"_h : answer.cover == "excluded" ? "<span class=\"g-badge g-badge--danger\">"_h : "<span class=\"g-badge g-badge--warn\">"_h)
            << locale.text(answer.cover.empty() ? std::string{"insurance.tally.unasked"} : "insurance_cover." + answer.cover) << "</span> "_h << grid_words(answer.question, locale) << "</li>"_h;
    }
    out << "</ul>"_h;
}

/// Until when the insurer is to be told, counted from when it was known here.
void write_time(Html& out, PanelView const& view, Breach const& b, Policy const& policy)
{
    auto const& locale = view.context.locale;
    auto const known = known_at(b);
    if (auto const told = insurer_told_at(b)) out << "<p>"_h << locale.text("breach.cover.told", {{"when", locale.instant(*told)}}) << "</p>"_h;
    if (!policy.declare_within_days || !known) return;
    auto const days = static_cast<int>(std::clamp<std::int64_t>(*policy.declare_within_days, 0, 3660));
    auto const day = add_days(local_date(*known, view.place.zone), days);
    out << "<p><strong>"_h << locale.text("breach.cover.until", {{"day", locale.date(day)}}) << "</strong> "_h << locale.text("breach.cover.count", {{"days", locale.number(days)}, {"known", locale.instant(*known)}}) << "</p>"_h;
}

void write_missing(Html& out, PanelView const& view, schema::SchemaInfo const& info, Policy const& policy, std::string const& address)
{
    auto const& locale = view.context.locale;
    auto const unasked = std::ranges::count_if(policy.answers, [](CoverAnswer const& one) { return one.cover.empty(); });
    if (policy.missing.empty() && unasked == 0) return;
    out << "<p class=\"g-small\">"_h;
    if (!policy.missing.empty()) {
        out << locale.text("breach.cover.missing");
        for (std::size_t i = 0; i < policy.missing.size(); ++i) {
            out << (i > 0 ? ", "_h : " "_h) << "<a"_h;
            out.url("href"_h, address + (view.editable ? "/edit#" + records::control_id(policy.missing[i]) : std::string{}));
            out << ">"_h << schema::short_label(info, *info.find(policy.missing[i]), locale) << "</a>"_h;
        }
        out << ". "_h;
    }
    if (unasked > 0) out << locale.plural("breach.cover.unasked", unasked);
    out << "</p>"_h;
}

void write_policy(Html& out, PanelView const& view, Breach const& b, schema::SchemaInfo const& info, records::Head const& head, schema::Row const& row, Policy const& policy)
{
    auto const& locale = view.context.locale;
    auto const address = view.context.address("/insurance/" + head.id.text());
    out << "<li><h3 class=\"g-h3\"><a"_h;
    out.url("href"_h, address);
    out << ">"_h << head.title << "</a> <span class=\"g-ref\">"_h << head.reference << "</span></h3><p class=\"g-muted g-small\">"_h << schema::text_of(info, row, "insurer") << "</p>"_h;
    if (policy.excludes_all_causes()) out << "<p>"_h << locale.text("breach.cover.excluded") << "</p>"_h;
    write_answers(out, policy, locale);
    write_time(out, view, b, policy);
    write_missing(out, view, info, policy, address);
    out << "</li>"_h;
}

void write_alert(Html& out, std::string const& words)
{
    out << "<p class=\"g-alert g-alert--warn\">"_h;
    web::icon(out, "alert-triangle");
    out << "<span>"_h << words << "</span></p>"_h;
}

/// Those in force first, then those that ended, each by title; `more`: there are others, which were not read.
struct Held {
    std::vector<records::Listed> read;
    bool more = false;
};
Held policies_held(PanelView const& view, records::Register const& kind)
{
    records::Records const records(view.machinery, view.context.where().id, view.context.who().sight);
    Held held;
    for (auto const status : was_in_force) {
        records::ListQuery query;
        query.statuses = {std::string{status}};
        query.per_page = most_read;
        query.now = view.context.now;
        query.sort = "updated";                  // the one order in which a rare status is found at once
        query.descending = true;
        query.with_rows = true;
        query.known_total = most_read;   // nobody reads the count
        auto page = records.list(kind, query);
        if (!page.ok()) continue;
        held.more = held.more || !page->next.empty();
        std::ranges::move(page->items, std::back_inserter(held.read));
    }
    std::ranges::sort(held.read, {}, [](records::Listed const& one) { return sort_key(one.head.title); });
    return held;
}

/// What the breach must say before any policy can be compared with it.
void write_unsaid(Html& out, PanelView const& view, Breach const& b)
{
    auto const& locale = view.context.locale;
    std::vector<std::string_view> fields;
    if (b.causes.empty()) fields.push_back("causes");
    if (b.subject_categories.empty()) fields.push_back("subject_categories");
    if (b.effects.empty()) fields.push_back("effects");
    if (fields.empty()) return;
    out << "<p class=\"g-small g-muted\">"_h << locale.text("breach.cover.unsaid");
    for (std::size_t i = 0; i < fields.size(); ++i) {
        out << (i > 0 ? ", "_h : " "_h);
        auto const words = locale.text("breach." + std::string{fields[i]} + ".short");
        if (!view.editable) {
            out << words;
            continue;
        }
        out << "<a"_h;
        out.url("href"_h, view.address + "/edit#" + records::control_id(fields[i]));
        out << ">"_h << words << "</a>"_h;
    }
    out << ".</p>"_h;
}

}  // namespace

void write_cover(Html& out, PanelView const& view, Breach const& b)
{
    auto const* kind = view.machinery.registers.find(insurance_slug);
    if (view.at || !kind || view.stored.head.status == "incident" || !accounts::keeps_register(view.context.where(), insurance_slug)) return;
    auto const& locale = view.context.locale;
    auto const day = day_of_loss(b, view.place.zone);
    auto const questions = cover_questions(b);
    auto const held = policies_held(view, *kind);
    Html policies;
    bool any = false;
    for (auto const& one : held.read) {
        auto const policy = policy_of(*kind->schema, *one.row, questions);
        if (day && !policy.held_on(*day)) continue;
        any = true;
        write_policy(policies, view, b, *kind->schema, one.head, *one.row, policy);
    }
    out << "<section class=\"g-panel g-col-12\" aria-labelledby=\"cover\"><div class=\"g-panel-head\"><h2 id=\"cover\">"_h << locale.text("breach.panel.cover") << "</h2><a"_h;
    out.url("href"_h, view.context.address("/insurance"));
    out << ">"_h << locale.text("breach.cover.register") << "</a></div><div class=\"g-panel-body\"><p class=\"g-muted\">"_h
        << (day ? locale.text("breach.cover.lead", {{"day", locale.date(*day)}}) : locale.text("breach.cover.no_day")) << "</p>"_h;
    if (is_attack(b)) write_alert(out, locale.text("breach.cover.complaint"));
    write_unsaid(out, view, b);
    if (any) out << "<ul class=\"g-list\">"_h << policies << "</ul>"_h;
    else out << "<p class=\"mb-0\">"_h << locale.text("breach.cover.none") << "</p>"_h;
    if (held.more) out << "<p class=\"g-small g-muted mb-0\">"_h << locale.text("breach.cover.more", {{"count", locale.number(most_read)}}) << "</p>"_h;
    out << "</div></section>"_h;
}

}  // namespace greffier::breach
