#include "reception/purge.hpp"

#include <algorithm>

#include "core/log.hpp"
#include "core/text.hpp"
#include "law/parameters.hpp"
#include "law/periods.hpp"
#include "reception/deliveries.hpp"
#include "reception/submissions.hpp"
#include "records/notifications.hpp"
#include "records/sealing.hpp"
#include "records/vocabulary.hpp"
#include "registers/request/clock.hpp"
#include "schema/extend.hpp"

namespace greffier::reception {

using records::Register;
using storage::Session;
using storage::SqlText;

namespace {

constexpr std::size_t longest_reason = 1000;

Date discarded_until(Timestamp since, std::string const& zone)
{
    auto const day = local_date(since, zone);
    return law::months_after_unmoved(day, law::parameter("submission.retention", day).number()).nominal;
}

/// Pages of a list, whatever its length.
template <class Visit>
void each_listed(records::Records const& store, Register const& kind, records::ListQuery query, Visit const& visit)
{
    query.sort = "updated";
    query.per_page = 200;
    query.known_total = 0;   // nobody asks how many
    do {
        auto page = store.list(kind, query);
        if (!page.ok()) return;
        for (auto const& one : page->items) visit(one);
        query.after = page->next;
    } while (!query.after.empty());
}

std::optional<Date> closed_on(Register const& kind, records::Listed const& one)
{
    if (!one.row) return std::nullopt;
    auto const* day = std::get_if<Date>(&schema::get(*kind.schema, *one.row, "closed_on"));
    return day ? std::optional{*day} : std::nullopt;
}

/// Came from somebody outside: of those of the house nothing is to be forgotten.
bool came_from_outside(Register const& kind, records::Listed const& one)
{
    if (!one.row) return false;
    auto const intake = schema::text_of(*kind.schema, *one.row, "intake");
    return intake == "public_form" || intake == "e_mail";
}

void add_requests(std::vector<ToPurge>& all, records::Records const& store, Register const& kind)
{
    records::ListQuery query;
    query.statuses = {"closed"};
    query.with_rows = true;
    query.fields = {"closed_on"};
    each_listed(store, kind, query, [&](records::Listed const& one) {
        auto const day = closed_on(kind, one);
        request::Request closed;
        closed.closed_on = day;
        if (auto const until = day ? request::kept_until(closed) : std::nullopt) all.push_back({&kind, one.head, PurgeReason::Kept, *until});
    });
}

void add_reports(std::vector<ToPurge>& all, records::Records const& store, Register const& kind, std::string const& zone)
{
    records::ListQuery query;
    query.statuses = {"incident"};
    query.with_rows = true;
    query.fields = {"intake"};
    each_listed(store, kind, query, [&](records::Listed const& one) {
        if (came_from_outside(kind, one)) all.push_back({&kind, one.head, PurgeReason::NoBreach, discarded_until(one.head.updated_at, zone)});
    });
}

void add_discarded(std::vector<ToPurge>& all, records::Records const& store, Register const& kind, std::string const& zone)
{
    records::ListQuery query;
    query.deleted = true;
    each_listed(store, kind, query, [&](records::Listed const& one) {
        if (one.head.deleted_at) all.push_back({&kind, one.head, PurgeReason::Discarded, discarded_until(*one.head.deleted_at, zone)});
    });
}

std::optional<PurgeHold> standing_in(Session& session, OrganisationId organisation, RecordId record)
{
    auto row = session.query(SqlText{"SELECT placed_at, placed_by, reason FROM purge_hold WHERE organisation_id=? AND record_id=? AND lifted_at IS NULL"}, organisation, record);
    if (!row.next()) return std::nullopt;
    return PurgeHold{row.timestamp(0), row.uuid(1), row.text(2)};
}

Date notice_ends(Date told) { return law::days_after(told, law::parameter("purge.notice", told).number(), law::Calendar{}).nominal; }

std::optional<Date> told_on(Session& session, OrganisationId organisation, RecordId record)
{
    auto row = session.query(SqlText{"SELECT told_on FROM purge_notice WHERE organisation_id=? AND record_id=?"}, organisation, record);
    return row.next() ? parse_date(row.view(0)) : std::nullopt;
}

/// Once for each record, in a transaction of its own.
void give_notice(records::Machinery const& machinery, std::vector<accounts::Member> const& readers, OrganisationId organisation, ToPurge const& item, records::By const& by)
{
    auto const today = to_text(by.today());
    (void)machinery.database.write([&](Session& session) -> Status {
        session.lock(organisation);
        if (session.execute(SqlText{"INSERT INTO purge_notice(organisation_id, record_id, told_on) VALUES(?,?,?) ON CONFLICT DO NOTHING"}, organisation, item.head.id, today) == 0) return Nothing{};
        if (item.why == PurgeReason::Discarded) return Nothing{};   // the bin shows nothing to open
        for (auto const& reader : readers)
            records::notify(session, {reader.person.id, organisation, records::NotificationKind::PurgeSoon, by.actor, by.now, std::string{item.kind->slug}, item.head.id});
        return Nothing{};
    });
}

/// What hangs on the record beside its versions.
void remove_side_rows(Session& session, OrganisationId organisation, RecordId record)
{
    Deliveries::remove_in(session, organisation, record);
    session.execute(SqlText{"DELETE FROM follow_up WHERE organisation_id=? AND record_id=?"}, organisation, record);
    session.execute(SqlText{"DELETE FROM purge_notice WHERE organisation_id=? AND record_id=?"}, organisation, record);
}

Status purge_one(records::Machinery const& machinery, OrganisationId organisation, Locale const& locale, ToPurge const& item, records::By const& by)
{
    auto const words = locale.text("purge.reason." + std::string{code_of(item.why)}, {{"date", locale.date(item.on)}});
    std::function<void()> once_committed;
    TRY(machinery.database.write([&](Session& session) -> Status {
        session.lock(organisation);
        // Looked at again under the lock: a hold placed since holds.
        if (standing_in(session, organisation, item.head.id)) return Nothing{};
        records::Batch batch(machinery, organisation, session, by, accounts::Sight::everything());
        bool const binned = item.why == PurgeReason::Discarded;
        if (binned) TRY(batch.restore(*item.kind, item.head.id));
        TRY(batch.destroy(*item.kind, item.head.id, 0, words));
        if (binned) TRY(batch.remove(*item.kind, item.head.id, 0));
        remove_side_rows(session, organisation, item.head.id);
        batch.finish();
        once_committed = batch.once_committed();
        return Nothing{};
    }));
    if (once_committed) once_committed();
    return Nothing{};
}

}  // namespace

std::string_view code_of(PurgeReason reason)
{
    switch (reason) {
    case PurgeReason::Kept: return "kept";
    case PurgeReason::NoBreach: return "no_breach";
    case PurgeReason::Discarded: return "discarded";
    }
    return "";
}

std::vector<PurgeHold> PurgeHolds::of(RecordId record) const
{
    std::vector<PurgeHold> all;
    auto session = database_.read_of(organisation_);
    auto row = session->query(SqlText{"SELECT placed_at, placed_by, reason, lifted_at FROM purge_hold WHERE organisation_id=? AND record_id=? ORDER BY placed_at DESC"}, organisation_, record);
    while (row.next()) all.push_back({row.timestamp(0), row.uuid(1), row.text(2), row.optional_timestamp(3)});
    return all;
}

std::optional<PurgeHold> PurgeHolds::standing(RecordId record) const
{
    auto session = database_.read_of(organisation_);
    return standing_in(*session, organisation_, record);
}

Status PurgeHolds::place(RecordId record, std::string reason, Uuid by, Timestamp now) const
{
    auto const refused = [](std::string code, Arguments arguments = {}) { return Error{ErrorKind::Invalid, "invalid", {}, {{"reason", std::move(code), std::move(arguments)}}}; };
    if (!is_utf8(reason)) return refused("bad_utf8");
    reason = squeeze(reason);
    if (reason.empty()) return refused("required");
    if (length_utf8(reason) > longest_reason) return refused("too_long", {{"max", std::to_string(longest_reason)}});
    return database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        if (standing_in(session, organisation_, record)) return Error::conflict("hold_stands");
        session.execute(SqlText{"INSERT INTO purge_hold(organisation_id, record_id, placed_at, placed_by, reason) VALUES(?,?,?,?,?)"}, organisation_, record, now, by, reason);
        return Nothing{};
    });
}

