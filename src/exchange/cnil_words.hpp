#pragma once
// The choices of the CNIL workbook, those of 2019, and our codes: both ways.

#include <optional>
#include <string>
#include <string_view>

#include "core/locale.hpp"
#include "exchange/cnil_layout.hpp"
#include "registers/processing/processing.hpp"
#include "schema/info.hpp"

namespace greffier::exchange::cnil {

/// A choice understood. `exact`: the words say no more than the code does; otherwise they are worth keeping.
struct Understood {
    std::string code;
    bool exact = true;
};
/// The declaration whose lists are meant: an organisation's own holds the terms it added.
using Lists = schema::SchemaInfo const&;
inline Lists shipped() { return processing::processing_schema().info(); }

/// Nothing when the words are unknown: the caller keeps them and says `other`.
std::optional<Understood> subject_of(std::string_view words, Lists lists = shipped());
std::optional<Understood> recipient_of(std::string_view words, Lists lists = shipped());
std::optional<Understood> measure_of(std::string_view words, Lists lists = shipped());
std::optional<Understood> guarantee_of(std::string_view words);
std::optional<Understood> data_category_of(std::string_view words, bool sensitive_block, Lists lists = shipped());

/// The words written for a code; they come back as that code.
std::string subject_words(std::string_view code, Lists lists = shipped());
std::string recipient_words(std::string_view code, Lists lists = shipped());
std::string measure_words(std::string_view code, Lists lists = shipped());
std::string guarantee_words(std::string_view code);
std::string data_category_words(std::string_view code, Lists lists = shipped());
std::string retention_start_words(std::string_view code, Lists lists = shipped());

/// What the drop-down lists of a written workbook offer: our codes, in the words above.
CnilChoices choices(Lists lists = shipped());

/// French: the language of the layout.
Locale const& french();

} // namespace greffier::exchange::cnil
