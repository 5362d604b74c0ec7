#include "archive/json_line.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace greffier::archive {

using nlohmann::json;

Error damaged(Place const& place) { return Error::invalid("archive.damaged_part", {{"part", place.part}, {"line", std::to_string(place.line)}}); }

struct JsonObject::Impl {
    json value;
    Place place;
    std::shared_ptr<bool> sound;   ///< shared: what is wrong in an inner object is wrong in the line

    /// The member, or nothing when it is absent or of another type.
    json const* member(std::string_view name, bool (json::*is)() const noexcept)
    {
        auto const found = value.find(name);
        if (found != value.end() && ((*found).*is)()) return &*found;
        *sound = false;
        return nullptr;
    }
};

JsonObject::JsonObject(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
JsonObject::~JsonObject() = default;
JsonObject::JsonObject(JsonObject&&) noexcept = default;

Result<JsonObject> JsonObject::parse(std::string_view text, Place const& place)
{
    auto value = json::parse(text, nullptr, false);
    if (!value.is_object()) return damaged(place);
    return JsonObject(std::make_unique<Impl>(Impl{std::move(value), place, std::make_shared<bool>(true)}));
}

std::string JsonObject::only_member() const { return impl_->value.size() == 1 ? impl_->value.begin().key() : std::string{}; }

JsonObject JsonObject::object(std::string_view name)
{
    auto const* found = impl_->member(name, &json::is_object);
    return JsonObject(std::make_unique<Impl>(Impl{found ? *found : json::object(), impl_->place, impl_->sound}));
}

std::vector<JsonObject> JsonObject::objects(std::string_view name)
{
    std::vector<JsonObject> all;
    auto const* found = impl_->member(name, &json::is_array);
    if (!found) return all;
    for (auto const& one : *found) {
        if (!one.is_object()) refuse();
        else all.push_back(JsonObject(std::make_unique<Impl>(Impl{one, impl_->place, impl_->sound})));
    }
    return all;
}

std::vector<std::string> JsonObject::texts(std::string_view name)
{
    std::vector<std::string> all;
    auto const* found = impl_->member(name, &json::is_array);
    if (!found) return all;
    for (auto const& one : *found) {
        if (!one.is_string()) refuse();
        else all.push_back(one.get<std::string>());
    }
    return all;
}

std::vector<std::string> JsonObject::members() const
{
    std::vector<std::string> all;
    for (auto const& [name, value] : impl_->value.items()) all.push_back(name);
    return all;
}

std::string JsonObject::text(std::string_view name, std::size_t longest)
{
    auto const* found = impl_->member(name, &json::is_string);
    if (!found) return {};
    auto const& text = found->get_ref<std::string const&>();
    // PostgreSQL keeps no NUL, and nothing of ours holds one.
    if (text.size() > longest || text.find('\0') != std::string::npos) {
        refuse();
        return {};
    }
    return text;
}

std::int64_t JsonObject::number(std::string_view name, std::int64_t least, std::int64_t most)
{
    auto const* found = impl_->member(name, &json::is_number_integer);
    if (!found) return least;
    auto const beyond = found->is_number_unsigned() && found->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX);
    auto const number = beyond ? most : found->get<std::int64_t>();
    if (!beyond && number >= least && number <= most) return number;
    refuse();
    return least;
}

bool JsonObject::truth(std::string_view name)
{
    auto const* found = impl_->member(name, &json::is_boolean);
    return found && found->get<bool>();
}

Uuid JsonObject::id(std::string_view name)
{
    auto const found = Uuid::parse(text(name, 36));
    if (!found || found->is_nil()) refuse();
    return found.value_or(Uuid{});
}

Timestamp JsonObject::instant(std::string_view name)
{
    auto const found = parse_timestamp(text(name, 40));
    if (!found) refuse();
    return found.value_or(Timestamp{});
}

Hash JsonObject::hash(std::string_view name)
{
    auto const bytes = from_hex(text(name, 64));
    Hash hash{};
    if (!bytes || bytes->size() != hash.size()) refuse();
    else std::ranges::copy(*bytes, hash.begin());
    return hash;
}

bool JsonObject::is_null(std::string_view name)
{
    auto const found = impl_->value.find(name);
    return found != impl_->value.end() && found->is_null();
}

void JsonObject::refuse() { *impl_->sound = false; }

Status JsonObject::sound() const
{
    if (!*impl_->sound) return damaged(impl_->place);
    return Nothing{};
}

}  // namespace greffier::archive
