#include "registers/breach/timeline.hpp"

#include <algorithm>

#include "registers/breach/words.hpp"

namespace greffier::breach {

namespace {

class Teller {
public:
    Teller(std::vector<Moment>& into, Timestamp now, Locale const& locale) : into_(into), now_(now), locale_(locale) {}

    void at(std::optional<Timestamp> const& when, std::string title, std::string text = {}, bool key = false)
    {
        if (when) into_.push_back({*when, false, key, *when > now_, std::move(title), std::move(text)});
    }
    void field(std::optional<Timestamp> const& when, char const* name, std::string text = {}, bool key = false) { at(when, locale_.text(std::string{"timeline."} + name), std::move(text), key); }
    void day(std::optional<Date> const& when, std::string title, std::string text = {})
    {
        if (when) into_.push_back({start_of_day(*when, locale_.zone()), true, false, start_of_day(*when, locale_.zone()) > now_, std::move(title), std::move(text)});
    }

private:
    std::vector<Moment>& into_;
    Timestamp now_;
    Locale const& locale_;
};

void tell_parties(Teller& tell, schema::SchemaInfo const& info, Breach const& b, Locale const& locale)
{
    for (auto const& party : b.parties) {
        Arguments const who{{"name", party.name}};
        tell.at(party.aware_at, locale.text("timeline.party_aware", who));
        tell.at(party.told_us_at, locale.text("timeline.party_told_us", who));
        tell.at(party.we_told_at, locale.text("timeline.party_told", who), party.details.value);
    }
    for (auto const& row : b.told) {
        auto body = body_words(info, row.body.code, locale);
        if (!row.name.empty()) body += " (" + row.name + ")";
        tell.at(row.told_at, locale.text("timeline.told", {{"name", body}}), row.details.value);
    }
}

void tell_versions(Teller& tell, std::vector<records::Version> const& versions, Locale const& locale)
{
    std::string before;
    for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
        if (version->number == 1) tell.at(version->recorded_at, locale.text("timeline.written"));
        else if (version->status != before) {
            auto text = version->reason;
            if (!version->decision.empty()) text = locale.text("timeline.decided_by", {{"name", version->decision.by}}) + (text.empty() ? "" : "\n" + text);
            tell.at(version->recorded_at, locale.text("timeline.status", {{"status", locale.text("status." + version->status)}}), std::move(text));
        }
        before = version->status;
    }
}

}  // namespace

std::vector<Moment> timeline_of(schema::SchemaInfo const& info, Breach const& b, std::vector<records::Version> const& versions, std::optional<law::HourPeriod> const& clock, Timestamp now,
                                Locale const& locale)
{
    std::vector<Moment> moments;
    Teller tell(moments, now, locale);
    tell.field(b.started_at, "started");
    tell.field(b.detected_at, "detected", b.discovery.value);
    tell.field(b.reported_at, "reported");
    tell.field(b.aware_at, "aware", b.awareness.value, true);
    tell.field(b.ended_at, "ended");
    tell.field(b.persons_informed_at, "persons_informed");
    tell.day(b.dpo_advice_date, locale.text("timeline.dpo_advice"));
    tell.day(b.notify_decided_on, locale.text(b.notify.value_or(false) ? "timeline.notify_decided" : "timeline.silence_decided"), b.notify_reason.value);
    tell.day(b.persons_decided_on, locale.text("timeline.persons_decided"));
    for (auto const& row : b.timeline) tell.at(row.at, row.what.value, row.who);
    for (auto const& sent : b.notifications)
        tell.at(sent.sent_at, locale.text("timeline.notification", {{"type", choice_words(sent.type, locale)}}),
                sent.receipt.empty() ? "" : locale.text("timeline.receipt", {{"number", sent.receipt}}));
    for (auto const& measure : b.measures)
        if (measure.stage != MeasureStage::Before) tell.day(measure.done_on, locale.text("timeline.measure"), measure.what.value);
    tell_parties(tell, info, b, locale);
    tell_versions(tell, versions, locale);
    if (clock) {
        tell.field(clock->strict_due, "strict_due");
        tell.field(clock->legal_due, "legal_due");
    }
    std::ranges::stable_sort(moments, {}, &Moment::at);
    return moments;
}

}  // namespace greffier::breach
