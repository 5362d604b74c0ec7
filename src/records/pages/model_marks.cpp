#include "records/pages/model_marks.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "records/articles.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::records {

using namespace web::literals;
using web::Html;

ToComplete const* to_complete(RecordModel const* model, std::string_view field)
{
    if (!model) return nullptr;
    auto const found = std::ranges::find(model->complete, field, &ToComplete::field);
    return found == model->complete.end() ? nullptr : &*found;
}

std::string sources_of(RecordModel const& model, Locale const& locale)
{
    return articles_in_words(join(model.articles, ";"), ';', locale);
}

void write_model_notice(Html& out, schema::SchemaInfo const& info, RecordModel const& model, Locale const& locale)
{
    out << "<section class=\"g-alert g-alert--warn\" aria-labelledby=\"model-t\">"_h;
    web::icon(out, "copy");
    out << "<div class=\"g-alert-text\"><h2 id=\"model-t\">"_h << locale.text("model.from", {{"title", model.title}}) << "</h2><p>"_h << locale.text("model.no_advice") << "</p>"_h;
    if (!model.complete.empty()) {
        out << "<p>"_h << locale.plural("model.to_complete", static_cast<std::int64_t>(model.complete.size())) << "</p><ul>"_h;
        for (auto const& one : model.complete) {
            auto const* field = info.find(one.field);
            if (!field) continue;
            out << "<li><a"_h;
            out.attr("href"_h, "#" + anchor_of(info, one.field));
            out << ">"_h << schema::short_label(info, *field, locale) << "</a>"_h << locale.text("punctuation.colon") << one.words << "</li>"_h;
        }
        out << "</ul>"_h;
    }
    out << "<p class=\"g-small\">"_h << locale.text("model.sources", {{"day", locale.date(model.written_on)}, {"sources", sources_of(model, locale)}}) << "</p></div></section>"_h;
}

void write_to_complete(Html& out, FormView const& view, schema::FieldInfo const& field)
{
    auto const* one = to_complete(view.model, field.name);
    if (!one) return;
    out << "<p class=\"g-hint\"><span class=\"g-badge g-badge--warn\">"_h;
    web::icon(out, "pencil");
    out << " "_h << view.locale.text("model.complete_here") << "</span> "_h << one->words << "</p>"_h;
}

}  // namespace greffier::records
