#pragma once
// Rules and findings: what the compliance linter says of a record.
//
// records/ declares the shapes; a register declares rules that read its own record (Rule<T>); compliance/ adds
// those that look further, and implements Examiner, which the write calls inside its transaction.
// A finding stores the rule, the place and figures, never a value of the record.

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "law/periods.hpp"
#include "schema/info.hpp"

namespace greffier::records {

enum class Severity { Blocking = 3, Major = 2, Minor = 1, Advice = 0 };
std::string_view code_of(Severity severity);                        ///< "blocking" …
std::optional<Severity> parse_severity(std::string_view code);

/// Where in a record: a field, and for owned rows the row's id and its part.
struct Place {
    std::string field;       ///< "data_categories"; empty = the record as a whole
    std::string row = {};    ///< id of the owned row
    std::string part = {};   ///< "retention_text"
    [[nodiscard]] std::string text() const;   ///< "data_categories[<row id>].retention_text"
    static Place parse(std::string_view text);
    auto operator<=>(Place const&) const = default;
};

struct Finding {
    std::string rule;        ///< "REG-011"; words: locale keys rule.REG-011.title, .why, .remedy
    Severity severity{};
    Place place;
    Arguments arguments{};   ///< figures and codes for the sentence; never a value typed by someone
    bool operator==(Finding const&) const = default;
};

/// Collects what a rule finds; the rule's own id and severity are filled in.
class Report {
public:
    Report(std::vector<Finding>& into, std::string_view rule, Severity severity) : into_(into), rule_(rule), severity_(severity) {}
    void at(Place place, Arguments arguments = {}) { into_.push_back({std::string{rule_}, severity_, std::move(place), std::move(arguments)}); }
    void at(std::string field, Arguments arguments = {}) { at(Place{std::move(field)}, std::move(arguments)); }

private:
    std::vector<Finding>& into_;
    std::string_view rule_;
    Severity severity_;
};

/// What a rule may know beside the record's own fields.
struct Circumstances {
    Date today{};
    std::string status;       ///< of the record
    std::string reference;
    Timestamp now{};
    law::Place const* where = nullptr;   ///< the organisation's calendar and clock; only for registers with deadlines (Register::dues)
};

/// One rule over one kind of record: a row in the register's table of rules.
template <class T>
struct Rule {
    std::string_view id;
    Severity severity;
    std::string_view article;              ///< "30(1)(f)", or "" when no text demands it
    void (*check)(T const&, Circumstances const&, Report&);
};

/// The record being written, as the examiner sees it.
struct Subject {
    OrganisationId organisation;
    std::string register_slug;
    RecordId id;
    schema::SchemaInfo const* schema = nullptr;
    schema::Row const* row = nullptr;
    Circumstances circumstances;
};

/// What an examiner may read beside the subject: live records of the same organisation, in the same transaction.
/// A register whose module is switched off reads as empty.
class Surroundings {
public:
    virtual ~Surroundings() = default;
    struct Neighbour {
        RecordId id;
        std::string reference, status;
        schema::Row row;
        /// What an examiner made of this neighbour, for other writes too: shared, for only its maker knows its type.
        mutable std::shared_ptr<void const> digest = {};
    };
    /// The organisation's profile record, if it has one.
    virtual std::optional<schema::Row> profile() = 0;
    virtual std::int64_t count(std::string_view register_slug) = 0;
    /// Every live record of a register; stops when `visit` returns false.
    virtual void each(std::string_view register_slug, std::function<bool(Neighbour const&)> const& visit) = 0;
    /// The same where only the named fields of the rows are looked at, which are the same for all of a register; the
    /// others may be absent. A neighbour that comes with a digest may come without its row.
    virtual void each_brief(std::string_view register_slug, [[maybe_unused]] std::span<std::string const> fields, std::function<bool(Neighbour const&)> const& visit) { each(register_slug, visit); }
    /// False of a register whose module is switched off: nothing that is kept in it may be asked for.
    virtual bool keeps([[maybe_unused]] std::string_view register_slug) { return true; }
    /// One live record, whole.
    virtual std::optional<Neighbour> find(std::string_view register_slug, RecordId id);
    /// Every live record of a register that names `target` in a field ("processors", "searches.processing"), and perhaps others;
    /// stops when `visit` returns false. Reads as it goes: for registers that hold thousands.
    virtual void each_naming(std::string_view register_slug, [[maybe_unused]] std::string_view field, [[maybe_unused]] Uuid target, std::function<bool(Neighbour const&)> const& visit) { each(register_slug, visit); }
    /// The same by id, for whoever need not read them.
    virtual std::vector<RecordId> naming(std::string_view register_slug, std::string_view field, Uuid target);
};

/// What one write made of a record, for an examiner to say whom it concerns.
struct Change {
    /// How it is seen from others: absent where it is not live.
    struct Face {
        std::string_view reference, status;
        schema::Row const* row = nullptr;
    };
    std::string_view register_slug;
    RecordId id;
    schema::SchemaInfo const* schema = nullptr;
    std::optional<Face> before, after;
    bool born = false;         ///< nobody can have named it yet
};

/// Records of one register that are to be judged again: all of them, or these.
struct Concerned {
    std::string register_slug;
    bool everyone = false;
    std::vector<RecordId> records = {};   ///< in any order, some perhaps twice
};

class Examiner {
public:
    virtual ~Examiner() = default;
    /// Thread-safe. An exception rolls the write back.
    virtual std::vector<Finding> examine(Subject const& subject, Surroundings& around) const = 0;
    /// The other records whose findings may change by a write. `around` shows what was written. Thread-safe.
    virtual std::vector<Concerned> concerned([[maybe_unused]] Change const& change, [[maybe_unused]] Surroundings& around) const { return {}; }
};

}  // namespace greffier::records
