// Arrivals, changes and departures: the list, one checklist, and the words of the organisation for what is to be done.
#include <algorithm>
#include <charconv>

#include "accounts/movements.hpp"
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

constexpr int blank_lines = 3;

std::string place(Context const& context, std::string_view rest = "") { return context.address("/people/movements" + std::string{rest}); }

Movements movements_of(AccountServices& services, Context const& context) { return {services.database, context.where().id}; }

std::string kind_words(Locale const& locale, MovementKind kind) { return locale.text("movement.kind." + std::string{code_of(kind)}); }

void crumbs(Context& context, bool inside)
{
    auto const& locale = context.locale;
    context.frame.crumbs = {{locale.text("nav.administration"), ""}, {locale.text("nav.people"), context.address("/people")}};
    if (inside) context.frame.crumbs.push_back({locale.text("movement.title"), place(context)});
}

void link(Html& out, std::string const& address, std::string_view words, std::string_view css)
{
    out << "<a"_h;
    out.attr("class"_h, css).url("href"_h, address);
    out << ">"_h << words << "</a>"_h;
}

std::string name_of(AccountServices& services, Context const& context, std::optional<Uuid> actor)
{
    if (!actor) return {};
    auto const names = services.memberships.names(context.where().id, std::span<Uuid const>{&*actor, 1}, context.locale);
    auto const found = names.find(*actor);
    return found == names.end() ? context.locale.text("history.unknown_actor") : found->second;
}

bool is_late(Context const& context, std::optional<Date> due) { return due && *due < local_date(context.now, context.locale.zone()); }

// ---- the list ---------------------------------------------------------------------------------------------

void write_row(Html& out, Context const& context, Movement const& movement)
{
    auto const& locale = context.locale;
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><div>"_h;
    link(out, place(context, "/" + movement.id.text()), movement.name, "g-title");
    out << "<br><span class=\"g-small g-muted\">"_h << movement.email << "</span></div></th>"_h;
    open_cell(out, locale, "movement.what");
    out << kind_words(locale, movement.kind);
    if (!movement.note.empty()) out << "<br><span class=\"g-small g-muted\">"_h << movement.note << "</span>"_h;
    out << "</div></td>"_h;
    open_cell(out, locale, "movement.day");
    out << locale.date(movement.day) << "</div></td>"_h;
    open_cell(out, locale, "movement.state");
    if (movement.closed_at) {
        out << "<span class=\"g-badge g-badge--ok\">"_h << locale.text("movement.closed") << "</span>"_h;
    } else {
        out << "<span"_h;
        out.attr("class"_h, is_late(context, movement.next_due) ? "g-badge g-badge--danger" : "g-badge g-badge--warn");
        out << ">"_h << locale.text("movement.done_of", {{"done", std::to_string(movement.done)}, {"all", std::to_string(movement.steps)}}) << "</span>"_h;
        if (is_late(context, movement.next_due)) out << "<br><span class=\"g-small\">"_h << locale.text("movement.late", {{"date", locale.date(*movement.next_due)}}) << "</span>"_h;
    }
    out << "</div></td></tr>\n"_h;
}

void write_new(Html& out, AccountServices& services, Context const& context, FormState const& form)
{
    auto const& locale = context.locale;
    std::vector<Option> people{{"", locale.text("see_as.choose")}}, kinds;
    for (auto const& member : services.memberships.in(context.where().id)) people.push_back({member.person.id.text(), member.person.name});
    for (auto const kind : movement_kinds) kinds.push_back({std::string{code_of(kind)}, kind_words(locale, kind)});
    out << "<section class=\"g-section\" aria-labelledby=\"new-t\"><h2 id=\"new-t\">"_h << locale.text("movement.new") << "</h2><p>"_h << locale.text("movement.new_lead") << "</p>"_h;
    open_form(out, context, place(context));
    select_field(out, locale, form, {.name = "person", .label = "movement.person"}, people);
    select_field(out, locale, form, {.name = "kind", .label = "movement.what"}, kinds);
    text_field(out, locale, form, {.name = "day", .label = "movement.day", .type = "date"});
    text_field(out, locale, form, {.name = "note", .label = "movement.note", .hint = "movement.note_hint", .required = false, .max_length = 300});
    submit_button(out, locale.text("movement.open"));
    out << "</form></section>\n"_h;
}

