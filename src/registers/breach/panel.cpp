#include "registers/breach/panel.hpp"

#include <algorithm>

#include "accounts/modules.hpp"
#include "records/find_many.hpp"
#include "records/pages/form.hpp"
#include "records/pages/treatment.hpp"
#include "records/store.hpp"
#include "registers/breach/axis.hpp"
#include "registers/breach/clocks.hpp"
#include "registers/breach/cover_panel.hpp"
#include "registers/breach/first_steps.hpp"
#include "registers/breach/measures_then.hpp"
#include "registers/breach/review_panel.hpp"
#include "registers/breach/severity.hpp"
#include "registers/breach/timeline.hpp"
#include "registers/breach/told.hpp"
#include "registers/breach/words.hpp"
#include "web/frame.hpp"

namespace greffier::breach {

using namespace web::literals;
using records::PanelView;
using web::Html;

namespace {

void write_instant(Html& out, Timestamp instant, Locale const& locale)
{
    out << "<time"_h;
    out.attr("datetime"_h, to_text(instant));
    out << "><strong>"_h << weekday_instant(instant, locale) << "</strong></time>"_h;
}

/// The link to a question of the form; the words alone for who may not write.
void write_mend(Html& out, PanelView const& view, std::string_view field, std::string_view words, std::string_view hidden)
{
    if (!view.editable) return;
    out << "<a"_h;
    out.url("href"_h, view.address + "/edit#" + records::control_id(field));
    out << ">"_h << words << "<span class=\"g-hidden\">"_h << view.context.locale.text("punctuation.colon") << hidden << "</span></a>"_h;
}

// --- the clocks -------------------------------------------------------------------------------------------------

void write_bar(Html& out, Timestamp from, Timestamp until, Timestamp now, std::string_view words)
{
    auto const whole = (until - from).count();
    auto const gone = std::clamp<std::int64_t>((now - from).count(), 0, whole);
    out << "<svg class=\"g-bar\" viewBox=\"0 0 200 10\" preserveAspectRatio=\"none\" role=\"img\""_h;
    out.attr("aria-label"_h, words);
    out << "><rect class=\"t\" x=\".5\" y=\".5\" width=\"199\" height=\"9\" rx=\"2\"/><rect class=\"f f--danger\" x=\"1\" y=\"1\" height=\"8\" rx=\"2\""_h;
    out.attr("width"_h, gone * 198 / std::max<std::int64_t>(whole, 1));
    out << "/></svg>"_h;
}

/// What the big figure says: time left, time over, or how the notification that was sent stands.
std::string figure(Timestamp due, Timestamp now, std::optional<Timestamp> const& sent, Locale const& locale)
{
    if (sent) return locale.text(*sent <= due ? "breach.clock.kept" : "breach.clock.exceeded", {{"span", span_words(due - *sent, locale)}});
    return locale.text(now <= due ? "breach.clock.left" : "breach.clock.over", {{"span", span_words(due - now, locale)}});
}

void write_clock(Html& out, PanelView const& view, law::HourPeriod const& clock, bool strict, std::optional<Timestamp> const& sent, std::string_view title)
{
    auto const& locale = view.context.locale;
    auto const now = view.at.value_or(view.context.now);
    auto const due = strict ? clock.strict_due : clock.legal_due;
    auto const id = strict ? "clock-strict" : "clock-legal";
    bool const quiet = strict && sent && *sent <= due;
    out << "<section aria-labelledby=\""_h << id << "\""_h;
    out.attr("class"_h, strict ? quiet ? "g-clock g-clock--main g-clock--kept" : "g-clock g-clock--main" : "g-clock g-clock--side");
    out << "><h2 id=\""_h << id << "\">"_h;
    web::icon(out, strict ? "stopwatch" : "scale");
    out << " "_h << title << "</h2><span class=\"g-left\">"_h << figure(due, now, sent, locale) << "</span><p>"_h << locale.text("breach.clock.before") << " "_h;
    write_instant(out, due, locale);
    out << "</p>"_h;
    if (strict && !sent) write_bar(out, clock.event, clock.strict_due, now, locale.text("breach.clock.gone", {{"span", span_words(std::max(now - clock.event, std::chrono::milliseconds{0}), locale)}}));
    out << "<p class=\"g-small g-muted\">"_h << locale.text(strict ? "breach.clock.strict_note" : "breach.clock.legal_note") << "</p></section>"_h;
}

void write_steps(Html& out, PanelView const& view, law::HourPeriod const& clock)
{
    auto const& locale = view.context.locale;
    out << "<div class=\"g-clocks-why\"><details class=\"g-disclose\"><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text("record.why_this_date") << "</summary><ol class=\"g-steps\"><li><div><strong>"_h << locale.text("breach.clock.start") << "</strong><small>"_h
        << locale.text("breach.clock.start_note") << "</small></div><span class=\"g-res\">"_h << weekday_instant(clock.event, locale) << "</span></li>"_h;
    for (auto const& step : clock.steps) out << "<li><div>"_h << law::words_of(step, locale, view.place.calendar) << "</div></li>"_h;
    out << "</ol></details></div>"_h;
}

/// One sentence on how a notification stands, where that needs one.
void write_verdict(Html& out, PanelView const& view, Breach const& b, law::HourPeriod const& clock, Timestamp sent)
{
    auto const& locale = view.context.locale;
    auto const kept = timeliness(clock, sent);
    if (kept == Timeliness::InTime) return;
    bool const explained = !b.delay_reasons.empty();
    out << "<div class=\"g-clocks-why\"><p>"_h;
    web::icon(out, explained ? "info-circle" : "alert-triangle");
    out << " <strong>"_h << locale.text(kept == Timeliness::Disputed ? "breach.clock.disputed" : "breach.clock.late") << "</strong> "_h
        << locale.text(explained ? "breach.clock.explained" : "breach.clock.explain") << " "_h;
    if (!explained) write_mend(out, view, "delay_reasons", locale.text("breach.clock.explain_link"), locale.text("breach.delay_reasons.short"));
    out << "</p></div>"_h;
}

void write_no_clock(Html& out, PanelView const& view, char const* key, std::string_view field)
{
    auto const& locale = view.context.locale;
    out << "<section class=\"g-alert g-alert--warn\">"_h;
    web::icon(out, "stopwatch");
    out << "<div class=\"g-alert-text\"><h2>"_h << locale.text(std::string{"breach.clock."} + key) << "</h2><p>"_h << locale.text(std::string{"breach.clock."} + key + ".lead") << "</p></div>"_h;
    write_mend(out, view, field, locale.text("act.edit"), locale.text("breach." + std::string{field} + ".short"));
    out << "</section>"_h;
}

/// The first client not told yet; a processor's clock is its client's.
Party const* client_waiting(Breach const& b)
{
    auto const found = std::ranges::find_if(b.parties, [](Party const& party) { return party.role == PartyRole::Controller && !party.we_told_at; });
    return found == b.parties.end() ? nullptr : &*found;
}

bool all_clients_told(Breach const& b)
{
    return std::ranges::any_of(b.parties, [](Party const& party) { return party.role == PartyRole::Controller; }) && !client_waiting(b);
}

void write_clocks(Html& out, PanelView const& view, Breach const& b)
{
    auto const& locale = view.context.locale;
    if (view.stored.head.status == "incident" || b.personal_data == false) return;
    if (!b.aware_at) {
        if (view.stored.head.status != "closed") write_no_clock(out, view, view.stored.head.status == "reported" ? "not_judged" : "not_started", "aware_at");
        return;
    }
    auto const* first = b.first_notification();
    auto const sent = first ? first->sent_at : std::nullopt;
    auto const clock = notification_clock(b, view.place);
    if (!clock) {
        if (all_clients_told(b)) return;
        auto const client = client_clock(b, client_waiting(b), view.place);
        out << "<div class=\"g-clocks g-clocks--one\">"_h;
        write_clock(out, view, client, true, std::nullopt, locale.text("breach.clock.client"));
        write_steps(out, view, client);
        out << "</div>"_h;
        return;
    }
    if (!sent && !is_to_be_notified(b)) return;   // what is told to whom says why
    out << "<div class=\"g-clocks\">"_h;
    write_clock(out, view, *clock, true, sent, locale.text("breach.clock.strict"));
    write_clock(out, view, *clock, false, sent, locale.text("breach.clock.legal"));
    if (sent) write_verdict(out, view, b, *clock, *sent);
    write_steps(out, view, *clock);
    out << "</div>"_h;
}

// --- what must be told to whom -------------------------------------------------------------------------------------

void write_tell(Html& out, PanelView const& view, Tell const& tell)
{
    struct Look { std::string_view tone, icon; };
    static constexpr Look looks[] = {{"done", "circle-check"}, {"todo", "alert-circle"}, {"wait", "point"}, {"wait", "circle-minus"}};
    auto const& locale = view.context.locale;
    auto const& look = looks[static_cast<std::size_t>(tell.state)];
    auto words = tell.key.empty() ? body_words(*view.kind.schema, tell.body, locale) : locale.text("tell." + std::string{tell.key});
    if (!tell.name.empty()) words += locale.text("punctuation.colon") + tell.name;
    static constexpr char const* states[] = {"tell.state.done", "tell.state.todo", "tell.state.undecided", "tell.state.not_needed"};
    out << "<li"_h;
    out.attr("class"_h, look.tone);
    out << ">"_h;
    web::icon(out, look.icon);
    out << "<div><strong>"_h << words << "</strong>"_h;
    if (tell.when) out << "<br><span class=\"g-muted g-small\">"_h << locale.instant(*tell.when) << "</span>"_h;
    if (!tell.why.empty()) out << "<br><span class=\"g-muted g-small\">"_h << locale.text("tell.why." + std::string{tell.why}) << "</span>"_h;
    out << "</div><span class=\"g-small\">"_h << locale.text(states[static_cast<std::size_t>(tell.state)]);
    if (tell.state == TellState::Todo || tell.state == TellState::Undecided) {
        out << " "_h;
        write_mend(out, view, tell.field, locale.text("tell.note"), words);
    }
    out << "</span></li>"_h;
}

void write_told(Html& out, PanelView const& view, Breach const& b)
{
    auto const& locale = view.context.locale;
    out << "<section class=\"g-panel g-col-7\" aria-labelledby=\"told\"><div class=\"g-panel-head\"><h2 id=\"told\">"_h << locale.text("breach.panel.told") << "</h2>"_h;
    if (!view.at && !view.stored.head.deleted_at) {
        out << "<a"_h;
        out.url("href"_h, view.address + "/dossier");
        out << ">"_h << locale.text("breach.panel.dossier") << "</a>"_h;
    }
    out << "</div><ul class=\"g-checklist\">"_h;
    for (auto const& tell : who_is_told(b)) write_tell(out, view, tell);
    out << "</ul></section>"_h;
}

// --- the severity ----------------------------------------------------------------------------------------------------

void write_score_line(Html& out, std::string_view words, std::string_view answer, std::string_view figure)
{
    out << "<tr><th scope=\"row\">"_h << words << "</th><td>"_h << answer << "</td><td class=\"g-num\">"_h << figure << "</td></tr>"_h;
}

template <class E>
std::string label_of(std::optional<E> const& answer, Locale const& locale)
{
    return answer ? choice_words(*answer, locale) : locale.text("breach.score.none");
}

void write_score_table(Html& out, Breach const& b, Score const& score, Locale const& locale)
{
    out << "<div class=\"g-scroll\"><table class=\"g-table\"><caption class=\"g-hidden\">"_h << locale.text("breach.score.caption") << "</caption><tbody>"_h;
    auto signed_figure = [&](int quarters) { return "+\u00a0" + points(quarters, locale); };
    write_score_line(out, locale.text("breach.score_data.short"), label_of(b.score_data, locale), std::to_string(score.base));
    if (score.shift) write_score_line(out, locale.text("breach.score_context.short"), label_of(b.score_context, locale), "=\u00a0" + std::to_string(score.context));
    write_score_line(out, locale.text("breach.score_identification.short"), label_of(b.score_identification, locale), "×\u00a0" + points(score.identification, locale));
    if (b.score_confidentiality) write_score_line(out, locale.text("breach.score_confidentiality.short"), label_of(b.score_confidentiality, locale), signed_figure(score.confidentiality));
    if (b.score_integrity) write_score_line(out, locale.text("breach.score_integrity.short"), label_of(b.score_integrity, locale), signed_figure(score.integrity));
    if (b.score_availability) write_score_line(out, locale.text("breach.score_availability.short"), label_of(b.score_availability, locale), signed_figure(score.availability));
    if (score.malice) write_score_line(out, locale.text("breach.intent.short"), label_of(b.intent, locale), signed_figure(score.malice));
    write_score_line(out, locale.text("breach.score.total"), locale.text("score.level." + std::string{code_of(score.level)}), "=\u00a0" + points(score.total, locale));
    out << "</tbody></table></div>"_h;
}

void write_score(Html& out, PanelView const& view, Breach const& b)
{
    auto const& locale = view.context.locale;
    auto const score = score_of(b);
    out << "<section class=\"g-panel g-col-5\" aria-labelledby=\"score\"><div class=\"g-panel-head\"><h2 id=\"score\">"_h << locale.text("breach.panel.score") << "</h2>"_h;
    write_mend(out, view, "score_data", locale.text(score ? "act.edit" : "breach.score.answer"), locale.text("breach.section.score"));
    out << "</div><div class=\"g-panel-body\">"_h;
    if (!score) {
        out << "<p class=\"g-muted\">"_h << locale.text("breach.score.waits") << "</p></div></section>"_h;
        return;
    }
    write_score_table(out, b, *score, locale);
    out << "<p class=\"mt-3\">"_h << locale.text("breach.score.suggests", {{"risk", choice_words(score->suggested(), locale)}}) << "</p>"_h;
    if (b.risk && *b.risk != score->suggested())
        out << "<p>"_h << locale.text("breach.score.differs", {{"risk", label_of(b.risk, locale)}}) << "</p>"_h;
    if (score->many_people) out << "<p class=\"g-small g-muted\">"_h << locale.text("breach.score.many") << "</p>"_h;
    if (score->unintelligible) out << "<p class=\"g-small g-muted\">"_h << locale.text("breach.score.unintelligible") << "</p>"_h;
    out << "<p class=\"g-small g-muted\">"_h << locale.text("breach.score.method") << "</p></div></section>"_h;
}

// --- what protected the data, as it stood ---------------------------------------------------------------------------------

/// The processings affected, at the hour of awareness: the measures an authority asks about are those of that day.
void write_snapshot(Html& out, PanelView const& view, Breach const& b)
{
    auto const& locale = view.context.locale;
    auto const* kind = view.machinery.registers.find(schema::link_register<ProcessingTag>);
    if (!kind || b.processings.empty() || !b.aware_at || *b.aware_at > view.context.now) return;
    records::Records const records(view.machinery, view.context.where().id, view.context.who().sight);
    out << "<section class=\"g-panel g-col-12\" aria-labelledby=\"snapshot\"><div class=\"g-panel-head\"><h2 id=\"snapshot\">"_h << locale.text("breach.panel.snapshot") << "</h2></div><div class=\"g-panel-body\"><p class=\"g-muted\">"_h
        << locale.text("breach.panel.snapshot.lead", {{"when", locale.instant(*b.aware_at)}}) << "</p><ul class=\"g-list\">"_h;
    std::vector<RecordId> affected;
    for (auto const id : b.processings) affected.push_back({id.uuid});
    auto const then = records::find_many(records, *kind, affected, *b.aware_at);
    for (auto const& id : affected) {
        auto const stood = then.find(id);
        if (stood == then.end()) continue;   // written since, or not for this reader
        out << "<li><a"_h;
        out.url("href"_h, view.context.address("/" + std::string{kind->slug} + "/" + id.text() + "?at=" + to_text(*b.aware_at)));
        out << ">"_h << stood->second.head.title << "</a> <span class=\"g-ref\">"_h << stood->second.head.reference << "</span></li>"_h;
    }
    out << "</ul>"_h;
    write_measures_then(out, view, affected, then, *b.aware_at);
    out << "</div></section>"_h;
}

// --- the timeline ----------------------------------------------------------------------------------------------------

/// The picture of the 72 hours, while they run and once the authority was told.
void write_hours(Html& out, PanelView const& view, Breach const& b, std::vector<Moment> const& moments)
{
    auto const clock = notification_clock(b, view.place);
    auto const* first = b.first_notification();
    if (!clock || (!first && (!is_to_be_notified(b) || view.kind.is_closed(view.stored.head.status)))) return;
    auto const sent = first ? first->sent_at : std::nullopt;
    write_axis(out, *clock, {sent.value_or(view.at.value_or(view.context.now)), sent.has_value()}, moments, view.context.locale);
}

void write_timeline(Html& out, PanelView const& view, Breach const& b)
{
    auto const& locale = view.context.locale;
    auto const now = view.at.value_or(view.context.now);
    std::vector<records::Version> versions;
    if (auto read = records::Records(view.machinery, view.context.where().id, view.context.who().sight).versions(view.kind, view.stored.head.id); read.ok()) versions = std::move(read).value();
    std::erase_if(versions, [now](auto const& version) { return version.recorded_at > now; });
    auto clock = notification_clock(b, view.place);
    if (b.first_notification() || !is_to_be_notified(b) || view.kind.is_closed(view.stored.head.status)) clock.reset();
    auto const moments = timeline_of(*view.kind.schema, b, versions, clock, now, locale);
    out << "<section class=\"g-panel g-col-12\" aria-labelledby=\"timeline\"><div class=\"g-panel-head\"><h2 id=\"timeline\">"_h << locale.text("breach.panel.timeline") << "</h2>"_h;
    write_mend(out, view, "timeline", locale.text("breach.timeline.note"), locale.text("breach.timeline.short"));
    out << "</div><div class=\"g-panel-body\">"_h;
    write_hours(out, view, b, moments);
    out << "<ol class=\"g-timeline\">"_h;
    for (auto const& moment : moments) {
        out << "<li"_h;
        if (moment.key || moment.ahead) out.attr("class"_h, moment.key ? "key" : "next");
        out << "><time"_h;
        auto const day = local_date(moment.at, locale.zone());
        out.attr("datetime"_h, moment.day_only ? to_text(day) : to_text(moment.at));
        out << ">"_h << (moment.day_only ? locale.date(day) : locale.instant(moment.at)) << "</time><div><strong>"_h << moment.title << "</strong>"_h;
        if (!moment.text.empty()) {
            out << "<p class=\"g-small g-muted\">"_h;
            out.lines(moment.text);
            out << "</p>"_h;
        }
        out << "</div></li>"_h;
    }
    out << "</ol></div></section>"_h;
}

/// Whom to call, in which order: where the organisation keeps it.
void write_contact_book(Html& out, PanelView const& view)
{
    if (view.at || !accounts::keeps_register(view.context.where(), "responsibilities")) return;
    out << "<p class=\"mb-3\"><a"_h;
    out.url("href"_h, view.context.address("/responsibilities/contacts"));
    out << ">"_h;
    web::icon(out, "address-book");
    out << " "_h << view.context.locale.text("responsibility.contacts.title") << "</a></p>"_h;
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    auto const b = breach_of(view.stored.row);
    write_clocks(out, view, b);
    write_contact_book(out, view);
    write_first_steps(out, view, b);
    records::ActionsFrom(view).write_section(out);
    out << "<div class=\"g-cols\">"_h;
    if (view.stored.head.status != "incident") {
        write_told(out, view, b);
        write_score(out, view, b);
    }
    write_timeline(out, view, b);
    write_snapshot(out, view, b);
    write_cover(out, view, b);
    write_review(out, view, b);
    out << "</div>"_h;
}

}  // namespace greffier::breach
