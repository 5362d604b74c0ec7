#include "app/registers.hpp"

#include "records/sealed_test_register.hpp"
#include "registers/access_request/register.hpp"
#include "registers/account/register.hpp"
#include "registers/breach/register.hpp"
#include "registers/contract/register.hpp"
#include "registers/data_item/register.hpp"
#include "registers/declaration/register.hpp"
#include "registers/process/register.hpp"
#include "registers/processing/register.hpp"
#include "registers/processor/register.hpp"
#include "registers/processor_activity/register.hpp"
#include "registers/profile/register.hpp"
#include "registers/request/register.hpp"
#include "registers/retention/register.hpp"
#include "registers/transfer/register.hpp"

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
        &retention::retention_register(),
        &account::account_register(),
        &access_request::access_request_register(),
        &data_item::data_item_register(),
        &process::process_register(),
        &declaration::declaration_register(),
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
