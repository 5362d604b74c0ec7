#include "registers/responsibility/pages.hpp"

#include <algorithm>

#include "core/phone.hpp"
#include "law/authorities.hpp"
#include "records/pages/paper.hpp"
#include "records/pages/prefilled.hpp"
#include "records/pages/shared.hpp"
#include "records/vocabulary.hpp"
#include "registers/responsibility/matrix.hpp"
#include "registers/responsibility/outside.hpp"
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
    std::vector<Held> roles;
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
        if (read.ok() && !kind->is_closed(stored.head.status) && (!read->until || *read->until >= today)) kept.roles.push_back({stored.head, std::move(read).value()});
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
    for (auto const& role : book.roles) matrix.add(role.role, today);
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

/// What the authorities' table needs beside its rows.
struct Book {
    PageServices const& services;
    Context& context;
    records::Register const& kind;
    [[nodiscard]] bool may_write() const { return records::pages::can(context, web::Permission::WriteRecords); }
};

void site_cell(Html& out, std::string const& address, std::string_view words)
{
    if (address.empty()) return;
    out << "<div class=\"g-url\"><a rel=\"noreferrer\""_h;
    out.url("href"_h, address);
    out << ">"_h << words << "</a></div>"_h;
}

Html sites(Locale const& locale, std::string const& website, std::string const& report_at)
{
    Html out;
    site_cell(out, website, website);
    if (report_at != website) site_cell(out, report_at, locale.text("responsibility.contacts.report_at"));
    return out;
}

std::string source_of(Locale const& locale, law::Authority const& shipped)
{
    return shipped.source + (shipped.verified ? std::string{} : " " + locale.text("responsibility.contacts.unverified"));
}

/// A new record in place of a shipped contact, filled in with what was shipped.
std::string correction_address(Context const& context, law::Authority const& shipped, bool hidden)
{
    web::Pairs answers;
    answers.add("role", shipped.name);
    answers.add("kind", "other");
    answers.add("nature", "authority");
    answers.add("missions", context.locale.text("authority." + shipped.id));
    answers.add("holder.company", shipped.name);
    answers.add("holder.address", shipped.address);
    answers.add("holder.phone", shipped.phone);
    answers.add("holder.email", shipped.email);
    answers.add("in_place_of", shipped.id);
    answers.add("website", shipped.website);
    answers.add("report_at", shipped.report_at);
    answers.add("unlisted", hidden ? "true" : "");
    return records::new_form_address(context, responsibility_register().slug, answers);
}

void act_link(Html& out, std::string const& address, std::string_view words, std::string_view about)
{
    out << "<div class=\"g-noprint\"><a"_h;
    out.url("href"_h, address);
    out << ">"_h << words << "<span class=\"g-hidden\"> "_h << about << "</span></a></div>"_h;
}

/// Who changed it and when, the way to its record, and the way back to what was shipped.
Html changed_by(Book const& book, Held const& own, law::Authority const* shipped)
{
    auto const& locale = book.context.locale;
    Html out;
    out << "<a"_h;
    out.url("href"_h, records::pages::address(book.context, book.kind, own.head.id));
    out << ">"_h << own.head.reference << "</a><div>"_h
        << locale.text("responsibility.contacts.changed", {{"date", locale.date(local_date(own.head.updated_at, book.context.where().zone))}, {"name", book.services.actor_name(book.context.where().id, own.head.updated_by, locale)}})
        << "</div>"_h;
    if (!book.may_write()) return out;
    act_link(out, records::pages::address(book.context, book.kind, own.head.id, "/edit"), locale.text("responsibility.contacts.change"), own.role.role);
    if (shipped) act_link(out, records::pages::address(book.context, book.kind, own.head.id, "/status?to=archived"), locale.text("responsibility.contacts.shipped_again"), shipped->name);
    return out;
}

void write_own(PaperTable& table, Book const& book, Outside const& contact)
{
    auto const& role = contact.own->role;
    auto const& locale = book.context.locale;
    table.row(role.role);
    Html what;
    what.lines(!role.missions.value.empty() || !contact.shipped ? role.missions.value : locale.text("authority." + contact.shipped->id));
    table.cell(what);
    Html reach = person(role.holder);
    if (!role.holder.address.empty() || !role.holder.city.empty()) reach << "<div>"_h << role.holder.address << " "_h << role.holder.postcode << " "_h << role.holder.city << "</div>"_h;
    phone_cell(reach, role.out_of_hours.value);
    table.cell(reach);
    table.cell(sites(locale, role.website.value, role.report_at.value));
    table.cell(changed_by(book, *contact.own, contact.shipped));
}

