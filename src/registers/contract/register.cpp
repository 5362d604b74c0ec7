#include "registers/contract/register.hpp"

#include "registers/contract/contract.hpp"
#include "registers/contract/panel.hpp"

namespace greffier::contract {

namespace {

/// All twenty-five clauses, ready to be looked for.
schema::Row blank_contract()
{
    Contract contract;
    for (auto const& clause : all_clauses()) contract.clauses.emplace_back().item = clause.item;
    return contract_schema().pack(contract);
}

}  // namespace

records::Register const& contract_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "contracts",
        .prefix = "CTR",
        .icon = "license",
        .chapter = records::Chapter::Mapping,
        .schema = &contract_schema().info(),
        .title_field = "name",
        .review_field = "next_review",
        .statuses = {"draft", "signed", "terminated", "archived"},
        // To bind the organisation, and to let a contract end, is the controller's; a contract that ended stays open for the
        // proof that the data came back or went.
        .transitions = {
            {"draft", "signed", Permission::DecideRecords, false, false, true},
            {"signed", "draft", Permission::DecideRecords, true},
            {"signed", "terminated", Permission::DecideRecords, true},
            {"terminated", "signed", Permission::DecideRecords, true},
            {"draft", "archived", Permission::DecideRecords, true},
            {"terminated", "archived", Permission::DecideRecords, true},
            {"archived", "draft", Permission::DecideRecords, true},
        },
        .closed = {"archived"},
        .blank = &blank_contract,
        .reviewed_field = "last_review",
        .reviewer_field = "reviewer",
        .service_field = "service",
        .dues = &dues_of,
        .panel = &write_panel,
    };
    return kind;
}

}  // namespace greffier::contract
