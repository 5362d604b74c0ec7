#pragma once
// What carries data (supports): hardware, software, channels, paper, premises; where it stands, who looks after it, how it
// is protected.

#include <optional>
#include <string>
#include <vector>

#include "registers/asset/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::asset {

using schema::Country;
using schema::Duration;
using schema::Term;
using schema::Text;

/// A test of the encryption of a site or service as it is seen from outside.
struct TlsCheck {
    std::string id;
    std::optional<Date> checked_on;
    std::string address;
    std::optional<TlsGrade> grade;
    std::optional<Date> certificate_until;
    std::string remarks;
};

struct Asset {
    // what it is
    std::string name;
    std::optional<Family> family;
    std::optional<Term<AssetTypes>> type;
    std::string inventory_number, serial_number, maker, model, version;
    Text description;
    std::optional<bool> holds_data;                ///< personal data is kept on it
    Text data_held;
    std::string service;
    schema::Contact owner;
    std::optional<Criticality> criticality;
    // where it stands
    Country country;
    std::string site, datacentre;
    std::optional<ProcessorId> host;
    // how it is protected
    bool mobile = false, exposed = false;
    std::optional<bool> encrypted, logging;
    std::optional<Duration> log_retention;
    Text log_retention_reason;
    std::optional<PasswordCase> password_case;
    std::optional<std::int64_t> password_length;
    std::vector<Characters> password_characters;
    std::optional<std::int64_t> password_words;
    std::vector<TlsCheck> tls_checks;
    // its life
    std::optional<Date> inventory_date, commissioned_on, end_of_support, disposed_on;
    std::string disposal_proof;
    Text notes;
    std::vector<schema::Attachment> attachments;

    /// Leaves the premises, by what is said of it or by its kind.
    [[nodiscard]] bool is_mobile() const { return mobile || (type && type->has_flag("mobile")); }
    [[nodiscard]] bool is_system() const { return type && type->has_flag("system"); }
    [[nodiscard]] bool is_hosted() const { return type && type->has_flag("hosted"); }
    [[nodiscard]] bool is_critical() const { return criticality == Criticality::High || criticality == Criticality::Vital; }
    /// The latest test of its encryption; nullptr when there is none.
    [[nodiscard]] TlsCheck const* last_tls_check() const;
};

schema::Schema<TlsCheck> const& schema_of(TlsCheck const*);
schema::Schema<Asset> const& schema_of(Asset const*);
inline schema::Schema<Asset> const& asset_schema() { return schema_of(static_cast<Asset const*>(nullptr)); }

}  // namespace greffier::asset
