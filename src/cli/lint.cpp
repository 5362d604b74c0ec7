#include <algorithm>
#include <ostream>

#include "app/file_lint.hpp"
#include "app/registers.hpp"
#include "cli/commands.hpp"

namespace greffier::cli {

namespace {

using compliance::LintItem;
using compliance::LintSource;

int report(Invocation& call, LintSource const& source, std::vector<LintItem> const& items)
{
    auto const format = call.json() ? "json" : call.has("format") ? call.text("format") : "text";
    auto text = format == "json" ? compliance::lint_json(source, items) : format == "sarif" ? compliance::lint_sarif(source, items, call.locale) : compliance::lint_text(source, items, call.locale);
    call.out << text << (text.ends_with('\n') ? "" : "\n");
    auto const least = records::parse_severity(call.has("fail-on") ? call.text("fail-on") : "minor");
    return std::ranges::any_of(items, [&](LintItem const& item) {
        return std::ranges::any_of(item.findings, [&](records::Finding const& finding) { return finding.severity >= *least; });
    });
}

Result<int> lint_one_file(Invocation& call)
{
    auto const file = call.text("file");
    auto const lint = TRY(app::lint_file(file, app::registers(), local_date(SystemClock{}.now(), call.locale.zone())));
    for (auto const* record : lint.refused)
        call.err << "greffier" << call.say("punctuation.colon") << file << " " << record->place << call.say("punctuation.colon") << describe(*record->refused, call.locale) << "\n";
    return report(call, {"", file}, lint.items);
}

}  // namespace

Result<int> run_lint(Invocation& call)
{
    if (call.has("file") && call.has("organisation")) return Error::invalid("cli_lint_one");
    if (call.has("file")) return lint_one_file(call);
    if (!call.has("organisation")) return Error::invalid("cli_lint_which");
    auto application = TRY(call.open(app::OpenWish::Use::Read));
    auto const organisation = TRY(organisation_of(*application, call.text("organisation")));
    // Rules read the clock: what was found when a record was written may no longer be what is wrong today.
    records::examine_all(application->machinery, organisation.id, application->now(), organisation.zone);
    auto const store = application->records(organisation.id);
    std::vector<records::Stored> kept;
    std::vector<LintItem> items;
    std::vector<records::Register const*> kinds;
    for (auto const* kind : application->registers.all())
        store.each(*kind, std::nullopt, [&](records::Stored const& stored) {
            kept.push_back(stored);
            kinds.push_back(kind);
        });
    for (std::size_t i = 0; i < kept.size(); ++i) {
        auto const& head = kept[i].head;
        items.push_back({head.id.text(), head.reference, head.title, std::string{kinds[i]->slug}, store.findings(head.id), std::nullopt, kinds[i]->schema, &kept[i].row});
    }
    return report(call, {organisation.slug, ""}, items);
}

}  // namespace greffier::cli
