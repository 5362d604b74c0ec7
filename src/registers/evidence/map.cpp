#include "registers/evidence/map.hpp"

#include <algorithm>

namespace greffier::evidence {

std::span<Expected const> all_expected()
{
    using enum Document;
    static constexpr Expected all[] = {
        {Family::Processings, "controller_register", "processings", {}, "30(1)"},
        {Family::Processings, "processor_register", "processor-activities", {}, "30(2)"},
        {Family::Processings, "breach_register", "breaches", {}, "33(5)"},
        {Family::Processings, "impact_assessment", "", ImpactAssessment, "35(1)"},
        {Family::Processings, "transfer_safeguard", "transfers", TransferSafeguard, "46"},
        {Family::Processings, "balancing_test", "", BalancingTest, "6(1)(f)"},
        {Family::Information, "legal_notice", "notices", LegalNotice, "13", "published"},
        {Family::Information, "sales_terms", "", SalesTerms, "13"},
        {Family::Information, "notice_display", "", NoticeDisplay, "12(1)"},
        {Family::Information, "consent_form", "consent-points", ConsentForm, "7(2)", "in_use"},
        {Family::Information, "consent_proof", "consents", ConsentProof, "7(1)"},
        {Family::Contracts, "processor_contract", "contracts", ProcessorContract, "28(3)"},
        {Family::Contracts, "compliance_letter", "", ComplianceLetter, "28(1)"},
        {Family::Contracts, "processor_certificate", "", ProcessorCertificate, "28(5)"},
        {Family::Contracts, "destruction_certificate", "", DestructionCertificate, "28(3)(g)"},
        {Family::Rights, "rights_procedure", "", RightsProcedure, "12(2)"},
        {Family::Rights, "request_register", "requests", RightsAnswers, "12(3)"},
        {Family::Security, "breach_procedure", "", BreachProcedure, "33"},
        {Family::Security, "security_policy", "", SecurityPolicy, "32(1)"},
        {Family::Security, "it_charter", "", ItCharter, "29"},
        {Family::Security, "access_review", "", AccessReview, "32(1)(b)"},
        {Family::Security, "backup_test", "", BackupTest, "32(1)(c)"},
        {Family::Security, "audit_report", "audits", AuditReport, "32(1)(d)"},
        {Family::Governance, "dpo_designation", "", DpoDesignation, "37(7)"},
        {Family::Governance, "deliberation", "", Deliberation, "24(1)"},
        {Family::Governance, "training_proof", "trainings", TrainingProof, "39(1)(b)", "held"},
        {Family::Governance, "confidentiality_undertaking", "undertakings", ConfidentialityUndertaking, "32(4)", "signed"},
        {Family::Governance, "inspection_procedure", "", InspectionProcedure, "31"},
        {Family::Governance, "annual_report", "", AnnualReport, "38(3)"},
    };
    return all;
}

std::string_view code_of(Found found) { return found == Found::There ? "there" : found == Found::Expired ? "expired" : "missing"; }

std::vector<MapLine> map_of(std::vector<Piece> const& pieces, std::function<std::int64_t(Expected const&)> const& count, Date today)
{
    std::vector<MapLine> lines;
    for (auto const& expected : all_expected()) {
        MapLine line;
        line.expected = &expected;
        if (!expected.register_slug.empty()) line.records = count(expected);
        for (auto const& piece : pieces)
            if (expected.document && piece.evidence.document == expected.document && piece.head.status == "proving") line.pieces.push_back(&piece);
        std::ranges::stable_sort(line.pieces, {}, [&](Piece const* piece) { return piece->evidence.is_expired(today); });
        bool const valid = line.records > 0 || (!line.pieces.empty() && !line.pieces.front()->evidence.is_expired(today));
        line.found = valid ? Found::There : line.pieces.empty() ? Found::Missing : Found::Expired;
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace greffier::evidence
