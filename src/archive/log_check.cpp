#include "archive/log_check.hpp"

#include <algorithm>

namespace greffier::archive {

using ledger::Action;

namespace {

std::optional<Action> action_named(std::string_view code)
{
    for (auto const action : {Action::Create, Action::Update, Action::Delete, Action::Restore, Action::Erase, Action::Import, Action::Key, Action::Transfer})
        if (ledger::code_of(action) == code) return action;
    return std::nullopt;
}

/// The entry of a line; its bytes are the canonical ones, or it is refused.
Result<ledger::Entry> parse_entry(std::string_view line, Place const& place)
{
    auto object = TRY(JsonObject::parse(line, place));
    ledger::Entry entry;
    auto const action = action_named(object.text("action", 60));
    if (!action) return damaged(place);
    entry.action = *action;
    entry.organisation = {object.id("organisation")};
    entry.sequence = static_cast<std::uint64_t>(object.number("sequence"));
    entry.time = object.instant("time");
    entry.clock_went_back = object.truth("clock_went_back");
    if (!object.is_null("actor")) entry.actor = object.id("actor");
    if (!object.is_null("register")) entry.register_slug = object.text("register", 100);
    if (!object.is_null("record")) entry.record = object.id("record");
    if (!object.is_null("commitment")) entry.commitment = object.hash("commitment");
    if (!object.is_null("note")) entry.note = object.text("note", 10'000);
    entry.version = object.number("version");
    entry.schema_version = static_cast<int>(object.number("schema_version", 0, 1'000'000));
    TRY(object.sound());
    if (ledger::canonical(entry) != line) return damaged(place);
    return entry;
}

}  // namespace

Result<LogCheck> LogCheck::read(ArchiveReader const& archive)
{
    LogCheck check;
    ledger::Frontier frontier;
    Timestamp last{};
    auto const& manifest = archive.manifest();
    TRY(archive.each_line(part::entries, [&](std::string_view line, Place const& place) -> Status {
        auto const entry = TRY(parse_entry(line, place));
        if (entry.organisation != manifest.organisation || entry.sequence != frontier.size || (frontier.size > 0 && entry.time < last))
            return Error::invalid("archive.history", {{"line", std::to_string(place.line)}});
        last = entry.time;
        if (frontier.size == 0) check.is_copy_ = entry.action == Action::Transfer;
        frontier.append(ledger::leaf_hash(line));
        auto slug = std::ranges::find(check.registers_, entry.register_slug);
        if (slug == check.registers_.end()) slug = check.registers_.insert(slug, entry.register_slug);
        check.entries_.push_back({entry.record, entry.actor, entry.commitment, entry.time, entry.version, entry.schema_version,
                                  static_cast<std::size_t>(slug - check.registers_.begin()), entry.action, entry.register_slug.empty()});
        return Nothing{};
    }));
    if (frontier.size != manifest.ledger_size || frontier.root() != manifest.ledger_root) return Error::invalid("archive.root");
    // The key that signed is in the archive itself: this tells damage, not who sent it. Who must know compares the key.
    auto const key = ledger::public_key_in(manifest.verifier_key);
    auto const point = key ? ledger::open_checkpoint(manifest.checkpoint, *key) : std::nullopt;
    if (!point || point->origin != ledger::origin_of(manifest.organisation) || point->size != frontier.size || point->root != frontier.root())
        return Error::invalid("archive.checkpoint");
    return check;
}

bool LogCheck::vouches(std::string_view register_slug, Uuid const& record, KeptVersion const& version)
{
    if (!version.sequence || *version.sequence < 0 || static_cast<std::size_t>(*version.sequence) >= entries_.size()) return false;
    auto& entry = entries_[static_cast<std::size_t>(*version.sequence)];
    if (entry.asked || registers_[entry.register_index] != register_slug || entry.record != record || entry.version != version.number || entry.schema_version != version.schema_version) return false;
    bool const copied = is_copy_ && entry.action == Action::Import;
    if (copied ? entry.time < version.recorded_at : entry.time != version.recorded_at || entry.actor != version.actor.value_or(Uuid{})) return false;
    if (version.body && ledger::commit(*version.salt, as_bytes(*version.body)) != entry.commitment) return false;
    return entry.asked = true;
}

bool LogCheck::is_complete() const
{
    return std::ranges::all_of(entries_, [](Vouched const& entry) { return entry.asked || entry.action == Action::Erase; });
}

}  // namespace greffier::archive
