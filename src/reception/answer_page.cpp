// The answer to a request behind its follow-up address: what a code opens, how often and until when, in plain words.
#include "accounts/visitor.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "reception/deliveries.hpp"
#include "reception/fields.hpp"
#include "reception/follow_ups.hpp"
#include "reception/followed.hpp"
#include "reception/page_handlers.hpp"
#include "reception/submissions.hpp"
#include "records/vocabulary.hpp"
#include "schema/extend.hpp"
#include "web/security_headers.hpp"

namespace greffier::reception {

using namespace web::literals;

namespace {

records::Records requests_seen_by_their_sender(Visit const& visit) { return {visit.services.machinery, visit.where().id, accounts::Sight::everything()}; }

Deliveries deliveries_of(Visit const& visit) { return {visit.services.database(), visit.where().id, visit.services.delivery_key}; }

/// Only the newest counts: a new delivery takes the former ones back.
std::optional<Delivery> newest(Visit const& visit, RecordId record)
{
    auto all = deliveries_of(visit).of(record);
    if (all.empty()) return std::nullopt;
    return std::move(all.front());
}

schema::Attachment const* attachment_of(std::vector<schema::Attachment> const& all, std::string_view id)
{
    auto const found = std::ranges::find(all, id, &schema::Attachment::id);
    return found == all.end() ? nullptr : &*found;
}

/// "PDF", "image": what one must know to open it, without the name, which may say whom it is about.
std::string kind_words(Locale const& locale, std::string_view type)
{
    if (type == "application/pdf") return "PDF";
    if (type.starts_with("image/")) return locale.text("public.delivery.kind.image");
    if (type.starts_with("text/")) return locale.text("public.delivery.kind.text");
    return locale.text("public.delivery.kind.document");
}

void write_files(Html& out, Visit const& visit, Followed const& one, Delivery const& delivery)
{
    auto const& locale = visit.locale();
    auto const attachments = records::attachments_of(one.kind, one.record.row);
    std::int64_t number = 0;
    out << "<ul class=\"g-public-list\">"_h;
    for (auto const& file : delivery.files) {
        auto const* attachment = attachment_of(attachments, file.attachment);
        ++number;
        out << "<li>"_h;
        auto const words = locale.text("public.delivery.file", {{"number", locale.number(number)}, {"kind", kind_words(locale, attachment ? attachment->type : "")},
                                                                {"size", locale.bytes(static_cast<std::uint64_t>(file.size))}});
        auto const left = std::max<std::int64_t>(0, delivery.most_downloads - file.downloads);
        if (attachment && left > 0) {
            out << "<button class=\"btn btn-primary\" type=\"submit\" name=\"file\""_h;
            out.attr("value"_h, file.attachment);
            out << ">"_h;
            web::icon(out, "download");
            out << " "_h << words << "</button> <span class=\"g-muted\">"_h << locale.plural("public.delivery.left", left) << "</span>"_h;
        } else {
            out << words << " <span class=\"g-muted\">"_h << locale.text(attachment ? "public.delivery.none_left" : "public.delivery.gone") << "</span>"_h;
        }
        out << "</li>"_h;
    }
    out << "</ul>"_h;
}

/// It was taken: the record says when, until somebody writes a better proof.
void note_proof(Visit const& visit, Followed const& one, DeliveryFile const& file)
{
    if (!one.request.delivery_proof.empty() || one.kind.is_closed(one.record.head.status)) return;
    Locale const house(visit.where().language, visit.where().zone);
    auto const words = house.text("public.delivery.proof", {{"when", house.instant(visit.context.now)}, {"sha256", file.sha256.substr(0, 16)}});
    auto const noted = change_as_visitor(visit, one.kind, one.record.head.id, [&](records::Batch& batch, records::Stored& current) -> Status {
        auto request = TRY(request_of(one.kind, current.row));
        if (!request.delivery_proof.empty()) return Nothing{};
        request.delivery_proof = words;
        auto row = schema::carry(request::request_schema().info(), request::request_schema().pack(request), *one.kind.schema, current.row);
        current = TRY(batch.update(one.kind, {current.head.id, current.head.version, std::move(row), {}, false}));
        return Nothing{};
    });
    if (!noted.ok()) log(LogLevel::Warning, "delivery_proof_not_noted", {{"code", std::string_view{noted.error().code}}});   // the trace has it all the same
}

/// What a try came to, for who tried; nothing when the file is theirs.
void refuse(FormState& form, Deliveries::Taken const& taken)
{
    using enum Deliveries::Taken::Outcome;
    switch (taken.outcome) {
    case WrongCode: form.errors.push_back({"code", "delivery_wrong_code", {{"left", std::to_string(taken.tries_left)}, {"seconds", std::to_string(taken.wait.count())}}}); return;
    case Wait: form.errors.push_back({"code", "delivery_wait", {{"seconds", std::to_string(taken.wait.count())}}}); return;
    case Locked: form.refuse("", "delivery_locked"); return;
    case Closed: form.refuse("", "delivery_closed"); return;
    case Given:
    case First: return;
    }
}

}  // namespace

Result<request::Request> request_of(records::Register const& kind, schema::Row const& row)
{
    return request::request_schema().unpack(schema::carry(*kind.schema, row, request::request_schema().info()));
}

Result<Followed> followed(Visit const& visit)
{
    auto const found = FollowUps(visit.services.database(), visit.where().id).find(visit.request.param("token"), visit.context.now);
    if (!found) return Error::not_found();
    auto const& kind = *records::known_registers(visit.services.machinery, visit.context).find("requests");
    auto record = TRY(requests_seen_by_their_sender(visit).find(kind, found->record));
    auto request = TRY(request_of(kind, record.row));
    return Followed{kind, std::move(record), std::move(request)};
}

std::string follow_up_form(Visit const& visit) { return "follow-up/" + visit.request.param("token"); }

void write_delivery(Html& out, Visit const& visit, Followed const& one, FormState const& form)
{
    auto const delivery = newest(visit, one.record.head.id);
    if (!delivery) return;
    auto const& locale = visit.locale();
    auto const state = delivery->state(visit.context.now);
    out << "<section aria-labelledby=\"delivery-t\"><h2 id=\"delivery-t\">"_h << locale.text("public.delivery") << "</h2><p>"_h
        << locale.text("public.delivery.state." + std::string{code_of(state)}, {{"until", locale.instant(delivery->expires_at)}, {"way", locale.text("public.delivery.way." + std::string{code_of(delivery->way)})}})
        << "</p>"_h;
    if (state == Delivery::State::Ready) {
        FormState fresh;   // a wrong code is not shown again
        if (form.values.get("op") == "fetch") fresh.errors = form.errors;
        open_form(out, visit, {}, follow_up_form(visit));
        out << "<input type=\"hidden\" name=\"op\" value=\"fetch\">"_h;
        accounts::text_field(out, locale, fresh, {.name = "code", .label = "public.delivery.code", .autocomplete = "one-time-code", .hint = "public.delivery.code.hint", .max_length = 20});
        write_files(out, visit, one, *delivery);
        out << "</form>"_h;
    }
    out << "</section>"_h;
}

std::optional<Response> fetch_delivery(Visit& visit, Followed const& one, FormState& form)
{
    auto const refused = [&](std::string_view field, std::string code) {
        form.refuse(std::string{field}, std::move(code));
        return std::nullopt;
    };
    auto const code = visit.request.form.get("code");
    if (is_blank(code)) return refused("code", "required");
    if (!word_of(visit, form, follow_up_form(visit))) return std::nullopt;
    auto const delivery = newest(visit, one.record.head.id);
    auto const id = visit.request.form.get("file");
    auto const* file = delivery ? delivery->file(id) : nullptr;
    auto const attachments = records::attachments_of(one.kind, one.record.row);
    auto const* attachment = attachment_of(attachments, id);
    if (!file || !attachment) return refused("", "delivery_closed");
    // Opened before it is counted: what cannot be read takes nothing from anybody.
    auto answer = records::download(visit.services.vault, records::ContentOwner(visit.where().id, one.kind, one.record.head.id), *attachment);
    if (!answer.ok()) return refused("", "delivery_closed");
    auto const taken = deliveries_of(visit).take(delivery->id, id, code, visit.request.remote_address, visit.context.now);
    if (!taken.ok()) return refused("", "delivery_closed");
    using enum Deliveries::Taken::Outcome;
    if (taken->outcome == Locked) tell_readers(visit, one.kind, one.record.head.id);
    if (taken->outcome != Given && taken->outcome != First) {
        refuse(form, *taken);
        return std::nullopt;
    }
    if (taken->outcome == First) note_proof(visit, one, *file);
    web::add_token_page_headers(*answer);
    return std::move(*answer);
}

}  // namespace greffier::reception
