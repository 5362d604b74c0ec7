#include "web/multipart_parser.hpp"

#include "core/text.hpp"

namespace greffier::web {

MultipartParser::MultipartParser(std::string_view boundary, PartSink& sink)
    : delimiter_("\r\n--" + std::string(boundary)), sink_(sink), buffer_("\r\n")   // the first boundary needs no CRLF
{
}

BodyProblem MultipartParser::put(std::string_view piece)
{
    if (problem_ != BodyProblem::None || state_ == State::Epilogue) return problem_;
    buffer_.append(piece);
    while (problem_ == BodyProblem::None && step() == Step::Again) {}
    buffer_.erase(0, at_);
    at_ = 0;
    return problem_;
}

BodyProblem MultipartParser::finish()
{
    if (problem_ == BodyProblem::None && state_ != State::Epilogue) problem_ = BodyProblem::Malformed;
    return problem_;
}

MultipartParser::Step MultipartParser::fail(BodyProblem problem)
{
    problem_ = problem;
    return Step::NeedMore;
}

MultipartParser::Step MultipartParser::step()
{
    switch (state_) {
    case State::Preamble: return preamble();
    case State::AfterBoundary: return after_boundary();
    case State::Head: return head();
    case State::Data: return data();
    case State::Epilogue: at_ = buffer_.size(); return Step::NeedMore;
    }
    return Step::NeedMore;
}

MultipartParser::Step MultipartParser::preamble()
{
    auto found = rest().find(delimiter_);
    // No browser writes a preamble; a long one is something else than a form.
    constexpr std::size_t longest = 4096;
    if (found == std::string_view::npos)
        return rest().size() < longest + delimiter_.size() ? Step::NeedMore : fail(BodyProblem::Malformed);
    if (found > longest) return fail(BodyProblem::Malformed);
    at_ += found + delimiter_.size();
    state_ = State::AfterBoundary;
    return Step::Again;
}

MultipartParser::Step MultipartParser::after_boundary()
{
    auto text = rest();
    if (text.starts_with("--")) {
        state_ = State::Epilogue;
        return Step::Again;
    }
    std::size_t blanks = 0;
    while (blanks < text.size() && (text[blanks] == ' ' || text[blanks] == '\t')) ++blanks;
    if (blanks > 64) return fail(BodyProblem::Malformed);
    text.remove_prefix(blanks);
    if (text.starts_with("\r\n")) {
        at_ += blanks + 2;
        state_ = State::Head;
        return Step::Again;
    }
    bool may_become = text.empty() || text == "\r" || (blanks == 0 && text == "-");
    return may_become ? Step::NeedMore : fail(BodyProblem::Malformed);
}

MultipartParser::Step MultipartParser::head()
{
    auto text = rest();
    auto end = text.find("\r\n\r\n");
    if (end == text.npos && text.size() <= max_part_head) return Step::NeedMore;
    if (end == text.npos || end > max_part_head) return fail(BodyProblem::TooLarge);
    auto parsed = parse_part_head(text.substr(0, end));
    if (!parsed) return fail(BodyProblem::Malformed);
    at_ += end + 4;
    state_ = State::Data;
    if (auto problem = sink_.part_begins(*parsed); problem != BodyProblem::None) return fail(problem);
    return Step::Again;
}

MultipartParser::Step MultipartParser::data()
{
    auto text = rest();
    auto found = text.find(delimiter_);
    // Without a boundary in sight, the last bytes may be the beginning of one.
    std::size_t kept = delimiter_.size() - 1;
    auto piece = text.substr(0, found != text.npos ? found : text.size() > kept ? text.size() - kept : 0);
    if (!piece.empty())
        if (auto problem = sink_.part_data(piece); problem != BodyProblem::None) return fail(problem);
    at_ += piece.size();
    if (found == text.npos) return Step::NeedMore;
    at_ += delimiter_.size();
    if (auto problem = sink_.part_ends(); problem != BodyProblem::None) return fail(problem);
    state_ = State::AfterBoundary;
    return Step::Again;
}

}  // namespace greffier::web
