// Checkpoints: the C2SP forms tlog-checkpoint (body) and signed-note (signature), with Ed25519.
#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "ledger/ledger.hpp"

namespace greffier::ledger {

namespace {

constexpr std::string_view origin_prefix = "greffier.log/";
constexpr std::string_view dash = "\xe2\x80\x94 ";   // em dash and a space begin a signature line
constexpr std::uint8_t ed25519[] = {0x01};
constexpr std::size_t largest_note = 65536;

/// First four bytes of SHA-256(name || 0x0A || 0x01 || public key).
Bytes key_hash(std::string_view name, ByteView public_key)
{
    auto const hash = sha256({as_bytes(name), as_bytes("\n"), ed25519, public_key});
    return {hash.begin(), hash.begin() + 4};
}

void append(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }

bool is_name(std::string_view text) { return !text.empty() && text.find_first_of(" +\t\n") == text.npos; }

/// The text up to the next line feed, taken off `rest`; nullopt when there is none.
std::optional<std::string_view> take_line(std::string_view& rest)
{
    auto const end = rest.find('\n');
    if (end == rest.npos) return std::nullopt;
    auto const line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

/// Base64 in its one canonical spelling: two spellings of one root would be two notes.
std::optional<Bytes> strict_base64(std::string_view text)
{
    auto bytes = from_base64(text);
    if (!bytes || to_base64(*bytes) != text) return std::nullopt;
    return bytes;
}

std::optional<std::uint64_t> parse_size(std::string_view text)
{
    std::uint64_t size = 0;
    auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (problem != std::errc{} || end != text.data() + text.size() || std::to_string(size) != text) return std::nullopt;
    return size;
}

std::optional<Checkpoint> parse_body(std::string_view body)
{
    Checkpoint checkpoint;
    auto const origin = take_line(body), size = take_line(body), root = take_line(body);
    if (!origin || !size || !root || !is_name(*origin)) return std::nullopt;
    checkpoint.origin = *origin;
    auto const count = parse_size(*size);
    auto const hash = strict_base64(*root);
    if (!count || !hash || hash->size() != checkpoint.root.size()) return std::nullopt;
    checkpoint.size = *count;
    std::copy(hash->begin(), hash->end(), checkpoint.root.begin());
    bool has_time = false;
    while (!body.empty()) {   // other extension lines may come one day; they are signed, and skipped
        auto const line = take_line(body);
        if (!line || line->empty()) return std::nullopt;
        if (!line->starts_with("time ")) continue;
        auto const time = parse_timestamp(line->substr(5));
        if (!time || has_time || to_text(*time) != line->substr(5)) return std::nullopt;
        checkpoint.time = *time;
        has_time = true;
    }
    if (!has_time) return std::nullopt;
    return checkpoint;
}

/// Whether the lines under the body are all signature lines, and one is by this key over this body.
bool is_signed(std::string_view body, std::string_view signatures, std::string_view name, ByteView public_key)
{
    auto const id = key_hash(name, public_key);
    bool found = false;
    while (!signatures.empty()) {
        auto line = take_line(signatures);
        if (!line || !line->starts_with(dash)) return false;
        line->remove_prefix(dash.size());
        auto const space = line->find(' ');
        if (space == line->npos || !is_name(line->substr(0, space))) return false;
        auto const blob = strict_base64(line->substr(space + 1));
        if (!blob || blob->size() < 5) return false;
        // Lines by other keys (a witness) are allowed and prove nothing to us.
        if (line->substr(0, space) != name || !std::equal(id.begin(), id.end(), blob->begin())) continue;
        if (!verify_signature(public_key, as_bytes(body), ByteView{*blob}.subspan(4))) return false;
        found = true;
    }
    return found;
}

}  // namespace

std::string origin_of(OrganisationId organisation) { return std::string{origin_prefix} + organisation.text(); }

std::string body_of(Checkpoint const& checkpoint)
{
    if (!is_name(checkpoint.origin)) throw std::logic_error("an origin of a checkpoint holds a blank or a plus sign");
    return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + to_base64(checkpoint.root) + "\ntime " +
           to_text(checkpoint.time) + "\n";
}

std::string sign_checkpoint(Checkpoint const& checkpoint, SigningKey const& key)
{
    auto const body = body_of(checkpoint);
    auto blob = key_hash(checkpoint.origin, key.public_key);
    append(blob, sign(key, as_bytes(body)));
    return body + "\n" + std::string{dash} + checkpoint.origin + " " + to_base64(blob) + "\n";
}

std::optional<Checkpoint> open_checkpoint(std::string_view note, ByteView public_key)
{
    auto const blank = note.rfind("\n\n");
    if (note.size() > largest_note || blank == note.npos || public_key.size() != 32) return std::nullopt;
    auto const body = note.substr(0, blank + 1);
    auto checkpoint = parse_body(body);
    if (!checkpoint || !is_signed(body, note.substr(blank + 2), checkpoint->origin, public_key)) return std::nullopt;
    return checkpoint;
}

std::string verifier_key(std::string const& name, ByteView public_key)
{
    Bytes typed{ed25519[0]};
    append(typed, public_key);
    return name + "+" + to_hex(key_hash(name, public_key)) + "+" + to_base64(typed);
}

std::optional<Bytes> public_key_in(std::string_view verifier_key)
{
    // A plus is a letter of base64 too: the first two alone stand between the parts.
    auto const first = verifier_key.find('+');
    auto const second = first == std::string_view::npos ? first : verifier_key.find('+', first + 1);
    auto typed = second == std::string_view::npos ? std::nullopt : from_base64(verifier_key.substr(second + 1));
    if (!typed || typed->size() != 33 || typed->front() != ed25519[0]) return std::nullopt;
    typed->erase(typed->begin());
    return typed;
}

}  // namespace greffier::ledger
