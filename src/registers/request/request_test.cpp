#include "registers/request/request.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "records/made_title.hpp"
#include "records/pages/form.hpp"
#include "records/pages/test_page.hpp"
#include "records/sealed_declaration.hpp"
#include "registers/request/letter_kinds.hpp"
#include "registers/request/register.hpp"
#include "registers/request/work.hpp"
#include "schema/diff.hpp"
#include "schema/json.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::request {
namespace {

using namespace schema;

SchemaInfo const& info() { return request_schema().info(); }
Locale const french{Language::French}, english{Language::English};
Date day(char const* text) { return *parse_date(text); }

std::string page(Row const& row, Locale const& locale, std::vector<FieldError> const& errors = {})
{
    web::Html out;
    records::FormView const view{info(), row, locale, errors, {}, day("2026-03-30")};
    records::write_contents(out, view);
    records::write_error_summary(out, view);
    records::write_sections(out, view);
    return std::move(out).take();
}

TEST(RequestSchema, records_made_by_chance_pass_through_every_door_unchanged)
{
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        auto const row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info());
        ASSERT_TRUE(check(info(), row).empty()) << seed;
        ASSERT_EQ(from_stored(info(), to_stored(info(), row), info().version), row) << seed;
        auto sent = read_json(info(), to_sorted(info(), row, {}), ReadMode::Replace);
        ASSERT_TRUE(sent.ok()) << seed;
        normalise(info(), sent->row);
        ASSERT_EQ(sent->row, row) << seed;
        auto const record = request_schema().unpack(row);
        ASSERT_TRUE(record.ok()) << seed;
        (void)tasks_of(*record, "in_progress");
        (void)letters_for(*record);
    }
}

TEST(RequestSchema, its_form_is_sound_and_says_everything_in_both_languages)
{
    auto const row = RowMaker(5, 100).make(info());
    for (auto const* locale : {&french, &english}) {
        auto const tags = records::tags_of(page(row, *locale));
        records::expect_sound(tags);
        for (auto const& tag : tags) EXPECT_FALSE(tag.text.starts_with("[request")) << tag.text;
    }
}

TEST(RequestSchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(info()); }

TEST(RequestRegister, seals_who_asks_what_they_wrote_and_what_is_answered)
{
    EXPECT_TRUE(records::what_would_leak(request_register()).empty());
    for (auto const* sealed : {"requester", "person_concerned", "wording", "identifiers", "mandate", "refusal_details", "extension_details", "answer", "exchanges", "complaint_details", "abuse_assessment",
                               "dpo_advice", "decision_elements", "transmit_to", "attachments"}) {
        ASSERT_TRUE(info().find(sealed)) << sealed;
        EXPECT_TRUE(request_register().seals(*info().find(sealed))) << sealed;
    }
    EXPECT_FALSE(request_register().seals(*info().find("subject")));
}

TEST(RequestRegister, every_status_is_reached_and_every_step_leads_somewhere)
{
    auto const& kind = request_register();
    for (auto const& step : kind.transitions) {
        EXPECT_TRUE(kind.has_status(step.from) && kind.has_status(step.to)) << step.from << " " << step.to;
        EXPECT_TRUE(step.to != "refused" || (step.needs_decision && step.permission == web::Permission::DecideRecords)) << step.from;
    }
    for (auto const status : kind.statuses)
        EXPECT_TRUE(status == kind.first_status() || std::ranges::any_of(kind.transitions, [&](auto const& step) { return step.to == status; })) << status;
}

