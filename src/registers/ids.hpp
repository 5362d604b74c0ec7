#pragma once
// Tags of the registers, so that one register can hold the id of another's record without knowing it.

#include "schema/kinds.hpp"

namespace greffier {

struct ProcessingTag;
struct ProcessorActivityTag;
struct ProcessorTag;
struct ContractTag;
struct TransferTag;
struct BreachTag;
struct RequestTag;
struct ConsentTag;
struct NoticeTag;
struct MeasureTag;
struct AssetTag;
struct EvidenceTag;
struct ActionTag;

using ProcessingId = Id<ProcessingTag>;
using ProcessorActivityId = Id<ProcessorActivityTag>;
using ProcessorId = Id<ProcessorTag>;
using ContractId = Id<ContractTag>;
using TransferId = Id<TransferTag>;
using BreachId = Id<BreachTag>;
using RequestId = Id<RequestTag>;
using ConsentId = Id<ConsentTag>;
using NoticeId = Id<NoticeTag>;
using MeasureId = Id<MeasureTag>;
using AssetId = Id<AssetTag>;
using EvidenceId = Id<EvidenceTag>;
using ActionId = Id<ActionTag>;

namespace schema {
template <> inline constexpr std::string_view link_register<ProcessingTag> = "processings";
template <> inline constexpr std::string_view link_register<ProcessorActivityTag> = "processor-activities";
template <> inline constexpr std::string_view link_register<ProcessorTag> = "processors";
template <> inline constexpr std::string_view link_register<ContractTag> = "contracts";
template <> inline constexpr std::string_view link_register<TransferTag> = "transfers";
template <> inline constexpr std::string_view link_register<BreachTag> = "breaches";
template <> inline constexpr std::string_view link_register<RequestTag> = "requests";
template <> inline constexpr std::string_view link_register<ConsentTag> = "consents";
template <> inline constexpr std::string_view link_register<NoticeTag> = "notices";
template <> inline constexpr std::string_view link_register<MeasureTag> = "measures";
template <> inline constexpr std::string_view link_register<AssetTag> = "assets";
template <> inline constexpr std::string_view link_register<EvidenceTag> = "evidence";
template <> inline constexpr std::string_view link_register<ActionTag> = "actions";
}

}  // namespace greffier
