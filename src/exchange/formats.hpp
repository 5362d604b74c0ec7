#pragma once
// The list of what can be read and written: adding a format is a file of this folder and a row here.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/exporting.hpp"
#include "exchange/table_format.hpp"
#include "records/importing.hpp"
#include "registers/profile/profile.hpp"

namespace greffier::exchange {

std::vector<records::ExportFormat> const& export_formats();
/// Nothing when no such format exists or the register has it not.
records::ExportFormat const* find_export(std::string_view name, records::Register const& kind);
/// Names of the formats of a register, in the order shown.
std::vector<std::string> export_names(records::Register const& kind);

/// "auto" first.
std::vector<std::string_view> const& import_formats();

struct ReadWish {
    std::string format = "auto";          ///< or a name of import_formats()
    std::string source;                   ///< the file's name
    Date today{};
    std::optional<schema::Row> profile{}; ///< of the organisation the file is for
    std::optional<TableMapping> mapping{};///< of a spreadsheet; absent = as proposed
};
/// The format of a file by its bytes; `wanted` "auto" or a name of import_formats(). Errors: import.unknown_format.
Result<std::string> format_of(records::Register const& kind, std::string_view bytes, std::string const& wanted);
/// True for csv, xlsx and ods: what a mapping reads.
bool is_table_format(std::string_view format);
/// Recognises a file by its content, never by its name. Errors: import.* for what it is not, unreadable,
/// import.unknown_format, import.format_elsewhere when the register does not take that format.
Result<records::ImportFile> read_import(records::Register const& kind, std::string_view bytes, ReadWish const& wish);

/// The registers of a file, without any organisation: for `greffier lint FILE`.
struct FileRegister {
    std::string register_slug, format;
    std::vector<records::ImportItem> items;   ///< rows, normalised, with their places; those refused say why
    std::vector<records::ImportNote> notes;
    std::optional<schema::Row> profile;       ///< what the file says of the organisation
};
Result<FileRegister> read_register_file(std::filesystem::path const& path, records::Registers const& registers, Date today);

/// The controller that the header of a CNIL workbook names; nothing for any other file.
std::optional<profile::Profile> cnil_profile_of(std::string_view bytes, std::string const& source, Date today);

/// The bytes of a file. Errors: import.no_such_file, import.too_large.
Result<std::string> read_bytes(std::filesystem::path const& path);
constexpr std::size_t max_import_bytes = 50U << 20;

} // namespace greffier::exchange
