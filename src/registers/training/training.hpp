#pragma once
// Trainings and awareness (art. 39(1)(b), 32(4), 24): sessions, workshops and campaigns, who came, and when each must be
// reminded again.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "registers/ids.hpp"
#include "registers/training/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::training {

using schema::Text;

/// Somebody who is to come, and what came of it.
struct Attendee {
    std::string id;
    std::string name, service;
    std::optional<schema::Term<Audiences>> audience;
    schema::Email email;
    std::optional<Date> invited_on;
    std::optional<bool> attended;          ///< absent: nobody has said yet
    std::string proof;                     ///< signed sheet, certificate, screen
    std::optional<schema::Percent> quiz_score;
    std::optional<Date> next_due;          ///< when this person is to be trained again; absent: counted (next_due_of)
};

/// One act of a campaign: a reminder by mail, a poster, a procedure sent to those it is for.
struct Reminder {
    std::string id;
    Channel channel = Channel::Mail;
    Text what;
    std::vector<schema::Term<Audiences>> functions;
    std::optional<Date> sent_on;
    std::optional<std::int64_t> reached;
};

struct Training {
    // what it is
    std::string title;
    std::optional<Kind> kind;
    std::vector<schema::Term<Audiences>> audiences;
    std::vector<schema::Term<Topics>> topics;
    Text objectives;
    std::string service;
    schema::Contact owner;
    // when and where
    std::optional<Timestamp> starts_at;
    std::optional<std::int64_t> minutes;
    std::string place;
    schema::Url link;
    schema::Contact trainer;
    std::optional<std::int64_t> seats;
    std::optional<std::int64_t> valid_months;   ///< how long it counts; absent: the house's (law/parameters.csv)
    // who
    std::vector<Attendee> attendees;
    // campaign
    std::vector<Reminder> reminders;
    // afterwards
    std::string support;
    Text evaluation, notes;
    std::vector<schema::Attachment> attachments;

    [[nodiscard]] std::int64_t count_present() const;
    [[nodiscard]] std::int64_t count_awaited() const;   ///< neither there nor absent yet
};

/// The last day the training counts for this attendee; nothing for somebody who did not come.
std::optional<Date> next_due_of(Training const& training, Attendee const& attendee, Date held_on);

/// The trained of a stretch of time, by service: each person once.
class Coverage {
public:
    /// Looks at trainings held after `today` less the months of the parameter training.validity.
    Coverage(Date today, std::string zone);
    void add(Training const& training, std::string_view status);
    struct Share {
        std::string service;             ///< as it was written first; empty: attendees without service
        std::int64_t trained = 0, known = 0;   ///< people who came of late; all who stand in the register
    };
    /// By the service's name; compared as people compare words.
    [[nodiscard]] std::vector<Share> shares() const;
    [[nodiscard]] Share of(std::string_view service) const;
    [[nodiscard]] Share all() const;

private:
    struct People {
        std::string service;
        std::map<std::string, bool> trained;   ///< by folded name
    };
    Date since_, today_;
    std::string zone_;
    std::map<std::string, People> services_;
};

/// Whole percents of `trained` out of `staff`, or of the known when the staff is not said; absent when neither is.
std::optional<int> percent_of(Coverage::Share const& share, std::optional<std::int64_t> staff);

schema::Schema<Attendee> const& schema_of(Attendee const*);
schema::Schema<Reminder> const& schema_of(Reminder const*);
schema::Schema<Training> const& schema_of(Training const*);
inline schema::Schema<Training> const& training_schema() { return schema_of(static_cast<Training const*>(nullptr)); }

}  // namespace greffier::training
