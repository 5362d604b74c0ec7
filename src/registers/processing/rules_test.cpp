#include "registers/processing/rules.hpp"

#include <functional>
#include <set>

#include <gtest/gtest.h>

namespace greffier::processing {
namespace {

using records::Finding;
using records::Place;
using Places = std::vector<Place>;

constexpr Date today{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{22}};

Date day(char const* text) { return *parse_date(text); }

Places places_of(char const* id, Processing const& p, std::string status = "draft")
{
    std::vector<Finding> findings;
    for (auto const& rule : processing_rules())
        if (rule.id == id) {
            records::Report report(findings, rule.id, rule.severity);
            rule.check(p, {today, std::move(status), "T-1"}, report);
        }
    Places places;
    for (auto& finding : findings) places.push_back(finding.place);
    return places;
}

/// A sheet in which no rule finds anything.
Processing sound()
{
    Processing p;
    p.name = "Gestion de la paie";
    p.owner.name = "Service du personnel";
    p.start_date = day("2020-01-01");
    p.validated_on = p.last_review = day("2026-06-01");
    Purpose main{.id = "m", .kind = PurposeKind::Main, .text = {"Calculer et verser les salaires"}, .basis = LegalBasis::C};
    main.legal_text = "Code du travail";
    p.purposes = {main};
    p.subject_categories = {{.id = "s", .category = {"employees"}}};
    DataCategory row{.id = "d", .category = {"identity"}};
    row.necessity.value = "Pour identifier l'agent";
    row.retention_text = "5 ans";
    row.final_disposition = FinalDisposition::Delete;
    p.data_categories = {row};
    p.recipients = {{.id = "r", .name = "Trésorerie"}};
    p.measures = {{.id = "x"}};
    p.assets = {AssetId::make()};
    return p;
}

struct Case {
    char const* rule;
    char const* what;
    std::function<void(Processing&)> change;
    Places expected;              ///< empty = nothing found
    std::string status = "draft";
};

void expect_all(std::vector<Case> const& cases)
{
    for (auto const& c : cases) {
        auto p = sound();
        c.change(p);
        EXPECT_EQ(places_of(c.rule, p, c.status), c.expected) << c.rule << ": " << c.what;
    }
}

Purpose purpose(char const* id, char const* text, std::optional<LegalBasis> basis)
{
    return {.id = id, .text = {text}, .basis = basis};
}

TEST(ProcessingRules, find_nothing_in_a_sound_sheet)
{
    for (auto const& rule : processing_rules())
        EXPECT_TRUE(places_of(std::string(rule.id).c_str(), sound(), "production").empty()) << rule.id;
}

TEST(ProcessingRules, have_each_an_identifier_of_their_own)
{
    std::set<std::string_view> ids;
    for (auto const& rule : processing_rules()) EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
    EXPECT_EQ(ids.size(), 36U);
}

TEST(ProcessingRules, never_block_on_advice_without_a_text)
{
    for (auto const& rule : processing_rules())
        EXPECT_FALSE(rule.article.empty() && rule.severity == records::Severity::Blocking) << rule.id;
}

TEST(ProcessingRules, judge_names_and_purposes)
{
    expect_all({
        {"REG-001", "a tool", [](auto& p) { p.name = "Sage Paie"; }, {{"name"}}},
        {"REG-001", "a purpose", [](auto& p) { p.name = "Gestion de la paie"; }, {}},
        {"REG-002", "no purpose at all", [](auto& p) { p.purposes.clear(); }, {{"purposes"}}},
        {"REG-002", "only a secondary one", [](auto& p) { p.purposes[0].kind = PurposeKind::Secondary; }, {{"purposes"}}},
        {"REG-002", "a blank one", [](auto& p) { p.purposes[0].text = {" \n"}; }, {{"purposes", "m", "text"}}},
        {"REG-003", "a word", [](auto& p) { p.purposes[0].text = {"Gestion"}; }, {{"purposes", "m", "text"}}},
        {"REG-003", "fifteen characters", [](auto& p) { p.purposes[0].text = {"Verser la paie."}; }, {}},
        {"REG-003", "a blank one is REG-002's", [](auto& p) { p.purposes[0].text = {""}; }, {}},
        {"REG-004", "six secondary purposes", [](auto& p) { p.purposes.resize(7); for (std::size_t i = 1; i < 7; ++i) p.purposes[i].kind = PurposeKind::Secondary; }, {{"purposes"}}},
        {"REG-004", "five secondary purposes", [](auto& p) { p.purposes.resize(6); }, {}},
        {"REG-004", "three bases", [](auto& p) { p.purposes.push_back(purpose("b", "b", LegalBasis::A)); p.purposes.push_back(purpose("c", "c", LegalBasis::B)); }, {{"purposes"}}},
        {"REG-031", "two main purposes", [](auto& p) { p.purposes.push_back(purpose("b", "Autre but", LegalBasis::C)); p.purposes.back().kind = PurposeKind::Main; }, {{"purposes", "b", "kind"}}},
        {"REG-031", "one main purpose and another", [](auto& p) { p.purposes.push_back(purpose("b", "Autre but", LegalBasis::C)); p.purposes.back().kind = PurposeKind::Secondary; }, {}},
        {"REG-004", "two bases", [](auto& p) { p.purposes.push_back(purpose("b", "b", LegalBasis::A)); }, {}},
    });
}

TEST(ProcessingRules, judge_the_parts_a_sheet_must_have)
{
    expect_all({
        {"REG-007", "no arrangement", [](auto& p) { p.joint_controllers = {{.id = "j", .name = "Agglomération"}}; }, {{"art26_agreement"}}},
        {"REG-007", "an arrangement", [](auto& p) { p.joint_controllers = {{.id = "j", .name = "Agglomération"}}; p.art26_agreement = "Convention 12"; }, {}},
        {"REG-008", "nobody", [](auto& p) { p.subject_categories.clear(); }, {{"subject_categories"}}},
        {"REG-009", "no data", [](auto& p) { p.data_categories.clear(); }, {{"data_categories"}}},
        {"REG-010", "no recipient", [](auto& p) { p.recipients.clear(); }, {{"recipients"}}},
        {"REG-010", "none, and said so", [](auto& p) { p.recipients.clear(); p.no_recipient_confirmed = true; }, {}},
        {"REG-023", "no asset", [](auto& p) { p.assets.clear(); }, {{"assets"}}},
        {"REG-023", "archived", [](auto& p) { p.assets.clear(); }, {}, "archived"},
        {"REG-017", "no owner", [](auto& p) { p.owner = {}; }, {{"owner"}}},
        {"REG-018", "live since when", [](auto& p) { p.start_date.reset(); }, {{"start_date"}}, "production"},
        {"REG-018", "not live yet", [](auto& p) { p.start_date.reset(); }, {}},
        {"REG-020", "a year and a day", [](auto& p) { p.last_review = day("2025-11-21"); }, {{"last_review"}}, "production"},
        {"REG-020", "a year to the day", [](auto& p) { p.last_review = day("2025-11-22"); }, {}, "production"},
        {"REG-020", "never", [](auto& p) { p.last_review.reset(); p.validated_on.reset(); }, {{"last_review"}}, "production"},
        {"REG-020", "validated this year", [](auto& p) { p.last_review.reset(); }, {}, "production"},
        {"REG-020", "a draft", [](auto& p) { p.last_review = day("2020-01-01"); }, {}},
        {"PRO-013", "a partner, in no stated capacity", [](auto& p) { p.recipients = {{.id = "r", .type = schema::Term<RecipientTypes>{"partner"}, .name = "Mécénat"}}; }, {{"recipients", "r", "role"}}},
        {"PRO-013", "a partner for its own account", [](auto& p) { p.recipients = {{.id = "r", .type = schema::Term<RecipientTypes>{"partner"}, .name = "Mécénat", .role = "Responsable"}}; }, {}},
        {"PRO-013", "an authority", [](auto& p) { p.recipients = {{.id = "r", .type = schema::Term<RecipientTypes>{"authority"}, .name = "Préfecture"}}; }, {}},
        {"RIG-012", "a contract, in software", [](auto& p) { p.purposes[0].basis = LegalBasis::B; p.hosting = "Nuage"; }, {{"export_format"}}},
        {"RIG-012", "a format", [](auto& p) { p.purposes[0].basis = LegalBasis::B; p.hosting = "Nuage"; p.export_format = "CSV"; }, {}},
        {"RIG-012", "on paper", [](auto& p) { p.purposes[0].basis = LegalBasis::A; }, {}},
        {"RIG-012", "an obligation", [](auto& p) { p.hosting = "Nuage"; }, {}},
        {"REG-021", "live without validation", [](auto& p) { p.validated_on.reset(); }, {{"validated_on"}}, "production"},
        {"REG-021", "a draft", [](auto& p) { p.validated_on.reset(); }, {}},
    });
}

TEST(ProcessingRules, judge_retention_category_by_category)
{
    Places const text{{"data_categories", "d", "retention_text"}};
    auto const kept = [](char const* words) { return [words](Processing& p) { p.data_categories[0].retention_text = words; }; };
    expect_all({
        {"REG-011", "nothing said", kept(""), text},
        {"REG-011", "a criterion", [](auto& p) { p.data_categories[0].retention_text = ""; p.data_categories[0].retention_criterion = "Jusqu'au départ"; }, {}},
        {"REG-011", "a period", [](auto& p) { p.data_categories[0].retention_text = ""; p.data_categories[0].retention_period = schema::Duration{.years = 5}; }, {}},
        {"REG-012", "illimitée", kept("Durée ILLIMITÉE"), text},
        {"REG-012", "indéfiniment", kept("Conservées indéfiniment"), text},
        {"REG-012", "sans limite", kept("sans limite de durée"), text},
        {"REG-012", "permanent", kept("Permanent"), text},
        {"REG-012", "à vie", kept("À vie"), text},
        {"REG-012", "permanent staff", kept("5 ans pour les agents permanents"), {}},
        {"REG-012", "a period", kept("5 ans à compter du départ"), {}},
        {"REG-012", "public archives", [](auto& p) { p.data_categories[0].retention_text = "illimitée"; p.public_archives = true; }, {}},
        {"REG-014", "no reason", [](auto& p) { p.data_categories[0].archive_period = schema::Duration{.years = 5}; }, {{"data_categories", "d", "archive_reason"}}},
        {"REG-014", "a reason", [](auto& p) { p.data_categories[0].archive_period = schema::Duration{.years = 5}; p.data_categories[0].archive_reason = "Contentieux"; }, {}},
        {"REG-015", "no end", [](auto& p) { p.data_categories[0].final_disposition.reset(); }, {{"data_categories", "d", "final_disposition"}}},
    });
}

TEST(ProcessingRules, hold_retention_against_its_reference_only_when_both_are_certain)
{
    auto const held = [](char const* reference, char const* text) {
        return [=](Processing& p) {
            p.data_categories[0].retention_rule = schema::Term<RetentionRules>{reference};
            p.data_categories[0].retention_text = text;
        };
    };
    Places const text{{"data_categories", "d", "retention_text"}};
    expect_all({
        {"REG-013", "five years for prospects", held("RT01", "5 ans"), text},
        {"REG-013", "three years for prospects", held("RT01", "3 ans après le dernier contact"), {}},
        {"REG-013", "the same said in months", held("RT01", "36 mois"), {}},
        {"REG-013", "another event", held("RT01", "5 ans à compter de la collecte"), {}},
        {"REG-013", "uncertain text", held("RT01", "5 ans puis archivage"), {}},
        {"REG-013", "a minimum is no maximum", held("RT06", "10 ans"), {}},
        {"REG-013", "a reference without figure", held("RT22", "10 ans"), {}},
        {"REG-013", "a period beside the text", [&](auto& p) { held("RT08", "")(p); p.data_categories[0].retention_period = schema::Duration{.months = 2}; }, {{"data_categories", "d", "retention_period"}}},
        {"REG-013", "justified", [&](auto& p) { held("RT01", "5 ans")(p); p.data_categories[0].justification = {"Contentieux en cours"}; }, {}},
        {"REG-013", "no reference", [](auto& p) { p.data_categories[0].retention_text = "90 ans"; }, {}},
    });
}

TEST(ProcessingRules, judge_bases)
{
    auto const based = [](LegalBasis basis) { return [basis](Processing& p) { p.purposes[0].basis = basis; p.purposes[0].legal_text = ""; }; };
    Places const legal_text{{"purposes", "m", "legal_text"}};
    expect_all({
        {"LAW-001", "none", [](auto& p) { p.purposes[0].basis.reset(); }, {{"purposes", "m", "basis"}}},
        {"LAW-001", "one of two", [](auto& p) { p.purposes.push_back(purpose("b", "b", std::nullopt)); }, {{"purposes", "b", "basis"}}},
        {"LAW-002", "obligation without text", based(LegalBasis::C), legal_text},
        {"LAW-002", "another basis", based(LegalBasis::E), {}},
        {"LAW-003", "public task without text", based(LegalBasis::E), legal_text},
        {"LAW-003", "another basis", based(LegalBasis::C), {}},
        {"LAW-004", "nothing said", based(LegalBasis::F), {{"purposes", "m", "interest"}, {"purposes", "m", "balancing"}}},
        {"LAW-004", "not balanced", [&](auto& p) { based(LegalBasis::F)(p); p.purposes[0].interest = {"Prévenir la fraude"}; }, {{"purposes", "m", "balancing"}}},
        {"LAW-004", "balanced", [&](auto& p) { based(LegalBasis::F)(p); p.purposes[0].interest = {"Fraude"}; p.purposes[0].balancing = {"Faible"}; }, {}},
        {"LAW-010", "consent of staff", based(LegalBasis::A), {{"purposes", "m", "basis"}}},
        {"LAW-010", "consent of customers", [&](auto& p) { based(LegalBasis::A)(p); p.subject_categories[0].category = {"customers"}; }, {}},
        {"LAW-012", "same words, other basis", [](auto& p) { p.purposes.push_back(purpose("b", "calculer  et verser les SALAIRES", LegalBasis::B)); }, {{"purposes", "b", "basis"}}},
        {"LAW-012", "same words, same basis", [](auto& p) { p.purposes.push_back(purpose("b", "calculer et verser les salaires", LegalBasis::C)); }, {}},
        {"LAW-012", "other words", [](auto& p) { p.purposes.push_back(purpose("b", "Imprimer les bulletins", LegalBasis::B)); }, {}},
        {"LAW-013", "not assessed", [](auto& p) { p.purposes[0].further_use = true; }, {{"purposes", "m", "compatibility_test"}}},
        {"LAW-013", "assessed", [](auto& p) { p.purposes[0].further_use = true; p.purposes[0].compatibility_test = {"Compatible"}; }, {}},
        {"LAW-013", "consented", [&](auto& p) { based(LegalBasis::A)(p); p.purposes[0].further_use = true; }, {}},
    });
}

TEST(ProcessingRules, judge_special_data_and_what_the_law_protects_most)
{
    auto const data = [](char const* code) { return [code](Processing& p) { p.data_categories[0].category = {code}; }; };
    auto const marketing = [](Processing& p) {
        p.tags = {{"e_marketing"}};
        p.b2c = true;
        p.subject_categories[0].category = {"prospects"};
    };
    auto const children = [](Processing& p) {
        p.subject_categories[0].category = {"minors"};
        p.purposes[0].basis = LegalBasis::A;
        p.online = true;
    };
    expect_all({
        {"LAW-006", "health", data("health"), {{"purposes", "m", "art9_condition"}}},
        {"LAW-006", "flagged by hand", [](auto& p) { p.data_categories[0].special = true; }, {{"purposes", "m", "art9_condition"}}},
        {"LAW-006", "with a condition", [&](auto& p) { data("health")(p); p.purposes[0].art9_condition = Art9Condition::B; }, {}},
        {"LAW-006", "identity", data("identity"), {}},
        {"LAW-008", "offences", data("criminal"), {{"art10_ground"}}},
        {"LAW-008", "with a ground", [&](auto& p) { data("criminal")(p); p.art10_ground = {"CSI, art. L511-1"}; }, {}},
        {"LAW-009", "social security number", data("nir"), {{"nir_ground"}}},
        {"LAW-009", "with a ground", [&](auto& p) { data("nir")(p); p.nir_ground = {"Décret 2019-341"}; }, {}},
        {"LAW-014", "no opt-in", marketing, {{"purposes", "m", "basis"}}},
        {"LAW-014", "similar products", [&](auto& p) { marketing(p); p.soft_optin = true; }, {}},
        {"LAW-014", "consented", [&](auto& p) { marketing(p); p.purposes[0].basis = LegalBasis::A; }, {}},
        {"LAW-014", "professionals", [&](auto& p) { marketing(p); p.b2c = false; }, {}},
        {"LAW-016", "no reason", [](auto& p) { p.data_categories[0].necessity = {""}; }, {{"data_categories", "d", "necessity"}}},
        {"LAW-017", "nothing said", [](auto& p) { p.automated_decision = true; }, {{"human_intervention"}, {"art22_exception"}}},
        {"LAW-017", "with safeguards", [](auto& p) { p.automated_decision = true; p.human_intervention = {"Recours"}; p.art22_exception = Art22Exception::Law; }, {}},
        {"LAW-018", "on health", [&](auto& p) { data("health")(p); p.automated_decision = true; p.purposes[0].art9_condition = Art9Condition::B; }, {{"automated_decision"}}},
        {"LAW-018", "with explicit consent", [&](auto& p) { data("health")(p); p.automated_decision = true; p.purposes[0].art9_condition = Art9Condition::A; }, {}},
        {"LAW-018", "on identity", [](auto& p) { p.automated_decision = true; }, {}},
        {"LAW-019", "online, alone", children, {{"parental_mechanism"}}},
        {"LAW-019", "with the parents", [&](auto& p) { children(p); p.parental_mechanism = {"Double accord"}; }, {}},
        {"LAW-019", "on paper", [&](auto& p) { children(p); p.online = false; }, {}},
    });
}

}  // namespace
}  // namespace greffier::processing
