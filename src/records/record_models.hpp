#pragma once
// Record models: records somebody wrote beforehand for a common situation, which an organisation takes over and adapts. Each
// is a file models/ready/<register>/<code>.json of the program, whole in both languages; adopting one opens the form of a
// new record with its answers, and nothing is written before somebody saves. A model is no legal advice.

#include <string>
#include <string_view>
#include <vector>

#include "core/locale.hpp"
#include "core/time.hpp"
#include "records/register.hpp"

namespace greffier::records {

/// A question that the model leaves to whoever adopts it, and what to do there.
struct ToComplete {
    std::string field;
    std::string words;
};

/// One model in one language.
struct RecordModel {
    std::string register_slug, code;      ///< "notices", "badges": its file, its address
    Date written_on{};                    ///< the day its words were last held against the texts
    std::vector<std::string> articles;    ///< as schema::article_words takes them
    std::string title, summary;           ///< what it is, and in one sentence what for
    std::vector<ToComplete> complete;     ///< in the order of the form
    std::string answers;                  ///< JSON object of the register's members, without what is to be completed
};

/// Every model in that language, by register and then in the order of its title. Thread-safe.
/// Throws std::logic_error for a file of the program that is not one.
std::vector<RecordModel> const& record_models(Language language);
/// Those of one register; none for most.
std::vector<RecordModel const*> models_of(std::string_view register_slug, Language language);
/// nullptr when the register has no model of that code.
RecordModel const* find_model(std::string_view register_slug, std::string_view code, Language language);
/// Those of `models` whose title, summary or articles hold every word of `text`, whatever its case and accents.
std::vector<RecordModel const*> matching(std::vector<RecordModel const*> models, std::string_view text);

/// The answers of the model over those a new record of the register starts with; its owned rows have no ids yet.
/// Throws std::logic_error when the register refuses them: the program's own fault.
schema::Row row_of(Register const& kind, RecordModel const& model);

/// A line in which a text says that something is to be filled in begins and ends with these.
constexpr std::string_view gap_mark_fr = "[À COMPLÉTER", gap_mark_en = "[TO COMPLETE";

}  // namespace greffier::records
