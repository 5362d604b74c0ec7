// A POST and its Idempotency-Key: the answer is stored by the transaction that made it, so that it exists exactly
// when the act does, and a repeated request that arrives at the same time waits for it.
#include <fstream>

#include "core/key_wrap.hpp"
#include "core/text.hpp"
#include "records/api_house.hpp"
#include "records/api_parts.hpp"
#include "records/sealing.hpp"

namespace greffier::records::api {

using storage::Session;
using storage::SqlText;

namespace {

constexpr auto kept_for = std::chrono::hours(24);

struct Once {
    std::string key;
    Hash request{};
};

std::string digest_of(std::filesystem::path const& path)
{
    Sha256 hash;
    std::ifstream stream(path, std::ios::binary);
    std::string buffer(65536, '\0');
    while (stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), stream.gcount() > 0)
        hash.update(as_bytes({buffer.data(), static_cast<std::size_t>(stream.gcount())}));
    return to_hex(hash.finish());
}

/// What makes two requests the same: method, address, fields, body.
Hash hash_of(Request const& request)
{
    Sha256 hash;
    auto add = [&](std::string_view part) {
        hash.update(as_bytes(std::to_string(part.size()) + ":"));
        hash.update(as_bytes(part));
    };
    add(web::name_of(request.method));
    add(request.path);
    for (auto const* pairs : {&request.query, &request.form})
        for (auto const& [name, value] : *pairs) {
            add(name);
            add(value);
        }
    add(request.body);
    for (auto const& file : request.files) {
        add(file.name);
        add(digest_of(file.path));
    }
    return hash.finish();
}

Result<std::optional<Once>> once_of(Request const& request)
{
    auto const key = trim(request.header("idempotency-key"));
    if (key.empty()) return std::optional<Once>{};
    if (key.size() > 200 || !is_utf8(key)) return field_error("Idempotency-Key", "too_long", {{"max", "200"}});
    return std::optional{Once{std::string{key}, hash_of(request)}};
}

/// An answer about a record of a sealed register holds what is sealed: it is kept sealed too, by the organisation's key.
struct Keeping {
    Sealing const& sealing;
    Session& session;
    OrganisationId organisation;

    static constexpr std::string_view mark = "sealed:";
    [[nodiscard]] Bytes place(Once const& once) const { return bound_to({as_bytes("greffier answer"), ByteView{organisation.uuid.bytes}, ByteView{once.request}}); }
    [[nodiscard]] std::string sealed(Once const& once, std::string_view body) const
    {
        auto const generation = sealing.newest_generation(session, organisation);
        return std::string{mark} + std::to_string(generation) + ":" + to_base64(seal_bound(sealing.key_of(session, organisation, generation), as_bytes(body), place(once)));
    }
    [[nodiscard]] std::string opened(Once const& once, std::string_view kept) const
    {
        auto const colon = kept.find(':', mark.size());
        auto const bytes = from_base64(kept.substr(colon + 1));
        auto const generation = std::stoi(std::string{kept.substr(mark.size(), colon - mark.size())});
        auto const plain = bytes ? open_bound(sealing.key_of(session, organisation, generation), *bytes, place(once)) : std::nullopt;
        if (!plain) throw std::runtime_error("a sealed answer does not open: it was changed or moved");
        return std::string{as_text(plain->reveal())};
    }
};

std::optional<Answer> answered_before(Session& session, Sealing const* sealing, OrganisationId organisation, Uuid actor, Once const& once)
{
    auto row = session.query(SqlText{"SELECT request_hash, status, location, etag, body FROM idempotency WHERE organisation_id=? AND key=? AND actor_id=?"}, organisation, once.key, actor);
    if (!row.next()) return std::nullopt;
    if (!equal_constant_time(row.bytes(0), once.request)) return Error::invalid("key_reused");
    auto const kept = row.text(4);
    auto answer = Response::json(kept.starts_with(Keeping::mark) && sealing ? Keeping{*sealing, session, organisation}.opened(once, kept) : kept, static_cast<int>(row.integer(1)));
    if (!row.view(2).empty()) answer.header("Location", row.text(2));
    if (!row.view(3).empty()) answer.header("ETag", row.text(3));
    answer.header("Idempotent-Replayed", "true");
    return answer;
}

void keep_answer(Session& session, Sealing const* sealing, OrganisationId organisation, Uuid actor, Once const& once, Response const& answer, Timestamp now)
{
    session.execute(SqlText{"INSERT INTO idempotency(organisation_id, key, actor_id, request_hash, status, location, etag, body, created_at) VALUES(?,?,?,?,?,?,?,?,?)"},
                    organisation, once.key, actor, once.request, answer.status, answer.find_header("Location"), answer.find_header("ETag"), sealing ? Keeping{*sealing, session, organisation}.sealed(once, answer.body) : answer.body, now);
}

}  // namespace

