#include "founding/preview.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "web/frame.hpp"

namespace greffier::founding {

using accounts::Context;
using accounts::FormState;
using web::Html;
using web::Response;
using namespace web::literals;

namespace {

void cell(Html& out, Locale const& locale, char const* key, std::string_view text)
{
    accounts::open_cell(out, locale, key);
    if (text.empty()) out << "<span class=\"g-muted\">–</span>"_h;
    else out << text;
    out << "</div></td>"_h;
}

void badge(Html& out, std::string_view tone, std::string_view words)
{
    out << "<span"_h;
    out.attr("class"_h, "g-badge g-badge--" + std::string{tone});
    out << ">"_h << words << "</span>"_h;
}

/// "Line 12, column “SIREN”: what is wrong. How to mend it."
void troubles(Html& out, Locale const& locale, Plan const& plan)
{
    if (plan.sound()) return;
    constexpr std::size_t most = 100;
    out << "<section class=\"g-errors\" role=\"alert\" aria-labelledby=\"err-t\" tabindex=\"-1\"><h2 id=\"err-t\">"_h;
    web::icon(out, "alert-circle");
    out << " "_h << locale.plural("founding.troubles", static_cast<std::int64_t>(plan.troubles.size())) << "</h2><p>"_h << locale.text("founding.troubles_lead") << "</p><ul>"_h;
    for (std::size_t i = 0; i < std::min(most, plan.troubles.size()); ++i) {
        auto const& trouble = plan.troubles[i];
        auto const line = locale.number(static_cast<std::int64_t>(trouble.line));
        out << "<li>"_h << (trouble.column.empty() ? locale.text("founding.at_line", {{"line", line}}) : locale.text("founding.at_column", {{"line", line}, {"column", trouble.column}})) << " "_h
            << words_of(trouble, locale);
        if (auto const mend = mend_of(trouble, locale); !mend.empty()) out << " <span class=\"g-muted\">"_h << mend << "</span>"_h;
        out << "</li>"_h;
    }
    if (plan.troubles.size() > most) out << "<li>"_h << locale.plural("founding.more_troubles", static_cast<std::int64_t>(plan.troubles.size() - most)) << "</li>"_h;
    out << "</ul></section>\n"_h;
}

void fate(Html& out, Locale const& locale, Plan const& plan, Planned const& one)
{
    bool const wrong = std::ranges::any_of(plan.troubles, [&](Trouble const& trouble) { return trouble.line == one.line.number; });
    out << "<td role=\"cell\""_h;
    out.attr("data-label"_h, locale.text("founding.fate"));
    out << "><div>"_h;
    if (wrong) badge(out, "danger", locale.text("founding.fate.wrong"));
    else if (one.known) badge(out, "line", locale.text("founding.fate.known"));
    else badge(out, "ok", locale.text("founding.fate.made"));
    out << "</div></td>"_h;
}

std::string codes_of(Line const& line)
{
    std::vector<std::string> codes;
    if (!line.siren.empty()) codes.push_back(line.siren);
    if (!line.insee.empty()) codes.push_back(line.insee);
    return join(codes, " · ");
}

void plan_table(Html& out, Locale const& locale, Plan const& plan)
{
    // Between a telephone and a screen the table scrolls: with the keyboard too.
    accounts::open_wide_table(out, locale, {"founding.line", "accounts.organisation_name", "accounts.kind", "founding.codes", "founding.column.parent", "founding.column.administrator_email", "founding.fate"}, locale.text("founding.preview"));
    for (auto const& one : plan.lines) {
        out << "<tr role=\"row\">"_h;
        cell(out, locale, "founding.line", locale.number(static_cast<std::int64_t>(one.line.number)));
        out << "<th role=\"rowheader\" scope=\"row\"><div>"_h << one.line.name;
        if (!one.slug.empty()) out << "<br><span class=\"g-small g-muted\">/o/"_h << one.slug << "</span>"_h;
        out << "</div></th>"_h;
        cell(out, locale, "accounts.kind", locale.text("organisation_kind." + one.kind));
        cell(out, locale, "founding.codes", codes_of(one.line));
        cell(out, locale, "founding.column.parent", one.line.parent);
        cell(out, locale, "founding.column.administrator_email", one.line.administrator_email);
        fate(out, locale, plan, one);
        out << "</tr>\n"_h;
    }
    accounts::close_table(out);
}

std::string model_words(Locale const& locale, Model const& model, std::string const& name)
{
    std::vector<std::string> parts;
    for (auto const part : model.parts) parts.push_back(locale.text("founding.part." + std::string{code_of(part)}));
    return locale.text("founding.model_says", {{"name", name}, {"parts", join(parts, ", ")}});
}

void act_button(Html& out, Context const& context, Founding const& founding, std::string_view act, std::string_view label, bool danger)
{
    accounts::open_form(out, context, context.address("/organisations/" + founding.id.text() + "/" + std::string{act}));
    out << "<button type=\"submit\""_h;
    out.attr("class"_h, danger ? "btn btn-danger-outline" : "btn btn-primary");
    out << ">"_h << label << "</button></form>"_h;
}

/// Being made or taken back, by work that goes on: the page then follows it by itself. Not for ever, for each look is a sign of life
/// that would keep the session of somebody who left from closing.
bool is_moving(Founding const& founding, std::optional<jobs::Job> const& job, Timestamp now)
{
    bool const runs = founding.state == State::Making || founding.state == State::Undoing;
    return runs && !(job && job->state == jobs::State::Failed) && now - (job ? job->created_at : founding.created_at) < std::chrono::hours{1};
}

void state_words(Html& out, Context const& context, Founding const& founding, std::optional<jobs::Job> const& job)
{
    auto const& locale = context.locale;
    bool const runs = founding.state == State::Making || founding.state == State::Undoing;
    bool const failed = runs && job && job->state == jobs::State::Failed;
    out << "<section class=\"g-section\"><p data-told>"_h;
    badge(out, failed ? "danger" : runs ? "info" : founding.state == State::Made ? "ok" : "line", locale.text("founding.state." + std::string{code_of(founding.state)}));
    out << " "_h;
    if (failed) out << locale.text("founding.failed", {{"reason", locale.find("error." + job->result).value_or(job->result)}});
    else if (runs) out << locale.text("founding.progress", {{"done", locale.number(job ? job->progress : 0)}, {"total", locale.number(founding.state == State::Making ? founding.wanted : founding.made)}});
    else if (founding.state == State::Made) out << locale.plural("founding.made_count", founding.made);
    else if (founding.state == State::Undone && founding.left_alone > 0) out << locale.plural("founding.left_alone", founding.left_alone);
    out << "</p>"_h;
    if (runs && !failed) {
        out << "<progress class=\"g-progress\""_h;
        out.attr("aria-label"_h, locale.text("founding.progress_label")).attr("max"_h, std::max<std::int64_t>(1, job ? job->total : founding.wanted)).attr("value"_h, job ? job->progress : 0);
        out << "></progress><p><a class=\"btn btn-outline\""_h;
        out.url("href"_h, context.address("/organisations/" + founding.id.text()));
        out << ">"_h << locale.text("founding.look_again") << "</a></p>"_h;
    }
    out << "</section>"_h;
}

}  // namespace

Response plan_page(Context& context, Plan const& plan, std::string const& file_name, Founding const* founding, int status)
{
    auto const& locale = context.locale;
    auto const to_make = static_cast<std::int64_t>(plan.to_make());
    Html out;
    web::page_head(out, context.frame, locale.text("founding.preview"), file_name, {});
    troubles(out, locale, plan);
    if (plan.sound()) {
        auto const there = static_cast<std::int64_t>(plan.lines.size()) - to_make;
        out << "<section class=\"g-section\"><p>"_h << locale.plural("founding.will_make", to_make);
        if (there > 0) out << " "_h << locale.plural("founding.there", there);
        out << "</p>"_h;
        if (founding) act_button(out, context, *founding, "make", locale.plural("founding.make_button", to_make), false);
        else out << "<p>"_h << locale.text("founding.nothing_left") << "</p>"_h;
        out << "</section>"_h;
    }
    if (!plan.unread.empty()) out << "<p class=\"g-muted\">"_h << locale.text("founding.unread", {{"headings", join(plan.unread, ", ")}}) << "</p>"_h;
    plan_table(out, locale, plan);
    return accounts::shown(context, locale.text("founding.preview"), out, status);
}

Response founding_page(Context& context, Founding const& founding, std::vector<KeptLine> const& lines, std::optional<jobs::Job> const& job, bool untouched, std::string const& model_name)
{
    auto const& locale = context.locale;
    Html out;
    web::page_head(out, context.frame, founding.file_name, locale.text("founding.made_on", {{"instant", locale.instant(founding.created_at)}}), {});
    bool const moves = is_moving(founding, job, context.now);
    out << "<div id=\"founding\""_h;
    out.flag("data-refresh"_h, moves);
    out << ">"_h;
    if (moves) out << "<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>"_h;
    state_words(out, context, founding, job);
    if (founding.model && !model_name.empty()) out << "<p>"_h << model_words(locale, *founding.model, model_name) << "</p>"_h;
    if (founding.state == State::Ready) act_button(out, context, founding, "make", locale.plural("founding.make_button", founding.wanted), false);
    accounts::open_table(out, locale, {"founding.line", "accounts.organisation_name", "founding.state"}, false);
    for (auto const& line : lines) {
        out << "<tr role=\"row\">"_h;
        cell(out, locale, "founding.line", locale.number(static_cast<std::int64_t>(line.line)));
        out << "<th role=\"rowheader\" scope=\"row\"><div>"_h;
        if (line.made) {
            out << "<a class=\"g-title\""_h;
            out.url("href"_h, "/o/" + line.slug);
            out << ">"_h << line.name << "</a>"_h;
        } else out << line.name;
        out << "</div></th><td role=\"cell\""_h;
        out.attr("data-label"_h, locale.text("founding.state"));
        out << "><div>"_h;
        badge(out, line.made ? "ok" : "line", locale.text(line.made ? "founding.line.made" : "founding.line.waits"));
        if (line.written_in) {
            out << " "_h;
            badge(out, "info", locale.text("founding.line.written_in"));
        }
        out << "</div></td></tr>\n"_h;
    }
    accounts::close_table(out);
    if (founding.state == State::Made) {
        out << "<section class=\"g-section mt-4\"><h2>"_h << locale.text("founding.undo") << "</h2><p>"_h << locale.text(untouched ? "founding.undo_lead" : "founding.undo_too_late") << "</p>"_h;
        if (untouched) act_button(out, context, founding, "undo", locale.text("founding.undo_button"), true);
        out << "</section>"_h;
    }
    out << "</div>\n"_h;
    return accounts::shown(context, founding.file_name, out);
}

void model_fields(Html& out, Context const& context, FormState const& form, bool choose)
{
    auto const& locale = context.locale;
    if (choose) accounts::text_field(out, locale, form, {.name = "model", .label = "founding.model", .hint = "founding.model_hint", .required = false, .max_length = 40});
    auto const ticked = form.values.all("part");
    out << "<fieldset class=\"g-field\"><legend class=\"form-label\">"_h << locale.text("founding.parts") << "</legend>"_h;
    for (auto const part : all_parts()) {
        auto const code = std::string{code_of(part)};
        out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" name=\"part\""_h;
        out.attr("id"_h, "part-" + code).attr("value"_h, code).attr("aria-describedby"_h, "part-" + code + "-h").flag("checked"_h, std::ranges::find(ticked, code) != ticked.end());
        out << "><label"_h;
        out.attr("for"_h, "part-" + code);
        out << ">"_h << locale.text("founding.part." + code) << "</label></div><p class=\"g-hint\""_h;
        out.attr("id"_h, "part-" + code + "-h");
        out << ">"_h << locale.text("founding.part." + code + ".help") << "</p>"_h;
    }
    out << "</fieldset>\n"_h;
}

Result<std::optional<Model>> model_of_form(FoundingServices& services, Context const& context, web::Request const& request)
{
    auto const slug = squeeze(request.form.get("model"));
    auto const parts = parse_parts(request.form.all("part"));
    if (slug.empty() || parts.empty()) return std::optional<Model>{};
    auto const found = services.organisations.find(slug);
    auto const& who = context.who();
    Model model{found ? found->id : OrganisationId{}, parts};
    // One that is not within reach does not exist.
    bool const known = found && (who.installation_administrator || accounts::Memberships(services.machinery.database).of(*who.person, found->id));
    if (!known) return Error{ErrorKind::Invalid, "invalid", {}, {{"model", "unknown_organisation", {{"value", shorten(slug, 40)}}}}};
    if (!may_take(services.machinery.database, *who.person, model, who.installation_administrator)) return Error{ErrorKind::Invalid, "invalid", {}, {{"model", "founding.model_not_yours", {}}}};
    return std::optional{std::move(model)};
}

accounts::Actor acting(Context const& context)
{
    auto actor = context.who();
    actor.organisation = context.where().id;
    // The journal names the person; a job wants an actor of the organisation, which whoever runs the installation is not.
    if (actor.id.is_nil()) actor.id = accounts::organisation_actor(actor.organisation);
    return actor;
}

}  // namespace greffier::founding
