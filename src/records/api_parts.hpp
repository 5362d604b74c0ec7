#pragma once
// Internal to the API: what its handlers share.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json_writer.hpp"
#include "records/api.hpp"

namespace greffier::records::api {

using accounts::Context;
using web::Request;
using web::Response;
using Answer = Result<Response>;
using Act = std::function<Answer(ApiServices const&, Context&, Request const&)>;

/// The status of an error, where its kind alone does not say it: 400, 412, 415, 428.
std::optional<int> status_of(Error const& error);
Error field_error(std::string field, std::string code, Arguments arguments = {});

/// The register and the record a path names; an id that is none is as unknown as any other.
Result<Register const*> register_of(ApiServices const& services, Context& context, Request const& request);
Result<RecordId> record_id_of(Request const& request);
Records records_of(ApiServices const& services, Context const& context);
By by_of(Context const& context);

// the one flat object -------------------------------------------------------------------------------------
/// Writes head, declared fields and `custom` into an open object.
void write_record(JsonWriter& out, Register const& kind, Head const& head, schema::Row const& row, std::vector<std::string> const& destroyed = {});
/// ["email","name"]
std::string names_json(std::vector<std::string> const& names);
std::string record_json(Register const& kind, Stored const& stored, std::string_view at = {});
/// 200 or 201 with its ETag.
Response record_answer(Register const& kind, Stored const& stored, int status = 200);
std::string etag_of(std::int64_t version);
std::string address_of(Context const& context, Register const& kind, RecordId id);

// reading what is asked -----------------------------------------------------------------------------------
struct Moment {
    std::string text;                  ///< as asked: the answer repeats it
    Timestamp instant{};
};
/// `at=`: an instant, or a date meaning the end of that day where the organisation is. The future is an error.
Result<std::optional<Moment>> moment_of(Context const& context, Request const& request);
/// A whole number of the query, or `otherwise`.
Result<int> number_of(Request const& request, std::string_view name, int otherwise, int most);
Result<std::optional<bool>> yes_or_no(Request const& request, std::string_view name);

/// If-Match: 0 when absent. `current` is the version that stands; another one is Error stale (412).
Result<std::int64_t> matched_version(Request const& request, std::int64_t current);
/// The same, where it must be given (428).
Result<std::int64_t> demanded_version(Request const& request, std::int64_t current);

/// Content-Type must be JSON, or the merge patch's own type where `patch`.
Status expect_json(Request const& request, bool patch = false);
/// Members of a small object of texts; unknown ones and other kinds are errors. An empty body has none.
Result<std::map<std::string, std::string>> read_texts(Request const& request, std::vector<std::string_view> known);

/// "label_fr" -> "label.fr": the store names columns, the API its members.
template <class T>
Result<T> in_api_words(Result<T> result)
{
    if (result.ok()) return result;
    auto error = result.error();
    for (auto& problem : error.fields)
        for (std::string_view const word : {"label_", "help_"})
            if (auto const at = problem.field.find(word); at != std::string::npos) problem.field[at + word.size() - 1] = '.';
    return error;
}

// lists ---------------------------------------------------------------------------------------------------
struct Paging { int page = 1, per_page = 50; };
Result<Paging> paging_of(Request const& request);
/// `write` writes item i into an open object.
Answer paged(Request const& request, std::size_t total, std::function<void(JsonWriter&, std::size_t)> const& write);

// writing -------------------------------------------------------------------------------------------------
/// One POST in one transaction. With an Idempotency-Key its answer is stored with it: the same request gets the same
/// answer, another one under the same key is refused.
Answer write_once(ApiServices const& services, Context const& context, Request const& request,
                  std::function<Result<Stored>(Batch&)> const& act, std::function<Response(Stored const&)> const& answer);

// the handlers, by file -----------------------------------------------------------------------------------
Answer list_organisations(ApiServices const&, Context&, Request const&);
Answer show_organisation(ApiServices const&, Context&, Request const&);
Answer list_records(ApiServices const&, Context&, Request const&);
Answer show_record(ApiServices const&, Context&, Request const&);
Answer list_versions(ApiServices const&, Context&, Request const&);
Answer show_version(ApiServices const&, Context&, Request const&);
Answer list_findings(ApiServices const&, Context&, Request const&);
Answer list_links(ApiServices const&, Context&, Request const&);

Answer create_record(ApiServices const&, Context&, Request const&);
Answer replace_record(ApiServices const&, Context&, Request const&);
Answer patch_record(ApiServices const&, Context&, Request const&);
Answer delete_record(ApiServices const&, Context&, Request const&);
Answer change_status(ApiServices const&, Context&, Request const&);
Answer review_record(ApiServices const&, Context&, Request const&);
Answer restore_record(ApiServices const&, Context&, Request const&);
Answer destroy_record(ApiServices const&, Context&, Request const&);
Answer find_sealed(ApiServices const&, Context&, Request const&);

Answer show_access(ApiServices const&, Context&, Request const&);
Answer put_access(ApiServices const&, Context&, Request const&);

Answer list_fields(ApiServices const&, Context&, Request const&);
Answer add_field(ApiServices const&, Context&, Request const&);
Answer patch_field(ApiServices const&, Context&, Request const&);
Answer list_terms(ApiServices const&, Context&, Request const&);
Answer add_term(ApiServices const&, Context&, Request const&);
Answer patch_term(ApiServices const&, Context&, Request const&);

Answer list_drafts(ApiServices const&, Context&, Request const&);
Answer show_draft(ApiServices const&, Context&, Request const&);
Answer put_draft(ApiServices const&, Context&, Request const&);
Answer delete_draft(ApiServices const&, Context&, Request const&);
Answer list_models(ApiServices const&, Context&, Request const&);
Answer show_model(ApiServices const&, Context&, Request const&);
Answer duplicate_record(ApiServices const&, Context&, Request const&);

Answer list_comments(ApiServices const&, Context&, Request const&);
Answer add_comment(ApiServices const&, Context&, Request const&);
Answer show_comment(ApiServices const&, Context&, Request const&);
Answer edit_comment(ApiServices const&, Context&, Request const&);
Answer delete_comment(ApiServices const&, Context&, Request const&);
Answer resolve_comment(ApiServices const&, Context&, Request const&);
Answer reopen_comment(ApiServices const&, Context&, Request const&);
Answer keep_favourite(ApiServices const&, Context&, Request const&);
Answer drop_favourite(ApiServices const&, Context&, Request const&);

Answer list_views(ApiServices const&, Context&, Request const&);
Answer create_view(ApiServices const&, Context&, Request const&);
Answer show_view(ApiServices const&, Context&, Request const&);
Answer replace_view(ApiServices const&, Context&, Request const&);
Answer delete_view(ApiServices const&, Context&, Request const&);
Answer show_list_choice(ApiServices const&, Context&, Request const&);
Answer put_list_choice(ApiServices const&, Context&, Request const&);

Answer start_bulk(ApiServices const&, Context&, Request const&);
Answer list_acts(ApiServices const&, Context&, Request const&);
Answer show_act(ApiServices const&, Context&, Request const&);
Answer list_steps(ApiServices const&, Context&, Request const&);
Answer undo_act(ApiServices const&, Context&, Request const&);

Answer list_attachments(ApiServices const&, Context&, Request const&);
Answer add_attachment(ApiServices const&, Context&, Request const&);
Answer download_attachment(ApiServices const&, Context&, Request const&);
Answer delete_attachment(ApiServices const&, Context&, Request const&);

}  // namespace greffier::records::api
