// The compliance file from the command line, and its check by whoever received it.
#include <fstream>
#include <ostream>
#include <sstream>

#include "accounts/memberships.hpp"
#include "cli/commands.hpp"
#include "core/json_writer.hpp"
#include "overview/compliance_check.hpp"
#include "overview/compliance_file.hpp"
#include "records/list_query.hpp"
#include "records/vocabulary.hpp"

namespace greffier::cli {

namespace {

/// What the journal keeps of it: codes and an instant.
accounts::JournalNote note_of(overview::FileWish const& wish, OrganisationId organisation)
{
    accounts::JournalNote note{.event = "exported", .organisation = organisation, .actor = accounts::command_line_actor(organisation).id, .subject = "compliance-file"};
    if (wish.at) note.details["at"] = to_text(*wish.at);
    if (wish.confidential) note.details["confidential"] = "yes";
    if (!wish.reason.empty()) note.details["reason"] = wish.reason;
    return note;
}

Result<std::string> text_of(std::string const& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) return Error::not_found("archive.no_file", {{"path", path}});
    return text.str();
}

}  // namespace

Result<int> run_compliance_file(Invocation& call)
{
    auto application = TRY(call.open(app::OpenWish::Use::Read));
    auto const organisation = TRY(organisation_of(*application, call.text("organisation")));
    auto const now = application->now();
    overview::FileWish wish{.registers = call.texts("register"), .attachments = !call.has("without-attachments"), .confidential = call.has("confidential"), .reason = call.text("reason")};
    if (call.has("at")) wish.at = TRY(records::parse_at(call.text("at"), organisation.zone, now));
    TRY(overview::check_wish(wish, organisation, *records::known_registers(application->machinery, organisation.id)));
    auto const target = TRY(output_file(call.text("o")));
    auto const key = SigningKey::from_seed(TRY(application->directory.ledger_key()));
    application->journal.keep(note_of(wish, organisation.id), now);
    Locale const locale(call.settings.of("lang").origin == app::Origin::Option ? call.locale.language() : organisation.language, organisation.zone);
    auto const written = TRY(overview::write_compliance_file({application->machinery, application->vault, key, application->directory.temporary(), organisation, accounts::Sight::everything(),
                                                              locale.text("actor.command_line"), locale, now},
                                                             wish, target, {}));
    if (call.json()) {
        JsonWriter out;
        out.begin_object().member("file", std::string_view{target.string()}).member("files", written.files).member("records", written.records);
        out.member("ledger_size", static_cast<std::int64_t>(written.ledger_size)).member("fingerprint", std::string_view{to_hex(written.fingerprint)}).end_object();
        call.out << out.text() << "\n";
        return 0;
    }
    call.tell("cli.compliance-file.done", {{"file", target.string()}, {"records", call.locale.number(written.records)}, {"files", call.locale.number(written.files)}, {"fingerprint", to_hex(written.fingerprint)}});
    return 0;
}

Result<int> run_verify(Invocation& call)
{
    overview::CheckWish wish{.key = call.text("key")};
    if (call.has("checkpoint")) wish.checkpoint = TRY(text_of(call.text("checkpoint")));
    auto const checked = TRY(overview::check_compliance_file(call.text("file"), wish));
    int const code = checked.problems.empty() ? 0 : 1;
    if (call.json()) {
        JsonWriter out;
        out.begin_object().member("ok", code == 0).member("files", checked.files).member("fingerprint", std::string_view{to_hex(checked.fingerprint)}).key("signed_at");
        if (checked.signed_at) out.value(std::string_view{to_text(*checked.signed_at)});
        else out.null();
        out.member("ledger_size", static_cast<std::int64_t>(checked.ledger_size)).member("verifier_key", std::string_view{checked.verifier_key}).key("problems").begin_array();
        for (auto const& problem : checked.problems) out.begin_object().member("code", std::string_view{problem.code}).member("file", std::string_view{problem.file}).end_object();
        out.end_array().end_object();
        call.out << out.text() << "\n";
        return code;
    }
    for (auto const& problem : checked.problems) call.tell("compliance_check." + problem.code, {{"file", problem.file}});
    call.tell(code == 0 ? "cli.verify.whole" : "cli.verify.not_whole", {{"files", call.locale.number(checked.files)}});
    if (checked.signed_at) call.tell("cli.verify.signed", {{"when", call.locale.instant(*checked.signed_at)}});
    call.tell("cli.verify.fingerprint", {{"fingerprint", to_hex(checked.fingerprint)}});
    call.tell("cli.verify.log", {{"size", call.locale.number(static_cast<std::int64_t>(checked.ledger_size))}, {"key", checked.verifier_key}});
    return code;
}

}  // namespace greffier::cli
