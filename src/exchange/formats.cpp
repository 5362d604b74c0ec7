#include "exchange/formats.hpp"

#include <algorithm>
#include <fstream>

#include "core/text.hpp"
#include "documents/file_kind.hpp"
#include "documents/ods_reader.hpp"
#include "exchange/cnil_register_ods.hpp"
#include "exchange/html_export.hpp"
#include "exchange/sheet_export.hpp"
#include "schema/check.hpp"
#include "schema/json.hpp"

namespace greffier::exchange {
namespace {

constexpr std::string_view processings = "processings";

Result<CnilReading> read_workbook(schema::SchemaInfo const& schema, std::string_view bytes, std::optional<documents::Workbook> already, ReadWish const& wish)
{
    auto const book = already ? std::move(*already) : TRY(documents::read_ods_bytes(bytes));
    if (!looks_like_cnil(book)) return Error::invalid("import.not_a_register");
    CnilCircumstances circumstances{wish.source, sha256(as_bytes(bytes)), wish.today, std::nullopt, &schema};
    if (wish.profile)
        if (auto unpacked = profile::profile_schema().unpack(*wish.profile); unpacked.ok()) circumstances.profile = std::move(unpacked).value();
    auto reading = read_cnil_register(read_cnil(book), circumstances);
    reading.file.origin = cnil_origin(book);
    return reading;
}

/// A workbook of the CNIL's layout: with record sheets, or a list that no other reading understands better.
bool is_cnil(records::Register const& kind, documents::Workbook const& book)
{
    constexpr int well_understood = 5;
    if (kind.slug != processings || !looks_like_cnil(book)) return false;
    return !read_cnil(book).sheets.empty() || recognised_columns(kind, book) < well_understood;
}

/// What a file is, with what had to be read to know it: an ODS is a tree that nobody wants to build twice.
struct Recognised {
    std::string format;
    std::optional<documents::Workbook> book = {};
};

Result<Recognised> recognise(records::Register const& kind, std::string_view bytes, std::string const& wanted)
{
    if (std::ranges::find(import_formats(), wanted) == import_formats().end()) return Error::invalid("import.unknown_format", {{"format", shorten(wanted, 40)}});
    if (wanted != "auto") return Recognised{wanted};
    if (records::looks_like_json(bytes)) return Recognised{"json"};
    if (documents::kind_of_file(bytes) == documents::FileKind::Zip)
        if (auto book = documents::read_ods_bytes(bytes); book.ok()) {
            bool const cnil = is_cnil(kind, *book);
            return Recognised{cnil ? "cnil-ods" : "ods", std::move(book).value()};
        }
    auto const reader = TRY(documents::open_table_bytes(std::string(bytes)));   // says what else it is
    return Recognised{std::string{documents::code_of(reader->kind())}};
}

/// The register a JSON file names; processings when it names none.
std::string register_of(std::string_view text)
{
    // Exports write the register last and keys sorted: the end of the file is enough, and cheap on a large one.
    auto const tail = text.substr(text.size() > 400 ? text.size() - 400 : 0);
    auto const at = tail.rfind("\"register\":");
    if (at == std::string_view::npos) return std::string(processings);
    auto const open = tail.find('"', at + 11), close = open == std::string_view::npos ? open : tail.find('"', open + 1);
    return close == std::string_view::npos ? std::string(processings) : std::string(tail.substr(open + 1, close - open - 1));
}

} // namespace

bool is_table_format(std::string_view format) { return format == "csv" || format == "xlsx" || format == "ods"; }

Result<std::string> format_of(records::Register const& kind, std::string_view bytes, std::string const& wanted)
{
    return TRY(recognise(kind, bytes, wanted)).format;
}

std::optional<profile::Profile> cnil_profile_of(std::string_view bytes, std::string const& source, Date today)
{
    if (documents::kind_of_file(bytes) != documents::FileKind::Zip) return std::nullopt;
    auto reading = read_workbook(processing::processing_schema().info(), bytes, {}, {.source = source, .today = today});
    return reading.ok() ? std::optional{std::move(reading->profile)} : std::nullopt;
}

std::vector<records::ExportFormat> const& export_formats()
{
    static std::vector<records::ExportFormat> const formats = [] {
        std::vector<records::ExportFormat> all{{"cnil-ods", "ods", "application/vnd.oasis.opendocument.spreadsheet", processings, &write_cnil_ods},
                                               {"xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "", &write_xlsx},
                                               {"ods", "ods", "application/vnd.oasis.opendocument.spreadsheet", "", &write_ods},
                                               {"html", "html", "text/html; charset=utf-8", "", &write_html}};
        for (auto const& format : records::common_export_formats()) all.push_back(format);
        return all;
    }();
    return formats;
}

records::ExportFormat const* find_export(std::string_view name, records::Register const& kind)
{
    auto const found = std::ranges::find_if(export_formats(), [&](auto const& format) { return format.name == name && format.serves(kind); });
    return found == export_formats().end() ? nullptr : &*found;
}

std::vector<std::string> export_names(records::Register const& kind)
{
    std::vector<std::string> names;
    for (auto const& format : export_formats())
        if (format.serves(kind)) names.emplace_back(format.name);
    return names;
}

std::vector<std::string_view> const& import_formats()
{
    static std::vector<std::string_view> const names{"auto", "cnil-ods", "csv", "xlsx", "ods", "json"};
    return names;
}

Result<records::ImportFile> read_import(records::Register const& kind, std::string_view bytes, ReadWish const& wish)
{
    if (bytes.size() > max_import_bytes) return Error::too_large("import.too_large", {{"limit", "50"}});
    auto [format, book] = TRY(recognise(kind, bytes, wish.format));
    if (format == "json") return records::read_json_import(kind, bytes, wish.source);
    if (is_table_format(format)) return read_table_file(kind, bytes, {wish.source, wish.mapping}, std::move(book));
    if (kind.slug != processings) return Error::invalid("import.format_elsewhere", {{"format", format}});
    return TRY(read_workbook(*kind.schema, bytes, std::move(book), wish)).file;
}

Result<std::string> read_bytes(std::filesystem::path const& path)
{
    std::error_code failure;
    auto const size = std::filesystem::file_size(path, failure);
    if (failure || !std::filesystem::is_regular_file(path, failure)) return Error::not_found("import.no_such_file", {{"file", path.filename().string()}});
    if (size > max_import_bytes) return Error::too_large("import.too_large", {{"limit", "50"}});
    std::ifstream in(path, std::ios::binary);
    std::string bytes(size, '\0');
    if (!in.read(bytes.data(), static_cast<std::streamsize>(size))) return Error::not_found("import.no_such_file", {{"file", path.filename().string()}});
    return bytes;
}

Result<FileRegister> read_register_file(std::filesystem::path const& path, records::Registers const& registers, Date today)
{
    auto const bytes = TRY(read_bytes(path));
    FileRegister file;
    bool const json = records::looks_like_json(bytes);
    file.register_slug = json ? register_of(bytes) : std::string(processings);
    auto const* kind = registers.find(file.register_slug);
    if (!kind) return Error::invalid("import.other_register", {{"register", shorten(file.register_slug, 60)}});
    auto [format, book] = TRY(recognise(*kind, bytes, "auto"));
    file.format = std::move(format);
    records::ImportFile read;
    if (is_table_format(file.format)) {
        read = TRY(read_table_file(*kind, bytes, {path.filename().string(), {}}, std::move(book)));
    } else if (file.format == "json") {
        read = TRY(records::read_json_import(*kind, bytes, path.filename().string()));
    } else {
        auto reading = TRY(read_workbook(*kind->schema, bytes, std::move(book), {.source = path.filename().string(), .today = today}));
        read = std::move(reading.file);
        file.profile = profile::profile_schema().pack(reading.profile);
    }
    file.notes = std::move(read.notes);
    for (auto& item : read.items) {
        if (item.skipped) {
            file.notes.insert(file.notes.end(), item.notes.begin(), item.notes.end());
            continue;
        }
        if (!item.refused) schema::normalise(*kind->schema, item.row);
        file.items.push_back(std::move(item));
    }
    return file;
}

} // namespace greffier::exchange