Answer write_once(ApiServices const& services, Context const& context, Request const& request,
                  std::function<Result<Stored>(Batch&)> const& act, std::function<Response(Stored const&)> const& answer)
{
    auto const once = TRY(once_of(request));
    auto const organisation = context.where().id;
    auto const actor = context.who().id;
    auto const* kind = once ? services.machinery.registers.find(request.param("register")) : nullptr;
    bool const sealed = kind && kind->sealed;
    std::function<void()> once_committed;
    auto given = services.machinery.database.write_result<Response>([&](Session& session) -> Answer {
        session.lock(organisation);
        if (once) {
            session.execute(SqlText{"DELETE FROM idempotency WHERE created_at<?"}, context.now - kept_for);
            if (auto before = answered_before(session, services.machinery.sealing, organisation, actor, *once)) return std::move(*before);
        }
        Batch batch(services.machinery, organisation, session, by_of(context), context.who().sight);
        auto const stored = TRY(act(batch));
        batch.finish();
        once_committed = batch.once_committed();
        auto made = answer(stored);
        if (once) keep_answer(session, sealed ? services.machinery.sealing : nullptr, organisation, actor, *once, made, context.now);
        return made;
    });
    if (given.ok() && once_committed) once_committed();   // an answer given before makes nothing
    return given;
}

Answer answer_once(ApiServices const& services, Context const& context, Request const& request, std::function<Answer()> const& act)
{
    auto const once = TRY(once_of(request));
    if (!once) return act();
    auto const organisation = context.where().id;
    auto const actor = context.who().id;
    auto& database = services.machinery.database;
    auto const* sealing = services.machinery.sealing;   // such answers name people, and may hold a link that opens an account
    {
        auto session = database.read();
        if (auto before = answered_before(*session, sealing, organisation, actor, *once)) return std::move(*before);
    }
    auto made = TRY(act());
    // Two that came at once: the second finds the first one's answer and keeps it.
    return database.write_result<Response>([&](Session& session) -> Answer {
        session.lock(organisation);
        session.execute(SqlText{"DELETE FROM idempotency WHERE created_at<?"}, context.now - kept_for);
        if (auto before = answered_before(session, sealing, organisation, actor, *once)) return std::move(*before);
        keep_answer(session, sealing, organisation, actor, *once, made, context.now);
        return made;
    });
}

Answer listed(Request const& request, std::size_t total, std::function<std::string(std::size_t)> const& id, std::function<void(JsonWriter&, std::size_t)> const& write)
{
    auto const per_page = static_cast<std::size_t>(TRY(number_of(request, "per_page", 50, 200)));
    std::size_t from = 0;
    if (auto const after = request.query.get("after"); !after.empty()) {
        while (from < total && id(from) != after) ++from;
        if (from++ == total) return field_error("after", "bad_cursor");
    }
    auto const end = std::min(total, from + per_page);
    JsonWriter out;
    out.begin_object().key("items").begin_array();
    for (auto i = from; i < end; ++i) {
        out.begin_object();
        write(out, i);
        out.end_object();
    }
    out.end_array().member("total", total).key("next");
    if (end < total) out.value(id(end - 1));
    else out.null();
    out.end_object();
    return Response::json(std::move(out).take());
}

}  // namespace greffier::records::api

namespace greffier::records {

void forget_repeated_requests(storage::Database& database, Timestamp now)
{
    auto const done = database.write([now](storage::Session& session) -> Status {
        session.lock_nothing();
        session.execute(storage::SqlText{"DELETE FROM idempotency WHERE created_at<?"}, now - api::kept_for);
        return Nothing{};
    });
    if (!done.ok()) throw std::logic_error("forgetting repeated requests was refused");
}

}  // namespace greffier::records
