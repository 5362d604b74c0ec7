#include <atomic>
#include <set>
#include <thread>

#include "mail/outbox_fixture.hpp"

namespace greffier::mail {
namespace {

INSTANTIATE_TEST_SUITE_P(Engines, OutboxTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST_P(OutboxTest, a_mail_of_an_act_that_failed_is_never_sent)
{
    EXPECT_FALSE(database->write([&](Session& session) -> Status {
        EXPECT_TRUE(outbox.queue(session, letter("a"), clock.now()));
        return Error::invalid("no");
    }).ok());
    EXPECT_EQ(postman.round(), 0);
    EXPECT_TRUE(transport.seen.empty());
}

TEST_P(OutboxTest, what_is_queued_twice_is_sent_once_and_nothing_of_it_stays_legible)
{
    EXPECT_TRUE(queue(outbox, letter("a")));
    EXPECT_FALSE(queue(outbox, letter("a")));
    EXPECT_EQ(rows_with("TOKEN"), 0) << "sealed while it waits";
    EXPECT_EQ(postman.round(), 1);
    EXPECT_EQ(postman.round(), 0);
    ASSERT_EQ(transport.seen.size(), 1U);
    EXPECT_EQ(transport.seen[0].to, "claire@ville.example");
    EXPECT_EQ(transport.seen[0].from, "greffier@ville.example");
    EXPECT_THAT(transport.seen[0].mime, testing::HasSubstr("https://rgpd.example/welcome/TOKEN"));
    EXPECT_EQ(state_of("a"), "sent empty");
    EXPECT_FALSE(queue(outbox, letter("a"))) << "nor after it was sent";
    EXPECT_TRUE(outbox.list(clock.now()).empty());
    EXPECT_EQ(outbox.tally().sent, 1);
}

TEST_P(OutboxTest, what_a_mail_carries_travels_with_it_sealed)
{
    auto mail = letter("a");
    mail.reply_to = {"Nadia", "nadia@ville.example"};
    mail.parts = {{"text/calendar; method=REQUEST", "SECRET-ENTRY\r\n"}, {"application/ics", "SECRET-FILE", "s.ics"}};
    EXPECT_TRUE(queue(outbox, mail));
    EXPECT_EQ(rows_with("SECRET"), 0);
    EXPECT_EQ(postman.round(), 1);
    ASSERT_EQ(transport.seen.size(), 1U);
    for (auto const* words : {"Reply-To: \"Nadia\" <nadia@ville.example>", "text/calendar; method=REQUEST", "SECRET-ENTRY", "filename=\"s.ics\""}) EXPECT_THAT(transport.seen[0].mime, testing::HasSubstr(words));
}

TEST_P(OutboxTest, what_an_older_version_queued_is_sent)
{
    EXPECT_TRUE(queue(outbox, letter("a")));
    EXPECT_TRUE(database->write([&](Session& session) -> Status {
        Uuid id;
        {
            auto row = session.query(SqlText{"SELECT id FROM mail_outbox WHERE once_key='a'"});
            EXPECT_TRUE(row.next());
            id = row.uuid(0);
        }
        std::string words;   // name, subject, text, html, address to refuse: all there was
        for (std::string const& word : {id.text(), std::string{"Claire"}, std::string{"Avant"}, std::string{"Un mot"}, std::string{}, std::string{}}) words += std::to_string(word.size()) + ":" + word;
        session.execute(SqlText{"UPDATE mail_outbox SET sealed=? WHERE once_key='a'"}, seal(Secret<Bytes>{Bytes(32, 7)}, as_bytes(words)));
        return Nothing{};
    }).ok());
    EXPECT_EQ(postman.round(), 1);
    ASSERT_EQ(transport.seen.size(), 1U);
    EXPECT_THAT(transport.seen[0].mime, testing::HasSubstr("Subject: Avant\r\n"));
}

TEST_P(OutboxTest, who_had_it_sent_can_ask_what_became_of_it)
{
    auto const town = OrganisationId::make();
    EXPECT_TRUE(database->write([&](Session& session) -> Status {
        session.execute(SqlText{"INSERT INTO organisation(id, slug, name, kind, language, zone, created_at) VALUES(?,'vire','Vire','commune','fr','Europe/Paris',0)"}, town);
        return Nothing{};
    }).ok());
    transport.answers = {{Outcome::Never, "refused", 550, "no", false}};
    for (auto const* once : {"a", "b"}) {
        auto mail = letter(once);
        mail.organisation = town;
        EXPECT_TRUE(queue(outbox, mail));
        EXPECT_EQ(outbox.fates(town, Kind::Invitation).at(once), State::Waiting);
        postman.round();
    }
    EXPECT_TRUE(queue(outbox, letter("c")));
    EXPECT_EQ(outbox.fates(town, Kind::Invitation), (std::map<std::string, State>{{"a", State::Failed}, {"b", State::Sent}}));
    EXPECT_TRUE(outbox.fates(town, Kind::Reminder).empty());
}

TEST_P(OutboxTest, with_the_door_closed_nothing_waits_for_ever)
{
    Outbox closed(*database, Secret<Bytes>{Bytes(32, 7)}, Outbox::Door::Closed);
    EXPECT_FALSE(queue(closed, letter("a")));
    EXPECT_EQ(state_of("a"), "absent");
    EXPECT_TRUE(queue(outbox, letter("b")));   // queued before the settings were taken out
    EXPECT_EQ(closed.forget_old(clock.now() + 24h * 8), 0);
    EXPECT_EQ(state_of("b"), "failed empty");
}

TEST_P(OutboxTest, delays_double_from_one_minute_to_twelve_hours)
{
    EXPECT_EQ(delay_after(1), 1min);
    EXPECT_EQ(delay_after(2), 2min);
    EXPECT_EQ(delay_after(10), 512min);
    EXPECT_EQ(delay_after(11), 12h);
    EXPECT_EQ(delay_after(1000), 12h);
}

TEST_P(OutboxTest, what_is_put_off_is_tried_again_under_the_same_id_when_its_delay_is_over)
{
    transport.answers = {later(), later()};
    queue(outbox, letter("a"));
    EXPECT_EQ(postman.round(), 0);
    clock.advance(59s);
    EXPECT_EQ(postman.round(), 0);
    EXPECT_EQ(transport.seen.size(), 1U) << "not before its time";
    auto const listed = outbox.list(clock.now());
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].attempts, 1);
    EXPECT_EQ(listed[0].problem, "put_off");
    EXPECT_EQ(listed[0].said, "4.3.0 later");
    clock.advance(1s);
    EXPECT_EQ(postman.round(), 0);
    clock.advance(119s);
    EXPECT_EQ(postman.round(), 0);
    EXPECT_EQ(transport.seen.size(), 2U);
    clock.advance(1s);
    EXPECT_EQ(postman.round(), 1);
    ASSERT_EQ(transport.seen.size(), 3U);
    EXPECT_EQ(transport.seen[0].id, transport.seen[2].id);
    auto const id_line = [](std::string const& mime) { return mime.substr(mime.find("Message-ID"), 80); };
    EXPECT_EQ(id_line(transport.seen[0].mime), id_line(transport.seen[2].mime));
}

TEST_P(OutboxTest, it_is_given_up_after_three_days_and_may_be_tried_again_by_hand)
{
    queue(outbox, letter("a"));
    int attempts = 0;
    auto const begun = clock.now();
    while (state_of("a") == "waiting" && attempts < 100) {
        transport.answers = {later()};
        postman.round();
        ++attempts;
        clock.advance(delay_after(attempts));
    }
    EXPECT_EQ(state_of("a"), "failed");
    EXPECT_GE(attempts, 12);
    EXPECT_LE(attempts, 16);
    EXPECT_GE(clock.now(), begun + patience);
    auto const failed = outbox.list(clock.now());
    ASSERT_TRUE(failed.size() == 1 && failed[0].state == State::Failed && failed[0].can_retry);
    ASSERT_TRUE(outbox.retry(failed[0].id, clock.now()).ok());
    EXPECT_EQ(postman.round(), 1);
    EXPECT_EQ(state_of("a"), "sent empty");
    EXPECT_FALSE(outbox.retry(failed[0].id, clock.now()).ok());
    EXPECT_EQ(outbox.retry(MailId::make(), clock.now()).error().kind, ErrorKind::NotFound);
}

TEST_P(OutboxTest, what_is_refused_for_good_is_not_tried_again_and_does_not_hold_up_the_others)
{
    transport.answers = {{Outcome::Never, "refused", 550, "5.1.1 unknown", false}};
    queue(outbox, letter("a"));
    clock.advance(1s);
    queue(outbox, letter("b"));
    EXPECT_EQ(postman.round(), 1);
    EXPECT_EQ(state_of("a"), "failed");
    EXPECT_EQ(state_of("b"), "sent empty");
    auto const failed = outbox.list(clock.now());
    ASSERT_EQ(failed.size(), 1U);
    ASSERT_TRUE(outbox.remove(failed[0].id).ok());
    EXPECT_EQ(state_of("a"), "absent");
    EXPECT_FALSE(outbox.remove(failed[0].id).ok());
}

TEST_P(OutboxTest, a_server_that_is_away_is_asked_once_a_round_and_gets_all_when_it_is_back)
{
    for (auto const* once : {"a", "b", "c"}) {
        queue(outbox, letter(once));
        clock.advance(1s);
    }
    for (int round = 0; round < 5; ++round) {
        transport.answers = {later(true)};
        EXPECT_EQ(postman.round(), 0);
        EXPECT_EQ(transport.seen.size(), static_cast<std::size_t>(round) + 1);
        clock.advance(30s);
    }
    clock.advance(10s);
    EXPECT_EQ(postman.round(), 3) << "those whose own delay is not over too: it was the server's trouble";
}

TEST_P(OutboxTest, two_senders_never_have_the_same_message)
{
    queue(outbox, letter("a"));
    auto other_database = database.open();
    Outbox other(*other_database, Secret<Bytes>{Bytes(32, 7)}, Outbox::Door::Open);
    auto const mine = Uuid::make(), theirs = Uuid::make();
    auto const taken = outbox.take(mine, clock.now());
    ASSERT_TRUE(taken);
    EXPECT_FALSE(other.take(theirs, clock.now()));
    EXPECT_FALSE(other.note(taken->id, theirs, {}, clock.now())) << "it is not theirs to say so";
    clock.advance(mail_lease);
    ASSERT_TRUE(other.take(theirs, clock.now())) << "the first one died";
    EXPECT_FALSE(outbox.note(taken->id, mine, {}, clock.now())) << "too late";
    EXPECT_TRUE(other.note(taken->id, theirs, {}, clock.now()));
    EXPECT_EQ(state_of("a"), "sent empty");
}

TEST_P(OutboxTest, many_senders_at_once_send_each_message_once)
{
    constexpr int messages = 40;
    for (int i = 0; i < messages; ++i) queue(outbox, letter("m" + std::to_string(i)));
    std::atomic<int> sent = 0;
    std::vector<std::unique_ptr<Script>> scripts;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        scripts.push_back(std::make_unique<Script>());
        threads.emplace_back([&, script = scripts.back().get()] {
            Postman one(outbox, *script, {"", "greffier@ville.example"}, [this] { return clock.now(); }, {}, Postman::Start::ByHand);
            sent += one.round();
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(sent, messages);
    std::set<std::string> ids;
    for (auto const& script : scripts)
        for (auto const& parcel : script->seen) EXPECT_TRUE(ids.insert(parcel.id).second);
    EXPECT_EQ(ids.size(), static_cast<std::size_t>(messages));
}

TEST_P(OutboxTest, a_lease_left_by_a_clock_that_was_ahead_does_not_bind)
{
    queue(outbox, letter("a"));
    ASSERT_TRUE(outbox.take(Uuid::make(), clock.now() + 1min));
    EXPECT_EQ(postman.round(), 0);
    clock.advance(-24h * 30);
    EXPECT_EQ(postman.round(), 1);
}

TEST_P(OutboxTest, the_only_process_of_an_installation_takes_back_what_the_one_before_was_sending)
{
    queue(outbox, letter("a"));
    ASSERT_TRUE(outbox.take(Uuid::make(), clock.now()));
    EXPECT_EQ(postman.round(), 0);
    outbox.give_back_all();
    EXPECT_EQ(postman.round(), 1);
}

TEST_P(OutboxTest, a_link_that_is_dead_is_not_sent)
{
    auto mail = letter("a");
    mail.expires_at = clock.now() + 1h;
    queue(outbox, mail);
    transport.answers = {later(true)};
    postman.round();
    clock.advance(1h);
    EXPECT_EQ(postman.round(), 0);
    EXPECT_EQ(transport.seen.size(), 1U);
    EXPECT_EQ(state_of("a"), "failed empty");
    auto const listed = outbox.list(clock.now());
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].problem, "too_late");
    EXPECT_FALSE(listed[0].can_retry);
    EXPECT_EQ(outbox.retry(listed[0].id, clock.now()).error().code, "mail_gone");
}

TEST_P(OutboxTest, a_message_sealed_under_another_key_fails_and_says_so)
{
    Outbox before(*database, Secret<Bytes>{Bytes(32, 8)}, Outbox::Door::Open);
    queue(before, letter("a"));
    queue(outbox, letter("b"));
    EXPECT_EQ(postman.round(), 1);
    EXPECT_EQ(state_of("a"), "failed empty");
    EXPECT_EQ(outbox.list(clock.now())[0].problem, "unreadable");
}

TEST_P(OutboxTest, a_stopping_program_gives_its_message_back_untried)
{
    queue(outbox, letter("a"));
    transport.answers = {{Outcome::Stopped, "stopped", 0, {}, true}};
    EXPECT_EQ(postman.round(), 0);
    EXPECT_EQ(outbox.list(clock.now())[0].attempts, 0);
    EXPECT_EQ(postman.round(), 1);
}

TEST_P(OutboxTest, what_a_stranger_asks_is_written_alike_whoever_it_is_about)
{
    auto ask = [&](std::string const& once) {
        EXPECT_TRUE(database->write([&](Session& session) -> Status {
            outbox.ask(session, Kind::PasswordReset, once, {"claire@ville.example", "https://rgpd.example"}, clock.now());
            return Nothing{};
        }).ok());
    };
    ask("a");
    ask("a");
    ask("b");
    EXPECT_EQ(rows_with("claire"), 0);
    EXPECT_EQ(postman.round(), 0) << "a question is no mail";
    auto const asked = outbox.asked();
    ASSERT_EQ(asked.size(), 2U);
    EXPECT_EQ(asked[0].words, (std::vector<std::string>{"claire@ville.example", "https://rgpd.example"}));
    auto answer = [&](MailId id, std::optional<NewMail> const& mail) {
        bool done = false;
        EXPECT_TRUE(database->write([&](Session& session) -> Status {
            done = outbox.answer(session, id, mail, clock.now());
            return Nothing{};
        }).ok());
        return done;
    };
    EXPECT_TRUE(answer(asked[0].id, letter("ignored")));
    EXPECT_FALSE(answer(asked[0].id, letter("ignored"))) << "answered once";
    EXPECT_TRUE(answer(asked[1].id, std::nullopt));
    EXPECT_TRUE(outbox.asked().empty());
    ask("b");
    EXPECT_TRUE(outbox.asked().empty()) << "the same pause for those nobody knows";
    EXPECT_EQ(postman.round(), 1);
    EXPECT_EQ(state_of("b"), "void empty");
    outbox.forget_old(clock.now() + 1h);
    EXPECT_EQ(state_of("b"), "absent");
    EXPECT_EQ(state_of("a"), "sent empty");
}

TEST_P(OutboxTest, what_was_sent_or_failed_is_forgotten_after_thirty_days)
{
    transport.answers = {{Outcome::Never, "refused", 550, "no", false}};
    queue(outbox, letter("a"));
    postman.round();
    queue(outbox, letter("b"));
    postman.round();
    EXPECT_EQ(outbox.forget_old(clock.now() + 24h * 30 - 1ms), 0);
    EXPECT_EQ(state_of("a"), "failed empty") << "its link is dead: it needs no words";
    EXPECT_EQ(outbox.forget_old(clock.now() + 24h * 30), 2);
}

TEST_P(OutboxTest, a_transport_that_throws_costs_one_attempt_and_no_more)
{
    queue(outbox, letter("a"));
    transport.during = [] { throw std::runtime_error("broken"); };
    EXPECT_EQ(postman.round(), 0);
    transport.during = {};
    clock.advance(1min);
    EXPECT_EQ(postman.round(), 1);
}

}  // namespace
}  // namespace greffier::mail
