// What the organisation tells people of the use of their data: notices that are published and meant for everybody, in the
// very words that were kept when they were.
#include <algorithm>

#include "reception/page_handlers.hpp"
#include "records/vocabulary.hpp"
#include "registers/notice/notice.hpp"
#include "registers/notice/told_text.hpp"

namespace greffier::reception {

using namespace web::literals;

namespace {

constexpr int most_notices = 200;

struct Told {
    std::string reference, title;
    std::optional<Date> since;
    std::string words;      ///< the full ones, or the short where there are no others
    bool other_language = false;
};

std::string title_of(notice::Notice const& notice, std::string const& name, Locale const& locale)
{
    // Several notices may bear the same title: on this list their own name tells them apart.
    if (notice.situation != notice::Situation::PrivacyPage || !notice.title || *notice.title == notice::Title::Other) return notice.title == notice::Title::Other && !notice.own_title.empty() ? notice.own_title : name;
    return locale.text("notice_title." + std::string{choices_of(notice::Title{}).code(*notice.title)});
}

std::optional<Told> told_of(records::Head const& head, schema::Row const& row, Locale const& locale)
{
    auto const notice = notice::notice_schema().unpack(row);
    if (!notice.ok() || head.status != "published" || !notice->in_public || !notice->has_words()) return std::nullopt;
    bool const french = locale.language() == Language::French;
    auto const& wanted = french ? (notice->full_fr.empty() ? notice->short_fr.value : notice->full_fr.value) : (notice->full_en.empty() ? notice->short_en.value : notice->full_en.value);
    auto const& other = french ? (notice->full_en.empty() ? notice->short_en.value : notice->full_en.value) : (notice->full_fr.empty() ? notice->short_fr.value : notice->full_fr.value);
    return Told{head.reference, title_of(*notice, head.title, locale), notice->published_on, wanted.empty() ? other : wanted, wanted.empty()};
}

}  // namespace

Answer show_notices(Visit& visit)
{
    auto const& locale = visit.locale();
    auto const& kind = *records::known_registers(visit.services.machinery, visit.context).find("notices");
    records::ListQuery query;
    query.statuses = {"published"};
    query.per_page = most_notices;
    query.now = visit.context.now;
    query.with_rows = true;
    auto const list = TRY(as_any_reader(visit).list(kind, query));
    auto const title = locale.text("public.notices.title");
    Html out;
    page_title(out, visit, title, locale.text("public.notices.lead", {{"organisation", visit.organisation_name()}}));
    bool any = false;
    for (auto const& listed : list.items) {
        auto const told = told_of(listed.head, *listed.row, locale);
        if (!told) continue;
        out << (any ? "<li><a"_h : "<ul class=\"g-public-list\"><li><a"_h);
        any = true;
        out.url("href"_h, visit.address("/notices/" + web::encode_component(told->reference)));
        out << "><strong>"_h << told->title << "</strong></a>"_h;
        if (told->since) out << "<br><span class=\"g-muted\">"_h << locale.text("public.notices.since", {{"day", locale.date(*told->since)}}) << "</span>"_h;
        out << "</li>"_h;
    }
    if (any) out << "</ul>"_h;
    else out << "<p class=\"g-muted\">"_h << locale.text("public.notices.none") << "</p>"_h;
    return shown(visit, title, out);
}

Answer show_one_notice(Visit& visit)
{
    auto const& locale = visit.locale();
    auto const& kind = *records::known_registers(visit.services.machinery, visit.context).find("notices");
    auto const stored = as_any_reader(visit).find_by_reference(kind, visit.request.param("reference"));
    if (!stored) return Error::not_found();
    auto const told = told_of(stored->head, stored->row, locale);
    if (!told) return Error::not_found();
    Html out;
    page_title(out, visit, told->title, told->since ? locale.text("public.notices.since", {{"day", locale.date(*told->since)}}) : std::string{});
    out << "<div"_h;
    if (told->other_language) out.attr("lang"_h, locale.language() == Language::French ? "en" : "fr");
    out << ">"_h;
    notice::write_told(out, notice::parse_told(told->words));
    out << "</div><p><a"_h;
    out.url("href"_h, visit.address("/notices"));
    out << ">"_h << locale.text("public.notices.all") << "</a></p>"_h;
    return shown(visit, told->title, out);
}

}  // namespace greffier::reception
