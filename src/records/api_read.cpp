// The API's reading half: organisations, lists, records as they are or were, versions, findings, links.
#include <algorithm>
#include <charconv>

#include "core/text.hpp"
#include "records/api_parts.hpp"
#include "records/find_many.hpp"
#include "records/list_query.hpp"
#include "schema/diff.hpp"

namespace greffier::records::api {

namespace {

constexpr int last_page = 50;              ///< deeper, the cursor: an offset walks everything before it
constexpr std::size_t most_words = 20;

void write_organisation(JsonWriter& out, accounts::OrganisationInfo const& organisation)
{
    out.member("id", organisation.id.text()).member("slug", organisation.slug).member("name", organisation.name).member("kind", organisation.kind);
    out.key("parent");
    if (organisation.parent) out.value(organisation.parent->text());
    else out.null();
    out.member("language", code_of(organisation.language)).member("zone", organisation.zone).member("created_at", to_text(organisation.created_at));
    out.member("archived", organisation.archived).member("demo", organisation.demo);
}

/// A list is sorted by the members people see in it, too.
void name_sort(Register const& kind, ListQuery& query)
{
    if (query.sort == "updated_at") query.sort = "updated";
    else if (query.sort == "created_at") query.sort = "created";
    else if (query.sort == kind.title_field) query.sort = "title";
    else if (!kind.review_field.empty() && query.sort == kind.review_field) query.sort = "review";
}

/// What is only known of the present cannot be asked of the past.
Status check_past(ListQuery const& query)
{
    if (!query.at) return Nothing{};
    if (!query.after.empty()) return field_error("after", "not_with_at");
    if (query.deleted) return field_error("deleted", "not_with_at");
    if (query.at_least) return field_error("findings", "not_with_at");
    if (query.review_overdue) return field_error("overdue", "not_with_at");
    if (query.sort == "review" || query.sort == "findings") return field_error("sort", "not_with_at");
    return Nothing{};
}

Result<ListQuery> query_of(Context const& context, Register const& kind, Request const& request)
{
    auto query = TRY(parse_list_query(request.query, context.where().zone, context.now));
    if (words(query.text).size() > most_words) return field_error("q", "too_many", {{"max", std::to_string(most_words)}});
    for (auto const& status : query.statuses)
        if (!kind.has_status(status)) return field_error("status", "unknown_choice", {{"value", shorten(status, 60)}});
    name_sort(kind, query);
    query.with_rows = true;
    TRY(check_past(query));
    return query;
}

std::string page_json(Register const& kind, ListQuery const& query, ListPage const& page, std::optional<Moment> const& moment)
{
    JsonWriter out;
    out.begin_object().key("items").begin_array();
    for (auto const& item : page.items) {
        out.begin_object();
        write_record(out, kind, item.head, *item.row, item.destroyed);
        out.end_object();
    }
    out.end_array().member("page", query.page).member("per_page", query.per_page).member("total", page.total).member("total_capped", page.total_capped);
    out.key("next");
    if (page.next.empty()) out.null();
    else out.value(page.next);
    if (moment) out.member("at", moment->text);
    out.end_object();
    return std::move(out).take();
}

/// The caller has this version already.
bool is_known(Request const& request, std::string_view etag)
{
    for (auto const& part : split(request.header("if-none-match"), ',')) {
        auto tag = trim(part);
        if (tag.starts_with("W/")) tag.remove_prefix(2);
        if (tag == "*" || tag == etag) return true;
    }
    return false;
}

Head head_of(Version const& version, Head const& now)
{
    Head head = now;
    head.reference = version.reference;
    head.title = version.title;
    head.status = version.status;
    head.version = version.number;
    head.updated_at = version.recorded_at;
    head.updated_by = version.actor;
    head.deleted_at = version.action == "delete" ? std::optional{version.recorded_at} : std::nullopt;
    return head;
}

void text_or_null(JsonWriter& out, std::string_view name, std::string_view text)
{
    out.key(name);
    if (text.empty()) out.null();
    else out.value(text);
}

/// Who did what, when, why; and which fields it changed.
void write_act(JsonWriter& out, Register const& kind, Version const& version, Version const* before)
{
    out.member("recorded_at", to_text(version.recorded_at)).member("action", version.action);
    out.key("actor");
    if (version.actor.is_nil()) out.null();
    else out.value(version.actor.text());
    text_or_null(out, "reason", version.reason);
    text_or_null(out, "decided_by", version.decision.by);
    text_or_null(out, "decided_on", version.decision.on ? to_text(*version.decision.on) : std::string{});
    out.member("erased", version.erased).key("changed_fields").begin_array();
    if (before && !version.erased && !before->erased) {
        for (auto const& field : schema::changed_fields(*kind.schema, before->row, version.row)) out.value(std::string_view{field});
        if (before->reference != version.reference) out.value("reference");
        if (before->status != version.status) out.value("status");
    }
    out.end_array();
}

/// The records this one points at, by the fields of its body.
std::vector<LinkedRecord> links_from(Records const& records, Register const& kind, schema::Row const& row)
{
    std::vector<LinkedRecord> links;
    std::vector<RecordId> ids;
    for (auto const& link : schema::links_of(*kind.schema, row)) {
        auto const id = RecordId::parse(link.target);
        links.push_back({id.value_or(RecordId{}), "", "", "", link.field});
        if (id) ids.push_back(*id);
    }
    auto const there = heads_of(records, ids);
    for (auto& link : links)
        if (auto const found = there.find(link.id); found != there.end()) {
            link.register_slug = found->second.register_slug;
            link.reference = found->second.head.reference;
            link.title = found->second.head.title;
        }
    return links;
}

}  // namespace

Answer list_organisations(ApiServices const& services, Context& context, Request const& request)
{
    // A token is made for one organisation: there is no other it may know of.
    auto const mine = services.organisations.find(context.who().organisation);
    return paged(request, mine ? 1 : 0, [&](JsonWriter& out, std::size_t) { write_organisation(out, *mine); });
}

Answer show_organisation(ApiServices const& services, Context& context, Request const&)
{
    JsonWriter out;
    out.begin_object();
    write_organisation(out, context.where());
    out.key("registers").begin_array();
    for (auto const* kind : services.machinery.registers.all()) out.value(kind->slug);
    out.end_array().end_object();
    return Response::json(std::move(out).take());
}

Answer list_records(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const moment = TRY(moment_of(context, request));
    auto const query = TRY(query_of(context, kind, request));
    auto const records = records_of(services, context);
    auto page = records.list(kind, query);
    if (!page.ok() && page.error().code == "bad_cursor") return field_error("after", "bad_cursor");
    if (!page.ok()) return std::move(page).error();
    if (query.page > last_page && query.after.empty() && !query.at && !page->items.empty())
        return field_error("page", "use_after", {{"max", std::to_string(last_page)}});
    return Response::json(page_json(kind, query, *page, moment));
}

Answer show_record(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const id = TRY(record_id_of(request));
    auto const moment = TRY(moment_of(context, request));
    auto const records = records_of(services, context);
    bool const deleted_too = TRY(yes_or_no(request, "deleted")).value_or(false);
    auto const stored = TRY(moment ? records.find_at(kind, id, moment->instant) : records.find(kind, id, deleted_too));
    auto answer = Response::json(record_json(kind, stored, moment ? moment->text : std::string{}));
    answer.header("ETag", etag_of(stored.head.version));
    if (is_known(request, etag_of(stored.head.version))) {
        answer.status = 304;
        answer.body.clear();
    }
    return answer;
}

Answer list_versions(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const versions = TRY(records_of(services, context).versions(kind, TRY(record_id_of(request))));
    return paged(request, versions.size(), [&](JsonWriter& out, std::size_t i) {
        auto const& version = versions[i];
        out.member("version", version.number);
        write_act(out, kind, version, i + 1 < versions.size() ? &versions[i + 1] : nullptr);
        text_or_null(out, "reference", version.reference);
        text_or_null(out, "status", version.status);
        text_or_null(out, "title", version.title);
    });
}

Answer show_version(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const id = TRY(record_id_of(request));
    auto const records = records_of(services, context);
    auto const& text = request.param("number");
    std::int64_t number = 0;
    if (auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number); error != std::errc{} || end != text.data() + text.size())
        return Error::not_found();
    auto const version = TRY(records.version(kind, id, number));
    if (version.erased) return Error::not_found("erased");
    auto const now = TRY(records.find(kind, id, true));
    std::optional<Version> before;
    if (auto earlier = records.version(kind, id, number - 1); earlier.ok()) before = std::move(earlier).value();
    JsonWriter out;
    out.begin_object();
    write_record(out, kind, head_of(version, now.head), version.row, version.destroyed);
    out.key("act").begin_object();
    write_act(out, kind, version, before ? &*before : nullptr);
    out.end_object().end_object();
    auto answer = Response::json(std::move(out).take());
    answer.header("ETag", etag_of(version.number));
    return answer;
}

