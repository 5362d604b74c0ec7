#include "registers/training/training.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "law/parameters.hpp"

namespace greffier::training {

using schema::Field;
using schema::Schema;

std::int64_t Training::count_present() const { return std::ranges::count_if(attendees, [](Attendee const& one) { return one.attended == true; }); }
std::int64_t Training::count_awaited() const { return std::ranges::count_if(attendees, [](Attendee const& one) { return !one.attended; }); }

std::optional<Date> next_due_of(Training const& training, Attendee const& attendee, Date held_on)
{
    if (attendee.next_due) return attendee.next_due;
    if (attendee.attended != true) return std::nullopt;
    auto const months = training.valid_months.value_or(law::parameter("training.validity", held_on).number());
    return add_months(held_on, static_cast<int>(std::clamp<std::int64_t>(months, 1, 1200)));
}

Coverage::Coverage(Date today, std::string zone) : since_(add_months(today, -law::parameter("training.validity", today).number())), today_(today), zone_(std::move(zone)) {}

void Coverage::add(Training const& training, std::string_view status)
{
    if (status == "called_off" || training.kind == Kind::Campaign) return;
    auto const day = training.starts_at ? std::optional{local_date(*training.starts_at, zone_)} : std::nullopt;
    bool const of_late = day && *day > since_ && *day <= today_;
    for (auto const& one : training.attendees) {
        auto const service = squeeze(one.service);
        auto& people = services_[fold(service)];
        if (people.service.empty()) people.service = service;
        auto& trained = people.trained[fold(squeeze(one.name))];
        trained = trained || (of_late && one.attended == true);
    }
}

namespace {

template <class People>
void count(Coverage::Share& share, People const& people)
{
    share.known += static_cast<std::int64_t>(people.trained.size());
    share.trained += std::ranges::count_if(people.trained, [](auto const& one) { return one.second; });
}

}  // namespace

std::vector<Coverage::Share> Coverage::shares() const
{
    std::vector<Share> all;
    for (auto const& [key, people] : services_) count(all.emplace_back(Share{people.service}), people);
    return all;
}

Coverage::Share Coverage::of(std::string_view service) const
{
    Share share{std::string{service}};
    if (auto const found = services_.find(fold(squeeze(service))); found != services_.end()) count(share, found->second);
    return share;
}

Coverage::Share Coverage::all() const
{
    Share share;
    for (auto const& [key, people] : services_) count(share, people);
    return share;
}

std::optional<int> percent_of(Coverage::Share const& share, std::optional<std::int64_t> staff)
{
    auto const of = std::max(staff.value_or(0), share.trained);
    auto const whole = staff.value_or(0) > 0 ? of : share.known;
    if (whole <= 0) return std::nullopt;
    return static_cast<int>(share.trained * 100 / whole);
}

Schema<Attendee> const& schema_of(Attendee const*)
{
    static Schema<Attendee> const schema("training_attendee", 1, {
        Field("name", &Attendee::name).title().required().max_length(200).searchable(),
        Field("service", &Attendee::service).max_length(200).suggest("service"),
        Field("audience", &Attendee::audience),
        Field("email", &Attendee::email),
        Field("invited_on", &Attendee::invited_on),
        Field("attended", &Attendee::attended).article("39(1)(b)"),
        Field("proof", &Attendee::proof).max_length(300).article("5(2)"),
        Field("quiz_score", &Attendee::quiz_score),
        Field("next_due", &Attendee::next_due),
    });
    return schema;
}

Schema<Reminder> const& schema_of(Reminder const*)
{
    static Schema<Reminder> const schema("training_reminder", 1, {
        Field("channel", &Reminder::channel).title().required(),
        Field("what", &Reminder::what).required().max_length(2000),
        Field("functions", &Reminder::functions),
        Field("sent_on", &Reminder::sent_on).article("39(1)(b)"),
        Field("reached", &Reminder::reached),
    });
    return schema;
}

Schema<Training> const& schema_of(Training const*)
{
    static Schema<Training> const schema("training", 1, {
        Field("title", &Training::title).section("what").required().max_length(300).searchable().in_list(),
        Field("kind", &Training::kind).mandatory().in_list(),
        Field("audiences", &Training::audiences).mandatory().in_list().article("39(1)(b)"),
        Field("topics", &Training::topics).mandatory().article("39(1)(b)"),
        Field("objectives", &Training::objectives).max_length(4000).searchable(),
        Field("service", &Training::service).max_length(200).searchable().suggest("service"),
        Field("owner", &Training::owner).mandatory().article("5(2)").personal_data(),

        Field("starts_at", &Training::starts_at).section("when").mandatory().in_list(),
        Field("minutes", &Training::minutes),
        Field("place", &Training::place).max_length(300),
        Field("link", &Training::link),
        Field("trainer", &Training::trainer).personal_data(),
        Field("seats", &Training::seats),
        Field("valid_months", &Training::valid_months).article("32(4)"),

        Field("attendees", &Training::attendees).section("attendance").personal_data().article("39(1)(b)"),

        Field("reminders", &Training::reminders).section("campaign").article("39(1)(b)"),

        Field("support", &Training::support).section("after").max_length(300),
        Field("evaluation", &Training::evaluation).max_length(4000),
        Field("notes", &Training::notes).max_length(10000).searchable(),
        Field("attachments", &Training::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::training
