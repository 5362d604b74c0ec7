#include "cli/reference.hpp"

#include <algorithm>
#include <set>

#include "accounts/actor.hpp"
#include "app/config.hpp"
#include "app/registers.hpp"
#include "cli/command.hpp"
#include "cli/parse.hpp"
#include "compliance/linter.hpp"
#include "core/text.hpp"
#include "mail/kind.hpp"
#include "mail/transport.hpp"
#include "schema/show.hpp"

namespace greffier::cli {

namespace {

using schema::FieldInfo;
using schema::SchemaInfo;

Locale const& french() { static Locale const locale(Language::French); return locale; }
Locale const& english() { static Locale const locale(Language::English); return locale; }

std::string cell(std::string text)
{
    std::string out;
    for (char const c : text) {
        if (c == '|') out += "\\|";
        else out += c == '\n' ? ' ' : c;
    }
    return out;
}

/// "label in French | label in English", the two cells of a key.
std::string both(std::string const& key) { return cell(french().text(key)) + " | " + cell(english().text(key)); }

std::string heading(std::string_view generated_from)
{
    return "<!-- Written by `greffier doctor --reference` from " + std::string{generated_from} + ": do not edit. -->\n\n";
}

std::string kind_of(FieldInfo const& field)
{
    auto text = "`" + std::string{schema::name_of(field.kind)} + "`";
    if (field.list) text += " of [" + std::string{field.list->name} + "](#" + std::string{field.list->name} + ")";
    else if (field.rows && field.rows != &schema::contact_info() && field.rows != &schema::localised_info() && field.rows != &schema::attachment_info())
        text += " of [" + field.rows->name + "](#" + field.rows->name + ")";
    if (!field.link_register.empty()) text += " to `" + field.link_register + "`";
    return text;
}

std::string marks_of(FieldInfo const& field)
{
    std::vector<std::string> marks;
    if (field.required) marks.emplace_back("required");
    else if (field.mandatory) marks.emplace_back("mandatory");
    if (field.read_only) marks.emplace_back("read only");
    if (field.personal_data) marks.emplace_back("personal data");
    if (field.material) marks.emplace_back("material");
    if (field.searchable) marks.emplace_back("searched");
    if (field.max_length > 0) marks.push_back("at most " + std::to_string(field.max_length));
    if (field.since > 1) marks.push_back("since version " + std::to_string(field.since));
    return join(marks, ", ");
}

void write_fields(std::string& out, SchemaInfo const& info)
{
    out += "| field | kind | article | French | English | |\n|---|---|---|---|---|---|\n";
    for (auto const& field : info.fields)
        out += "| `" + field.name + "` | " + kind_of(field) + " | " + field.article + " | " + both(info.name + "." + field.name) + " | " + marks_of(field) + " |\n";
    out += "\n";
}

/// Every schema a record is made of, the record's own first.
void collect(SchemaInfo const& info, std::vector<SchemaInfo const*>& all)
{
    if (std::ranges::find(all, &info) != all.end()) return;
    all.push_back(&info);
    for (auto const& field : info.fields)
        if (field.rows) collect(*field.rows, all);
}

std::vector<schema::List const*> lists_of(std::vector<SchemaInfo const*> const& schemas)
{
    std::vector<schema::List const*> lists;
    for (auto const* info : schemas)
        for (auto const& field : info->fields)
            if (field.list && std::ranges::find(lists, field.list) == lists.end()) lists.push_back(field.list);
    return lists;
}

void write_list(std::string& out, schema::List const& list)
{
    out += "### " + std::string{list.name} + "\n\n" + (list.open ? "Open: codes may be added.\n\n" : "") + "| code | French | English | |\n|---|---|---|---|\n";
    for (auto const& entry : list.entries) {
        std::vector<std::string> marks;
        if (!entry.flags.empty()) marks.emplace_back(entry.flags);
        if (!entry.iri.empty()) marks.emplace_back(entry.iri);
        if (entry.retired) marks.emplace_back("retired");
        out += "| `" + std::string{entry.code} + "` | " + both(std::string{list.name} + "." + std::string{entry.code}) + " | " + join(marks, ", ") + " |\n";
    }
    out += "\n";
}

void write_statuses(std::string& out, records::Register const& kind)
{
    out += "## Statuses\n\n| code | French | English |\n|---|---|---|\n";
    for (auto const status : kind.statuses) out += "| `" + std::string{status} + "` | " + both("status." + std::string{status}) + " |\n";
    if (kind.transitions.empty()) return void(out += "\n");
    out += "\n| from | to | permission | |\n|---|---|---|---|\n";
    for (auto const& step : kind.transitions) {
        std::vector<std::string> marks;
        if (step.needs_reason) marks.emplace_back("with a reason");
        if (step.needs_decision) marks.emplace_back("with the controller's decision");
        if (step.guarded) marks.emplace_back("not while a blocking finding stands");
        out += "| `" + std::string{step.from} + "` | `" + std::string{step.to} + "` | " + std::string{web::name_of(step.permission)} + " | " + join(marks, ", ") + " |\n";
    }
    out += "\n";
}

ReferencePage page_of(records::Register const& kind)
{
    std::string const slug{kind.slug};
    std::string out = heading("the register's declaration") + "# " + slug + "\n\n" + french().text("register." + slug) + " / " + english().text("register." + slug) +
                      ". References " + std::string{kind.prefix} + "-0001. Schema version " + std::to_string(kind.schema->version) + ".\n\n";
    std::vector<SchemaInfo const*> schemas;
    collect(*kind.schema, schemas);
    out += "## Fields\n\n";
    write_fields(out, *kind.schema);
    for (auto const* info : schemas)
        if (info != kind.schema) {
            out += "### " + info->name + "\n\n";
            write_fields(out, *info);
        }
    write_statuses(out, kind);
    auto const lists = lists_of(schemas);
    if (!lists.empty()) out += "## Codes\n\n";
    for (auto const* list : lists) write_list(out, *list);
    return {slug + ".md", std::move(out)};
}

ReferencePage rules_page()
{
    std::string out = heading("the table of rules") + "# Rules of the compliance linter\n\n| rule | severity | article | register | French | English | since |\n|---|---|---|---|---|---|---|\n";
    for (auto const& rule : compliance::all_rules())
        out += "| " + std::string{rule.id} + " | `" + std::string{records::code_of(rule.severity)} + "` | " + std::string{rule.article} + " | `" + std::string{rule.register_slug} + "` | " +
               both("rule." + std::string{rule.id} + ".title") + " | " + std::string{rule.since} + " |\n";
    return {"rules.md", std::move(out)};
}

ReferencePage permissions_page()
{
    using web::Permission;
    std::string out = heading("accounts/actor.cpp") + "# Who may do what\n\n| permission |";
    for (auto const role : accounts::all_roles()) out += " `" + std::string{code_of(role)} + "` |";
    out += "\n|---|" ;
    for (std::size_t i = 0; i < accounts::all_roles().size(); ++i) out += "---|";
    out += "\n";
    for (auto const permission : {Permission::ReadRecords, Permission::WriteRecords, Permission::DecideRecords, Permission::ImportRecords, Permission::ExportRecords,
                                  Permission::ShapeRecords, Permission::ReadJournal, Permission::ExportOrganisation, Permission::AdministerOrganisation, Permission::ApiRead, Permission::ApiWrite, Permission::ApiDecide,
                                  Permission::ApiShape, Permission::ApiAdminister}) {
        out += "| " + std::string{web::name_of(permission)} + " |";
        for (auto const role : accounts::all_roles()) out += accounts::grants(role, permission) ? " yes |" : " |";
        out += "\n";
    }
    return {"permissions.md", std::move(out)};
}

ReferencePage settings_page()
{
    std::string out = heading("app/config.cpp") +
                      "# Settings\n\nFrom `--option`, else the environment, else `greffier.toml` in the data directory, else the default.\n\n"
                      "| option | environment | greffier.toml | default | French | English |\n|---|---|---|---|---|---|\n";
    for (auto const& setting : app::settings()) {
        std::string const name{setting.name};
        auto const option = "`--" + name + (setting.value.empty() ? "" : " " + cell(std::string{setting.value})) + "`";
        out += "| " + (setting.secret ? std::string{} : option) + " | `" + app::environment_name(setting) + "` | " + (setting.in_file ? "`" + name + "`" : "") + " | " +
               (setting.fallback.empty() ? "" : "`" + std::string{setting.fallback} + "`") + " | " + both("setting." + name) + " |\n";
    }
    out += "\n## Ways to sign in\n\nOf each that `sign-in-ways` names: in a table `[sign-in.NAME]` of `greffier.toml`, or from the environment (several values are separated by `;` there).\n\n"
           "| greffier.toml | environment | value | default | French | English |\n|---|---|---|---|---|---|\n";
    for (auto const& setting : app::way_settings()) {
        std::string const name{setting.name};
        out += "| `" + name + "` | `" + app::environment_name({"sign-in-NAME-" + name, ""}) + "` | " + cell(std::string{setting.value}) + " | " +
               (setting.fallback.empty() ? "" : "`" + std::string{setting.fallback} + "`") + " | " + both("way." + name) + " |\n";
    }
    out += "\n## Mailboxes taken in from\n\nOf each that `intake-boxes` names: in a table `[intake.NAME]` of `greffier.toml`, or from the environment.\n\n"
           "| greffier.toml | environment | value | default | French | English |\n|---|---|---|---|---|---|\n";
    for (auto const& setting : app::box_settings()) {
        std::string const name{setting.name};
        out += "| `" + name + "` | `" + app::environment_name({"intake-NAME-" + name, ""}) + "` | " + cell(std::string{setting.value}) + " | " +
               (setting.fallback.empty() ? "" : "`" + std::string{setting.fallback} + "`") + " | " + both("intake.box." + name) + " |\n";
    }
    return {"settings.md", std::move(out)};
}

ReferencePage commands_page()
{
    std::string out = heading("cli/commands.cpp") + "# Commands\n\n";
    for (auto const& command : commands()) out += "## greffier " + std::string{command.name} + "\n\n```\n" + help(command.name, english()) + "```\n\n";
    return {"commands.md", std::move(out)};
}

// --- locale keys -------------------------------------------------------------------------------------------------

void add_keys(std::set<std::string>& keys, SchemaInfo const& info)
{
    for (auto const& field : info.fields) keys.insert(info.name + "." + field.name);
    for (auto const& section : info.sections) keys.insert(info.name + ".section." + section);
}

void add_keys(std::set<std::string>& keys, records::Register const& kind)
{
    std::string const slug{kind.slug};
    for (auto const* word : {"", ".one"}) keys.insert("register." + slug + word);
    for (auto const status : kind.statuses) keys.insert("status." + std::string{status});
    std::vector<SchemaInfo const*> schemas;
    collect(*kind.schema, schemas);
    for (auto const* info : schemas) add_keys(keys, *info);
    for (auto const* info : schemas)
        for (auto const& field : info->fields)
            if (field.kind == schema::Kind::Rows)
                for (auto const* word : {".one", ".add"}) keys.insert(field.rows->name + word);
    for (auto const* list : lists_of(schemas)) {
        if (list->open) keys.insert("list." + std::string{list->name});
        for (auto const& entry : list->entries) keys.insert(std::string{list->name} + "." + std::string{entry.code});
    }
}

void add_keys(std::set<std::string>& keys, Command const& command)
{
    std::string dotted{"cli."};
    for (char const c : command.name) dotted += c == ' ' ? '.' : c;
    keys.insert(dotted + ".help");
    if (auto const last = dotted.rfind('.'); last > 4) keys.insert(dotted.substr(0, last) + ".help");
    for (auto const& option : command.options) {
        auto const own = dotted + "." + std::string{option.name};
        keys.insert(french().find(own) ? own : "cli.option." + std::string{option.name});
    }
}

}  // namespace

std::vector<ReferencePage> reference_pages()
{
    std::vector<ReferencePage> pages;
    for (auto const* kind : app::registers().all()) pages.push_back(page_of(*kind));
    pages.push_back(rules_page());
    pages.push_back(permissions_page());
    pages.push_back(settings_page());
    pages.push_back(commands_page());
    std::string index = heading("the program") + "# Reference\n\n";
    for (auto const& page : pages) index += "- [" + page.name.substr(0, page.name.size() - 3) + "](" + page.name + ")\n";
    pages.push_back({"README.md", std::move(index)});
    return pages;
}

std::vector<std::string> derived_locale_keys()
{
    std::set<std::string> keys;
    for (auto const* kind : app::registers().all()) add_keys(keys, *kind);
    for (auto const& rule : compliance::all_rules())
        for (auto const* word : {".title", ".why", ".remedy"}) keys.insert("rule." + std::string{rule.id} + word);
    for (auto const& command : commands()) add_keys(keys, command);
    for (auto const& option : common_options()) keys.insert("cli.option." + std::string{option.name});
    for (auto const& setting : app::settings()) keys.insert("setting." + std::string{setting.name});
    for (auto const& setting : app::way_settings()) keys.insert("way." + std::string{setting.name});
    for (auto const& setting : app::box_settings()) keys.insert("intake.box." + std::string{setting.name});
    for (auto const role : accounts::all_roles())
        for (auto const* end : {"", ".help", ".short"}) keys.insert("role." + std::string{code_of(role)} + end);
    for (auto const kind : mail::all_kinds()) {
        keys.insert("mail.kind." + std::string{code_of(kind)});
        if (may_be_refused(kind)) keys.insert("accounts.account.mail." + std::string{code_of(kind)});
    }
    for (auto const problem : mail::problems()) keys.insert("mail.problem." + std::string{problem});
    return {keys.begin(), keys.end()};
}

}  // namespace greffier::cli
