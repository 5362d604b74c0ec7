#pragma once
// Organisations made together: a sound plan is kept, carried out some lines at a time (each group in one transaction, which
// can be asked for again), and taken back as a whole while nothing was written in what it made.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "accounts/correspondence.hpp"
#include "accounts/memberships.hpp"
#include "accounts/organisation.hpp"
#include "founding/model.hpp"
#include "founding/plan.hpp"
#include "records/store.hpp"

namespace greffier::founding {

struct Founding;
using FoundingId = Id<Founding>;

enum class State { Ready, Making, Made, Undoing, Undone };
std::string_view code_of(State state);

struct Founding {
    FoundingId id;
    std::optional<OrganisationId> under;
    Uuid actor;
    std::optional<PersonId> person;               ///< who asked; absent: the command line
    std::string file_name, base;
    std::optional<Model> model;
    State state = State::Ready;
    std::int64_t wanted = 0, made = 0;
    std::int64_t left_alone = 0;                  ///< by an undoing: somebody had written there
    Timestamp created_at{};
    std::optional<Timestamp> finished_at;
};

/// A line as it is kept.
struct KeptLine {
    std::size_t line = 0;
    std::string name, slug;                       ///< slug: of the organisation made, else of the one that will be
    std::optional<OrganisationId> made;
    bool written_in = false;                      ///< more than at birth
};

struct Wish {
    std::optional<OrganisationId> under;
    Uuid actor;
    std::optional<PersonId> person;
    std::string file_name;
    std::string base = {};                        ///< "https://rgpd.example": letters lead there; empty: nobody is written to
    std::optional<Model> model;
};

/// What the work needs. Outlives it.
struct Means {
    records::Machinery const& machinery;
    accounts::Organisations& organisations;
    accounts::Correspondence* post = nullptr;     ///< absent: nobody is written to
};

/// Thread-safe.
class Foundings {
public:
    explicit Foundings(Means means) : means_(means) {}

    /// Keeps what the plan makes. Error founding.nothing_to_make, founding.not_sound.
    Result<FoundingId> keep(Plan const& plan, Wish const& wish, Timestamp now) const;
    [[nodiscard]] Result<Founding> find(FoundingId id) const;
    /// Those made under one organisation (none: by the command line), newest first.
    [[nodiscard]] std::vector<Founding> list(std::optional<OrganisationId> under, int limit = 50) const;
    [[nodiscard]] std::vector<KeptLine> lines(FoundingId id) const;

    /// Called at the beginning of each transaction: a job asks for its lease there.
    using Hold = std::function<void(storage::Session&)>;
    /// Makes the next lines, at most `count`; how many are left. The line at fault is in the Error's argument "line".
    Result<std::int64_t> make_some(Founding const& founding, ModelContent const* model, int count, Timestamp now, Hold const& hold = {}) const;
    /// From Ready to Making, from Made to Undoing. Conflict founding.other_state.
    Status begin(FoundingId id, State to) const;
    /// Takes back the next organisations that nobody wrote in, those below first; how many are left.
    Result<std::int64_t> undo_some(FoundingId id, int count, Timestamp now, Hold const& hold = {}) const;
    /// True when every organisation that was made is as it was born.
    [[nodiscard]] bool is_untouched(FoundingId id) const;
    /// A plan nobody carried out goes after a day, with the addresses it holds. For the daily job.
    int forget_unmade(Timestamp now) const;

private:
    Means means_;
};

/// May `actor` make organisations under the one he stands in? Whoever administers it with the branch below, and whoever
/// runs the installation.
bool may_found(accounts::Actor const& actor);
/// The parts of a model that this person may take: records and profile only of what they may read.
bool may_take(storage::Database& database, PersonId person, Model const& model, bool installation_administrator);

}  // namespace greffier::founding
