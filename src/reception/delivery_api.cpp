// Answers behind the follow-up address by the API: what the page inside does, a script does. Names of files stay in the record.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "reception/delivering.hpp"
#include "reception/page_handlers.hpp"
#include "records/attachments.hpp"

namespace greffier::reception {

namespace {

using nlohmann::json;

void text_or_null(JsonWriter& out, std::string_view name, std::string const& text)
{
    if (text.empty()) out.null_member(name);
    else out.member(name, text);
}

void write_delivery(JsonWriter& out, Deliveries const& deliveries, Delivery const& one, Timestamp now)
{
    out.begin_object().member("id", one.id.text()).member("state", code_of(one.state(now))).member("made_at", to_text(one.made_at)).member("made_by", one.made_by.text());
    out.member("way", code_of(one.way)).member("expires_at", to_text(one.expires_at));
    text_or_null(out, "withdrawn_at", one.withdrawn_at ? to_text(*one.withdrawn_at) : std::string{});
    out.member("most_downloads", one.most_downloads).member("wrong_codes", one.wrong_codes).key("files").begin_array();
    for (auto const& file : one.files)
        out.begin_object().member("attachment", file.attachment).member("sha256", file.sha256).member("size", file.size).member("downloads", file.downloads).end_object();
    out.end_array().key("trace").begin_array();
    for (auto const& line : deliveries.trace(one.id)) {
        out.begin_object().member("at", to_text(line.at)).member("what", line.what);
        text_or_null(out, "network", line.network);
        text_or_null(out, "sha256", line.sha256);
        out.end_object();
    }
    out.end_array().end_object();
}

Response answer_of(JsonWriter&& out, int status = 200)
{
    auto answer = Response::json(std::move(out).take(), status);
    answer.header("Cache-Control", "private, no-store");
    return answer;
}

Response list_of(DeliveryPage const& page)
{
    auto const deliveries = page.deliveries();
    auto const all = deliveries.of(page.record.head.id);
    JsonWriter out;
    out.begin_object().key("items").begin_array();
    for (auto const& one : all) write_delivery(out, deliveries, one, page.context().now);
    out.end_array().member("total", static_cast<std::int64_t>(all.size())).end_object();
    return answer_of(std::move(out));
}

void read_files(Deliveries::New& wish, Error& problems, DeliveryPage const& page, json const& value)
{
    if (!value.is_array()) return problems.fields.push_back({"files", "wrong_kind"});
    auto const attachments = records::attachments_of(page.kind, page.record.row);
    for (auto const& one : value) {
        auto const id = one.is_string() ? one.get<std::string>() : std::string{};
        auto const found = std::ranges::find(attachments, id, &schema::Attachment::id);
        bool const again = std::ranges::find(wish.files, id, &DeliveryFile::attachment) != wish.files.end();
        if (found == attachments.end()) problems.fields.push_back({"files", "unknown_choice", {{"value", shorten(id, 60)}}});
        else if (!again) wish.files.push_back({found->id, found->sha256, found->size});
    }
}

void read_member(Deliveries::New& wish, Error& problems, DeliveryPage const& page, std::string const& name, json const& value)
{
    auto const number = [&](std::int64_t& into) { value.is_number_integer() ? void(into = value.get<std::int64_t>()) : problems.fields.push_back({name, "wrong_kind"}); };
    if (name == "files") return read_files(wish, problems, page, value);
    if (name == "downloads") return number(wish.downloads);
    if (name == "days") return number(wish.days);
    if (name != "way") return problems.fields.push_back({name, "unknown_field", {{"field", shorten(name, 80)}}});
    auto const code = value.is_string() ? value.get<std::string>() : std::string{};
    auto const way = parse_code_way(code);
    // A program is told what the page does not offer.
    if (!way || (*way == CodeWay::Mail && !page.can_mail())) return problems.fields.push_back({name, "unknown_choice", {{"value", shorten(code, 60)}}});
    wish.way = *way;
}

Result<Deliveries::New> wish_in(DeliveryPage const& page, Request const& request)
{
    auto const sent = is_utf8(request.body) ? json::parse(request.body, nullptr, false) : json(json::value_t::discarded);
    if (!sent.is_object()) return Error::invalid("unreadable", {{"reason", "json"}});
    auto const usual = page.deliveries().defaults();
    Deliveries::New wish{page.record.head.id, page.context().who().id, CodeWay::Phone, usual.downloads, usual.days, {}};
    Error problems{ErrorKind::Invalid, "invalid", {}, {}};
    for (auto const& [name, value] : sent.items()) read_member(wish, problems, page, name, value);
    if (!problems.fields.empty()) return problems;
    return wish;
}

}  // namespace

Answer api_deliveries(ReceptionServices& services, Context& context, Request const& request) { return list_of(TRY(delivery_of(services, context, request))); }

Answer api_give(ReceptionServices& services, Context& context, Request const& request)
{
    auto const page = TRY(delivery_of(services, context, request));
    auto const code = TRY(give(page, TRY(wish_in(page, request))));
    auto const deliveries = page.deliveries();
    JsonWriter out;
    out.begin_object().key("delivery");
    write_delivery(out, deliveries, deliveries.of(page.record.head.id).front(), context.now);
    text_or_null(out, "code", code);
    out.member("reachable", page.visit.is_open(Page::FollowUp) && has_address(page)).end_object();
    return answer_of(std::move(out), 201);
}

Answer api_withdraw_delivery(ReceptionServices& services, Context& context, Request const& request)
{
    auto const page = TRY(delivery_of(services, context, request));
    TRY(page.deliveries().withdraw(page.record.head.id, context.who().id, context.now));
    return list_of(page);
}

}  // namespace greffier::reception
