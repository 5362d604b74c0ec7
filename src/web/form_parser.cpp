#include "web/form_parser.hpp"

#include "core/text.hpp"
#include "web/percent.hpp"

namespace greffier::web {

int status_of(BodyProblem problem)
{
    switch (problem) {
    case BodyProblem::None: return 200;
    case BodyProblem::Malformed: return 400;
    case BodyProblem::TooLarge: return 413;
    case BodyProblem::Unsupported: return 415;
    case BodyProblem::NoRoom: return 507;
    }
    return 500;
}

BodyProblem FormParser::put(std::string_view piece)
{
    if (problem_ != BodyProblem::None) return problem_;
    bytes_ += piece.size();
    if (bytes_ > limits_.max_bytes) return problem_ = BodyProblem::TooLarge;
    for (char c : piece) {
        problem_ = take(c);
        if (problem_ != BodyProblem::None) return problem_;
    }
    return BodyProblem::None;
}

BodyProblem FormParser::finish()
{
    if (problem_ != BodyProblem::None) return problem_;
    if (escape_digits_ >= 0) return problem_ = BodyProblem::Malformed;
    return problem_ = end_field();
}

BodyProblem FormParser::take(char c)
{
    if (escape_digits_ >= 0) {
        int digit = hex_digit(c);
        if (digit < 0) return BodyProblem::Malformed;
        escape_value_ = escape_value_ * 16 + digit;
        if (++escape_digits_ < 2) return BodyProblem::None;
        escape_digits_ = -1;
        return add(static_cast<char>(escape_value_));
    }
    switch (c) {
    case '%':
        escape_digits_ = 0;
        escape_value_ = 0;
        return BodyProblem::None;
    case '&': return end_field();
    case '=':
        if (in_value_) return add(c);
        started_ = in_value_ = true;
        return BodyProblem::None;
    default: return add(c == '+' ? ' ' : c);
    }
}

BodyProblem FormParser::add(char decoded)
{
    if (decoded == '\0') return BodyProblem::Malformed;
    started_ = true;
    (in_value_ ? value_ : name_) += decoded;
    return name_.size() > limits_.max_name ? BodyProblem::TooLarge : BodyProblem::None;
}

BodyProblem FormParser::end_field()
{
    if (!started_) return BodyProblem::None;   // "a=1&&b=2" has two fields
    if (!is_utf8(name_) || !is_utf8(value_)) return BodyProblem::Malformed;
    if (into_.size() >= limits_.max_fields) return BodyProblem::TooLarge;
    into_.add(std::move(name_), std::move(value_));
    name_.clear();
    value_.clear();
    started_ = in_value_ = false;
    return BodyProblem::None;
}

}  // namespace greffier::web
