#include "registers/access_request/panel.hpp"

#include "registers/access_request/access_request.hpp"
#include "registers/access_request/approval.hpp"
#include "web/frame.hpp"

namespace greffier::access_request {

using namespace web::literals;
using records::PanelView;
using web::Html;

namespace {

void write_act(Html& out, PanelView const& view, std::string_view act, std::string_view words)
{
    out << "<form method=\"post\" class=\"g-noprint\""_h;
    out.url("action"_h, view.address + "/" + std::string{act});
    out << ">"_h;
    web::csrf_field(out, view.context.frame);
    out << "<input type=\"hidden\" name=\"_version\""_h;
    out.attr("value"_h, view.stored.head.version);
    out << "><button class=\"btn btn-primary\" type=\"submit\">"_h << view.context.locale.text(words) << "</button></form>"_h;
}

void write_waiting(Html& out, PanelView const& view, AccessRequest const& request)
{
    auto const& locale = view.context.locale;
    out << "<p>"_h << locale.text("access_request.panel.wait", {{"asker", request.asked_by.name.empty() ? locale.text("access_request.panel.somebody") : request.asked_by.name}}) << "</p>"_h;
    if (!view.editable) return;
    records::Records const store{view.machinery, view.context.where().id, view.context.who().sight};
    auto const versions = store.versions(view.kind, view.stored.head.id);
    if (!versions.ok() || is_own(request, *versions, view.context)) out << "<p class=\"g-muted\">"_h << locale.text("access_request.panel.not_you") << "</p>"_h;
    else if (!may_approve(request, view.context)) out << "<p class=\"g-muted\">"_h << locale.text("access_request.panel.not_approver", {{"person", request.approver.name.empty() ? request.approver.email.value : request.approver.name}}) << "</p>"_h;
    else write_act(out, view, "approve", "access_request.panel.approve");
}

std::string_view words_of(Act act)
{
    if (act == Act::Change) return "access_request.panel.change";
    return act == Act::Withdraw ? "access_request.panel.withdraw" : "access_request.panel.open";
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    auto const request = access_request_schema().unpack(view.stored.row);
    auto const& status = view.stored.head.status;
    if (!request.ok() || view.at || (status != "requested" && status != "agreed" && status != "granted")) return;
    auto const& locale = view.context.locale;
    out << "<section class=\"g-panel mb-3\" aria-labelledby=\"access-panel\"><div class=\"g-panel-head\"><h2 class=\"g-h3\" id=\"access-panel\">"_h << locale.text("access_request.panel.title")
        << "</h2></div><div class=\"g-panel-body\">"_h;
    if (request->approved_on) out << "<p>"_h << locale.text("access_request.panel.approved", {{"person", request->approved_by}, {"day", locale.date(*request->approved_on)}}) << "</p>"_h;
    if (status == "requested") write_waiting(out, view, *request);
    if (status == "agreed" && view.editable) write_act(out, view, "open", words_of(request->act.value_or(Act::Open)));
    if (status == "granted" && request->account) {
        out << "<p class=\"mb-0\"><a"_h;
        out.url("href"_h, view.context.address("/accounts/" + request->account->text()));
        out << ">"_h << locale.text("access_request.panel.account", {{"account", request->identifier.empty() ? request->beneficiary.name : request->identifier}}) << "</a></p>"_h;
    }
    out << "</div></section>"_h;
}

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    auto const request = access_request_schema().unpack(row);
    if (!request.ok()) return {};
    std::vector<records::Due> dues;
    if (context.status == "granted" && request->ends_on) dues.push_back(context.on("access_request.end", *request->ends_on, false, {"ends_on"}));
    if (context.status != "granted" && request->wanted_from) dues.push_back(context.on("access_request.wanted", *request->wanted_from, false, {"wanted_from"}));
    return dues;
}

}  // namespace greffier::access_request
