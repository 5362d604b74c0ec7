#pragma once
// What the tests of sealing share: the register of the tests with its keys, and a look at everything the database holds.

#include <gtest/gtest.h>

#include <set>

#include "ledger/ledger.hpp"
#include "records/sealed_test_register.hpp"
#include "records/sealing.hpp"
#include "records/store.hpp"
#include "records/towns_fixture.hpp"
#include "records/version_body.hpp"

namespace greffier::records::sealed_testing {

/// Finds an empty story.
struct Judge final : Examiner {
    std::vector<Finding> examine(Subject const& subject, Surroundings&) const override
    {
        if (schema::is_empty(schema::get(*subject.schema, *subject.row, "story"))) return {{"ESS-1", Severity::Major, {"story"}, {}}};
        return {};
    }
};

class SealingTest : public TownsTest {
protected:
    Register const& kind = sealed_register();
    Registers registers{{&sealed_register()}};
    Judge judge;
    Secret<Bytes> master{random_bytes(32)};
    OrganisationKeys keys{*database, master};
    Sealing sealing{keys};
    LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    Machinery machinery{*database, registers, judge, keeper, {}, nullptr, &sealing};
    OrganisationId town = organisation("town"), other_town = organisation("other");
    Records records{machinery, town, accounts::Sight::everything()};
    Timestamp clock = *parse_timestamp("2026-03-01T08:00:00Z");

    By by()
    {
        clock += std::chrono::hours(1);
        return {Uuid::make(), clock, "Europe/Paris"};
    }
    static Request request(std::string name = "Jeanne Plantée")
    {
        Request one;
        one.subject = "Demande d'accès";
        one.notes.value = "Reçue au guichet";
        one.name = std::move(name);
        one.email.value = "jeanne.plantee@ville.example";
        one.story.value = "Zinzolin et topinambour";
        one.person.name = "Oscar Représentant";
        one.person.email.value = "oscar.r@ville.example";
        one.person.country.value = "FR";
        one.born = *parse_date("1971-02-03");
        one.minor = false;
        one.calls = {{"", "rappel au numéro", {"0612345678"}}};
        return one;
    }
    static schema::Row row(Request const& one) { return schema_of(static_cast<Request const*>(nullptr)).pack(one); }
    Stored add(Request const& one = request())
    {
        auto made = records.create(kind, {.row = row(one)}, by());
        EXPECT_TRUE(made.ok());
        return made.value();
    }
    std::string text(schema::Row const& of, std::string_view field) const { return schema::text_of(*kind.schema, of, field); }

    /// Everything the tables hold, versions unpacked.
    std::string everything()
    {
        std::string all;
        auto session = database->read();
        for (auto const& sql : {storage::SqlText{"SELECT body FROM record_body"}, storage::SqlText{"SELECT scope || ' ' || title || ' ' || folded FROM record_text"},
                                storage::SqlText{"SELECT title || title_key FROM record"}, storage::SqlText{"SELECT rule || place || message_args FROM finding"},
                                storage::SqlText{"SELECT title || reason FROM record_version"}, storage::SqlText{"SELECT entry FROM ledger_entry"},
                                storage::SqlText{"SELECT body FROM import_base"}, storage::SqlText{"SELECT field FROM sealed_lookup"}, storage::SqlText{"SELECT title FROM draft"}}) {
            auto rows = session->query(sql);
            while (rows.next()) all += rows.is_null(0) ? "" : rows.text(0) + "\n";
        }
        auto bodies = session->query(storage::SqlText{"SELECT codec, body FROM record_version WHERE body IS NOT NULL"});
        while (bodies.next()) all += unpack(static_cast<int>(bodies.integer(0)), bodies.bytes(1)) + "\n";
        auto blobs = session->query(storage::SqlText{"SELECT hash FROM sealed_lookup"});
        while (blobs.next()) all += as_text(blobs.bytes(0));
        return all;
    }
    void expect_nothing_in_clear()
    {
        auto const all = everything();
        for (auto const* planted : {"Jeanne", "jeanne", "Plant", "plantee", "ville.example", "Zinzolin", "zinzolin", "topinambour", "Oscar", "oscar", "1971-02-03", "0612345678", "rappel", "xcountryxfr"})
            EXPECT_EQ(all.find(planted), std::string::npos) << planted;
    }
    /// Every version is vouched for by its entry.
    void expect_the_ledger_holds()
    {
        auto session = database->read();
        auto rows = session->query(storage::SqlText{"SELECT v.codec, v.body, v.salt, e.entry FROM record r JOIN record_version v ON v.rid=r.rid "
                                                    "JOIN ledger_entry e ON e.organisation_id=r.organisation_id AND e.sequence=v.ledger_sequence"});
        int seen = 0;
        while (rows.next()) {
            ++seen;
            auto const body = unpack(static_cast<int>(rows.integer(0)), rows.bytes(1));
            EXPECT_NE(rows.view(3).find(to_hex(ledger::commit(rows.bytes(2), as_bytes(body)))), std::string_view::npos);
        }
        EXPECT_GT(seen, 0);
        auto const head = keeper.head(town);
        EXPECT_EQ(keeper.recompute(town), head.root);
    }
};

}  // namespace greffier::records::sealed_testing
