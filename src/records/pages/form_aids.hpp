#pragma once
// What a form offers beside its declaration: words already used in the organisation, and records to link to. Gathered
// once for a page by the handler; the writing of controls stays free of stores.

#include <map>
#include <string>
#include <vector>

#include "core/locale.hpp"
#include "records/link_words.hpp"
#include "records/list_query.hpp"
#include "web/message.hpp"

namespace greffier::records {

/// Records a link control may offer: all there are when they are few, else what was searched.
struct LinkOffer {
    struct Choice { std::string id, words; };
    std::vector<Choice> choices;
    bool complete = false;      ///< there are no others in the register: no search is needed
    std::string text;           ///< what was searched, empty for nothing
};

struct FormAids {
    std::map<std::string, std::vector<std::string>, std::less<>> suggestions;   ///< by FieldInfo::suggest
    LinkWords link_words;                                                       ///< of the links the row holds
    std::map<std::string, LinkOffer, std::less<>> few;                          ///< by register: offered by every control
    std::map<std::string, LinkOffer, std::less<>> searched;                     ///< by name of the control
    std::string organisation_address;                                           ///< "/o/ville": where the search answers
};

constexpr int few_links = 20;          ///< records; more are searched
constexpr int most_suggestions = 60;
constexpr int suggestion_records = 200;   ///< the last changed: a bound on what a form reads

/// One statement for suggestions, one for links held (16 at once), one for each register linked to and each search.
FormAids form_aids(Records const& records, Register const& kind, schema::Row const& row, web::Pairs const& form, Locale const& locale, std::string organisation_address);

/// True when the form asks for a search of records to link to rather than to be saved.
bool asks_for_links(web::Pairs const& form);

/// Words used for the suggestions of `name`, in the order of a list; shipped ones too.
std::vector<std::string> suggestions_of(Records const& records, Register const& kind, std::string_view name, Locale const& locale);

/// At most `few_links` records of a register that match, or the first by title when the text is empty.
std::vector<LinkOffer::Choice> find_links(Records const& records, Register const& target, std::string_view text, bool& more);

}  // namespace greffier::records
