#include "registers/access_request/pages.hpp"

#include <charconv>

#include "core/text.hpp"
#include "records/one_act.hpp"
#include "records/vocabulary.hpp"
#include "registers/access_request/access_request.hpp"
#include "registers/access_request/approval.hpp"
#include "registers/access_request/register.hpp"

namespace greffier::access_request {

using accounts::Context;
using records::Batch;
using records::Stored;
using web::Response;

namespace {

struct Case {
    records::Register const* kind;
    records::Register const* accounts;   ///< nullptr when the organisation keeps no accounts
    records::Records store;
    records::By by;
    Stored stored;
    AccessRequest request;
    std::int64_t seen = 0;               ///< the version the button stood on
    [[nodiscard]] RecordId id() const { return stored.head.id; }
};

Result<Case> case_of(records::Machinery const& machinery, Context& context, web::Request const& request)
{
    auto const& registers = records::known_registers(machinery, context);
    auto const* kind = registers.find(access_request_register().slug);
    auto const id = RecordId::parse(request.param("id"));
    if (!kind || !id) return Error::not_found();
    records::Records store{machinery, context.where().id, context.who().sight};
    auto stored = TRY(store.find(*kind, *id));
    auto unpacked = TRY(access_request_schema().unpack(stored.row));
    std::int64_t seen = 0;
    auto const text = request.form.get("_version");
    std::from_chars(text.data(), text.data() + text.size(), seen);
    return Case{kind, registers.find("accounts"), store, {context.who().id, context.now, context.where().zone}, std::move(stored), std::move(unpacked), seen ? seen : stored.head.version};
}

Response back(Context const& context, Case const& asked) { return Response::redirect(context.address("/access-requests/" + asked.id().text() + "?done=status")); }

Result<Response> approve(records::Machinery const& machinery, Context& context, web::Request const& request)
{
    auto const asked = TRY(case_of(machinery, context, request));
    if (asked.stored.head.status != "requested") return Error::conflict("no_transition", {{"from", asked.stored.head.status}, {"to", "agreed"}});
    if (is_own(asked.request, TRY(asked.store.versions(*asked.kind, asked.id())), context)) return Error::forbidden("access_request.same_person");
    if (!may_approve(asked.request, context)) return Error::forbidden("access_request.not_approver");
    auto const done = records::one_act(machinery, context.where().id, context.who().sight, asked.by, [&](Batch& batch) -> Result<Stored> {
        auto row = asked.stored.row;
        schema::set(*asked.kind->schema, row, "approved_by", shorten(context.frame.person_name, 200));
        schema::set(*asked.kind->schema, row, "approved_on", asked.by.today());
        auto const noted = TRY(batch.update(*asked.kind, {.id = asked.id(), .version = asked.seen, .row = std::move(row)}));
        // The person is the decision: its transition asks for one.
        return batch.change_status(*asked.kind, {.id = asked.id(), .version = noted.head.version, .status = "agreed", .reason = "–", .decision = {shorten(context.frame.person_name, 200), asked.by.today()}});
    });
    if (!done.ok()) return done.error();
    return back(context, asked);
}

/// What the request says, laid over the account; what it does not say stays.
void fill_account(records::Register const& accounts, schema::Row& row, Case const& asked)
{
    auto const& info = *accounts.schema;
    auto const& request = asked.request;
    auto text = [&](std::string_view field, std::string const& value) {
        if (!value.empty()) schema::set(info, row, field, value);
    };
    text("identifier", schema::text_of(info, row, "identifier").empty() && request.identifier.empty() ? request.beneficiary.name : request.identifier);
    text("system", request.system);
    text("profile", request.profile);
    text("holder", request.beneficiary.name);
    text("holder_email", request.beneficiary.email.value);
    text("service", request.service);
    text("employer", request.employer);
    if (request.asset) schema::set(info, row, "asset", request.asset->text());
    text("kind", request.privileged ? "privileged" : request.external ? "external" : schema::text_of(info, row, "kind").empty() ? "named" : "");
    if (request.ends_on) schema::set(info, row, "ends_on", *request.ends_on);
    schema::set(info, row, "access_request", asked.id().text());
    if (request.act.value_or(Act::Open) == Act::Open) schema::set(info, row, "granted_on", asked.by.today());
}

Result<Stored> write_account(Batch& batch, Case const& asked)
{
    auto const& accounts = *asked.accounts;
    auto const act = asked.request.act.value_or(Act::Open);
    if (!asked.request.account) {
        if (act != Act::Open) return Error::conflict("access_request.no_account");
        schema::Row row;
        row.values.resize(accounts.schema->fields.size());
        fill_account(accounts, row, asked);
        return batch.create(accounts, {.row = std::move(row)});
    }
    auto const current = batch.find(accounts, RecordId{asked.request.account->uuid});
    if (!current) return Error::conflict("access_request.no_account");
    if (act == Act::Withdraw) return current->head.status == "enabled" ? batch.change_status(accounts, {.id = current->head.id, .status = "disabled"}) : Result<Stored>{*current};
    auto row = current->row;
    fill_account(accounts, row, asked);
    return batch.update(accounts, {.id = current->head.id, .version = current->head.version, .row = std::move(row)});
}

Result<Response> open_access(records::Machinery const& machinery, Context& context, web::Request const& request)
{
    auto const asked = TRY(case_of(machinery, context, request));
    if (asked.stored.head.status != "agreed") return Error::conflict("access_request.not_approved");
    auto const done = records::one_act(machinery, context.where().id, context.who().sight, asked.by, [&](Batch& batch) -> Result<Stored> {
        auto version = asked.seen;
        if (asked.accounts) {
            auto const account = TRY(write_account(batch, asked));
            auto row = asked.stored.row;
            schema::set(*asked.kind->schema, row, "account", account.head.id.text());
            if (asked.request.granted_by.empty()) schema::set(*asked.kind->schema, row, "granted_by", shorten(context.frame.person_name, 200));
            version = TRY(batch.update(*asked.kind, {.id = asked.id(), .version = version, .row = std::move(row), .changes_validated = false})).head.version;
        }
        auto granted = TRY(batch.change_status(*asked.kind, {.id = asked.id(), .version = version, .status = "granted"}));
        if (asked.request.act != Act::Withdraw) return granted;
        return batch.change_status(*asked.kind, {.id = asked.id(), .version = granted.head.version, .status = "taken_back"});
    });
    if (!done.ok()) return done.error();
    return back(context, asked);
}

}  // namespace

std::vector<accounts::Route> access_request_routes(records::Machinery const& machinery)
{
    return {
        {web::Method::Post, "/o/{organisation}/access-requests/{id}/approve", web::Permission::WriteRecords, [&machinery](Context& context, web::Request const& request) { return approve(machinery, context, request); }},
        {web::Method::Post, "/o/{organisation}/access-requests/{id}/open", web::Permission::WriteRecords, [&machinery](Context& context, web::Request const& request) { return open_access(machinery, context, request); }},
    };
}

}  // namespace greffier::access_request
