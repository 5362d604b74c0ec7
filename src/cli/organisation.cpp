#include <map>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/table.hpp"
#include "core/json_writer.hpp"

namespace greffier::cli {

namespace {

using Use = app::OpenWish::Use;

void write_members(JsonWriter& out, accounts::OrganisationInfo const& organisation, std::string const& parent)
{
    out.member("id", organisation.id.text()).member("slug", organisation.slug).member("name", organisation.name).member("kind", organisation.kind);
    if (parent.empty()) out.null_member("parent");
    else out.member("parent", parent);
    out.member("language", code_of(organisation.language)).member("zone", organisation.zone).member("colour", organisation.colour);
    out.member("created_at", to_text(organisation.created_at)).member("archived", organisation.archived).member("demo", organisation.demo);
}

std::string parent_slug(app::Application& application, accounts::OrganisationInfo const& organisation)
{
    if (!organisation.parent) return "";
    auto const parent = application.organisations.find(*organisation.parent);
    return parent ? parent->slug : "";
}

}  // namespace

Result<int> run_organisation_add(Invocation& call)
{
    auto application = TRY(call.open(Use::Write));
    accounts::NewOrganisation wanted;
    wanted.slug = call.text("slug");
    wanted.name = call.text("name");
    if (call.has("kind")) wanted.kind = call.text("kind");
    if (call.has("zone")) wanted.zone = call.text("zone");
    if (call.has("language")) wanted.language = *parse_language(call.text("language"));
    if (call.has("parent")) wanted.parent = TRY(organisation_of(*application, call.text("parent"))).id;
    auto const organisation = TRY(application->organisations.add(std::move(wanted), application->now()));
    conclude(*application);
    if (call.json()) {
        JsonWriter out;
        out.begin_object();
        write_members(out, organisation, parent_slug(*application, organisation));
        out.end_object();
        call.out << out.text() << "\n";
        return 0;
    }
    call.tell("cli.organisation.added", {{"name", organisation.name}, {"slug", organisation.slug}});
    return 0;
}

Result<int> run_organisation_move(Invocation& call)
{
    auto application = TRY(call.open(Use::Write));
    auto const organisation = TRY(organisation_of(*application, call.text("slug")));
    std::optional<OrganisationId> parent;
    if (call.has("parent")) parent = TRY(organisation_of(*application, call.text("parent"))).id;
    TRY(application->organisations.move(organisation.id, parent, application->now()));
    call.tell(parent ? "cli.organisation.moved" : "cli.organisation.moved_alone", {{"slug", organisation.slug}, {"parent", call.text("parent")}});
    return 0;
}

Result<int> run_organisation_list(Invocation& call)
{
    auto application = TRY(call.open(Use::Read));
    auto const all = application->organisations.all();
    std::map<OrganisationId, std::string> slugs;
    for (auto const& organisation : all) slugs.emplace(organisation.id, organisation.slug);
    auto const parent_of = [&](accounts::OrganisationInfo const& organisation) { return organisation.parent ? slugs.at(*organisation.parent) : std::string{}; };
    if (call.json()) {
        JsonWriter out;
        out.begin_object().key("items").begin_array();
        for (auto const& organisation : all) {
            out.begin_object();
            write_members(out, organisation, parent_of(organisation));
            out.end_object();
        }
        out.end_array().member("page", 1).member("per_page", all.size()).member("total", all.size()).end_object();
        call.out << out.text() << "\n";
        return 0;
    }
    if (all.empty()) {
        call.tell("cli.organisation.none");
        return 0;
    }
    std::vector<std::vector<std::string>> rows;
    for (auto const& organisation : all)
        rows.push_back({organisation.slug, organisation.name, call.say("organisation_kind." + organisation.kind), parent_of(organisation)});
    print_table(call.out, {call.say("cli.column.slug"), call.say("cli.column.name"), call.say("cli.column.kind"), call.say("cli.column.parent")}, rows);
    return 0;
}

Result<int> run_organisation_show(Invocation& call)
{
    auto application = TRY(call.open(Use::Read));
    auto const organisation = TRY(organisation_of(*application, call.text("slug")));
    auto const head = application->ledger.head(organisation.id);
    auto const store = application->records(organisation.id);
    JsonWriter out;
    out.begin_object();
    write_members(out, organisation, parent_slug(*application, organisation));
    out.key("registers").begin_array();
    std::vector<std::vector<std::string>> rows;
    for (auto const* kind : application->registers.all()) {
        std::int64_t total = 0;
        for (auto const& [status, count] : store.count_by_status(*kind)) total += count;
        out.begin_object().member("register", kind->slug).member("total", total).end_object();
        rows.push_back({call.say("register." + std::string{kind->slug}), call.locale.number(total)});
    }
    out.end_array().key("ledger").begin_object().member("size", static_cast<std::int64_t>(head.size)).member("root", to_base64(head.root));
    if (head.checkpoint_at) out.member("checkpoint_at", to_text(*head.checkpoint_at));
    else out.null_member("checkpoint_at");
    out.end_object().end_object();
    if (call.json()) {
        call.out << out.text() << "\n";
        return 0;
    }
    auto const none = call.say("cli.none");
    call.out << organisation.name << " (" << organisation.slug << ")\n";
    rows.push_back({call.say("cli.column.kind"), call.say("organisation_kind." + organisation.kind)});
    rows.push_back({call.say("cli.column.parent"), organisation.parent ? parent_slug(*application, organisation) : none});
    rows.push_back({call.say("cli.column.zone"), organisation.zone});
    rows.push_back({call.say("cli.column.history"), call.locale.number(static_cast<std::int64_t>(head.size))});
    rows.push_back({call.say("cli.column.checkpoint"), head.checkpoint_at ? Locale(call.locale.language(), organisation.zone).instant(*head.checkpoint_at) : none});
    print_table(call.out, {"", ""}, rows);
    return 0;
}

}  // namespace greffier::cli
