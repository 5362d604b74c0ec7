#pragma once
// What an organisation's archive holds, version 1 of its format (docs/developer/organisation-archive.md). Here stand the
// parts that one reads whole, and those of a record; the side tables are declared in tables.cpp.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/time.hpp"

namespace greffier::archive {

constexpr std::string_view format_name = "greffier-organisation";
constexpr int format_version = 1;

namespace part {
constexpr std::string_view manifest = "manifest.json", organisation = "organisation.json", people = "people.json", attachments = "attachments.jsonl",
                           settings = "settings.jsonl", discussion = "discussion.jsonl", entries = "ledger/entries.jsonl",
                           checkpoints = "ledger/checkpoints.txt", former = "ledger/former-checkpoints.txt";
constexpr std::string_view registers = "registers/", contents = "attachments/", lines = ".jsonl";
}  // namespace part

struct Part {
    std::string name;
    std::uint64_t size = 0;
    Hash sha256{};
};

struct Manifest {
    int version = format_version;
    std::string program;                          ///< version of the program that wrote it
    OrganisationId organisation;
    std::string slug, name;
    std::uint64_t ledger_size = 0;
    Hash ledger_root{};
    std::string checkpoint, verifier_key;         ///< the head, signed by the installation it comes from
    std::map<std::string, std::int64_t> counts;   ///< records, versions, attachments, people …
    std::vector<Part> parts;                      ///< by name; all but the manifest
};

struct KeptOrganisation {
    OrganisationId id;
    std::string slug, name, kind, language, zone;
    int colour = 1;
    Timestamp created_at{};
    std::optional<Timestamp> archived_at;
    bool demo = false;
    std::vector<std::string> former_slugs;
    std::string parent;                           ///< slug of the one above, for people to read; "" = none
    std::string accent, logo, modules_off;        ///< absent from archives of before them
};

struct KeptRole {
    Uuid id;
    std::string role;
    Timestamp since{};
    std::optional<Timestamp> ends_at, revoked_at;
    bool branch = false;                          ///< also in the organisations below
    bool above = false;                           ///< held from an organisation above, which does not come along
};
struct KeptPerson {
    Uuid id;
    std::string email, name, language;            ///< email as it was typed
    std::vector<KeptRole> roles;                  ///< in the order they were given
};
struct KeptToken {
    Uuid id, actor;
    std::optional<Uuid> person;
    std::string name, role;
    Timestamp created_at{}, expires_at{};
    std::optional<Timestamp> revoked_at, last_used_at;
};
struct KeptPeople {
    std::vector<KeptPerson> people;
    std::vector<KeptToken> tokens;
};

struct KeptContent {
    Hash sha256{};
    std::uint64_t size = 0;
    std::int64_t count = 0;
    std::optional<Uuid> record = {};              ///< whose key seals it where it is kept: a record of a register that seals
};

struct KeptRecord {
    Uuid id;
    std::int64_t version = 0;
    std::string reference, title, status;
    std::optional<Uuid> owner, created_by, updated_by;
    std::optional<Timestamp> due_at, review_at, deleted_at;
    Timestamp created_at{}, updated_at{};
    int completeness = 0;
    std::optional<std::string> import_key;
    bool restricted = false;
};
/// Of a record of a register that seals; either, or.
struct KeptKey {
    std::optional<Secret<Bytes>> key;
    std::optional<Timestamp> destroyed_at;
};
struct KeptVersion {
    std::int64_t number = 0;
    int schema_version = 0;
    Timestamp recorded_at{};
    std::optional<Uuid> actor;
    std::string action;
    std::optional<std::string> reference, title, status, reason;
    std::optional<std::int64_t> sequence;
    std::optional<Hash> salt;
    std::optional<std::string> body;              ///< the envelope, byte for byte; absent: erased
};
struct KeptLink {
    std::string field;
    std::int64_t position = 0, from_version = 0;
    Uuid target;
    std::optional<std::int64_t> to_version;
};
struct KeptBase {
    std::string source, body;
};

}  // namespace greffier::archive
