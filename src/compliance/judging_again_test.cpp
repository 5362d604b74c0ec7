// What a write judges again beside its own record: exactly those whose findings it may change. Held against a complete
// judging after each of many writes made by chance.

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "compliance/linter.hpp"
#include "ledger/ledger.hpp"
#include "records/sealing.hpp"
#include "records/store.hpp"
#include "records/towns_fixture.hpp"
#include "registers/action/register.hpp"
#include "registers/activity/register.hpp"
#include "registers/asset/register.hpp"
#include "registers/audit/register.hpp"
#include "registers/backup/register.hpp"
#include "registers/committee/register.hpp"
#include "registers/consent/register.hpp"
#include "registers/continuity/register.hpp"
#include "registers/contract/register.hpp"
#include "registers/measure/register.hpp"
#include "registers/notice/register.hpp"
#include "registers/policy/register.hpp"
#include "registers/processing/register.hpp"
#include "registers/processor/register.hpp"
#include "registers/processor_activity/register.hpp"
#include "registers/profile/register.hpp"
#include "registers/request/register.hpp"
#include "registers/training/register.hpp"
#include "registers/transfer/register.hpp"
#include "schema/check.hpp"
#include "storage/test_counting.hpp"

namespace greffier::compliance {
namespace {

using records::Register;
using schema::FieldInfo;
using schema::Kind;
using schema::Row;
using schema::SchemaInfo;

/// Rows out of so few words, days and codes that records come to concern each other.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : random_(seed) {}

    int below(int limit) { return static_cast<int>(random_() % static_cast<std::uint64_t>(limit)); }
    template <class Range>
    auto one_of(Range const& range) { return range[static_cast<std::size_t>(below(static_cast<int>(std::size(range))))]; }

    std::map<std::string, std::vector<RecordId>, std::less<>> there;   ///< by register: what can be named

    Row row(SchemaInfo const& info)
    {
        Row made(info);
        for (auto const& field : info.fields) put(info, made, field);
        return made;
    }
    void put(SchemaInfo const& info, Row& row, FieldInfo const& field) { schema::set(info, row, field.name, field.required || below(3) > 0 ? value(field) : schema::Value{}); }

private:
    std::string code(schema::List const& list) { return std::string{list.entries[static_cast<std::size_t>(below(static_cast<int>(list.entries.size())))].code}; }
    template <class Make>
    schema::Texts several(Make make)
    {
        schema::Texts texts;
        for (int more = 1 + below(2); more > 0; --more)
            if (auto text = make(); !text.empty() && std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
        return texts;
    }
    std::string link(FieldInfo const& field)
    {
        auto const& ids = there[field.link_register];
        return ids.empty() ? std::string{} : one_of(ids).text();
    }
    schema::Rows owned(FieldInfo const& field, int count)
    {
        schema::Rows rows;
        for (; count > 0; --count) rows.push_back(row(*field.rows));
        return rows;
    }
    schema::Value value(FieldInfo const& field)
    {
        static char const* const words[] = {"Gestion de la paie", "Inscriptions aux animations", "Ciril RH", "Logiciel de médiathèque"};
        static char const* const days[] = {"2019-05-01", "2025-11-01", "2026-09-01", "2027-03-01"};
        static char const* const countries[] = {"FR", "US", "MA"};
        static char const* const durations[] = {"P1Y", "P5Y"};
        switch (field.kind) {
        case Kind::String: case Kind::Text: return std::string{one_of(words)};
        case Kind::Strings: return several([&] { return std::string{one_of(words)}; });
        case Kind::Country: return std::string{one_of(countries)};
        case Kind::Duration: return std::string{one_of(durations)};
        case Kind::Choice: case Kind::Term: return code(*field.list);
        case Kind::Choices: case Kind::Terms: return several([&] { return code(*field.list); });
        case Kind::Link: {
            auto id = link(field);
            return id.empty() ? schema::Value{} : schema::Value{std::move(id)};
        }
        case Kind::Links: return several([&] { return link(field); });
        case Kind::Bool: return below(2) == 1;
        case Kind::Integer: case Kind::Percent: return std::int64_t{below(40)};
        case Kind::Date: return *parse_date(one_of(days));
        case Kind::Timestamp: return start_of_day(*parse_date(one_of(days)), "Europe/Paris");
        case Kind::Localised: case Kind::Contact: case Kind::Object: return owned(field, 1);
        case Kind::Rows: return owned(field, 1 + below(2));
        case Kind::Email: return std::string{"agent@ville.example"};
        case Kind::Phone: return std::string{"0102030405"};
        case Kind::Url: return std::string{"https://ville.example"};
        default: return {};
        }
    }

    std::mt19937_64 random_;
};

/// The linter, and how often it was asked about each register.
struct Watched final : records::Examiner {
    explicit Watched(records::Examiner const& inner) : inner(inner) {}
    records::Examiner const& inner;
    mutable std::map<std::string, int> judged;

