#include "overview/instruction_letter_page.hpp"

#include <algorithm>

#include "overview/instruction_letter.hpp"
#include "overview/profile_read.hpp"
#include "records/attachments.hpp"
#include "records/vocabulary.hpp"
#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using accounts::Context;
using processor_activity::Activity;
using processor_activity::InstructionJudgement;
using records::Records;
using web::Html;
using web::Request;
using web::Response;

namespace {

/// A letter as it would be printed now.
struct Written {
    records::Register const& kind;
    records::Stored stored;
    std::string row;
    Locale words;
    Letter letter;

    [[nodiscard]] std::string record(Context const& context) const { return context.address("/processor-activities/" + stored.head.id.text()); }
};

Records store_of(OverviewServices const& services, Context const& context) { return {services.machinery, context.where().id, context.who().sight}; }

/// Of an instruction that was judged unlawful, of work done for a client.
Result<Written> written(OverviewServices const& services, Context& context, Request const& request)
{
    auto const& registers = records::known_registers(services.machinery, context);
    auto const* kind = registers.find("processor-activities");
    auto const id = RecordId::parse(request.param("id"));
    if (!kind || !id) return Error::not_found();
    auto const store = store_of(services, context);
    auto stored = TRY(store.find(*kind, *id));
    auto const activity = TRY(processor_activity::activity_schema().unpack(stored.row));
    auto const& row = request.param("instruction");
    auto const given = std::ranges::find(activity.instructions, row, &processor_activity::Instruction::id);
    if (given == activity.instructions.end() || given->judgement != InstructionJudgement::Unlawful || activity.direction != processor_activity::Direction::WeProcessForClient) return Error::not_found();
    auto const language = parse_language(request.query.get("lang")).value_or(context.where().language);
    Locale words(language, context.where().zone);
    auto letter = write_instruction_letter({activity, *given, stored.head.reference, profile_read(registers, store), local_date(context.now, context.where().zone)}, words);
    return Written{*kind, std::move(stored), row, std::move(words), std::move(letter)};
}

Result<Response> show_letter(OverviewServices const& services, Context& context, Request const& request)
{
    auto const one = TRY(written(services, context, request));
    auto const record = one.record(context);
    context.frame.title = context.locale.text("instruction_letter.title");
    context.frame.crumbs = {{context.locale.text("register.processor-activities"), context.address("/processor-activities")}, {one.stored.head.reference + " " + one.stored.head.title, record}};
    bool const editable = accounts::may(context.who(), web::Permission::WriteRecords) && !context.seeing_as && !one.kind.is_closed(one.stored.head.status);
    Html out;
    web::page_head(out, context.frame, context.frame.title, context.locale.text("instruction_letter.lead"),
                   letter_actions(context, one.words.language(), record + "/instructions/" + one.row, editable && services.vault));
    write_missing(out, context, one.letter, record, editable);
    write_sheet(out, one.letter, one.words);
    return Response::html(web::page(context.frame, out));
}

/// As an attachment: what was written that day, and proves the alert.
Result<Response> keep_letter(OverviewServices const& services, Context& context, Request const& request)
{
    auto const one = TRY(written(services, context, request));
    if (!services.vault) return Error::not_found();
    auto const content = standing_alone(one.letter, one.words);
    auto const title = one.words.text("instruction_letter.title");
    TRY(records::attach(store_of(services, context), *services.vault, one.kind, one.stored.head.id, 0, {std::string_view{content}, one.stored.head.reference + " instruction.html", title},
                        {context.who().id, context.now, context.where().zone}));
    return Response::redirect(one.record(context) + "/attachments?done=letter_kept");
}

}  // namespace

std::vector<accounts::Route> instruction_letter_routes(OverviewServices const& services)
{
    constexpr auto address = "/o/{organisation}/processor-activities/{id}/instructions/{instruction}";
    return {{web::Method::Get, address, web::Permission::ReadRecords, [&services](Context& context, Request const& request) { return show_letter(services, context, request); }},
            {web::Method::Post, address, web::Permission::WriteRecords, [&services](Context& context, Request const& request) { return keep_letter(services, context, request); }}};
}

}  // namespace greffier::overview
