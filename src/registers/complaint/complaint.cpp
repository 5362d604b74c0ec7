#include "registers/complaint/complaint.hpp"

#include "law/parameters.hpp"

namespace greffier::complaint {

using schema::Field;
using schema::Schema;

std::optional<Date> answer_due(Complaint const& complaint)
{
    if (complaint.answer_by || !complaint.received_on) return complaint.answer_by;
    return add_months(*complaint.received_on, law::parameter("complaint.answer", *complaint.received_on).number());
}

Schema<Exchange> const& schema_of(Exchange const*)
{
    static Schema<Exchange> const schema("complaint_exchange", 1, {
        Field("summary", &Exchange::summary).title().required().max_length(300),
        Field("direction", &Exchange::direction).required(),
        Field("day", &Exchange::day),
        Field("answer_by", &Exchange::answer_by).article("31").shown_when("direction", {"from_authority", "from_person"}),
        Field("answered_on", &Exchange::answered_on).shown_when("direction", {"from_authority", "from_person"}),
        Field("text", &Exchange::text).max_length(20000),
    });
    return schema;
}

Schema<Complaint> const& schema_of(Complaint const*)
{
    static Schema<Complaint> const schema("complaint", 1, {
        Field("subject", &Complaint::subject).section("complaint").required().max_length(300).searchable().in_list(),
        Field("addressee", &Complaint::addressee).mandatory().in_list().article("77(1)"),
        Field("topics", &Complaint::topics).mandatory().article("77(1)"),
        Field("received_on", &Complaint::received_on).mandatory().in_list(),
        Field("authority", &Complaint::authority).max_length(200).shown_when("addressee", {"authority", "other_authority", "defender", "court", "association"}).article("77(1)"),
        Field("authority_reference", &Complaint::authority_reference).max_length(100).searchable().in_list().shown_when("addressee", {"authority", "other_authority", "defender", "court", "association"}),
        Field("authority_contact", &Complaint::authority_contact).max_length(300).shown_when("addressee", {"authority", "other_authority", "defender", "court", "association"}),
        Field("answer_by", &Complaint::answer_by).in_list().article("31"),

        Field("complainant", &Complaint::complainant).section("person").personal_data(),
        Field("wording", &Complaint::wording).max_length(20000).personal_data(),

        Field("request", &Complaint::request).section("about").article("12(4)"),
        Field("processings", &Complaint::processings),
        Field("breach", &Complaint::breach),
        Field("service", &Complaint::service).max_length(200).searchable().suggest("service"),
        Field("owner", &Complaint::owner).mandatory().personal_data(),

        Field("assessment", &Complaint::assessment).section("handling").max_length(10000).personal_data().article("5(2)"),
        Field("exchanges", &Complaint::exchanges).personal_data().article("31"),
        Field("dpo_advice", &Complaint::dpo_advice).max_length(10000).personal_data().article("39(1)(d)"),
        Field("answer", &Complaint::answer).max_length(20000).personal_data(),
        Field("answered_on", &Complaint::answered_on),

        Field("outcome", &Complaint::outcome).section("outcome").in_list().article("77(2)"),
        Field("outcome_details", &Complaint::outcome_details).max_length(4000).personal_data(),
        Field("measures", &Complaint::measures).max_length(4000).article("24(1)"),
        Field("lessons", &Complaint::lessons).max_length(4000).article("24(1)"),
        Field("closed_on", &Complaint::closed_on),
        Field("attachments", &Complaint::attachments).read_only().personal_data(),
    });
    return schema;
}

}  // namespace greffier::complaint
