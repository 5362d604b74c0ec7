#include "exchange/directory_page.hpp"

#include <algorithm>

#include "exchange/directory_accounts.hpp"
#include "records/importing.hpp"
#include "records/vocabulary.hpp"
#include "web/frame.hpp"

namespace greffier::exchange {

using namespace web::literals;
using accounts::Context;
using accounts::LdapWay;
using records::Outcome;
using web::Html;
using web::Request;
using web::Response;

namespace {

constexpr std::size_t most_shown = 200;

bool serves(LdapWay const& way, Context const& context)
{
    return context.who().installation_administrator ||
           std::ranges::any_of(way.rules().roles, [&](accounts::MappedRole const& role) { return role.organisation == context.where().slug; });
}

std::string label_of(LdapWay const& way) { return way.rules().label.empty() ? way.rules().name : way.rules().label; }

struct Compared {
    records::ImportReport report;
    std::vector<GoneAccount> gone;
};

struct Page {
    records::Register const* kind;
    records::Records store;
    std::vector<LdapWay const*> directories;
};

Result<Page> page_of(records::Machinery const& machinery, accounts::SignInWays const& ways, Context& context)
{
    auto const* kind = records::known_registers(machinery, context).find("accounts");
    if (!kind) return Error::not_found();
    Page page{kind, {machinery, context.where().id, context.who().sight}, {}};
    for (auto const& way : ways.directories())
        if (serves(*way, context)) page.directories.push_back(way.get());
    return page;
}

void write_button(Html& out, Context const& context, LdapWay const& way, std::string_view op, std::string_view words)
{
    out << "<form method=\"post\" class=\"mb-3 g-noprint\""_h;
    out.url("action"_h, context.address("/accounts/directory"));
    out << ">"_h;
    web::csrf_field(out, context.frame);
    out << "<input type=\"hidden\" name=\"directory\""_h;
    out.attr("value"_h, way.rules().name);
    out << "><input type=\"hidden\" name=\"op\""_h;
    out.attr("value"_h, op);
    out << "><button class=\"btn btn-primary\" type=\"submit\">"_h << context.locale.text(words) << "</button></form>"_h;
}

struct Shown { std::string id, words; };

void write_list(Html& out, Context const& context, std::string_view key, std::vector<Shown> const& lines)
{
    auto const& locale = context.locale;
    out << "<section class=\"mb-3\"><h3 class=\"g-h3\">"_h << locale.text(key) << " <span class=\"g-badge g-badge--line\">"_h << lines.size() << "</span></h3>"_h;
    if (!lines.empty()) out << "<ul>"_h;
    for (std::size_t i = 0; i < std::min(lines.size(), most_shown); ++i) {
        out << "<li>"_h;
        if (lines[i].id.empty()) out << lines[i].words;
        else {
            out << "<a"_h;
            out.url("href"_h, context.address("/accounts/" + lines[i].id));
            out << ">"_h << lines[i].words << "</a>"_h;
        }
        out << "</li>"_h;
    }
    if (!lines.empty()) out << "</ul>"_h;
    if (lines.size() > most_shown) out << "<p class=\"g-muted\">"_h << locale.text("account.matrix.more", {{"count", std::to_string(lines.size() - most_shown)}}) << "</p>"_h;
    out << "</section>"_h;
}

void write_compared(Html& out, Context const& context, Compared const& compared)
{
    auto of = [&](Outcome outcome) {
        std::vector<Shown> lines;
        for (auto const& entry : compared.report.entries)
            if (entry.outcome == outcome && (entry.code.empty() || outcome == Outcome::Refused || outcome == Outcome::Skipped)) lines.push_back({entry.record, entry.title.empty() ? entry.place : entry.title});
        return lines;
    };
    std::vector<Shown> gone;
    for (auto const& one : compared.gone) gone.push_back({one.id.text(), one.identifier + (one.holder.empty() ? "" : " – " + one.holder)});
    write_list(out, context, "directory.new", of(Outcome::Created));
    write_list(out, context, "directory.changed", of(Outcome::Updated));
    write_list(out, context, "directory.gone", gone);
    if (auto const lines = of(Outcome::Skipped); !lines.empty()) write_list(out, context, "directory.skipped", lines);
    if (auto const lines = of(Outcome::Refused); !lines.empty()) write_list(out, context, "directory.refused", lines);
    out << "<p class=\"g-small g-muted\">"_h << context.locale.text("directory.same", {{"count", std::to_string(compared.report.count(Outcome::Unchanged))}}) << "</p>"_h;
}

Response show(Page const& page, Context& context, LdapWay const* way, Compared const* compared)
{
    auto const& locale = context.locale;
    context.frame.title = locale.text("directory.title");
    context.frame.crumbs = {{locale.text("register.accounts"), context.address("/accounts")}};
    if (compared && !compared->report.dry_run) context.frame.notice = web::Notice{web::Notice::Tone::Ok, locale.text("directory.taken")};
    Html out;
    web::page_head(out, context.frame, context.frame.title, locale.text("directory.lead"), {});
    if (page.directories.empty()) out << "<p>"_h << locale.text("directory.none") << "</p>"_h;
    for (auto const* one : page.directories) {
        if (way && one != way) continue;
        out << "<section class=\"g-panel mb-3\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << label_of(*one) << "</h2></div><div class=\"g-panel-body\">"_h;
        if (!compared) write_button(out, context, *one, "look", "directory.look");
        else {
            write_compared(out, context, *compared);
            if (compared->report.dry_run) write_button(out, context, *one, "take", "directory.take");
            else if (!compared->report.run.empty()) {
                out << "<p class=\"mb-0\"><a"_h;
                out.url("href"_h, context.address("/accounts/import?run=" + compared->report.run));
                out << ">"_h << locale.text("directory.report") << "</a></p>"_h;
            }
        }
        out << "</div></section>"_h;
    }
    return Response::html(web::page(context.frame, out));
}

/// Reads the directory each time: what is taken is what it says then.
Result<Response> compare(records::Machinery const& machinery, accounts::SignInWays const& ways, Context& context, Request const& request)
{
    auto const page = TRY(page_of(machinery, ways, context));
    auto const found = std::ranges::find(page.directories, request.form.get("directory"), [](auto const* way) { return way->rules().name; });
    if (found == page.directories.end()) return Error::not_found();
    auto const& settings = (*found)->settings();
    auto const entries = TRY(read_directory(settings));
    auto const file = directory_file(*page.kind, settings, entries);
    records::By const by{context.who().id, context.now, context.where().zone};
    Compared compared;
    compared.gone = gone_accounts(page.store, *page.kind, label_of(**found), file);
    bool const take = request.form.get("op") == "take";
    compared.report = TRY(records::run_import(page.store, *page.kind, file, by, {.dry_run = !take}));
    if (take) TRY(note_gone(page.store, *page.kind, label_of(**found), compared.gone, by));
    return show(page, context, *found, &compared);
}

}  // namespace

std::vector<accounts::Route> directory_routes(records::Machinery const& machinery, accounts::SignInWays const& ways)
{
    return {
        {web::Method::Get, "/o/{organisation}/accounts/directory", web::Permission::ImportRecords,
         [&machinery, &ways](Context& context, Request const&) -> Result<Response> { return show(TRY(page_of(machinery, ways, context)), context, nullptr, nullptr); }},
        {web::Method::Post, "/o/{organisation}/accounts/directory", web::Permission::ImportRecords, [&machinery, &ways](Context& context, Request const& request) { return compare(machinery, ways, context, request); }},
    };
}

}  // namespace greffier::exchange
