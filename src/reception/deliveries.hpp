#pragma once
// Answers given behind a follow-up address: files of the record, a code that came by another way, so many downloads until a
// day, and what becomes of it kept as proof. Names and contents of the files stay in the record, sealed under its key.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::reception {

struct Delivered;
using DeliveryId = Id<Delivered>;

/// How the person gets the code: never by the way of the address.
enum class CodeWay { Mail, Phone, Post, Desk };
std::string_view code_of(CodeWay way);                       ///< "mail" "phone" "post" "desk"
std::optional<CodeWay> parse_code_way(std::string_view code);

struct DeliveryFile {
    std::string attachment;          ///< of the record
    std::string sha256;              ///< of the plain content, in hexadecimal
    std::int64_t size = 0;
    std::int64_t downloads = 0;
};

struct Delivery {
    enum class State { Ready, Used, Expired, Withdrawn, Locked };

    DeliveryId id;
    RecordId record;
    Timestamp made_at{};
    Uuid made_by;
    CodeWay way{};
    Timestamp expires_at{};
    std::int64_t most_downloads = 0; ///< of each file
    std::int64_t wrong_codes = 0;
    std::optional<Timestamp> try_again_at, locked_at, withdrawn_at;
    std::vector<DeliveryFile> files = {};

    [[nodiscard]] State state(Timestamp now) const;
    [[nodiscard]] DeliveryFile const* file(std::string_view attachment) const;
    /// Of all its files.
    [[nodiscard]] std::int64_t downloads() const;
};
std::string_view code_of(Delivery::State state);             ///< "ready" "used" "expired" "withdrawn" "locked"

struct TraceLine {
    Timestamp at{};
    std::string what;                ///< "made" "wrong_code" "locked" "downloaded" "withdrawn"
    std::string network;             ///< the first part of an address: "192.0.2.0/24"
    std::string sha256;              ///< of what was downloaded
};

struct DeliveryDefaults {
    std::int64_t downloads = 5, days = 15;
};
constexpr std::int64_t most_downloads_ever = 50, most_days_ever = 90;
constexpr std::int64_t wrong_codes_before_lock = 8;

/// The store of one organisation. `key`: 32 bytes of this installation; it outlives the store. Thread-safe.
class Deliveries {
public:
    Deliveries(storage::Database& database, OrganisationId organisation, Secret<Bytes> const& key) : database_(database), organisation_(organisation), key_(key) {}

    struct New {
        RecordId record;
        Uuid by;
        CodeWay way{};
        std::int64_t downloads = 0, days = 0;
        std::vector<DeliveryFile> files;
    };
    struct Made {
        DeliveryId id;
        std::string code;            ///< "4827-1930-55": shown once
    };
    /// In place of the one there is. Errors: fields downloads, days, files.
    [[nodiscard]] Status check(New const& wish) const;
    Made make_in(storage::Session& session, New const& wish, Timestamp now) const;

    [[nodiscard]] std::vector<Delivery> of(RecordId record) const;                ///< newest first
    [[nodiscard]] std::vector<TraceLine> trace(DeliveryId id) const;              ///< oldest first
    Status withdraw(RecordId record, Uuid by, Timestamp now) const;

    struct Taken {
        enum class Outcome { Given, First, WrongCode, Wait, Locked, Closed };   ///< First: nothing of it was taken before
        Outcome outcome{};
        std::chrono::seconds wait{};
        std::int64_t tries_left = 0;
    };
    /// One try, counted whatever becomes of it. `address` of the visitor; its first part alone is kept.
    Result<Taken> take(DeliveryId id, std::string_view attachment, std::string_view code, std::string_view address, Timestamp now) const;

    [[nodiscard]] DeliveryDefaults defaults() const;
    Status keep_defaults(DeliveryDefaults const& defaults) const;

    /// What hangs on a record that is purged; the trace goes with it.
    static void remove_in(storage::Session& session, OrganisationId organisation, RecordId record);

private:
    [[nodiscard]] std::string hash_of(DeliveryId id, std::string_view code) const;

    storage::Database& database_;
    OrganisationId organisation_;
    Secret<Bytes> const& key_;
};

/// "192.0.2.0/24", "2001:db8:1:2::/64": what tells a network and no machine.
std::string network_prefix(std::string_view address);
/// Nought for what is no whole number: then no limit accepts it.
std::int64_t whole_number(std::string_view typed);

}  // namespace greffier::reception
