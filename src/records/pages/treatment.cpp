#include "records/pages/treatment.hpp"

#include <algorithm>

#include "accounts/modules.hpp"
#include "core/text.hpp"
#include "records/find_many.hpp"
#include "records/pages/controls.hpp"
#include "records/pages/prefilled.hpp"
#include "records/related.hpp"
#include "web/frame.hpp"

namespace greffier::records {

using namespace web::literals;
using accounts::Context;
using schema::Kind;
using web::Html;

namespace {

constexpr std::string_view plan_slug = "actions";
constexpr std::size_t longest_title = 300;
constexpr std::size_t most_read = 500;   // fifty findings a page, ten actions for each

/// The plan, where this organisation keeps one; an action is neither about an action nor made from one.
Register const* plan_of(Registers const& registers, Context const& context)
{
    auto const* plan = registers.find(plan_slug);
    return plan && accounts::keeps_register(context.where(), plan_slug) ? plan : nullptr;
}

/// The field of the plan that leads to records of a register.
schema::FieldInfo const* link_to(Register const& plan, Register const& kind)
{
    for (auto const& field : plan.schema->fields)
        if (field.kind == Kind::Links && field.link_register == kind.slug && !field.custom) return &field;
    return nullptr;
}

/// An unsettled matter that is graver is mended sooner.
int months_for(Severity severity) { return severity == Severity::Blocking ? 1 : severity == Severity::Major ? 3 : 6; }
std::string_view priority_for(Severity severity) { return severity >= Severity::Major ? "high" : severity == Severity::Minor ? "normal" : "low"; }

void say_record(web::Pairs& answers, Register const& plan, Register const& kind, Head const& head, std::string_view service)
{
    if (auto const* link = link_to(plan, kind)) answers.add(link->name, head.id.text());
    answers.add("origin", head.reference);
    answers.add("service", std::string{service});
}

std::string address_of_new(Register const& plan, Context const& context, Register const& kind, Head const& head, Finding const& finding, std::string_view service)
{
    auto const& locale = context.locale;
    web::Pairs answers;
    auto const key = "rule." + finding.rule;
    answers.add("name", shorten(locale.text(key + ".title", finding.arguments) + locale.text("punctuation.colon") + head.title, longest_title));
    answers.add("description", locale.text(key + ".remedy", finding.arguments));
    answers.add("source", "finding");
    answers.add("rule", finding.rule);
    answers.add("priority", std::string{priority_for(finding.severity)});
    answers.add("due_date", to_text(add_months(local_date(context.now, context.where().zone), months_for(finding.severity))));
    say_record(answers, plan, kind, head, service);
    return new_form_address(context, plan_slug, answers);
}

}  // namespace

Treatments::Treatments(Machinery const& machinery, Context const& context, std::vector<Found> const& found) : context_(context), plan_(plan_of(machinery.registers, context))
{
    if (!plan_) return;
    auto const& info = *plan_->schema;
    Related wanted;
    for (auto const& one : found) {
        if (std::ranges::find(wanted.links_to, one.id) != wanted.links_to.end()) continue;
        wanted.links_to.push_back(one.id);
        if (!one.reference.empty()) wanted.speaking_of.push_back(one.reference);
    }
    Records const records(machinery, context.where().id, context.who().sight);
    for (auto const& [id, stored] : find_many(records, *plan_, related(records, *plan_, wanted, {}, most_read))) {
        auto const& rule = schema::text_of(info, stored.row, "rule");
        if (rule.empty()) continue;
        Treatment one{stored.head.id, stored.head.title, stored.head.status, rule, schema::text_of(info, stored.row, "origin"), {}};
        for (std::size_t i = 0; i < info.fields.size(); ++i)
            if (auto const* ids = std::get_if<schema::Texts>(&stored.row.values[i]); ids && info.fields[i].kind == Kind::Links) one.links.insert(one.links.end(), ids->begin(), ids->end());
        all_.push_back(std::move(one));
    }
}

void Treatments::write(Html& out, Register const& kind, Head const& head, Finding const& finding, std::string_view service) const
{
    if (!plan_ || kind.slug == plan_slug) return;
    auto const& locale = context_.locale;
    auto const id = head.id.text();
    std::vector<Treatment const*> found;
    for (auto const& one : all_)
        if (one.rule == finding.rule && (std::ranges::find(one.links, id) != one.links.end() || (!head.reference.empty() && one.origin == head.reference))) found.push_back(&one);
    bool const may_write = accounts::may(context_.who(), web::Permission::WriteRecords);
    if (found.empty() && !may_write) return;
    out << "<p class=\"g-small mb-2\">"_h;
    for (auto const* one : found) {
        web::icon(out, "list-check");
        out << " "_h << locale.text("treatment.treated_by") << " <a"_h;
        out.url("href"_h, context_.address("/" + std::string{plan_slug} + "/" + one->id.text()));
        out << ">"_h << one->title << "</a> <span class=\"g-muted\">"_h << locale.text("status." + one->status) << "</span> "_h;
    }
    if (found.empty()) {
        out << "<a"_h;
        out.url("href"_h, address_of_new(*plan_, context_, kind, head, finding, service));
        out << ">"_h << locale.text("treatment.make") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << locale.text("rule." + finding.rule + ".title", finding.arguments) << "</span></a>"_h;
    }
    out << "</p>"_h;
}

std::string origin_words(std::string_view part) { return shorten(squeeze(part), longest_title); }

ActionsFrom::ActionsFrom(PanelView const& view, std::vector<std::string> const& beside) : view_(view)
{
    auto const* plan = plan_of(view.machinery.registers, view.context);
    if (!plan || view.at) return;
    Records const records(view.machinery, view.context.where().id, view.context.who().sight);
    std::vector<RecordId> ids;
    auto add = [&](RecordId id) {
        if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    };
    for (auto const& linked : records.links_to(view.stored.head.id))
        if (linked.register_slug == plan_slug) add(linked.id);
    for (auto const& text : beside)
        if (auto const id = RecordId::parse(text)) add(*id);
    if (ids.empty()) return;
    auto const& info = *plan->schema;
    for (auto const& [id, stored] : find_many(records, *plan, ids)) {
        auto const* due = std::get_if<Date>(&schema::get(info, stored.row, "due_date"));
        bool const over = plan->is_closed(stored.head.status) || !schema::is_empty(schema::get(info, stored.row, "done_on"));
        all_.push_back({id.text(), stored.head.title, stored.head.status, schema::text_of(info, stored.row, origin_part), due && !over ? std::optional{*due} : std::nullopt});
    }
}

void ActionsFrom::write_one(Html& out, Made const& one) const
{
    auto const& locale = view_.context.locale;
    out << "<a"_h;
    out.url("href"_h, view_.context.address("/" + std::string{plan_slug} + "/" + one.id));
    out << ">"_h << one.title << "</a> <span class=\"g-muted\">"_h << locale.text("status." + one.status) << "</span>"_h;
    if (!one.due) return;
    out << " "_h;
    due_date(out, law::end_of(*one.due, view_.place), view_.context.now, locale);
}

bool ActionsFrom::write(Html& out, std::string_view part, std::string_view named) const
{
    auto const words = fold(origin_words(part));
    bool any = false;
    for (auto const& one : all_) {
        // Made before actions kept the part's words: its own name was made from them.
        bool const of_it = fold(one.part.empty() ? one.title : one.part) == words;
        if (!of_it && (named.empty() || one.id != named)) continue;
        out << "<br><span class=\"g-small\">"_h;
        web::icon(out, "list-check");
        out << " "_h << view_.context.locale.text("treatment.treated_by") << " "_h;
        write_one(out, one);
        out << "</span>"_h;
        any = true;
    }
    return any;
}

void ActionsFrom::write_section(Html& out) const
{
    if (all_.empty()) return;
    out << "<section class=\"g-panel mb-3\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << view_.context.locale.text("treatment.actions") << "</h2></div><ul class=\"g-list\">"_h;
    for (auto const& one : all_) {
        out << "<li><div>"_h;
        write_one(out, one);
        out << "</div></li>"_h;
    }
    out << "</ul></section>"_h;
}

std::string new_action_address(Registers const& registers, Context const& context, Register const& kind, Head const& head, std::string_view service)
{
    auto const* plan = plan_of(registers, context);
    if (!plan || kind.slug == plan_slug || !link_to(*plan, kind) || !accounts::may(context.who(), web::Permission::WriteRecords)) return {};
    web::Pairs answers;
    answers.add("name", shorten(head.title, longest_title));
    // Where the plan knows what such a record is as a source, it is that; a prefilled answer that no list has is left out.
    answers.add("source", kind.schema->name);
    say_record(answers, *plan, kind, head, service);
    return new_form_address(context, plan_slug, answers);
}

std::string service_of_row(Register const& kind, schema::Row const& row)
{
    return kind.service_field.empty() || !kind.schema->find(kind.service_field) ? std::string{} : schema::text_of(*kind.schema, row, kind.service_field);
}

}  // namespace greffier::records
