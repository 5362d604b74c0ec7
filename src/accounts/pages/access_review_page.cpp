// Reviews of access: the list of those made, and the one under way.
#include <algorithm>

#include "accounts/access_reviews.hpp"
#include "accounts/pages/form.hpp"
#include "accounts/pages/pages.hpp"
#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "web/problem.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

std::string place(Context const& context, std::string_view rest = "") { return context.address("/people/reviews" + std::string{rest}); }

void crumbs(Context& context, bool inside)
{
    auto const& locale = context.locale;
    context.frame.crumbs = {{locale.text("nav.administration"), ""}, {locale.text("nav.people"), context.address("/people")}};
    if (inside) context.frame.crumbs.push_back({locale.text("review.title"), place(context)});
}

void write_day(Html& out, Locale const& locale, std::optional<Timestamp> instant, std::string_view otherwise)
{
    if (!instant) {
        out << "<span class=\"g-muted\">"_h << locale.text(otherwise) << "</span>"_h;
        return;
    }
    auto const day = local_date(*instant, locale.zone());
    out << "<time"_h;
    out.attr("datetime"_h, to_text(day));
    out << ">"_h << locale.date(day) << "</time>"_h;
}

std::string name_of(AccountServices& services, Context const& context, std::optional<Uuid> actor)
{
    if (!actor) return {};
    auto const names = services.memberships.names(context.where().id, std::span<Uuid const>{&*actor, 1}, context.locale);
    auto const found = names.find(*actor);
    return found == names.end() ? context.locale.text("history.unknown_actor") : found->second;
}

// ---- the list ---------------------------------------------------------------------------------------------

/// When the next one is due: a year after the last; at once when there was none.
std::optional<Date> next_due(Context const& context, std::vector<AccessReview> const& all)
{
    auto const last = std::ranges::find_if(all, [](AccessReview const& review) { return review.finished_at.has_value(); });
    if (last == all.end()) return std::nullopt;
    return add_months(local_date(*last->finished_at, context.locale.zone()), AccessReviews::months_between);
}

void write_due(Html& out, Context const& context, std::vector<AccessReview> const& all)
{
    auto const& locale = context.locale;
    auto const due = next_due(context, all);
    bool const late = !due || *due < local_date(context.now, locale.zone());
    out << "<p"_h;
    if (late) out.attr("class"_h, "g-badge g-badge--warn");
    out << ">"_h << (due ? locale.text(late ? "review.late" : "review.due", {{"date", locale.date(*due)}}) : locale.text("review.never")) << "</p>"_h;
}

void write_one(Html& out, AccountServices& services, Context const& context, AccessReview const& review)
{
    auto const& locale = context.locale;
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><a class=\"g-title\""_h;
    out.url("href"_h, place(context, "/" + review.id.text()));
    out << ">"_h << locale.text("review.begun", {{"date", locale.date(local_date(review.started_at, locale.zone()))}}) << "</a></th>"_h;
    open_cell(out, locale, "review.by");
    out << name_of(services, context, review.finished_by ? review.finished_by : review.started_by) << "</div></td>"_h;
    open_cell(out, locale, "review.outcome");
    if (review.finished_at) out << locale.plural("review.kept_count", review.lines - review.removed) << ", "_h << locale.plural("review.removed_count", review.removed);
    else out << "<span class=\"g-badge g-badge--warn\">"_h << locale.plural("review.undecided_count", review.undecided) << "</span>"_h;
    out << "</div></td></tr>\n"_h;
}

// ---- one --------------------------------------------------------------------------------------------------

void radio(Html& out, Locale const& locale, ReviewedAccess const& line, Verdict verdict)
{
    auto const name = "v-" + line.subject.hex();
    auto const id = name + "-" + std::string{code_of(verdict)};
    out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"radio\""_h;
    out.attr("id"_h, id).attr("name"_h, name).attr("value"_h, code_of(verdict)).flag("checked"_h, line.verdict == verdict);
    out << "><label"_h;
    out.attr("for"_h, id);
    out << ">"_h << locale.text("review.verdict." + std::string{code_of(verdict)}) << "<span class=\"g-hidden\"> "_h << line.name << ", "_h << locale.text("role." + std::string{code_of(line.role)})
        << "</span></label></div>"_h;
}

void write_verdict(Html& out, Locale const& locale, ReviewedAccess const& line, bool open)
{
    open_cell(out, locale, "review.verdict");
    if (!line.decided_here()) {
        out << "<span class=\"g-small g-muted\">"_h << locale.text("review.decided_above", {{"name", line.from_above}}) << "</span>"_h;
    } else if (open) {
        radio(out, locale, line, Verdict::Kept);
        radio(out, locale, line, Verdict::Removed);
    } else {
        out << "<span"_h;
        out.attr("class"_h, line.verdict == Verdict::Removed ? "g-badge g-badge--danger" : "g-badge g-badge--ok");
        out << ">"_h << locale.text("review.verdict." + std::string{code_of(line.verdict)}) << "</span>"_h;
    }
    out << "</div></td>"_h;
}

