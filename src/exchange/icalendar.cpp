#include "exchange/icalendar.hpp"

#include <stdexcept>

#include "core/text.hpp"

namespace greffier::exchange {

namespace {

constexpr std::size_t longest_line = 75;   ///< bytes, without the line's end (RFC 5545, 3.1)

/// TEXT (3.3.11): what separates values is escaped; other controls have no place in a calendar.
std::string escaped(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + 8);
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        if (c == '\n' || c == '\r') out += "\\n";
        else if (c == '\\' || c == ';' || c == ',') (out += '\\') += c;
        else if (c == '\t') out += ' ';
        else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
    }
    return out;
}

/// The value of a parameter between quotes (3.2), where a quote and a line's end cannot be written.
std::string in_quotes(std::string_view text)
{
    std::string out = "\"";
    for (char const c : text)
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c == '"' ? '\'' : c;
    return out + "\"";
}

/// An address in a URI value: nothing that would end the line.
std::string plain(std::string_view text)
{
    std::string out;
    for (char const c : text)
        if (static_cast<unsigned char>(c) > 0x20 && c != 0x7f) out += c;
    return out;
}

std::string digits(int number, std::size_t width)
{
    auto text = std::to_string(number);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string date_text(Date day)
{
    return digits(static_cast<int>(day.year()), 4) + digits(static_cast<int>(static_cast<unsigned>(day.month())), 2) + digits(static_cast<int>(static_cast<unsigned>(day.day())), 2);
}

std::string instant_text(Timestamp instant)
{
    auto const local = local_time(instant, "UTC");
    return date_text(local.date) + "T" + digits(local.hour, 2) + digits(local.minute, 2) + digits(local.second, 2) + "Z";
}

std::string_view code_of(Calendar::Method method)
{
    switch (method) {
    case Calendar::Method::Publish: return "PUBLISH";
    case Calendar::Method::Request: return "REQUEST";
    case Calendar::Method::Cancel: return "CANCEL";
    }
    return "";
}

class Writer {
public:
    /// One content line, folded at a letter's border; the blank that continues it counts.
    void line(std::string_view text)
    {
        std::size_t room = longest_line;
        while (text.size() > room) {
            auto cut = room;
            while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
            if (cut == 0) cut = room;   // no UTF-8 at all: cut anywhere rather than never
            out_.append(text.substr(0, cut)).append("\r\n ");
            text.remove_prefix(cut);
            room = longest_line - 1;
        }
        out_.append(text).append("\r\n");
    }
    void text(std::string_view name, std::string_view value)
    {
        if (!value.empty()) line(std::string{name} + ":" + escaped(value));
    }
    std::string take() && { return std::move(out_); }

private:
    std::string out_;
};

std::string mailto(CalendarPerson const& person)
{
    if (!is_email(person.address)) throw std::invalid_argument("not a mail address in a calendar");
    return "mailto:" + plain(person.address);
}

std::string name_of(CalendarPerson const& person) { return person.name.empty() ? std::string{} : ";CN=" + in_quotes(person.name); }

void write_times(Writer& out, CalendarEvent const& event)
{
    if (event.day) {
        out.line("DTSTART;VALUE=DATE:" + date_text(*event.day));
        out.line("DTEND;VALUE=DATE:" + date_text(add_days(*event.day, 1)));   // the day after: the end is not part of it
        return;
    }
    out.line("DTSTART:" + instant_text(event.starts));
    if (event.ends && *event.ends > event.starts) out.line("DTEND:" + instant_text(*event.ends));
}

void write_people(Writer& out, CalendarEvent const& event)
{
    if (event.organiser) out.line("ORGANIZER" + name_of(*event.organiser) + ":" + mailto(*event.organiser));
    for (auto const& one : event.attendees)
        out.line("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION" + std::string{one.answer_wanted ? ";RSVP=TRUE" : ""} + name_of(one) + ":" + mailto(one));
}

void write_alarm(Writer& out, CalendarEvent const& event)
{
    if (!event.alarm_before) return;
    out.line("BEGIN:VALARM");
    out.line("ACTION:DISPLAY");
    out.line("TRIGGER:-PT" + std::to_string(event.alarm_before->count()) + "M");
    out.text("DESCRIPTION", event.summary.empty() ? "-" : event.summary);
    out.line("END:VALARM");
}

void write_event(Writer& out, CalendarEvent const& event)
{
    if (event.uid.empty()) throw std::invalid_argument("an event without an identity");
    out.line("BEGIN:VEVENT");
    out.text("UID", event.uid);
    out.line("DTSTAMP:" + instant_text(event.stamp));
    out.line("LAST-MODIFIED:" + instant_text(event.stamp));
    out.line("SEQUENCE:" + std::to_string(event.sequence));
    write_times(out, event);
    out.text("SUMMARY", event.summary);
    out.text("DESCRIPTION", event.description);
    out.text("LOCATION", event.location);
    if (!event.address.empty()) out.line("URL:" + plain(event.address));
    if (!event.categories.empty()) {
        std::vector<std::string> words;
        for (auto const& one : event.categories) words.push_back(escaped(one));
        out.line("CATEGORIES:" + join(words, ","));
    }
    out.line(event.state == CalendarEvent::State::Cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
    out.line(event.busy ? "TRANSP:OPAQUE" : "TRANSP:TRANSPARENT");
    write_people(out, event);
    write_alarm(out, event);
    out.line("END:VEVENT");
}

}  // namespace

std::string write_calendar(Calendar const& calendar)
{
    Writer out;
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//Greffier//Greffier " GREFFIER_VERSION "//" + std::string{calendar.language == Language::French ? "FR" : "EN"});
    out.line("CALSCALE:GREGORIAN");
    out.line("METHOD:" + std::string{code_of(calendar.method)});
    if (!calendar.name.empty()) {
        out.text("NAME", calendar.name);
        out.text("X-WR-CALNAME", calendar.name);
    }
    if (calendar.refresh) {
        auto const every = "PT" + std::to_string(calendar.refresh->count()) + "M";
        out.line("REFRESH-INTERVAL;VALUE=DURATION:" + every);
        out.line("X-PUBLISHED-TTL:" + every);
    }
    for (auto const& event : calendar.events) write_event(out, event);
    out.line("END:VCALENDAR");
    return std::move(out).take();
}

std::string calendar_media_type(Calendar::Method method) { return "text/calendar; charset=utf-8; method=" + std::string{code_of(method)}; }

}  // namespace greffier::exchange
