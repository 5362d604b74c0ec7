#include "registers/processor_activity/rules.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "law/countries.hpp"

namespace greffier::processor_activity {
namespace {

using records::Circumstances;
using records::Report;
using records::Rule;
using enum records::Severity;

bool for_clients(Activity const& a) { return a.direction == Direction::WeProcessForClient; }

// A name alone is not enough: the law wants whom to write to.
void clients_missing(Activity const& a, Circumstances const&, Report& report)
{
    if (!for_clients(a)) return;
    if (a.clients.empty()) report.at("clients");
    for (auto const& client : a.clients)
        if (!client.has_contact()) report.at({"clients", client.id, "email"});
}

bool speaks_of(Operation const& row, Client const& client)
{
    return !is_blank(row.operation.value) && (is_blank(row.client) || sort_key(row.client) == sort_key(client.name));
}

void operations_missing(Activity const& a, Circumstances const&, Report& report)
{
    if (std::ranges::none_of(a.operations, [](auto const& row) { return !is_blank(row.operation.value); })) return report.at("operations");
    if (!for_clients(a)) return;
    for (auto const& client : a.clients)
        if (std::ranges::none_of(a.operations, [&](auto const& row) { return speaks_of(row, client); })) report.at({"clients", client.id, "name"});
}

void unlawful_instruction_kept_quiet(Activity const& a, Circumstances const&, Report& report)
{
    for (auto const& row : a.instructions)
        if (row.judgement == InstructionJudgement::Unlawful && !row.alert_given_on) report.at({"instructions", row.id, "alert_given_on"});
}

void contract_missing(Activity const& a, Circumstances const&, Report& report)
{
    if (!for_clients(a)) return;
    for (auto const& client : a.clients) {
        if (is_blank(client.contract)) report.at({"clients", client.id, "contract"});
        else if (!client.contract_signed_on) report.at({"clients", client.id, "contract_signed_on"});
    }
}

void data_not_given_back(Activity const& a, Circumstances const& now, Report& report)
{
    if (!for_clients(a)) return;
    for (auto const& client : a.clients)
        if (client.contract_ends_on && *client.contract_ends_on < now.today && !client.end_executed_on) report.at({"clients", client.id, "end_executed_on"});
}

bool is_active(SubProcessor const& row, Date today) { return !row.until || today <= *row.until; }

void transfer_not_declared(Activity const& a, Circumstances const& now, Report& report)
{
    auto const leaves = [&](std::string const& country) {
        return !country.empty() && law::is_third_country(country, now.today) && std::ranges::none_of(a.transfers, [&](auto const& row) { return row.country.value == country; });
    };
    for (auto const& row : a.sub_processors)
        if (is_active(row, now.today) && leaves(row.country.value)) report.at({"sub_processors", row.id, "country"});
    if (leaves(a.hosting_country.value)) report.at("hosting_country");
}

void security_missing(Activity const& a, Circumstances const&, Report& report)
{
    if (a.measures.empty() && is_blank(a.security_description.value)) report.at("measures");
}

// Under a specific authorisation each sub-processor waits for a yes; under a general one the client must have been told.
void sub_processor_not_authorised(Activity const& a, Circumstances const& now, Report& report)
{
    if (!for_clients(a) || a.clients.empty()) return;
    bool const specific = std::ranges::any_of(a.clients, [](auto const& client) { return client.authorisation == AuthorisationMode::Specific; });
    for (auto const& row : a.sub_processors) {
        if (!is_active(row, now.today)) continue;
        if (specific && !row.authorised_on) report.at({"sub_processors", row.id, "authorised_on"});
        else if (!row.authorised_on && !row.told_on) report.at({"sub_processors", row.id, "told_on"});
    }
}

void authorisation_not_said(Activity const& a, Circumstances const& now, Report& report)
{
    if (!for_clients(a) || std::ranges::none_of(a.sub_processors, [&](auto const& row) { return is_active(row, now.today); })) return;
    for (auto const& client : a.clients)
        if (!client.authorisation) report.at({"clients", client.id, "authorisation"});
}

}  // namespace

std::span<Rule<Activity> const> activity_rules()
{
    static constexpr Rule<Activity> rules[] = {
        {"REG-029", Major, "30(2)(a)", clients_missing},
        {"REG-030", Major, "30(2)(b)", operations_missing},
        {"REG-032", Blocking, "28(3)", unlawful_instruction_kept_quiet},
        {"REG-033", Major, "28(3)", contract_missing},
        {"REG-034", Major, "28(3)(g)", data_not_given_back},
        {"REG-035", Major, "30(2)(c)", transfer_not_declared},
        {"REG-036", Major, "30(2)(d)", security_missing},
        {"REG-037", Major, "28(2)", sub_processor_not_authorised},
        {"REG-038", Minor, "28(2)", authorisation_not_said},
    };
    return rules;
}

}  // namespace greffier::processor_activity
