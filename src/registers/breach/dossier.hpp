#pragma once
// The notification as the authority asks for it, in its order, and the letter to the persons: both made of the record
// and of the organisation's profile each time they are read, with what is missing named.

#include <optional>
#include <string>
#include <vector>

#include "core/locale.hpp"
#include "law/periods.hpp"
#include "registers/breach/breach.hpp"

namespace greffier::breach {

struct Line {
    std::string label, value;
    bool asked = false;              ///< the notification needs it: missing when empty
    std::string field = {};          ///< of the record, where it is answered; empty = the profile's
    std::string before = {};         ///< what the last notification said, where that differs
    bool changed = false;
    [[nodiscard]] bool missing() const { return asked && value.empty(); }
};

struct Block {
    std::string key;                 ///< words: "dossier.block.<key>"
    std::vector<Line> lines;
    [[nodiscard]] bool incomplete() const;
};

/// Who notifies: the organisation's profile, as its own register holds it. Absent: an organisation without profile.
struct Notifier {
    schema::SchemaInfo const* info = nullptr;
    schema::Row row = {};
    [[nodiscard]] std::string text(std::string_view field) const;
    [[nodiscard]] std::string text(std::string_view part, std::string_view field) const;   ///< of a contact or the officer
    [[nodiscard]] std::string shown(std::string_view field, Locale const& locale) const;
};

struct DossierFacts {
    schema::SchemaInfo const& info;              ///< as the organisation knows it
    schema::Row const& row;
    Breach const& breach;
    Notifier const& notifier;
    law::Place const& place;
    Timestamp now{};
};

/// What the next sending would be: initial while something is missing, complete when nothing is, then complementary.
NotificationType next_notification(Breach const& breach, std::vector<Block> const& blocks);
/// The last sending that has an hour; nullptr when none has.
Notification const* last_notification(Breach const& breach);

/// The fifteen blocks, the first left for its kind, which depends on the others.
std::vector<Block> dossier_of(DossierFacts const& facts, Locale const& locale);
/// Marks in `blocks` what differs from `before`.
void mark_changes(std::vector<Block>& blocks, std::vector<Block> const& before);

/// The letter of article 34(2).
struct Letter {
    std::vector<std::string> paragraphs;
    std::vector<Line> missing;
    bool as_sent = false;                        ///< the text somebody wrote, word for word
};
Letter letter_of(DossierFacts const& facts, Locale const& locale);

}  // namespace greffier::breach
