// A POST and its Idempotency-Key: the answer is stored by the transaction that made it, so that it exists exactly
// when the act does, and a repeated request that arrives at the same time waits for it.
#include <fstream>

#include "core/text.hpp"
#include "records/api_parts.hpp"

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

std::optional<Answer> answered_before(Session& session, OrganisationId organisation, Uuid actor, Once const& once)
{
    auto row = session.query(SqlText{"SELECT request_hash, status, location, etag, body FROM idempotency WHERE organisation_id=? AND key=? AND actor_id=?"}, organisation, once.key, actor);
    if (!row.next()) return std::nullopt;
    if (!equal_constant_time(row.bytes(0), once.request)) return Error::invalid("key_reused");
    auto answer = Response::json(row.text(4), static_cast<int>(row.integer(1)));
    if (!row.view(2).empty()) answer.header("Location", row.text(2));
    if (!row.view(3).empty()) answer.header("ETag", row.text(3));
    answer.header("Idempotent-Replayed", "true");
    return answer;
}

void keep_answer(Session& session, OrganisationId organisation, Uuid actor, Once const& once, Response const& answer, Timestamp now)
{
    session.execute(SqlText{"INSERT INTO idempotency(organisation_id, key, actor_id, request_hash, status, location, etag, body, created_at) VALUES(?,?,?,?,?,?,?,?,?)"},
                    organisation, once.key, actor, once.request, answer.status, answer.find_header("Location"), answer.find_header("ETag"), answer.body, now);
}

}  // namespace

Answer write_once(ApiServices const& services, Context const& context, Request const& request,
                  std::function<Result<Stored>(Batch&)> const& act, std::function<Response(Stored const&)> const& answer)
{
    auto const once = TRY(once_of(request));
    auto const organisation = context.where().id;
    auto const actor = context.who().id;
    std::function<void()> once_committed;
    auto given = services.machinery.database.write_result<Response>([&](Session& session) -> Answer {
        session.lock(organisation);
        if (once) {
            session.execute(SqlText{"DELETE FROM idempotency WHERE created_at<?"}, context.now - kept_for);
            if (auto before = answered_before(session, organisation, actor, *once)) return std::move(*before);
        }
        Batch batch(services.machinery, organisation, session, by_of(context), context.who().sight);
        auto const stored = TRY(act(batch));
        batch.finish();
        once_committed = batch.once_committed();
        auto made = answer(stored);
        if (once) keep_answer(session, organisation, actor, *once, made, context.now);
        return made;
    });
    if (given.ok() && once_committed) once_committed();   // an answer given before makes nothing
    return given;
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
