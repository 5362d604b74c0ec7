#include "records/api_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "schema/json_guard.hpp"

namespace greffier::records::api {

using Json = nlohmann::json;

struct SentObject::Impl {
    Json json;
};

SentObject::SentObject(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SentObject::SentObject(SentObject&&) noexcept = default;
SentObject::~SentObject() = default;

Result<SentObject> SentObject::read(Request const& request, std::vector<std::string_view> const& known)
{
    TRY(expect_json(request));
    if (!is_utf8(request.body) || !schema::is_readable_json(request.body, 32)) return Error::invalid("unreadable", {{"reason", "json"}});
    auto json = Json::parse(request.body, nullptr, false);
    if (!json.is_object()) return Error::invalid("unreadable", {{"reason", "json"}});
    Error problems{ErrorKind::Invalid, "invalid", {}, {}};
    for (auto const& [name, value] : json.items())
        if (std::ranges::find(known, name) == known.end()) problems.fields.push_back({name, "unknown_field", {{"field", shorten(name, 80)}}});
    if (!problems.fields.empty()) return problems;
    return SentObject(std::unique_ptr<Impl>(new Impl{std::move(json)}));
}

bool SentObject::has(std::string const& name) const { return impl_->json.contains(name) && !impl_->json[name].is_null(); }

Result<std::string> SentObject::text(std::string const& name, std::size_t most) const
{
    if (!has(name)) return std::string{};
    auto const& member = impl_->json[name];
    if (!member.is_string()) return field_error(name, "wrong_kind");
    auto text = member.get<std::string>();
    if (std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; })) return field_error(name, "control_characters");
    if (length_utf8(text) > most) return field_error(name, "too_long", {{"max", std::to_string(most)}});
    return text;
}

Result<std::optional<bool>> SentObject::truth(std::string const& name) const
{
    if (!has(name)) return std::optional<bool>{};
    auto const& member = impl_->json[name];
    if (!member.is_boolean()) return field_error(name, "wrong_kind");
    return std::optional{member.get<bool>()};
}

Result<std::vector<std::string>> SentObject::texts(std::string const& name, std::size_t most) const
{
    std::vector<std::string> all;
    if (!has(name)) return all;
    auto const& member = impl_->json[name];
    if (!member.is_array()) return field_error(name, "wrong_kind");
    if (member.size() > most) return field_error(name, "too_many", {{"max", std::to_string(most)}});
    for (auto const& one : member) {
        if (!one.is_string()) return field_error(name, "wrong_kind");
        all.push_back(one.get<std::string>());
    }
    return all;
}

std::string SentObject::wrapped(std::string const& name, std::string const& as) const { return Json{{as, impl_->json.value(name, Json{})}}.dump(); }

}  // namespace greffier::records::api