void write_shipped(PaperTable& table, Book const& book, law::Authority const& one)
{
    auto const& locale = book.context.locale;
    table.row(one.name);
    table.cell(locale.text("authority." + one.id));
    Html reach;
    if (!one.address.empty()) reach << one.address;
    phone_cell(reach, one.phone);
    mail_cell(reach, one.email);
    table.cell(reach);
    table.cell(sites(locale, one.website, one.report_at));
    Html source;
    source << source_of(locale, one);
    if (book.may_write()) {
        act_link(source, correction_address(book.context, one, false), locale.text("responsibility.contacts.correct"), one.name);
        act_link(source, correction_address(book.context, one, true), locale.text("responsibility.contacts.hide"), one.name);
    }
    table.cell(source);
}

/// What a correction stands in place of, so that nobody has to leave the page to compare.
void write_set_aside(Html& out, Book const& book, OutsideContacts const& contacts)
{
    auto const& locale = book.context.locale;
    auto const corrected = [](Outside const& one) { return one.own && one.shipped; };
    if (contacts.hidden.empty() && std::ranges::none_of(contacts.listed, corrected)) return;
    out << "<h3 class=\"mt-3 mb-2\">"_h << locale.text("responsibility.contacts.set_aside") << "</h3>"_h;
    PaperTable table(out, locale.text("responsibility.contacts.set_aside"), {locale.text("responsibility.contacts.body"), locale.text("responsibility.contacts.as_shipped"), locale.text("responsibility.contacts.why_aside"), locale.text("responsibility.contacts.source")});
    auto const write = [&](Outside const& one, std::string_view why) {
        table.row(one.shipped ? one.shipped->name : one.own->role.role);
        Html reach;
        if (one.shipped) {
            if (!one.shipped->address.empty()) reach << one.shipped->address;
            phone_cell(reach, one.shipped->phone);
            mail_cell(reach, one.shipped->email);
            reach << "<div class=\"g-muted\">"_h << source_of(locale, *one.shipped) << "</div>"_h;
        }
        table.cell(reach);
        table.cell(locale.text(why));
        table.cell(changed_by(book, *one.own, one.shipped));
    };
    for (auto const& one : contacts.listed)
        if (corrected(one)) write(one, "responsibility.contacts.is_corrected");
    for (auto const& one : contacts.hidden) write(one, "responsibility.contacts.is_hidden");
    table.end();
}

void write_outside(Html& out, Book const& book, std::vector<Held> const& roles)
{
    auto const& locale = book.context.locale;
    auto const shipped = law::authorities(local_date(book.context.now, book.context.where().zone));
    auto const contacts = outside_contacts(shipped, roles);
    out << "<section class=\"mb-4\"><h2 class=\"g-h3 mb-2\">"_h << locale.text("responsibility.contacts.authorities") << "</h2>"_h;
    PaperTable table(out, locale.text("responsibility.contacts.authorities"), {locale.text("responsibility.contacts.body"), locale.text("responsibility.contacts.what_for"), locale.text("responsibility.contacts.reach"), locale.text("responsibility.contacts.website"), locale.text("responsibility.contacts.source")});
    for (auto const& one : contacts.listed) one.own ? write_own(table, book, one) : write_shipped(table, book, *one.shipped);
    table.end();
    if (book.may_write()) {
        web::Pairs answers;
        answers.add("nature", "authority");
        answers.add("kind", "other");
        out << "<p class=\"g-noprint mt-2\">"_h << records::paper_link(records::new_form_address(book.context, responsibility_register().slug, answers), locale.text("responsibility.contacts.add")) << "</p>"_h;
    }
    write_set_aside(out, book, contacts);
    out << "</section>"_h;
}

Result<Response> show_contacts(PageServices const& services, Context& context)
{
    auto const book = TRY(kept(services, context));
    auto const& locale = context.locale;
    std::vector<Responsibility const*> called, others;
    for (auto const& [head, role] : book.roles) {
        if (role.escalation && !role.unlisted) called.push_back(&role);
        else if (role.nature != Nature::Authority) others.push_back(&role);
    }
    std::ranges::stable_sort(called, {}, [](Responsibility const* role) { return *role->escalation; });
    Html out;
    begin_page(out, context, book.kind, "responsibility.contacts.title", "responsibility.contacts.lead");
    write_people(out, locale, called, "responsibility.contacts.order", true);
    write_outside(out, {services, context, book.kind}, book.roles);
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