FormState blank_form(Context const& context)
{
    FormState form;
    form.values.add("kind", "joiner");
    form.values.add("day", to_text(local_date(context.now, context.locale.zone())));
    return form;
}

Response list_page(AccountServices& services, Context& context, FormState const& form, int status)
{
    auto const& locale = context.locale;
    auto const all = movements_of(services, context).all();
    crumbs(context, false);
    Html out, actions;
    link(actions, place(context, "/items"), locale.text("movement.items"), "btn btn-outline");
    web::page_head(out, context.frame, locale.text("movement.title"), locale.text("movement.lead"), actions);
    error_summary(out, locale, form, {{"person", "movement.person"}, {"day", "movement.day"}, {"note", "movement.note"}});
    if (all.empty()) {
        out << "<p class=\"g-muted\">"_h << locale.text("movement.none") << "</p>\n"_h;
    } else {
        open_table(out, locale, {"accounts.person_name", "movement.what", "movement.day", "movement.state"}, false);
        for (auto const& movement : all) write_row(out, context, movement);
        close_table(out);
    }
    out << "<div class=\"g-settings mt-4\">"_h;
    write_new(out, services, context, form);
    out << "</div>"_h;
    return shown(context, locale.text("movement.title"), out, status);
}

// ---- one ----------------------------------------------------------------------------------------------------

void write_step(Html& out, AccountServices& services, Context const& context, Movement const& movement, MovementStep const& step)
{
    auto const& locale = context.locale;
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><div>"_h << step.words << "</div></th>"_h;
    open_cell(out, locale, "movement.who");
    out << step.who << "</div></td>"_h;
    open_cell(out, locale, "movement.by");
    out << locale.date(step.due);
    if (!step.done_at && !movement.closed_at && is_late(context, step.due)) out << " <span class=\"g-badge g-badge--danger\">"_h << locale.text("movement.overdue") << "</span>"_h;
    out << "</div></td>"_h;
    open_cell(out, locale, "movement.done");
    if (step.done_at) out << "<span class=\"g-badge g-badge--ok\">"_h << locale.instant(*step.done_at) << "</span><br><span class=\"g-small g-muted\">"_h << name_of(services, context, step.done_by) << "</span>"_h;
    if (!movement.closed_at)
        button_form(out, context, place(context, "/" + movement.id.text() + "?op=" + (step.done_at ? "untick" : "tick") + "&step=" + std::to_string(step.position)),
                    locale.text(step.done_at ? "movement.untick" : "movement.tick"), step.words, false);
    out << "</div></td></tr>\n"_h;
}

/// "roles=2,tokens=1" in words.
std::vector<std::string> taken_back(Locale const& locale, std::string const& numbers)
{
    std::vector<std::string> words;
    for (auto const& part : split(numbers, ',')) {
        auto const equals = part.find('=');
        if (equals == part.npos) continue;
        std::int64_t number = 0;
        std::from_chars(part.data() + equals + 1, part.data() + part.size(), number);
        words.push_back(locale.plural("departure.took." + std::string{part.substr(0, equals)}, number));
    }
    return words;
}

void write_departure_done(Html& out, AccountServices& services, Context const& context, Movement const& movement)
{
    auto const& locale = context.locale;
    out << "<section class=\"g-section mt-4\" aria-labelledby=\"left-t\"><h2 id=\"left-t\">"_h << locale.text("departure.done_title") << "</h2><p>"_h
        << locale.text("departure.done_by", {{"when", locale.instant(*movement.left_at)}, {"name", name_of(services, context, movement.left_by)}});
    if (!movement.successor.empty()) out << " "_h << locale.text("departure.to", {{"name", movement.successor}});
    out << "</p><ul>"_h;
    for (auto const& words : taken_back(locale, movement.taken_back)) out << "<li>"_h << words << "</li>"_h;
    out << "</ul></section>\n"_h;
}

