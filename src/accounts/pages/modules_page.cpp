// What an organisation does without, and whether it is archived.
#include "accounts/modules.hpp"

#include <algorithm>

#include "accounts/pages/form.hpp"
#include "accounts/pages/pages.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

Answer show_modules(AccountServices&, Context& context, Request const&)
{
    auto const& locale = context.locale;
    context.frame.crumbs = {{locale.text("nav.administration"), ""}, {locale.text("accounts.settings.title"), context.address("/settings")}};
    Html out;
    web::page_head(out, context.frame, locale.text("modules.title"), locale.text("modules.lead"), {});
    out << "<div class=\"g-settings\"><section class=\"g-section\">"_h;
    open_form(out, context, context.address("/modules"), true);
    out << "<fieldset class=\"g-field\"><legend class=\"form-label\">"_h << locale.text("modules.on") << "</legend>"_h;
    for (auto const& module : modules()) {
        auto const code = std::string{module.code};
        out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" name=\"on\""_h;
        out.attr("id"_h, "module-" + code).attr("value"_h, code).attr("aria-describedby"_h, "module-" + code + "-h").flag("checked"_h, !is_off(context.where().modules_off, code));
        out << "><label"_h;
        out.attr("for"_h, "module-" + code);
        out << ">"_h << locale.text("module." + code) << "</label></div><p class=\"g-hint\""_h;
        out.attr("id"_h, "module-" + code + "-h");
        out << ">"_h << locale.text("module." + code + ".help") << "</p>"_h;
    }
    out << "</fieldset>"_h;
    submit_button(out, locale.text("accounts.save"));
    out << "</form></section></div>"_h;
    return shown(context, locale.text("modules.title"), out);
}

Answer save_modules(AccountServices& services, Context& context, Request const& request)
{
    auto const on = request.form.all("on");
    std::vector<std::string> off;
    for (auto const& module : modules())
        if (std::ranges::find(on, module.code) == on.end()) off.emplace_back(module.code);
    TRY(services.organisations.switch_modules(context.where().id, off));
    // The linter falls silent about a register that is gone, and speaks again of one that is back.
    if (services.judge_again) services.judge_again(context.where().id, context.now);
    return Response::redirect(context.address("/modules?done=kept"));
}

Answer close_organisation(AccountServices& services, Context& context, Request const&)
{
    TRY(services.organisations.archive(context.where().id, context.now));
    return Response::redirect(context.address("/settings?done=closed"));
}

Answer reopen_organisation(AccountServices& services, Context& context, Request const&)
{
    TRY(services.organisations.reopen(context.where().id));
    if (services.judge_again) services.judge_again(context.where().id, context.now);
    return Response::redirect(context.address("/settings?done=opened_again"));
}

}  // namespace greffier::accounts
