// Writing a record: the new form, the form of a copy, the form of an existing record, and what they send.
#include "records/access.hpp"
#include "records/duplicate.hpp"
#include "records/one_act.hpp"
#include "records/pages/form_aids.hpp"
#include "records/pages/form_fold.hpp"
#include "records/pages/meeting.hpp"
#include "records/pages/prefilled.hpp"

namespace greffier::records::pages {

using schema::Row;
using web::Response;

namespace {

/// A draft of this form waits: it is offered, or taken up when the address says so.
Result<Response> show_form(FormPage& page, web::Request const& request, std::optional<Stored> const& stored)
{
    std::optional<RecordId> record;
    if (stored) record = stored->head.id;
    auto draft = drafts_of(page.services, page.context).find(page.kind.slug, record);
    if (draft && request.query.get("draft") == "resume") return resume_draft(page, *draft, store(page.services, page.context), stored);
    page.offered_is_older = draft && stored && draft->version != stored->head.version;
    page.offered = std::move(draft);
    return write_form_page(page, 200);
}

Result<Response> new_form(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    if (kind.single) return Error::not_found();
    FormPage page{context, services, kind, kind.blank ? kind.blank() : Row(*kind.schema), std::nullopt, ""};
    if (request.query.has("model")) {
        page.model = find_model(kind.slug, request.query.get("model"), context.locale.language());
        if (!page.model) return Error::not_found("unknown_model");
        page.row = row_of(kind, *page.model);
    }
    prefill(*kind.schema, page.row, request.query, services.machinery.knows_term);
    return show_form(page, request, std::nullopt);
}

Result<Response> edit_form(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = store(services, context);
    auto const stored = TRY(records.find(kind, TRY(id_of(request))));
    if (kind.is_closed(stored.head.status)) return Error::conflict("closed_record");
    FormPage page{context, services, kind, stored.row, stored.head, stored.head.reference, {}, records.findings(stored.head.id)};
    return show_form(page, request, stored);
}

/// A new form that starts from another record; nothing is written before it is saved.
Result<Response> copy_form(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    if (kind.single) return Error::not_found();
    auto const source = TRY(store(services, context).find(kind, TRY(id_of(request))));
    FormPage page{context, services, kind, copy_of(kind, source.row, context.locale.text("duplicate.mark")), std::nullopt, ""};
    page.copy_of = source.head.id.text();
    return show_form(page, request, std::nullopt);
}

/// What the user can mend in the form comes back in the form, with all that was typed.
Result<Response> refused(FormPage& page, Error const& error)
{
    page.unsaved = true;
    if (error.kind == ErrorKind::Invalid) {
        page.errors = error.fields;
        return write_form_page(page, 422);
    }
    if (error.code == "changes_validated_unanswered") {
        page.asks_about_validation = true;
        page.errors = {{"changes_validated", "changes_validated_unanswered", {{"status", page.context.locale.text("status." + page.head->status)}}}};
        return write_form_page(page, 409);
    }
    return error;
}

/// The record this form copies; nothing when it is not there any more.
std::optional<Stored> source_of(FormPage const& page, Records const& records)
{
    auto const id = RecordId::parse(page.copy_of);
    if (!id) return std::nullopt;
    auto stored = records.find(page.kind, *id, true);
    return stored.ok() ? std::optional{*std::move(stored)} : std::nullopt;
}

Result<Response> create(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    if (kind.single) return Error::not_found();
    auto const records = store(services, context);
    FormPage page{context, services, kind, read_form(*kind.schema, request.form, Row(*kind.schema)), std::nullopt, request.form.get("reference")};
    take_marks(page, request.form);
    page.sent = request.form;
    if (apply_row_button(*kind.schema, request.form, page.row) || asks_for_links(request.form) || asks_to_open(request.form)) {
        page.unsaved = true;
        return write_form_page(page, 200);
    }
    auto const source = source_of(page, records);
    NewRecord wanted{.row = page.row, .reference = page.reference};
    if (source) wanted.reason = context.locale.text("duplicate.reason", {{"reference", source->head.reference}});
    else if (page.model) wanted.reason = context.locale.text("model.reason", {{"title", page.model->title}, {"day", context.locale.date(page.model->written_on)}});
    auto const access = source ? access_of_copy(records, source->head) : std::nullopt;
    auto made = one_act(services.machinery, records.organisation(), records.sight(), by(context), [&](Batch& batch) { return create_copy(batch, kind, wanted, access); });
    if (!made.ok()) return refused(page, made.error());
    drafts_of(services, context).discard(kind.slug, std::nullopt, page.form);
    return done(address(context, kind, made->head.id), "created");
}

/// The merge page that was sent: what it shows again, or nothing when every question has its answer.
std::optional<Response> answered(FormPage& page, SentForm const& sent, web::Pairs const& form)
{
    auto meeting = meet(page.kind, *sent.base, sent.seen, sent.row, sent.reference);
    read_choices(meeting, form);
    if (sent.again || !meeting.is_settled()) {
        page.unsaved = true;
        meeting.unanswered = !sent.again;
        return write_meeting_page(page, meeting, sent.again ? 200 : 422);
    }
    settle_choices(page.kind, meeting);
    page.row = std::move(meeting.merged.row);
    page.reference = std::move(meeting.reference);
    return std::nullopt;
}

/// Archived, or in the bin, since the form was opened: what was typed waits among the drafts.
Error closed_meanwhile(PageServices const& services, Context const& context, Register const& kind, Stored const& stored, web::Pairs const& form)
{
    if (drafts_of(services, context).keep(draft_of(kind, form, stored, context.now)).ok()) return Error::conflict("typed_kept_as_draft");
    return Error::conflict(stored.head.deleted_at ? "deleted_record" : "closed_record");
}

Result<Response> update(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = store(services, context);
    auto const stored = TRY(records.find(kind, TRY(id_of(request)), true));
    if (stored.head.deleted_at || kind.is_closed(stored.head.status)) return closed_meanwhile(services, context, kind, stored, request.form);
    auto sent = read_sent(records, kind, stored, request.form);
    FormPage page{context, services, kind, sent.row, stored.head, sent.reference, {}, records.findings(stored.head.id)};
    take_marks(page, request.form);
    page.sent = request.form;
    page.head->version = sent.seen.version;
    if (sent.base) {
        if (auto again = answered(page, sent, request.form)) return std::move(*again);
    } else if (sent.again) {
        page.unsaved = true;
        return write_form_page(page, 200);
    }
    Edit edit{stored.head.id, sent.seen.version, page.row, kind.single ? std::nullopt : std::optional{page.reference}};
    if (auto const answer = request.form.get("changes_validated"); answer == "yes" || answer == "no") edit.changes_validated = answer == "yes";
    auto saved = records.update(kind, std::move(edit), by(context));
    if (saved.ok()) {
        drafts_of(services, context).discard(kind.slug, stored.head.id, page.form);
        return done(address(context, kind, stored.head.id), saved->head.version == sent.seen.version ? "unchanged" : "saved");
    }
    if (saved.error().code != "stale") return refused(page, saved.error());
    page.unsaved = true;
    return write_meeting_page(page, meet(kind, sent.seen, side_of(TRY(records.find(kind, stored.head.id))), page.row, page.reference), 409);
}

}  // namespace

std::vector<accounts::Route> form_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    auto route = [&services](auto handler) { return [&services, handler](Context& context, web::Request const& request) { return handler(services, context, request); }; };
    return {
        {Method::Get, "/o/{organisation}/{register}/new", Permission::WriteRecords, route(new_form)},
        {Method::Post, "/o/{organisation}/{register}", Permission::WriteRecords, route(create)},
        {Method::Get, "/o/{organisation}/{register}/{id}/edit", Permission::WriteRecords, route(edit_form)},
        {Method::Get, "/o/{organisation}/{register}/{id}/duplicate", Permission::WriteRecords, route(copy_form)},
        {Method::Post, "/o/{organisation}/{register}/{id}", Permission::WriteRecords, route(update)},
    };
}

}  // namespace greffier::records::pages
