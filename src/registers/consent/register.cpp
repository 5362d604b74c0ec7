#include "registers/consent/register.hpp"

#include "law/parameters.hpp"
#include "registers/consent/consent.hpp"
#include "registers/consent/objection.hpp"
#include "registers/consent/panel.hpp"
#include "registers/consent/point.hpp"

namespace greffier::consent {

namespace {

/// A box to tick, purpose by purpose, is what a point ought to be.
schema::Row blank_point()
{
    Point point;
    point.acts = {Act::TickedBox};
    point.granular = true;
    return point_schema().pack(point);
}

/// A withdrawal is obeyed at once: the day it comes is the last on which what rests on it may still be running.
std::vector<records::Due> consent_dues(schema::Row const& row, records::DueContext const& context)
{
    auto const consent = consent_schema().unpack(row);
    if (!consent.ok() || context.status != "withdrawn" || !consent->withdrawn_at || consent->effects_on) return {};
    return {context.on("consent.withdrawal", local_date(*consent->withdrawn_at, context.where.zone), true, {"effects_on"})};
}

std::vector<records::Due> objection_dues(schema::Row const& row, records::DueContext const& context)
{
    auto const objection = objection_schema().unpack(row);
    if (!objection.ok() || context.status != "in_force" || !objection->since || objection->applied_on) return {};
    auto const last = law::days_after(*objection->since, law::parameter("request.objection", *objection->since).number(), law::Calendar{}).nominal;
    return {context.on("objection.applied", last, false, {"applied_on"})};
}

}  // namespace

records::Register const& point_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "consent-points",
        .prefix = "PCO",
        .icon = "clipboard-check",
        .schema = &point_schema().info(),
        .title_field = "name",
        .review_field = "next_review",
        .statuses = {"draft", "in_use", "archived"},
        // What is wrong with the asking makes every consent worthless: it is put in use by decision, and never with a blocking finding.
        .transitions = {
            {"draft", "in_use", Permission::DecideRecords, false, false, true},
            {"in_use", "draft", Permission::DecideRecords, true},
            {"draft", "archived", Permission::DecideRecords, true},
            {"in_use", "archived", Permission::DecideRecords, true},
            {"archived", "draft", Permission::DecideRecords, true},
        },
        .closed = {"archived"},
        .blank = &blank_point,
        .reviewed_field = "last_review",
        .reviewer_field = "reviewer",
        .service_field = "service",
        .panel = &write_point_panel,
    };
    return kind;
}

records::Register const& consent_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "consents",
        .prefix = "CST",
        .icon = "heart-handshake",
        .schema = &consent_schema().info(),
        .title_field = "purpose",
        .sealed = true,
        .statuses = {"given", "withdrawn", "expired", "refused"},
        // A withdrawal asks nobody's leave; whoever agrees again gives another consent, with its own proof.
        .transitions = {
            {"given", "withdrawn", Permission::WriteRecords},
            {"given", "expired", Permission::WriteRecords},
            {"given", "refused", Permission::WriteRecords, true},
            {"expired", "given", Permission::DecideRecords, true},
            {"expired", "withdrawn", Permission::WriteRecords},
            {"withdrawn", "given", Permission::DecideRecords, true},
            {"refused", "given", Permission::DecideRecords, true},
        },
        .stamps = {{"withdrawn", "withdrawn_at"}},
        .dues = &consent_dues,
        .panel = &write_consent_panel,
    };
    return kind;
}

records::Register const& objection_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "objections",
        .prefix = "OPP",
        .icon = "hand-stop",
        .schema = &objection_schema().info(),
        .title_field = "subject",
        .sealed = true,
        .statuses = {"in_force", "ended"},
        .transitions = {
            {"in_force", "ended", Permission::WriteRecords, true},
            {"ended", "in_force", Permission::WriteRecords},
        },
        .stamps = {{"ended", "ended_on"}},
        .service_field = "service",
        .dues = &objection_dues,
        .panel = &write_objection_panel,
    };
    return kind;
}

}  // namespace greffier::consent
