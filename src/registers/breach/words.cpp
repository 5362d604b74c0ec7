#include "registers/breach/words.hpp"

#include <cstdlib>

#include "law/day_words.hpp"

namespace greffier::breach {

std::string span_words(std::chrono::milliseconds length, Locale const& locale)
{
    auto const minutes = std::abs(std::chrono::duration_cast<std::chrono::minutes>(length).count());
    Arguments const figures{{"hours", locale.number(minutes / 60)}, {"minutes", std::to_string(minutes % 60)}};
    return locale.text(minutes < 60 ? "breach.span.minutes" : "breach.span.hours", figures);
}

std::string weekday_instant(Timestamp instant, Locale const& locale)
{
    auto const day = local_date(instant, locale.zone());
    return law::weekday_of(day, locale) + " " + locale.instant(instant);
}

std::string points(int quarters, Locale const& locale)
{
    static constexpr char const* parts[] = {"", "25", "5", "75"};
    auto text = std::to_string(quarters / 4);
    if (quarters % 4) text += (locale.language() == Language::French ? "," : ".") + std::string{parts[quarters % 4]};
    return text;
}

std::string body_words(schema::SchemaInfo const& info, std::string_view code, Locale const& locale)
{
    auto const* list = schema::find_list(info, Bodies::list().name);
    return schema::code_label(list ? *list : Bodies::list(), code, locale);
}

}  // namespace greffier::breach
