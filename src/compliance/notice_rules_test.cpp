#include "compliance/notice_rules.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "compliance/linter.hpp"
#include "compliance/listed_records.hpp"

namespace greffier::compliance {
namespace {

using notice::Notice;
using processing::Processing;
using profile::Profile;

struct Case {
    Profile profile = {};
    std::vector<std::pair<Processing, RecordId>> processings = {};
    std::vector<std::pair<Notice, std::string>> notices = {};   ///< with their status
    Date today = *parse_date("2026-11-22");

    [[nodiscard]] ListedRecords around() const
    {
        ListedRecords all;
        all.profile_row = profile::profile_schema().pack(profile);
        for (auto const& [one, id] : processings) all.registers["processings"].push_back({id, "TRT", "production", processing::processing_schema().pack(one)});
        for (auto const& [one, status] : notices) all.registers["notices"].push_back({RecordId::make(), "MEN", status, notice::notice_schema().pack(one)});
        return all;
    }
    template <class T>
    [[nodiscard]] std::vector<records::Finding> judge(schema::Schema<T> const& kind, T const& record, std::string slug, RecordId id, std::string status, std::string_view rule) const
    {
        auto const row = kind.pack(record);
        records::Circumstances now;
        now.today = today;
        now.status = std::move(status);
        auto surroundings = around();
        auto all = Linter{}.examine({{}, std::move(slug), id, &kind.info(), &row, now}, surroundings);
        std::erase_if(all, [&](auto const& finding) { return finding.rule != rule; });
        return all;
    }
    [[nodiscard]] std::size_t of_processing(Processing const& p, RecordId id, std::string_view rule, std::string status = "production") const
    {
        return judge(processing::processing_schema(), p, "processings", id, std::move(status), rule).size();
    }
    [[nodiscard]] std::size_t of_profile(std::string_view rule) const { return judge(profile::profile_schema(), profile, "profile", {}, "current", rule).size(); }
    [[nodiscard]] std::size_t of_notice(Notice const& n, std::string_view rule) const { return judge(notice::notice_schema(), n, "notices", {}, "published", rule).size(); }
};

RecordId an_id() { return *RecordId::parse("0190f3a2-7c41-7d10-8a55-1c2d3e4f5061"); }

Notice covering(RecordId id, notice::Kind kind = notice::Kind::Direct)
{
    Notice notice;
    notice.kind = kind;
    notice.processings = {ProcessingId{id.uuid}};
    return notice;
}

TEST(NoticeRules, inf_001_a_processing_in_use_that_no_published_notice_covers)
{
    Case town;
    Processing p;
    EXPECT_EQ(town.of_processing(p, an_id(), "INF-001"), 1u);
    EXPECT_EQ(town.of_processing(p, an_id(), "INF-001", "draft"), 0u);
    town.notices = {{covering(an_id()), "draft"}};
    EXPECT_EQ(town.of_processing(p, an_id(), "INF-001"), 1u) << "nobody can read a draft";
    town.notices[0].second = "published";
    EXPECT_EQ(town.of_processing(p, an_id(), "INF-001"), 0u);
    town.notices.clear();
    p.notice_exception.value = "déjà informées";
    EXPECT_EQ(town.of_processing(p, an_id(), "INF-001"), 0u);
    auto const told = town.judge(processing::processing_schema(), Processing{}, "processings", an_id(), "production", "INF-001");
    EXPECT_EQ(told.at(0).arguments, (Arguments{{"fine", "1500"}, {"fine_legal_person", "7500"}}));
}

TEST(NoticeRules, inf_003_wants_a_notice_of_article_14_where_data_come_from_elsewhere)
{
    Case town;
    Processing p;
    EXPECT_EQ(town.of_processing(p, an_id(), "INF-003"), 0u);
    p.source = processing::Source::Indirect;
    town.notices = {{covering(an_id()), "published"}};
    EXPECT_EQ(town.of_processing(p, an_id(), "INF-003"), 1u) << "it speaks to those who gave their data themselves";
    town.notices = {{covering(an_id(), notice::Kind::Both), "published"}};
    EXPECT_EQ(town.of_processing(p, an_id(), "INF-003"), 0u);
}

TEST(NoticeRules, trf_011_a_transfer_that_the_notice_keeps_silent)
{
    Case town;
    Processing p;
    p.transfers.emplace_back().recipient = "Nuage SA";
    EXPECT_EQ(town.of_processing(p, an_id(), "TRF-011"), 0u) << "without any notice INF-001 says so";
    auto notice = covering(an_id());
    town.notices = {{notice, "published"}};
    EXPECT_EQ(town.of_processing(p, an_id(), "TRF-011"), 1u);
    notice.items.push_back({.id = "1", .item = notice::Item::Transfers, .state = notice::ItemState::Given});
    town.notices = {{notice, "published"}};
    EXPECT_EQ(town.of_processing(p, an_id(), "TRF-011"), 0u);
}

TEST(NoticeRules, inf_005_a_notice_is_old_when_what_it_tells_has_changed)
{
    Case town;
    Processing p;
    p.purposes.emplace_back().text.value = "Inscrire";
    town.processings = {{p, an_id()}};
    auto notice = covering(an_id());
    EXPECT_EQ(town.of_notice(notice, "INF-005"), 0u) << "its words were not written from the records";
    notice.written_from = print_of({p});
    EXPECT_EQ(town.of_notice(notice, "INF-005"), 0u);
    town.processings[0].first.notes.value = "sans effet";
    EXPECT_EQ(town.of_notice(notice, "INF-005"), 0u) << "notes are told to nobody";
    town.processings[0].first.purposes[0].text.value = "Facturer";
    EXPECT_EQ(town.of_notice(notice, "INF-005"), 1u);
}

TEST(NoticeRules, inf_006_the_officer_stands_in_every_notice)
{
    Case town;
    auto notice = covering(an_id());
    EXPECT_EQ(town.of_notice(notice, "INF-006"), 0u);
    town.profile.dpo.name = "Claire";
    EXPECT_EQ(town.of_notice(notice, "INF-006"), 1u);
    notice.items.push_back({.id = "1", .item = notice::Item::Officer, .state = notice::ItemState::Given});
    EXPECT_EQ(town.of_notice(notice, "INF-006"), 0u);
}

TEST(NoticeRules, inf_007_and_inf_008_look_for_posters_and_a_page_with_a_clear_title)
{
    Case town;
    EXPECT_EQ(town.of_profile("INF-007") + town.of_profile("INF-008"), 0u);
    town.profile.headcount = 12;
    town.profile.website.value = "https://www.ville.example";
    EXPECT_EQ(town.of_profile("INF-007"), 1u);
    EXPECT_EQ(town.of_profile("INF-008"), 1u);
    Notice data, incident, page;
    data.situation = notice::Situation::PosterData;
    incident.situation = notice::Situation::PosterIncident;
    page.situation = notice::Situation::PrivacyPage;
    page.title = notice::Title::Other;
    town.notices = {{data, "published"}, {incident, "published"}, {page, "published"}};
    EXPECT_EQ(town.of_profile("INF-007"), 0u);
    EXPECT_EQ(town.of_profile("INF-008"), 1u) << "a title of one's own is easily missed";
    town.notices[2].first.title = notice::Title::PersonalData;
    EXPECT_EQ(town.of_profile("INF-008"), 0u);
}

}  // namespace
}  // namespace greffier::compliance
