#include "founding/foundings.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "accounts/branches.hpp"
#include "accounts/letters.hpp"
#include "accounts/one_time_links.hpp"
#include "accounts/people.hpp"
#include "archive/removal.hpp"
#include "core/json_writer.hpp"
#include "core/text.hpp"

namespace greffier::founding {

using accounts::Memberships;
using accounts::OrganisationInfo;
using accounts::Role;
using storage::Cursor;
using storage::Session;
using storage::SqlText;

namespace {

constexpr std::array<std::string_view, 5> states{"ready", "making", "made", "undoing", "undone"};
constexpr SqlText columns{"SELECT id, under_id, actor_id, person_id, file_name, base, model_id, parts, state, wanted, made, left_alone, created_at, finished_at FROM founding "};

State state_of(std::string_view code)
{
    for (std::size_t i = 0; i < states.size(); ++i)
        if (states[i] == code) return static_cast<State>(i);
    return State::Ready;
}

Founding read_row(Cursor const& row)
{
    Founding found;
    found.id = row.id<Founding>(0);
    if (!row.is_null(1)) found.under = row.id<Organisation>(1);
    found.actor = row.uuid(2);
    if (!row.is_null(3)) found.person = row.id<greffier::Person>(3);
    found.file_name = row.text(4);
    found.base = row.text(5);
    if (!row.is_null(6)) found.model = Model{row.id<Organisation>(6), parse_parts(split(row.view(7), ','))};
    found.state = state_of(row.view(8));
    found.wanted = row.integer(9);
    found.made = row.integer(10);
    found.left_alone = row.integer(11);
    found.created_at = row.timestamp(12);
    found.finished_at = row.optional_timestamp(13);
    return found;
}

/// What is kept of a line until it is carried out.
std::string body_of(Plan const& plan, Planned const& one)
{
    auto const& line = one.line;
    JsonWriter out;
    out.begin_object().member("slug", one.slug).member("kind", one.kind);
    if (one.parent) out.member("parent", std::string_view{one.parent->text()});
    if (one.parent_line) out.member("parent_line", plan.lines[*one.parent_line].line.number);
    for (auto const& [name, text] : std::initializer_list<std::pair<std::string_view, std::string const&>>{
             {"siren", line.siren}, {"insee", line.insee}, {"address", line.address}, {"postcode", line.postcode}, {"city", line.city}, {"email", line.email}, {"phone", line.phone},
             {"administrator_email", line.administrator_email}, {"administrator_name", line.administrator_name}})
        if (!text.empty()) out.member(name, std::string_view{text});
    out.end_object();
    return std::move(out).take();
}

struct Kept {
    std::int64_t line = 0;
    std::string name;
    nlohmann::json body;
    [[nodiscard]] std::string text(char const* member) const { return body.value(member, std::string{}); }
};

std::vector<Kept> next_lines(Session& session, FoundingId id, int count)
{
    std::vector<Kept> lines;
    auto rows = session.query(SqlText{"SELECT line, name, body FROM founding_line WHERE founding_id=? AND made_id IS NULL ORDER BY rank, line LIMIT ?"}, id, count);
    while (rows.next()) lines.push_back({rows.integer(0), rows.text(1), nlohmann::json::parse(rows.text(2))});
    return lines;
}

std::int64_t unmade(Session& session, FoundingId id)
{
    auto row = session.query(SqlText{"SELECT count(*) FROM founding_line WHERE founding_id=? AND made_id IS NULL"}, id);
    return row.next() ? row.integer(0) : 0;
}

std::int64_t entries_of(Session& session, OrganisationId organisation)
{
    auto row = session.query(SqlText{"SELECT count(*) FROM ledger_entry WHERE organisation_id=?"}, organisation);
    return row.next() ? row.integer(0) : 0;
}

/// The membership by which whoever asked works in what is made: theirs, when they hold the branch; else the installation's own.
Uuid actor_in(Session& session, OrganisationId organisation, std::optional<PersonId> person)
{
    if (person) {
        auto row = session.query(SqlText{"SELECT id FROM membership WHERE organisation_id=? AND person_id=? AND revoked_at IS NULL ORDER BY created_at, id LIMIT 1"}, organisation, *person);
        if (row.next()) return row.uuid(0);
    }
    return accounts::organisation_actor(organisation);
}

/// One line's organisation, with all it is born with.
class Birth {
public:
    Birth(Means const& means, Session& session, Founding const& founding, ModelContent const* model, Timestamp now)
        : means_(means), session_(session), founding_(founding), model_(model), now_(now)
    {
    }

