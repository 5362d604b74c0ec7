#include "archive/tables.hpp"

#include <algorithm>
#include <array>

#include "core/json_writer.hpp"

namespace greffier::archive {

using storage::Session;
using storage::SqlText;

// The organisation and those above it: it takes along the terms and fields it has from them.
#define GREFFIER_UP "WITH RECURSIVE up(id, depth) AS (SELECT id, CAST(0 AS bigint) FROM organisation WHERE id=? " \
                    "UNION ALL SELECT o.parent_id, up.depth+1 FROM organisation o JOIN up ON o.id=up.id WHERE o.parent_id IS NOT NULL AND up.depth<32), "
#define GREFFIER_FIELDS GREFFIER_UP "nearest(register, code, depth) AS (SELECT f.register, f.code, min(up.depth) FROM custom_field f JOIN up ON up.id=f.organisation_id GROUP BY f.register, f.code) "

std::span<SideTable const> side_tables()
{
    using enum Means;
    static std::array const all = std::to_array<SideTable>({
        {"reference_counter", part::settings,
         SqlText{"SELECT register, next FROM reference_counter WHERE organisation_id=? ORDER BY register"},
         SqlText{"INSERT INTO reference_counter(organisation_id, register, next) VALUES(?,?,?)"},
         {{"register"}, {"next", Number}}},
        {"term", part::settings,
         SqlText{GREFFIER_UP "offered(list, code, label_fr, label_en, retired, depth) AS (SELECT t.list, t.code, t.label_fr, t.label_en, t.retired, up.depth FROM term t JOIN up ON up.id=t.organisation_id "
                 "UNION ALL SELECT list, code, label_fr, label_en, retired, CAST(1000 AS bigint) FROM term WHERE organisation_id IS NULL) "
                 "SELECT o.list, o.code, o.label_fr, o.label_en, o.retired FROM offered o "
                 "WHERE o.depth=(SELECT min(n.depth) FROM offered n WHERE n.list=o.list AND n.code=o.code) ORDER BY o.list, o.code"},
         SqlText{"INSERT INTO term(organisation_id, list, code, label_fr, label_en, retired) VALUES(?,?,?,?,?,?)"},
         {{"list"}, {"code"}, {"label_fr"}, {"label_en"}, {"retired", Number}}, 2},
        {"custom_field", part::settings,
         SqlText{GREFFIER_FIELDS "SELECT f.register, f.code, f.kind, f.label_fr, f.label_en, f.help_fr, f.help_en, f.section, f.target, f.required, f.in_list, f.searchable, f.position, f.retired "
                 "FROM custom_field f JOIN up ON up.id=f.organisation_id JOIN nearest n ON n.register=f.register AND n.code=f.code AND n.depth=up.depth ORDER BY f.register, f.code"},
         SqlText{"INSERT INTO custom_field(organisation_id, register, code, kind, label_fr, label_en, help_fr, help_en, section, target, required, in_list, searchable, position, retired) "
                 "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"},
         {{"register"}, {"code"}, {"kind"}, {"label_fr"}, {"label_en"}, {"help_fr"}, {"help_en"}, {"section"}, {"target"},
          {"required", Number}, {"in_list", Number}, {"searchable", Number}, {"position", Number}, {"retired", Number}}, 2},
        {"custom_option", part::settings,
         SqlText{GREFFIER_FIELDS "SELECT c.register, c.field, c.code, c.label_fr, c.label_en, c.position, c.retired FROM custom_option c JOIN up ON up.id=c.organisation_id "
                 "JOIN nearest n ON n.register=c.register AND n.code=c.field AND n.depth=up.depth ORDER BY c.register, c.field, c.code"},
         SqlText{"INSERT INTO custom_option(organisation_id, register, field, code, label_fr, label_en, position, retired) VALUES(?,?,?,?,?,?,?,?)"},
         {{"register"}, {"field"}, {"code"}, {"label_fr"}, {"label_en"}, {"position", Number}, {"retired", Number}}, 3, "custom_field", 2},
        {"saved_view", part::settings,
         SqlText{"SELECT id, register, owner_id, name, state, shared, version, created_at, updated_at FROM saved_view WHERE organisation_id=? ORDER BY id"},
         SqlText{"INSERT INTO saved_view(organisation_id, id, register, owner_id, name, state, shared, version, created_at, updated_at) VALUES(?,?,?,?,?,?,?,?,?,?)"},
         {{"id", Id}, {"register"}, {"owner_id", Actor}, {"name"}, {"state"}, {"shared", Number}, {"version", Number}, {"created_at", Instant}, {"updated_at", Instant}}},
        {"list_choice", part::settings,
         SqlText{"SELECT register, owner_id, columns, default_view FROM list_choice WHERE organisation_id=? ORDER BY register, owner_id"},
         SqlText{"INSERT INTO list_choice(organisation_id, register, owner_id, columns, default_view) VALUES(?,?,?,?,?)"},
         {{"register"}, {"owner_id", Actor}, {"columns"}, {"default_view", Id}}, 2},
        {"import_mapping", part::settings,
         SqlText{"SELECT register, folded_name, id, name, headings, body, created_at, updated_at, updated_by FROM import_mapping WHERE organisation_id=? ORDER BY register, folded_name"},
         SqlText{"INSERT INTO import_mapping(organisation_id, register, folded_name, id, name, headings, body, created_at, updated_at, updated_by) VALUES(?,?,?,?,?,?,?,?,?,?)"},
         {{"register"}, {"folded_name"}, {"id", Id}, {"name"}, {"headings"}, {"body"}, {"created_at", Instant}, {"updated_at", Instant}, {"updated_by", Actor}}, 2},
        {"record_comment", part::discussion,
         SqlText{"SELECT id, record_id, thread_id, author_id, body, created_at, edited_at, deleted_at, resolved_at, resolved_by FROM record_comment WHERE organisation_id=? ORDER BY id"},
         SqlText{"INSERT INTO record_comment(organisation_id, id, record_id, thread_id, author_id, body, created_at, edited_at, deleted_at, resolved_at, resolved_by) VALUES(?,?,?,?,?,?,?,?,?,?,?)"},
         {{"id", Id}, {"record_id", Record}, {"thread_id", Id}, {"author_id", Actor}, {"body"}, {"created_at", Instant}, {"edited_at", Instant}, {"deleted_at", Instant},
          {"resolved_at", Instant}, {"resolved_by", Actor}}},
        {"record_mention", part::discussion,
         SqlText{"SELECT comment_id, person_id, called FROM record_mention WHERE organisation_id=? ORDER BY comment_id, person_id"},
         SqlText{"INSERT INTO record_mention(organisation_id, comment_id, person_id, called) VALUES(?,?,?,?)"},
         {{"comment_id", Id}, {"person_id", Person}, {"called"}}, 2, "record_comment", 1},
        {"record_reader", part::discussion,
         SqlText{"SELECT record_id, person_id, named_at, named_by FROM record_reader WHERE organisation_id=? ORDER BY record_id, person_id"},
         SqlText{"INSERT INTO record_reader(organisation_id, record_id, person_id, named_at, named_by) VALUES(?,?,?,?,?)"},
         {{"record_id", Record}, {"person_id", Person}, {"named_at", Instant}, {"named_by", Actor}}, 2},
        {"membership_service", part::settings,
         SqlText{"SELECT membership_id, service, name FROM membership_service WHERE organisation_id=? ORDER BY membership_id, service"},
         SqlText{"INSERT INTO membership_service(organisation_id, membership_id, service, name) VALUES(?,?,?,?)"},
         {{"membership_id", Actor}, {"service"}, {"name"}}, 2},
        {"access_review", part::settings,
         SqlText{"SELECT id, started_at, started_by, finished_at, finished_by FROM access_review WHERE organisation_id=? ORDER BY id"},
         SqlText{"INSERT INTO access_review(organisation_id, id, started_at, started_by, finished_at, finished_by) VALUES(?,?,?,?,?,?)"},
         {{"id", Id}, {"started_at", Instant}, {"started_by", Actor}, {"finished_at", Instant}, {"finished_by", Actor}}},
        {"access_review_line", part::settings,
         SqlText{"SELECT review_id, subject, kind, name, email, role, from_above, since, last_seen, decision, decided_at, decided_by FROM access_review_line WHERE organisation_id=? "
                 "ORDER BY review_id, subject"},
         SqlText{"INSERT INTO access_review_line(organisation_id, review_id, subject, kind, name, email, role, from_above, since, last_seen, decision, decided_at, decided_by) "
                 "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)"},
         {{"review_id", Id}, {"subject", Id}, {"kind"}, {"name"}, {"email"}, {"role"}, {"from_above"}, {"since", Instant}, {"last_seen", Instant}, {"decision"}, {"decided_at", Instant},
          {"decided_by", Actor}}, 2, "access_review", 1},
        {"movement_item", part::settings,
         SqlText{"SELECT id, kind, position, words, who, days FROM movement_item WHERE organisation_id=? ORDER BY id"},
         SqlText{"INSERT INTO movement_item(organisation_id, id, kind, position, words, who, days) VALUES(?,?,?,?,?,?,?)"},
         {{"id", Id}, {"kind"}, {"position", Number}, {"words"}, {"who"}, {"days", Number}}},
        {"movement", part::settings,
         SqlText{"SELECT id, kind, person_id, name, email, note, day, opened_at, opened_by, closed_at, closed_by, left_at, left_by, successor, rights FROM movement WHERE organisation_id=? ORDER BY id"},
         SqlText{"INSERT INTO movement(organisation_id, id, kind, person_id, name, email, note, day, opened_at, opened_by, closed_at, closed_by, left_at, left_by, successor, rights) "
                 "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"},
         {{"id", Id}, {"kind"}, {"person_id", Person}, {"name"}, {"email"}, {"note"}, {"day"}, {"opened_at", Instant}, {"opened_by", Actor}, {"closed_at", Instant}, {"closed_by", Actor},
          {"left_at", Instant}, {"left_by", Actor}, {"successor"}, {"rights"}}},
        {"public_words", part::settings,
         SqlText{"SELECT page, words_fr, words_en, shown FROM public_words WHERE organisation_id=? ORDER BY page"},
         SqlText{"INSERT INTO public_words(organisation_id, page, words_fr, words_en, shown) VALUES(?,?,?,?,?)"},
         {{"page"}, {"words_fr"}, {"words_en"}, {"shown"}}},
        {"reminder_rung", part::settings,
         SqlText{"SELECT kind, rung, told FROM reminder_rung WHERE organisation_id=? ORDER BY kind, rung"},
         SqlText{"INSERT INTO reminder_rung(organisation_id, kind, rung, told) VALUES(?,?,?,?)"},
         {{"kind"}, {"rung"}, {"told"}}, 2},
        {"follow_up", part::settings,
         SqlText{"SELECT token_hash, record_id, created_at, expires_at, revoked_at FROM follow_up WHERE organisation_id=? ORDER BY token_hash"},
         SqlText{"INSERT INTO follow_up(organisation_id, token_hash, record_id, created_at, expires_at, revoked_at) VALUES(?,?,?,?,?,?)"},
         {{"token_hash"}, {"record_id", Record}, {"created_at", Instant}, {"expires_at", Instant}, {"revoked_at", Instant}}},
        {"delivery", part::settings,
         SqlText{"SELECT id, record_id, made_at, made_by, code_way, code_hash, expires_at, most_downloads, wrong_codes, try_again_at, locked_at, withdrawn_at, withdrawn_by FROM delivery "
                 "WHERE organisation_id=? ORDER BY id"},
         SqlText{"INSERT INTO delivery(organisation_id, id, record_id, made_at, made_by, code_way, code_hash, expires_at, most_downloads, wrong_codes, try_again_at, locked_at, withdrawn_at, withdrawn_by) "
                 "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)"},
         {{"id", Id}, {"record_id", Record}, {"made_at", Instant}, {"made_by", Actor}, {"code_way"}, {"code_hash"}, {"expires_at", Instant}, {"most_downloads", Number}, {"wrong_codes", Number},
          {"try_again_at", Instant}, {"locked_at", Instant}, {"withdrawn_at", Instant}, {"withdrawn_by", Actor}}},
        {"delivery_file", part::settings,
         SqlText{"SELECT delivery_id, attachment_id, sha256, size, downloads FROM delivery_file WHERE organisation_id=? ORDER BY delivery_id, attachment_id"},
         SqlText{"INSERT INTO delivery_file(organisation_id, delivery_id, attachment_id, sha256, size, downloads) VALUES(?,?,?,?,?,?)"},
         {{"delivery_id", Id}, {"attachment_id"}, {"sha256"}, {"size", Number}, {"downloads", Number}}, 2, "delivery", 1},
        {"delivery_trace", part::settings,
         SqlText{"SELECT delivery_id, position, at, what, network, sha256 FROM delivery_trace WHERE organisation_id=? ORDER BY delivery_id, position"},
         SqlText{"INSERT INTO delivery_trace(organisation_id, delivery_id, position, at, what, network, sha256) VALUES(?,?,?,?,?,?,?)"},
         {{"delivery_id", Id}, {"position", Number}, {"at", Instant}, {"what"}, {"network"}, {"sha256"}}, 2, "delivery", 1},
        {"intake_message", part::settings,
         SqlText{"SELECT register, message_hash, record_id, taken_at FROM intake_message WHERE organisation_id=? ORDER BY register, message_hash"},
         SqlText{"INSERT INTO intake_message(organisation_id, register, message_hash, record_id, taken_at) VALUES(?,?,?,?,?)"},
         {{"register"}, {"message_hash"}, {"record_id", Record}, {"taken_at", Instant}}, 2},
        {"purge_hold", part::settings,
         SqlText{"SELECT record_id, placed_at, placed_by, reason, lifted_at, lifted_by FROM purge_hold WHERE organisation_id=? ORDER BY record_id, placed_at"},
         SqlText{"INSERT INTO purge_hold(organisation_id, record_id, placed_at, placed_by, reason, lifted_at, lifted_by) VALUES(?,?,?,?,?,?,?)"},
         {{"record_id", Record}, {"placed_at", Instant}, {"placed_by", Actor}, {"reason"}, {"lifted_at", Instant}, {"lifted_by", Actor}}, 2},
        {"training_invitation", part::settings,
         SqlText{"SELECT record_id, address, version, method, name, organiser, told, starts_at, sent_at, sent_by, checked FROM training_invitation WHERE organisation_id=? ORDER BY record_id, address, version"},
         SqlText{"INSERT INTO training_invitation(organisation_id, record_id, address, version, method, name, organiser, told, starts_at, sent_at, sent_by, checked) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)"},
         {{"record_id", Record}, {"address"}, {"version", Number}, {"method"}, {"name"}, {"organiser"}, {"told"}, {"starts_at", Instant}, {"sent_at", Instant}, {"sent_by", Actor}, {"checked", Number}}, 3},
        {"movement_step", part::settings,
         SqlText{"SELECT movement_id, position, words, who, due, done_at, done_by FROM movement_step WHERE organisation_id=? ORDER BY movement_id, position"},
         SqlText{"INSERT INTO movement_step(organisation_id, movement_id, position, words, who, due, done_at, done_by) VALUES(?,?,?,?,?,?,?,?)"},
         {{"movement_id", Id}, {"position", Number}, {"words"}, {"who"}, {"due"}, {"done_at", Instant}, {"done_by", Actor}}, 2, "movement", 1},
    });
    return all;
}

SideTable const* side_table(std::string_view name)
{
    auto const all = side_tables();
    auto const found = std::ranges::find(all, name, &SideTable::name);
    return found == all.end() ? nullptr : &*found;
}

namespace {

bool is_id(Means means) { return means == Means::Id || means == Means::Record || means == Means::Actor || means == Means::Person; }

SideValue read_value(JsonObject& object, SideColumn const& column)
{
    if (object.is_null(column.name)) return std::nullopt;
    switch (column.means) {
    case Means::Text: return object.text(column.name, 4U << 20);
    case Means::Number: return object.number(column.name);
    case Means::Instant: return to_millis(object.instant(column.name));
    default: break;
    }
    auto const id = object.id(column.name);
    return std::string{as_text(id.bytes)};
}

Uuid id_of(std::string const& bytes)
{
    Uuid id;
    std::ranges::copy_n(as_bytes(bytes).begin(), static_cast<std::ptrdiff_t>(id.bytes.size()), id.bytes.begin());
    return id;
}

}  // namespace

std::string to_line(SideTable const& table, storage::Cursor const& row)
{
    std::vector<std::size_t> sorted(table.columns.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) sorted[i] = i;
    std::ranges::sort(sorted, {}, [&](std::size_t i) { return table.columns[i].name; });
    JsonWriter out;
    out.begin_object().key(table.name).begin_object();
    for (auto const i : sorted) {
        auto const& column = table.columns[i];
        auto const at = static_cast<int>(i);
        if (row.is_null(at)) out.null_member(column.name);
        else if (column.means == Means::Text) out.member(column.name, row.view(at));
        else if (column.means == Means::Number) out.member(column.name, row.integer(at));
        else if (column.means == Means::Instant) out.member(column.name, std::string_view{greffier::to_text(row.timestamp(at))});
        else out.member(column.name, std::string_view{row.uuid(at).text()});
    }
    out.end_object().end_object();
    return std::move(out).take();
}

Result<SideLine> parse_side_line(std::string_view line, Place const& place)
{
    auto object = TRY(JsonObject::parse(line, place));
    SideLine found{side_table(object.only_member()), {}};
    if (!found.table || found.table->part != place.part) return damaged(place);
    auto inner = object.object(found.table->name);
    for (auto const& column : found.table->columns) found.row.push_back(read_value(inner, column));
    // What tells rows apart is always there.
    for (std::size_t i = 0; i < found.table->key; ++i)
        if (!found.row[i]) inner.refuse();
    TRY(object.sound());
    return found;
}

std::string key_of(SideRow const& row, std::size_t count)
{
    std::string key;
    for (std::size_t i = 0; i < count; ++i) {
        auto const text = !row[i] ? std::string{} : row[i]->index() == 0 ? std::to_string(std::get<0>(*row[i])) : std::get<1>(*row[i]);
        key += std::to_string(text.size()) + ":" + text;
    }
    return key;
}

void write_row(Session& session, SideTable const& table, SideRow const& row, Renumber const& renumber)
{
    SideRow held = row;
    for (std::size_t i = 0; i < held.size(); ++i) {
        auto* const text = held[i] ? std::get_if<std::string>(&*held[i]) : nullptr;
        if (!text) continue;
        auto const means = table.columns[i].means;
        if (means == Means::Text) *text = renumber(std::string_view{*text});
        else if (means == Means::Person) *text = std::string{as_text(renumber.person(id_of(*text)).value().uuid.bytes)};
        else *text = std::string{as_text(renumber(id_of(*text)).bytes)};
    }
    auto const organisation = renumber.organisation();
    std::vector<storage::Param> params{storage::to_param(organisation)};
    for (std::size_t i = 0; i < held.size(); ++i) {
        if (!held[i]) params.emplace_back(nullptr);
        else if (auto const* number = std::get_if<std::int64_t>(&*held[i])) params.emplace_back(*number);
        else if (auto const& text = std::get<std::string>(*held[i]); is_id(table.columns[i].means)) params.emplace_back(as_bytes(text));
        else params.emplace_back(std::string_view{text});
    }
    auto done = session.query_with(table.insert, std::move(params));
    while (done.next()) {}
}

std::span<TableFate const> table_fates()
{
    using enum Fate;
    static std::vector<TableFate> const all = [] {
        std::vector<TableFate> fates = {
            {"organisation", Carried, {"id", "slug", "name", "kind", "parent_id", "language", "zone", "colour", "created_at", "archived_at", "ledger_origin", "is_demo", "modules_off", "logo", "accent"}},
            {"organisation_slug", Carried, {"slug", "organisation_id"}},
            // Organisations get keys of their own where they arrive; those of records come along, and are wrapped by them.
            {"organisation_key", Derived}, {"sealed_lookup", Derived},
            {"record_key", Carried, {"organisation_id", "record_id", "register", "generation", "wrapped", "destroyed_at"}},
            {"membership", Carried, {"id", "person_id", "organisation_id", "role", "created_at", "revoked_at", "branch", "via", "ends_at", "limited"}},
            {"api_token", Carried, {"id", "token_hash", "organisation_id", "person_id", "membership_id", "role", "name", "created_at", "expires_at", "revoked_at", "last_used_at"}},
            {"record", Carried, {"rid", "organisation_id", "id", "register", "version", "reference", "title", "title_key", "status", "owner_id", "due_at", "review_at", "created_at", "created_by",
                                 "updated_at", "updated_by", "deleted_at", "completeness", "worst_finding", "import_key", "service", "restricted"}},
            {"record_body", Carried, {"rid", "schema_version", "body"}},
            {"record_version", Carried, {"vid", "rid", "version", "schema_version", "recorded_at", "actor_id", "action", "reference", "title", "status", "reason", "ledger_sequence", "salt", "codec", "body"}},
            {"record_link", Carried, {"rid", "field", "position", "target", "from_version", "to_version"}},
            {"import_base", Carried, {"rid", "source", "body"}},
            {"attachment_blob", Carried, {"organisation_id", "storage_name", "sha256", "size", "count", "record_id"}},
            {"ledger_entry", Carried, {"organisation_id", "sequence", "recorded_at", "entry", "leaf", "frontier"}},
            {"ledger_checkpoint", Carried, {"organisation_id", "size", "note", "created_at"}},
            {"ledger_node", Derived}, {"record_text", Derived}, {"finding", Derived}, {"due", Derived},
            // What one person had at hand, what was under way, and how to undo bulk acts: not the organisation's file.
            {"draft", LeftOut}, {"notification", LeftOut}, {"record_opened", LeftOut}, {"record_favourite", LeftOut}, {"job", LeftOut}, {"idempotency", LeftOut}, {"mail_outbox", LeftOut}, {"journal_entry", LeftOut},
            // The other installation has other providers: what their groups gave is there a role like another.
            {"membership_source", LeftOut},
            // Consent is given to people of this installation, for days: it does not travel. What was done is told in the journal.
            {"see_as_consent", LeftOut}, {"see_as_visit", LeftOut},
            // What is open to the public is opened where it stands, at its new address; a form under way is this installation's.
            // What was told was told to people of this installation, who saw to it here.
            {"reminder_sent", LeftOut}, {"reminder_waiting", LeftOut}, {"due_taken", LeftOut},
            {"public_page", LeftOut}, {"public_form", LeftOut},
            {"public_page", LeftOut}, {"public_form", LeftOut}, {"delivery_defaults", LeftOut}, {"purge_notice", LeftOut},
            {"act", LeftOut}, {"act_step", LeftOut}, {"import_run", LeftOut}, {"import_part", LeftOut}, {"import_before", LeftOut},
            {"founding", LeftOut}, {"founding_line", LeftOut},
        };
        for (auto const& table : side_tables()) {
            std::vector<std::string_view> columns{"organisation_id"};
            for (auto const& column : table.columns) columns.push_back(column.name);
            fates.push_back({table.name, Carried, std::move(columns)});
        }
        return fates;
    }();
    return all;
}

}  // namespace greffier::archive
