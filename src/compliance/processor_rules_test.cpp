#include "compliance/processor_rules.hpp"

#include <gtest/gtest.h>

#include "compliance/linter.hpp"
#include "compliance/listed_records.hpp"

namespace greffier::compliance {
namespace {

using contract::Contract;
using processing::Processing;
using processor::Processor;
using processor::Qualification;

Date day(char const* text) { return *parse_date(text); }

/// Processings, processors and contracts in memory, and what the linter says of one as of 22 November 2026.
struct Town {
    ListedRecords records;

    template <class T>
    RecordId add(std::string_view slug, schema::Schema<T> const& schema, T const& record, std::string status)
    {
        auto const id = RecordId::make();
        records.registers[std::string{slug}].push_back({id, "R-1", std::move(status), schema.pack(record)});
        return id;
    }
    RecordId add(Processor const& p, std::string status = "in_use") { return add(processors_slug, processor::processor_schema(), p, std::move(status)); }
    RecordId add(Contract const& c, std::string status = "signed") { return add(contracts_slug, contract::contract_schema(), c, std::move(status)); }
    RecordId add(Processing const& p, std::string status = "production") { return add(processings_slug, processing::processing_schema(), p, std::move(status)); }

    /// Places of a rule's findings on a record.
    std::vector<std::string> places(std::string_view slug, RecordId id, std::string_view rule)
    {
        std::vector<std::string> out;
        for (auto const& n : records.registers[std::string{slug}]) {
            if (n.id != id) continue;
            records::Subject subject{{}, std::string{slug}, id, schema_of(slug), &n.row, {}};
            subject.circumstances.today = day("2026-11-22");
            subject.circumstances.status = n.status;
            for (auto const& finding : Linter{}.examine(subject, records))
                if (finding.rule == rule) out.push_back(finding.place.text());
        }
        return out;
    }
    static schema::SchemaInfo const* schema_of(std::string_view slug)
    {
        return slug == processors_slug ? &processor::processor_schema().info() : slug == contracts_slug ? &contract::contract_schema().info() : &processing::processing_schema().info();
    }
};
using Places = std::vector<std::string>;

Processor host(Qualification qualification = Qualification::Processor)
{
    Processor p;
    p.name = "Nuage du Littoral";
    p.qualification = qualification;
    return p;
}

Contract contract_with(RecordId processor, std::optional<Date> signed_on = *parse_date("2024-01-10"), std::optional<Date> end = {})
{
    Contract c;
    c.name = "Hébergement";
    c.processor = ProcessorId{processor.uuid};
    c.signature_date = signed_on;
    c.end_date = end;
    return c;
}

Processing served_by(std::vector<RecordId> const& processors)
{
    Processing p;
    p.name = "Inscriptions scolaires";
    for (auto const& id : processors) p.processors.push_back(ProcessorId{id.uuid});
    return p;
}

TEST(ProcessorsOfProcessing, each_needs_a_signed_contract)
{
    Town town;
    auto const bound = town.add(host()), free = town.add(host()), lawyer = town.add(host(Qualification::IndependentController));
    town.add(contract_with(bound));
    town.add(contract_with(free, std::nullopt), "draft");
    EXPECT_EQ(town.places(processings_slug, town.add(served_by({bound, lawyer})), "PRO-001"), Places{});
    EXPECT_EQ(town.places(processings_slug, town.add(served_by({bound, free})), "PRO-001"), Places{"processors"});
    EXPECT_EQ(town.places(processings_slug, town.add(served_by({free}), "archived"), "PRO-001"), Places{});
    auto const unknown = town.add(host(Qualification::NotQualified));
    EXPECT_EQ(town.places(processings_slug, town.add(served_by({unknown})), "PRO-001"), Places{"processors"}) << "held to article 28 until somebody says otherwise";
}

TEST(ProcessorsOfProcessing, an_ended_contract_binds_nobody)
{
    Town town;
    auto const id = town.add(host());
    town.add(contract_with(id), "terminated");
    EXPECT_EQ(town.places(processings_slug, town.add(served_by({id})), "PRO-001"), Places{"processors"});
}

TEST(ProcessorInUse, is_bound_by_a_signed_contract)
{
    Town town;
    auto const free = town.add(host()), waiting = town.add(host(), "approved"), bound = town.add(host());
    town.add(contract_with(bound));
    EXPECT_EQ(town.places(processors_slug, free, "PRO-014"), Places{""});
    EXPECT_EQ(town.places(processors_slug, waiting, "PRO-014"), Places{});
    EXPECT_EQ(town.places(processors_slug, bound, "PRO-014"), Places{});
}

TEST(ProcessorInUse, is_named_by_a_processing)
{
    Town town;
    auto const orphan = town.add(host()), named = town.add(host()), once = town.add(host()), planned = town.add(host(), "to_assess");
    town.add(served_by({named}));
    town.add(served_by({once}), "archived");
    EXPECT_EQ(town.places(processors_slug, orphan, "PRO-012"), Places{""});
    EXPECT_EQ(town.places(processors_slug, named, "PRO-012"), Places{});
    EXPECT_EQ(town.places(processors_slug, once, "PRO-012"), Places{""});
    EXPECT_EQ(town.places(processors_slug, planned, "PRO-012"), Places{});
    town.add(contract_with(planned));
    EXPECT_EQ(town.places(processors_slug, planned, "PRO-012"), Places{""}) << "in a contract, yet in no processing";
}

TEST(Contract, that_expired_while_its_processor_works_is_told)
{
    Town town;
    auto const works = town.add(host()), renewed = town.add(host()), stopped = town.add(host(), "approved"), serves = town.add(host(), "approved");
    town.add(served_by({serves}));
    auto expired = [&](RecordId processor) { return town.add(contract_with(processor, day("2022-01-10"), day("2026-11-21"))); };
    EXPECT_EQ(town.places(contracts_slug, expired(works), "PRO-002"), Places{"end_date"});
    EXPECT_EQ(town.places(contracts_slug, expired(stopped), "PRO-002"), Places{});
    EXPECT_EQ(town.places(contracts_slug, expired(serves), "PRO-002"), Places{"end_date"}) << "a processing in production names it";
    auto const old = expired(renewed);
    town.add(contract_with(renewed, day("2026-11-01"), day("2028-11-01")));
    EXPECT_EQ(town.places(contracts_slug, old, "PRO-002"), Places{}) << "another contract has taken over";
    EXPECT_EQ(town.places(contracts_slug, town.add(contract_with(works, day("2022-01-10"), day("2026-11-22"))), "PRO-002"), Places{}) << "its last day is today";
}

TEST(EndOfContract, asks_for_proof_that_the_data_were_destroyed)
{
    Town town;
    auto const ended = town.add(host(), "terminated");
    EXPECT_EQ(town.places(processors_slug, ended, "PRO-011"), Places{"deletion_certificate_date"});
    auto certified = host();
    certified.deletion_certificate_date = day("2026-10-01");
    EXPECT_EQ(town.places(processors_slug, town.add(certified, "terminated"), "PRO-011"), Places{});

    auto const over = town.add(host(), "approved"), shown = town.add(host(), "approved"), again = town.add(host());
    town.add(contract_with(over), "terminated");
    EXPECT_EQ(town.places(processors_slug, over, "PRO-011"), Places{"deletion_certificate_date"});
    auto destroyed = contract_with(shown);
    destroyed.deleted_on = day("2026-09-01");
    town.add(destroyed, "terminated");
    EXPECT_EQ(town.places(processors_slug, shown, "PRO-011"), Places{});
    town.add(contract_with(again), "terminated");
    town.add(contract_with(again, day("2026-01-01")));
    EXPECT_EQ(town.places(processors_slug, again, "PRO-011"), Places{}) << "another contract goes on";
}

}  // namespace
}  // namespace greffier::compliance
