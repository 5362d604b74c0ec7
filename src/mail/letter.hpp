#pragma once
// Letter: what a mail says, written once and set twice, as text and as HTML, in the reader's language.

#include <string>
#include <vector>

#include "core/locale.hpp"

namespace greffier::mail {

struct Letter {
    std::string subject;
    std::string greeting;
    std::vector<std::string> paragraphs;
    std::string action = {}, address = {};                  ///< a button and where it leads; empty: none
    std::vector<std::string> notes = {};                    ///< in small letters, after the button
    std::string refuse = {}, refuse_address = {};           ///< how to receive no more of these; empty: obligatory mail
};

std::string text_of(Letter const& letter, Locale const& locale);
std::string html_of(Letter const& letter, Locale const& locale);

}  // namespace greffier::mail
