#include "compliance/notice_rules.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include "core/crypto.hpp"
#include "law/parameters.hpp"
#include "schema/json.hpp"
#include "schema/unpacked.hpp"

namespace greffier::compliance {
namespace {

using notice::Item;
using notice::Notice;
using processing::Processing;
using profile::Profile;
using records::Report;
using enum records::Severity;
using Neighbour = records::Surroundings::Neighbour;

// What a notice tells of a processing: a change there makes the notice old.
std::array<std::string, 8> const told{"automated_decision", "automated_logic", "data_categories", "purposes", "recipients", "source", "source_details", "transfers"};

// What is asked of a notice by others: never its words.
std::array<std::string, 6> const asked_of_notices{"processings", "kind", "items", "situation", "title", "exceptions"};

Notice const& digest_of(Neighbour const& neighbour)
{
    if (!neighbour.digest) neighbour.digest = std::make_shared<Notice const>(notice_of(neighbour.row));
    return *static_cast<Notice const*>(neighbour.digest.get());
}

/// Every notice that people can read, until `visit` returns false.
void each_published(Scene& scene, std::function<bool(Notice const&)> const& visit)
{
    scene.around().each_brief(notices_slug, asked_of_notices, [&](Neighbour const& neighbour) { return neighbour.status != "published" || visit(digest_of(neighbour)); });
}

struct Told { bool any = false, indirect = false, transfers = false; };
Told gather_told(Scene& scene)
{
    Told found;
    auto const id = scene.subject().id.uuid;
    each_published(scene, [&](Notice const& notice) {
        if (std::ranges::none_of(notice.processings, [&](ProcessingId const& linked) { return linked.uuid == id; })) return true;
        found.any = true;
        found.indirect = found.indirect || notice.covers_indirect();
        found.transfers = found.transfers || notice.gives(Item::Transfers);
        return true;
    });
    return found;
}

Told const& told_of_this(Scene& scene) { return scene.once(gather_told); }

/// What silence costs, by the text in force today.
Arguments fines(Date today)
{
    auto const one = law::parameter("notice.fine", today).number();
    auto const times = law::parameter("notice.fine_legal_person", today).number();
    return {{"fine", std::to_string(one)}, {"fine_legal_person", std::to_string(one * times)}};
}

// A processor tells nobody in its own name.
bool informs(Processing const& p) { return p.role != processing::Role::Processor; }

void no_notice(Processing const& p, Scene& scene, Report& report)
{
    auto const& now = scene.subject().circumstances;
    if (now.status != "production" || !informs(p) || !p.notice_exception.empty()) return;
    if (!told_of_this(scene).any) report.at("information_method", fines(now.today));
}

void indirect_without_notice(Processing const& p, Scene& scene, Report& report)
{
    auto const& status = scene.subject().circumstances.status;
    bool const indirect = p.source == processing::Source::Indirect || p.source == processing::Source::Mixed;
    // A sheet that is being written, or that nothing is done by any more, owes nobody a notice yet.
    if (!indirect || !informs(p) || !p.art14_exception.empty() || status == "draft" || status == "to_validate" || status == "archived") return;
    if (!told_of_this(scene).indirect) report.at("source");
}

void transfer_untold(Processing const& p, Scene& scene, Report& report)
{
    if (p.transfers.empty() || !informs(p) || scene.subject().circumstances.status == "archived") return;
    auto const& found = told_of_this(scene);
    if (found.any && !found.transfers) report.at("transfers");
}

// --- a notice beside what it tells -------------------------------------------------------------------------

void older_than_its_processings(Notice const& notice, Scene& scene, Report& report)
{
    if (notice.written_from.empty() || scene.subject().circumstances.status == "taken_down") return;
    std::vector<Processing> covered;
    for (auto const& id : std::set(notice.processings.begin(), notice.processings.end()))
        if (auto const one = scene.around().find(processings_slug, {id.uuid})) covered.push_back(processing_of(one->row));
    if (print_of(covered) != notice.written_from) report.at("written_on");
}

void officer_untold(Notice const& notice, Scene& scene, Report& report)
{
    if (notice.is_poster() || scene.subject().circumstances.status == "taken_down" || !scene.profile().dpo.exists()) return;
    auto const* row = notice.item(Item::Officer);
    if (!row || !row->state || *row->state == notice::ItemState::NotApplicable) report.at("items");
}

// --- the organisation beside its notices --------------------------------------------------------------------

void no_poster(Profile const& profile, Scene& scene, Report& report)
{
    if (profile.headcount.value_or(0) <= 0) return;
    bool data = false, incident = false;
    each_published(scene, [&](Notice const& notice) {
        data = data || notice.situation == notice::Situation::PosterData;
        incident = incident || notice.situation == notice::Situation::PosterIncident;
        return !(data && incident);
    });
    if (!data || !incident) report.at("headcount", {{"count", std::to_string(!data + !incident)}});
}

void no_clear_page(Profile const& profile, Scene& scene, Report& report)
{
    if (profile.website.empty()) return;
    bool clear = false;
    each_published(scene, [&](Notice const& notice) {
        clear = notice.situation == notice::Situation::PrivacyPage && notice.title && *notice.title != notice::Title::Other;
        return !clear;
    });
    if (!clear) report.at("website");
}

}  // namespace

Notice notice_of(schema::Row const& row) { return schema::unpacked(notice::notice_schema(), row); }

std::string print_of(std::vector<Processing> const& processings)
{
    auto const& kind = processing::processing_schema();
    std::vector<std::string> parts;
    for (auto const& one : processings) {
        auto row = kind.pack(one);
        std::string text;
        for (auto const& field : kind.info().fields)
            if (std::ranges::find(told, field.name) != told.end()) {
                schema::Row alone(kind.info());
                schema::set(kind.info(), alone, field.name, schema::get(kind.info(), row, field.name));
                text += schema::to_stored(kind.info(), alone);
            }
        parts.push_back(std::move(text));
    }
    std::ranges::sort(parts);
    std::string all;
    for (auto const& part : parts) all += part + '\n';
    return to_hex(sha256(as_bytes(all))).substr(0, 16);
}

std::span<CrossRule<Notice> const> cross_notice_rules()
{
    static constexpr CrossRule<Notice> rules[] = {
        {"INF-005", Minor, "13(3)", older_than_its_processings, {processings_slug}},
        {"INF-006", Minor, "13(1)(b)", officer_untold},
    };
    return rules;
}

std::span<CrossRule<Processing> const> notices_of_processing_rules()
{
    static constexpr CrossRule<Processing> rules[] = {
        {"INF-001", Blocking, "13, 14", no_notice, {notices_slug}},
        {"INF-003", Blocking, "14", indirect_without_notice, {notices_slug}},
        {"TRF-011", Major, "13(1)(f)", transfer_untold, {notices_slug}},
    };
    return rules;
}

std::span<CrossRule<Profile> const> notices_of_profile_rules()
{
    static constexpr CrossRule<Profile> rules[] = {
        {"INF-007", Advice, "", no_poster, {notices_slug}},
        {"INF-008", Minor, "12(1)", no_clear_page, {notices_slug}},
    };
    return rules;
}

std::span<Reading const> notice_readings()
{
    static std::array<std::string, 1> const of_profile{"dpo"};
    static Reading const all[] = {
        {.judged = processings_slug, .read = notices_slug, .fields = asked_of_notices, .status = true, .through = "processings"},
        {.judged = notices_slug, .read = processings_slug, .fields = told, .naming = "processings"},
        {.judged = notices_slug, .read = profile_slug, .fields = of_profile},
        {.judged = profile_slug, .read = notices_slug, .fields = asked_of_notices, .status = true},
    };
    return all;
}

}  // namespace greffier::compliance
