#include <filesystem>
#include <fstream>
#include <functional>
#include <ostream>

#include "cli/commands.hpp"
#include "accounts/confided.hpp"
#include "core/text.hpp"
#include "exchange/formats.hpp"
#include "records/list_query.hpp"

namespace greffier::cli {

namespace {

namespace fs = std::filesystem;

int hexadecimal(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }

std::string decoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexadecimal(text[i + 1]) >= 0 && hexadecimal(text[i + 2]) >= 0) {
            out += static_cast<char>(hexadecimal(text[i + 1]) * 16 + hexadecimal(text[i + 2]));
            i += 2;
        } else out += text[i] == '+' ? ' ' : text[i];
    }
    return out;
}

/// "status=draft&q=paie", as in the address of a list; words alone are searched.
web::Pairs pairs_of(std::string const& filter)
{
    web::Pairs pairs;
    if (filter.find('=') == std::string::npos) {
        pairs.add("q", filter);
        return pairs;
    }
    for (auto const& part : split(filter.starts_with('?') ? filter.substr(1) : filter, '&')) {
        auto const equals = part.find('=');
        pairs.add(decoded(part.substr(0, equals)), equals == std::string::npos ? "" : decoded(part.substr(equals + 1)));
    }
    return pairs;
}

Result<records::ExportQuery> query_of(Invocation& call, accounts::OrganisationInfo const& organisation, Timestamp now)
{
    records::ExportQuery query;
    for (auto const& text : call.texts("id")) {
        auto const id = RecordId::parse(text);
        if (!id) return Error::invalid("not_an_id");
        query.ids.push_back(*id);
    }
    if (call.has("at")) query.at = TRY(records::parse_at(call.text("at"), organisation.zone, now));
    if (call.has("filter")) {
        query.list = TRY(records::parse_list_query(pairs_of(call.text("filter")), organisation.zone, now));
        query.list->at = query.at;
    }
    return query;
}

/// Whole or not at all: an interrupted export never passes for one.
Status write_file(fs::path const& path, std::function<Status(std::ostream&)> const& write)
{
    auto beside = path;
    beside += ".part";
    {
        std::ofstream file(beside, std::ios::binary | std::ios::trunc);
        if (!file) return Error::forbidden("export_cannot_write", {{"path", path.string()}});
        auto const written = write(file);
        file.close();
        if (!written.ok() || !file) {
            std::error_code ignored;
            fs::remove(beside, ignored);
            return written.ok() ? Status{Error::forbidden("export_cannot_write", {{"path", path.string()}})} : written;
        }
    }
    fs::rename(beside, path);
    return Nothing{};
}

}  // namespace

Result<int> run_export(Invocation& call)
{
    auto application = TRY(call.open(app::OpenWish::Use::Read));
    auto const organisation = TRY(organisation_of(*application, call.text("organisation")));
    auto const registers = records::known_registers(application->machinery, organisation.id);
    auto const* kind = registers->find(call.text("register"));
    if (!kind || accounts::is_confided(kind->slug)) return Error::not_found("unknown_register", {{"value", shorten(call.text("register"), 60)}});
    auto const* format = exchange::find_export(call.text("format"), *kind);
    if (!format)
        return Error::invalid("cli_not_a_choice", {{"option", "--format"}, {"value", shorten(call.text("format"), 60)}, {"choices", join(exchange::export_names(*kind), ", ")}});
    auto const now = application->now();
    auto const query = TRY(query_of(call, organisation, now));
    auto const store = application->records(organisation.id);
    auto const language = call.settings.of("lang").origin == app::Origin::Option ? call.locale.language() : organisation.language;
    records::ExportJob const job{store, *kind, organisation, query, Locale(language, organisation.zone), now};
    auto write = [&](std::ostream& out) -> Status {
        return format->write(job, [&](std::string_view piece) { out.write(piece.data(), static_cast<std::streamsize>(piece.size())); });
    };
    auto const target = call.text("o");
    if (target.empty() || target == "-") {
        TRY(write(call.out));
        return 0;
    }
    TRY(write_file(TRY(output_file(target)), write));
    return 0;
}

}  // namespace greffier::cli
