#include "app/registers.hpp"

#include "records/sealed_test_register.hpp"
#include "registers/archival/register.hpp"
#include "registers/asset/register.hpp"
#include "registers/backup/register.hpp"
#include "registers/access_request/register.hpp"
#include "registers/account/register.hpp"
#include "registers/breach/register.hpp"
#include "registers/continuity/register.hpp"
#include "registers/consent/register.hpp"
#include "registers/contract/register.hpp"
#include "registers/delegation/register.hpp"
#include "registers/insurance/register.hpp"
#include "registers/policy/register.hpp"
#include "registers/measure/register.hpp"
#include "registers/activity/register.hpp"
#include "registers/advice/register.hpp"
#include "registers/breach/register.hpp"
#include "registers/complaint/register.hpp"
#include "registers/contract/register.hpp"
#include "registers/note/register.hpp"
#include "registers/data_item/register.hpp"
#include "registers/declaration/register.hpp"
#include "registers/process/register.hpp"
#include "registers/action/register.hpp"
#include "registers/audit/register.hpp"
#include "registers/breach/register.hpp"
#include "registers/committee/register.hpp"
#include "registers/contract/register.hpp"
#include "registers/evidence/register.hpp"
#include "registers/notice/register.hpp"
#include "registers/processing/register.hpp"
#include "registers/processor/register.hpp"
#include "registers/processor_activity/register.hpp"
#include "registers/profile/register.hpp"
#include "registers/project/register.hpp"
#include "registers/recommendation/register.hpp"
#include "registers/request/register.hpp"
#include "registers/responsibility/register.hpp"
#include "registers/training/register.hpp"
#include "registers/retention/register.hpp"
#include "registers/transfer/register.hpp"
#include "registers/undertaking/register.hpp"

namespace greffier::app {

records::Registers const& registers()
{
    static records::Registers const all({
        &profile::profile_register(),
        &processing::processing_register(),
        &breach::breach_register(),
        &request::request_register(),
        &processor::processor_register(),
        &contract::contract_register(),
        &processor_activity::activity_register(),
        &transfer::transfer_register(),
        &policy::policy_register(),
        &undertaking::undertaking_register(),
        &delegation::delegation_register(),
        &insurance::insurance_register(),
        &archival::archive_register(),
        &asset::asset_register(),
        &measure::measure_register(),
        &backup::backup_register(),
        &continuity::continuity_register(),
        &complaint::complaint_register(),
        &responsibility::responsibility_register(),
        &training::training_register(),
        &advice::advice_register(),
        &activity::activity_register(),
        &note::note_register(),
        &retention::retention_register(),
        &account::account_register(),
        &access_request::access_request_register(),
        &data_item::data_item_register(),
        &process::process_register(),
        &declaration::declaration_register(),
        &audit::audit_register(),
        &project::project_register(),
        &recommendation::recommendation_register(),
        &action::action_register(),
        &committee::committee_register(),
        &evidence::evidence_register(),
        &notice::notice_register(),
        &consent::point_register(),
        &consent::consent_register(),
        &consent::objection_register(),
    });
    return all;
}

records::Registers const& registers_of_tests()
{
    static records::Registers const all = [] {
        auto kinds = registers().all();
        kinds.push_back(&records::sealed_testing::sealed_register());
        return records::Registers(std::move(kinds));
    }();
    return all;
}

}  // namespace greffier::app