Response one_page(AccountServices& services, Context& context, Movement const& movement, FormState const& form, int status)
{
    auto const& locale = context.locale;
    auto const title = locale.text("movement.of." + std::string{code_of(movement.kind)}, {{"name", movement.name}});
    crumbs(context, true);
    Html out, actions;
    link(actions, place(context, "/" + movement.id.text() + "/export"), locale.text("review.export"), "btn btn-outline");
    auto lead = locale.text("movement.on", {{"date", locale.date(movement.day)}, {"email", movement.email}});
    if (movement.closed_at) lead += " " + locale.text("movement.closed_by", {{"date", locale.date(local_date(*movement.closed_at, locale.zone()))}, {"name", name_of(services, context, movement.closed_by)}});
    web::page_head(out, context.frame, title, lead, actions);
    error_summary(out, locale, form);
    if (!movement.note.empty()) out << "<p>"_h << movement.note << "</p>"_h;
    auto const steps = movements_of(services, context).steps(movement.id);
    if (steps.empty()) {
        out << "<p class=\"g-muted\">"_h << locale.text("movement.nothing_to_do") << "</p>\n"_h;
    } else {
        open_table(out, locale, {"movement.words", "movement.who", "movement.by", "movement.done"}, false);
        for (auto const& step : steps) write_step(out, services, context, movement, step);
        close_table(out);
    }
    if (movement.left_at) write_departure_done(out, services, context, movement);
    if (!movement.closed_at) {
        out << "<div class=\"g-actions mt-4\">"_h;
        if (movement.kind == MovementKind::Leaver && movement.person && !movement.left_at)
            link(out, context.address("/people/" + movement.person->text() + "/departure"), locale.text("departure.prepare"), "btn btn-outline btn-sm");
        button_form(out, context, place(context, "/" + movement.id.text() + "?op=close"), locale.text("movement.close"), title, false);
        out << "</div>\n"_h;
    }
    return shown(context, title, out, status);
}

Result<Movement> asked_for(AccountServices& services, Context const& context, Request const& request)
{
    auto const id = MovementId::parse(request.param("movement"));
    auto found = id ? movements_of(services, context).find(*id) : std::nullopt;
    if (!found) return Error::not_found();
    return std::move(*found);
}

// ---- words of the organisation ------------------------------------------------------------------------------

using Lists = std::array<std::vector<MovementItem>, movement_kinds.size()>;

void item_field(Html& out, Locale const& locale, FormState const& form, std::string const& name, std::string_view label, std::string_view type, std::string const& value, int most)
{
    open_cell(out, locale, label);
    auto const* error = form.error_of(name);
    bool const whole = type == "textarea";   // a sentence, read to its end on a telephone too
    if (whole) out << "<textarea rows=\"2\""_h;
    else out << "<input"_h;
    out.attr("class"_h, "form-control").attr("id"_h, "f-" + name).attr("name"_h, name).attr("aria-label"_h, locale.text(label)).attr("maxlength"_h, std::int64_t{most});
    if (!whole) out.attr("type"_h, type).attr("value"_h, value);
    if (error) out.attr("aria-invalid"_h, "true");
    out << " autocomplete=\"off\">"_h;
    if (whole) out << value << "</textarea>"_h;
    if (error) out << "<p class=\"g-err\">"_h << locale.text("error." + error->code, error->arguments) << "</p>"_h;
    out << "</div></td>"_h;
}