TEST(RequestRegister, writes_its_subject_from_the_rights_and_leaves_one_that_somebody_wrote)
{
    Request request;
    auto const subject = [&](Locale const& locale) {
        auto row = request_schema().pack(request);
        if (records::lacks_title(request_register(), row)) records::make_title(request_register(), row, locale);
        return schema::text_of(info(), row, "subject");
    };
    EXPECT_EQ(subject(french), "Demande");
    request.rights = {Right::Access};
    EXPECT_EQ(subject(french), "Demande d’accès");
    request.rights = {Right::Access, Right::Rectification, Right::Erasure};
    EXPECT_EQ(subject(french), "Demande d’accès, de rectification et d’effacement");
    EXPECT_EQ(subject(english), "Request: access, rectification and erasure");
    request.subject = "Vidéosurveillance de la halle";
    EXPECT_EQ(subject(french), "Vidéosurveillance de la halle");
}

TEST(RequestLists, a_ground_of_refusal_belongs_to_its_right_or_to_all)
{
    EXPECT_TRUE(may_refuse(RefusalGround::ErasureClaims, Right::Erasure));
    EXPECT_FALSE(may_refuse(RefusalGround::ErasureClaims, Right::Access));
    EXPECT_TRUE(may_refuse(RefusalGround::Excessive, Right::Portability));
}

TEST(RequestWork, tells_what_remains_in_the_order_of_the_work)
{
    auto const states = [](Request const& request, char const* status = "in_progress") {
        std::string all;
        for (auto const& task : tasks_of(request, status)) all += std::string{task.what} + (task.state == Task::State::Done ? "+ " : task.state == Task::State::Waiting ? "? " : "- ");
        return all;
    };
    Request request;
    request.rights = {Right::Erasure};
    EXPECT_EQ(states(request), "acknowledge- search- decide- answer- ");
    request.acknowledged_on = day("2026-03-06");
    request.identity_asked_on = day("2026-03-06");
    EXPECT_EQ(states(request), "acknowledge+ identity? search- decide- answer- ");
    request.identity_received_on = day("2026-03-10");
    request.identity_means = IdentityMeans::IdentityDocument;
    EXPECT_EQ(states(request), "acknowledge+ identity- document- search- decide- answer- ");
    request.identity_result = IdentityResult::Confirmed;
    request.document_destroyed_on = day("2026-03-10");
    request.searches = {{.id = "a", .result = SearchResult::Found}, {.id = "b", .result = SearchResult::Pending}};
    request.assignments = {{.id = "c", .name = "Éditeur"}};
    EXPECT_EQ(states(request), "acknowledge+ identity+ document+ search- assignments? decide- answer- ");
    request.searches[1].result = SearchResult::None;
    request.assignments[0].answered_on = day("2026-03-12");
    request.decision = Decision::Partial;
    EXPECT_EQ(states(request), "acknowledge+ identity+ document+ search+ assignments+ decide+ remedies- answer- recipients- ");
    request.remedies_stated = true;
    request.answered_on = day("2026-03-20");
    request.recipients_told = {{.id = "d", .recipient = "Trésorerie"}};
    EXPECT_EQ(states(request), "acknowledge+ identity+ document+ search+ assignments+ decide+ remedies+ answer+ recipients+ ");
    EXPECT_EQ(states(request, "withdrawn"), "");
}

TEST(RequestWork, offers_the_letters_of_the_rights_asked)
{
    Request request;
    auto const offers = [&](LetterKind kind) { return std::ranges::count(letters_for(request), kind) == 1; };
    request.rights = {Right::Access};
    EXPECT_TRUE(offers(LetterKind::Access));
    EXPECT_FALSE(offers(LetterKind::Done));
    request.rights = {Right::Access, Right::Erasure};
    EXPECT_TRUE(offers(LetterKind::Access) && offers(LetterKind::Done));
    request.rights = {Right::Objection};
    EXPECT_TRUE(!offers(LetterKind::Access) && offers(LetterKind::Done) && offers(LetterKind::Refusal));
    EXPECT_EQ(parse_letter_kind(code_of(LetterKind::Extension)), LetterKind::Extension);
    EXPECT_FALSE(parse_letter_kind("invoice"));
}

}  // namespace
}  // namespace greffier::request
