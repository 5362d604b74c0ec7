#pragma once
// Rules around security that look at more than one record: processings beside the assets and measures they name, assets
// beside the backups and the plans that cover them.

#include <functional>
#include <span>

#include "compliance/cross_rules.hpp"
#include "registers/asset/asset.hpp"
#include "registers/backup/backup.hpp"
#include "registers/continuity/continuity.hpp"

namespace greffier::compliance {

inline constexpr std::string_view assets_slug = "assets";
inline constexpr std::string_view measures_slug = "measures";
inline constexpr std::string_view backups_slug = "backups";
inline constexpr std::string_view continuity_slug = "continuity";

asset::Asset asset_of(schema::Row const& row);
backup::Backup backup_of(schema::Row const& row);
continuity::Plan plan_of(schema::Row const& row);

/// Every asset the processing names, as far as rules of other registers look at one: name, family, type, country.
void each_asset(processing::Processing const& p, Scene& scene, std::function<void(asset::Asset const&)> const& visit);

std::span<CrossRule<processing::Processing> const> security_rules_of_processings();
std::span<CrossRule<asset::Asset> const> cross_asset_rules();

std::span<Reading const> security_readings();

}  // namespace greffier::compliance
