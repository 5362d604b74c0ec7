#pragma once
// application/x-www-form-urlencoded, piece by piece: bodies and query strings.
// Refused as Malformed: broken percent escapes, NUL, text that is not UTF-8.

#include <cstddef>
#include <string>
#include <string_view>

#include "web/body_problem.hpp"
#include "web/message.hpp"

namespace greffier::web {

struct FormLimits {
    std::size_t max_bytes = 1024 * 1024;   ///< of the encoded text
    std::size_t max_fields = 5000;
    std::size_t max_name = 1024;           ///< bytes of one decoded name
};

class FormParser {
public:
    /// Fields are added to `into` as they end; it outlives the parser.
    FormParser(Pairs& into, FormLimits limits) : into_(into), limits_(limits) {}
    /// After a problem the parser is spent: the same problem comes back.
    BodyProblem put(std::string_view piece);
    BodyProblem finish();

private:
    BodyProblem take(char c);
    BodyProblem add(char decoded);
    BodyProblem end_field();

    Pairs& into_;
    FormLimits limits_;
    std::string name_, value_;
    bool in_value_ = false, started_ = false;
    int escape_digits_ = -1;    ///< hexadecimal digits seen after a '%'; -1 outside of an escape
    int escape_value_ = 0;
    std::size_t bytes_ = 0;
    BodyProblem problem_ = BodyProblem::None;
};

}  // namespace greffier::web
