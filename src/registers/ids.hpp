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
struct ConsentPointTag;
struct ObjectionTag;
struct AccountTag;
struct AccessRequestTag;
struct ProjectTag;
struct RecommendationTag;
struct RetentionTag;
struct DataItemTag;
struct ProcessTag;
struct DeclarationTag;
struct ResponsibilityTag;
struct TrainingTag;
struct UndertakingTag;
struct DelegationTag;
struct PolicyTag;
struct AuditTag;
struct BackupTag;
struct ContinuityTag;
struct ArchiveTag;
struct CommitteeTag;
struct InsuranceTag;
struct AdviceTag;
struct ActivityTag;
struct ComplaintTag;
struct NoteTag;

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
using ConsentPointId = Id<ConsentPointTag>;
using ObjectionId = Id<ObjectionTag>;
using AccountId = Id<AccountTag>;
using AccessRequestId = Id<AccessRequestTag>;
using ProjectId = Id<ProjectTag>;
using RecommendationId = Id<RecommendationTag>;
using RetentionId = Id<RetentionTag>;
using DataItemId = Id<DataItemTag>;
using ProcessId = Id<ProcessTag>;
using DeclarationId = Id<DeclarationTag>;
using ResponsibilityId = Id<ResponsibilityTag>;
using TrainingId = Id<TrainingTag>;
using UndertakingId = Id<UndertakingTag>;
using DelegationId = Id<DelegationTag>;
using PolicyId = Id<PolicyTag>;
using AuditId = Id<AuditTag>;
using BackupId = Id<BackupTag>;
using ContinuityId = Id<ContinuityTag>;
using ArchiveId = Id<ArchiveTag>;
using CommitteeId = Id<CommitteeTag>;
using InsuranceId = Id<InsuranceTag>;
using AdviceId = Id<AdviceTag>;
using ActivityId = Id<ActivityTag>;
using ComplaintId = Id<ComplaintTag>;
using NoteId = Id<NoteTag>;

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
template <> inline constexpr std::string_view link_register<ConsentPointTag> = "consent-points";
template <> inline constexpr std::string_view link_register<ObjectionTag> = "objections";
template <> inline constexpr std::string_view link_register<AccountTag> = "accounts";
template <> inline constexpr std::string_view link_register<AccessRequestTag> = "access-requests";
template <> inline constexpr std::string_view link_register<ProjectTag> = "projects";
template <> inline constexpr std::string_view link_register<RecommendationTag> = "recommendations";
template <> inline constexpr std::string_view link_register<RetentionTag> = "retention";
template <> inline constexpr std::string_view link_register<DataItemTag> = "data-items";
template <> inline constexpr std::string_view link_register<ProcessTag> = "processes";
template <> inline constexpr std::string_view link_register<DeclarationTag> = "declarations";
template <> inline constexpr std::string_view link_register<ResponsibilityTag> = "responsibilities";
template <> inline constexpr std::string_view link_register<TrainingTag> = "trainings";
template <> inline constexpr std::string_view link_register<UndertakingTag> = "undertakings";
template <> inline constexpr std::string_view link_register<DelegationTag> = "delegations";
template <> inline constexpr std::string_view link_register<PolicyTag> = "policies";
template <> inline constexpr std::string_view link_register<AuditTag> = "audits";
template <> inline constexpr std::string_view link_register<BackupTag> = "backups";
template <> inline constexpr std::string_view link_register<ContinuityTag> = "continuity";
template <> inline constexpr std::string_view link_register<ArchiveTag> = "archives";
template <> inline constexpr std::string_view link_register<CommitteeTag> = "committees";
template <> inline constexpr std::string_view link_register<InsuranceTag> = "insurance";
template <> inline constexpr std::string_view link_register<AdviceTag> = "advice";
template <> inline constexpr std::string_view link_register<ActivityTag> = "activity";
template <> inline constexpr std::string_view link_register<ComplaintTag> = "complaints";
template <> inline constexpr std::string_view link_register<NoteTag> = "notes";
}

}  // namespace greffier
