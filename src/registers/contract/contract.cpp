#include "registers/contract/contract.hpp"

#include <algorithm>

namespace greffier::contract {

using schema::Field;
using schema::Schema;

ClauseRow const* Contract::clause(Clause item) const
{
    auto const found = std::ranges::find(clauses, item, &ClauseRow::item);
    return found == clauses.end() ? nullptr : &*found;
}

std::span<ClauseInfo const> all_clauses()
{
    using enum Clause;
    static constexpr ClauseInfo all[] = {
        {Written, "C01", "28(3), 28(9)", true},
        {Subject, "C02", "28(3)", true},
        {Purpose, "C03", "28(3)", true},
        {DataAndPeople, "C04", "28(3)", true},
        {ControllerDuties, "C05", "28(3)", true},
        {Instructions, "C06", "28(3)(a)", true},
        {Confidentiality, "C07", "28(3)(b)", true},
        {Security, "C08", "28(3)(c)", true},
        {Subprocessors, "C09", "28(3)(d)", true},
        {RightsHelp, "C10", "28(3)(e)", true},
        {DutiesHelp, "C11", "28(3)(f)", true},
        {DeletionOrReturn, "C12", "28(3)(g)", true},
        {Audits, "C13", "28(3)(h)", true},
        {UnlawfulInstruction, "C14", "28(3)", true},
        {BreachNotice, "C15", "33(2)", false},
        {Responsibilities, "C16", "", false},
        {Authentication, "C17", "", false},
        {ReturnConditions, "C18", "", false},
        {IncidentRules, "C19", "", false},
        {AuthorisationMode, "C20", "28(2)", false},
        {FlowDown, "C21", "28(4)", false},
        {ProcessorRecord, "C22", "30(2), 37", false},
        {Location, "C23", "28(3)(a), 44", false},
        {OutsideOperations, "C24", "", false},
        {InformationOfPersons, "C25", "13, 14", false},
    };
    return all;
}

Coverage coverage_of(Contract const& contract)
{
    Coverage coverage;
    for (auto const& info : all_clauses()) {
        auto const* row = contract.clause(info.item);
        auto const state = row ? row->state : std::nullopt;
        if (!state) ++coverage.unseen;
        else if (*state == ClauseState::Present) ++coverage.present;
        else if (*state == ClauseState::Partial) ++coverage.partial;
        else if (*state == ClauseState::Absent) ++coverage.absent;
        else ++coverage.not_applicable;
        if (row && row->settled()) coverage.obligatory_settled += info.obligatory;
        else (info.obligatory ? coverage.missing_obligatory : coverage.missing_recommended).push_back(&info);
    }
    return coverage;
}

namespace {

Date later(Date from, Duration const& period) { return add_days(add_months(from, period.years * 12 + period.months), period.weeks * 7 + period.days); }

}  // namespace

std::optional<Date> end_of(Contract const& contract, Date today)
{
    if (contract.ended_on) return contract.ended_on;
    if (!contract.end_date || contract.renewal != Renewal::Tacit) return contract.end_date;
    if (!contract.renewal_period || *contract.renewal_period == Duration{}) return std::nullopt;   // carried on, nobody knows how long
    // Counted from the first end, so that the 31st of a month stays the 31st; a period is a day at least.
    constexpr int most_renewals = 1200;
    auto end = *contract.end_date;
    for (int times = 1; end < today && times <= most_renewals; ++times) {
        auto const& one = *contract.renewal_period;
        end = later(*contract.end_date, {one.years * times, one.months * times, one.weeks * times, one.days * times});
    }
    return end;
}

bool is_signed(Contract const& contract, std::string_view status, Date today)
{
    if (!contract.signature_date || *contract.signature_date > today || status == "terminated" || status == "archived") return false;
    return !contract.ended_on || *contract.ended_on >= today;
}

bool is_in_force(Contract const& contract, std::string_view status, Date today)
{
    auto const end = end_of(contract, today);
    return is_signed(contract, status, today) && (!end || *end >= today);
}

Schema<ClauseRow> const& schema_of(ClauseRow const*)
{
    static Schema<ClauseRow> const schema("contract_clause", 1, {
        Field("item", &ClauseRow::item).title().required().article("28(3)"),
        Field("state", &ClauseRow::state).article("28(3)").material(),
        Field("place", &ClauseRow::place).max_length(200),
        Field("evidence", &ClauseRow::evidence).max_length(200),
        Field("comment", &ClauseRow::comment).max_length(2000),
    });
    return schema;
}

Schema<WrittenInstruction> const& schema_of(WrittenInstruction const*)
{
    static Schema<WrittenInstruction> const schema("contract_instruction", 2, {
        Field("text", &WrittenInstruction::text).title().required().max_length(4000).searchable().article("28(3)(a)").material(),
        Field("kind", &WrittenInstruction::kind).mandatory().article("28(3)(a)").material(),
        Field("given_on", &WrittenInstruction::given_on).mandatory().article("28(3)(a)").material(),
        Field("given_by", &WrittenInstruction::given_by).mandatory().max_length(300).article("28(3)(a)").personal_data(),
        Field("sent_to", &WrittenInstruction::sent_to).max_length(300).article("28(3)(a)").personal_data(),
        Field("amendment", &WrittenInstruction::amendment).article("28(9)").shown_when("kind", {"amendment"}),
        Field("evidence", &WrittenInstruction::evidence).article("5(2)"),
        Field("place", &WrittenInstruction::place).max_length(300).article("5(2)"),
        Field("accepted_on", &WrittenInstruction::accepted_on).article("28(3)(a)"),
        Field("objection", &WrittenInstruction::objection).max_length(4000).searchable().article("28(3)").material(),
    });
    return schema;
}

Schema<Contract> const& schema_of(Contract const*)
{
    static Schema<Contract> const schema("contract", 2, {
        Field("name", &Contract::name).section("identity").required().max_length(300).searchable().in_list(),
        Field("processor", &Contract::processor).mandatory().article("28(3)").material(),
        Field("contract_reference", &Contract::contract_reference).max_length(100).searchable().in_list(),
        Field("form", &Contract::form).mandatory().article("28(3)"),
        Field("model_clauses", &Contract::model_clauses).article("28(7)"),
        Field("subject", &Contract::subject).mandatory().max_length(4000).searchable().article("28(3)").material(),
        Field("role_clause", &Contract::role_clause).mandatory().max_length(2000).article("28(3)").material(),
        Field("service", &Contract::service).max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &Contract::owner).mandatory().article("5(2)").personal_data(),

        Field("signature_date", &Contract::signature_date).section("life").mandatory().in_list().article("28(9)").material(),
        Field("start_date", &Contract::start_date).article("28(3)"),
        Field("end_date", &Contract::end_date).in_list().article("28(3)").material(),
        Field("renewal", &Contract::renewal).article("28(3)"),
        Field("renewal_period", &Contract::renewal_period).shown_when("renewal", {"tacit", "express"}),
        Field("notice_period", &Contract::notice_period).shown_when("renewal", {"tacit", "express"}),
        Field("last_review", &Contract::last_review).article("24(1)"),
        Field("next_review", &Contract::next_review).article("24(1)"),
        Field("reviewer", &Contract::reviewer).max_length(200).personal_data(),

        Field("clauses", &Contract::clauses).section("clauses").mandatory().article("28(3)"),

        Field("subprocessor_mode", &Contract::subprocessor_mode).section("terms").mandatory().article("28(2)").material(),
        Field("breach_notice_hours", &Contract::breach_notice_hours).mandatory().article("33(2)").material(),
        Field("data_end", &Contract::data_end).mandatory().article("28(3)(g)").material(),
        Field("data_end_period", &Contract::data_end_period).article("28(3)(g)"),

        Field("instructions", &Contract::instructions).section("instructions").article("28(3)(a)").since(2),

        Field("ended_on", &Contract::ended_on).section("end").article("28(3)(g)"),
        Field("returned_on", &Contract::returned_on).article("28(3)(g)"),
        Field("deleted_on", &Contract::deleted_on).article("28(3)(g)"),
        Field("deletion_certificate", &Contract::deletion_certificate).max_length(300).article("28(3)(g)"),
        Field("notes", &Contract::notes).max_length(10000).searchable(),
        Field("attachments", &Contract::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::contract
