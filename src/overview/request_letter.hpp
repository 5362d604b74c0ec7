#pragma once
// The letters to the person who made a request, written from its record, the organisation's profile and the processings that
// were searched. Pure: facts in, words out; what is missing is named, never invented.

#include <string>
#include <vector>

#include "registers/profile/profile.hpp"
#include "registers/request/clock.hpp"
#include "registers/request/letter_kinds.hpp"

namespace greffier::overview {

/// A processing as the organisation declares it, with fields and terms of its own.
struct SearchedProcessing {
    schema::SchemaInfo const* info = nullptr;
    schema::Row row;
};

struct LetterFacts {
    request::Request request;
    std::string reference;
    profile::Profile organisation;
    std::vector<SearchedProcessing> processings;
    Date today{};
    law::Place const& place;
};

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
    std::string field = {};      ///< of the request; empty when it is missing elsewhere
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

/// The words are in the language of `locale`.
Letter write_letter(request::LetterKind kind, LetterFacts const& facts, Locale const& locale);

}  // namespace greffier::overview