Answer list_findings(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const id = TRY(record_id_of(request));
    auto const records = records_of(services, context);
    TRY(records.find(kind, id));
    auto const findings = records.findings(id);
    return paged(request, findings.size(), [&](JsonWriter& out, std::size_t i) {
        auto const& finding = findings[i];
        out.member("rule", finding.rule).member("severity", code_of(finding.severity)).member("place", finding.place.text());
        text_or_null(out, "field", finding.place.field);
        text_or_null(out, "row", finding.place.row);
        text_or_null(out, "part", finding.place.part);
        auto const key = "rule." + finding.rule + ".title";
        text_or_null(out, "message", context.locale.find(key) ? context.locale.text(key, finding.arguments) : std::string{});
    });
}

Answer list_links(ApiServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const id = TRY(record_id_of(request));
    auto const records = records_of(services, context);
    auto const stored = TRY(records.find(kind, id));
    auto links = links_from(records, kind, stored.row);
    auto const outward = links.size();
    std::ranges::move(records.links_to(id), std::back_inserter(links));
    return paged(request, links.size(), [&](JsonWriter& out, std::size_t i) {
        auto const& link = links[i];
        out.member("direction", i < outward ? "to" : "from").member("field", link.field).member("id", link.id.text());
        text_or_null(out, "register", link.register_slug);
        text_or_null(out, "reference", link.reference);
        text_or_null(out, "title", link.title);
    });
}

}  // namespace greffier::records::api
