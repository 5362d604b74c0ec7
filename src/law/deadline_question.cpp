#include "law/deadline_question.hpp"

#include <algorithm>

#include "core/local_time.hpp"
#include "core/text.hpp"

namespace greffier::law {
namespace {

Error wrong(std::string field, std::string code, std::string_view value = {})
{
    Arguments arguments;
    if (!value.empty()) arguments.emplace("value", shorten(value, 40));
    return {ErrorKind::Invalid, "invalid", {}, {{std::move(field), std::move(code), std::move(arguments)}}};
}

Result<Date> day_of(std::string_view member, std::string const& text)
{
    if (text.empty()) return wrong(std::string{member}, "required");
    auto day = parse_date(text);
    if (!day) day = parse_french_date(text);
    if (!day) return wrong(std::string{member}, "not_a_date", text);
    return *day;
}

Result<std::optional<Date>> day_if(std::string_view member, std::string const& text)
{
    if (text.empty()) return std::optional<Date>{};
    return std::optional{TRY(day_of(member, text))};
}

Result<std::vector<Pause>> pauses_of(std::vector<std::string> const& written)
{
    std::vector<Pause> pauses;
    for (auto const& text : written) {
        auto const middle = text.find("..");
        if (middle == std::string::npos) return wrong("pause", "not_a_pause", text);
        pauses.push_back({TRY(day_of("pause", text.substr(0, middle))), TRY(day_if("pause", text.substr(middle + 2)))});
    }
    return pauses;
}

/// An error of law/cases.hpp names its own member: here it is called `pause`.
Error named(Error error)
{
    for (auto& field : error.fields)
        if (field.field == "pauses") field.field = "pause";
    return error;
}

Result<Place> place_of(DeadlineQuestion const& question)
{
    auto const code = question.calendar.empty() ? std::string{"METRO"} : question.calendar;
    if (!find_calendar(code)) {
        std::vector<std::string> codes;
        for (auto const& one : calendars()) codes.push_back(one.code);
        return Error{ErrorKind::Invalid, "invalid", {}, {{"calendar", "unknown_calendar", {{"value", shorten(code, 40)}, {"choices", join(codes, ", ")}}}}};
    }
    auto place = Place::of(code);
    if (!question.zone.empty()) {
        if (!is_time_zone(question.zone)) return wrong("zone", "unknown_zone", question.zone);
        place.zone = question.zone;
    }
    return place;
}

Result<DeadlineAnswer> of_breach(DeadlineQuestion const& question, DeadlineAnswer answer)
{
    if (question.aware.empty()) return wrong("aware", "required");
    if (auto const exact = parse_timestamp(question.aware)) {
        answer.hour = breach_notification(*exact, answer.place);
    } else if (auto const read = read_local_time(question.aware, answer.place.zone)) {
        answer.hour = breach_notification(read->at, answer.place);
        answer.hour_shown_twice = read->twice;
    } else {
        return wrong("aware", "not_an_instant", question.aware);
    }
    return answer;
}

Result<DeadlineAnswer> of_request(DeadlineQuestion const& question, DeadlineAnswer answer, Date today)
{
    auto found = request_deadline({TRY(day_of("received", question.received)), question.extended, TRY(pauses_of(question.pauses)), today}, answer.place);
    if (!found.ok()) return named(std::move(found).error());
    answer.day = std::move(found->answer);
    answer.extension_notice = std::move(found->extension_notice);
    answer.from_identity = std::move(found->from_identity);
    answer.suspended = found->suspended;
    return answer;
}

Result<DeadlineAnswer> of_consultation(DeadlineQuestion const& question, DeadlineAnswer answer, Date today)
{
    auto found = consultation_deadline({TRY(day_of("received", question.received)), question.extended, TRY(pauses_of(question.pauses)), today}, answer.place);
    if (!found.ok()) return named(std::move(found).error());
    answer.day = std::move(found->answer);
    answer.extension_notice = std::move(found->extension_notice);
    answer.suspended = found->suspended;
    return answer;
}

Result<DeadlineAnswer> of_indirect(DeadlineQuestion const& question, DeadlineAnswer answer)
{
    answer.day = TRY(indirect_notice_deadline({TRY(day_of("obtained", question.obtained)), TRY(day_if("contact", question.contact)), TRY(day_if("disclosed", question.disclosed))}, answer.place)).notice;
    return answer;
}

void write_day(JsonWriter& out, std::string_view name, std::optional<Date> day)
{
    out.key(name);
    if (day) out.value(to_text(*day));
    else out.null();
}

void write_steps(JsonWriter& out, DeadlineAnswer const& answer)
{
    out.key("rules").begin_array();
    for (auto const rule : rules_of(answer.steps())) out.value(rule);
    out.end_array().key("steps").begin_array();
    for (auto const& step : answer.steps()) {
        out.begin_object().key("rule");
        if (step.rule.empty()) out.null();
        else out.value(step.rule);
        out.member("step", step.what);
        for (auto const& [name, fact] : step.facts) {
            out.key(name);
            if (auto const* number = std::get_if<std::int64_t>(&fact)) out.value(*number);
            else if (auto const* day = std::get_if<Date>(&fact)) out.value(to_text(*day));
            else out.value(to_offset_text(std::get<Timestamp>(fact), answer.place.zone));
        }
        out.end_object();
    }
    out.end_array();
}

}  // namespace

std::vector<std::string_view> deadline_members(std::string_view kind)
{
    if (kind == "breach") return {"aware", "calendar", "zone"};
    if (kind == "request" || kind == "consultation") return {"received", "extended", "pause", "calendar", "zone"};
    if (kind == "indirect") return {"obtained", "contact", "disclosed", "calendar", "zone"};
    return {};
}

Result<DeadlineAnswer> answer(DeadlineQuestion const& question, Date today)
{
    DeadlineAnswer begun{TRY(place_of(question)), {}, {}, false, {}, {}, false};
    if (question.kind == "breach") return of_breach(question, std::move(begun));
    if (question.kind == "request") return of_request(question, std::move(begun), today);
    if (question.kind == "consultation") return of_consultation(question, std::move(begun), today);
    if (question.kind == "indirect") return of_indirect(question, std::move(begun));
    return Error::not_found();
}

void write_json(JsonWriter& out, DeadlineQuestion const& question, DeadlineAnswer const& answer)
{
    out.begin_object().member("kind", question.kind).member("calendar", answer.place.calendar.info().code).member("zone", answer.place.zone);
    write_day(out, "nominal", answer.day ? std::optional{answer.day->nominal} : std::nullopt);
    write_day(out, "due", answer.day ? std::optional{answer.day->due} : std::nullopt);
    for (auto const& [name, at] : {std::pair{"strict_due", answer.hour ? std::optional{answer.hour->strict_due} : std::nullopt},
                                   std::pair{"legal_due", answer.hour ? std::optional{answer.hour->legal_due} : std::nullopt}}) {
        out.key(name);
        if (at) out.value(to_offset_text(*at, answer.place.zone));
        else out.null();
    }
    write_day(out, "extension_notice_by", answer.extension_notice ? std::optional{answer.extension_notice->due} : std::nullopt);
    write_day(out, "from_identity", answer.from_identity ? std::optional{answer.from_identity->due} : std::nullopt);
    out.member("suspended", answer.suspended).member("few_working_days", answer.hour && answer.hour->few_working_days).member("hour_shown_twice", answer.hour_shown_twice);
    write_steps(out, answer);
    out.end_object();
}

}  // namespace greffier::law
