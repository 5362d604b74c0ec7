#pragma once
// The frame of public pages, for people who have no account: name, mark and colour of the organisation, the other language,
// one column, and nothing of the application. No script: what works on these pages works without.

#include <string>

#include "web/frame.hpp"

namespace greffier::web {

struct PublicFrame {
    Frame frame;                  ///< locale, title, organisation, footer, notice and `refused` alone are shown
    std::string subtitle;         ///< under the organisation's name
    std::string home;             ///< where the name leads; empty: nowhere
    std::string other_language;   ///< this page in the other language; empty: no switch
    std::string foot;             ///< who answers for it, in one line
    bool indexed = true;          ///< search engines may keep it
    bool preview = false;         ///< seen from inside, by somebody signed in
};

std::string public_page(PublicFrame const& outside, Html const& body);

}  // namespace greffier::web
