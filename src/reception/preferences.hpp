#pragma once
// What one person agreed to: their consents, found by the identifier the collecting system knows them by; to withdraw, confirm
// or give them again.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/store.hpp"
#include "registers/consent/consent.hpp"
#include "registers/consent/point.hpp"

namespace greffier::reception {

struct Held {
    records::Stored record;
    consent::Consent consent;
    std::optional<consent::Point> point;   ///< absent: it is gone
    std::string point_status;
    [[nodiscard]] std::string const& status() const { return record.head.status; }
    [[nodiscard]] bool may_withdraw() const { return status() == "given" || status() == "expired"; }
    /// Withdrawn, and still offered where it was given.
    [[nodiscard]] bool may_give_again() const;
};

/// Lives for one request; not thread-safe.
class Preferences {
public:
    Preferences(records::Machinery const& machinery, records::Register const& consents, records::Register const& points, OrganisationId organisation, accounts::Sight sight)
        : machinery_(machinery), consents_(consents), points_(points), organisation_(organisation), sight_(std::move(sight)) {}

    /// Of the person of that consent: the last of each point and purpose, by purpose. NotFound.
    [[nodiscard]] Result<std::vector<Held>> of_record(RecordId consent) const;
    /// All of that identifier, newest first.
    [[nodiscard]] std::vector<Held> all_of(std::string const& identifier) const;
    /// One consent of each person who gave that address.
    [[nodiscard]] std::vector<Held> reached_at(std::string const& email) const;
    [[nodiscard]] Result<Held> one(RecordId consent) const;
    /// Those of a point that hold, with the last day they are fresh; where `today` is past it.
    [[nodiscard]] std::vector<Held> stale_of(RecordId point, Date today, std::string const& zone) const;

    /// Inside a write. The instant of a withdrawal is the batch's.
    Status withdraw_in(records::Batch& batch, RecordId consent, consent::Channel channel) const;
    Status confirm_in(records::Batch& batch, RecordId consent, Date today) const;
    Status ask_again_in(records::Batch& batch, RecordId consent, Date today) const;
    Status expire_in(records::Batch& batch, RecordId consent) const;
    /// Another consent, with the words that are shown today.
    Status give_again_in(records::Batch& batch, Held const& held, Timestamp now, Date today, std::string const& evidence) const;

    [[nodiscard]] records::Register const& kind() const { return consents_; }

private:
    [[nodiscard]] Result<Held> held_of(records::Stored stored) const;
    [[nodiscard]] consent::Consent consent_of(schema::Row const& row) const;
    Status change_in(records::Batch& batch, RecordId consent, std::function<void(consent::Consent&)> const& change) const;

    records::Machinery const& machinery_;
    records::Register const& consents_;
    records::Register const& points_;
    OrganisationId organisation_;
    accounts::Sight sight_;
};

}  // namespace greffier::reception
