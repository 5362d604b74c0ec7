#pragma once
// check: is every value of a Row one that its field allows? Works on the Row, not on the struct, so that an
// absent required date is "required" and never 1 January 1970. Pure; thread-safe.

#include <functional>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "schema/info.hpp"

namespace greffier::schema {

/// Terms that an organisation or a DPO added to an open list, beyond the shipped codes.
using KnowsTerm = std::function<bool(std::string_view list, std::string_view code)>;

enum class Strictness {
    Whole,      ///< a record someone saves: required fields must be there
    Partial,    ///< only what is there is judged
};

/// Problems in the order of the fields; empty when the Row may be stored. Paths: "purposes[1].basis".
std::vector<FieldError> check(SchemaInfo const& info, Row const& row, KnowsTerm const& knows_term = {}, Strictness strictness = Strictness::Whole);

/// Trims texts, turns empty values into absent ones and absent boxes into unticked ones, removes owned rows with
/// nothing in them and gives new rows an id. Run before check; running it again changes nothing.
enum class NewRows { GetIds, StayNameless };
void normalise(SchemaInfo const& info, Row& row, NewRows rows = NewRows::GetIds);

/// Share of mandatory questions answered, 0 to 100; owned rows count each of their mandatory parts.
int completeness(SchemaInfo const& info, Row const& row);
/// Paths of mandatory questions left unanswered, in order.
std::vector<std::string> unanswered(SchemaInfo const& info, Row const& row);

constexpr int max_rows = 500;         ///< owned rows in one field
constexpr int max_texts = 200;        ///< codes or lines in one field

}  // namespace greffier::schema