    std::vector<records::Finding> examine(records::Subject const& subject, records::Surroundings& around) const override
    {
        ++judged[subject.register_slug];
        return inner.examine(subject, around);
    }
    std::vector<records::Concerned> concerned(records::Change const& change, records::Surroundings& around) const override { return inner.concerned(change, around); }
};

class JudgingAgain : public records::TownsTest {
protected:
    storage::CountingDatabase counting{*database};
    std::vector<Register const*> kinds{&profile::profile_register(), &processing::processing_register(), &request::request_register(), &processor::processor_register(), &contract::contract_register(),
                                       &processor_activity::activity_register(), &transfer::transfer_register(), &policy::policy_register(), &asset::asset_register(), &measure::measure_register(),
                                       &backup::backup_register(), &continuity::continuity_register(), &training::training_register(), &activity::activity_register(), &audit::audit_register(),
                                       &action::action_register(), &committee::committee_register(), &notice::notice_register(), &consent::point_register(), &consent::consent_register()};
    records::Registers registers{kinds};
    Linter linter;
    Watched watched{linter};
    Secret<Bytes> master{random_bytes(32)};
    records::OrganisationKeys keys{*database, master};
    records::Sealing sealing{keys};
    records::LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    records::Machinery machinery{counting, registers, watched, keeper, {}, nullptr, &sealing};
    OrganisationId town = organisation("vire");
    records::Records store{machinery, town, accounts::Sight::everything()};
    Timestamp clock = *parse_timestamp("2026-11-22T08:00:00Z");

