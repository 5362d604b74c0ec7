#include "registers/processor_activity/processor_activity.hpp"

namespace greffier::processor_activity {

using schema::Field;
using schema::Schema;

Schema<Client> const& schema_of(Client const*)
{
    static Schema<Client> const schema("activity_client_row", 1, {
        Field("name", &Client::name).title().required().max_length(300).searchable().article("30(2)(a)").material(),
        Field("contact", &Client::contact).max_length(300).searchable().article("30(2)(a)"),
        Field("email", &Client::email).mandatory().article("30(2)(a)"),
        Field("phone", &Client::phone).article("30(2)(a)"),
        Field("address", &Client::address).max_length(500).article("30(2)(a)"),
        Field("country", &Client::country),
        Field("dpo", &Client::dpo).max_length(300).searchable().article("30(2)(a)"),
        Field("representative", &Client::representative).max_length(300).searchable().article("30(2)(a)"),
        Field("contract", &Client::contract).mandatory().max_length(300).searchable().article("28(3)").material(),
        Field("contract_signed_on", &Client::contract_signed_on).article("28(9)").material(),
        Field("contract_ends_on", &Client::contract_ends_on).article("28(3)").material(),
        Field("authorisation", &Client::authorisation).article("28(2)").material(),
        Field("breach_hours", &Client::breach_hours).article("33(2)"),
        Field("end_choice", &Client::end_choice).article("28(3)(g)").material(),
        Field("end_executed_on", &Client::end_executed_on).article("28(3)(g)").material(),
        Field("end_proof", &Client::end_proof).max_length(300).article("28(3)(g)"),
    });
    return schema;
}

Schema<Operation> const& schema_of(Operation const*)
{
    static Schema<Operation> const schema("activity_operation_row", 1, {
        Field("operation", &Operation::operation).title().mandatory().max_length(2000).searchable().article("30(2)(b)").material(),
        Field("client", &Operation::client).max_length(300).searchable().article("30(2)(b)").material(),
        Field("tools", &Operation::tools).max_length(500).searchable(),
    });
    return schema;
}

Schema<SubProcessor> const& schema_of(SubProcessor const*)
{
    static Schema<SubProcessor> const schema("activity_sub_processor_row", 1, {
        Field("name", &SubProcessor::name).title().required().max_length(300).searchable().article("28(2)").material(),
        Field("service", &SubProcessor::service).max_length(500).searchable().article("28(4)").material(),
        Field("country", &SubProcessor::country).mandatory().article("30(2)(c)").material(),
        Field("told_on", &SubProcessor::told_on).article("28(2)").material(),
        Field("authorised_on", &SubProcessor::authorised_on).article("28(2)").material(),
        Field("since", &SubProcessor::since).article("28(2)"),
        Field("until", &SubProcessor::until),
        Field("contract", &SubProcessor::contract).max_length(300).article("28(4)"),
    });
    return schema;
}

Schema<ActivityTransfer> const& schema_of(ActivityTransfer const*)
{
    static Schema<ActivityTransfer> const schema("activity_transfer_row", 1, {
        Field("recipient", &ActivityTransfer::recipient).title().mandatory().max_length(300).searchable().article("30(2)(c)").material(),
        Field("client", &ActivityTransfer::client).max_length(300).searchable().article("30(2)(c)"),
        Field("country", &ActivityTransfer::country).mandatory().article("30(2)(c)").material(),
        Field("tool", &ActivityTransfer::tool).mandatory().article("44").material(),
        Field("document", &ActivityTransfer::document).max_length(500).searchable().article("49(6)").material(),
    });
    return schema;
}

Schema<Instruction> const& schema_of(Instruction const*)
{
    static Schema<Instruction> const schema("instruction_row", 1, {
        Field("instruction", &Instruction::instruction).title().mandatory().max_length(4000).searchable().article("28(3)(a)"),
        Field("given_on", &Instruction::given_on).mandatory().article("28(3)(a)"),
        Field("client", &Instruction::client).max_length(300).searchable().article("28(3)(a)"),
        Field("given_by", &Instruction::given_by).mandatory().max_length(300).article("28(3)(a)"),
        Field("channel", &Instruction::channel).mandatory().article("28(3)(a)"),
        Field("judgement", &Instruction::judgement).article("28(3)").material(),
        Field("reason", &Instruction::reason).max_length(4000).article("28(3)").shown_when("judgement", {"unlawful"}),
        Field("alert_given_on", &Instruction::alert_given_on).article("28(3)").material().shown_when("judgement", {"unlawful"}),
        Field("executed_on", &Instruction::executed_on),
    });
    return schema;
}

Schema<Assistance> const& schema_of(Assistance const*)
{
    static Schema<Assistance> const schema("assistance_row", 1, {
        Field("kind", &Assistance::kind).title().mandatory().article("28(3)(e), 28(3)(f)"),
        Field("client", &Assistance::client).max_length(300).searchable(),
        Field("asked_on", &Assistance::asked_on).mandatory(),
        Field("request", &Assistance::request).max_length(4000).searchable(),
        Field("done_on", &Assistance::done_on),
        Field("answer", &Assistance::answer).max_length(4000),
    });
    return schema;
}

Schema<Measure> const& schema_of(Measure const*)
{
    static Schema<Measure> const schema("measure_row", 1, {   // the same line as in the controller's register
        Field("type", &Measure::type).title().mandatory().article("30(2)(d)").material(),
        Field("details", &Measure::details).max_length(2000).searchable().article("32(1)").material(),
    });
    return schema;
}

Schema<Activity> const& schema_of(Activity const*)
{
    static Schema<Activity> const schema("processor_activity", 1, {
        Field("name", &Activity::name).section("activity").required().max_length(300).searchable().in_list().article("30(2)(b)").material(),
        Field("direction", &Activity::direction).required().in_list().article("30(2)").material(),
        Field("description", &Activity::description).max_length(4000).searchable().article("30(2)(b)").material(),
        Field("service", &Activity::service).max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &Activity::owner).article("5(2)").personal_data(),
        Field("start_date", &Activity::start_date),
        Field("end_date", &Activity::end_date),

        Field("clients", &Activity::clients).section("clients").article("30(2)(a)").shown_when("direction", {"we_process_for_client"}),
        Field("processors", &Activity::processors).article("30(2)(a)").material(),
        Field("processings", &Activity::processings).article("30(1)(d)").shown_when("direction", {"processor_works_for_us"}),

        Field("operations", &Activity::operations).section("operations").mandatory().article("30(2)(b)"),
        Field("data_categories", &Activity::data_categories).article("28(3)").material(),
        Field("data_details", &Activity::data_details).max_length(2000).searchable().article("28(3)"),
        Field("subject_categories", &Activity::subject_categories).article("28(3)").material(),
        Field("duration", &Activity::duration).max_length(500).article("28(3)"),

        Field("sub_processors", &Activity::sub_processors).section("sub_processors").article("28(2)"),
        Field("transfers", &Activity::transfers).article("30(2)(c)"),

        Field("measures", &Activity::measures).section("security").mandatory().article("30(2)(d)"),
        Field("security_description", &Activity::security_description).max_length(10000).searchable().article("32(1)").material(),
        Field("hosting", &Activity::hosting).max_length(300).searchable(),
        Field("hosting_country", &Activity::hosting_country).article("30(2)(c)").material(),

        Field("instructions", &Activity::instructions).section("instructions").article("28(3)(a)"),
        Field("assistance", &Activity::assistance).article("28(3)(e), 28(3)(f)"),

        Field("dpo_advice", &Activity::dpo_advice).section("follow_up").max_length(10000).article("39(1)(a)"),
        Field("dpo_advice_date", &Activity::dpo_advice_date).article("38(1)"),
        Field("last_review", &Activity::last_review).in_list().article("24(1)"),
        Field("next_review", &Activity::next_review).article("24(1)"),
        Field("reviewer", &Activity::reviewer).max_length(200).personal_data(),
        Field("notes", &Activity::notes).max_length(10000).searchable(),
        Field("attachments", &Activity::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::processor_activity
