#include "compliance/linter.hpp"

#include <algorithm>

#include "compliance/breach_rules.hpp"
#include "compliance/consent_rules.hpp"
#include "compliance/cross_rules.hpp"
#include "compliance/gap_rule.hpp"
#include "compliance/heavier.hpp"
#include "compliance/notice_rules.hpp"
#include "compliance/policy_rules.hpp"
#include "compliance/processor_rules.hpp"
#include "compliance/request_rules.hpp"
#include "compliance/security_rules.hpp"
#include "compliance/steering_rules.hpp"
#include "compliance/transfer_rules.hpp"
#include "registers/access_request/rules.hpp"
#include "registers/account/rules.hpp"
#include "registers/action/rules.hpp"
#include "registers/asset/rules.hpp"
#include "registers/audit/rules.hpp"
#include "registers/backup/rules.hpp"
#include "registers/breach/rules.hpp"
#include "registers/consent/rules.hpp"
#include "registers/continuity/rules.hpp"
#include "registers/contract/rules.hpp"
#include "registers/insurance/rules.hpp"
#include "registers/notice/rules.hpp"
#include "registers/policy/rules.hpp"
#include "registers/processing/rules.hpp"
#include "registers/processor/rules.hpp"
#include "registers/processor_activity/rules.hpp"
#include "registers/profile/rules.hpp"
#include "registers/project/rules.hpp"
#include "registers/request/rules.hpp"
#include "registers/transfer/rules.hpp"
#include "registers/undertaking/rules.hpp"
#include "schema/unpacked.hpp"

