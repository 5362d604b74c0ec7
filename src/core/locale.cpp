#include "core/locale.hpp"

#include <algorithm>
#include <array>
#include <climits>
#include <memory>
#include <stdexcept>
#include <unordered_map>

#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>
#include <unicode/numberformatter.h>

#include "core/embedded.hpp"
#include "core/text.hpp"

namespace greffier {
namespace {

using Messages = boost::locale::message_format<char>;

std::string utf8(icu::UnicodeString const& text)
{
    std::string out;
    text.toUTF8String(out);
    return out;
}

std::locale with_catalogue(Language language)
{
    auto const wanted = std::string(code_of(language)) + ".mo";
    boost::locale::gnu_gettext::messages_info info;
    info.language = code_of(language);
    info.encoding = "UTF-8";
    info.paths = {"embedded"};
    info.domains = {boost::locale::gnu_gettext::messages_info::domain("greffier")};
    info.callback = [&](std::string const&, std::string const&) {
        for (auto const& file : embedded_catalogues()) {
            if (file.name == wanted) return std::vector<char>(file.content.begin(), file.content.end());
        }
        throw std::runtime_error("the program holds no catalogue " + wanted);
    };
    return std::locale(std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(info));
}

template <class Formatted>
std::string finished(Formatted const& formatted, UErrorCode status)
{
    auto text = formatted.toString(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU could not format a number");
    return utf8(text);
}

std::string formatted(icu::number::LocalizedNumberFormatter const& how, std::int64_t value)
{
    UErrorCode status = U_ZERO_ERROR;
    auto const done = how.formatInt(value, status);
    return finished(done, status);
}

/// All that a language needs, made once and never changed: safe to read from every thread.
struct LanguageData {
    icu::Locale icu;
    std::locale catalogue;
    Messages const& messages;
    icu::number::LocalizedNumberFormatter numbers;
    icu::number::LocalizedNumberFormatter amounts;
    icu::number::LocalizedNumberFormatter percents;
    icu::number::LocalizedNumberFormatter tenths;
    std::array<std::string, 12> months;
    std::array<std::string, 101> hundredths;   ///< "0 %" … "100 %": a list shows fifty
    std::unordered_map<std::string, std::string> countries;

    explicit LanguageData(Language language)
        : icu(language == Language::French ? "fr_FR" : "en_GB"),
          catalogue(with_catalogue(language)),
          messages(std::use_facet<Messages>(catalogue)),
          numbers(icu::number::NumberFormatter::withLocale(icu)),
          amounts(numbers.unit(icu::CurrencyUnit(u"EUR", status_))),
          percents(numbers.unit(icu::MeasureUnit::getPercent())),
          tenths(numbers.precision(icu::number::Precision::maxFraction(1)))
    {
        icu::DateFormatSymbols const symbols(icu, status_);
        std::int32_t count = 0;
        auto const* const names = symbols.getMonths(count, icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::WIDE);
        if (U_FAILURE(status_) || count < 12) throw std::runtime_error("the system's ICU data are incomplete");
        for (std::size_t i = 0; i < months.size(); ++i) months[i] = utf8(names[i]);
        for (std::size_t i = 0; i < hundredths.size(); ++i) hundredths[i] = formatted(percents, static_cast<std::int64_t>(i));
        for (auto const* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) countries.emplace(*code, name_of_country(*code));
    }

    [[nodiscard]] std::string name_of_country(char const* code) const
    {
        icu::UnicodeString name;
        return utf8(icu::Locale("", code).getDisplayCountry(icu, name));
    }

private:
    UErrorCode status_ = U_ZERO_ERROR;
};

LanguageData const& data_of(Language language)
{
    if (language == Language::French) {
        static LanguageData const french(Language::French);
        return french;
    }
    static LanguageData const english(Language::English);
    return english;
}

// gettext wants a closing NUL; nearly every key fits in a buffer on the stack.
template <class Ask>
char const* ask(std::string_view key, Ask const& get)
{
    if (key.empty()) return nullptr;   // the empty msgid is the catalogue's header
    std::array<char, 128> buffer;
    if (key.size() >= buffer.size()) return get(std::string(key).c_str());
    *std::copy(key.begin(), key.end(), buffer.begin()) = '\0';
    return get(buffer.data());
}

char const* sentence(Language language, std::string_view key)
{
    return ask(key, [&](char const* id) { return data_of(language).messages.get(0, nullptr, id); });
}

// Values are not looked at again: braces in a title stay braces.
std::string filled(std::string_view sentence, Arguments const& arguments)
{
    if (arguments.empty()) return std::string(sentence);
    std::string out;
    out.reserve(sentence.size() + 32);
    for (;;) {
        auto const open = sentence.find('{');
        out += sentence.substr(0, open);
        if (open == std::string_view::npos) return out;
        sentence.remove_prefix(open);
        auto const close = sentence.find('}');
        auto const found = close == std::string_view::npos ? arguments.end() : arguments.find(sentence.substr(1, close - 1));
        if (found == arguments.end()) {
            out += '{';
            sentence.remove_prefix(1);
        } else {
            out += found->second;
            sentence.remove_prefix(close + 1);
        }
    }
}

std::string bracketed(std::string_view key) { return '[' + std::string(key) + ']'; }

std::string two_digits(unsigned value) { return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)}; }

}  // namespace

