#pragma once
// Parts of the frame, written by frame_parts.cpp for frame.cpp alone.

#include "web/frame.hpp"

namespace greffier::web {

void organisation_switch(Html& out, Frame const& frame);
void search_box(Html& out, Frame const& frame);
void account_bar(Html& out, Frame const& frame);
void navigation(Html& out, Frame const& frame);
/// Two buttons, "Français" and "English": pages outside the application carry them at their foot.
void language_choice(Html& out, Frame const& frame);

}  // namespace greffier::web
