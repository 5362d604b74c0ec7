#include "records/sealing.hpp"

#include <algorithm>
#include <array>
#include <simdjson.h>
#include <stdexcept>
#include <utility>

#include "core/key_wrap.hpp"
#include "core/text.hpp"
#include "records/sealed_declaration.hpp"
#include "schema/extend.hpp"
#include "schema/json.hpp"

namespace greffier::records {

using schema::Row;

namespace {

constexpr std::string_view sealed_member = "\"$sealed\":{";
constexpr std::size_t padded_to = 32;   // so that the length of a seal does not tell a name

std::array<std::uint8_t, 8> bytes_of(std::int64_t number)
{
    std::array<std::uint8_t, 8> bytes{};
    for (int i = 0; i < 8; ++i) bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> (56 - 8 * i));
    return bytes;
}

Bytes bound_place(SealedPlace const& place, std::string_view field)
{
    int const schema_version = place.version == 0 ? 0 : place.schema_version;   // what a file said: kept without the version of its schema
    return bound_to({as_bytes("greffier sealed field"), ByteView{place.organisation.uuid.bytes}, ByteView{place.record.uuid.bytes}, bytes_of(place.version), bytes_of(schema_version), as_bytes(field)});
}

/// The JSON of one field's value, blanks behind it.
std::string padded_json(schema::SchemaInfo const& info, std::size_t field, schema::Value const& value)
{
    Row alone(info);
    alone.values[field] = value;
    auto json = schema::to_stored(info, alone);
    auto const prefix = info.fields[field].name.size() + 4;   // {"name":
    json = json.substr(prefix, json.size() - prefix - 1);
    json.append((padded_to - json.size() % padded_to) % padded_to, ' ');
    return json;
}

Secret<Bytes> opened_value(Secret<Bytes> const& key, SealedPlace const& place, std::string_view field, std::string_view value)
{
    auto const bytes = from_base64(value);
    auto plain = bytes ? open_bound(key, *bytes, bound_place(place, field)) : std::nullopt;
    if (!plain) throw std::runtime_error("a sealed field does not open: it was changed or moved");
    return *std::move(plain);
}

/// Names and seals, as they lie; what is no text is no seal.
using SealedMembers = std::vector<std::pair<std::string, std::string>>;
SealedMembers members_of(std::string_view sealed)
{
    thread_local simdjson::dom::parser parser;
    simdjson::dom::object object;
    if (parser.parse(sealed.data(), sealed.size()).get(object) != simdjson::SUCCESS) throw std::runtime_error("the sealed part of a body is damaged");
    SealedMembers members;
    members.reserve(object.size());
    for (auto const [name, value] : object) members.emplace_back(name, value.is_string() ? std::string_view{value} : std::string_view{});
    return members;
}

std::string with_sealed(std::string body, std::string_view sealed)
{
    if (sealed.empty()) return body;
    body.pop_back();
    if (body.size() > 1) body += ',';
    return body + std::string{sealed_member.substr(0, sealed_member.size() - 1)} + std::string{sealed} + "}";
}

}  // namespace

SealedParts parts_of(std::string_view body)
{
    // The last member, written by us: in a JSON text these letters stand nowhere else, for a quote inside a text is escaped.
    auto const at = body.rfind(sealed_member);
    if (at == std::string_view::npos) return {std::string{body}, {}};
    auto const sealed = body.substr(at + sealed_member.size() - 1, body.size() - at - sealed_member.size());
    auto open = std::string{body.substr(0, at)};
    if (!open.empty() && open.back() == ',') open.pop_back();
    return {open + "}", sealed};
}

std::string body_with(Register const& kind, Row const& row, std::string_view sealed)
{
    return with_sealed(schema::to_stored(*kind.schema, without_sealed(kind, row)), sealed);
}

std::string sealed_body(Secret<Bytes> const& key, OrganisationId organisation, Register const& kind, RecordId id, std::int64_t version, Row const& row)
{
    auto const& info = *kind.schema;
    JsonWriter sealed;
    sealed.begin_object();
    bool any = false;
    for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i) {
        auto const& field = info.fields[i];
        if (!kind.seals(field) || schema::is_empty(row.values[i])) continue;
        Secret<std::string> const plain(padded_json(info, i, row.values[i]));
        auto const text = to_base64(seal_bound(key, as_bytes(plain.reveal()), bound_place({organisation, id, version, info.version}, field.name)));
        sealed.member(field.name, std::string_view{text});
        any = true;
    }
    sealed.end_object();
    return body_with(kind, row, any ? std::string_view{sealed.text()} : std::string_view{});
}