    records::By by()
    {
        clock += std::chrono::seconds(1);
        return {Uuid::make(), clock, "Europe/Paris"};
    }
    /// Whatever the register refuses of the row is left out of it.
    std::optional<records::Stored> add(Register const& kind, Row row)
    {
        for (int tries = 0; tries < 4; ++tries) {
            auto made = store.create(kind, {.row = row}, by());
            if (made.ok()) return std::move(made).value();
            for (auto const& problem : made.error().fields) {
                auto const field = problem.field.substr(0, problem.field.find_first_of(".["));
                if (kind.schema->find(field)) schema::set(*kind.schema, row, field, {});
            }
        }
        return std::nullopt;
    }
    records::Stored add(Register const& kind, char const* title)
    {
        Row row(*kind.schema);
        schema::set(*kind.schema, row, kind.title_field, std::string{title});
        return *add(kind, std::move(row));
    }
    std::map<std::string, std::string> stored_findings()
    {
        std::map<std::string, std::string> all;
        auto session = database->read();
        auto rows = session->query(storage::SqlText{"SELECT r.register, r.reference, r.worst_finding, f.rule, f.place, f.severity, f.message_args FROM record r LEFT JOIN finding f ON f.rid=r.rid "
                                                    "WHERE r.deleted_at IS NULL ORDER BY r.rid, f.rule, f.place"});
        while (rows.next()) {
            auto& of = all[rows.text(0) + " " + rows.text(1)];
            if (of.empty()) of = std::to_string(rows.integer(2));
            if (!rows.is_null(3)) of += " " + rows.text(3) + "@" + rows.text(4) + ":" + std::to_string(rows.integer(5)) + rows.text(6);
        }
        return all;
    }
    /// As the page of modules does it.
    void switch_off(std::string const& modules)
    {
        write([&](storage::Session& session) { session.execute(storage::SqlText{"UPDATE organisation SET modules_off=? WHERE id=?"}, modules, town); });
        records::examine_all(machinery, town, clock, "Europe/Paris");
    }
    void expect_as_judged_whole(std::string const& after)
    {
        auto const kept = stored_findings();
        if (records::examine_all(machinery, town, clock, "Europe/Paris") == 0) return;
        for (auto const& [record, whole] : stored_findings())
            if (kept.at(record) != whole) ADD_FAILURE() << after << " leaves " << record << "\n  with " << kept.at(record) << "\n  for  " << whole;
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, JudgingAgain, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

/// One write by chance; what it was, or nothing when the register refused it.
struct Writer {
    Chance& chance;
    std::vector<Register const*> const& kinds;
    records::Records& store;
    std::function<records::By()> by;
    std::function<std::optional<records::Stored>(Register const&, Row)> add;

    std::string write()
    {
        auto const& kind = *chance.one_of(kinds);
        auto& ids = chance.there[std::string{kind.slug}];
        if (ids.empty() || (!kind.single && ids.size() < 4 && chance.below(3) == 0)) {
            auto const made = add(kind, chance.row(*kind.schema));
            if (!made) return {};
            ids.push_back(made->head.id);
            return "a new one of " + std::string{kind.slug};
        }
        auto const id = chance.one_of(ids);
        auto const stored = store.find(kind, id, true);
        if (!stored.ok()) return {};
        auto const what = std::string{kind.slug} + " " + stored->head.reference;
        if (stored->head.deleted_at) return store.restore(kind, id, by()).ok() ? "restoring " + what : "";
        switch (chance.below(6)) {
        case 0: return !kind.single && chance.below(3) == 0 && store.remove(kind, id, 0, by()).ok() ? "removing " + what : "";
        case 1: case 2: return moved(kind, *stored) ? "the status of " + what : "";
        default: return edited(kind, *stored) ? "editing " + what : "";
        }
    }
    static accounts::Actor whoever_decides()
    {
        accounts::Actor actor;
        actor.role = accounts::Role::Dpo;
        actor.roles = {accounts::Role::Dpo};
        return actor;
    }
    bool moved(Register const& kind, records::Stored const& stored)
    {
        records::StatusChange change;
        change.id = stored.head.id;
        std::vector<std::string_view> reached;
        for (auto const& status : kind.statuses)
            if (kind.transition(stored.head.status, status)) reached.push_back(status);
        if (reached.empty()) return false;
        change.status = std::string{chance.one_of(reached)};
        change.reason = "Décidé";
        change.decision = {"La maire", *parse_date("2026-11-01")};
        return store.change_status(kind, change, by(), whoever_decides()).ok();
    }
    /// What rules of other registers may read: whom a record names, and what its answers make of it. Words seldom are.
    static std::vector<FieldInfo const*> joining_fields(SchemaInfo const& info)
    {
        static constexpr std::array joining{Kind::Bool, Kind::Choice, Kind::Choices, Kind::Date, Kind::Country, Kind::Rows};
        std::vector<FieldInfo const*> fields;
        for (auto const& field : info.fields) {
            if (std::ranges::find(joining, field.kind) != joining.end()) fields.push_back(&field);
            if (field.kind == Kind::Link || field.kind == Kind::Links) fields.insert(fields.end(), 4, &field);
        }
        return fields;
    }
    bool edited(Register const& kind, records::Stored const& stored)
    {
        auto row = stored.row;
        auto const joining = joining_fields(*kind.schema);
        for (int fields = 1 + chance.below(3); fields > 0; --fields) chance.put(*kind.schema, row, !joining.empty() && chance.below(8) > 0 ? *chance.one_of(joining) : chance.one_of(kind.schema->fields));
        records::Edit edit{.id = stored.head.id, .row = std::move(row), .changes_validated = false};
        if (chance.below(8) == 0) edit.reference = "COMMUN-" + std::to_string(chance.below(3));
        return store.update(kind, std::move(edit), by()).ok();
    }
};

TEST_P(JudgingAgain, leaves_after_each_write_what_a_complete_judging_finds)
{
    constexpr int writes = 120;
    Chance chance(20261124);
    Writer writer{chance, kinds, store, [this] { return by(); }, [this](Register const& kind, Row row) { return add(kind, std::move(row)); }};
    std::map<std::string, std::string> seen;
    int done = 0, changed_others = 0;
    // A field more anywhere is another course of chance: one that joins too few records goes on until it did.
    for (int tries = 0; (done < writes || changed_others <= 2) && tries < 20 * writes && !HasFailure(); ++tries) {
        if (tries % 40 == 20) {
            static char const* const off[] = {"", "", "contracts,notices", "processings", "policies,assets,consents", "processors,transfers"};
            switch_off(chance.one_of(off));
            seen = stored_findings();
        }
        auto const what = writer.write();
        if (what.empty()) continue;
        ++done;
        expect_as_judged_whole(what + " (write " + std::to_string(done) + ")");
        auto const now = stored_findings();
        for (auto const& [record, found] : now)
            if (!what.ends_with(record) && seen.contains(record) && seen.at(record) != found) ++changed_others;
        seen = now;
    }
    EXPECT_GE(done, writes);
    EXPECT_GT(changed_others, 2) << "the records of this test hardly concern each other";
}

TEST_P(JudgingAgain, judges_nobody_for_a_title)
{
    auto const& sheets = processing::processing_register();
    (void)add(profile::profile_register(), "Vire");
    auto const firm = add(processor::processor_register(), "Berger-Levrault");
    Row row(*sheets.schema);
    schema::set(*sheets.schema, row, "name", std::string{"Gestion de la paie"});
    schema::set(*sheets.schema, row, "processors", schema::Texts{firm.head.id.text()});
    auto sheet = *add(sheets, row);
    watched.judged.clear();
    row = sheet.row;
    schema::set(*sheets.schema, row, "name", std::string{"Paie et carrière"});
    sheet = *store.update(sheets, {.id = sheet.head.id, .row = row}, by());
    EXPECT_EQ(watched.judged, (std::map<std::string, int>{{"processings", 1}, {"profile", 1}})) << "its own, and whether anything is about staff";

    watched.judged.clear();
    schema::set(*sheets.schema, row, "processors", schema::Texts{});
    (void)*store.update(sheets, {.id = sheet.head.id, .row = row}, by());
    EXPECT_EQ(watched.judged, (std::map<std::string, int>{{"processings", 1}, {"processors", 1}})) << "the one it named";
}

TEST_P(JudgingAgain, asks_for_nothing_that_is_kept_in_a_register_switched_off)
{
    ASSERT_TRUE(add(profile::profile_register(), [] {
        profile::Profile town;
        town.name = "Vire";
        town.headcount = 40;
        town.website.value = "https://vire.example";
        town.acts_as_processor = true;
        return profile::profile_schema().pack(town);
    }()));
    auto rules = [&] {
        std::set<std::string> found;
        auto session = database->read();
        auto rows = session->query(storage::SqlText{"SELECT f.rule FROM finding f JOIN record r ON r.rid=f.rid WHERE r.register='profile'"});
        while (rows.next()) found.insert(rows.text(0));
        return found;
    };
    auto const whole = rules();
    std::map<std::string, std::set<std::string>> const asked{{"policies", {"GOV-010", "GOV-011", "GOV-012", "SEC-015"}}, {"processings", {"REG-025", "REG-026"}},
                                                             {"processor-activities", {"REG-028"}}, {"notices", {"INF-007", "INF-008"}}};
    for (auto const& [module, silent] : asked) {
        switch_off(module);
        auto expected = whole;
        for (auto const& rule : silent) EXPECT_EQ(expected.erase(rule), 1u) << rule;
        EXPECT_EQ(rules(), expected) << module;
        switch_off("");
        EXPECT_EQ(rules(), whole) << "and asks again once " << module << " is back";
    }
}

TEST_P(JudgingAgain, names_no_link_into_a_register_switched_off)
{
    auto const& sheets = processing::processing_register();
    auto const& firms = processor::processor_register();
    Row row(*firms.schema);
    schema::set(*firms.schema, row, "name", std::string{"Berger-Levrault"});
    schema::set(*firms.schema, row, "qualification", std::string{"processor"});
    auto const firm = *add(firms, row);
    row = Row(*sheets.schema);
    schema::set(*sheets.schema, row, "name", std::string{"Gestion de la paie"});
    schema::set(*sheets.schema, row, "processors", schema::Texts{firm.head.id.text()});
    (void)add(sheets, row);
    auto without_contract = [&] { return database->read()->query(storage::SqlText{"SELECT 1 FROM finding WHERE rule='PRO-001'"}).next(); };
    EXPECT_TRUE(without_contract());
    for (auto const* module : {"contracts", "processors"}) {
        switch_off(module);
        EXPECT_FALSE(without_contract()) << module;
    }
    switch_off("");
    EXPECT_TRUE(without_contract());
}

// An organisation of five hundred providers: what a save costs does not grow with them.
TEST_P(JudgingAgain, asks_no_more_of_the_database_where_there_are_many_providers)
{
    auto const& sheets = processing::processing_register();
    auto const& firms = processor::processor_register();
    auto sheet = add(sheets, "Gestion de la paie");
    auto save = [&](char const* title) {
        auto row = sheet.row;
        schema::set(*sheets.schema, row, "name", std::string{title});
        counting.statements_of_jobs = 0;
        sheet = *store.update(sheets, {.id = sheet.head.id, .row = row}, by());
        return counting.statements_of_jobs;
    };
    auto const alone = save("Paie des agents");
    auto const done = database->write([&](storage::Session& session) -> Status {
        records::Batch batch(machinery, town, session, by(), accounts::Sight::everything());
        for (int i = 0; i < 500; ++i) {
            Row row(*firms.schema);
            schema::set(*firms.schema, row, "name", "Prestataire " + std::to_string(i));
            if (auto const made = batch.create(firms, {.row = std::move(row)}); !made.ok()) return made.error();
        }
        batch.finish();
        return Nothing{};
    });
    ASSERT_TRUE(done.ok());
    EXPECT_LE(save("Paie des agents et des élus"), alone + 2);
    RecordProperty("statements", alone);
}

}  // namespace
}  // namespace greffier::compliance
