#pragma once
// Words and figures as the reader expects them: French or English.
// A Locale is a cheap value, passed to whatever writes for people; there is no process-wide locale.
// Catalogues are locales/fr.po and locales/en.po, compiled into the program; the msgid is a key such as
// "processing.field.name" (never an English sentence), so both languages are equals.
// A key that no catalogue holds comes back as itself in [brackets]; tools/check_locales keeps that from shipping.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"

namespace greffier {

enum class Language { French, English };
std::string_view code_of(Language language);                    ///< "fr", "en"
std::optional<Language> parse_language(std::string_view code);  ///< accepts "fr", "fr-FR", "en_GB.UTF-8" …

class Locale {
public:
    /// `zone` is a tzdata name; it decides how instants are shown.
    explicit Locale(Language language, std::string zone = "Europe/Paris");

    [[nodiscard]] Language language() const { return language_; }
    [[nodiscard]] std::string const& zone() const { return zone_; }
    [[nodiscard]] std::string_view code() const { return code_of(language_); }

    /// The sentence of a key, its {named} arguments replaced.
    [[nodiscard]] std::string text(std::string_view key, Arguments const& arguments = {}) const;
    /// The sentence for a count, by the language's plural rule; {count} is given, formatted.
    [[nodiscard]] std::string plural(std::string_view key, std::int64_t count, Arguments arguments = {}) const;
    /// The sentence, or nothing when the catalogue has none (optional help texts).
    [[nodiscard]] std::optional<std::string> find(std::string_view key) const;

    [[nodiscard]] std::string number(std::int64_t value) const;
    [[nodiscard]] std::string money(std::int64_t cents) const;          ///< euros
    [[nodiscard]] std::string percent(int hundredths_of_one) const;     ///< 88 -> "88 %"
    [[nodiscard]] std::string date(Date date) const;                    ///< 30 mars 2026
    [[nodiscard]] std::string short_date(Date date) const;              ///< 30/03/2026
    [[nodiscard]] std::string instant(Timestamp instant) const;         ///< 30 mars 2026 à 15 h 20
    [[nodiscard]] std::string country(std::string_view iso_code) const; ///< "AD" -> "Andorre"
    [[nodiscard]] std::string bytes(std::uint64_t count) const;         ///< "1,4 Mo"

private:
    Language language_;
    std::string zone_;
};

/// The words of an Error for people: its sentence, then one sentence per field.
std::string describe(Error const& error, Locale const& locale);

}  // namespace greffier
