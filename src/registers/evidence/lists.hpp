#pragma once
// Closed lists of the register of evidence. A code is never renamed or reused, only retired.

#include "schema/schema.hpp"

namespace greffier::evidence {

enum class EvidenceKind { Deliberation, Policy, Procedure, Contract, Certificate, Training, Notice, Consent, Report, Minutes, Letter, Log, Screenshot, Other };
/// Where in the documentation it belongs.
enum class Family { Processings, Information, Contracts, Rights, Security, Governance };
/// What somebody who inspects expects to be shown.
enum class Document {
    ImpactAssessment, TransferSafeguard, BalancingTest, LegalNotice, SalesTerms, ConsentForm, ConsentProof, NoticeDisplay, RightsProcedure, RightsAnswers,
    ProcessorContract, ComplianceLetter, ProcessorCertificate, DestructionCertificate, BreachProcedure, InspectionProcedure, SecurityPolicy, ItCharter,
    AccessReview, BackupTest, AuditReport, DpoDesignation, TrainingProof, ConfidentialityUndertaking, Deliberation, AnnualReport,
};
schema::ChoiceList<EvidenceKind> const& choices_of(EvidenceKind);
schema::ChoiceList<Family> const& choices_of(Family);
schema::ChoiceList<Document> const& choices_of(Document);

}  // namespace greffier::evidence