    Result<OrganisationInfo> make(Kept const& line)
    {
        auto const settings = defaults();
        accounts::NewOrganisation wanted{.slug = line.text("slug"), .name = line.name, .kind = line.text("kind"), .parent = TRY(parent_of(line)), .language = settings.language, .zone = settings.zone};
        accounts::Organisations::Hook const born = [&](Session& session, OrganisationInfo const& info, Uuid, Timestamp) { fill(session, info, line); };
        auto info = TRY(means_.organisations.add_in(session_, std::move(wanted), now_, {}, &born));
        if (failed_) return std::move(*failed_);
        if (model_ && model_->model.has(Part::Settings))
            session_.execute(SqlText{"UPDATE organisation SET modules_off=? WHERE id=?"}, model_->info.modules_off, info.id);
        TRY(invite(info, line));
        return info;
    }

private:
    struct Defaults {
        Language language = Language::French;
        std::string zone = "Europe/Paris";
    };
    Defaults defaults()
    {
        if (model_ && model_->model.has(Part::Settings)) return {model_->info.language, model_->info.zone};
        if (!founding_.under) return {};
        auto row = session_.query(SqlText{"SELECT language, zone FROM organisation WHERE id=?"}, *founding_.under);
        if (!row.next()) return {};
        return {parse_language(row.view(0)).value_or(Language::French), row.text(1)};
    }

    Result<std::optional<OrganisationId>> parent_of(Kept const& line)
    {
        if (auto const id = OrganisationId::parse(line.text("parent"))) return std::optional{*id};
        if (!line.body.contains("parent_line")) return std::optional<OrganisationId>{};
        auto row = session_.query(SqlText{"SELECT made_id FROM founding_line WHERE founding_id=? AND line=? AND made_id IS NOT NULL"}, founding_.id, line.body.at("parent_line").get<std::int64_t>());
        if (!row.next()) return Error::conflict("founding.parent_gone");
        return std::optional{row.id<Organisation>(0)};
    }

    /// Profile, words, records: in the organisation's own log, by one batch.
    void fill(Session& session, OrganisationInfo const& info, Kept const& line)
    {
        if (model_ && model_->model.has(Part::Words)) take_words(session, model_->info.id, info.id);
        auto const& kind = *means_.machinery.registers.find("profile");
        Line said;
        for (auto const& [name, member] : members) said.*member = line.text(name);
        records::NewRecord profile;
        profile.row = profile_of(kind, line.name, info.kind, said);
        if (model_ && model_->model.has(Part::Profile)) take_profile(kind, shipped(model_->profile, kind), profile.row);
        records::Batch batch(means_.machinery, info.id, session, {actor_in(session, info.id, founding_.person), now_, info.zone}, accounts::Sight::everything());
        if (auto made = batch.create(kind, std::move(profile)); !made.ok()) failed_ = made.error();
        else if (model_ && model_->model.has(Part::Records))
            if (auto records = take_records(batch, *model_); !records.ok()) failed_ = records.error();
        if (!failed_) batch.finish();
    }

    /// The model's own questions stand behind the shipped fields.
    static schema::Row shipped(schema::Row row, records::Register const& kind)
    {
        row.values.resize(kind.schema->fields.size());
        return row;
    }

    Status invite(OrganisationInfo const& info, Kept const& line)
    {
        auto const email = line.text("administrator_email");
        if (email.empty()) return Nothing{};
        auto const name = line.text("administrator_name");
        auto const folded = accounts::fold_email(email);
        std::optional<PersonId> person;
        {
            auto row = session_.query(SqlText{"SELECT id FROM person WHERE email=?"}, folded);
            if (row.next()) person = row.id<greffier::Person>(0);
        }
        if (!person) {
            auto const made = TRY(accounts::People::add_in(session_, TRY(accounts::People::prepare({.email = email, .name = name.empty() ? email.substr(0, email.find('@')) : name}, now_))));
            person = made.id;
            write_to(made, info);
        }
        Memberships::grant_in(session_, *person, info.id, Role::Administrator, now_);
        return Nothing{};
    }

    /// Once to each, however many organisations they are to run.
    void write_to(accounts::Person const& person, OrganisationInfo const& info)
    {
        if (!means_.post || !means_.post->outbox.sends() || founding_.base.empty()) return;
        auto const token = accounts::OneTimeLinks::make_in(session_, accounts::LinkPurpose::Welcome, person.id, now_);
        auto letter = accounts::password_letter(person, accounts::LinkPurpose::Welcome, info.name, founding_.base, token, info.language, now_);
        letter.organisation = info.id;
        means_.post->outbox.queue(session_, letter, now_);
    }

