#pragma once
// The letters that are written from a request (overview/request_letters).

#include <optional>
#include <string_view>
#include <vector>

#include "registers/request/request.hpp"

namespace greffier::request {

enum class LetterKind { Acknowledgement, Identity, Extension, Access, Refusal, Done };
std::string_view code_of(LetterKind kind);                        ///< "acknowledgement" …, part of an address
std::optional<LetterKind> parse_letter_kind(std::string_view code);

/// Those that may serve in this state of the request, in the order of its life.
std::vector<LetterKind> letters_for(Request const& request);

}  // namespace greffier::request