std::string opened_body(std::optional<Secret<Bytes>> const& key, SealedPlace const& place, std::string_view body, std::vector<std::string>* destroyed, std::optional<std::span<std::string const>> wanted)
{
    auto [text, sealed] = parts_of(body);
    if (sealed.empty()) return text;
    auto const members = members_of(sealed);
    text.pop_back();
    for (auto const& [name, value] : members) {
        if (!key) {
            if (destroyed) destroyed->push_back(name);
            continue;
        }
        if (wanted && std::ranges::find(*wanted, name) == wanted->end()) continue;
        if (text.size() > 1) text += ',';
        text += '"' + name + "\":";
        text += as_text(opened_value(*key, place, name, value).reveal());
    }
    return text + "}";
}

std::string resealed_body(std::optional<Secret<Bytes>> const& key, SealedPlace const& place, Secret<Bytes> const& other_key, SealedPlace const& other_place, std::string_view body,
                          std::function<std::string(std::string_view)> const& change)
{
    auto [text, sealed] = parts_of(body);
    if (sealed.empty() || !key) return std::string{body};
    JsonWriter fresh;
    fresh.begin_object();
    auto const members = members_of(sealed);
    for (auto const& [name, value] : members) {
        Secret<std::string> const plain(change(as_text(opened_value(*key, place, name, value).reveal())));
        auto const again = to_base64(seal_bound(other_key, as_bytes(plain.reveal()), bound_place(other_place, name)));
        fresh.member(name, std::string_view{again});
    }
    fresh.end_object();
    return with_sealed(std::move(text), fresh.text());
}

// reading ------------------------------------------------------------------------------------------------------

void BodyReader::read_all_keys()
{
    if (!kind_.sealed || all_read_) return;
    if (!sealing_) throw std::logic_error("a sealed register is read without its keys");
    keys_ = sealing_->record_keys(session_, organisation_, kind_);
    all_read_ = true;
}

RecordKey const& BodyReader::key_of(RecordId record)
{
    static RecordKey const none{std::nullopt, false};
    if (auto const known = keys_.find(record); known != keys_.end()) return known->second;
    if (all_read_) return none;
    if (!sealing_) throw std::logic_error("a sealed register is read without its keys");
    return keys_.emplace(record, sealing_->record_key(session_, organisation_, record)).first->second;
}

std::string BodyReader::opened(SealedBody const& body, std::vector<std::string>* destroyed, std::optional<std::span<std::string const>> wanted)
{
    auto const parts = parts_of(body.text);
    if (parts.sealed.empty()) return parts.open;
    auto const& record_key = key_of(body.id);
    if (!record_key.was_there) throw std::runtime_error("a sealed record has no key: its line in record_key is gone");
    return opened_body(record_key.key, {organisation_, body.id, body.version, body.schema_version}, body.text, destroyed, wanted);
}

Row BodyReader::row(SealedBody const& body, std::vector<std::string>* destroyed)
{
    if (!kind_.sealed) return schema::from_stored(*kind_.schema, body.text, body.schema_version);
    return schema::from_stored(*kind_.schema, opened(body, destroyed), body.schema_version);
}

namespace {

/// What a body of that version may call these fields; none when only its whole content tells.
std::optional<std::vector<std::string>> names_in(schema::SchemaInfo const& info, int version, std::span<std::string const> wanted)
{
    std::vector<std::string> names(wanted.begin(), wanted.end());
    for (auto const& name : wanted) {
        auto const* field = info.find(name);
        if (!field || field->custom) return std::nullopt;   // kept within another member
        if (version != info.version) names.insert(names.end(), field->was.begin(), field->was.end());
    }
    return names;
}

}  // namespace

Row BodyReader::row(SealedBody const& body, std::span<std::string const> wanted, std::vector<std::string>* destroyed)
{
    if (!kind_.sealed) return schema::from_stored(*kind_.schema, body.text, body.schema_version, wanted);
    auto const names = names_in(*kind_.schema, body.schema_version, wanted);
    return schema::from_stored(*kind_.schema, opened(body, destroyed, names), body.schema_version, wanted);
}

Row BodyReader::open_row(std::string_view text, int schema_version) const
{
    if (!kind_.sealed) return schema::from_stored(*kind_.schema, text, schema_version);
    return schema::from_stored(*kind_.schema, parts_of(text).open, schema_version);
}

}  // namespace greffier::records