void write_list(Html& out, Locale const& locale, FormState const& form, MovementKind kind, std::vector<MovementItem> const& items)
{
    auto const code = std::string{code_of(kind)};
    out << "<h2 class=\"mt-4\">"_h << kind_words(locale, kind) << "</h2>"_h;
    open_table(out, locale, {"movement.words", "movement.who", "movement.days"}, false);
    for (std::size_t i = 0; i < items.size() + blank_lines; ++i) {
        auto const item = i < items.size() ? items[i] : MovementItem{};
        auto const stem = code + "-" + std::to_string(i) + "-";
        out << "<tr role=\"row\">"_h;
        item_field(out, locale, form, stem + "words", "movement.words", "textarea", item.words, 300);
        item_field(out, locale, form, stem + "who", "movement.who", "text", item.who, 100);
        item_field(out, locale, form, stem + "days", "movement.days", "number", i < items.size() ? std::to_string(item.days) : std::string{}, 4);
        out << "</tr>\n"_h;
    }
    close_table(out);
}

Response items_page(Context& context, Lists const& lists, FormState const& form, int status)
{
    auto const& locale = context.locale;
    crumbs(context, true);
    Html out;
    web::page_head(out, context.frame, locale.text("movement.items"), locale.text("movement.items_lead"), {});
    error_summary(out, locale, form);
    open_form(out, context, place(context, "/items"), true);
    out << "<div class=\"g-todo\">"_h;
    for (auto const kind : movement_kinds) write_list(out, locale, form, kind, lists[static_cast<std::size_t>(kind)]);
    out << "</div><div class=\"mt-4\">"_h;
    submit_button(out, locale.text("accounts.save"));
    out << "</div></form>\n"_h;
    return shown(context, locale.text("movement.items"), out, status);
}

/// A line whose words are empty is taken away.
Lists sent_items(Request const& request)
{
    Lists lists;
    for (auto const kind : movement_kinds)
        for (int i = 0; i < Movements::most_items + blank_lines; ++i) {
            auto const stem = std::string{code_of(kind)} + "-" + std::to_string(i) + "-";
            MovementItem item{squeeze(request.form.get(stem + "words")), squeeze(request.form.get(stem + "who")), 0};
            auto const days = squeeze(request.form.get(stem + "days"));
            auto const read = std::from_chars(days.data(), days.data() + days.size(), item.days);
            if (!days.empty() && (read.ec != std::errc{} || read.ptr != days.data() + days.size())) item.days = 100'000;   // refused below, in words
            if (!item.words.empty()) lists[static_cast<std::size_t>(kind)].push_back(std::move(item));
        }
    return lists;
}

void write_step_json(JsonWriter& out, MovementStep const& step, std::string const& by)
{
    out.begin_object().member("words", std::string_view{step.words}).member("who", std::string_view{step.who}).member("due", to_text(step.due));
    if (step.done_at) out.member("done_at", to_text(*step.done_at)).member("done_by", std::string_view{by});
    else out.null_member("done_at").null_member("done_by");
    out.end_object();
}

}  // namespace

Answer list_movements(AccountServices& services, Context& context, Request const& request)
{
    auto form = blank_form(context);
    if (auto const person = request.query.get("person"); !person.empty()) form.values.add("person", person);
    return list_page(services, context, form, 200);
}

Answer open_movement(AccountServices& services, Context& context, Request const& request)
{
    auto form = typed(request, {"person", "kind", "day", "note"});
    auto const kind = parse_movement_kind(request.form.get("kind"));
    auto const day = parse_date(request.form.get("day"));
    auto const id = PersonId::parse(request.form.get("person"));
    auto const members = services.memberships.in(context.where().id);
    auto const member = id ? std::ranges::find(members, *id, [](Member const& each) { return each.person.id; }) : members.end();
    if (!kind) form.errors.push_back({"kind", "unknown_choice", {{"value", request.form.get("kind")}}});
    if (!day) form.errors.push_back({"day", "bad_date", {{"value", shorten(request.form.get("day"), 40)}}});
    if (member == members.end()) form.refuse("person", "required");
    if (!form.errors.empty()) return list_page(services, context, form, 422);
    auto const opened = movements_of(services, context).open({*kind, member->person.id, member->person.name, member->person.email_shown, squeeze(request.form.get("note")), *day}, context.locale, context.who().id, context.now);
    if (!opened.ok()) {
        form.take(opened.error());
        return list_page(services, context, form, web::status_of(opened.error().kind));
    }
    return Response::redirect(place(context, "/" + opened->text()));
}

