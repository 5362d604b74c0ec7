#include "app/registers.hpp"

#include "records/sealed_test_register.hpp"
#include "registers/breach/register.hpp"
#include "registers/consent/register.hpp"
#include "registers/contract/register.hpp"
#include "registers/processing/register.hpp"
#include "registers/processor/register.hpp"
#include "registers/processor_activity/register.hpp"
#include "registers/profile/register.hpp"
#include "registers/request/register.hpp"
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