/// "pour École, Voirie", of who contributes for some services alone; as it is today.
std::string limits_of(std::vector<Member> const& members, ReviewedAccess const& line, Locale const& locale)
{
    if (line.token || line.role != Role::Contributor) return {};
    for (auto const& member : members)
        for (auto const& held : member.held)
            if (member.person.email_shown == line.email && held.role == line.role && held.from.empty() == line.from_above.empty() && !held.services.empty())
                return locale.text("accounts.people.for_services", {{"services", join(held.services, ", ")}});
    return {};
}

void write_line(Html& out, Locale const& locale, ReviewedAccess const& line, std::vector<Member> const& members, bool open)
{
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><div><span class=\"g-title\">"_h << line.name << "</span><br><span class=\"g-small g-muted\">"_h
        << (line.token ? locale.text(line.email.empty() ? "review.token" : "review.token_of", {{"name", line.email}}) : line.email) << "</span></div></th>"_h;
    open_cell(out, locale, "accounts.people.role");
    out << "<span class=\"g-badge g-badge--line\">"_h << locale.text("role." + std::string{code_of(line.role)}) << "</span>"_h;
    if (auto const limits = limits_of(members, line, locale); !limits.empty()) out << " <span class=\"g-small g-muted\">"_h << limits << "</span>"_h;
    out << "</div></td>"_h;
    open_cell(out, locale, "accounts.people.since");
    write_day(out, locale, line.since, "");
    out << "</div></td>"_h;
    open_cell(out, locale, "review.last_seen");
    write_day(out, locale, line.last_seen, "review.not_seen");
    out << "</div></td>"_h;
    write_verdict(out, locale, line, open);
    out << "</tr>\n"_h;
}

/// `members`: of today, for the services of those still to be decided.
void write_table(Html& out, Locale const& locale, std::vector<ReviewedAccess> const& lines, std::vector<Member> const& members, bool open)
{
    open_table(out, locale, {"accounts.person_name", "accounts.people.role", "accounts.people.since", "review.last_seen", "review.verdict"}, false);
    for (auto const& line : lines) write_line(out, locale, line, members, open);
    close_table(out);
}

void act_button(Html& out, std::string_view op, std::string_view label, bool primary)
{
    out << "<button type=\"submit\" name=\"op\""_h;
    out.attr("value"_h, op).attr("class"_h, primary ? "btn btn-primary" : "btn btn-outline");
    out << ">"_h << label << "</button>"_h;
}

Response page_of(AccountServices& services, Context& context, AccessReview const& review, FormState const& form, int status)
{
    auto const& locale = context.locale;
    auto const lines = AccessReviews(services.database, context.where().id).lines(review.id);
    bool const open = !review.finished_at;
    auto const title = locale.text("review.begun", {{"date", locale.date(local_date(review.started_at, locale.zone()))}});
    crumbs(context, true);
    Html out, actions;
    actions << "<a class=\"btn btn-outline\""_h;
    actions.url("href"_h, place(context, "/" + review.id.text() + "/export"));
    actions << ">"_h;
    web::icon(actions, "download");
    actions << " "_h << locale.text("review.export") << "</a>"_h;
    web::page_head(out, context.frame, title, open ? locale.text("review.open_lead") : locale.text("review.finished_lead", {{"date", locale.date(local_date(*review.finished_at, locale.zone()))}, {"name", name_of(services, context, review.finished_by)}}), actions);
    error_summary(out, locale, form);
    if (!open) {
        write_table(out, locale, lines, {}, false);
        return shown(context, title, out, status);
    }
    open_form(out, context, place(context, "/" + review.id.text()), true);
    write_table(out, locale, lines, services.memberships.in(context.where().id), true);
    out << "<div class=\"g-actions mt-4\">"_h;
    act_button(out, "save", locale.text("review.save"), false);
    act_button(out, "keep", locale.text("review.keep_rest"), false);
    act_button(out, "finish", locale.text("review.finish"), true);
    out << "</div></form><div class=\"mt-4\">"_h;
    button_form(out, context, place(context, "/" + review.id.text() + "/abandon"), locale.text("review.abandon"), title, true);
    out << "</div>\n"_h;
    return shown(context, title, out, status);
}

