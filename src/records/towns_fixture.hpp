#pragma once
// For tests: a database of the tested engine, and towns and people in it.

#include <gtest/gtest.h>

#include "storage/test_database.hpp"

namespace greffier::records {

class TownsTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};

    OrganisationId organisation(char const* slug)
    {
        auto const id = OrganisationId::make();
        write([&](storage::Session& session) {
            session.execute(storage::SqlText{"INSERT INTO organisation(id, slug, name, kind, language, zone, created_at) VALUES(?,?,?,'commune','fr','Europe/Paris',0)"}, id, slug, slug);
        });
        return id;
    }
    PersonId person(char const* email)
    {
        auto const id = PersonId::make();
        write([&](storage::Session& session) {
            session.execute(storage::SqlText{"INSERT INTO person(id, email, email_shown, name, created_at) VALUES(?,?,?,'x',0)"}, id, email, email);
        });
        return id;
    }
    template <class Job>
    void write(Job const& job)
    {
        auto done = database->write([&](storage::Session& session) -> Status {
            job(session);
            return Nothing{};
        });
        EXPECT_TRUE(done.ok());
    }
};

}  // namespace greffier::records
