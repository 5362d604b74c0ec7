#include "registers/responsibility/pages.hpp"

#include <algorithm>

#include "core/phone.hpp"
#include "law/authorities.hpp"
#include "records/pages/paper.hpp"
#include "records/pages/shared.hpp"
#include "records/vocabulary.hpp"
#include "registers/responsibility/matrix.hpp"
#include "registers/responsibility/register.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::responsibility {

using namespace web::literals;
using accounts::Context;
using records::PageServices;
using records::PaperTable;
using web::Html;
using web::Response;

namespace {

struct Kept {
    records::Register const& kind;
    std::vector<Responsibility> roles;
};

/// The roles that are held today.
Result<Kept> kept(PageServices const& services, Context& context)
{
    auto const* kind = records::known_registers(services.machinery, context).find(responsibility_register().slug);
    if (!kind) return Error::not_found();
    Kept kept{*kind, {}};
    auto const today = local_date(context.now, context.where().zone);
    records::pages::store(services, context).each(*kind, {}, [&](records::Stored const& stored) {
        auto read = responsibility_schema().unpack(stored.row);
        if (read.ok() && !kind->is_closed(stored.head.status) && (!read->until || *read->until >= today)) kept.roles.push_back(std::move(read).value());
    });
    return kept;
}

void begin_page(Html& out, Context& context, records::Register const& kind, std::string_view title, std::string_view lead)
{
    auto const& locale = context.locale;
    records::pages::begin(context, kind, locale.text(title));
    web::page_head(out, context.frame, context.frame.title, locale.text(lead), records::paper_actions(locale, records::pages::address(context, kind), locale.text("responsibility.back")));
}

// --- the matrix -------------------------------------------------------------------------------------------------

std::string_view key_of(Gap gap)
{
    switch (gap) {
    case Gap::NobodyAnswers: return "responsibility.matrix.nobody_answers";
    case Gap::SeveralAnswer: return "responsibility.matrix.several_answer";
    case Gap::NobodyDoes: return "responsibility.matrix.nobody_does";
    case Gap::None: break;
    }
    return "responsibility.matrix.complete";
}

Html badge(Locale const& locale, Gap gap)
{
    Html out;
    out << (gap == Gap::None ? "<span class=\"g-badge g-badge--ok\">"_h : "<span class=\"g-badge g-badge--warn\">"_h);
    web::icon(out, gap == Gap::None ? "circle-check" : "alert-triangle");
    out << " "_h << locale.text(key_of(gap)) << "</span>"_h;
    return out;
}

/// The works that every organisation has, then those it added.
std::vector<std::string> workstreams_of(schema::SchemaInfo const& info)
{
    auto const* shares = info.find("shares");
    auto const* field = shares && shares->rows ? shares->rows->find("workstream") : nullptr;
    std::vector<std::string> codes;
    if (field && field->list)
        for (auto const& entry : field->list->entries) codes.emplace_back(entry.code);
    return codes;
}

Result<Response> show_matrix(PageServices const& services, Context& context)
{
    auto const book = TRY(kept(services, context));
    auto const& locale = context.locale;
    auto const today = local_date(context.now, context.where().zone);
    Matrix matrix;
    for (auto const& role : book.roles) matrix.add(role, today);
    Html out;
    begin_page(out, context, book.kind, "responsibility.matrix.title", "responsibility.matrix.lead");
    if (matrix.roles().empty()) out << "<p class=\"g-sheet mb-3\">"_h << locale.text("responsibility.matrix.empty") << "</p>"_h;
    // The state stands before the roles: a wide matrix scrolls, and what is wrong must not scroll away.
    std::vector<std::string> headings{locale.text("responsibility_share.workstream.short"), locale.text("responsibility.matrix.state")};
    for (auto const& role : matrix.roles()) headings.push_back(role.name);
    auto const* list = book.kind.schema->find("shares")->rows->find("workstream")->list;
    PaperTable table(out, context.frame.title, headings);
    for (auto const& code : workstreams_of(*book.kind.schema)) {
        table.row(schema::code_label(*list, code, locale));
        table.cell(badge(locale, matrix.gap(code)));
        for (auto const& role : matrix.roles()) table.cell(Matrix::letters(role, code));
    }
    table.end();
    out << "<dl class=\"g-fields mt-4\">"_h;
    for (auto const* part : {"R", "A", "C", "I"}) out << "<div><dt>"_h << part << "</dt><dd>"_h << locale.text("responsibility_part." + std::string{part}) << "</dd></div>"_h;
    out << "</dl>"_h;
    return Response::html(web::page(context.frame, out));
}

// --- the contact book -------------------------------------------------------------------------------------------

void link_cell(Html& out, std::string const& address, std::string_view words)
{
    if (words.empty()) return;
    out << "<div>"_h;
    if (address.empty()) out << words;
    else {
        out << "<a"_h;
        out.url("href"_h, address);
        out << ">"_h << words << "</a>"_h;
    }
    out << "</div>"_h;
}

void phone_cell(Html& out, std::string const& phone) { link_cell(out, phone_address(phone), phone_words(phone)); }

void mail_cell(Html& out, std::string const& address) { link_cell(out, "mailto:" + address, address); }

Html person(schema::Contact const& contact)
{
    Html out;
    out << contact.name;
    if (!contact.function.empty()) out << ", "_h << contact.function;
    if (!contact.company.empty()) out << "<br>"_h << contact.company;
    phone_cell(out, contact.phone.value);
    mail_cell(out, contact.email.value);
    return out;
}

void write_people(Html& out, Locale const& locale, std::vector<Responsibility const*> const& roles, std::string_view heading, bool in_order)
{
    out << "<section class=\"mb-4\"><h2 class=\"g-h3 mb-2\">"_h << locale.text(heading) << "</h2>"_h;
    if (roles.empty()) {
        out << "<p class=\"g-muted\">"_h << locale.text(in_order ? "responsibility.contacts.no_order" : "responsibility.contacts.nobody") << "</p></section>"_h;
        return;
    }
    PaperTable table(out, locale.text(heading), {locale.text("responsibility.role.short"), locale.text("responsibility.holder.short"), locale.text("responsibility.deputy.short"), locale.text("responsibility.out_of_hours.short"), locale.text("responsibility.call_when.short")});
    for (auto const* role : roles) {
        table.row(in_order ? std::to_string(*role->escalation) + ". " + role->role : role->role);
        table.cell(person(role->holder));
        table.cell(person(role->deputy));
        Html hours;
        hours << role->hours;
        phone_cell(hours, role->out_of_hours.value);
        table.cell(hours);
        table.cell(role->call_when.value);
    }
    table.end();
    out << "</section>"_h;
}

void write_authority(PaperTable& table, Locale const& locale, law::Authority const& one)
{
    table.row(one.name);
    table.cell(locale.text("authority." + one.id));
    Html reach;
    if (!one.address.empty()) reach << one.address;
    phone_cell(reach, one.phone);
    mail_cell(reach, one.email);
    table.cell(reach);
    Html web;
    if (!one.website.empty()) {
        web << "<a rel=\"noreferrer\""_h;
        web.url("href"_h, one.website);
        web << ">"_h << one.website << "</a>"_h;
    }
    if (!one.report_at.empty() && one.report_at != one.website) {
        web << "<br><a rel=\"noreferrer\""_h;
        web.url("href"_h, one.report_at);
        web << ">"_h << locale.text("responsibility.contacts.report_at") << "</a>"_h;
    }
    table.cell(web);
    table.cell(one.source + (one.verified ? std::string{} : " " + locale.text("responsibility.contacts.unverified")));
}

Result<Response> show_contacts(PageServices const& services, Context& context)
{
    auto const book = TRY(kept(services, context));
    auto const& locale = context.locale;
    std::vector<Responsibility const*> called, others;
    for (auto const& role : book.roles) (role.escalation ? called : others).push_back(&role);
    std::ranges::stable_sort(called, {}, [](Responsibility const* role) { return *role->escalation; });
    Html out;
    begin_page(out, context, book.kind, "responsibility.contacts.title", "responsibility.contacts.lead");
    write_people(out, locale, called, "responsibility.contacts.order", true);
    out << "<section class=\"mb-4\"><h2 class=\"g-h3 mb-2\">"_h << locale.text("responsibility.contacts.authorities") << "</h2>"_h;
    PaperTable table(out, locale.text("responsibility.contacts.authorities"), {locale.text("responsibility.contacts.body"), locale.text("responsibility.contacts.what_for"), locale.text("responsibility.contacts.reach"), locale.text("responsibility.contacts.website"), locale.text("responsibility.contacts.source")});
    for (auto const* one : law::authorities(local_date(context.now, context.where().zone))) write_authority(table, locale, *one);
    table.end();
    out << "</section>"_h;
    write_people(out, locale, others, "responsibility.contacts.directory", false);
    out << "<p class=\"g-muted\">"_h << locale.text("responsibility.contacts.printed", {{"date", locale.date(local_date(context.now, context.where().zone))}}) << "</p>"_h;
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> responsibility_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    return {
        {Method::Get, "/o/{organisation}/responsibilities/matrix", Permission::ReadRecords, [&services](Context& context, web::Request const&) { return show_matrix(services, context); }},
        {Method::Get, "/o/{organisation}/responsibilities/contacts", Permission::ReadRecords, [&services](Context& context, web::Request const&) { return show_contacts(services, context); }},
    };
}

}  // namespace greffier::responsibility
