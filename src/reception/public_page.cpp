#include "reception/public_page.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace greffier::reception {

using storage::Session;
using storage::SqlText;

namespace {

struct Code { Page page; std::string_view code; };
constexpr std::array codes{Code{Page::Request, "request"}, Code{Page::FollowUp, "follow-up"}, Code{Page::Incident, "incident"}, Code{Page::Register, "register"},
                           Code{Page::Preferences, "preferences"}, Code{Page::Notices, "notices"}, Code{Page::Policies, "policies"}};

constexpr std::array<std::string_view, 6> parts{"basis", "people", "data", "retention", "recipients", "transfers"};

void check_words(std::vector<FieldError>& errors, std::string_view field, std::string const& words)
{
    if (!is_utf8(words)) errors.push_back({std::string{field}, "bad_utf8"});
    else if (length_utf8(words) > longest_words) errors.push_back({std::string{field}, "too_long", {{"max", std::to_string(longest_words)}}});
}

}  // namespace

std::string_view code_of(Page page) { return std::ranges::find(codes, page, &Code::page)->code; }

std::optional<Page> parse_page(std::string_view code)
{
    auto const found = std::ranges::find(codes, code, &Code::code);
    return found == codes.end() ? std::nullopt : std::optional{found->page};
}

std::span<Page const> all_pages()
{
    static constexpr std::array all{Page::Request, Page::FollowUp, Page::Preferences, Page::Incident, Page::Register, Page::Notices, Page::Policies};
    return all;
}

std::span<std::string_view const> shown_parts() { return parts; }

std::string const& PageSettings::words(Language language) const
{
    auto const& wanted = language == Language::French ? words_fr : words_en;
    return wanted.empty() ? (language == Language::French ? words_en : words_fr) : wanted;
}

std::map<Page, PageSettings> PublicPages::all() const
{
    std::map<Page, PageSettings> settings;
    for (auto const page : all_pages()) settings[page];
    auto session = database_.read_of(organisation_);
    {
        auto row = session->query(SqlText{"SELECT page, opened_at FROM public_page WHERE organisation_id=?"}, organisation_);
        while (row.next())
            if (auto const page = parse_page(row.view(0))) settings[*page].opened_at = row.timestamp(1);
    }
    auto row = session->query(SqlText{"SELECT page, words_fr, words_en, shown FROM public_words WHERE organisation_id=?"}, organisation_);
    while (row.next()) {
        auto const page = parse_page(row.view(0));
        if (!page) continue;
        auto& one = settings[*page];
        one.words_fr = row.text(1);
        one.words_en = row.text(2);
        if (!row.view(3).empty()) one.shown = split(row.view(3), ',');
    }
    return settings;
}

PageSettings PublicPages::of(Page page) const { return all()[page]; }

Status PublicPages::open(Page page, Uuid actor, Timestamp now) const
{
    return database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        open_in(session, organisation_, page, actor, now);
        return Nothing{};
    });
}

void PublicPages::open_in(Session& session, OrganisationId organisation, Page page, Uuid actor, Timestamp now)
{
    session.execute(SqlText{"INSERT INTO public_page(organisation_id, page, opened_at, opened_by) VALUES(?,?,?,?) ON CONFLICT DO NOTHING"}, organisation, code_of(page), now, actor);
}

Status PublicPages::close(Page page) const
{
    return database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        session.execute(SqlText{"DELETE FROM public_page WHERE organisation_id=? AND page=?"}, organisation_, code_of(page));
        return Nothing{};
    });
}

Status PublicPages::keep_words(Page page, std::string words_fr, std::string words_en, std::vector<std::string> const& shown) const
{
    std::vector<FieldError> errors;
    check_words(errors, "words_fr", words_fr);
    check_words(errors, "words_en", words_en);
    if (!errors.empty()) return Error{ErrorKind::Invalid, "invalid", {}, std::move(errors)};
    words_fr = trim(words_fr);
    words_en = trim(words_en);
    std::vector<std::string> kept;
    for (auto const part : parts)
        if (std::ranges::find(shown, part) != shown.end()) kept.emplace_back(part);
    auto const codes_shown = join(kept, ",");
    return database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        session.execute(SqlText{"INSERT INTO public_words(organisation_id, page, words_fr, words_en, shown) VALUES(?,?,?,?,?) ON CONFLICT(organisation_id, page) DO UPDATE SET "
                                "words_fr=excluded.words_fr, words_en=excluded.words_en, shown=excluded.shown"},
                        organisation_, code_of(page), words_fr, words_en, codes_shown);
        return Nothing{};
    });
}

}  // namespace greffier::reception
