#include "reception/deliveries.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "accounts/sign_in_places.hpp"
#include "core/key_wrap.hpp"
#include "core/text.hpp"

namespace greffier::reception {

using storage::Session;
using storage::SqlText;
using std::chrono::seconds;

namespace {

constexpr std::size_t code_digits = 10;
constexpr seconds first_wait{5}, longest_wait{320};

struct WayCode { CodeWay way; std::string_view code; };
constexpr std::array ways{WayCode{CodeWay::Mail, "mail"}, WayCode{CodeWay::Phone, "phone"}, WayCode{CodeWay::Post, "post"}, WayCode{CodeWay::Desk, "desk"}};

/// Each digit from a byte of its own; those above 249 would favour the small ones.
std::string random_digits()
{
    std::string digits;
    while (digits.size() < code_digits)
        for (auto const byte : random_bytes(code_digits))
            if (byte < 250 && digits.size() < code_digits) digits += static_cast<char>('0' + byte % 10);
    return digits;
}

/// "4827-1930-55", as it is read out.
std::string spaced(std::string const& digits) { return digits.substr(0, 4) + "-" + digits.substr(4, 4) + "-" + digits.substr(8); }

/// People type spaces and dashes where they like.
std::string digits_of(std::string_view typed)
{
    std::string digits;
    for (char const c : typed)
        if (c >= '0' && c <= '9') digits += c;
    return digits;
}

void note(Session& session, OrganisationId organisation, DeliveryId id, std::string_view what, std::string const& network, std::string const& sha256, Timestamp now)
{
    session.execute(SqlText{"INSERT INTO delivery_trace(organisation_id, delivery_id, position, at, what, network, sha256) "
                            "SELECT ?, ?, coalesce(max(position), 0)+1, ?, ?, ?, ? FROM delivery_trace WHERE organisation_id=? AND delivery_id=?"},
                    organisation, id, now, what, network, sha256, organisation, id);
}

constexpr SqlText columns_of_one{"SELECT id, record_id, made_at, made_by, code_way, expires_at, most_downloads, wrong_codes, try_again_at, locked_at, withdrawn_at FROM delivery "
                                 "WHERE organisation_id=? AND id=?"};
constexpr SqlText columns_of_record{"SELECT id, record_id, made_at, made_by, code_way, expires_at, most_downloads, wrong_codes, try_again_at, locked_at, withdrawn_at FROM delivery "
                                    "WHERE organisation_id=? AND record_id=? ORDER BY made_at DESC, id"};

Delivery read(storage::Cursor& row)
{
    Delivery one;
    one.id = row.id<Delivered>(0);
    one.record = row.id<greffier::Record>(1);
    one.made_at = row.timestamp(2);
    one.made_by = row.uuid(3);
    one.way = parse_code_way(row.view(4)).value_or(CodeWay::Desk);
    one.expires_at = row.timestamp(5);
    one.most_downloads = row.integer(6);
    one.wrong_codes = row.integer(7);
    one.try_again_at = row.optional_timestamp(8);
    one.locked_at = row.optional_timestamp(9);
    one.withdrawn_at = row.optional_timestamp(10);
    return one;
}

void read_files(Session& session, OrganisationId organisation, Delivery& one)
{
    auto row = session.query(SqlText{"SELECT attachment_id, sha256, size, downloads FROM delivery_file WHERE organisation_id=? AND delivery_id=? ORDER BY attachment_id"}, organisation, one.id);
    while (row.next()) one.files.push_back({row.text(0), row.text(1), row.integer(2), row.integer(3)});
}

void withdraw_in(Session& session, OrganisationId organisation, RecordId record, Uuid by, Timestamp now)
{
    std::vector<DeliveryId> open;
    {
        auto row = session.query(SqlText{"SELECT id FROM delivery WHERE organisation_id=? AND record_id=? AND withdrawn_at IS NULL"}, organisation, record);
        while (row.next()) open.push_back(row.id<Delivered>(0));
    }
    for (auto const& id : open) {
        session.execute(SqlText{"UPDATE delivery SET withdrawn_at=?, withdrawn_by=? WHERE organisation_id=? AND id=?"}, now, by, organisation, id);
        note(session, organisation, id, "withdrawn", "", "", now);
    }
}

/// Longer after each wrong code: 5 s, 10 s … Whoever mistyped once hardly sees it.
seconds wait_after(std::int64_t wrong) { return std::min(longest_wait, first_wait * (std::int64_t{1} << std::min<std::int64_t>(wrong - 1, 10))); }

}  // namespace

std::string_view code_of(CodeWay way) { return std::ranges::find(ways, way, &WayCode::way)->code; }

std::optional<CodeWay> parse_code_way(std::string_view code)
{
    auto const found = std::ranges::find(ways, code, &WayCode::code);
    return found == ways.end() ? std::nullopt : std::optional{found->way};
}

std::string_view code_of(Delivery::State state)
{
    switch (state) {
    case Delivery::State::Ready: return "ready";
    case Delivery::State::Used: return "used";
    case Delivery::State::Expired: return "expired";
    case Delivery::State::Withdrawn: return "withdrawn";
    case Delivery::State::Locked: return "locked";
    }
    return "";
}

Delivery::State Delivery::state(Timestamp now) const
{
    if (withdrawn_at) return State::Withdrawn;
    if (locked_at) return State::Locked;
    if (now >= expires_at) return State::Expired;
    bool const used = std::ranges::all_of(files, [this](DeliveryFile const& each) { return each.downloads >= most_downloads; });
    return used ? State::Used : State::Ready;
}

DeliveryFile const* Delivery::file(std::string_view attachment) const
{
    auto const found = std::ranges::find(files, attachment, &DeliveryFile::attachment);
    return found == files.end() ? nullptr : &*found;
}

std::int64_t Delivery::downloads() const
{
    std::int64_t all = 0;
    for (auto const& each : files) all += each.downloads;
    return all;
}

std::string network_prefix(std::string_view address)
{
    if (address.empty()) return {};
    if (address.find(':') == address.npos) {
        auto const last = address.rfind('.');
        return last == address.npos ? std::string{} : std::string{address.substr(0, last)} + ".0/24";
    }
    return accounts::network_of(address) + "::/64";
}

std::int64_t whole_number(std::string_view typed)
{
    auto const text = trim(typed);
    std::int64_t number = 0;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? number : 0;
}

std::string Deliveries::hash_of(DeliveryId id, std::string_view code) const
{
    auto const digits = digits_of(code);
    return to_hex(hmac_sha256(key_.reveal(), bound_to({as_bytes("greffier delivery code 1"), organisation_.uuid.bytes, id.uuid.bytes, as_bytes(digits)})));
}

Status Deliveries::check(New const& wish) const
{
    std::vector<FieldError> errors;
    if (wish.files.empty()) errors.push_back({"files", "required"});
    if (wish.downloads < 1 || wish.downloads > most_downloads_ever) errors.push_back({"downloads", "delivery_range", {{"max", std::to_string(most_downloads_ever)}}});
    if (wish.days < 1 || wish.days > most_days_ever) errors.push_back({"days", "delivery_range", {{"max", std::to_string(most_days_ever)}}});
    if (!errors.empty()) return Error{ErrorKind::Invalid, "invalid", {}, std::move(errors)};
    return Nothing{};
}

Deliveries::Made Deliveries::make_in(Session& session, New const& wish, Timestamp now) const
{
    withdraw_in(session, organisation_, wish.record, wish.by, now);
    Made made{DeliveryId::make(), spaced(random_digits())};
    auto const hash = hash_of(made.id, made.code);
    session.execute(SqlText{"INSERT INTO delivery(organisation_id, id, record_id, made_at, made_by, code_way, code_hash, expires_at, most_downloads) VALUES(?,?,?,?,?,?,?,?,?)"}, organisation_, made.id,
                    wish.record, now, wish.by, code_of(wish.way), hash, now + std::chrono::hours{24 * wish.days}, wish.downloads);
    for (auto const& file : wish.files)
        session.execute(SqlText{"INSERT INTO delivery_file(organisation_id, delivery_id, attachment_id, sha256, size) VALUES(?,?,?,?,?)"}, organisation_, made.id, file.attachment, file.sha256, file.size);
    note(session, organisation_, made.id, "made", "", "", now);
    return made;
}

std::vector<Delivery> Deliveries::of(RecordId record) const
{
    std::vector<Delivery> all;
    auto session = database_.read_of(organisation_);
    {
        auto row = session->query(columns_of_record, organisation_, record);
        while (row.next()) all.push_back(read(row));
    }
    for (auto& one : all) read_files(*session, organisation_, one);
    return all;
}

std::vector<TraceLine> Deliveries::trace(DeliveryId id) const
{
    std::vector<TraceLine> all;
    auto session = database_.read_of(organisation_);
    auto row = session->query(SqlText{"SELECT at, what, network, sha256 FROM delivery_trace WHERE organisation_id=? AND delivery_id=? ORDER BY position"}, organisation_, id);
    while (row.next()) all.push_back({row.timestamp(0), row.text(1), row.text(2), row.text(3)});
    return all;
}

Status Deliveries::withdraw(RecordId record, Uuid by, Timestamp now) const
{
    return database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        withdraw_in(session, organisation_, record, by, now);
        return Nothing{};
    });
}

