#pragma once
// The parts of a public form: bigger than those inside, and with the signed word in place of a cookie.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reception/visit.hpp"
#include "records/attachments.hpp"

namespace greffier::reception {

struct Choice {
    std::string_view code, label, hint = "";   ///< label, hint: locale keys
};
struct Choices {
    std::string_view name, legend, hint = "";  ///< legend, hint: locale keys
    bool several = false;
};
struct Area {
    std::string_view name, label, hint = "";
    bool required = true;
    int rows = 4, max_length = 0;
};

/// Of the files one may send with a form.
constexpr std::size_t most_files = 5;
constexpr std::uint64_t largest_file = 10ULL * 1000 * 1000;

/// A kind of file, by its first bytes, that an officer's machine opens without running anything.
bool is_welcome(std::string_view type);

/// Up to the first question: signed word, language, and the field that people do not see.
void open_form(Html& out, Visit const& visit, FormState const& form, std::string_view action);
/// The button, and the end of the form. In a preview it does nothing.
void close_form(Html& out, Visit const& visit, std::string_view button, std::string_view hint = "");
void errors_of(Html& out, Visit const& visit, FormState const& form, std::initializer_list<accounts::Named> names);
void choice_fields(Html& out, Locale const& locale, FormState const& form, Choices const& group, std::vector<Choice> const& choices);
/// The same choices, folded: fewer people need them.
void folded_choices(Html& out, Locale const& locale, FormState const& form, Choices const& group, std::string_view summary, std::vector<Choice> const& choices);
void area_field(Html& out, Locale const& locale, FormState const& form, Area const& field);
void files_field(Html& out, Locale const& locale, FormState const& form, std::string_view hint);

/// What was typed; the signed word too, so that a form with a mistake stays the same form.
FormState typed(Request const& request);
/// Filled in by a program, or by nobody: the errors are put in `form`; else what tells this form from all others.
std::optional<std::string> word_of(Visit const& visit, FormState& form, std::string_view page);
/// Seconds to wait when too many came from there or here; put in `form` too.
std::optional<std::chrono::seconds> wait_of(Visit const& visit, FormState& form);
/// Refuses a file that is too large, empty, one too many, or of a kind that nobody should have to open.
std::vector<records::NewAttachment> files_of(Request const& request, FormState& form);
/// One line, trimmed; refuses what is missing or too long.
std::string line_of(Request const& request, FormState& form, std::string_view name, std::size_t longest, bool required);
std::string text_of(Request const& request, FormState& form, std::string_view name, std::size_t longest, bool required);

}  // namespace greffier::reception
