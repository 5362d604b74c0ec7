#include "overview/compliance_check.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/text.hpp"
#include "documents/zip_archive.hpp"
#include "ledger/ledger.hpp"
#include "overview/compliance_file.hpp"

namespace greffier::overview {

using namespace compliance_part;
using documents::ZipReader;

namespace {

constexpr std::size_t most_entries = 500'000, largest_entry = std::size_t{4} << 30, hash_digits = 64;

/// Calls `take` with the content of an entry, a piece at a time.
template <class Take>
Status each_piece(ZipReader const& zip, std::string const& name, Take const& take)
{
    auto stream = TRY(zip.stream(name, largest_entry));
    std::string buffer(1U << 18, '\0');
    for (;;) {
        auto const size = TRY(stream.read(buffer.data(), buffer.size()));
        if (size == 0) return Nothing{};
        take(std::string_view{buffer}.substr(0, size));
    }
}

class Check {
public:
    Check(ZipReader const& zip, CheckWish const& wish) : zip_(zip), wish_(wish) {}

    Result<CheckedFile> run()
    {
        auto const list = TRY(zip_.read(std::string{sums}));
        found_.fingerprint = sha256(as_bytes(list));
        TRY(check_sums(list));
        auto const own = TRY(zip_.read(std::string{key}));
        found_.verifier_key = std::string{trim(own)};
        auto const public_key = ledger::public_key_in(wish_.key.empty() ? found_.verifier_key : std::string{trim(wish_.key)});
        if (!public_key) return Error::invalid("compliance_check.bad_key");
        if (!wish_.key.empty() && trim(wish_.key) != found_.verifier_key) problem("other_key");
        check_signature(TRY(zip_.read(std::string{signature})), *public_key);
        return check_log(*public_key);
    }

private:
    void problem(std::string code, std::string file = {}) { found_.problems.push_back({std::move(code), std::move(file)}); }

    /// What is listed is there and unchanged; what is there is listed, once.
    Status check_sums(std::string_view list)
    {
        std::map<std::string, std::string> sums_of;
        for (auto const& line : split(list, '\n')) {
            if (line.empty()) continue;
            if (line.size() < hash_digits + 3 || line.compare(hash_digits, 2, "  ") != 0 || !sums_of.emplace(line.substr(hash_digits + 2), line.substr(0, hash_digits)).second)
                return Error::invalid("compliance_check.not_one");
        }
        listed_ = sums_of.size();
        std::set<std::string> seen;
        for (auto const& name : zip_.names()) {
            if (!seen.insert(name).second) problem("twice", name);
            else if (name != sums && name != signature && !sums_of.contains(name)) problem("not_listed", name);
        }
        for (auto const& [name, sum] : sums_of) {
            if (!zip_.has(name)) {
                problem("missing", name);
                continue;
            }
            Sha256 hash;
            auto const read = each_piece(zip_, name, [&](std::string_view piece) { hash.update(as_bytes(piece)); });
            if (!read.ok() || to_hex(hash.finish()) != sum) problem("changed", name);
            else ++found_.files;
        }
        return Nothing{};
    }

    void check_signature(std::string const& note, Bytes const& public_key)
    {
        auto const opened = ledger::open_checkpoint(note, public_key);
        if (!opened || opened->root != found_.fingerprint || opened->size != listed_ || !opened->origin.starts_with("greffier.file/")) {
            problem("signature", std::string{signature});
            return;
        }
        found_.signed_at = opened->time;
        whose_ = opened->origin.substr(opened->origin.find('/') + 1);
    }

    Result<CheckedFile> check_log(Bytes const& public_key)
    {
        std::optional<ledger::Checkpoint> before;
        if (!wish_.checkpoint.empty()) {
            before = ledger::open_checkpoint(wish_.checkpoint, public_key);
            if (!before) return Error::invalid("compliance_check.bad_checkpoint");
        }
        ledger::Frontier log;
        std::optional<Hash> then;
        if (before && before->size == 0) then = log.root();
        std::string line;
        TRY(each_piece(zip_, std::string{entries}, [&](std::string_view piece) {
            for (std::size_t end; (end = piece.find('\n')) != std::string_view::npos; piece.remove_prefix(end + 1)) {
                line += piece.substr(0, end);
                log.append(ledger::leaf_hash(line));
                line.clear();
                if (before && log.size == before->size) then = log.root();
            }
            line += piece;
        }));
        found_.ledger_size = log.size;
        auto const head = ledger::open_checkpoint(TRY(zip_.read(std::string{checkpoint})), public_key);
        if (!line.empty() || !head || head->size != log.size || head->root != log.root() || (!whose_.empty() && head->origin != "greffier.log/" + whose_)) problem("log", std::string{entries});
        else if (before && (before->origin != head->origin || then != before->root)) problem("other_past", std::string{entries});
        return std::move(found_);
    }

    ZipReader const& zip_;
    CheckWish const& wish_;
    CheckedFile found_;
    std::size_t listed_ = 0;
    std::string whose_;
};

}  // namespace

Result<CheckedFile> check_compliance_file(std::filesystem::path const& file, CheckWish const& wish)
{
    auto const zip = TRY(ZipReader::open_file(file, {.max_entries = most_entries, .max_entry_bytes = largest_entry, .max_ratio = 2000}));
    for (auto const name : {index, sums, signature, key, entries, checkpoint})
        if (!zip.has(std::string{name})) return Error::invalid("compliance_check.not_one");
    return Check(zip, wish).run();
}

}  // namespace greffier::overview
