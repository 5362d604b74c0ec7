#include "overview/request_letter_page.hpp"

#include "overview/profile_read.hpp"
#include "overview/request_letter.hpp"
#include "records/attachments.hpp"
#include "records/pages/panel.hpp"
#include "records/vocabulary.hpp"
#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using accounts::Context;
using records::Records;
using request::LetterKind;
using web::Html;
using web::Response;

namespace {

/// Those where data was found; all that were searched as long as nobody said which.
std::vector<SearchedProcessing> searched(records::Registers const& registers, Records const& store, request::Request const& request)
{
    std::vector<SearchedProcessing> all;
    auto const* kind = registers.find("processings");
    if (!kind) return all;
    bool const any_found = std::ranges::any_of(request.searches, [](auto const& one) { return one.result == request::SearchResult::Found; });
    for (auto const& one : request.searches) {
        if (one.processing.uuid.is_nil() || (any_found && one.result != request::SearchResult::Found)) continue;
        if (auto stored = store.find(*kind, RecordId{one.processing.uuid}); stored.ok()) all.push_back({kind->schema, std::move(stored->row)});
    }
    return all;
}

Language language_of(Context const& context, web::Request const& request, request::Request const& asked)
{
    if (auto const wanted = parse_language(request.query.get("lang"))) return *wanted;
    if (asked.language) return *asked.language == request::LetterLanguage::English ? Language::English : Language::French;
    return context.where().language;
}

/// A letter as it would be printed now.
struct Written {
    records::Register const& kind;
    records::Stored stored;
    LetterKind letter_kind;
    Language language;
    Locale words;
    Letter letter;
};

Result<Written> written(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const letter_kind = request::parse_letter_kind(request.param("kind"));
    auto const id = RecordId::parse(request.param("id"));
    if (request.param("register") != "requests" || !letter_kind || !id) return Error::not_found();
    auto const& registers = records::known_registers(services.machinery, context);
    auto const* kind = registers.find("requests");
    if (!kind) return Error::not_found();
    Records const store(services.machinery, context.where().id, context.who().sight);
    auto const stored = TRY(store.find(*kind, *id));
    auto const asked = TRY(request::request_schema().unpack(stored.row));
    auto const place = records::legal_place(services.machinery, context);
    LetterFacts const facts{asked, stored.head.reference, profile_read(registers, store), searched(registers, store, asked), local_date(context.now, place.zone), place};
    auto const language = language_of(context, request, asked);
    Locale const words(language, place.zone);
    auto letter = write_letter(*letter_kind, facts, words);
    return Written{*kind, stored, *letter_kind, language, words, std::move(letter)};
}

Result<Response> show_letter(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const one = TRY(written(services, context, request));
    auto const& [kind, stored, letter_kind, language, words, letter] = one;
    auto const record = context.address("/requests/" + stored.head.id.text());
    auto const title = context.locale.text("request.letter." + std::string{code_of(letter_kind)});
    context.frame.title = title;
    context.frame.crumbs = {{context.locale.text("register.requests"), context.address("/requests")}, {stored.head.reference + " " + stored.head.title, record}};
    Html out;
    bool const editable = accounts::may(context.who(), web::Permission::WriteRecords) && !context.seeing_as && !kind.is_closed(stored.head.status);
    web::page_head(out, context.frame, title, context.locale.text("request_letter.lead"), letter_actions(context, language, record + "/letters/" + std::string{code_of(letter_kind)}, editable && services.vault));
    write_missing(out, context, letter, record, editable);
    write_sheet(out, letter, words);
    return Response::html(web::page(context.frame, out));
}

/// As an attachment, sealed like the others: what was written that day, to be given or proved.
Result<Response> keep_letter(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const one = TRY(written(services, context, request));
    if (!services.vault) return Error::not_found();
    Records const store(services.machinery, context.where().id, context.who().sight);
    auto const content = standing_alone(one.letter, one.words);
    auto const name = one.stored.head.reference + " " + std::string{request::code_of(one.letter_kind)} + ".html";
    TRY(records::attach(store, *services.vault, one.kind, one.stored.head.id, 0, {std::string_view{content}, name, one.words.text("request.letter." + std::string{request::code_of(one.letter_kind)})},
                        {context.who().id, context.now, context.where().zone}));
    return Response::redirect(context.address("/requests/" + one.stored.head.id.text() + "/attachments?done=letter_kept"));
}

}  // namespace

std::vector<accounts::Route> request_letter_routes(OverviewServices const& services)
{
    return {{web::Method::Get, "/o/{organisation}/{register}/{id}/letters/{kind}", web::Permission::ReadRecords,
             [&services](Context& context, web::Request const& request) { return show_letter(services, context, request); }},
            {web::Method::Post, "/o/{organisation}/{register}/{id}/letters/{kind}", web::Permission::WriteRecords,
             [&services](Context& context, web::Request const& request) { return keep_letter(services, context, request); }}};
}

}  // namespace greffier::overview
