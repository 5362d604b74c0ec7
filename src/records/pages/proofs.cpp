#include "records/pages/proofs.hpp"

#include "accounts/modules.hpp"
#include "records/find_many.hpp"
#include "records/pages/prefilled.hpp"
#include "web/frame.hpp"

namespace greffier::records {

using namespace web::literals;
using schema::Kind;
using web::Html;

namespace {

constexpr std::string_view evidence_slug = "evidence";

std::string way_to_new(PanelView const& view, Register const& evidence)
{
    if (!view.editable) return {};
    for (auto const& field : evidence.schema->fields) {
        if (field.kind != Kind::Links || field.link_register != view.kind.slug || field.custom) continue;
        web::Pairs answers;
        answers.add(field.name, view.stored.head.id.text());
        return new_form_address(view.context, evidence_slug, answers);
    }
    return {};
}

void write_piece(Html& out, PanelView const& view, Register const& evidence, Stored const& piece)
{
    auto const& locale = view.context.locale;
    out << "<li><div><a"_h;
    out.url("href"_h, view.context.address("/" + std::string{evidence_slug} + "/" + piece.head.id.text()));
    out << ">"_h << piece.head.title << "</a> <span class=\"g-muted g-small\">"_h << piece.head.reference << "</span>"_h;
    if (auto const* until = std::get_if<Date>(&schema::get(*evidence.schema, piece.row, "valid_until"))) {
        bool const over = *until < local_date(view.context.now, view.place.zone);
        out << "<br><span"_h;
        out.attr("class"_h, over ? "g-badge g-badge--warn" : "g-small g-muted");
        out << ">"_h << locale.text(over ? "proofs.expired" : "proofs.valid_until", {{"date", locale.date(*until)}}) << "</span>"_h;
    }
    out << "</div></li>"_h;
}

}  // namespace

void write_proofs(Html& out, PanelView const& view)
{
    auto const* evidence = view.machinery.registers.find(evidence_slug);
    if (!evidence || view.at || !accounts::keeps_register(view.context.where(), evidence_slug)) return;
    auto const& locale = view.context.locale;
    Records const records(view.machinery, view.context.where().id, view.context.who().sight);
    std::vector<RecordId> ids;
    for (auto const& linked : records.links_to(view.stored.head.id))
        if (linked.register_slug == evidence_slug) ids.push_back(linked.id);
    auto const add = way_to_new(view, *evidence);
    if (ids.empty() && add.empty()) return;
    out << "<section class=\"g-panel mb-3\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("proofs.title") << "</h2></div>"_h;
    if (!ids.empty()) {
        out << "<ul class=\"g-list\">"_h;
        for (auto const& [id, piece] : find_many(records, *evidence, ids)) write_piece(out, view, *evidence, piece);
        out << "</ul>"_h;
    }
    out << "<div class=\"g-panel-body\">"_h;
    if (ids.empty()) out << "<p class=\"g-small g-muted\">"_h << locale.text("proofs.none") << "</p>"_h;
    if (!add.empty()) {
        out << "<p class=\"mb-0\"><a class=\"g-small\""_h;
        out.url("href"_h, add);
        out << ">"_h << locale.text("proofs.add") << "</a></p>"_h;
    }
    out << "</div></section>"_h;
}

}  // namespace greffier::records
