#include "registers/breach/pages.hpp"

#include <algorithm>

#include "records/pages/form.hpp"
#include "records/pages/panel.hpp"
#include "records/pages/paper.hpp"
#include "records/pages/shared.hpp"
#include "records/vocabulary.hpp"
#include "registers/breach/clocks.hpp"
#include "registers/breach/dossier.hpp"
#include "registers/breach/first_steps.hpp"
#include "registers/breach/register.hpp"
#include "registers/breach/words.hpp"
#include "web/frame.hpp"

namespace greffier::breach {

using namespace web::literals;
using accounts::Context;
using records::PageServices;
using web::Html;

namespace {

/// What both pages are made of.
struct Case {
    Context& context;
    records::Register const& kind;
    records::Register const* profile;
    records::Stored stored;
    Breach breach;
    Notifier notifier;
    law::Place place;
    bool editable;
    std::string address;

    [[nodiscard]] DossierFacts facts() const { return {*kind.schema, stored.row, breach, notifier, place, context.now}; }
    [[nodiscard]] std::string mend(std::string const& field) const
    {
        if (field.empty()) return context.address("/profile");
        return address + "/edit#" + records::control_id(field);
    }
};

Result<Case> case_of(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& registers = records::known_registers(services.machinery, context);
    auto const* kind = registers.find(breach_register().slug);
    if (!kind) return Error::not_found();
    auto const id = TRY(records::pages::id_of(request));
    auto const store = records::pages::store(services, context);
    auto stored = TRY(store.find(*kind, id));
    auto breach = breach_of(stored.row);
    auto const* profile = registers.find("profile");
    Notifier notifier;
    if (profile)
        if (auto own = store.only(*profile); own.ok()) notifier = {profile->schema, std::move(own).value().row};
    bool const editable = !kind->is_closed(stored.head.status) && records::pages::can(context, web::Permission::WriteRecords);
    return Case{context, *kind, profile, std::move(stored), std::move(breach), std::move(notifier), records::legal_place(services.machinery, context), editable, records::pages::address(context, *kind, id)};
}

void begin(Case const& view, std::string title)
{
    auto& context = view.context;
    records::pages::begin(context, view.kind, std::move(title));
    context.frame.crumbs.push_back({view.stored.head.reference + " " + view.stored.head.title, view.address});
}

void write_head(Html& out, Case const& view, std::string_view title, char const* other, char const* other_key)
{
    auto const& locale = view.context.locale;
    web::page_top(out, view.context.frame);
    out << "<div class=\"g-head\"><div class=\"g-head-text\"><h1>"_h << title << "</h1><div class=\"g-head-meta\"><span class=\"g-ref\">"_h << view.stored.head.reference << "</span> <span class=\"g-muted\">"_h
        << view.stored.head.title << "</span></div></div><div class=\"g-head-actions\">"_h << records::paper_actions(locale, view.address + other, locale.text(other_key)) << "</div></div>"_h;
}

void write_missing(Html& out, Case const& view, Line const& line)
{
    auto const& locale = view.context.locale;
    out << "<span class=\"g-badge g-badge--warn\">"_h;
    web::icon(out, "alert-circle");
    out << " "_h << locale.text("dossier.missing") << "</span>"_h;
    if (!view.editable) return;
    out << " <a"_h;
    out.url("href"_h, view.mend(line.field));
    out << ">"_h << locale.text("dossier.fill") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << line.label << "</span></a>"_h;
}

// --- the notification -------------------------------------------------------------------------------------------

void write_line(Html& out, Case const& view, Line const& line)
{
    auto const& locale = view.context.locale;
    out << "<div><dt>"_h << line.label << "</dt><dd>"_h;
    if (line.missing()) write_missing(out, view, line);
    else out.lines(line.value);
    if (line.changed) {
        out << "<br><span class=\"g-badge g-badge--info\">"_h;
        web::icon(out, "git-compare");
        out << " "_h << locale.text("dossier.changed") << "</span>"_h;
        if (!line.before.empty()) {
            out << " <span class=\"g-small g-muted\">"_h;
            out.lines(locale.text("dossier.before", {{"text", line.before}}));
            out << "</span>"_h;
        }
    }
    out << "</dd></div>"_h;
}

void write_block(Html& out, Case const& view, Block const& block, int number)
{
    auto const& locale = view.context.locale;
    out << "<section aria-labelledby=\"block-"_h << block.key << "\"><div class=\"g-sheet-head\"><span class=\"g-sheet-no\" aria-hidden=\"true\">"_h << number << "</span><h2 id=\"block-"_h << block.key << "\">"_h
        << locale.text("dossier.block." + block.key) << "</h2>"_h;
    out << "</div>"_h;
    if (block.lines.empty()) out << "<p class=\"g-sub g-muted\">"_h << locale.text("dossier.nothing") << "</p>"_h;
    else {
        out << "<dl class=\"g-fields\">"_h;
        for (auto const& line : block.lines) write_line(out, view, line);
        out << "</dl>"_h;
    }
    out << "</section>"_h;
}

/// Block by block, what is still to be written, each leading to its question.
void write_summary(Html& out, Case const& view, std::vector<Block> const& blocks)
{
    auto const& locale = view.context.locale;
    std::int64_t missing = 0;
    for (auto const& block : blocks) missing += std::ranges::count_if(block.lines, &Line::missing);
    if (missing == 0) {
        out << "<section class=\"g-alert g-alert--ok\">"_h;
        web::icon(out, "circle-check");
        out << "<div class=\"g-alert-text\"><h2>"_h << locale.text("dossier.whole") << "</h2><p>"_h << locale.text("dossier.whole.lead") << "</p></div></section>"_h;
        return;
    }
    out << "<section class=\"g-alert g-alert--warn\">"_h;
    web::icon(out, "alert-circle");
    out << "<div class=\"g-alert-text\"><h2>"_h << locale.plural("dossier.lacks", missing) << "</h2><p>"_h << locale.text("dossier.lacks.lead") << "</p><ul>"_h;
    for (auto const& block : blocks) {
        if (!block.incomplete()) continue;
        out << "<li>"_h << locale.text("dossier.block." + block.key) << locale.text("punctuation.colon");
        bool first = true;
        for (auto const& line : block.lines) {
            if (!line.missing()) continue;
            if (!first) out << ", "_h;
            first = false;
            out << line.label;
        }
        out << "</li>"_h;
    }
    out << "</ul></div></section>"_h;
}

/// The officer answered in the register of advice.
bool advised_elsewhere(PageServices const& services, Case const& view)
{
    auto const store = records::pages::store(services, view.context);
    auto const* kind = services.machinery.registers.find("advice");
    return kind && std::ranges::any_of(store.links_to(view.stored.head.id), [&](records::LinkedRecord const& link) {
        if (link.register_slug != kind->slug) return false;
        auto const asked = store.find(*kind, link.id);
        return asked.ok() && (asked->head.status == "advised" || asked->head.status == "decided");
    });
}

/// Nobody waits for it: the 72 hours come first, and the advice is asked for meanwhile.
void write_no_advice(Html& out, Case const& view, PageServices const& services)
{
    auto const& locale = view.context.locale;
    if (view.breach.has_advice() || view.notifier.text("dpo", "name").empty() || view.breach.first_notification() || !is_to_be_notified(view.breach) || advised_elsewhere(services, view)) return;
    out << "<section class=\"g-alert g-alert--warn g-noprint\">"_h;
    web::icon(out, "alert-circle");
    out << "<div class=\"g-alert-text\"><h2>"_h << locale.text("dossier.no_advice") << "</h2><p>"_h << locale.text("dossier.no_advice.lead", {{"name", view.notifier.text("dpo", "name")}}) << "</p></div>"_h;
    if (view.editable) {
        out << "<a"_h;
        out.url("href"_h, view.mend("dpo_advice"));
        out << ">"_h << locale.text("dossier.no_advice.write") << "</a>"_h;
    }
    out << "</section>"_h;
}

/// The first block: the kind of this sending, and what was sent before.
void fill_kind(Case const& view, std::vector<Block>& blocks, NotificationType type)
{
    auto const& locale = view.context.locale;
    auto& lines = blocks.front().lines;
    lines.push_back({locale.text("breach_notification.type.short"), choice_words(type, locale), true, {}, {}, false});
    for (auto const& sent : view.breach.notifications) {
        if (!sent.sent_at) continue;
        auto words = locale.instant(*sent.sent_at);
        if (!sent.receipt.empty()) words += ", " + locale.text("timeline.receipt", {{"number", sent.receipt}});
        lines.push_back({locale.text("dossier.sent", {{"type", choice_words(sent.type, locale)}}), std::move(words), false, "notifications", {}, false});
    }
}

Result<web::Response> show_dossier(PageServices const& services, Context& context, web::Request const& request)
{
    auto const view = TRY(case_of(services, context, request));
    auto const& locale = context.locale;
    auto blocks = dossier_of(view.facts(), locale);
    auto const type = next_notification(view.breach, blocks);
    if (auto const* last = last_notification(view.breach)) {
        auto const then = records::pages::store(services, context).find_at(view.kind, view.stored.head.id, *last->sent_at);
        if (then.ok()) {
            auto const old = breach_of(then.value().row);
            mark_changes(blocks, dossier_of({*view.kind.schema, then.value().row, old, view.notifier, view.place, *last->sent_at}, locale));
        }
    }
    fill_kind(view, blocks, type);
    begin(view, locale.text("dossier.title"));
    Html out;
    write_head(out, view, locale.text("dossier.title"), "/letter", "letter.title");
    out << "<p class=\"g-lead mb-3\">"_h << locale.text("dossier.lead") << "</p>"_h;
    write_no_advice(out, view, services);
    write_summary(out, view, blocks);
    out << "<div class=\"g-sheet\">"_h;
    int number = 0;
    for (auto const& block : blocks) write_block(out, view, block, ++number);
    out << "</div>"_h;
    return web::Response::html(web::page(context.frame, out));
}

// --- the letter --------------------------------------------------------------------------------------------------

void write_sender(Html& out, Case const& view)
{
    auto const& n = view.notifier;
    out << "<p><strong>"_h << n.text("name") << "</strong>"_h;
    for (auto const& line : {n.text("address"), n.text("postcode") + " " + n.text("city")})
        if (line.size() > 1) out << "<br>"_h << line;
    out << "</p><p>"_h << view.context.locale.date(local_date(view.context.now, view.context.locale.zone())) << "</p>"_h;
}

Result<web::Response> show_letter(PageServices const& services, Context& context, web::Request const& request)
{
    auto const view = TRY(case_of(services, context, request));
    auto const& locale = context.locale;
    auto const letter = letter_of(view.facts(), locale);
    begin(view, locale.text("letter.title"));
    Html out;
    write_head(out, view, locale.text("letter.title"), "/dossier", "dossier.title");
    if (!letter.missing.empty()) {
        out << "<section class=\"g-alert g-alert--warn\">"_h;
        web::icon(out, "alert-circle");
        out << "<div class=\"g-alert-text\"><h2>"_h << locale.text("letter.lacks") << "</h2><ul>"_h;
        for (auto const& line : letter.missing) {
            out << "<li>"_h;
            if (view.editable) {
                out << "<a"_h;
                out.url("href"_h, view.mend(line.field));
                out << ">"_h << line.label << "</a>"_h;
            } else {
                out << line.label;
            }
            out << "</li>"_h;
        }
        out << "</ul></div></section>"_h;
    }
    out << "<p class=\"g-muted g-noprint\">"_h << locale.text(letter.as_sent ? "letter.as_sent" : "letter.lead") << "</p>"_h;
    out << "<article class=\"g-panel g-letter\">"_h;
    write_sender(out, view);
    out << "<h2>"_h << locale.text("letter.subject") << "</h2><p>"_h << locale.text("letter.greeting") << "</p>"_h;
    for (auto const& paragraph : letter.paragraphs) {
        out << "<p>"_h;
        out.lines(paragraph);
        out << "</p>"_h;
    }
    out << "<p>"_h << locale.text("letter.closing") << "</p><p>"_h << view.notifier.text("legal_representative", "name") << "</p></article>"_h;
    return web::Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> breach_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    auto route = [&services](auto handler) { return [&services, handler](Context& context, web::Request const& request) { return handler(services, context, request); }; };
    std::vector<accounts::Route> all = {
        {Method::Get, "/o/{organisation}/breaches/{id}/dossier", Permission::ReadRecords, route(show_dossier)},
        {Method::Get, "/o/{organisation}/breaches/{id}/letter", Permission::ReadRecords, route(show_letter)},
    };
    for (auto& one : first_steps_routes(services)) all.push_back(std::move(one));
    return all;
}

}  // namespace greffier::breach
