#pragma once
// Parts of the frame, written by frame_parts.cpp for frame.cpp and public_frame.cpp alone.

#include <string_view>

#include "web/frame.hpp"

namespace greffier::web {

struct HeadWish {
    bool script = true, indexed = true;
    std::string_view of_organisation = "/o/";   ///< before the slug, in the address of its colour
};
/// Doctype, <html> and the whole <head>.
void document_head(Html& out, Frame const& frame, HeadWish const& wish);

void organisation_switch(Html& out, Frame const& frame);
void search_box(Html& out, Frame const& frame);
void account_bar(Html& out, Frame const& frame);
void navigation(Html& out, Frame const& frame);
/// Two buttons, "Français" and "English": pages outside the application carry them at their foot.
void language_choice(Html& out, Frame const& frame);

}  // namespace greffier::web
