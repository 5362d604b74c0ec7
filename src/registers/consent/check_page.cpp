#include "registers/consent/check_page.hpp"

#include <nlohmann/json.hpp>

#include "accounts/pages/form.hpp"
#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "records/vocabulary.hpp"
#include "registers/consent/objection.hpp"
#include "registers/consent/register.hpp"
#include "web/frame.hpp"

namespace greffier::consent {

using accounts::Context;
using accounts::FormState;
using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

constexpr std::size_t longest_line = 300;

Result<records::Register const*> kind_of(records::Machinery const& machinery, Context& context)
{
    auto const* kind = records::known_registers(machinery, context).find(objection_register().slug);
    if (!kind) return Error::not_found();
    return kind;
}

Error many_lines() { return {ErrorKind::Invalid, "invalid", {}, {{"lines", "too_many_lines", {{"max", std::to_string(most_checked)}}}}}; }

Status check_lines(std::vector<std::string> const& lines)
{
    if (lines.empty()) return Error{ErrorKind::Invalid, "invalid", {}, {{"lines", "required", {}}}};
    if (lines.size() > most_checked) return many_lines();
    for (auto const& line : lines)
        if (!is_utf8(line)) return Error{ErrorKind::Invalid, "invalid", {}, {{"lines", "bad_utf8", {}}}};
    return Nothing{};
}

/// {"lines": ["…", …]}, and nothing else.
Result<std::vector<std::string>> lines_of(Request const& request)
{
    auto const json = nlohmann::json::parse(request.body, nullptr, false);
    if (json.is_discarded()) return Error{ErrorKind::Invalid, "unreadable_json"};
    if (!json.is_object() || json.size() != 1 || !json.contains("lines") || !json["lines"].is_array()) return Error{ErrorKind::Invalid, "invalid", {}, {{"lines", "required", {}}}};
    if (json["lines"].size() > most_checked) return many_lines();
    std::vector<std::string> lines;
    for (auto const& one : json["lines"]) {
        if (!one.is_string()) return Error{ErrorKind::Invalid, "invalid", {}, {{"lines", "wrong_kind", {}}}};
        lines.push_back(one.get<std::string>());
    }
    return lines;
}

Result<Response> check_by_api(records::Machinery const& machinery, Context& context, Request const& request)
{
    auto const& kind = *TRY(kind_of(machinery, context));
    auto const lines = TRY(lines_of(request));
    TRY(check_lines(lines));
    JsonWriter out;
    out.begin_object().member("checked", lines.size()).key("matches").begin_array();
    for (auto const line : objected_lines({machinery, context.where().id, context.who().sight}, kind, lines)) out.value(line);
    out.end_array().end_object();
    auto answer = Response::json(std::move(out).take());
    answer.header("Cache-Control", "private, no-store");
    return answer;
}

void write_form(Html& out, Context const& context, FormState const& form)
{
    auto const& locale = context.locale;
    auto const* error = form.error_of("lines");
    accounts::open_form(out, context, context.address("/objections/check"));
    out << "<div"_h;
    out.attr("class"_h, error ? "g-field g-field--err" : "g-field");
    out << "><label class=\"form-label\" for=\"f-lines\">"_h << locale.text("objection.check.lines") << "</label><p class=\"g-hint\" id=\"f-lines-h\">"_h
        << locale.text("objection.check.lines.hint", {{"max", locale.number(static_cast<std::int64_t>(most_checked))}}) << "</p>"_h;
    if (error) {
        out << "<p class=\"g-err\" id=\"f-lines-e\">"_h;
        web::icon(out, "alert-circle");
        out << "<span>"_h << locale.text("error." + error->code, error->arguments) << "</span></p>"_h;
    }
    out << "<textarea class=\"form-control\" id=\"f-lines\" name=\"lines\" rows=\"10\""_h;
    out.attr("aria-describedby"_h, error ? "f-lines-h f-lines-e" : "f-lines-h");
    if (error) out.attr("aria-invalid"_h, "true");
    out << ">\n"_h << form.values.get("lines") << "</textarea></div>"_h;
    accounts::submit_button(out, locale.text("objection.check.button"), true);
    out << "</form>"_h;
}

void write_result(Html& out, Locale const& locale, std::vector<std::string> const& lines, std::vector<std::size_t> const& matches)
{
    out << "<section class=\"g-panel mb-3\" aria-labelledby=\"result-t\"><div class=\"g-panel-head\"><h2 id=\"result-t\">"_h
        << (matches.empty() ? locale.text("objection.check.none") : locale.plural("objection.check.found", static_cast<std::int64_t>(matches.size()))) << "</h2></div>"_h;
    if (!matches.empty()) {
        out << "<div class=\"g-panel-body\"><p>"_h << locale.text("objection.check.remove") << "</p><ul>"_h;
        for (auto const line : matches) out << "<li>"_h << locale.text("objection.check.line", {{"number", locale.number(static_cast<std::int64_t>(line))}}) << " <strong>"_h << shorten(squeeze(lines[line - 1]), longest_line) << "</strong></li>"_h;
        out << "</ul></div>"_h;
    }
    out << "</section>"_h;
}

Response page_of(Context& context, FormState const& form, std::function<void(Html&)> const& result, int status = 200)
{
    auto const& locale = context.locale;
    auto const title = locale.text("objection.check.title");
    context.frame.crumbs = {{locale.text("register.objections"), context.address("/objections")}};
    Html out;
    web::page_head(out, context.frame, title, locale.text("objection.check.lead"), {});
    result(out);
    out << "<div class=\"g-settings\"><section class=\"g-section\">"_h;
    write_form(out, context, form);
    out << "</section></div>"_h;
    auto answer = accounts::shown(context, title, out, status);
    answer.header("Cache-Control", "private, no-store");
    return answer;
}

Result<Response> show_check(records::Machinery const& machinery, Context& context, Request const&)
{
    TRY(kind_of(machinery, context));
    return page_of(context, {}, [](Html&) {});
}

Result<Response> take_check(records::Machinery const& machinery, Context& context, Request const& request)
{
    auto const& kind = *TRY(kind_of(machinery, context));
    FormState form;
    form.values.add("lines", std::string{request.form.get("lines")});
    auto lines = split(form.values.get("lines"), '\n');
    while (!lines.empty() && is_blank(lines.back())) lines.pop_back();
    if (auto const checked = check_lines(lines); !checked.ok()) {
        form.take(checked.error());
        return page_of(context, form, [](Html&) {}, 422);
    }
    auto const matches = objected_lines({machinery, context.where().id, context.who().sight}, kind, lines);
    return page_of(context, form, [&](Html& out) { write_result(out, context.locale, lines, matches); });
}

}  // namespace

