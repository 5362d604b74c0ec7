#pragma once
// Sight: which records of an organisation somebody sees. Made in one place, from the roles held (memberships.cpp,
// tokens.cpp, acting.cpp), and asked for by the constructor of every store that reads records: what it opens to read is
// a Seen, through which statements cannot reach what is hidden (storage/narrowed.hpp). What is hidden is NotFound.
// Why it is so, and what each role sees: docs/decisions/0036.

#include <optional>
#include <string>
#include <vector>

#include "accounts/role.hpp"
#include "core/id.hpp"
#include "storage/narrowed.hpp"

namespace greffier::accounts {

/// What is known of whoever holds roles in an organisation.
struct Viewer {
    std::vector<Role> roles;
    std::optional<PersonId> person;
    Uuid actor;                          ///< of the records one made oneself
    std::optional<Uuid> limited_by;      ///< the contributor's role whose services bound it; absent: none does
    bool keeps_restricted = true;        ///< the organisation has a restricted record; false spares the condition
};

class Sight {
public:
    /// Of nobody: no record at all.
    Sight() = default;
    /// The program itself: the command line, the nightly work, the linter. Uses are counted by a test.
    static Sight everything();
    static Sight of(Viewer const& viewer);

    /// The narrower of two: a token sees no more than its role would, and no more than its maker does today.
    [[nodiscard]] Sight within(Sight const& maker) const;

    [[nodiscard]] bool is_everything() const { return reach_ == Reach::Everything; }
    /// Some records are hidden for another reason than being restricted: one's own services, or what one is named on.
    [[nodiscard]] bool is_partial() const { return reach_ < Reach::Open; }
    /// What of it one may change: a reader's role beside a limited contributor's shows more than it lets write.
    [[nodiscard]] Sight writing() const;
    /// By their role; whoever is named on a restricted record sees that one without.
    [[nodiscard]] bool sees_restricted() const { return sees_restricted_; }
    [[nodiscard]] std::optional<PersonId> person() const { return person_.uuid.is_nil() ? std::nullopt : std::optional{person_}; }
    [[nodiscard]] bool may_create() const { return written_ > Reach::Named; }
    /// The role whose services bound what is written; absent when none does.
    [[nodiscard]] std::optional<Uuid> limited_by() const { return written_ == Reach::Services ? std::optional{limited_by_} : std::nullopt; }
    /// The tables that are read through a condition, and the values it binds.
    [[nodiscard]] storage::Screens screens() const;
    [[nodiscard]] std::vector<Uuid> values() const { return {person_.uuid, actor_, limited_by_}; }

private:
    /// From less to more.
    enum class Reach {
        Named,         ///< the records one is named on
        Services,      ///< and those of one's services, and those one made
        Open,          ///< and all that are not restricted
        Everything,
    };
    Reach reach_ = Reach::Named, written_ = Reach::Named;
    bool sees_restricted_ = false;
    PersonId person_;
    Uuid actor_, limited_by_;
};

/// A reader's session as somebody may read by it. Belongs to one thread; must not outlive the database.
class Seen {
public:
    /// For work in one organisation.
    Seen(storage::Database& database, OrganisationId organisation, Sight const& sight);
    /// Within a write: what the transaction sees, of what may be seen. `session` must outlive it.
    Seen(storage::Session& session, Sight const& sight);
    /// For one person in all their organisations, by their roles of this instant.
    static Seen across(storage::Database& database, PersonId person);
    static Seen across(storage::Session& session, PersonId person);
    /// The whole installation, for whoever sees everything wherever they may look, or as `sight` says.
    static Seen anywhere(storage::Database& database, Sight const& sight);

    storage::Session* operator->() const { return session_; }
    storage::Session& operator*() const { return *session_; }

private:
    explicit Seen(storage::Database::Lease lease) : lease_(std::move(lease)), session_(lease_.get()) {}
    void narrow(storage::Screens screens, std::vector<Uuid> values);

    storage::Database::Lease lease_;
    std::unique_ptr<storage::Session> narrowed_;
    storage::Session* session_ = nullptr;
};

/// The services of a limited contributor's role, by name; `service` is what records of it hold (service_key()).
struct ServiceOf {
    std::string service, name;
};
std::vector<ServiceOf> services_of(storage::Session& session, Uuid membership);
/// Two ways of writing one service's name have one key. Empty for no name.
std::string service_key(std::string_view name);

/// In the column `service` of a record: everybody's; and not looked at yet.
inline constexpr std::string_view common_service = "*", unknown_service = "?";

/// True when `role` sees restricted records without being named on them.
bool sees_restricted(Role role);

}  // namespace greffier::accounts
