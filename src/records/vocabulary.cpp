#include "records/vocabulary.hpp"

#include <deque>
#include <tuple>

#include "accounts/context.hpp"
#include "core/text.hpp"
#include "records/custom_fields.hpp"
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

struct Added {
    std::vector<schema::AddedTerm> terms;
    std::map<std::string, std::vector<schema::AddedField>, std::less<>> fields;   ///< by register
};

/// Equal texts, equal registers.
std::string content_of(Added const& added)
{
    std::string text;
    auto say = [&text](std::initializer_list<std::string_view> parts) {
        for (auto const part : parts) {
            text += part;
            text += '\0';
        }
    };
    auto yes = [](bool truth) { return truth ? std::string_view{"1"} : std::string_view{"0"}; };
    for (auto const& term : added.terms) say({"t", term.list, term.code, term.label_fr, term.label_en, yes(term.retired)});
    for (auto const& [slug, fields] : added.fields)
        for (auto const& [field, options] : fields) {
            say({"f", slug, field.name, schema::name_of(field.kind), field.section, field.link_register, yes(field.required), yes(field.in_list), yes(field.searchable),
                 yes(field.retired), field.label_fr, field.label_en, field.help_fr, field.help_en});
            for (auto const& option : options) say({"o", option.code, option.label_fr, option.label_en, yes(option.retired)});
        }
    return text;
}

Vocabulary::Held edition_of(Registers const& shipped, Added added)
{
    auto edition = std::make_shared<Edition>();
    std::vector<Register const*> all;
    schema::Additions additions{std::move(added.terms), {}};
    for (auto const* kind : shipped.all()) {
        auto const fields = added.fields.find(kind->slug);
        additions.fields = fields == added.fields.end() ? std::vector<schema::AddedField>{} : std::move(fields->second);
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
    Added added{Terms::added_in(session, organisation), CustomFields::added_in(session, organisation)};
    auto const content = content_of(added);
    Held held{std::shared_ptr<void>{}, &shipped_};
    std::lock_guard const lock(mutex_);
    if (!content.empty()) {
        auto& shared = by_content_[content];
        held = shared.lock();
        if (!held) shared = held = edition_of(shipped_, std::move(added));
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

Result<Register const*> register_of_path(Machinery const& machinery, accounts::Context& context, web::Request const& request)
{
    auto const named = request.param("register");
    auto const* kind = known_registers(machinery, context).find(named);
    if (!kind) return Error::not_found("unknown_register", {{"value", shorten(named, 60)}});
    return kind;
}

Vocabulary::Held known_registers(Machinery const& machinery, OrganisationId organisation)
{
    if (machinery.vocabulary) return machinery.vocabulary->of(organisation);
    return {std::shared_ptr<void>{}, &machinery.registers};
}

Vocabulary::Held Vocabulary::of(OrganisationId organisation) const { return of(*database_.read(), organisation); }

}  // namespace greffier::records