std::vector<std::size_t> objected_lines(records::Records const& records, records::Register const& objections, std::vector<std::string> const& lines)
{
    std::vector<std::size_t> matches;
    std::map<RecordId, bool> in_force;   // each record is read once, however often it is met
    auto const holds = [&](RecordId id) {
        auto const known = in_force.find(id);
        if (known != in_force.end()) return known->second;
        auto const stored = records.find(objections, id);
        return in_force[id] = stored.ok() && stored->head.status == "in_force";
    };
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto const line = squeeze(lines[i]);
        if (line.empty() || line.size() > longest_line) continue;
        bool found = false;
        for (auto const field : checked_fields())
            for (auto const id : found ? std::vector<RecordId>{} : records.find_by_sealed(objections, field, line)) found = found || holds(id);
        if (found) matches.push_back(i + 1);
    }
    return matches;
}

std::vector<accounts::Route> check_routes(records::Machinery const& machinery)
{
    using enum web::Method;
    using enum web::Permission;
    auto const at = [&machinery](Result<Response> (*act)(records::Machinery const&, Context&, Request const&)) {
        return [&machinery, act](Context& context, Request const& request) { return act(machinery, context, request); };
    };
    return {{Get, "/o/{organisation}/objections/check", ReadRecords, at(&show_check)},
            {Post, "/o/{organisation}/objections/check", ReadRecords, at(&take_check)},
            {Post, "/api/v1/organisations/{organisation}/objections/check", ApiRead, at(&check_by_api), "lines that are on the list of objections (API)"}};
}

}  // namespace greffier::consent