Result<Deliveries::Taken> Deliveries::take(DeliveryId id, std::string_view attachment, std::string_view code, std::string_view address, Timestamp now) const
{
    using enum Taken::Outcome;
    auto const hash = hash_of(id, code);
    auto const network = network_prefix(address);
    // A wrong code is counted: what it comes to is a value, for an Error would undo the count.
    return database_.write_result<Taken>([&](Session& session) -> Result<Taken> {
        session.lock(organisation_);
        std::optional<Delivery> one;
        std::string wanted;
        {
            auto row = session.query(columns_of_one, organisation_, id);
            if (row.next()) one = read(row);
        }
        if (!one) return Error::not_found();
        read_files(session, organisation_, *one);
        auto const state = one->state(now);
        auto const* file = one->file(attachment);
        if (state == Delivery::State::Locked) return Taken{Locked};
        if (state != Delivery::State::Ready) return Taken{Closed};
        // Farther off than it can be: set by a clock that was put back since.
        if (one->try_again_at && *one->try_again_at > now && *one->try_again_at <= now + longest_wait)
            return Taken{Wait, std::chrono::ceil<seconds>(*one->try_again_at - now)};
        {
            auto row = session.query(SqlText{"SELECT code_hash FROM delivery WHERE organisation_id=? AND id=?"}, organisation_, id);
            if (row.next()) wanted = row.text(0);
        }
        if (!equal_constant_time(as_bytes(wanted), as_bytes(hash))) {
            auto const wrong = one->wrong_codes + 1;
            bool const ends = wrong >= wrong_codes_before_lock;
            session.execute(SqlText{"UPDATE delivery SET wrong_codes=?, try_again_at=?, locked_at=? WHERE organisation_id=? AND id=?"}, wrong, now + wait_after(wrong),
                            ends ? std::optional{now} : std::nullopt, organisation_, id);
            note(session, organisation_, id, ends ? "locked" : "wrong_code", network, "", now);
            if (ends) return Taken{Locked};
            return Taken{WrongCode, wait_after(wrong), wrong_codes_before_lock - wrong};
        }
        if (!file || file->downloads >= one->most_downloads) return Taken{Closed};
        session.execute(SqlText{"UPDATE delivery_file SET downloads=downloads+1 WHERE organisation_id=? AND delivery_id=? AND attachment_id=?"}, organisation_, id, attachment);
        note(session, organisation_, id, "downloaded", network, file->sha256, now);
        return Taken{one->downloads() == 0 ? First : Given};
    });
}

