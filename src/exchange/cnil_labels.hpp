#pragma once
// The words by which the CNIL layout is recognised.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "documents/workbook.hpp"
#include "exchange/cnil_layout.hpp"

namespace greffier::exchange::cnil {

/// Folded words without plural marks nor what stands in brackets: "Responsable(s) conjoint(s) :" -> "responsable
/// conjoint".
std::string key_of(std::string_view label);

enum class Block { None, Description, Actors, Purposes, Data, Sensitive, Subjects, Recipients, Measures, Transfers };
std::optional<Block> block_of(std::string_view key);

enum class Field {
    Name,
    Reference,
    Created,
    Updated,
    MainPurpose,
    SubPurpose, // labels of a record
    PersonName,
    FirstName,
    Company,
    Address,
    Postcode,
    City,
    Country,
    Phone,
    Email,
    Description,
    Retention,
    Type,
    Details,
    Recipient,
    Guarantee,
    Documentation,
    Purposes,
    SensitiveData, // columns of the list
};
std::optional<Field> record_field_of(std::string_view key);
std::optional<Field> contact_field_of(std::string_view key);
/// Column headings of a block's table.
std::optional<Field> column_of(Block block, std::string_view key);
std::optional<Field> list_column_of(std::string_view key);
CnilRole role_of(std::string_view key);

enum class Group { None, Controller, Representative, Dpo };
std::optional<Group> group_of(std::string_view key);

/// A label the layout itself prints before a row of this block, so that it says nothing alone.
bool is_printed_label(Block block, std::string_view key);
/// Links, prompts of drop-down lists: no words of the person who filled the workbook.
bool is_decoration(std::string_view text);
/// "N/A" and its kin.
bool means_nothing(std::string_view text);
bool says_example(std::string_view text);

/// The visible words of a cell as a value.
Placed placed(documents::Sheet const& sheet, std::size_t row, std::size_t column);
std::string place_of(documents::Sheet const& sheet, std::size_t row, std::size_t column);
/// Neither covered, blank nor decoration.
bool has_words(documents::Cell const& cell);
/// "Nom : Dupont" -> {"nom", "Dupont"}; without colon the whole is the label.
struct LabelAndRest {
    std::string key, rest;
};
LabelAndRest split_label(std::string_view text);

} // namespace greffier::exchange::cnil
