#pragma once
// The letters to the person who made a request, written from its record, the organisation's profile and the processings that
// were searched. Pure: facts in, words out; what is missing is named, never invented.

#include <string>
#include <vector>

#include "overview/letter_sheet.hpp"
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

/// The words are in the language of `locale`.
Letter write_letter(request::LetterKind kind, LetterFacts const& facts, Locale const& locale);

}  // namespace greffier::overview
