#include "registers/profile/designation_page.hpp"

#include "documents/csv_writer.hpp"
#include "records/pages/form.hpp"
#include "records/pages/paper.hpp"
#include "records/pages/shared.hpp"
#include "records/vocabulary.hpp"
#include "registers/profile/designation.hpp"
#include "registers/profile/register.hpp"
#include "web/frame.hpp"

namespace greffier::profile {

using namespace web::literals;
using accounts::Context;
using web::Html;
using web::Request;
using web::Response;

namespace {

struct Designated {
    records::Register const& kind;
    records::Stored stored;
    Profile profile;
    std::vector<DesignationLine> lines;
};

Result<Designated> read(records::Machinery const& machinery, Context& context, Request const& request)
{
    auto const* kind = records::known_registers(machinery, context).find(profile_register().slug);
    auto const id = RecordId::parse(request.param("id"));
    if (!kind || !id) return Error::not_found();
    auto stored = TRY((records::Records{machinery, context.where().id, context.who().sight}.find(*kind, *id)));
    auto profile = TRY(profile_schema().unpack(stored.row));
    auto lines = designation_lines(profile, context.locale);
    return Designated{*kind, std::move(stored), std::move(profile), std::move(lines)};
}

std::string part_words(Locale const& locale, DesignationPart part) { return locale.text("designation.part." + std::string{code_of(part)}); }

void write_missing(Html& out, Context const& context, std::vector<DesignationLine> const& missing, std::string const& record, bool editable)
{
    auto const& locale = context.locale;
    if (missing.empty()) return;
    out << "<section class=\"g-alert g-alert--warn g-noprint\" aria-labelledby=\"missing-t\">"_h;
    web::icon(out, "alert-triangle");
    out << "<div class=\"g-alert-text\"><h2 id=\"missing-t\">"_h << locale.plural("designation.missing", static_cast<std::int64_t>(missing.size())) << "</h2><ul>"_h;
    for (auto const& line : missing) {
        auto const words = part_words(locale, line.part) + locale.text("punctuation.colon") + locale.text(line.label);
        out << "<li>"_h;
        if (editable) {
            out << "<a"_h;
            out.url("href"_h, record + "/edit#" + records::control_id(line.field));
            out << ">"_h << words << "</a>"_h;
        } else {
            out << words;
        }
        out << "</li>"_h;
    }
    out << "</ul></div></section>"_h;
}

/// Before it is declared: where; afterwards: the number and the date that came back.
void write_state(Html& out, Locale const& locale, Dpo const& dpo)
{
    out << "<p class=\"mt-3\">"_h;
    if (dpo.cnil_number.empty()) out << locale.text("designation.then");
    else out << locale.text(dpo.designated_on ? "designation.declared_on" : "designation.declared", {{"number", dpo.cnil_number}, {"date", dpo.designated_on ? locale.date(*dpo.designated_on) : std::string{}}});
    out << "</p>"_h;
}

Result<Response> show(records::Machinery const& machinery, Context& context, Request const& request)
{
    auto const one = TRY(read(machinery, context, request));
    auto const& locale = context.locale;
    auto const record = records::pages::address(context, one.kind, one.stored.head.id);
    records::pages::begin(context, one.kind, locale.text("designation.title"));
    Html actions = records::paper_link(record + "/designation/file", locale.text("designation.file"));
    actions << records::paper_actions(locale, record, locale.text("designation.back"));
    Html out;
    web::page_head(out, context.frame, context.frame.title, locale.text("designation.lead"), actions);
    write_missing(out, context, missing_of(one.lines), record, records::pages::can(context, web::Permission::WriteRecords));
    std::optional<DesignationPart> part;
    for (auto const& line : one.lines) {
        if (part != line.part) {
            out << (part ? "</dl></section>"_h : ""_h) << "<section class=\"mb-3\"><h2 class=\"g-h3 mb-2\">"_h << part_words(locale, line.part) << "</h2><dl class=\"g-fields\">"_h;
            part = line.part;
        }
        out << "<div><dt>"_h << locale.text(line.label) << "</dt><dd>"_h;
        if (line.words.empty()) out << "<span class=\"g-muted\">"_h << locale.text(line.needed ? "designation.to_fill_in" : "designation.not_said") << "</span>"_h;
        else out << line.words;
        out << "</dd></div>"_h;
    }
    if (part) out << "</dl></section>"_h;
    write_state(out, locale, one.profile.dpo);
    return Response::html(web::page(context.frame, out));
}

Result<Response> give_file(records::Machinery const& machinery, Context& context, Request const& request)
{
    auto const one = TRY(read(machinery, context, request));
    auto const& locale = context.locale;
    std::vector<std::vector<std::string>> rows{{locale.text("designation.column.part"), locale.text("designation.column.question"), locale.text("designation.column.answer")}};
    for (auto const& line : one.lines) rows.push_back({part_words(locale, line.part), locale.text(line.label), line.words});
    if (!one.profile.dpo.cnil_number.empty()) rows.push_back({part_words(locale, DesignationPart::Officer), locale.text("dpo.cnil_number.short"), one.profile.dpo.cnil_number});
    return Response::download(locale.text("designation.file_name") + "-" + context.where().slug + ".csv", "text/csv; charset=utf-8", documents::write_csv(rows, {.byte_order_mark = true}));
}

}  // namespace

void write_panel(Html& out, records::PanelView const& view)
{
    if (view.at) return;
    out << "<section class=\"g-panel mb-3\"><div class=\"g-panel-body\"><ul class=\"g-letters mb-0\"><li><a"_h;
    out.url("href"_h, view.address + "/designation");
    out << ">"_h;
    web::icon(out, "file-text");
    out << view.context.locale.text("designation.title") << "</a></li></ul></div></section>"_h;
}

std::vector<accounts::Route> designation_routes(records::Machinery const& machinery)
{
    return {{web::Method::Get, "/o/{organisation}/profile/{id}/designation", web::Permission::ReadRecords, [&machinery](Context& context, Request const& request) { return show(machinery, context, request); }},
            {web::Method::Get, "/o/{organisation}/profile/{id}/designation/file", web::Permission::ReadRecords, [&machinery](Context& context, Request const& request) { return give_file(machinery, context, request); }}};
}

}  // namespace greffier::profile
