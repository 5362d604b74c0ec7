#include "compliance/scene.hpp"

#include <stdexcept>

#include "core/text.hpp"

namespace greffier::compliance {
namespace {

std::string folded(std::string_view text) { return fold(squeeze(text)); }

// The parts that are compared, without unpacking the whole record.
Scene::Other sketch(records::Surroundings::Neighbour const& neighbour)
{
    auto const& info = processing::processing_schema().info();
    Scene::Other other{neighbour.id, folded(neighbour.reference), {}, folded(schema::text_of(info, neighbour.row, "service"))};
    auto const* rows = std::get_if<schema::Rows>(&schema::get(info, neighbour.row, "purposes"));
    auto const& purpose_info = processing::schema_of(static_cast<processing::Purpose const*>(nullptr)).info();
    if (rows)
        for (auto const& row : *rows)
            if (schema::text_of(purpose_info, row, "kind") == "main") {
                other.purpose = folded(schema::text_of(purpose_info, row, "text"));
                break;
            }
    return other;
}

template <class T>
T unpacked(schema::Schema<T> const& schema, schema::Row const& row)
{
    auto result = schema.unpack(row);
    if (!result.ok()) throw std::runtime_error("a row of " + schema.info().name + " does not fit its schema");
    return std::move(result).value();
}

}  // namespace

processing::Processing processing_of(schema::Row const& row) { return unpacked(processing::processing_schema(), row); }
profile::Profile profile_of(schema::Row const& row) { return unpacked(profile::profile_schema(), row); }

profile::Profile const& Scene::profile()
{
    if (!profile_) {
        auto const row = around_.profile();
        profile_ = row ? profile_of(*row) : profile::Profile{};
    }
    return *profile_;
}

std::vector<Scene::Other> const& Scene::others()
{
    if (!others_) {
        others_.emplace();
        if (around_.count(processings_slug) <= most_compared_)
            around_.each(processings_slug, [&](auto const& neighbour) {
                if (neighbour.id != subject_.id) others_->push_back(sketch(neighbour));
                return true;
            });
    }
    return *others_;
}

}  // namespace greffier::compliance
