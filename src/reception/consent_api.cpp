// Inside: the receipt of one consent; and what a program that collects consents asks for: to withdraw a person's, and the
// address of their preferences. Neither call shows a record.
#include <algorithm>

#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "reception/consent_receipt.hpp"
#include "reception/follow_ups.hpp"
#include "reception/page_handlers.hpp"
#include "reception/preferences.hpp"
#include "records/api_parts.hpp"
#include "records/vocabulary.hpp"

namespace greffier::reception {

namespace {

namespace api = records::api;

Result<Preferences> preferences_of(ReceptionServices& services, Context& context)
{
    auto const& kinds = records::known_registers(services.machinery, context);
    auto const* consents = kinds.find("consents");
    auto const* points = kinds.find("consent-points");
    if (!consents || !points) return Error::not_found();
    return Preferences{services.machinery, *consents, *points, context.where().id, context.who().sight};
}

Result<std::string> identifier_of(std::map<std::string, std::string> const& texts)
{
    constexpr std::size_t longest = 200;
    auto const found = texts.find("identifier");
    if (found == texts.end() || is_blank(found->second)) return api::field_error("identifier", "required");
    if (length_utf8(found->second) > longest) return api::field_error("identifier", "too_long", {{"max", std::to_string(longest)}});
    return found->second;
}

}  // namespace

Answer show_receipt(ReceptionServices& services, Context& context, Request const& request)
{
    auto const id = RecordId::parse(request.param("id"));
    if (!id) return Error::not_found();
    auto const preferences = TRY(preferences_of(services, context));
    auto const held = TRY(preferences.one(*id));
    auto const visit = visit_of(services, context, request, Page::Preferences);
    auto const page = visit.is_open(Page::Preferences) ? accounts::absolute(services.accounts, request, "/p/" + visit.where().slug + "/preferences") : std::string{};
    auto answer = Response::json(consent_receipt({held, visit.profile, visit.organisation_name(), std::string{code_of(visit.where().language)}, page, context.now}));
    answer.header("Content-Disposition", "attachment; filename=\"" + held.record.head.reference + ".json\"");
    answer.header("Cache-Control", "private, no-store");
    return answer;
}

Answer withdraw_by_api(ReceptionServices& services, Context& context, Request const& request)
{
    auto const texts = TRY(api::read_texts(request, {"identifier", "purpose", "channel"}));
    auto const identifier = TRY(identifier_of(texts));
    auto const purpose = texts.contains("purpose") ? fold(squeeze(texts.at("purpose"))) : std::string{};
    auto channel = std::optional{consent::Channel::Api};
    if (texts.contains("channel")) channel = choices_of(consent::Channel{}).find(texts.at("channel"));
    if (!channel) return api::field_error("channel", "unknown_choice", {{"value", shorten(texts.at("channel"), 60)}});
    auto const preferences = TRY(preferences_of(services, context));
    std::vector<RecordId> ids;
    for (auto const& held : preferences.all_of(identifier))
        if (held.may_withdraw() && (purpose.empty() || fold(squeeze(held.consent.purpose)) == purpose)) ids.push_back(held.record.head.id);
    std::function<void()> once_committed = [] {};
    if (!ids.empty())
        TRY(services.database().write([&](storage::Session& session) -> Status {
            session.lock(context.where().id);
            if (accounts::is_archived(session, context.where().id)) return Error::conflict("organisation_archived");
            records::Batch batch(services.machinery, context.where().id, session, {context.who().id, context.now, context.where().zone}, context.who().sight);
            for (auto const id : ids) TRY(preferences.withdraw_in(batch, id, *channel));
            batch.finish();
            once_committed = batch.once_committed();
            return Nothing{};
        }));
    once_committed();
    JsonWriter out;
    out.begin_object().member("withdrawn", ids.size()).end_object();
    return Response::json(std::move(out).take());
}

Answer link_by_api(ReceptionServices& services, Context& context, Request const& request)
{
    auto const texts = TRY(api::read_texts(request, {"identifier"}));
    auto const identifier = TRY(identifier_of(texts));
    if (!visit_of(services, context, request, Page::Preferences).is_open(Page::Preferences)) return Error::conflict("preferences_closed");
    auto const all = TRY(preferences_of(services, context)).all_of(identifier);
    if (all.empty()) return Error::not_found();
    std::string token;
    TRY(services.database().write([&](storage::Session& session) -> Status {
        session.lock(context.where().id);
        token = FollowUps::make_in(session, context.where().id, all.front().record.head.id, context.now, FollowUps::life_of_preferences);
        return Nothing{};
    }));
    JsonWriter out;
    out.begin_object().member("address", accounts::absolute(services.accounts, request, "/p/" + context.where().slug + "/preferences/" + token));
    out.member("expires_at", to_text(context.now + FollowUps::life_of_preferences)).end_object();
    return Response::json(std::move(out).take(), 201);
}

}  // namespace greffier::reception
