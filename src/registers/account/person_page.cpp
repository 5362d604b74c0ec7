// All the accounts of one person on one sheet: who arrives, moves or leaves; and the act that notes a departure.

#include <algorithm>

#include "core/text.hpp"
#include "records/one_act.hpp"
#include "registers/account/pages_shared.hpp"
#include "registers/account/register.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::account {

using accounts::Context;
using web::Html;
using web::Response;
using namespace web::literals;

namespace {

/// A name, an address or an identifier, whatever its case and accents.
bool is_of(KnownAccount const& known, std::string const& folded)
{
    return !folded.empty() && (fold(known.account.holder).find(folded) != std::string::npos || fold(known.account.holder_email.value) == folded || fold(known.account.identifier) == folded);
}

std::vector<KnownAccount const*> of_person(std::vector<KnownAccount> const& accounts, std::string_view who)
{
    std::vector<KnownAccount const*> found;
    auto const folded = fold(squeeze(who));
    for (auto const& known : accounts)
        if (known.status != "erased" && is_of(known, folded)) found.push_back(&known);
    return found;
}

void write_search(Html& out, Context const& context, std::string const& who)
{
    auto const& locale = context.locale;
    out << "<form method=\"get\" class=\"g-inline mb-4 g-noprint\""_h;
    out.url("action"_h, context.address("/accounts/person"));
    out << "><div><label class=\"form-label\" for=\"who\">"_h << locale.text("account.leaver.who") << "</label><input class=\"form-control\" id=\"who\" name=\"who\" autocomplete=\"off\""_h;
    out.attr("value"_h, who);
    out << "></div><button class=\"btn btn-primary\" type=\"submit\">"_h << locale.text("account.leaver.show") << "</button></form>"_h;
}

void write_rows(Html& out, Context const& context, std::vector<KnownAccount const*> const& found, bool may_write)
{
    auto const& locale = context.locale;
    auto const& info = system_account_schema().info();
    auto label = [&](std::string_view field) { return schema::short_label(info, *info.find(field), locale); };
    // Several people of one name: who leaves is to be said.
    bool const one_person = std::ranges::all_of(found, [&](auto const* known) { return fold(known->account.holder) == fold(found.front()->account.holder); });
    write_table_head(out, locale.text("account.leaver.title"), {locale.text("account.leaver.tick"), label("identifier"), label("holder"), label("system"), label("profile"), label("kind"), locale.text("account.leaver.state")});
    for (auto const* known : found) {
        auto const& account = known->account;
        bool const active = known->status == "enabled";
        auto cell = [&](std::string_view words, std::string_view text) {
            out << "<td role=\"cell\""_h;
            out.attr("data-label"_h, words);
            out << ">"_h << text << "</td>"_h;
        };
        out << "<tr role=\"row\"><td role=\"cell\""_h;
        out.attr("data-label"_h, locale.text("account.leaver.tick"));
        out << "><input type=\"checkbox\" class=\"form-check-input\" name=\"account\""_h;
        out.attr("value"_h, known->id.text()).attr("aria-label"_h, locale.text("account.leaver.select", {{"account", account.identifier}})).flag("checked"_h, active && one_person).flag("disabled"_h, !may_write || !active);
        out << "></td><th role=\"rowheader\" scope=\"row\">"_h;
        write_account_link(out, context, *known);
        out << "</th>"_h;
        cell(label("holder"), account.holder);
        cell(label("system"), account.system);
        cell(label("profile"), account.profile);
        cell(label("kind"), account.kind ? schema::code_label(choices_of(*account.kind).list, choices_of(*account.kind).code(*account.kind), locale) : std::string{});
        cell(locale.text("account.leaver.state"), locale.text("status." + known->status));
        out << "</tr>"_h;
    }
    out << "</tbody></table></div>"_h;
}

Result<Response> show_person(records::Machinery const& machinery, Context& context, web::Request const& request)
{
    auto const& locale = context.locale;
    auto const accounts = TRY(known_accounts(machinery, context));
    auto const who = request.query.get("who");
    if (request.query.get("done") == "left") context.frame.notice = web::Notice{web::Notice::Tone::Ok, locale.text("account.leaver.done")};
    Html out;
    begin_page(out, context, "account.leaver.title", "account.leaver.lead", {});
    write_search(out, context, who);
    auto const found = of_person(accounts, who);
    bool const may_write = accounts::may(context.who(), web::Permission::WriteRecords) && !context.seeing_as && !context.where().archived;
    if (found.empty()) {
        if (!who.empty()) out << "<p>"_h << locale.text("account.leaver.none") << "</p>"_h;
        return Response::html(web::page(context.frame, out));
    }
    out << "<form method=\"post\""_h;
    out.url("action"_h, context.address("/accounts/person"));
    out << ">"_h;
    web::csrf_field(out, context.frame);
    out << "<input type=\"hidden\" name=\"who\""_h;
    out.attr("value"_h, who);
    out << ">"_h;
    write_rows(out, context, found, may_write);
    if (may_write && std::ranges::any_of(found, [](auto const* known) { return known->status == "enabled"; })) {
        out << "<div class=\"g-inline mt-3 g-noprint\"><div><label class=\"form-label\" for=\"left\">"_h << locale.text("account.leaver.on") << "</label><input class=\"form-control\" type=\"date\" id=\"left\" name=\"left_on\""_h;
        out.attr("value"_h, to_text(local_date(context.now, context.where().zone)));
        out << "></div><button class=\"btn btn-primary\" type=\"submit\">"_h << locale.text("account.leaver.mark") << "</button></div>"_h;
    }
    out << "</form>"_h;
    return Response::html(web::page(context.frame, out));
}

/// Each ticked account gets the day and is disabled: all of them, or none.
Result<Response> note_departure(records::Machinery const& machinery, Context& context, web::Request const& request)
{
    auto const* kind = records::known_registers(machinery, context).find(account_register().slug);
    if (!kind) return Error::not_found();
    auto const left = parse_date(request.form.get("left_on"));
    if (!left) return Error{ErrorKind::Invalid, "invalid", {}, {{"left_on", "not_a_date", {}}}};
    std::vector<RecordId> ids;
    for (auto const& text : request.form.all("account")) {
        auto const id = RecordId::parse(text);
        if (!id) return Error::not_found();
        ids.push_back(*id);
    }
    auto const back = context.address("/accounts/person?who=" + web::encode_component(request.form.get("who")));
    if (ids.empty()) return Response::redirect(back);
    auto const done = records::one_act(machinery, context.where().id, context.who().sight, {context.who().id, context.now, context.where().zone}, [&](records::Batch& batch) -> Result<records::Stored> {
        std::optional<records::Stored> last;
        for (auto const id : ids) {
            auto const current = batch.find(*kind, id);
            if (!current) return Error::not_found();
            auto row = current->row;
            schema::set(*kind->schema, row, "left_on", *left);
            auto const noted = TRY(batch.update(*kind, {.id = id, .version = current->head.version, .row = std::move(row)}));
            last = noted;
            if (noted.head.status == "enabled") last = TRY(batch.change_status(*kind, {.id = id, .status = "disabled"}));
        }
        return std::move(*last);
    });
    if (!done.ok()) return done.error();
    return Response::redirect(back + "&done=left");
}

}  // namespace

std::vector<accounts::Route> person_routes(records::Machinery const& machinery)
{
    return {
        {web::Method::Get, "/o/{organisation}/accounts/person", web::Permission::ReadRecords, [&machinery](Context& context, web::Request const& request) { return show_person(machinery, context, request); }},
        {web::Method::Post, "/o/{organisation}/accounts/person", web::Permission::WriteRecords, [&machinery](Context& context, web::Request const& request) { return note_departure(machinery, context, request); }},
    };
}

}  // namespace greffier::account
