#pragma once
// An outbox over a database of its own, and a transport that answers as it is told to, for the tests.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "mail/outbox.hpp"
#include "mail/postman.hpp"
#include "storage/test_database.hpp"

namespace greffier::mail {

using namespace std::chrono_literals;
using storage::Session;
using storage::SqlText;
using Outcome = Delivery::Outcome;

/// Answers as it is told to, and keeps what it was given.
class Script final : public Transport {
public:
    std::deque<Delivery> answers;
    std::vector<Parcel> seen;
    std::function<void()> during;

    Delivery send(Parcel const& parcel, std::function<bool()> const&) override
    {
        seen.push_back(parcel);
        if (during) during();
        if (answers.empty()) return {};
        auto const answer = answers.front();
        answers.pop_front();
        return answer;
    }
    [[nodiscard]] std::string way() const override { return "a test"; }
};

class OutboxTest : public testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    Outbox outbox{*database, Secret<Bytes>{Bytes(32, 7)}, Outbox::Door::Open};
    Script transport;
    ManualClock clock{*parse_timestamp("2026-03-02T09:00:00Z")};
    Postman postman{outbox, transport, {"Greffier", "greffier@ville.example"}, [this] { return clock.now(); }, {}, Postman::Start::ByHand};

    NewMail letter(std::string once, std::string text = "Le lien : https://rgpd.example/welcome/TOKEN")
    {
        NewMail mail;
        mail.kind = Kind::Invitation;
        mail.once = std::move(once);
        mail.to = {"Claire", "claire@ville.example"};
        mail.subject = "Bonjour";
        mail.text = std::move(text);
        mail.html = "<p>Bonjour</p>";
        mail.expires_at = clock.now() + 24h * 7;
        return mail;
    }
    bool queue(Outbox const& where, NewMail const& mail)
    {
        bool queued = false;
        EXPECT_TRUE(database->write([&](Session& session) -> Status {
            queued = where.queue(session, mail, clock.now());
            return Nothing{};
        }).ok());
        return queued;
    }
    PersonId person()
    {
        auto const id = PersonId::make();
        auto const email = id.text() + "@ville.example";
        EXPECT_TRUE(database->write([&](Session& session) -> Status {
            session.execute(SqlText{"INSERT INTO person(id, email, email_shown, name, created_at) VALUES(?,?,?,'Claire',0)"}, id, email, email);
            return Nothing{};
        }).ok());
        return id;
    }
    std::string state_of(std::string const& once)
    {
        auto session = database->read();
        auto row = session->query(SqlText{"SELECT state, sealed IS NULL FROM mail_outbox WHERE once_key=?"}, once);
        if (!row.next()) return "absent";
        return row.text(0) + (row.integer(1) != 0 ? " empty" : "");
    }
    std::int64_t rows_with(std::string_view planted)
    {
        auto session = database->read();
        auto rows = session->query(SqlText{"SELECT sealed, recipient, once_key, said FROM mail_outbox"});
        std::int64_t found = 0;
        while (rows.next())
            for (int i = 0; i < 4; ++i) found += !rows.is_null(i) && as_text(i == 0 ? rows.bytes(i) : as_bytes(rows.view(i))).find(planted) != std::string_view::npos;
        return found;
    }
};

inline Delivery later(bool away = false) { return {Outcome::Later, away ? "server_unreachable" : "put_off", away ? 0 : 451, away ? "" : "4.3.0 later", away}; }

}  // namespace greffier::mail
