#include "registers/evidence/lists.hpp"

namespace greffier::evidence {

using schema::ChoiceList;

ChoiceList<EvidenceKind> const& choices_of(EvidenceKind)
{
    using enum EvidenceKind;
    static ChoiceList<EvidenceKind> const list("evidence_kind", {
        {Deliberation, {"deliberation"}}, {Policy, {"policy"}}, {Procedure, {"procedure"}}, {Contract, {"contract"}}, {Certificate, {"certificate"}}, {Training, {"training"}}, {Notice, {"notice"}},
        {Consent, {"consent"}}, {Report, {"report"}}, {Minutes, {"minutes"}}, {Letter, {"letter"}}, {Log, {"log"}}, {Screenshot, {"screenshot"}}, {Other, {"other"}},
    });
    return list;
}

ChoiceList<Family> const& choices_of(Family)
{
    using enum Family;
    static ChoiceList<Family> const list("evidence_family", {
        {Processings, {"processings"}}, {Information, {"information"}}, {Contracts, {"contracts"}}, {Rights, {"rights"}}, {Security, {"security"}}, {Governance, {"governance"}},
    });
    return list;
}

ChoiceList<Document> const& choices_of(Document)
{
    using enum Document;
    static ChoiceList<Document> const list("evidence_document", {
        {ImpactAssessment, {"impact_assessment"}}, {TransferSafeguard, {"transfer_safeguard"}}, {BalancingTest, {"balancing_test"}}, {LegalNotice, {"legal_notice"}}, {SalesTerms, {"sales_terms"}},
        {ConsentForm, {"consent_form"}}, {ConsentProof, {"consent_proof"}}, {NoticeDisplay, {"notice_display"}}, {RightsProcedure, {"rights_procedure"}}, {RightsAnswers, {"rights_answers"}},
        {ProcessorContract, {"processor_contract"}}, {ComplianceLetter, {"compliance_letter"}}, {ProcessorCertificate, {"processor_certificate"}},
        {DestructionCertificate, {"destruction_certificate"}}, {BreachProcedure, {"breach_procedure"}}, {InspectionProcedure, {"inspection_procedure"}}, {SecurityPolicy, {"security_policy"}},
        {ItCharter, {"it_charter"}}, {AccessReview, {"access_review"}}, {BackupTest, {"backup_test"}}, {AuditReport, {"audit_report"}}, {DpoDesignation, {"dpo_designation"}},
        {TrainingProof, {"training_proof"}}, {ConfidentialityUndertaking, {"confidentiality_undertaking"}}, {Deliberation, {"deliberation"}}, {AnnualReport, {"annual_report"}},
    });
    return list;
}

}  // namespace greffier::evidence
