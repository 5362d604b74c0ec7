#include "app/look.hpp"

#include <fstream>
#include <iterator>

#include "accounts/colours.hpp"
#include "accounts/pages/form.hpp"
#include "core/text.hpp"
#include "web/problem.hpp"

namespace greffier::app {

using accounts::Context;
using accounts::FormState;
using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;
using Answer = Result<Response>;

namespace {

struct Size {
    unsigned width = 0, height = 0;
};

unsigned at(std::string_view bytes, std::size_t place) { return static_cast<unsigned char>(bytes[place]); }
unsigned two(std::string_view bytes, std::size_t place) { return at(bytes, place) << 8 | at(bytes, place + 1); }
unsigned four(std::string_view bytes, std::size_t place) { return two(bytes, place) << 16 | two(bytes, place + 2); }

/// Signature, first chunk IHDR, last chunk IEND.
std::optional<Size> png_size(std::string_view bytes)
{
    constexpr std::string_view signature{"\x89PNG\r\n\x1a\n", 8}, head{"\0\0\0\rIHDR", 8}, end{"\0\0\0\0IEND\xae\x42\x60\x82", 12};
    if (bytes.size() < 57 || !bytes.starts_with(signature) || bytes.substr(8, 8) != head || !bytes.ends_with(end)) return std::nullopt;
    return Size{four(bytes, 16), four(bytes, 20)};
}

/// From its first marker to the one that says its size, and the end of the picture.
std::optional<Size> jpeg_size(std::string_view bytes)
{
    if (bytes.size() < 20 || !bytes.starts_with("\xff\xd8\xff") || !bytes.ends_with("\xff\xd9")) return std::nullopt;
    for (std::size_t place = 2; place + 9 < bytes.size();) {
        if (at(bytes, place) != 0xff) return std::nullopt;
        auto const marker = at(bytes, place + 1);
        if (marker == 0xff) {
            ++place;
            continue;
        }
        auto const length = two(bytes, place + 2);
        if (length < 2) return std::nullopt;
        bool const frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (frame) return Size{two(bytes, place + 7), two(bytes, place + 5)};
        place += 2 + length;
    }
    return std::nullopt;
}

Error wrong(std::string code, Arguments arguments = {}) { return {ErrorKind::Invalid, "invalid", {}, {{"logo", std::move(code), std::move(arguments)}}}; }

std::optional<Hash> digest_of(std::string_view logo)
{
    auto const bytes = from_hex(logo.substr(0, logo.find('.')));
    if (!bytes || bytes->size() != Hash{}.size()) return std::nullopt;
    Hash hash{};
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    return hash;
}

void give_back(Application& application, OrganisationId organisation, std::string const& logo)
{
    if (auto const hash = digest_of(logo)) application.vault.release(organisation, *hash);
}

/// What became of the wish: both shades, and whether they had to move to be read.
void write_shades(Html& out, Locale const& locale, std::string const& accent)
{
    auto const wish = accounts::parse_colour(accent);
    if (!wish) return;
    auto const shades = accounts::shades_of(*wish);
    out << "<p>"_h << locale.text("look.shades", {{"light", accounts::to_text(shades.light)}, {"dark", accounts::to_text(shades.dark)}});
    if (shades.light_moved || shades.dark_moved) out << " "_h << locale.text("look.moved");
    out << "</p>"_h;
}

Response page_of(Context& context, FormState const& form, int status = 200)
{
    auto const& locale = context.locale;
    auto const& town = context.where();
    context.frame.crumbs = {{locale.text("nav.administration"), ""}, {locale.text("accounts.settings.title"), context.address("/settings")}};
    Html out;
    web::page_head(out, context.frame, locale.text("look.title"), locale.text("look.lead"), {});
    accounts::error_summary(out, locale, form, {{"logo", "look.logo"}, {"accent", "look.accent"}});
    out << "<div class=\"g-settings\"><section class=\"g-section\"><h2>"_h << locale.text("look.logo") << "</h2>"_h;
    if (!town.logo.empty()) {
        out << "<p><img class=\"g-logo-shown\""_h;
        out.url("src"_h, context.address("/logo/" + town.logo)).attr("alt"_h, locale.text("look.logo_of", {{"name", town.name}}));
        out << "></p>"_h;
        accounts::open_form(out, context, context.address("/look/logo/remove"));
        accounts::submit_button(out, locale.text("look.logo_remove"), false);
        out << "</form>"_h;
    }
    out << "<form method=\"post\" enctype=\"multipart/form-data\" novalidate"_h;
    out.url("action"_h, context.address("/look/logo"));
    out << ">"_h;
    web::csrf_field(out, context.frame);
    accounts::text_field(out, locale, form, {.name = "logo", .label = "look.logo_file", .type = "file", .hint = "look.logo_hint"});
    accounts::submit_button(out, locale.text("look.logo_keep"), false);
    out << "</form></section><section class=\"g-section\"><h2>"_h << locale.text("look.accent") << "</h2>"_h;
    write_shades(out, locale, town.accent);
    accounts::open_form(out, context, context.address("/look"));
    accounts::text_field(out, locale, form, {.name = "accent", .label = "look.accent_field", .hint = "look.accent_hint", .required = false, .max_length = 7});
    accounts::submit_button(out, locale.text("accounts.save"), false);
    out << "</form></section></div>"_h;
    return accounts::shown(context, locale.text("look.title"), out, status);
}

FormState stored(Context const& context)
{
    FormState form;
    form.values.add("accent", context.where().accent);
    return form;
}

Answer refused(Context& context, Error const& error, FormState form)
{
    form.take(error);
    return page_of(context, form, web::status_of(error.kind));
}

Answer keep_logo(Application& application, Context& context, Request const& request)
{
    if (request.files.empty() || request.files.front().size == 0) return refused(context, wrong("required"), stored(context));
    auto const& file = request.files.front();
    if (file.size > largest_logo) return refused(context, wrong("look.too_large", {{"max", context.locale.bytes(largest_logo)}}), stored(context));
    std::ifstream stream(file.path, std::ios::binary);
    std::string const bytes{std::istreambuf_iterator<char>(stream), {}};
    auto const kind = kind_of_picture(bytes);
    if (!kind.ok()) return refused(context, kind.error(), stored(context));
    auto const town = context.where().id;
    auto const kept = TRY(application.vault.keep(town, std::string_view{bytes}));
    auto const before = TRY(application.organisations.change_logo(town, to_hex(kept.sha256) + "." + *kind));
    give_back(application, town, before);
    return Response::redirect(context.address("/look?done=kept"));
}

Answer remove_logo(Application& application, Context& context)
{
    auto const before = TRY(application.organisations.change_logo(context.where().id, ""));
    give_back(application, context.where().id, before);
    return Response::redirect(context.address("/look?done=kept"));
}

Answer keep_accent(Application& application, Context& context, Request const& request)
{
    FormState form;
    form.values = request.form;
    auto const changed = application.organisations.change_accent(context.where().id, request.form.get("accent"));
    if (!changed.ok()) return refused(context, changed.error(), form);
    return Response::redirect(context.address("/look?done=kept"));
}

/// Named by its content: whoever has it once never asks again.
Answer give_logo(Application& application, Context& context, Request const& request)
{
    auto const& logo = context.where().logo;
    if (logo.empty() || request.param("picture") != logo) return Error::not_found();
    auto const hash = digest_of(logo);
    if (!hash) return Error::not_found();
    auto const content = TRY(application.vault.open(context.where().id, *hash));
    Response answer;
    for (auto piece = content.next(); !piece.empty(); piece = content.next()) answer.body += piece;
    answer.header("Content-Type", logo.ends_with(".png") ? "image/png" : "image/jpeg");
    answer.header("Content-Security-Policy", "default-src 'none'; sandbox");
    answer.header("Cache-Control", "private, max-age=31536000, immutable");
    return answer;
}

Answer give_style(Context& context)
{
    auto const wish = accounts::parse_colour(context.where().accent);
    if (!wish) return Error::not_found();
    auto const shades = accounts::shades_of(*wish);
    Response answer;
    answer.body = ".g-org-own { --g-org: light-dark(" + accounts::to_text(shades.light) + ", " + accounts::to_text(shades.dark) + "); }\n";
    answer.header("Content-Type", "text/css; charset=utf-8");
    answer.header("Cache-Control", "private, max-age=31536000, immutable");
    return answer;
}

}  // namespace

Result<std::string> kind_of_picture(std::string_view bytes)
{
    if (bytes.size() > largest_logo) return wrong("look.too_large", {{"max", std::to_string(largest_logo / 1024) + " Kio"}});
    auto const png = png_size(bytes);
    auto const size = png ? png : jpeg_size(bytes);
    if (!size || size->width == 0 || size->height == 0) return wrong("look.not_a_picture");
    if (size->width > widest_logo || size->height > widest_logo) return wrong("look.too_wide", {{"max", std::to_string(widest_logo)}});
    return std::string{png ? "png" : "jpg"};
}

std::vector<accounts::Route> look_routes(Application& application)
{
    using enum web::Permission;
    using enum web::Method;
    return {
        {Get, "/o/{organisation}/look", AdministerOrganisation, [](Context& context, Request const&) -> Answer { return page_of(context, stored(context)); }},
        {Post, "/o/{organisation}/look", AdministerOrganisation, [&application](Context& context, Request const& request) { return keep_accent(application, context, request); }},
        {Post, "/o/{organisation}/look/logo", AdministerOrganisation, [&application](Context& context, Request const& request) { return keep_logo(application, context, request); }},
        {Post, "/o/{organisation}/look/logo/remove", AdministerOrganisation, [&application](Context& context, Request const&) { return remove_logo(application, context); }},
        {Get, "/o/{organisation}/logo/{picture}", SignedIn, [&application](Context& context, Request const& request) { return give_logo(application, context, request); }},
        {Get, "/o/{organisation}/look.css", SignedIn, [](Context& context, Request const&) { return give_style(context); }},
    };
}

}  // namespace greffier::app
