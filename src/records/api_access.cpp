// The API on reviews of access and on the journal.
#include <algorithm>
#include <map>

#include "accounts/access_reviews.hpp"
#include "accounts/journal.hpp"
#include "core/text.hpp"
#include "records/api_house.hpp"
#include "records/api_json.hpp"

namespace greffier::records::api {

using accounts::AccessReview;
using accounts::AccessReviewId;
using accounts::AccessReviews;
using accounts::Verdict;

namespace {

AccessReviews reviews_of(ApiServices const& services, Context const& context) { return {services.machinery.database, context.where().id}; }

void write_review(JsonWriter& out, AccessReview const& review)
{
    out.member("id", review.id.text()).member("started_at", to_text(review.started_at)).member("started_by", review.started_by.text()).key("finished_at");
    if (review.finished_at) out.value(to_text(*review.finished_at));
    else out.null();
    out.member("lines", review.lines).member("undecided", review.undecided).member("removed", review.removed);
}

Result<AccessReview> review_of(ApiServices const& services, Context const& context, Request const& request)
{
    auto const id = AccessReviewId::parse(request.param("review"));
    auto found = id ? reviews_of(services, context).find(*id) : std::nullopt;
    if (!found) return Error::not_found();
    return std::move(*found);
}

Answer review_answer(ApiServices const& services, Context const& context, AccessReviewId id, int status = 200)
{
    auto const review = reviews_of(services, context).find(id);
    if (!review) return Error::not_found();
    JsonWriter out;
    out.begin_object();
    write_review(out, *review);
    out.end_object();
    auto answer = Response::json(std::move(out).take(), status);
    if (status == 201) answer.header("Location", "/api/v1/organisations/" + context.where().slug + "/access-reviews/" + id.text());
    return answer;
}

void text_or_null(JsonWriter& out, std::string_view name, std::string_view text)
{
    out.key(name);
    if (text.empty()) out.null();
    else out.value(text);
}

}  // namespace

Answer list_reviews(ApiServices const& services, Context& context, Request const& request)
{
    auto const all = reviews_of(services, context).all();
    return listed(request, all.size(), [&](std::size_t i) { return all[i].id.text(); }, [&](JsonWriter& out, std::size_t i) { write_review(out, all[i]); });
}

Answer start_review(ApiServices const& services, Context& context, Request const& request)
{
    TRY(read_texts(request, {}));
    return answer_once(services, context, request, [&]() -> Answer {
        auto const id = TRY(reviews_of(services, context).start(context.who().id, context.now));
        return review_answer(services, context, id, 201);
    });
}

Answer show_review(ApiServices const& services, Context& context, Request const& request)
{
    auto const review = TRY(review_of(services, context, request));
    return review_answer(services, context, review.id);
}

Answer list_reviewed(ApiServices const& services, Context& context, Request const& request)
{
    auto const review = TRY(review_of(services, context, request));
    auto const lines = reviews_of(services, context).lines(review.id);
    return listed(request, lines.size(), [&](std::size_t i) { return lines[i].subject.text(); }, [&](JsonWriter& out, std::size_t i) {
        auto const& line = lines[i];
        out.member("id", line.subject.text()).member("kind", line.token ? "token" : "role").member("name", line.name);
        text_or_null(out, "email", line.token ? std::string{} : line.email);
        out.member("role", accounts::code_of(line.role)).member("since", to_text(line.since));
        text_or_null(out, "from", line.from_above);
        text_or_null(out, "last_seen", line.last_seen ? to_text(*line.last_seen) : std::string{});
        text_or_null(out, "verdict", accounts::code_of(line.verdict));
    });
}

Answer decide_review(ApiServices const& services, Context& context, Request const& request)
{
    auto const review = TRY(review_of(services, context, request));
    auto const sent = TRY(SentObject::read(request, {"kept", "removed"}));
    constexpr std::size_t most = 5'000;
    std::map<Uuid, Verdict> verdicts;
    for (auto const& [member, verdict] : {std::pair{std::string{"kept"}, Verdict::Kept}, {std::string{"removed"}, Verdict::Removed}})
        for (auto const& text : TRY(sent.texts(member, most))) {
            auto const id = Uuid::parse(text);
            if (!id) return field_error(member, "unknown_choice", {{"value", shorten(text, 60)}});
            verdicts[*id] = verdict;
        }
    TRY(reviews_of(services, context).decide(review.id, verdicts, context.who().id, context.now));
    return review_answer(services, context, review.id);
}

Answer finish_review(ApiServices const& services, Context& context, Request const& request)
{
    auto const review = TRY(review_of(services, context, request));
    TRY(read_texts(request, {}));
    TRY(reviews_of(services, context).finish(review.id, context.who().id, context.now));
    return review_answer(services, context, review.id);
}

Answer abandon_review(ApiServices const& services, Context& context, Request const& request)
{
    auto const review = TRY(review_of(services, context, request));
    TRY(reviews_of(services, context).abandon(review.id));
    return Response::no_content();
}

Answer list_journal(ApiServices const& services, Context& context, Request const& request)
{
    accounts::JournalWish wish;
    wish.organisation = context.where().id;
    wish.per_page = TRY(number_of(request, "per_page", 50, 200));
    wish.event = request.query.get("event");
    auto const events = accounts::journal_events();
    if (!wish.event.empty() && std::ranges::find(events, std::string_view{wish.event}) == events.end()) return field_error("event", "unknown_choice", {{"value", shorten(wish.event, 60)}});
    for (auto const& [name, member] : {std::pair{std::string{"from"}, &accounts::JournalWish::from}, {std::string{"before"}, &accounts::JournalWish::before}})
        if (auto const text = request.query.get(name); !text.empty()) {
            auto const instant = parse_timestamp(text);
            if (!instant) return field_error(name, "not_a_date", {{"value", shorten(text, 40)}});
            wish.*member = *instant;
        }
    if (auto const after = request.query.get("after"); !after.empty()) {
        wish.after = Uuid::parse(after);
        if (!wish.after) return field_error("after", "bad_cursor");
    }
    auto const page = accounts::Journal(services.machinery.database).list(wish);
    JsonWriter out;
    out.begin_object().key("items").begin_array();
    for (auto const& entry : page.items) {
        out.begin_object().member("id", entry.id.text()).member("at", to_text(entry.at)).member("event", entry.note.event);
        text_or_null(out, "person", entry.note.person ? entry.note.person->text() : std::string{});
        text_or_null(out, "actor", entry.note.actor ? entry.note.actor->text() : std::string{});
        text_or_null(out, "subject", entry.note.subject);
        text_or_null(out, "address", entry.note.address);
        out.key("details").begin_object();
        for (auto const& [name, value] : entry.note.details) out.member(name, value);
        out.end_object().end_object();
    }
    out.end_array().member("total", page.total).member("total_capped", page.total_capped);
    text_or_null(out, "next", static_cast<int>(page.items.size()) == wish.per_page ? page.items.back().id.text() : std::string{});
    out.end_object();
    return Response::json(std::move(out).take());
}

}  // namespace greffier::records::api
