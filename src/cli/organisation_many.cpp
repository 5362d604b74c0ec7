// Many organisations from one list, and taking them back; archiving one and opening it again.
#include "cli/organisation_many.hpp"

#include <fstream>
#include <iterator>
#include <ostream>

#include "accounts/memberships.hpp"
#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "founding/job.hpp"

namespace greffier::cli {

namespace {

using Use = app::OpenWish::Use;
using founding::Foundings;
using founding::Plan;

Result<std::string> bytes_of(std::string const& path)
{
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return Error::not_found("cli_no_file", {{"path", path}});
    return std::string{std::istreambuf_iterator<char>(stream), {}};
}

Result<std::optional<founding::Model>> model_asked(Invocation const& call, app::Application& application)
{
    if (!call.has("like")) return std::optional<founding::Model>{};
    founding::Model model{TRY(organisation_of(application, call.text("like"))).id, founding::parse_parts(call.texts("copy"))};
    if (model.parts.empty()) model.parts = founding::all_parts();
    return std::optional{std::move(model)};
}

void write_lines(JsonWriter& out, Plan const& plan)
{
    out.key("lines").begin_array();
    for (auto const& one : plan.lines) {
        out.begin_object().member("line", one.line.number).member("name", one.line.name).member("kind", one.kind).member("fate", one.known ? "known" : "make");
        if (one.slug.empty()) out.null_member("slug");
        else out.member("slug", one.slug);
        out.end_object();
    }
    out.end_array().key("troubles").begin_array();
}

void tell_plan(Invocation& call, Plan const& plan)
{
    for (auto const& trouble : plan.troubles) {
        auto const place = call.say(trouble.column.empty() ? "founding.at_line" : "founding.at_column", {{"line", std::to_string(trouble.line)}, {"column", trouble.column}});
        auto const mend = founding::mend_of(trouble, call.locale);
        call.err << place << " " << founding::words_of(trouble, call.locale) << (mend.empty() ? "" : " " + mend) << "\n";
    }
    if (!plan.unread.empty()) call.err << call.say("founding.unread", {{"headings", join(plan.unread, ", ")}}) << "\n";
}

/// What was found, and with `id` what was made of it.
int answer(Invocation& call, Plan const& plan, founding::FoundingId const* id)
{
    bool const sound = plan.sound();
    if (call.json()) {
        JsonWriter out;
        out.begin_object();
        write_lines(out, plan);
        for (auto const& trouble : plan.troubles)
            out.begin_object().member("line", trouble.line).member("column", trouble.column).member("field", trouble.field).member("code", trouble.code).member("message", founding::words_of(trouble, call.locale)).member(
                "mend", founding::mend_of(trouble, call.locale)).end_object();
        out.end_array().member("to_make", plan.to_make());
        if (id) out.member("id", id->text());
        else out.null_member("id");
        out.end_object();
        call.out << out.text() << "\n";
        return sound ? 0 : 1;
    }
    tell_plan(call, plan);
    auto const wanted = static_cast<std::int64_t>(plan.to_make());
    if (!sound) call.out << call.locale.plural("founding.troubles", static_cast<std::int64_t>(plan.troubles.size())) << "\n";
    else if (id) call.tell("cli.organisation.many_made", {{"count", call.locale.number(wanted)}, {"id", id->text()}});
    else call.out << call.locale.plural("founding.will_make", wanted) << " " << call.locale.plural("founding.there", static_cast<std::int64_t>(plan.lines.size()) - wanted) << "\n";
    return sound ? 0 : 1;
}

/// On a terminal that people read: one line, written over.
founding::Progress progress_to(Invocation& call)
{
    if (call.json()) return {};
    return [&call](std::int64_t done, std::int64_t total) { call.err << "\r" << done << " / " << total << (done == total ? "\n" : "") << std::flush; };
}

}  // namespace

Result<int> run_organisation_add_many(Invocation& call)
{
    auto application = TRY(call.open(call.has("dry-run") ? Use::Read : Use::Write));
    founding::Place place;
    if (call.has("parent")) place.under = TRY(organisation_of(*application, call.text("parent"))).id;
    auto const model = TRY(model_asked(call, *application));
    auto list = TRY(founding::read_list(TRY(bytes_of(call.text("file"))), call.text("file")));
    auto const plan = [&] {
        auto session = application->database->read();
        return make_plan(*session, *application->registers.find("profile"), std::move(list), place);
    }();
    if (!plan.sound() || plan.to_make() == 0 || call.has("dry-run")) return answer(call, plan, nullptr);
    auto const services = app::founding_services(*application);
    auto const foundings = services.foundings();
    auto const actor = accounts::organisation_actor(place.under.value_or(OrganisationId{}));
    auto name = call.text("file");
    name = name.substr(name.find_last_of('/') == std::string::npos ? 0 : name.find_last_of('/') + 1);
    auto const id = TRY(foundings.keep(plan, {place.under, actor, {}, name, application->config.text("public-url"), model}, application->now()));
    TRY(make_all(foundings, application->machinery, application->organisations, id, application->now(), progress_to(call)));
    conclude(*application);
    return answer(call, plan, &id);
}

Result<int> run_organisation_undo_many(Invocation& call)
{
    auto application = TRY(call.open(Use::Write));
    auto const id = founding::FoundingId::parse(call.text("id"));
    if (!id) return Error::not_found("founding.unknown");
    auto const foundings = app::founding_services(*application).foundings();
    if (!foundings.find(*id).ok()) return Error::not_found("founding.unknown");
    if (!foundings.is_untouched(*id)) return Error::conflict("founding.written_in");
    TRY(undo_all(foundings, *id, application->now(), progress_to(call)));
    auto const founding = TRY(foundings.find(*id));
    if (call.json()) {
        JsonWriter out;
        out.begin_object().member("id", id->text()).member("removed", founding.made - founding.left_alone).member("left_alone", founding.left_alone).end_object();
        call.out << out.text() << "\n";
        return 0;
    }
    call.tell("cli.organisation.many_undone", {{"count", call.locale.number(founding.made - founding.left_alone)}});
    return 0;
}

Result<int> run_organisation_archive(Invocation& call)
{
    auto application = TRY(call.open(Use::Write));
    auto const organisation = TRY(organisation_of(*application, call.text("slug")));
    TRY(application->organisations.archive(organisation.id, application->now()));
    call.tell("cli.organisation.archived", {{"slug", organisation.slug}});
    return 0;
}

Result<int> run_organisation_reopen(Invocation& call)
{
    auto application = TRY(call.open(Use::Write));
    auto const organisation = TRY(organisation_of(*application, call.text("slug")));
    TRY(application->organisations.reopen(organisation.id));
    call.tell("cli.organisation.reopened", {{"slug", organisation.slug}});
    return 0;
}

}  // namespace greffier::cli
