#include "compliance/scene.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "core/text.hpp"
#include "schema/unpacked.hpp"

namespace greffier::compliance {
namespace {

std::string folded(std::string_view text) { return fold(squeeze(text)); }

std::array<std::string, 5> const compared{"name", "processors", "purposes", "service", "tags"};

// A sheet nobody tagged still says it is about staff by its name.
bool is_about_staff(schema::SchemaInfo const& info, schema::Row const& row)
{
    static constexpr std::array<std::string_view, 10> staff{"paie", "paye", "payes", "personnel", "recrutement", "rh", "salaries", "payroll", "staff", "hr"};
    auto const* tags = std::get_if<schema::Texts>(&schema::get(info, row, "tags"));
    if (tags && std::ranges::find(*tags, "hr") != tags->end()) return true;
    auto const name = words(schema::text_of(info, row, "name"));
    return std::ranges::any_of(name, [](auto const& word) { return std::ranges::find(staff, word) != staff.end(); });
}

}  // namespace

// The parts that are compared, without unpacking the whole record.
Scene::Other sketch(std::string_view reference, schema::Row const& written)
{
    auto const& info = processing::processing_schema().info();
    Scene::Other other{schema::text_of(info, written, "name"), folded(reference), {}, folded(schema::text_of(info, written, "service")), is_about_staff(info, written), {}};
    if (auto const* named = std::get_if<schema::Texts>(&schema::get(info, written, "processors"))) other.processors = *named;
    auto const* rows = std::get_if<schema::Rows>(&schema::get(info, written, "purposes"));
    auto const& purpose_info = processing::schema_of(static_cast<processing::Purpose const*>(nullptr)).info();
    if (rows)
        for (auto const& row : *rows)
            if (schema::text_of(purpose_info, row, "kind") == "main") {
                other.purpose = folded(schema::text_of(purpose_info, row, "text"));
                break;
            }
    return other;
}

std::span<std::string const> compared_fields() { return compared; }

std::span<std::string const> says_where()
{
    static std::array<std::string, 2> const fields{"holiday_calendar", "own_holidays"};
    return fields;
}

namespace {

// Folding a thousand neighbours for each record of an import would cost the square of the file: once a neighbour.
Scene::Other const& digest_of(records::Surroundings::Neighbour const& neighbour)
{
    if (!neighbour.digest) neighbour.digest = std::make_shared<Scene::Other const>(sketch(neighbour.reference, neighbour.row));
    return *static_cast<Scene::Other const*>(neighbour.digest.get());
}

}  // namespace

processing::Processing processing_of(schema::Row const& row) { return schema::unpacked(processing::processing_schema(), row); }
profile::Profile profile_of(schema::Row const& row) { return schema::unpacked(profile::profile_schema(), row); }

profile::Profile const& Scene::profile()
{
    if (!profile_) {
        auto const row = around_.profile();
        profile_ = row ? profile_of(*row) : profile::Profile{};
    }
    return *profile_;
}

void each_processing(records::Surroundings& around, std::function<bool(RecordId, Scene::Other const&)> const& visit)
{
    around.each_brief(processings_slug, compared, [&](auto const& neighbour) { return visit(neighbour.id, digest_of(neighbour)); });
}

void Scene::each_other(std::function<bool(RecordId, Other const&)> const& visit)
{
    if (around_.count(processings_slug) > most_compared_) return;
    around_.each_brief(processings_slug, compared, [&](auto const& neighbour) { return neighbour.id == subject_.id || visit(neighbour.id, digest_of(neighbour)); });
}

bool Scene::any_about_staff()
{
    bool found = false;
    around_.each_brief(processings_slug, compared, [&](auto const& neighbour) {
        found = digest_of(neighbour).about_staff;
        return !found;
    });
    return found;
}

void Scene::each_naming(std::string const& processor, std::function<bool(records::Surroundings::Neighbour const&)> const& visit)
{
    around_.each_brief(processings_slug, compared, [&](auto const& neighbour) {
        auto const& named = digest_of(neighbour).processors;
        return std::ranges::find(named, processor) == named.end() || visit(neighbour);
    });
}

}  // namespace greffier::compliance
