#pragma once
// A register of the tests alone: it asks for sealing, with a field of every shape that may be sealed. The tests of
// records declare it, and an installation made with --test-clock shows it when GREFFIER_TEST_REGISTER asks (app/registers.cpp).

#include "records/register.hpp"
#include "schema/schema.hpp"

namespace greffier::records::sealed_testing {

struct Call {
    std::string id, on_what;
    schema::Phone phone;
};
struct Request {
    std::string subject;
    schema::Text notes;
    std::string name;
    schema::Email email;
    schema::Text story;
    schema::Contact person;
    std::optional<Date> born;
    std::optional<bool> minor;
    std::vector<Call> calls;
    std::optional<Date> next_review, last_review, answered_on;
    std::string reviewer;
    std::vector<schema::Attachment> attachments;
};

inline schema::Schema<Call> const& schema_of(Call const*)
{
    static schema::Schema<Call> const schema("test_sealed_call", 1, {schema::Field("on_what", &Call::on_what), schema::Field("phone", &Call::phone)});
    return schema;
}
inline schema::Schema<Request> const& schema_of(Request const*)
{
    static schema::Schema<Request> const schema("test_sealed", 1, {
        schema::Field("subject", &Request::subject).section("request").required().searchable().in_list(),
        schema::Field("notes", &Request::notes).searchable().material(),
        schema::Field("name", &Request::name).section("person").required().personal_data(),
        schema::Field("email", &Request::email).personal_data(),
        schema::Field("story", &Request::story).mandatory().personal_data(),
        schema::Field("person", &Request::person).personal_data(),
        schema::Field("born", &Request::born).personal_data(),
        schema::Field("minor", &Request::minor).personal_data(),
        schema::Field("calls", &Request::calls).personal_data(),
        schema::Field("next_review", &Request::next_review).section("follow_up"),
        schema::Field("last_review", &Request::last_review).read_only(),
        schema::Field("answered_on", &Request::answered_on).read_only(),
        schema::Field("reviewer", &Request::reviewer).read_only(),
        schema::Field("attachments", &Request::attachments).read_only().personal_data(),
    });
    return schema;
}

inline Register const& sealed_register()
{
    static Register const kind{
        .slug = "test-sealed", .prefix = "ESS", .icon = "note", .schema = &schema_of(static_cast<Request const*>(nullptr)).info(), .title_field = "subject",
        .review_field = "next_review", .sealed = true, .statuses = {"draft", "validated", "archived"},
        .transitions = {{"draft", "validated", web::Permission::DecideRecords}, {"validated", "archived", web::Permission::DecideRecords, true}},
        .settled = {"validated"}, .unsettled = "draft", .closed = {"archived"}, .stamps = {{"validated", "answered_on"}},
        .reviewed_field = "last_review", .reviewer_field = "reviewer"};
    return kind;
}

}  // namespace greffier::records::sealed_testing