    static constexpr std::array<std::pair<char const*, std::string Line::*>, 7> members{{
        {"siren", &Line::siren}, {"insee", &Line::insee}, {"address", &Line::address}, {"postcode", &Line::postcode}, {"city", &Line::city}, {"email", &Line::email}, {"phone", &Line::phone},
    }};

    Means const& means_;
    Session& session_;
    Founding const& founding_;
    ModelContent const* model_;
    Timestamp now_;
    std::optional<Error> failed_;
};

void set_state(Session& session, FoundingId id, State state, std::optional<Timestamp> finished = {})
{
    session.execute(SqlText{"UPDATE founding SET state=?, finished_at=? WHERE id=?"}, code_of(state), finished, id);
}

struct Made {
    OrganisationId id;
    std::int64_t line = 0, born = 0;
};

/// Those below first: what stands above another is never removed before it.
std::vector<Made> made_of(Session& session, FoundingId id)
{
    std::vector<Made> made;
    auto rows = session.query(SqlText{"SELECT made_id, line, born FROM founding_line WHERE founding_id=? AND made_id IS NOT NULL ORDER BY rank DESC, line DESC"}, id);
    while (rows.next()) made.push_back({rows.id<Organisation>(0), rows.integer(1), rows.integer(2)});
    return made;
}

/// Nothing in its registers, its files, its discussions and below it but what it was born with.
bool is_as_born(Session& session, Made const& one)
{
    if (entries_of(session, one.id) != one.born) return false;
    for (auto const& sql : {SqlText{"SELECT 1 FROM attachment_blob WHERE organisation_id=?"}, SqlText{"SELECT 1 FROM record_comment WHERE organisation_id=?"}, SqlText{"SELECT 1 FROM draft WHERE organisation_id=?"},
                            SqlText{"SELECT 1 FROM api_token WHERE organisation_id=?"}, SqlText{"SELECT 1 FROM access_review WHERE organisation_id=?"}})
        if (session.query(sql, one.id).next()) return false;
    return true;
}

bool has_others_below(Session& session, OrganisationId organisation) { return session.query(SqlText{"SELECT 1 FROM organisation WHERE parent_id=?"}, organisation).next(); }

}  // namespace

std::string_view code_of(State state) { return states[static_cast<std::size_t>(state)]; }

Result<FoundingId> Foundings::keep(Plan const& plan, Wish const& wish, Timestamp now) const
{
    if (!plan.sound()) return Error::invalid("founding.not_sound");
    if (plan.to_make() == 0) return Error::conflict("founding.nothing_to_make");
    auto const id = FoundingId::make();
    std::vector<std::string> parts;
    if (wish.model)
        for (auto const part : wish.model->parts) parts.emplace_back(code_of(part));
    TRY(means_.machinery.database.write([&](Session& session) -> Status {
        session.execute(SqlText{"INSERT INTO founding(id, under_id, actor_id, person_id, file_name, base, model_id, parts, state, wanted, created_at) VALUES(?,?,?,?,?,?,?,?,?,?,?)"}, id, wish.under, wish.actor,
                        wish.person, shorten(wish.file_name, 200), wish.base, wish.model ? std::optional{wish.model->organisation} : std::nullopt, join(parts, ","), code_of(State::Ready),
                        static_cast<std::int64_t>(plan.to_make()), now);
        for (auto const& one : plan.lines)
            if (one.makes())
                session.execute(SqlText{"INSERT INTO founding_line(founding_id, line, rank, key, name, body) VALUES(?,?,?,?,?,?)"}, id, static_cast<std::int64_t>(one.line.number),
                                static_cast<std::int64_t>(one.rank), one.key, one.line.name, body_of(plan, one));
        return Nothing{};
    }));
    return id;
}

Result<Founding> Foundings::find(FoundingId id) const
{
    auto session = means_.machinery.database.read();
    auto row = session->query(SqlText::joined({columns, SqlText{"WHERE id=?"}}), id);
    if (!row.next()) return Error::not_found();
    return read_row(row);
}

std::vector<Founding> Foundings::list(std::optional<OrganisationId> under, int limit) const
{
    std::vector<Founding> all;
    auto session = means_.machinery.database.read();
    auto rows = under ? session->query(SqlText::joined({columns, SqlText{"WHERE under_id=? ORDER BY created_at DESC, id DESC LIMIT ?"}}), *under, limit)
                      : session->query(SqlText::joined({columns, SqlText{"WHERE under_id IS NULL ORDER BY created_at DESC, id DESC LIMIT ?"}}), limit);
    while (rows.next()) all.push_back(read_row(rows));
    return all;
}

std::vector<KeptLine> Foundings::lines(FoundingId id) const
{
    std::vector<KeptLine> all;
    auto session = means_.machinery.database.read();
    auto rows = session->query(SqlText{"SELECT l.line, l.name, l.body, l.made_id, o.slug, l.born, (SELECT count(*) FROM ledger_entry e WHERE e.organisation_id=l.made_id) "
                                       "FROM founding_line l LEFT JOIN organisation o ON o.id=l.made_id WHERE l.founding_id=? ORDER BY l.line"},
                               id);
    while (rows.next()) {
        KeptLine one{static_cast<std::size_t>(rows.integer(0)), rows.text(1), {}, {}, false};
        if (rows.is_null(3)) one.slug = nlohmann::json::parse(rows.text(2)).value("slug", std::string{});
        else {
            one.made = rows.id<Organisation>(3);
            one.slug = rows.text(4);
            one.written_in = rows.integer(5) != rows.integer(6);
        }
        all.push_back(std::move(one));
    }
    return all;
}

Result<std::int64_t> Foundings::make_some(Founding const& founding, ModelContent const* model, int count, Timestamp now, Hold const& hold) const
{
    return means_.machinery.database.write_result<std::int64_t>([&](Session& session) -> Result<std::int64_t> {
        if (hold) hold(session);
        for (auto const& line : next_lines(session, founding.id, count)) {
            auto made = Birth(means_, session, founding, model, now).make(line);
            if (!made.ok()) {
                auto error = made.error();
                error.arguments["line"] = std::to_string(line.line);
                return error;
            }
            // The addresses of people stand in their accounts by now.
            session.execute(SqlText{"UPDATE founding_line SET made_id=?, born=?, body='{}' WHERE founding_id=? AND line=?"}, made->id, entries_of(session, made->id), founding.id, line.line);
            session.execute(SqlText{"UPDATE founding SET made=made+1 WHERE id=?"}, founding.id);
        }
        auto const left = unmade(session, founding.id);
        if (left == 0) set_state(session, founding.id, State::Made, now);
        return left;
    });
}

Status Foundings::begin(FoundingId id, State to) const
{
    auto const from = to == State::Undoing ? State::Made : State::Ready;
    return means_.machinery.database.write([&](Session& session) -> Status {
        if (session.execute(SqlText{"UPDATE founding SET state=? WHERE id=? AND state=?"}, code_of(to), id, code_of(from)) == 0) return Error::conflict("founding.other_state");
        return Nothing{};
    });
}

Result<std::int64_t> Foundings::undo_some(FoundingId id, int count, Timestamp now, Hold const& hold) const
{
    return means_.machinery.database.write_result<std::int64_t>([&](Session& session) -> Result<std::int64_t> {
        if (hold) hold(session);
        auto const made = made_of(session, id);
        std::int64_t looked = 0, kept = 0;
        for (auto const& one : made) {
            bool const goes = is_as_born(session, one) && !has_others_below(session, one.id);
            if (!goes) {
                ++kept;
                continue;
            }
            if (looked == count) return static_cast<std::int64_t>(made.size()) - looked - kept;
            // The index of words is put in order once, with the last.
            (void)archive::forget_organisation(session, one.id, ++looked + kept == static_cast<std::int64_t>(made.size()));
        }
        session.execute(SqlText{"UPDATE founding SET left_alone=? WHERE id=?"}, kept, id);
        set_state(session, id, State::Undone, now);
        return std::int64_t{0};
    });
}

bool Foundings::is_untouched(FoundingId id) const
{
    auto session = means_.machinery.database.read();
    auto const made = made_of(*session, id);
    return std::ranges::all_of(made, [&](Made const& one) { return is_as_born(*session, one); });
}

int Foundings::forget_unmade(Timestamp now) const
{
    int gone = 0;
    auto const done = means_.machinery.database.write([&](Session& session) -> Status {
        gone = static_cast<int>(session.execute(SqlText{"DELETE FROM founding WHERE state='ready' AND created_at<?"}, now - std::chrono::hours(24)));
        return Nothing{};
    });
    return done.ok() ? gone : 0;
}

bool may_found(accounts::Actor const& actor)
{
    return accounts::may(actor, web::Permission::AdministerOrganisation) && (actor.installation_administrator || actor.over_branch);
}

bool may_take(storage::Database& database, PersonId person, Model const& model, bool installation_administrator)
{
    auto const membership = Memberships(database).of(person, model.organisation);
    bool const reads = membership && accounts::may(accounts::make_actor(*membership), web::Permission::ReadRecords);
    if (reads) return true;
    return installation_administrator && !model.has(Part::Records) && !model.has(Part::Profile);
}

}  // namespace greffier::founding
