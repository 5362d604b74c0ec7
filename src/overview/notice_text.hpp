#pragma once
// The words of a notice, written from the processings it covers and the organisation's profile (art. 13 and 14). Pure:
// facts in, words out; what no record tells is named, never invented.

#include <map>
#include <string>
#include <vector>

#include "overview/request_letter.hpp"
#include "registers/notice/notice.hpp"
#include "registers/notice/told_text.hpp"

namespace greffier::overview {

struct NoticeFacts {
    notice::Notice notice;
    profile::Profile organisation;
    std::vector<SearchedProcessing> processings;
};

/// What the notice should say and no record does. Words: "notice_text.missing.<what>".
struct NoticeGap {
    std::string what;
    std::string processing = {};     ///< name of the one that does not say it; empty when it is the profile's or the notice's
};

struct NoticeText {
    std::string title;
    std::vector<notice::ToldBlock> blocks;
    std::vector<NoticeGap> missing;
    std::map<notice::Item, notice::ItemState> items;   ///< what became of each that is asked
};

/// Everything that the law wants told. The words are in the language of `locale`.
NoticeText write_full_notice(NoticeFacts const& facts, Locale const& locale);
/// The few lines that stand under a form and lead to the rest.
NoticeText write_short_notice(NoticeFacts const& facts, Locale const& locale);
/// As it was chosen, or typed.
std::string title_of(notice::Notice const& notice, Locale const& locale);

}  // namespace greffier::overview
