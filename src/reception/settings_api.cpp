// Public pages by the API: what the page of settings does, a script does.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "reception/deliveries.hpp"
#include "reception/page_handlers.hpp"

namespace greffier::reception {

namespace {

using nlohmann::json;

Deliveries deliveries_of(ReceptionServices const& services, Context const& context) { return {services.database(), context.where().id, services.delivery_key}; }

void write_page(JsonWriter& out, ReceptionServices const& services, Context const& context, Page page, PageSettings const& settings)
{
    out.begin_object().member("page", code_of(page)).member("open", settings.is_open()).key("opened_at");
    if (settings.opened_at) out.value(std::string_view{to_text(*settings.opened_at)});
    else out.null();
    out.member("words_fr", settings.words_fr).member("words_en", settings.words_en);
    if (page == Page::Register) {
        out.key("shown").begin_array();
        for (auto const& part : settings.shown) out.value(part);
        out.end_array();
    }
    if (page == Page::FollowUp) {
        auto const usual = deliveries_of(services, context).defaults();
        out.member("downloads", usual.downloads).member("days", usual.days);
    }
    out.end_object();
}

/// What a PUT asks for: all that may be said of a page; what is absent stays as it is.
struct Wish {
    bool open = false;
    PageSettings settings;
    DeliveryDefaults limits;
};

void read_member(Wish& wish, Error& problems, Page page, std::string const& name, json const& value)
{
    auto const wrong = [&] { problems.fields.push_back({name, "wrong_kind"}); };
    auto const text = [&](std::string& into) { value.is_string() ? void(into = value.get<std::string>()) : wrong(); };
    auto const number = [&](std::int64_t& into) { value.is_number_integer() ? void(into = value.get<std::int64_t>()) : wrong(); };
    if (name == "open") value.is_boolean() ? void(wish.open = value.get<bool>()) : wrong();
    else if (name == "words_fr") text(wish.settings.words_fr);
    else if (name == "words_en") text(wish.settings.words_en);
    else if (name == "downloads" && page == Page::FollowUp) number(wish.limits.downloads);
    else if (name == "days" && page == Page::FollowUp) number(wish.limits.days);
    else if (name == "shown" && page == Page::Register) {
        wish.settings.shown.clear();
        if (!value.is_array()) return wrong();
        for (auto const& part : value) {
            auto const code = part.is_string() ? part.get<std::string>() : std::string{};
            if (std::ranges::find(shown_parts(), code) == shown_parts().end()) problems.fields.push_back({name, "unknown_choice", {{"value", shorten(code, 60)}}});
            else wish.settings.shown.push_back(code);
        }
    } else if (name != "page" && name != "opened_at") {
        problems.fields.push_back({name, "unknown_field", {{"field", shorten(name, 80)}}});
    }
}

Result<Page> page_in(Request const& request)
{
    auto const page = parse_page(request.param("page"));
    if (!page) return Error::not_found();
    return *page;
}

Response answer_of(ReceptionServices const& services, Context const& context, Page page)
{
    JsonWriter out;
    write_page(out, services, context, page, PublicPages(services.database(), context.where().id).of(page));
    return Response::json(std::move(out).take());
}

}  // namespace

Answer api_pages(ReceptionServices& services, Context& context, Request const&)
{
    auto const all = PublicPages(services.database(), context.where().id).all();
    JsonWriter out;
    out.begin_object().key("items").begin_array();
    for (auto const page : all_pages()) write_page(out, services, context, page, all.at(page));
    out.end_array().member("total", static_cast<std::int64_t>(all.size())).end_object();
    return Response::json(std::move(out).take());
}

Answer api_page(ReceptionServices& services, Context& context, Request const& request) { return answer_of(services, context, TRY(page_in(request))); }

Answer api_put_page(ReceptionServices& services, Context& context, Request const& request)
{
    auto const page = TRY(page_in(request));
    auto const sent = is_utf8(request.body) ? json::parse(request.body, nullptr, false) : json(json::value_t::discarded);
    if (!sent.is_object()) return Error::invalid("unreadable", {{"reason", "json"}});
    PublicPages const pages(services.database(), context.where().id);
    auto const deliveries = deliveries_of(services, context);
    auto const before = pages.of(page);
    Wish wish{before.is_open(), before, deliveries.defaults()};
    Error problems{ErrorKind::Invalid, "invalid", {}, {}};
    for (auto const& [name, value] : sent.items()) read_member(wish, problems, page, name, value);
    if (!problems.fields.empty()) return problems;
    // What article 13 wants told could not be.
    if (wish.open && !before.is_open() && !missing_for_notice(visit_of(services, context, request, page).profile).empty()) return Error::conflict("public_notice_incomplete");
    if (page == Page::FollowUp) TRY(deliveries.keep_defaults(wish.limits));
    TRY(pages.keep_words(page, wish.settings.words_fr, wish.settings.words_en, wish.settings.shown));
    if (wish.open) TRY(pages.open(page, context.who().id, context.now));
    else TRY(pages.close(page));
    return answer_of(services, context, page);
}

}  // namespace greffier::reception
