// A sign-in from a browser and a network never seen before is told to the person, who may know nothing of it.
#include "accounts/letters.hpp"
#include "accounts/pages/form.hpp"
#include "accounts/pages/pages.hpp"
#include "core/text.hpp"
#include "web/cookie.hpp"

namespace greffier::accounts {

using web::Request;
using web::Response;

namespace {

constexpr std::size_t longest_device = 64, longest_agent = 400;

std::string device_of(Request const& request)
{
    auto device = web::find_cookie(request, device_cookie).value_or("");
    bool const ours = device.size() <= longest_device && device.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == device.npos;
    return ours ? device : std::string{};
}

}  // namespace

void note_place(AccountServices& services, Context const& context, Request const& request, Response& response, Person const& person, Telling telling)
{
    if (!services.sends_mail()) return;   // nothing is kept of whom nothing could be told
    auto& post = *services.post;
    SignInPlaces::Visit visit{device_of(request), request.remote_address, std::string(request.header("user-agent").substr(0, longest_agent))};
    auto const seen = post.places.look(person.id, visit, context.now);
    if (visit.device.empty()) visit.device = random_token(128);
    response.header("Set-Cookie", web::set_cookie({.name = std::string(device_cookie), .value = visit.device, .max_age = device_life}, request.secure));
    if (seen == SignInPlaces::Seen::Known && post.places.is_fresh(person.id, visit, context.now)) return;
    bool told = false;
    (void)services.database.write([&](storage::Session& session) -> Status {
        session.lock_nothing();
        post.places.remember(session, person.id, visit, context.now);
        if (seen == SignInPlaces::Seen::New && telling == Telling::Alert)
            told = post.outbox.queue(session, sign_in_letter(person, post.refusals, request.remote_address, absolute(services, request, ""), context.locale.language(), context.now), context.now);
        return Nothing{};
    });
    if (told) post.outbox.ring();
}

}  // namespace greffier::accounts
