#include "registers/account/pages.hpp"

#include <algorithm>

#include "documents/csv_writer.hpp"
#include "records/pages/paper.hpp"
#include "registers/account/pages_shared.hpp"
#include "registers/account/register.hpp"
#include "schema/show.hpp"
#include "schema/unpacked.hpp"
#include "web/frame.hpp"

namespace greffier::account {

using accounts::Context;
using web::Html;
using web::Response;
using namespace web::literals;

Result<std::vector<KnownAccount>> known_accounts(records::Machinery const& machinery, Context& context)
{
    auto const* kind = records::known_registers(machinery, context).find(account_register().slug);
    if (!kind) return Error::not_found();
    std::vector<KnownAccount> accounts;
    records::Records const store{machinery, context.where().id, context.who().sight};
    store.each(*kind, std::nullopt, [&](records::Stored const& stored) { accounts.push_back({stored.head.id, stored.head.reference, stored.head.status, schema::unpacked(system_account_schema(), stored.row)}); });
    return accounts;
}

void write_account_link(Html& out, Context const& context, KnownAccount const& known)
{
    out << "<a"_h;
    out.url("href"_h, context.address("/accounts/" + known.id.text()));
    out << ">"_h << known.account.identifier << "</a>"_h;
}

void write_table_head(Html& out, std::string_view label, std::initializer_list<std::string> columns)
{
    out << "<div class=\"g-tablewrap\" tabindex=\"0\" role=\"group\""_h;
    out.attr("aria-label"_h, label);
    out << "><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const& column : columns) out << "<th role=\"columnheader\" scope=\"col\">"_h << column << "</th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
}

void begin_page(Html& out, Context& context, std::string_view title, std::string_view lead, Html const& more)
{
    auto const& locale = context.locale;
    context.frame.title = locale.text(title);
    context.frame.crumbs = {{locale.text("register.accounts"), context.address("/accounts")}};
    Html actions;
    actions << more << records::print_button(locale);
    web::page_head(out, context.frame, context.frame.title, locale.text(lead), actions);
}

namespace {

/// The words of a row or column; where nobody said one, so.
std::string or_none(std::string const& word, Locale const& locale, std::string_view key) { return word.empty() ? locale.text(key) : word; }

void write_cell(Html& out, Context const& context, std::vector<KnownAccount const*> const& accounts, std::string const& system)
{
    auto const& locale = context.locale;
    out << "<td role=\"cell\""_h;
    out.attr("data-label"_h, system);
    out << ">"_h;
    if (!accounts.empty()) out << "<span class=\"g-badge g-badge--line\">"_h << accounts.size() << "</span> "_h;
    bool first = true;
    for (auto const* known : accounts) {
        if (!first) out << ", "_h;
        first = false;
        out << "<a"_h;
        out.url("href"_h, context.address("/accounts/" + known->id.text()));
        out << ">"_h << known->name() << "</a>"_h;
        if (known->account.kind == Kind::Privileged) out << " ("_h << locale.text("account.matrix.admin") << ")"_h;
        else if (known->account.kind == Kind::External) out << " ("_h << locale.text("account.matrix.external") << ")"_h;
    }
    out << "</td>"_h;
}

void write_matrix(Html& out, Context const& context, std::vector<KnownAccount> const& accounts)
{
    auto const& locale = context.locale;
    auto const matrix = matrix_of(accounts);
    out << "<section class=\"mb-4\" aria-labelledby=\"matrix\"><h2 class=\"g-h3 mb-2\" id=\"matrix\">"_h << locale.text("account.matrix.table") << "</h2>"_h;
    if (matrix.profiles.empty()) {
        out << "<p>"_h << locale.text("account.matrix.empty") << "</p></section>"_h;
        return;
    }
    out << "<p class=\"g-small g-muted\">"_h << locale.text("account.matrix.how") << "</p><div class=\"g-tablewrap\" tabindex=\"0\" role=\"group\""_h;
    out.attr("aria-label"_h, locale.text("account.matrix.table"));
    out << "><table class=\"g-table\"><thead><tr><th scope=\"col\">"_h << locale.text("account.matrix.profile") << "</th>"_h;
    for (auto const& system : matrix.systems) out << "<th scope=\"col\">"_h << or_none(system, locale, "account.matrix.no_system") << "</th>"_h;
    out << "</tr></thead><tbody>"_h;
    for (std::size_t row = 0; row < matrix.profiles.size(); ++row) {
        out << "<tr><th scope=\"row\">"_h << or_none(matrix.profiles[row], locale, "account.matrix.no_profile") << "</th>"_h;
        for (std::size_t column = 0; column < matrix.systems.size(); ++column) write_cell(out, context, matrix.at(row, column), or_none(matrix.systems[column], locale, "account.matrix.no_system"));
        out << "</tr>"_h;
    }
    out << "</tbody></table></div></section>"_h;
}

std::string_view tone_of(Anomaly anomaly)
{
    if (anomaly == Anomaly::Leaver || anomaly == Anomaly::PastItsEnd) return "danger";
    return anomaly == Anomaly::NeverReviewed ? "line" : "warn";
}

void write_anomalies(Html& out, Context const& context, std::vector<KnownAccount> const& accounts, Date today)
{
    auto const& locale = context.locale;
    out << "<section class=\"mb-4\" aria-labelledby=\"anomalies\"><h2 class=\"g-h3 mb-2\" id=\"anomalies\">"_h << locale.text("account.matrix.anomalies") << "</h2>"_h;
    bool any = false;
    for (auto const anomaly : {Anomaly::Leaver, Anomaly::PastItsEnd, Anomaly::SharedUnapproved, Anomaly::AdminWithoutFactor, Anomaly::MissingFromList, Anomaly::ReviewOverdue, Anomaly::NeverReviewed}) {
        std::vector<KnownAccount const*> odd;
        for (auto const& known : accounts) {
            auto const found = anomalies_of(known.account, known.status, today);
            if (std::ranges::find(found, anomaly) != found.end()) odd.push_back(&known);
        }
        if (odd.empty()) continue;
        any = true;
        auto const key = "system_account.anomaly." + std::string{code_of(anomaly)};
        out << "<details class=\"g-disclose\""_h;
        out.flag("open"_h, anomaly != Anomaly::NeverReviewed && anomaly != Anomaly::ReviewOverdue);
        out << "><summary>"_h;
        web::icon(out, "chevron-right");
        out << "<span"_h;
        out.attr("class"_h, "g-badge g-badge--" + std::string{tone_of(anomaly)});
        out << ">"_h << odd.size() << "</span> "_h << locale.text(key) << "</summary><p class=\"g-small g-muted\">"_h << locale.text(key + ".help") << "</p><ul>"_h;
        for (auto const* known : odd) {
            out << "<li>"_h;
            write_account_link(out, context, *known);
            if (!known->account.holder.empty()) out << " – "_h << known->account.holder;
            if (!known->account.system.empty()) out << ", "_h << known->account.system;
            out << "</li>"_h;
        }
        out << "</ul></details>"_h;
    }
    if (!any) out << "<p>"_h << locale.text("account.matrix.none") << "</p>"_h;
    out << "</section>"_h;
}

Result<Response> show_matrix(records::Machinery const& machinery, Context& context, web::Request const&)
{
    auto const& locale = context.locale;
    auto const accounts = TRY(known_accounts(machinery, context));
    Html out, more;
    if (accounts::may(context.who(), web::Permission::ImportRecords)) {
        more << "<a class=\"btn btn-outline\""_h;
        more.url("href"_h, context.address("/accounts/directory"));
        more << ">"_h;
        web::icon(more, "upload");
        more << " "_h << locale.text("account.matrix.directory") << "</a>"_h;
    }
    if (accounts::may(context.who(), web::Permission::ExportRecords)) {
        more << "<a class=\"btn btn-outline\""_h;
        more.url("href"_h, context.address("/accounts/matrix.csv"));
        more << ">"_h;
        web::icon(more, "download");
        more << " "_h << locale.text("account.matrix.csv") << "</a>"_h;
    }
    begin_page(out, context, "account.matrix.title", "account.matrix.lead", more);
    write_anomalies(out, context, accounts, local_date(context.now, context.where().zone));
    write_matrix(out, context, accounts);
    return Response::html(web::page(context.frame, out));
}

Result<Response> send_matrix(records::Machinery const& machinery, Context& context, web::Request const&)
{
    auto const& locale = context.locale;
    auto const accounts = TRY(known_accounts(machinery, context));
    auto const matrix = matrix_of(accounts);
    std::vector<std::vector<std::string>> rows(1, {locale.text("account.matrix.profile")});
    for (auto const& system : matrix.systems) rows.front().push_back(or_none(system, locale, "account.matrix.no_system"));
    for (std::size_t row = 0; row < matrix.profiles.size(); ++row) {
        auto& line = rows.emplace_back(std::vector{or_none(matrix.profiles[row], locale, "account.matrix.no_profile")});
        for (std::size_t column = 0; column < matrix.systems.size(); ++column) {
            std::string names;
            for (auto const* known : matrix.at(row, column)) names += (names.empty() ? "" : ", ") + known->name();
            line.push_back(std::move(names));
        }
    }
    return Response::download(context.where().slug + "-acces.csv", "text/csv; charset=utf-8", documents::write_csv(rows, {.byte_order_mark = true}));
}

}  // namespace

std::vector<accounts::Route> account_routes(records::Machinery const& machinery)
{
    std::vector<accounts::Route> all = {
        {web::Method::Get, "/o/{organisation}/accounts/matrix", web::Permission::ReadRecords, [&machinery](Context& context, web::Request const& request) { return show_matrix(machinery, context, request); }},
        {web::Method::Get, "/o/{organisation}/accounts/matrix.csv", web::Permission::ExportRecords, [&machinery](Context& context, web::Request const& request) { return send_matrix(machinery, context, request); }},
    };
    for (auto& row : person_routes(machinery)) all.push_back(std::move(row));
    return all;
}

}  // namespace greffier::account
