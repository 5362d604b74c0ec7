#pragma once
// Internal to records/pages: what each handler begins with.

#include <optional>

#include "records/pages/pages.hpp"
#include "web/html.hpp"

namespace greffier::records::pages {

using accounts::Context;

/// The register, as the organisation of the path knows it, of the path's {register}; NotFound otherwise.
Result<Register const*> register_of(PageServices const& services, Context& context, web::Request const& request);
Result<RecordId> id_of(web::Request const& request);
/// The instant of `at=`: an RFC 3339 instant, or a date meaning the end of that day in the organisation's zone.
/// Absent gives nullopt; the future is Invalid.
Result<std::optional<Timestamp>> instant_of(Context const& context, web::Request const& request);
By by(Context const& context);
Records store(PageServices const& services, Context const& context);
std::string address(Context const& context, Register const& kind);
std::string address(Context const& context, Register const& kind, RecordId id, std::string_view rest = "");
bool can(Context const& context, web::Permission permission);

/// Crumbs, title, past banner; then the head of a record with its reference, badges and tabs.
void begin(Context& context, Register const& kind, std::string title);
enum class Tab { Sheet, Findings, Links, Attachments, Comments, History };
struct Counts { std::size_t findings = 0, links = 0, attachments = 0; std::int64_t comments = 0, versions = 0; };
void record_head(web::Html& out, Context const& context, PageServices const& services, Register const& kind, Stored const& stored, Tab current, Counts const& counts);
Counts counts_of(Register const& kind, Stored const& stored, Records const& records);
/// The version a form says it was opened on; 0 when it says none.
std::int64_t sent_version(web::Pairs const& form, std::string_view name = "_version");
web::Response done(std::string location, std::string_view act);
/// What an act's form was refused for, each leading to its field; nothing when it was not.
void write_act_errors(web::Html& out, Locale const& locale, std::vector<FieldError> const& errors);

std::vector<accounts::Route> list_routes(PageServices const& services);
std::vector<accounts::Route> columns_routes(PageServices const& services);
std::vector<accounts::Route> views_routes(PageServices const& services);
std::vector<accounts::Route> bulk_routes(PageServices const& services);
std::vector<accounts::Route> record_routes(PageServices const& services);
std::vector<accounts::Route> model_routes(PageServices const& services);
std::vector<accounts::Route> form_routes(PageServices const& services);
std::vector<accounts::Route> draft_routes(PageServices const& services);
std::vector<accounts::Route> history_routes(PageServices const& services);
std::vector<accounts::Route> act_routes(PageServices const& services);
std::vector<accounts::Route> access_routes(PageServices const& services);
std::vector<accounts::Route> comment_routes(PageServices const& services);
std::vector<accounts::Route> favourite_routes(PageServices const& services);
std::vector<accounts::Route> terms_routes(PageServices const& services);
std::vector<accounts::Route> fields_routes(PageServices const& services);
std::vector<accounts::Route> lookup_routes(PageServices const& services);

}  // namespace greffier::records::pages
