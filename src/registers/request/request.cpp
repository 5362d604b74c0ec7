#include "registers/request/request.hpp"

#include <algorithm>

#include "records/made_title.hpp"

namespace greffier::request {

using schema::Field;
using schema::Schema;

Schema<Pause> const& schema_of(Pause const*)
{
    static Schema<Pause> const schema("request_pause", 1, {
        Field("reason", &Pause::reason).title().required().article("12(6)"),
        Field("asked_for", &Pause::asked_for).max_length(2000),
        Field("asked_on", &Pause::asked_on).mandatory().article("12(6)"),
        Field("answered_on", &Pause::answered_on).article("12(6)"),
    });
    return schema;
}

Schema<Search> const& schema_of(Search const*)
{
    static Schema<Search> const schema("request_search", 1, {
        Field("processing", &Search::processing),
        Field("place", &Search::place).title().max_length(300),
        Field("result", &Search::result).mandatory().article("15(1)"),
        Field("searched_by", &Search::searched_by).max_length(200),
        Field("searched_on", &Search::searched_on),
        Field("details", &Search::details).max_length(2000),
    });
    return schema;
}

Schema<Assignment> const& schema_of(Assignment const*)
{
    static Schema<Assignment> const schema("request_assignment", 1, {
        Field("kind", &Assignment::kind).mandatory(),
        Field("name", &Assignment::name).title().required().max_length(300).suggest("service"),
        Field("task", &Assignment::task).max_length(2000).article("28(3)(e)"),
        Field("asked_on", &Assignment::asked_on),
        Field("due_on", &Assignment::due_on),
        Field("answered_on", &Assignment::answered_on),
        Field("outcome", &Assignment::outcome).max_length(2000),
    });
    return schema;
}

Schema<ToldRecipient> const& schema_of(ToldRecipient const*)
{
    static Schema<ToldRecipient> const schema("request_told_recipient", 1, {
        Field("recipient", &ToldRecipient::recipient).title().required().max_length(300).article("19"),
        Field("told_on", &ToldRecipient::told_on).article("19"),
        Field("impossible", &ToldRecipient::impossible).article("19"),
        Field("reason", &ToldRecipient::reason).max_length(2000).article("19").shown_when("impossible", {"true"}),
    });
    return schema;
}

Schema<Exchange> const& schema_of(Exchange const*)
{
    static Schema<Exchange> const schema("request_exchange", 1, {
        Field("at", &Exchange::at),
        Field("side", &Exchange::side).title(),
        Field("text", &Exchange::text).max_length(10000),
    });
    return schema;
}

Schema<Request> const& schema_of(Request const*)
{
    static Schema<Request> const schema("request", 1, {
        Field("received_at", &Request::received_at).section("request").required().in_list().article("12(3)"),
        Field("channel", &Request::channel).mandatory().article("12(2)"),
        Field("rights", &Request::rights).mandatory().article("15-22"),
        Field("subject", &Request::subject).max_length(200).searchable().suggest("rights"),
        Field("wording", &Request::wording).max_length(20000).personal_data(),
        Field("erasure_grounds", &Request::erasure_grounds).article("17(1)").shown_when("rights", {"erasure"}),
        Field("restriction_grounds", &Request::restriction_grounds).article("18(1)").shown_when("rights", {"restriction"}),
        Field("actual_recipients_wanted", &Request::actual_recipients_wanted).article("15(1)(c)").shown_when("rights", {"access"}),
        Field("language", &Request::language).article("12(1)"),

        Field("requester", &Request::requester).section("person").mandatory().article("12(6)").personal_data(),
        Field("capacity", &Request::capacity).mandatory().article("12(6), 80, LIL 85"),
        Field("person_concerned", &Request::person_concerned).article("12(6)").personal_data(),
        Field("mandate", &Request::mandate).max_length(2000).personal_data(),
        Field("mandate_checked_on", &Request::mandate_checked_on),
        Field("identifiers", &Request::identifiers).max_length(2000).article("11").personal_data(),

        Field("identity_doubt", &Request::identity_doubt).section("identity").max_length(2000).article("12(6)"),
        Field("identity_asked_on", &Request::identity_asked_on).article("12(6)"),
        Field("identity_means", &Request::identity_means).article("12(6)"),
        Field("identity_received_on", &Request::identity_received_on).article("12(6)"),
        Field("identity_result", &Request::identity_result).article("12(6)"),
        Field("document_destroyed_on", &Request::document_destroyed_on).article("5(1)(e)"),
        Field("pauses", &Request::pauses).article("12(6)"),

        Field("service", &Request::service).section("work").max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &Request::owner),
        Field("acknowledged_on", &Request::acknowledged_on),
        Field("searches", &Request::searches).article("15(1)"),
        Field("assignments", &Request::assignments).article("28(3)(e)"),

        Field("extended", &Request::extended).section("extension").article("12(3)"),
        Field("extension_reasons", &Request::extension_reasons).article("12(3)").shown_when("extended", {"true"}),
        Field("extension_details", &Request::extension_details).max_length(2000).article("12(3)").personal_data().shown_when("extended", {"true"}),
        Field("extension_told_on", &Request::extension_told_on).article("12(3)").shown_when("extended", {"true"}),

        Field("decision", &Request::decision).section("decision").mandatory().article("12(3)-(5)"),
        Field("refusal_grounds", &Request::refusal_grounds).article("12(4)").shown_when("decision", {"partial", "refused", "unfounded", "excessive", "not_identifiable"}),
        Field("refusal_details", &Request::refusal_details).max_length(4000).article("12(4)").personal_data().shown_when("decision", {"partial", "refused", "unfounded", "excessive", "not_identifiable"}),
        Field("remedies_stated", &Request::remedies_stated).article("12(4)").shown_when("decision", {"partial", "refused", "unfounded", "excessive", "not_identifiable"}),
        Field("abuse_assessment", &Request::abuse_assessment).max_length(4000).article("12(5)").personal_data(),
        Field("fee", &Request::fee).article("12(5)"),
        Field("fee_reason", &Request::fee_reason).article("12(5), 15(3)"),
        Field("dpo_advice", &Request::dpo_advice).max_length(4000).article("39(1)(a)").personal_data(),
        Field("dpo_advice_date", &Request::dpo_advice_date).article("39(1)(a)"),

        Field("answered_on", &Request::answered_on).section("answer").mandatory().article("12(3)"),
        Field("answer_channel", &Request::answer_channel).mandatory().article("12(1), 12(3)"),
        Field("answer_format", &Request::answer_format).article("12(1), 20(1)"),
        Field("answer", &Request::answer).max_length(50000).article("12(1)").personal_data(),
        Field("decision_elements", &Request::decision_elements).max_length(10000).article("15(1)(h)").personal_data().shown_when("rights", {"access"}),
        Field("transmit_to", &Request::transmit_to).max_length(300).article("20(2)").personal_data().shown_when("rights", {"portability"}),
        Field("transmission_feasible", &Request::transmission_feasible).article("20(2)").shown_when("rights", {"portability"}),
        Field("glossary", &Request::glossary).max_length(10000).article("12(1)"),
        Field("delivery_proof", &Request::delivery_proof).max_length(300).article("5(2)"),
        Field("exchanges", &Request::exchanges).personal_data(),

        Field("recipients_told", &Request::recipients_told).section("after").article("19"),
        Field("restricted_on", &Request::restricted_on).article("18(1)"),
        Field("restriction_lift_told_on", &Request::restriction_lift_told_on).article("18(3)"),
        Field("restriction_lifted_on", &Request::restriction_lifted_on).article("18(3)"),
        Field("complaint_on", &Request::complaint_on).article("77"),
        Field("complaint_details", &Request::complaint_details).max_length(4000).article("77").personal_data(),
        Field("lessons", &Request::lessons).max_length(4000),
        Field("closed_on", &Request::closed_on).read_only(),
        Field("attachments", &Request::attachments).read_only().personal_data(),
    });
    return schema;
}

