#pragma once
// Seeing the product as somebody else of an organisation, to help them or to find out what goes wrong: asked for with a reason,
// consented to by that person or by the controller's representative, for some days; half an hour at a time, to read alone. Nothing is
// written, decided or exported under another's name (docs/decisions/0039). Each asking, answer, visit and page is in the journal.

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/journal.hpp"
#include "accounts/memberships.hpp"
#include "core/result.hpp"
#include "mail/outbox.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

struct SeeAsAsked;
struct SeeAsVisited;
using SeeAsConsentId = Id<SeeAsAsked>;
using SeeAsVisitId = Id<SeeAsVisited>;

enum class ConsentState { Asked, Given, Refused, Withdrawn };
std::string_view code_of(ConsentState state);              ///< asked given refused withdrawn
enum class ConsentBasis { None, Person, Controller };
std::string_view code_of(ConsentBasis basis);              ///< "" person controller

struct SeeAsConsent {
    SeeAsConsentId id;
    PersonId person;                     ///< who is seen as
    PersonId asked_by;
    std::string person_name, asker_name, answerer_name;   ///< of today
    std::string reason, answer;          ///< of the asking; of the controller's consent
    int days = 0;
    Timestamp asked_at{};
    ConsentState state{};
    ConsentBasis basis{};
    std::optional<Timestamp> answered_at;
    Timestamp ends_at{};                 ///< of the question, then of the consent

    [[nodiscard]] bool waits(Timestamp now) const { return state == ConsentState::Asked && now < ends_at; }
    [[nodiscard]] bool holds(Timestamp now) const { return state == ConsentState::Given && now < ends_at; }
};

struct SeeAsVisit {
    SeeAsVisitId id;
    OrganisationId organisation;
    SeeAsConsentId consent;
    PersonId visitor, person;
    std::string visitor_name, person_name, organisation_slug;
    std::string base;                    ///< what addresses in mail begin with
    Timestamp started_at{}, until{};
    std::optional<Timestamp> ended_at;
    std::string ended;                   ///< "" button time consent sign_out
    std::int64_t pages = 0;              ///< read, once it has ended
};

/// Whoever is told of it in the product, within the transaction that does it.
struct SeeAsNews {
    enum class What { Asked, Ended } what{};
    PersonId person;
    OrganisationId organisation;
};

/// Thread-safe once `tell` is set.
class SeeAs {
public:
    static constexpr std::chrono::minutes longest_visit{30};
    static constexpr std::chrono::hours question_life{24 * 7};
    static constexpr int most_days = 30;

    SeeAs(storage::Database& database, Journal& journal, mail::Outbox& outbox) : database_(database), journal_(journal), outbox_(outbox) {}

    std::function<void(storage::Session&, SeeAsNews const&, Timestamp)> tell = {};

    struct Question {
        PersonId person;
        std::string reason;
        int days = 7;
        std::string base;                ///< what addresses in mail begin with: "https://rgpd.example"
    };
    /// `asker` administers the organisation, or the installation. The person is told, and the representatives where they alone can
    /// consent. Fields: person (unknown_person, see_as_self, see_as_auditor), reason, days; Conflict see_as_waits.
    Result<SeeAsConsentId> ask(Actor const& asker, OrganisationId organisation, Question const& question, Timestamp now);
    /// By the person, from their own session, or by a representative, with a reason, who is not the one who asked. NotFound for others.
    /// Field answer; Conflict see_as_answered, see_as_controller_needed.
    Status answer(Actor const& who, OrganisationId organisation, SeeAsConsentId id, bool give, std::string const& reason, Timestamp now);
    /// By the person, a representative, or the one who asked: at once, visits included.
    Status withdraw(Actor const& who, OrganisationId organisation, SeeAsConsentId id, Timestamp now);
    /// Those the actor may see: all for who administers or represents, else what concerns themselves. Newest first.
    std::vector<SeeAsConsent> consents(Actor const& who, OrganisationId organisation);
    std::vector<SeeAsVisit> visits(Actor const& who, OrganisationId organisation);
    /// What a person consented to and could withdraw, or is asked, wherever that is.
    struct Concerning {
        SeeAsConsent consent;
        std::string organisation_slug, organisation_name;
    };
    std::vector<Concerning> concerning(PersonId person, Timestamp now);

    /// Conflict see_as_over when the consent does not hold (any more), forbidden when it is another's or the one who visits may not.
    Status start(Actor const& visitor, OrganisationId organisation, SeeAsConsentId id, ByteView session_hash, std::string const& base, std::string const& address, Timestamp now);

    /// The visit of a session, and the rights with which it reads: those of the person, without what only they may do. What is over
    /// is ended here, and nothing comes back.
    struct UnderWay {
        SeeAsVisit visit;
        Actor actor;
    };
    std::optional<UnderWay> under_way(ByteView session_hash, Timestamp now);
    /// How: button, time, consent, sign_out. The person is written to. Nothing happens to what has ended.
    void end(SeeAsVisitId visit, std::string_view how, Timestamp now);
    void end_of_session(ByteView session_hash, std::string_view how, Timestamp now);
    /// Those whose time has come, whose session or consent is gone. For the periodic work.
    int end_due(Timestamp now);

private:
    [[nodiscard]] bool entitled(PersonId visitor, OrganisationId organisation, ConsentBasis basis);

    storage::Database& database_;
    Journal& journal_;
    mail::Outbox& outbox_;
};

}  // namespace greffier::accounts