DeliveryDefaults Deliveries::defaults() const
{
    auto session = database_.read_of(organisation_);
    auto row = session->query(SqlText{"SELECT downloads, days FROM delivery_defaults WHERE organisation_id=?"}, organisation_);
    if (!row.next()) return {};
    return {row.integer(0), row.integer(1)};
}

Status Deliveries::keep_defaults(DeliveryDefaults const& defaults) const
{
    New wish;
    wish.files.push_back({});
    wish.downloads = defaults.downloads;
    wish.days = defaults.days;
    TRY(check(wish));
    return database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        session.execute(SqlText{"INSERT INTO delivery_defaults(organisation_id, downloads, days) VALUES(?,?,?) ON CONFLICT(organisation_id) DO UPDATE SET downloads=excluded.downloads, days=excluded.days"},
                        organisation_, defaults.downloads, defaults.days);
        return Nothing{};
    });
}

void Deliveries::remove_in(Session& session, OrganisationId organisation, RecordId record)
{
    session.execute(SqlText{"DELETE FROM delivery_trace WHERE organisation_id=? AND delivery_id IN (SELECT id FROM delivery WHERE organisation_id=? AND record_id=?)"}, organisation, organisation, record);
    session.execute(SqlText{"DELETE FROM delivery_file WHERE organisation_id=? AND delivery_id IN (SELECT id FROM delivery WHERE organisation_id=? AND record_id=?)"}, organisation, organisation, record);
    session.execute(SqlText{"DELETE FROM delivery WHERE organisation_id=? AND record_id=?"}, organisation, record);
}

}  // namespace greffier::reception