Result<AccessReview> asked_for(AccountServices& services, Context const& context, Request const& request)
{
    auto const id = AccessReviewId::parse(request.param("review"));
    auto found = id ? AccessReviews(services.database, context.where().id).find(*id) : std::nullopt;
    if (!found) return Error::not_found();
    return std::move(*found);
}

}  // namespace

Answer list_reviews(AccountServices& services, Context& context, Request const&)
{
    auto const& locale = context.locale;
    auto const all = AccessReviews(services.database, context.where().id).all();
    bool const open = std::ranges::any_of(all, [](AccessReview const& review) { return !review.finished_at; });
    crumbs(context, false);
    Html out, actions;
    if (!open) {
        open_form(actions, context, place(context));
        actions << "<button type=\"submit\" class=\"btn btn-primary\">"_h << locale.text("review.start") << "</button></form>"_h;
    }
    web::page_head(out, context.frame, locale.text("review.title"), locale.text("review.lead"), actions);
    write_due(out, context, all);
    if (!all.empty()) {
        open_table(out, locale, {"review.review", "review.by", "review.outcome"}, false);
        for (auto const& review : all) write_one(out, services, context, review);
        close_table(out);
    }
    return shown(context, locale.text("review.title"), out);
}

Answer start_review(AccountServices& services, Context& context, Request const&)
{
    auto const id = TRY(AccessReviews(services.database, context.where().id).start(context.who().id, context.now));
    return Response::redirect(place(context, "/" + id.text()));
}

Answer show_review(AccountServices& services, Context& context, Request const& request)
{
    auto const review = TRY(asked_for(services, context, request));
    return page_of(services, context, review, {}, 200);
}

Answer answer_review(AccountServices& services, Context& context, Request const& request)
{
    auto const review = TRY(asked_for(services, context, request));
    AccessReviews const reviews(services.database, context.where().id);
    auto const op = request.form.get("op");
    std::map<Uuid, Verdict> verdicts;
    for (auto const& line : reviews.lines(review.id)) {
        auto verdict = parse_verdict(request.form.get("v-" + line.subject.hex())).value_or(Verdict::None);
        if (verdict == Verdict::None) verdict = line.verdict;
        if (verdict == Verdict::None && op == "keep") verdict = Verdict::Kept;
        if (verdict != Verdict::None) verdicts[line.subject] = verdict;
    }
    auto done = reviews.decide(review.id, verdicts, context.who().id, context.now);
    if (done.ok() && op == "finish") done = reviews.finish(review.id, context.who().id, context.now);
    if (!done.ok()) {
        if (done.error().kind == ErrorKind::NotFound) return done.error();
        FormState form;
        form.take(done.error());
        return page_of(services, context, TRY(asked_for(services, context, request)), form, web::status_of(done.error().kind));
    }
    return Response::redirect(place(context, "/" + review.id.text() + (op == "finish" ? "?done=review_finished" : "?done=kept")));
}

Answer abandon_review(AccountServices& services, Context& context, Request const& request)
{
    auto const review = TRY(asked_for(services, context, request));
    TRY(AccessReviews(services.database, context.where().id).abandon(review.id));
    return Response::redirect(place(context) + "?done=review_abandoned");
}

Answer export_review(AccountServices& services, Context& context, Request const& request)
{
    auto const review = TRY(asked_for(services, context, request));
    JsonWriter out;
    out.begin_object().member("organisation", context.where().slug).member("started_at", to_text(review.started_at)).member("started_by", name_of(services, context, review.started_by));
    if (review.finished_at) out.member("finished_at", to_text(*review.finished_at)).member("finished_by", name_of(services, context, review.finished_by));
    else out.null_member("finished_at").null_member("finished_by");
    out.key("items").begin_array();
    for (auto const& line : AccessReviews(services.database, context.where().id).lines(review.id)) {
        out.begin_object().member("kind", line.token ? "token" : "role").member("name", std::string_view{line.name}).member("email", std::string_view{line.email}).member("role", code_of(line.role));
        if (line.from_above.empty()) out.null_member("from");
        else out.member("from", std::string_view{line.from_above});
        out.member("since", to_text(line.since));
        if (line.last_seen) out.member("last_seen", to_text(*line.last_seen));
        else out.null_member("last_seen");
        if (line.verdict == Verdict::None) out.null_member("decision");
        else out.member("decision", code_of(line.verdict));
        out.end_object();
    }
    out.end_array().end_object();
    auto response = Response::json(out.text(), 200);
    response.header("Content-Disposition", "attachment; filename=\"" + context.where().slug + "-access-review-" + to_text(local_date(review.started_at, context.locale.zone())) + ".json\"");
    response.header("Cache-Control", "no-store");
    return response;
}

}  // namespace greffier::accounts