Answer show_movement(AccountServices& services, Context& context, Request const& request)
{
    return one_page(services, context, TRY(asked_for(services, context, request)), {}, 200);
}

Answer change_movement(AccountServices& services, Context& context, Request const& request)
{
    auto const movement = TRY(asked_for(services, context, request));
    auto const movements = movements_of(services, context);
    auto const op = request.query.get("op");
    int step = 0;
    auto const sent = request.query.get("step");
    std::from_chars(sent.data(), sent.data() + sent.size(), step);
    Status done = Error::invalid("unknown_choice", {{"value", shorten(op, 40)}});
    if (op == "tick" || op == "untick") done = movements.tick(movement.id, step, op == "tick", context.who().id, context.now);
    else if (op == "close") done = movements.close(movement.id, context.who().id, context.now);
    if (!done.ok()) {
        if (done.error().kind == ErrorKind::NotFound) return done.error();
        FormState form;
        form.take(done.error());
        return one_page(services, context, movement, form, web::status_of(done.error().kind));
    }
    return Response::redirect(place(context, "/" + movement.id.text() + (op == "close" ? "?done=movement_closed" : "?done=kept")));
}

Answer export_movement(AccountServices& services, Context& context, Request const& request)
{
    auto const movement = TRY(asked_for(services, context, request));
    JsonWriter out;
    out.begin_object().member("organisation", context.where().slug).member("kind", code_of(movement.kind)).member("name", std::string_view{movement.name}).member("email", std::string_view{movement.email});
    out.member("note", std::string_view{movement.note}).member("day", to_text(movement.day)).member("opened_at", to_text(movement.opened_at)).member("opened_by", name_of(services, context, movement.opened_by));
    if (movement.closed_at) out.member("closed_at", to_text(*movement.closed_at)).member("closed_by", name_of(services, context, movement.closed_by));
    else out.null_member("closed_at").null_member("closed_by");
    if (movement.left_at) {
        out.member("left_at", to_text(*movement.left_at)).member("left_by", name_of(services, context, movement.left_by)).member("successor", std::string_view{movement.successor});
        out.member("taken_back", std::string_view{movement.taken_back});
    }
    out.key("items").begin_array();
    for (auto const& step : movements_of(services, context).steps(movement.id)) write_step_json(out, step, name_of(services, context, step.done_by));
    out.end_array().end_object();
    auto response = Response::json(out.text(), 200);
    response.header("Content-Disposition", "attachment; filename=\"" + context.where().slug + "-" + std::string{code_of(movement.kind)} + "-" + to_text(movement.day) + ".json\"");
    response.header("Cache-Control", "no-store");
    return response;
}

Answer show_movement_items(AccountServices& services, Context& context, Request const&)
{
    Lists lists;
    for (auto const kind : movement_kinds) lists[static_cast<std::size_t>(kind)] = movements_of(services, context).items(kind, context.locale);
    return items_page(context, lists, {}, 200);
}

Answer save_movement_items(AccountServices& services, Context& context, Request const& request)
{
    auto const lists = sent_items(request);
    auto const kept = movements_of(services, context).set_items(lists);
    if (kept.ok()) return Response::redirect(place(context, "/items?done=kept"));
    FormState form;
    form.take(kept.error());
    return items_page(context, lists, form, web::status_of(kept.error().kind));
}

void begin_movement(AccountServices& services, Context const& context, MovementKind kind, Person const& person)
{
    auto const movements = movements_of(services, context);
    auto const items = movements.items(kind, context.locale);
    (void)services.database.write([&](storage::Session& session) -> Status {
        movements.open_in(session, {kind, person.id, person.name, person.email_shown, "", local_date(context.now, context.locale.zone())}, items, context.who().id, context.now);
        return Nothing{};
    });
}

}  // namespace greffier::accounts