namespace greffier::compliance {
namespace {

using records::Finding;
using records::Report;

/// A link into a register that is switched off: nobody could choose anything there.
bool asks_for_what_is_off(Finding const& finding, Scene& scene)
{
    auto const* field = scene.subject().schema ? scene.subject().schema->find(finding.place.field) : nullptr;
    if (field && field->rows && !finding.place.part.empty()) field = field->rows->find(finding.place.part);
    return field && !field->link_register.empty() && !scene.around().keeps(field->link_register);
}

template <class T>
std::vector<Finding> run(T const& record, std::span<records::Rule<T> const> own, std::span<CrossRule<T> const> cross, Scene& scene)
{
    std::vector<Finding> findings;
    for (auto const& rule : own) {
        Report report(findings, rule.id, rule.severity);
        rule.check(record, scene.subject().circumstances, report);
    }
    for (auto const& rule : cross) {
        if (std::ranges::any_of(rule.needs, [&](std::string_view slug) { return !slug.empty() && !scene.around().keeps(slug); })) continue;
        Report report(findings, rule.id, rule.severity);
        rule.check(record, scene, report);
    }
    std::erase_if(findings, [&](Finding const& finding) { return asks_for_what_is_off(finding, scene); });
    if constexpr (std::is_same_v<T, processing::Processing>) weigh_heavier(record, findings);
    return findings;
}

/// The rules over the records of one register.
struct Family {
    std::string_view register_slug;
    std::vector<Finding> (*judge)(schema::Row const&, Scene&);
    std::vector<RuleInfo> rules;
};

template <class T>
std::vector<RuleInfo> rules_of(std::string_view register_slug, std::span<records::Rule<T> const> own, std::span<CrossRule<T> const> cross)
{
    std::vector<RuleInfo> rules;
    // A rule that stands twice, for two severities, is one: the gravest, which comes first.
    auto add = [&](auto const& rule) { if (std::ranges::find(rules, rule.id, &RuleInfo::id) == rules.end()) rules.push_back({rule.id, rule.id.substr(0, rule.id.find('-')), rule.severity, rule.article, register_slug, "0.1.0"}); };
    for (auto const& rule : own) add(rule);
    for (auto const& rule : cross) add(rule);
    return rules;
}

/// `unpack` makes a record of a row, `own` are the rules over it alone, `cross` those that look further.
template <auto unpack, auto own, auto cross>
Family family(std::string_view slug)
{
    return {slug, [](schema::Row const& row, Scene& scene) { return run(unpack(row), own(), cross(), scene); }, rules_of(slug, own(), cross())};
}

/// For a register whose rules look at its own records alone.
template <class T>
std::span<CrossRule<T> const> no_cross_rules() { return {}; }

account::Account account_of(schema::Row const& row) { return schema::unpacked(account::system_account_schema(), row); }
access_request::AccessRequest access_request_of(schema::Row const& row) { return schema::unpacked(access_request::access_request_schema(), row); }

/// THE list of judged registers.
std::vector<Family> const& families()
{
    static std::vector<Family> const all{
        family<processing_of, processing::processing_rules, cross_processing_rules>(processings_slug),
        family<profile_of, profile::profile_rules, cross_profile_rules>(profile_slug),
        family<breach::breach_of, breach::breach_rules, cross_breach_rules>(breaches_slug),
        family<request_of, request::request_rules, cross_request_rules>(requests_slug),
        family<processor_of, processor::processor_rules, cross_processor_rules>(processors_slug),
        family<contract_of, contract::contract_rules, cross_contract_rules>(contracts_slug),
        family<transfer_of, transfer::transfer_rules, cross_transfer_rules>(transfers_slug),
        family<undertaking_of, undertaking::undertaking_rules, no_cross_rules<undertaking::Undertaking>>(undertakings_slug),
        family<insurance_of, insurance::insurance_rules, no_cross_rules<insurance::Insurance>>(insurance_slug),
        family<asset_of, asset::asset_rules, cross_asset_rules>(assets_slug),
        family<backup_of, backup::backup_rules, no_cross_rules<backup::Backup>>(backups_slug),
        family<plan_of, continuity::plan_rules, no_cross_rules<continuity::Plan>>(continuity_slug),
        family<notice_of, notice::notice_rules, cross_notice_rules>(notices_slug),
        family<point_of, consent::point_rules, no_cross_rules<consent::Point>>(points_slug),
        family<policy_of, policy::policy_rules, no_cross_rules<policy::Policy>>(policies_slug),
        family<consent_of, consent::consent_rules, cross_consent_rules>(consents_slug),
        family<activity_of, processor_activity::activity_rules, no_cross_rules<processor_activity::Activity>>(activities_slug),
        family<account_of, account::account_rules, no_cross_rules<account::Account>>("accounts"),
        family<access_request_of, access_request::access_request_rules, no_cross_rules<access_request::AccessRequest>>("access-requests"),
        family<action_of, action::action_rules, no_cross_rules<action::Action>>(actions_slug),
        family<audit_of, audit::audit_rules, no_cross_rules<audit::Audit>>(audits_slug),
        family<project_of, project::project_rules, no_cross_rules<project::Project>>(projects_slug),
    };
    return all;
}

}  // namespace

std::vector<RuleInfo> const& all_rules()
{
    static auto const all = [] {
        std::vector<RuleInfo> catalogue;
        for (auto const& family : families()) catalogue.insert(catalogue.end(), family.rules.begin(), family.rules.end());
        catalogue.push_back({gap_rule_id, "REG", gap_severity, "", notices_slug, "0.1.0"});
        // One that is asked of two registers (SEC-008: of the application without backup, of the backup without test) is one rule.
        std::ranges::stable_sort(catalogue, {}, &RuleInfo::id);
        auto const twice = std::ranges::unique(catalogue, {}, &RuleInfo::id);
        catalogue.erase(twice.begin(), twice.end());
        return catalogue;
    }();
    return all;
}

RuleInfo const* find_rule(std::string_view id)
{
    auto const& all = all_rules();
    auto const found = std::ranges::lower_bound(all, id, {}, &RuleInfo::id);
    return found != all.end() && found->id == id ? &*found : nullptr;
}

std::vector<Finding> Linter::examine(records::Subject const& subject, records::Surroundings& around) const
{
    auto const found = std::ranges::find(families(), subject.register_slug, &Family::register_slug);
    if (found == families().end()) return {};
    Scene scene(subject, around, most_compared_);
    auto findings = found->judge(*subject.row, scene);
    find_gaps(subject, findings);
    return findings;
}

std::vector<records::Concerned> Linter::concerned(records::Change const& change, records::Surroundings& around) const
{
    std::vector<records::Concerned> found;
    concern(all_readings(), change, around, found);
    return found;
}

// The officer is asked before a processing goes live (art. 38(1)); where nobody is designated, there is nobody to ask.
std::vector<Finding> Linter::hold_back(records::Subject const& subject, records::Surroundings& around) const
{
    auto const& now = subject.circumstances;
    if (subject.register_slug != processings_slug || now.status != "production") return {};
    auto const given = processing_of(*subject.row).dpo_advice_date;
    if (given && *given <= now.today) return {};
    Scene scene(subject, around, most_compared_);
    auto const& dpo = scene.profile().dpo;
    if (!dpo.exists() || (dpo.ends_on && *dpo.ends_on < now.today)) return {};
    return {{"REG-022", records::Severity::Blocking, {"dpo_advice_date"}}};
}

}  // namespace greffier::compliance