bool Request::asks(Right right) const { return std::ranges::find(rights, right) != rights.end(); }

bool Request::asks_any(std::initializer_list<Right> some) const
{
    return std::ranges::any_of(some, [this](Right right) { return asks(right); });
}

bool Request::refused() const
{
    switch (decision.value_or(Decision::Satisfied)) {
    case Decision::Partial: case Decision::Refused: case Decision::Unfounded: case Decision::Excessive: case Decision::NotIdentifiable: return true;
    default: return false;
    }
}

std::vector<Pause> Request::all_pauses() const
{
    std::vector<Pause> all;
    if (identity_asked_on) all.push_back({"", PauseReason::Identity, {}, identity_asked_on, identity_received_on});
    for (auto const& pause : pauses)
        if (pause.asked_on) all.push_back(pause);
    std::ranges::stable_sort(all, {}, [](Pause const& pause) { return *pause.asked_on; });
    return all;
}

bool Request::is_waiting() const
{
    return std::ranges::any_of(all_pauses(), [](Pause const& pause) { return !pause.answered_on; });
}

std::string subject_of(std::vector<Right> const& rights, Locale const& locale)
{
    std::vector<std::string> codes;
    for (auto const right : rights) codes.emplace_back(choices_of(right).code(right));
    return records::made_title(request_schema().info(), "subject", codes, locale);
}

bool is_open(std::string_view status) { return status == "received" || status == "identity_wait" || status == "in_progress"; }

}  // namespace greffier::request