Status PurgeHolds::lift(RecordId record, Uuid by, Timestamp now) const
{
    return database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        session.execute(SqlText{"UPDATE purge_hold SET lifted_at=?, lifted_by=? WHERE organisation_id=? AND record_id=? AND lifted_at IS NULL"}, now, by, organisation_, record);
        return Nothing{};
    });
}

std::vector<ToPurge> to_purge(records::Records const& store, records::Registers const& known, std::string const& zone, Date today, Date until)
{
    std::vector<ToPurge> all;
    if (auto const* requests = known.find("requests")) {
        add_requests(all, store, *requests);
        add_discarded(all, store, *requests, zone);
    }
    if (auto const* breaches = known.find("breaches")) {
        add_reports(all, store, *breaches, zone);
        add_discarded(all, store, *breaches, zone);
    }
    auto const& machinery = store.machinery();
    auto session = machinery.database.read_of(store.organisation());
    std::erase_if(all, [&](ToPurge& one) {
        if (one.on > until) return true;
        // Without a key nothing of it can be read any more: it was purged, or nobody wrote anything in it.
        if (!machinery.sealing || !machinery.sealing->record_key(*session, store.organisation(), one.head.id).key) return true;
        auto const told = told_on(*session, store.organisation(), one.head.id);
        one.told = told.has_value();
        one.on = std::max(one.on, notice_ends(told.value_or(today)));
        one.hold = standing_in(*session, store.organisation(), one.head.id);
        return one.on > until;
    });
    std::ranges::stable_sort(all, {}, &ToPurge::on);
    return all;
}

std::int64_t purge_due(records::Machinery const& machinery, accounts::Memberships& memberships, accounts::OrganisationInfo const& organisation, Timestamp now)
{
    auto const known = records::known_registers(machinery, organisation.id);
    records::Records const store(machinery, organisation.id, accounts::Sight::everything());
    Locale const locale(organisation.language, organisation.zone);
    records::By const by{accounts::job_actor(organisation.id), now, organisation.zone};
    auto const readers = members_holding(memberships, organisation.id, {accounts::Role::Dpo, accounts::Role::DpoAssistant});
    auto const today = by.today();
    std::int64_t purged = 0;
    for (auto const& item : to_purge(store, *known, organisation.zone, today, notice_ends(today))) {
        if (item.hold) continue;
        if (!item.told) give_notice(machinery, readers, organisation.id, item, by);
        if (!item.told || item.on > today) continue;
        if (auto const done = purge_one(machinery, organisation.id, locale, item, by); done.ok()) ++purged;
        else log(LogLevel::Warning, "not_purged", {{"code", std::string_view{done.error().code}}});
    }
    return purged;
}

}  // namespace greffier::reception
