// Each model of a record, held against its register: what it answers is accepted, and what the linter says of it is what it leaves to complete.
#include "records/record_models.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "compliance/linter.hpp"
#include "core/text.hpp"
#include "compliance/listed_records.hpp"
#include "records/pages/beside.hpp"
#include "registers/consent/point.hpp"
#include "registers/consent/register.hpp"
#include "registers/notice/register.hpp"
#include "registers/policy/policy.hpp"
#include "registers/policy/register.hpp"
#include "schema/check.hpp"

namespace greffier::compliance {
namespace {

using records::RecordModel;

records::Register const& register_of(RecordModel const& model)
{
    for (auto const* kind : {&notice::notice_register(), &consent::point_register(), &policy::policy_register()})
        if (kind->slug == model.register_slug) return *kind;
    throw std::logic_error("no register " + model.register_slug);
}

std::set<std::string> left_open(RecordModel const& model)
{
    std::set<std::string> fields;
    for (auto const& one : model.complete) fields.insert(one.field);
    return fields;
}

template <class Visit>
void each_model(Visit const& visit)
{
    for (auto const language : {Language::French, Language::English})
        for (auto const& model : records::record_models(language)) {
            SCOPED_TRACE(model.register_slug + "/" + model.code + " " + std::string{code_of(language)});
            visit(model);
        }
}

TEST(RecordModels, are_accepted_by_their_register_whole)
{
    each_model([](RecordModel const& model) {
        auto const& info = *register_of(model).schema;
        auto const row = records::row_of(register_of(model), model);
        for (auto const& problem : schema::check(info, row)) ADD_FAILURE() << problem.field << " " << problem.code;
        for (auto const& field : left_open(model)) EXPECT_NE(info.find(field), nullptr) << field;
        EXPECT_FALSE(model.title.empty() || model.summary.empty() || model.articles.empty());
        for (auto const& one : model.complete) EXPECT_FALSE(one.words.empty()) << one.field;
        EXPECT_EQ(schema::text_of(info, row, register_of(model).title_field), squeeze(model.title));
    });
}

TEST(RecordModels, leave_to_complete_what_the_law_demands_and_they_do_not_answer)
{
    each_model([](RecordModel const& model) {
        auto const& info = *register_of(model).schema;
        auto const open = left_open(model);
        for (auto const& path : schema::unanswered(info, records::row_of(register_of(model), model))) {
            auto const field = path.substr(0, path.find_first_of("[."));
            EXPECT_TRUE(open.contains(field)) << field << " is neither answered nor said to be left open";
        }
    });
}

TEST(RecordModels, are_found_fault_with_only_where_they_are_to_be_completed)
{
    int gaps = 0;
    each_model([&](RecordModel const& model) {
        auto const& kind = register_of(model);
        auto const row = records::row_of(kind, model);
        ListedRecords around;
        records::Subject subject{{}, std::string{kind.slug}, RecordId::make(), kind.schema, &row, {{}, std::string{kind.first_status()}, "X-1"}};
        subject.circumstances.today = *parse_date("2026-11-22");
        auto const open = left_open(model);
        for (auto const& finding : Linter{}.examine(subject, around)) {
            gaps += finding.rule == "REG-039";
            EXPECT_TRUE(open.contains(finding.place.field)) << finding.rule << " at " << finding.place.text();
            EXPECT_NE(finding.severity, records::Severity::Blocking) << finding.rule;
        }
    });
    EXPECT_GT(gaps, 40) << "most models leave something between brackets, and that is told";
}

TEST(RecordModels, are_the_same_in_both_languages_and_reached_from_their_list)
{
    std::set<std::string> french, english, registers, linked;
    for (auto const& model : records::record_models(Language::French)) french.insert(model.register_slug + "/" + model.code);
    for (auto const& model : records::record_models(Language::English)) {
        english.insert(model.register_slug + "/" + model.code);
        registers.insert(model.register_slug);
    }
    EXPECT_EQ(french, english);
    for (auto const& page : records::beside_pages())
        if (page.rest == "/models") linked.insert(std::string{page.register_slug});
    EXPECT_EQ(registers, linked);
    EXPECT_GE(records::models_of("notices", Language::French).size(), 12u);
}

TEST(RecordModels, say_the_same_words_to_no_two_languages)
{
    for (auto const& model : records::record_models(Language::French)) {
        auto const* other = records::find_model(model.register_slug, model.code, Language::English);
        ASSERT_NE(other, nullptr) << model.code;
        EXPECT_NE(model.summary, other->summary) << model.code;
        EXPECT_NE(model.answers, other->answers) << model.code;
        EXPECT_EQ(model.written_on, other->written_on);
        EXPECT_EQ(left_open(model), left_open(*other)) << model.code;
    }
}

TEST(RecordModels, are_found_by_their_words_whatever_case_and_accents)
{
    auto const all = records::models_of("notices", Language::French);
    auto const found = records::matching(all, "  VIDÉOPROTECTION ");
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found.front()->code, "cameras-street");
    EXPECT_EQ(records::matching(all, ""), all);
    EXPECT_TRUE(records::matching(all, "cantine videoprotection").empty());
    EXPECT_EQ(records::find_model("notices", "none", Language::French), nullptr);
    EXPECT_TRUE(records::models_of("processings", Language::French).empty());
}

TEST(GapRule, tells_each_answer_that_still_has_a_gap_and_falls_silent_once_filled_or_over)
{
    policy::Policy document;
    document.name = "Charte";
    document.text.value = "On appelle [À COMPLÉTER : qui].";
    document.summary.value = "Rien à redire";
    auto const told = [&](char const* status) {
        auto const row = policy::policy_schema().pack(document);
        ListedRecords around;
        records::Subject const subject{{}, "policies", RecordId::make(), &policy::policy_schema().info(), &row, {*parse_date("2026-11-22"), status, "POL-1"}};
        std::vector<std::string> places;
        for (auto const& finding : Linter{}.examine(subject, around))
            if (finding.rule == "REG-039") places.push_back(finding.place.text());
        return places;
    };
    EXPECT_EQ(told("in_force"), std::vector<std::string>{"text"});
    EXPECT_TRUE(told("archived").empty());
    document.text.value = "On appelle l’accueil.";
    EXPECT_TRUE(told("in_force").empty());
}

TEST(StaffPapers, that_ask_for_agreement_say_why_a_refusal_costs_nothing)
{
    policy::Policy document;
    document.name = "Contrat type";
    document.kind = policy::PolicyKind::EmploymentContract;
    auto const told = [&] {
        auto const row = policy::policy_schema().pack(document);
        ListedRecords around;
        records::Subject const subject{{}, "policies", RecordId::make(), &policy::policy_schema().info(), &row, {*parse_date("2026-11-22"), "in_force", "POL-1"}};
        auto const found = Linter{}.examine(subject, around);
        return std::ranges::any_of(found, [](auto const& finding) { return finding.rule == "LAW-020" && finding.place.field == "asks_agreement"; });
    };
    EXPECT_FALSE(told()) << "nobody has looked yet";
    document.asks_agreement = true;
    EXPECT_TRUE(told());
    document.agreement_reason.value = "La photo est facultative, et chacun le sait.";
    EXPECT_FALSE(told());
    document.agreement_reason.value.clear();
    document.asks_agreement = false;
    EXPECT_FALSE(told());
}

TEST(CollectionForms, are_told_of_each_answer_that_is_no_and_of_none_that_nobody_gave)
{
    consent::Point point;
    point.name = "Bon de commande";
    std::string status = "in_use";
    auto const told = [&] {
        auto const row = consent::point_schema().pack(point);
        ListedRecords around;
        records::Subject const subject{{}, "consent-points", RecordId::make(), &consent::point_schema().info(), &row, {*parse_date("2026-11-22"), status, "PCO-1"}};
        std::vector<std::string> places;
        for (auto const& finding : Linter{}.examine(subject, around))
            if (finding.rule == "CON-008") places.push_back(finding.place.text());
        return places;
    };
    EXPECT_TRUE(told().empty()) << "nobody has looked yet";
    point.form_unticked = point.form_objection = point.form_marked = point.form_notice = true;
    EXPECT_TRUE(told().empty());
    point.form_objection = point.form_notice = false;
    EXPECT_EQ(told(), (std::vector<std::string>{"form_objection", "form_notice"}));
    status = "archived";
    EXPECT_TRUE(told().empty());
}

}  // namespace
}  // namespace greffier::compliance
