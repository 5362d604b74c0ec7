#pragma once
// The public pages of an organisation: which there are, which it opened, and what it says on them in its own words.
// All are closed until an administrator opens them; a closed one does not exist.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.hpp"
#include "core/locale.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::reception {

enum class Page {
    Request,     ///< exercise one's rights (art. 12(2))
    FollowUp,    ///< what became of it, at an address that only its sender has
    Incident,    ///< report what may be a breach, by anybody of the house or from outside
    Register,    ///< the processings an organisation chooses to publish
    Preferences, ///< what one agreed to, at an address that only its holder has; to withdraw it
    Notices,     ///< what it tells people of the use of their data (art. 12(1))
    Policies,    ///< the documents of the house it chose to show
};
std::string_view code_of(Page page);                     ///< "request", "follow-up", "incident", "register", "preferences", "notices", "policies": also the word of the address
std::optional<Page> parse_page(std::string_view code);
std::span<Page const> all_pages();                       ///< in the order people read them

/// What may be shown of a published processing, beside its name and purposes.
std::span<std::string_view const> shown_parts();

struct PageSettings {
    std::optional<Timestamp> opened_at;
    std::string words_fr, words_en;                      ///< above the form; plain text
    std::vector<std::string> shown;                      ///< codes of shown_parts()
    [[nodiscard]] bool is_open() const { return opened_at.has_value(); }
    /// In that language, else in the other.
    [[nodiscard]] std::string const& words(Language language) const;
};

constexpr std::size_t longest_words = 2000;              ///< characters of an organisation's own words on a page

/// The store of one organisation. Thread-safe.
class PublicPages {
public:
    PublicPages(storage::Database& database, OrganisationId organisation) : database_(database), organisation_(organisation) {}

    [[nodiscard]] std::map<Page, PageSettings> all() const;   ///< every page
    [[nodiscard]] PageSettings of(Page page) const;
    Status open(Page page, Uuid actor, Timestamp now) const;
    static void open_in(storage::Session& session, OrganisationId organisation, Page page, Uuid actor, Timestamp now);
    Status close(Page page) const;
    /// Errors name the fields words_fr, words_en; codes of `shown` that are none are left out.
    Status keep_words(Page page, std::string words_fr, std::string words_en, std::vector<std::string> const& shown) const;

private:
    storage::Database& database_;
    OrganisationId organisation_;
};

}  // namespace greffier::reception
