#pragma once
// The compliance file (art. 5(2), 30(4)): in one zip, the registers to read and to print, the map of evidence, the texts and files
// that prove, the log with its signed head, and the SHA-256 of each. It is what one hands to an inspector: read only, dated, and
// checked without us (compliance_check.hpp). What it holds is what whoever asks for it may read.

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "accounts/organisation.hpp"
#include "archive/writer.hpp"
#include "core/locale.hpp"
#include "records/store.hpp"
#include "records/vault.hpp"

namespace greffier::overview {

namespace compliance_part {
constexpr std::string_view index = "index.html", map = "evidence-map.html", sums = "SHA256SUMS", signature = "signature.txt",
                           entries = "ledger/entries.jsonl", checkpoint = "ledger/checkpoint.txt", key = "ledger/key.txt";
constexpr std::string_view registers = "registers/", texts = "texts/", documents = "documents/";
}  // namespace compliance_part

/// The origin that signs the list of sums: never that of a log, so that neither passes for the other.
std::string compliance_origin(OrganisationId organisation);

struct FileWish {
    std::vector<std::string> registers;    ///< slugs; empty = all that the organisation keeps
    std::optional<Timestamp> at = {};      ///< as they stood
    bool attachments = true;
    bool confidential = false;             ///< sealed registers and restricted records too, as far as they may be read
    std::string reason = {};               ///< a code of file_reasons(); needed when `confidential`
};
/// Why somebody asks, in the order of the form; words "compliance_file.reason.<code>".
std::span<std::string_view const> file_reasons();
/// Errors: compliance_file.reason_needed at "reason"; unknown_choice at "reason" or "registers"; compliance_file.sealed at
/// "registers" for one that is named without `confidential`.
Status check_wish(FileWish const& wish, accounts::OrganisationInfo const& organisation, records::Registers const& registers);
/// What may stand in a file: kept by the organisation, and not confided to its officer.
std::vector<records::Register const*> offered_registers(accounts::OrganisationInfo const& organisation, records::Registers const& registers);

struct FileSource {
    records::Machinery const& machinery;
    records::Vault& vault;
    SigningKey const& key;                 ///< of the ledger
    std::filesystem::path scratch;         ///< for passing files
    accounts::OrganisationInfo organisation;
    accounts::Sight sight;                 ///< of whoever asks
    std::string asked_by;                  ///< a name, for people
    Locale locale;
    Timestamp now{};
};

struct WrittenFile {
    std::int64_t records = 0, files = 0;   ///< files: the index and the list of sums among them
    Hash fingerprint{};                    ///< SHA-256 of SHA256SUMS: vouches for every other file
    std::uint64_t ledger_size = 0;
};
/// `file` comes to be whole or not at all, readable by its owner alone. Errors: as check_wish. A damaged log or disk throws.
/// What `progress` throws ends it; its stages are "registers", "ledger" and "documents".
Result<WrittenFile> write_compliance_file(FileSource const& source, FileWish const& wish, std::filesystem::path const& file, archive::Progress const& progress);

}  // namespace greffier::overview
