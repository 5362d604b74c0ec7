#include "app/mail_room.hpp"

#include <chrono>
#include <exception>
#include <filesystem>

#include "core/log.hpp"
#include "mail/reader.hpp"
#include "mail/transport.hpp"
#include "reception/intake.hpp"

namespace greffier::app {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::chrono::seconds pause{60};
constexpr std::size_t most_a_round = 100;   // a flood in one box does not keep the others waiting

Error wrong(WayConfig const& box, std::string_view setting, std::string_view code = "intake_setting")
{
    return Error::invalid(std::string{code}, {{"box", box.name}, {"setting", std::string{setting}}});
}

Result<IntakeBox> box_of(WayConfig const& stated)
{
    using enum mail::ImapSettings::Tls;
    for (auto const* needed : {"url", "user", "password", "organisation"})
        if (stated.text(needed).empty()) return wrong(stated, needed, "intake_missing");
    auto const server = mail::parse_imap_url(stated.text("url"));
    if (!server) return wrong(stated, "url");
    IntakeBox box{stated.name, *server, stated.text("organisation"), stated.text("register")};
    bool const here = mail::is_loopback_host(box.server.host);
    auto const wish = stated.text("starttls");
    if (box.server.tls == StartTls && (wish == "off" || (wish.empty() && here))) {
        if (!here) return wrong(stated, "starttls", "intake_in_clear");   // a password would be read on the way
        box.server.tls = None;
    }
    box.server.user = stated.text("user");
    box.server.password = stated.secret("password");
    box.server.folder = stated.text("folder");
    box.server.authority = stated.text("ca");
    std::error_code absent;
    if (!box.server.authority.empty() && !std::filesystem::is_regular_file(box.server.authority, absent)) return wrong(stated, "ca");
    return box;
}

struct Progress {
    std::int64_t validity = 0, last = 0;
};

std::optional<Progress> progress_of(storage::Database& database, std::string const& box)
{
    auto session = database.read();
    auto row = session->query(SqlText{"SELECT validity, last_uid FROM intake_box WHERE name=?"}, box);
    if (!row.next()) return std::nullopt;
    return Progress{row.integer(0), row.integer(1)};
}

void note(storage::Database& database, std::string const& box, Progress const& progress, std::string_view problem, Timestamp now)
{
    (void)database.write([&](Session& session) -> Status {
        session.execute(SqlText{"INSERT INTO intake_box(name, validity, last_uid, checked_at, problem) VALUES(?,?,?,?,?) ON CONFLICT(name) DO UPDATE SET "
                                "validity=excluded.validity, last_uid=excluded.last_uid, checked_at=excluded.checked_at, problem=excluded.problem"},
                        box, progress.validity, progress.last, now, problem);
        return Nothing{};
    });
}

/// Nothing will make of it what it is not: the next one is looked at.
bool is_hopeless(Error const& error) { return error.code == "mail_too_large" || error.code == "mail_unreadable" || error.kind == ErrorKind::Invalid; }

}  // namespace

Result<std::vector<IntakeBox>> intake_boxes_of(Config const& config)
{
    std::vector<IntakeBox> boxes;
    for (auto const& stated : config.boxes()) boxes.push_back(TRY(box_of(stated)));
    return boxes;
}

MailRoom::MailRoom(Application& application, std::vector<IntakeBox> boxes) : application_(application), boxes_(std::move(boxes)), lease_(*application.database, "intake_work")
{
    if (!boxes_.empty()) thread_ = std::thread([this] { run(); });
}

MailRoom::~MailRoom()
{
    stopping_ = true;
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
    try {
        if (!boxes_.empty()) lease_.give_up();
    } catch (std::exception const&) {
        log(LogLevel::Warning, "intake_lease_kept");   // it ends by itself
    }
}

void MailRoom::run()
{
    std::unique_lock held(mutex_);
    while (!stopping_) {
        held.unlock();
        round();
        held.lock();
        wake_.wait_for(held, pause, [this] { return stopping_.load(); });
    }
}

void MailRoom::round()
{
    std::lock_guard const one_at_a_time(round_);
    for (auto const& box : boxes_) {
        if (stopping_) return;
        try {
            // Taken anew for each box: a slow server costs a minute.
            auto const now = application_.now();
            if (lease_.hold(now)) read(box, now);
        } catch (std::exception const& failure) {
            log(LogLevel::Failure, "intake_failed", {{"box", std::string_view{box.name}}, {"reason", loggable(failure)}});
        }
    }
}

void MailRoom::read(IntakeBox const& box, Timestamp now)
{
    auto const where = application_.organisations.find(box.organisation);
    auto const done = where ? read_messages(box, *where, now) : Status{Error::not_found("unknown_organisation")};
    if (done.ok()) return;
    log(LogLevel::Warning, "intake_box_not_read", {{"box", std::string_view{box.name}}, {"code", std::string_view{done.error().code}}});
    note(*application_.database, box.name, progress_of(*application_.database, box.name).value_or(Progress{}), done.error().code, now);
}

Status MailRoom::read_messages(IntakeBox const& box, accounts::OrganisationInfo const& where, Timestamp now)
{
    auto& database = *application_.database;
    mail::ImapBox server(box.server, [this] { return stopping_.load(); });
    auto const state = TRY(server.state());
    auto progress = progress_of(database, box.name);
    if (!progress || progress->validity != state.validity) {
        // Met for the first time: from the first message that nobody has read.
        auto const unread = TRY(server.unseen());
        progress = Progress{state.validity, unread.empty() ? state.next - 1 : unread.front() - 1};
    }
    note(database, box.name, *progress, "", now);
    reception::IntakeServices const services{application_.machinery, application_.vault, application_.memberships};
    std::size_t taken = 0;
    for (auto const uid : TRY(server.after(progress->last))) {
        if (stopping_ || ++taken > most_a_round) break;
        auto const message = server.fetch(uid, mail::ReadLimits{}.size);
        auto const done = message.ok() ? reception::take_in(services, where, box.register_slug, *message, {accounts::job_actor(where.id), now, where.zone}) : Result<reception::TakenIn>{message.error()};
        if (!done.ok() && !is_hopeless(done.error())) return done.error();
        if (!done.ok()) log(LogLevel::Warning, "intake_message_left", {{"box", std::string_view{box.name}}, {"uid", uid}, {"code", std::string_view{done.error().code}}});
        progress->last = uid;
        note(database, box.name, *progress, done.ok() ? "" : done.error().code, now);
    }
    return Nothing{};
}

}  // namespace greffier::app