std::string_view code_of(Language language) { return language == Language::French ? "fr" : "en"; }

std::optional<Language> parse_language(std::string_view code)
{
    auto const lower = to_lower_ascii(code);
    if (lower.size() > 2 && std::string_view("-_.@").find(lower[2]) == std::string_view::npos) return std::nullopt;
    if (lower.starts_with("fr")) return Language::French;
    if (lower.starts_with("en")) return Language::English;
    return std::nullopt;
}

Locale::Locale(Language language, std::string zone) : language_(language), zone_(std::move(zone)) {}

std::string Locale::text(std::string_view key, Arguments const& arguments) const
{
    auto const* const found = sentence(language_, key);
    return found == nullptr ? bracketed(key) : filled(found, arguments);
}

std::string Locale::plural(std::string_view key, std::int64_t count, Arguments arguments) const
{
    auto const magnitude = static_cast<int>(std::min<std::uint64_t>(count < 0 ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count), INT_MAX));
    auto const* found = ask(key, [&](char const* id) { return data_of(language_).messages.get(0, nullptr, id, magnitude); });
    if (found == nullptr) found = sentence(language_, key);   // a sentence that is the same for every count
    if (found == nullptr) return bracketed(key);
    arguments.insert_or_assign("count", number(count));
    return filled(found, arguments);
}

std::optional<std::string> Locale::find(std::string_view key) const
{
    auto const* const found = sentence(language_, key);
    return found == nullptr ? std::nullopt : std::optional<std::string>(found);
}

std::string Locale::number(std::int64_t value) const
{
    if (value >= 0 && value < 1000) return std::to_string(value);   // no separator, in either language
    return formatted(data_of(language_).numbers, value);
}

std::string Locale::money(std::int64_t cents) const
{
    // As decimal text: a double would lose cents beyond 90 thousand billion.
    auto const magnitude = cents < 0 ? 0 - static_cast<std::uint64_t>(cents) : static_cast<std::uint64_t>(cents);
    auto const decimal = (cents < 0 ? "-" : "") + std::to_string(magnitude / 100) + '.' + two_digits(static_cast<unsigned>(magnitude % 100));
    UErrorCode status = U_ZERO_ERROR;
    auto const formatted = data_of(language_).amounts.formatDecimal(decimal, status);
    return finished(formatted, status);
}

std::string Locale::percent(int hundredths_of_one) const
{
    auto const& data = data_of(language_);
    if (hundredths_of_one >= 0 && hundredths_of_one <= 100) return data.hundredths[static_cast<std::size_t>(hundredths_of_one)];
    return formatted(data.percents, hundredths_of_one);
}

std::string Locale::date(Date date) const
{
    auto const day = static_cast<unsigned>(date.day());
    auto const month = static_cast<unsigned>(date.month());
    if (month < 1 || month > 12) return to_text(date);
    auto out = std::to_string(day);
    if (day == 1 && language_ == Language::French) out += "er";
    return out + ' ' + data_of(language_).months[month - 1] + ' ' + std::to_string(static_cast<int>(date.year()));
}

std::string Locale::short_date(Date date) const
{
    auto const year = std::to_string(static_cast<int>(date.year()));
    return two_digits(static_cast<unsigned>(date.day())) + '/' + two_digits(static_cast<unsigned>(date.month())) + '/' + year;
}

std::string Locale::instant(Timestamp instant) const
{
    auto const local = local_time(instant, zone_);
    auto const hour = language_ == Language::French ? std::to_string(local.hour) : two_digits(static_cast<unsigned>(local.hour));
    return text("time.instant", {{"date", date(local.date)}, {"hour", hour}, {"minute", two_digits(static_cast<unsigned>(local.minute))}});
}

std::string Locale::country(std::string_view iso_code) const
{
    std::string code(iso_code);
    for (auto& c : code) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    }
    auto const& data = data_of(language_);
    auto const found = data.countries.find(code);
    if (found != data.countries.end()) return found->second;
    return code.size() == 2 ? data.name_of_country(code.c_str()) : code;   // Kosovo's XK is in no ISO list
}

std::string Locale::bytes(std::uint64_t count) const
{
    if (count < 1000) return plural("bytes.plain", static_cast<std::int64_t>(count));
    static constexpr std::array units{"bytes.kilo", "bytes.mega", "bytes.giga", "bytes.tera"};
    auto value = static_cast<double>(count) / 1000;
    std::size_t unit = 0;
    for (; value >= 999.95 && unit + 1 < units.size(); ++unit) value /= 1000;
    UErrorCode status = U_ZERO_ERROR;
    auto const formatted = data_of(language_).tenths.formatDouble(value, status);
    return text(units[unit], {{"count", finished(formatted, status)}});
}

std::string describe(Error const& error, Locale const& locale)
{
    auto out = locale.text("error." + error.code, error.arguments);
    for (auto const& problem : error.fields) {
        auto const message = locale.text("error." + problem.code, problem.arguments);
        out += ' ';
        out += problem.field.empty() ? message : locale.text("error.at_field", {{"field", problem.field}, {"message", message}});
    }
    return out;
}

}  // namespace greffier
