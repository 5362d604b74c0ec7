#pragma once
// A letter as a value, and as a sheet: on screen with what is still missing, printed, or kept as a file that needs nothing else.

#include <string>
#include <utility>
#include <vector>

#include "accounts/context.hpp"
#include "web/html.hpp"

namespace greffier::overview {

struct LetterBlock {
    enum class Kind { Heading, Subheading, Text, List, Facts };
    Kind kind = Kind::Text;
    std::string text;                                            ///< of a heading or a paragraph
    std::vector<std::string> items = {};                         ///< of a list
    std::vector<std::pair<std::string, std::string>> facts = {}; ///< noun and words
};

/// Something the letter should say and no record does. Told to whoever writes, in their language: words "request_letter.missing.<what>".
struct Missing {
    std::string what;
    std::string field = {};      ///< of the record the letter is written from; empty when it is missing elsewhere
    Arguments arguments = {};
};
std::string words_of(Missing const& missing, Locale const& locale);

struct Letter {
    std::string subject;
    std::vector<std::string> sender, recipient;
    std::string place_and_date, signature;
    std::vector<LetterBlock> blocks;
    std::vector<Missing> missing;
};

/// On screen alone: what the letter would have to say and no record tells. `record`: address of the page it is written from.
void write_missing(web::Html& out, accounts::Context const& context, Letter const& letter, std::string const& record, bool editable);
void write_sheet(web::Html& out, Letter const& letter, Locale const& words);
/// One file that needs nothing else: read on any machine, printed as it stands.
std::string standing_alone(Letter const& letter, Locale const& words);
/// The other language, the button that keeps and the one that prints. `here`: address of the letter.
web::Html letter_actions(accounts::Context const& context, Language shown, std::string const& here, bool may_keep);

}  // namespace greffier::overview
