#pragma once
// What people are told of the use of their data (art. 13 and 14): which processings it covers, what it says of each of the
// seventeen items, where it was published, and the words as they were told.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "law/cases.hpp"
#include "registers/ids.hpp"
#include "registers/notice/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::notice {

using schema::Text;

/// One of the seventeen, and how this notice says it.
struct ItemRow {
    std::string id;
    Item item{};
    std::optional<ItemState> state;      ///< absent: nobody has looked yet
    Text wording_fr, wording_en;         ///< own words, which stand instead of those written from the records
};

/// A place where it can be read, and how one proves that.
struct Publication {
    std::string id;
    std::optional<Channel> channel;
    std::string place;
    schema::Url url;
    std::optional<Date> from, to;
    std::string proof;                   ///< name of the attached photograph, copy or list
};

struct Notice {
    // what it is
    std::string name;
    std::optional<Kind> kind;
    std::optional<Level> level;
    std::optional<Situation> situation;
    std::vector<Audience> audience;
    std::optional<Title> title;
    std::string own_title;
    std::vector<Language> languages;
    std::vector<ProcessingId> processings;
    std::string service;
    schema::Contact owner;
    // what it says
    std::vector<ItemRow> items;
    std::vector<Exception> exceptions;
    Text exception_reason;
    // data that came from elsewhere
    std::optional<Date> obtained_on, first_contact_on, first_disclosure_on, sent_on;
    // its words
    std::string version_label;
    Text short_fr, full_fr, short_en, full_en;
    bool own_short = false;              ///< the short ones stay as they are typed: those of a sign
    std::optional<Date> written_on;
    std::string written_from;            ///< print of what the processings said that day
    // where it is
    bool in_public = false;
    std::optional<Date> published_on, withdrawn_on;
    std::vector<Publication> publications;
    // follow-up
    std::optional<Date> last_review, next_review;
    std::string reviewer;
    Text notes;
    std::vector<schema::Attachment> attachments;

    [[nodiscard]] ItemRow const* item(Item which) const;
    [[nodiscard]] bool gives(Item which) const;
    [[nodiscard]] bool covers_direct() const { return kind && *kind != Kind::Indirect; }
    [[nodiscard]] bool covers_indirect() const { return kind && *kind != Kind::Direct; }
    [[nodiscard]] bool is_poster() const { return situation == Situation::PosterData || situation == Situation::PosterIncident; }
    [[nodiscard]] bool has_words() const { return !short_fr.empty() || !full_fr.empty() || !short_en.empty() || !full_en.empty(); }
};

/// One of the seventeen as the law asks for it.
struct ItemInfo {
    Item item;
    std::string_view code;                    ///< "N07"
    std::string_view direct, indirect;        ///< article; empty when not asked of that kind
    bool always;                              ///< else only when the processing has what it speaks of
};
std::span<ItemInfo const> all_items();        ///< in order, all seventeen
/// Asked of a notice of this kind.
bool is_asked(ItemInfo const& info, Notice const& notice);
/// Asked whatever the processing, and not given: what everybody must be told.
std::vector<ItemInfo const*> missing_items(Notice const& notice);

/// When people whose data came from elsewhere must have been told; absent without a day to count from, or where nobody need be.
std::optional<Date> indirect_due(Notice const& notice, law::Place const& place);

schema::Schema<ItemRow> const& schema_of(ItemRow const*);
schema::Schema<Publication> const& schema_of(Publication const*);
schema::Schema<Notice> const& schema_of(Notice const*);
inline schema::Schema<Notice> const& notice_schema() { return schema_of(static_cast<Notice const*>(nullptr)); }

}  // namespace greffier::notice
