#include "records/vocabulary.hpp"

#include <deque>
#include <tuple>

#include "accounts/context.hpp"
#include "records/store.hpp"
#include "records/terms.hpp"

namespace greffier::records {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::size_t most_kept = 4096;   // organisations; beyond, what is used again is loaded again

/// Registers with all they point to.
struct Edition {
    std::deque<schema::Extension> schemas;
    std::deque<Register> kinds;
    std::unique_ptr<Registers> registers;
};

/// Equal texts, equal registers.
std::string content_of(std::vector<schema::AddedTerm> const& terms)
{
    std::string text;
    for (auto const& term : terms)
        for (auto const& part : {term.list, term.code, term.label_fr, term.label_en, std::string{term.retired ? "1" : "0"}}) {
            text += part;
            text += '\0';
        }
    return text;
}

Vocabulary::Held edition_of(Registers const& shipped, std::vector<schema::AddedTerm> terms)
{
    auto edition = std::make_shared<Edition>();
    std::vector<Register const*> all;
    schema::Additions const additions{std::move(terms), {}};
    for (auto const* kind : shipped.all()) {
        auto const& extended = edition->schemas.emplace_back(*kind->schema, additions);
        if (&extended.info() == kind->schema) {
            all.push_back(kind);
            continue;
        }
        auto& own = edition->kinds.emplace_back(*kind);
        own.schema = &extended.info();
        all.push_back(&own);
    }
    edition->registers = std::make_unique<Registers>(std::move(all));
    auto const* registers = edition->registers.get();
    return {std::move(edition), registers};
}

std::string stamp_in(Session& session)
{
    auto rows = session.query(SqlText{"SELECT value FROM installation WHERE key='vocabulary'"});
    return rows.next() ? rows.text(0) : std::string{};
}

}  // namespace

void Vocabulary::changed(Session& session)
{
    session.execute(SqlText{"INSERT INTO installation(key, value) VALUES('vocabulary', ?) ON CONFLICT(key) DO UPDATE SET value=excluded.value"}, Uuid::make().text());
}

Vocabulary::Held Vocabulary::known(OrganisationId organisation, std::string_view stamp) const
{
    // Nobody ever added anything: the shipped registers, which this does not own.
    if (stamp.empty()) return {std::shared_ptr<void>{}, &shipped_};
    std::lock_guard const lock(mutex_);
    auto const found = by_organisation_.find(organisation.uuid);
    return found != by_organisation_.end() && found->second.stamp == stamp ? found->second.held : Held{};
}

Vocabulary::Held Vocabulary::load(Session& session, OrganisationId organisation, std::string_view stamp) const
{
    auto terms = Terms::added_in(session, organisation);
    auto const content = content_of(terms);
    Held held{std::shared_ptr<void>{}, &shipped_};
    std::lock_guard const lock(mutex_);
    if (!content.empty()) {
        auto& shared = by_content_[content];
        held = shared.lock();
        if (!held) shared = held = edition_of(shipped_, std::move(terms));
    }
    if (by_organisation_.size() >= most_kept) by_organisation_.clear();
    by_organisation_[organisation.uuid] = {std::string{stamp}, held};
    std::erase_if(by_content_, [](auto const& entry) { return entry.second.expired(); });
    return held;
}

Vocabulary::Held Vocabulary::of(Session& session, OrganisationId organisation) const
{
    auto const stamp = stamp_in(session);
    if (auto held = known(organisation, stamp)) return held;
    return load(session, organisation, stamp);
}

Vocabulary::Held Vocabulary::of(OrganisationId organisation, std::string_view stamp) const
{
    if (auto held = known(organisation, stamp)) return held;
    // The stamp may be older than the terms about to be read: read again, they go together.
    return of(organisation);
}

Registers const& known_registers(Machinery const& machinery, accounts::Context& context)
{
    if (!machinery.vocabulary) return machinery.registers;
    auto held = machinery.vocabulary->of(context.where().id, context.where().vocabulary);
    context.kept = held;
    return *held;
}

Vocabulary::Held known_registers(Machinery const& machinery, OrganisationId organisation)
{
    if (machinery.vocabulary) return machinery.vocabulary->of(organisation);
    return {std::shared_ptr<void>{}, &machinery.registers};
}

Vocabulary::Held Vocabulary::of(OrganisationId organisation) const { return of(*database_.read(), organisation); }

}  // namespace greffier::records
