#include "registers/breach/breach.hpp"

#include <algorithm>

#include "schema/unpacked.hpp"

namespace greffier::breach {

using schema::Field;
using schema::Schema;

Schema<TimelineRow> const& schema_of(TimelineRow const*)
{
    static Schema<TimelineRow> const schema("breach_event", 1, {
        Field("at", &TimelineRow::at).required(),
        Field("what", &TimelineRow::what).title().required().max_length(1000),
        Field("who", &TimelineRow::who).max_length(200),
    });
    return schema;
}

Schema<Measure> const& schema_of(Measure const*)
{
    static Schema<Measure> const schema("breach_measure", 1, {
        Field("stage", &Measure::stage).required().article("33(3)(d)"),
        Field("what", &Measure::what).title().required().max_length(2000).article("33(3)(d)"),
        Field("owner", &Measure::owner).max_length(200).shown_when("stage", {"immediate", "planned"}),
        Field("due", &Measure::due).shown_when("stage", {"immediate", "planned"}),
        Field("done_on", &Measure::done_on).shown_when("stage", {"immediate", "planned"}),
    });
    return schema;
}

Schema<FirstStep> const& schema_of(FirstStep const*)
{
    static Schema<FirstStep> const schema("breach_step", 1, {
        Field("step", &FirstStep::step).title().required(),
        Field("done_at", &FirstStep::done_at).required(),
        Field("done_by", &FirstStep::done_by).max_length(200),
        Field("note", &FirstStep::note).max_length(1000),
    });
    return schema;
}

Schema<Notification> const& schema_of(Notification const*)
{
    static Schema<Notification> const schema("breach_notification", 1, {
        Field("type", &Notification::type).title().required().article("33(4)"),
        Field("sent_at", &Notification::sent_at).mandatory().article("33(1)"),
        Field("receipt", &Notification::receipt).max_length(100),
        Field("author", &Notification::author).max_length(200),
        Field("authority", &Notification::authority).max_length(200).article("56"),
        Field("content", &Notification::content).max_length(50000).article("33(3)"),
    });
    return schema;
}

Schema<Party> const& schema_of(Party const*)
{
    static Schema<Party> const schema("breach_party", 1, {
        Field("role", &Party::role).required().article("33(2)"),
        Field("name", &Party::name).title().required().max_length(300),
        Field("contact", &Party::contact).max_length(300),
        Field("aware_at", &Party::aware_at).article("33(2)"),
        Field("told_us_at", &Party::told_us_at).article("33(2)"),
        Field("contract_hours", &Party::contract_hours).article("28(3)(f)").shown_when("role", {"processor", "controller"}),
        Field("we_told_at", &Party::we_told_at).article("33(2)"),
        Field("details", &Party::details).max_length(2000).article("26"),
    });
    return schema;
}

Schema<Told> const& schema_of(Told const*)
{
    static Schema<Told> const schema("breach_told", 1, {
        Field("body", &Told::body).title().required(),
        Field("name", &Told::name).max_length(300),
        Field("told_at", &Told::told_at),
        Field("reference", &Told::reference).max_length(200),
        Field("not_needed", &Told::not_needed),
        Field("details", &Told::details).max_length(2000),
    });
    return schema;
}

Schema<Breach> const& schema_of(Breach const*)
{
    static Schema<Breach> const schema("breach", 3, {
        Field("title", &Breach::title).section("facts").required().max_length(200).searchable().in_list(),
        Field("service", &Breach::service).max_length(200).searchable().suggest("service"),
        Field("intake", &Breach::intake),
        Field("reported_at", &Breach::reported_at),
        Field("reported_by", &Breach::reported_by).personal_data(),
        Field("personal_data", &Breach::personal_data).mandatory().article("4(12)"),
        Field("nature", &Breach::nature).mandatory().article("33(3)(a)"),
        Field("facts", &Breach::facts).mandatory().max_length(10000).personal_data().article("33(5)"),
        Field("causes", &Breach::causes).mandatory().article("33(5)"),
        Field("cause_details", &Breach::cause_details).max_length(4000).personal_data(),
        Field("origin", &Breach::origin),
        Field("intent", &Breach::intent),

        Field("started_at", &Breach::started_at).section("dates").article("33(5)"),
        Field("ongoing", &Breach::ongoing),
        Field("ended_at", &Breach::ended_at),
        Field("detected_at", &Breach::detected_at),
        Field("discovery", &Breach::discovery).max_length(4000).personal_data(),
        Field("aware_at", &Breach::aware_at).mandatory().in_list().article("33(1)"),
        Field("awareness", &Breach::awareness).max_length(2000).personal_data().article("33(1)"),
        Field("timeline", &Breach::timeline).personal_data().article("33(5)"),

        Field("processings", &Breach::processings).section("scope"),
        Field("systems", &Breach::systems).max_length(2000).searchable(),
        Field("sites", &Breach::sites).max_length(1000).searchable(),
        Field("subject_categories", &Breach::subject_categories).mandatory().article("33(3)(a)"),
        Field("people_count", &Breach::people_count).mandatory().article("33(3)(a)"),
        Field("data_categories", &Breach::data_categories).mandatory().article("33(3)(a)"),
        Field("records_count", &Breach::records_count).mandatory().article("33(3)(a)"),
        Field("counts_note", &Breach::counts_note).max_length(500),
        Field("sensitive_data", &Breach::sensitive_data).article("9(1)"),
        Field("vulnerable_people", &Breach::vulnerable_people).article("recital 75"),
        Field("unintelligible", &Breach::unintelligible).article("34(3)(a)"),
        Field("cross_border", &Breach::cross_border).article("56"),
        Field("cross_border_details", &Breach::cross_border_details).max_length(2000).article("56").shown_when("cross_border", {"true"}),

        Field("consequences", &Breach::consequences).section("effects").mandatory().max_length(10000).personal_data().article("33(3)(c)"),
        Field("effects", &Breach::effects).article("33(3)(c)"),
        Field("severity", &Breach::severity).article("33(1)"),
        Field("likelihood", &Breach::likelihood).article("33(1)"),
        Field("risk", &Breach::risk).mandatory().in_list().article("33(1)"),
        Field("risk_reason", &Breach::risk_reason).mandatory().max_length(4000).personal_data().article("5(2)"),
        Field("internal_impact", &Breach::internal_impact),

        Field("score_data", &Breach::score_data).section("score"),
        Field("score_context", &Breach::score_context),
        Field("score_identification", &Breach::score_identification),
        Field("score_confidentiality", &Breach::score_confidentiality),
        Field("score_integrity", &Breach::score_integrity),
        Field("score_availability", &Breach::score_availability),

        Field("first_steps", &Breach::first_steps).section("measures").personal_data().article("33(5)").since(3),
        Field("measures", &Breach::measures).mandatory().personal_data().article("33(3)(d)"),

        Field("dpo_advice", &Breach::dpo_advice).section("authority").max_length(10000).personal_data().article("39(1)(a)"),
        Field("dpo_advice_date", &Breach::dpo_advice_date).article("38(1)"),
        Field("notify", &Breach::notify).mandatory().article("33(1)"),
        Field("notify_reason", &Breach::notify_reason).max_length(4000).personal_data().article("33(5)"),
        Field("notify_decided_by", &Breach::notify_decided_by).max_length(200).personal_data().article("24"),
        Field("notify_decided_on", &Breach::notify_decided_on).article("33(1)"),
        Field("notifications", &Breach::notifications).personal_data().article("33(1)"),
        Field("delay_reasons", &Breach::delay_reasons).max_length(4000).personal_data().article("33(1)"),
        Field("contact_point", &Breach::contact_point).personal_data().article("33(3)(b)"),

        Field("tell_persons", &Breach::tell_persons).section("persons").article("34(1)"),
        Field("persons_decided_on", &Breach::persons_decided_on).article("34(1)").shown_when("tell_persons", {"true"}),
        Field("art34_exemption", &Breach::art34_exemption).article("34(3)"),
        Field("art34_reason", &Breach::art34_reason).max_length(4000).personal_data().article("34(3)"),
        Field("persons_informed_at", &Breach::persons_informed_at).article("34(1)"),
        Field("persons_informed_count", &Breach::persons_informed_count).article("34(1)"),
        Field("persons_channels", &Breach::persons_channels).article("34(1)"),
        Field("persons_advice", &Breach::persons_advice).max_length(4000).article("34(2)"),
        Field("persons_text", &Breach::persons_text).max_length(10000).personal_data().article("34(2)"),

        Field("role", &Breach::role).section("others").article("33(2)"),
        Field("parties", &Breach::parties).personal_data().article("33(2)"),
        Field("told", &Breach::told).personal_data(),

        Field("lessons", &Breach::lessons).section("closing").max_length(10000).personal_data().article("33(5)"),
        Field("to_update", &Breach::to_update).max_length(4000).article("35(11)"),
        Field("reviewed_on", &Breach::reviewed_on).article("32(1)(d)").since(2),
        Field("reviewed_by", &Breach::reviewed_by).max_length(500).personal_data().since(2),
        Field("closed_on", &Breach::closed_on).read_only(),
        Field("notes", &Breach::notes).max_length(10000).personal_data(),
        Field("attachments", &Breach::attachments).read_only().personal_data(),
    });
    return schema;
}

Breach breach_of(schema::Row const& row) { return schema::unpacked(breach_schema(), row); }

bool Breach::has_special_data() const
{
    return sensitive_data || std::ranges::any_of(data_categories, [](auto const& category) { return category.has_flag("special") || category.has_flag("art10"); });
}

bool Breach::has_vulnerable_people() const
{
    return vulnerable_people || std::ranges::any_of(subject_categories, [](auto const& category) { return category.has_flag("vulnerable"); });
}

Notification const* Breach::first_notification() const
{
    Notification const* first = nullptr;
    for (auto const& sent : notifications)
        if ((sent.type == NotificationType::Initial || sent.type == NotificationType::Complete) && sent.sent_at && (!first || *sent.sent_at < *first->sent_at)) first = &sent;
    return first;
}

bool Breach::is_completed() const { return std::ranges::any_of(notifications, [](auto const& sent) { return sent.type != NotificationType::Initial && sent.sent_at.has_value(); }); }

bool Breach::is_withdrawn() const { return std::ranges::any_of(notifications, [](auto const& sent) { return sent.type == NotificationType::Withdrawal && sent.sent_at.has_value(); }); }

bool Breach::has_remedial_measures() const { return std::ranges::any_of(measures, [](auto const& measure) { return measure.stage != MeasureStage::Before; }); }

}  // namespace greffier::breach
