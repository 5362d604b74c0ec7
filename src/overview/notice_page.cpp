#include "overview/notice_page.hpp"

#include <algorithm>

#include "accounts/pages/form.hpp"
#include "compliance/notice_rules.hpp"
#include "overview/notice_text.hpp"
#include "overview/profile_read.hpp"
#include "records/pages/panel.hpp"
#include "records/pages/paper.hpp"
#include "records/vocabulary.hpp"
#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using accounts::Context;
using notice::Notice;
using records::Records;
using web::Html;
using web::Response;

namespace {

/// A notice that was found, and all its words are written from.
struct Opened {
    records::Register const* kind = nullptr;
    records::Stored stored;
    NoticeFacts facts;
    bool writable = false;
};

Result<Opened> open(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const id = RecordId::parse(request.param("id"));
    auto const& registers = records::known_registers(services.machinery, context);
    auto const* kind = registers.find("notices");
    if (!kind || !id) return Error::not_found();
    Records const store(services.machinery, context.where().id, context.who().sight);
    auto stored = TRY(store.find(*kind, *id));
    NoticeFacts facts{TRY(notice::notice_schema().unpack(stored.row)), profile_read(registers, store), {}};
    if (auto const* processings = registers.find("processings"))
        for (auto const& linked : facts.notice.processings)
            if (auto found = store.find(*processings, RecordId{linked.uuid}); found.ok()) facts.processings.push_back({processings->schema, std::move(found->row)});
    bool const writable = accounts::may(context.who(), web::Permission::WriteRecords) && !context.seeing_as && !kind->is_closed(stored.head.status);
    return Opened{kind, std::move(stored), std::move(facts), writable};
}

std::string const& kept_words(Notice const& notice, bool full, Language language)
{
    if (language == Language::French) return full ? notice.full_fr.value : notice.short_fr.value;
    return full ? notice.full_en.value : notice.short_en.value;
}

/// Words of somebody's own, which the records leave alone: those of a sign, for instance.
bool is_own(Notice const& notice, bool full) { return !full && notice.own_short && !(notice.short_fr.empty() && notice.short_en.empty()); }

NoticeText written(NoticeFacts const& facts, bool full, Locale const& words) { return full ? write_full_notice(facts, words) : write_short_notice(facts, words); }

/// What is on the page, as the address says.
struct Wanted {
    bool full = true, kept = false;
    Language language{};
    [[nodiscard]] std::string query() const { return std::string{"?level="} + (full ? "full" : "short") + "&lang=" + std::string{code_of(language)} + (kept ? "&kept=1" : ""); }
};

void write_choice(Html& out, std::string const& here, Wanted const& to, std::string const& words, bool current)
{
    out << "<a"_h;
    out.url("href"_h, here + to.query());
    if (current) out.attr("aria-current"_h, "page");
    out << ">"_h << words << "</a>"_h;
}

/// Level, language, and the words as written today or as they were kept.
void write_choices(Html& out, Context const& context, std::string const& here, Wanted const& shown, bool has_kept)
{
    auto const& locale = context.locale;
    out << "<nav class=\"g-tabs g-screen\""_h;
    out.attr("aria-label"_h, locale.text("notice_text.choices"));
    out << ">"_h;
    for (bool const full : {true, false})
        for (auto const language : {Language::French, Language::English}) {
            auto to = shown;
            to.full = full;
            to.language = language;
            write_choice(out, here, to, locale.text(std::string{"notice_text.tab."} + (full ? "full_" : "short_") + std::string{code_of(language)}), shown.full == full && shown.language == language);
        }
    out << "</nav>"_h;
    if (!has_kept) return;
    auto other = shown;
    other.kept = !shown.kept;
    out << "<p class=\"g-screen\"><a"_h;
    out.url("href"_h, here + other.query());
    out << ">"_h << locale.text(shown.kept ? "notice_text.see_written" : "notice_text.see_kept") << "</a></p>"_h;
}

void write_gaps(Html& out, Context const& context, NoticeText const& text)
{
    auto const& locale = context.locale;
    if (text.missing.empty()) return;
    out << "<section class=\"g-alert g-alert--warn g-screen\" aria-labelledby=\"missing-t\">"_h;
    web::icon(out, "alert-triangle");
    out << "<div class=\"g-alert-text\"><h2 id=\"missing-t\">"_h << locale.plural("notice_text.missing", static_cast<std::int64_t>(text.missing.size())) << "</h2><ul>"_h;
    for (auto const& gap : text.missing)
        out << "<li>"_h << (gap.processing.empty() ? "" : gap.processing + locale.text("punctuation.colon")) << locale.text("notice_text.missing." + gap.what) << "</li>"_h;
    out << "</ul></div></section>"_h;
}

void write_readability(Html& out, Context const& context, std::vector<notice::ToldBlock> const& blocks, bool full)
{
    auto const& locale = context.locale;
    auto const found = notice::readability_of(blocks);
    auto const most = full ? notice::long_full_notice : notice::long_short_notice;
    out << "<p class=\"g-small g-muted g-screen\">"_h << locale.plural("notice_text.words", found.words);
    if (found.words > most) out << " "_h << locale.text("notice_text.too_long", {{"most", locale.number(most)}});
    if (found.long_sentences > 0) out << " "_h << locale.plural("notice_text.long_sentences", found.long_sentences, {{"longest", locale.number(found.longest)}, {"most", locale.number(notice::long_sentence)}});
    out << "</p>"_h;
}

void act_button(Html& out, Context const& context, std::string const& here, char const* op, bool first)
{
    accounts::open_form(out, context, here);
    out << "<input type=\"hidden\" name=\"op\""_h;
    out.attr("value"_h, op);
    out << "><button type=\"submit\""_h;
    out.attr("class"_h, first ? "btn btn-primary" : "btn btn-outline");
    out << ">"_h << context.locale.text(std::string{"notice_text."} + op) << "</button></form>"_h;
}

Html actions_of(Context const& context, Opened const& opened, std::string const& here)
{
    Html actions = records::print_button(context.locale);
    if (!opened.writable || opened.stored.head.status != "draft") return actions;
    bool const decides = accounts::may(context.who(), web::Permission::DecideRecords);
    act_button(actions, context, here, "keep", !decides);
    if (decides) act_button(actions, context, here, "publish", true);
    return actions;
}

Result<Response> show_text(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const opened = TRY(open(services, context, request));
    auto const& locale = context.locale;
    auto const record = context.address("/notices/" + opened.stored.head.id.text());
    auto const here = record + "/text";
    Wanted shown{request.query.get("level") != "short", false, parse_language(request.query.get("lang")).value_or(context.where().language)};
    auto const& kept = kept_words(opened.facts.notice, shown.full, shown.language);
    // What was published is what people were told; only a draft is shown as it would be written today.
    shown.kept = !kept.empty() && (request.query.has("kept") || ((opened.stored.head.status != "draft" || is_own(opened.facts.notice, shown.full)) && !request.query.has("level")));
    Locale const words(shown.language, context.where().zone);
    auto text = written(opened.facts, shown.full, words);
    if (shown.kept) text.blocks = notice::parse_told(kept);

    context.frame.title = locale.text("notice_text.title");
    context.frame.crumbs = {{locale.text("register.notices"), context.address("/notices")}, {opened.stored.head.reference + " " + opened.stored.head.title, record}};
    Html out;
    web::page_head(out, context.frame, context.frame.title, locale.text(shown.kept ? "notice_text.lead_kept" : "notice_text.lead_written"), actions_of(context, opened, here));
    write_choices(out, context, here, shown, !kept.empty());
    if (is_own(opened.facts.notice, shown.full)) out << "<p class=\"g-hint g-screen\">"_h << locale.text("notice_text.typed") << "</p>"_h;
    if (!shown.kept) write_gaps(out, context, text);
    write_readability(out, context, text.blocks, shown.full);
    out << "<article class=\"g-letter\""_h;
    out.attr("lang"_h, words.code());
    out << "><p class=\"g-letter-subject\"><strong>"_h << text.title << "</strong></p>"_h;
    notice::write_told(out, text.blocks);
    out << "</article>"_h;
    return Response::html(web::page(context.frame, out));
}

/// Both levels in both languages, what was written from, and what became of each item.
schema::Row with_words(Opened const& opened, Date today, std::string const& zone)
{
    auto next = opened.facts.notice;
    for (auto const language : {Language::French, Language::English}) {
        Locale const words(language, zone);
        auto const full = write_full_notice(opened.facts, words);
        (language == Language::French ? next.full_fr : next.full_en).value = notice::to_plain(full.blocks);
        if (!is_own(opened.facts.notice, false)) (language == Language::French ? next.short_fr : next.short_en).value = notice::to_plain(write_short_notice(opened.facts, words).blocks);
        if (language != Language::French) continue;
        for (auto const& info : notice::all_items()) {
            auto const found = full.items.find(info.item);
            auto row = std::ranges::find(next.items, info.item, &notice::ItemRow::item);
            if (row == next.items.end()) row = next.items.insert(next.items.end(), notice::ItemRow{.item = info.item});
            row->state = found == full.items.end() ? notice::ItemState::NotApplicable : found->second;
        }
    }
    std::vector<processing::Processing> covered;
    for (auto const& one : opened.facts.processings) covered.push_back(compliance::processing_of(one.row));
    next.written_on = today;
    next.written_from = compliance::print_of(covered);
    auto const& info = notice::notice_schema().info();
    auto const packed = notice::notice_schema().pack(next);
    // Laid over the row as it is, which may hold fields of the organisation's own.
    auto row = opened.stored.row;
    for (auto const* field : {"items", "full_fr", "short_fr", "full_en", "short_en", "written_on", "written_from"}) schema::set(*opened.kind->schema, row, field, schema::get(info, packed, field));
    return row;
}

Result<Response> keep_text(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto const opened = TRY(open(services, context, request));
    auto const op = request.form.get("op");
    if (op != "keep" && op != "publish") return Error::not_found();
    if (!opened.writable || opened.stored.head.status != "draft") return Error::conflict("notice_not_draft");
    if (op == "publish" && !accounts::may(context.who(), web::Permission::DecideRecords)) return Error::forbidden();
    Records const store(services.machinery, context.where().id, context.who().sight);
    auto const zone = context.where().zone;
    records::By const by{context.who().id, context.now, zone};
    auto const kept = TRY(store.update(*opened.kind, {.id = opened.stored.head.id, .version = opened.stored.head.version, .row = with_words(opened, by.today(), zone)}, by));
    if (op == "publish") TRY(store.change_status(*opened.kind, {opened.stored.head.id, kept.head.version, "published", "", {}}, by, context.who()));
    return Response::redirect(context.address("/notices/" + opened.stored.head.id.text() + "?done=notice_" + op));
}

}  // namespace

std::vector<accounts::Route> notice_routes(OverviewServices const& services)
{
    return {
        {web::Method::Get, "/o/{organisation}/notices/{id}/text", web::Permission::ReadRecords, [&services](Context& context, web::Request const& request) { return show_text(services, context, request); }},
        {web::Method::Post, "/o/{organisation}/notices/{id}/text", web::Permission::WriteRecords, [&services](Context& context, web::Request const& request) { return keep_text(services, context, request); }},
    };
}

}  // namespace greffier::overview
