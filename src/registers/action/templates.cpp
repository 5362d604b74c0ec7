#include "registers/action/templates.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace greffier::action {

namespace {

constexpr std::array sets{Set::Starter, Set::Steps, Set::Recurring};

std::string import_key(Template const& one) { return "plan:" + std::string{code_of(one.set)} + ":" + std::string{one.code}; }

Action action_of(Template const& one, Date today, Locale const& locale)
{
    auto const key = "action_template." + std::string{one.code};
    Action action;
    action.name = locale.text(key);
    action.deliverable.value = locale.text(key + ".result");
    action.step = one.step;
    action.priority = one.set == Set::Starter ? Priority::High : Priority::Normal;
    action.source = Source::Plan;
    action.due_date = add_months(today, one.months);
    if (one.repeat_months > 0) action.repeat_every = Duration{.months = one.repeat_months};
    return action;
}

}  // namespace

std::string_view code_of(Set set) { return set == Set::Steps ? "steps" : set == Set::Starter ? "starter" : "recurring"; }
std::span<Set const> all_sets() { return sets; }

std::optional<Set> parse_set(std::string_view code)
{
    auto const found = std::ranges::find(sets, code, &code_of);
    return found == sets.end() ? std::nullopt : std::optional{*found};
}

std::span<Template const> all_templates()
{
    using enum Step;
    static constexpr Template all[] = {
        {Set::Starter, "name_officer", Governance, 1},
        {Set::Starter, "keep_register", Organisation, 3},
        {Set::Starter, "find_sensitive", Priorities, 3},
        {Set::Starter, "answer_rights", Organisation, 3},
        {Set::Starter, "write_charter", Organisation, 6},
        {Set::Starter, "bind_processors", Organisation, 6},
        {Set::Starter, "prepare_breach", Governance, 3},

        {Set::Steps, "know_the_law", Responsibilities, 2},
        {Set::Steps, "name_controller", Responsibilities, 2},
        {Set::Steps, "list_processings", Responsibilities, 3},
        {Set::Steps, "train_management", Responsibilities, 3},
        {Set::Steps, "share_out_work", Responsibilities, 3},
        {Set::Steps, "map_systems", Responsibilities, 4},
        {Set::Steps, "locate_data", Responsibilities, 4},
        {Set::Steps, "rank_processings", Priorities, 5},
        {Set::Steps, "assess_impact", Priorities, 8},
        {Set::Steps, "collect_less", Priorities, 8},
        {Set::Steps, "add_clauses", Priorities, 8},
        {Set::Steps, "ask_vendors", ByDesign, 9},
        {Set::Steps, "design_in_house", ByDesign, 9},
        {Set::Steps, "mend_gaps", ByDesign, 10},
        {Set::Steps, "set_up_governance", Governance, 10},
        {Set::Steps, "announce_officer", Governance, 10},
        {Set::Steps, "breach_process", Governance, 10},
        {Set::Steps, "choose_tools", Governance, 12},
        {Set::Steps, "train_staff", Organisation, 12},
        {Set::Steps, "delegate_powers", Organisation, 12},
        {Set::Steps, "complete_register", Organisation, 12},
        {Set::Steps, "staff_documents", Organisation, 14},
        {Set::Steps, "inform_people", Organisation, 14},
        {Set::Steps, "automate", Organisation, 15},
        {Set::Steps, "plan_checks", Further, 16},
        {Set::Steps, "use_data_well", Further, 18},
        {Set::Steps, "report_up", Further, 18},
        {Set::Steps, "consider_certification", Further, 18},

        {Set::Recurring, "pre_audit", Further, 6, 12},
        {Set::Recurring, "update_registers", Organisation, 6, 6},
        {Set::Recurring, "update_assessments", Priorities, 12, 12},
        {Set::Recurring, "audit_compliance", Further, 12, 12},
        {Set::Recurring, "audit_security", Further, 12, 12},
        {Set::Recurring, "do_audit_actions", Further, 12, 6},
    };
    return all;
}

int size_of(Set set) { return static_cast<int>(std::ranges::count(all_templates(), set, &Template::set)); }

int adopted_of(records::Records const& records, records::Register const& kind, Set set)
{
    int count = 0;
    for (auto const& one : all_templates()) count += one.set == set && records.find_by_import_key(kind, import_key(one));
    return count;
}

Result<Adopted> adopt(records::Machinery const& machinery, OrganisationId organisation, accounts::Sight const& sight, records::Register const& kind, Set set, records::By const& by, Locale const& locale)
{
    std::function<void()> once_committed;
    auto adopted = machinery.database.write_result<Adopted>([&](storage::Session& session) -> Result<Adopted> {
        session.lock(organisation);
        records::Batch batch(machinery, organisation, session, by, sight);
        Adopted counts;
        for (auto const& one : all_templates()) {
            if (one.set != set) continue;
            if (batch.find_by_import_key(kind, import_key(one))) {
                ++counts.already_there;
                continue;
            }
            records::NewRecord wanted{.row = action_schema().pack(action_of(one, by.today(), locale))};
            wanted.import_key = import_key(one);
            (void)TRY(batch.create(kind, std::move(wanted)));
            ++counts.made;
        }
        batch.finish();
        once_committed = batch.once_committed();
        return counts;
    });
    if (adopted.ok()) once_committed();
    return adopted;
}

}  // namespace greffier::action
