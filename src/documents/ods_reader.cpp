#include "documents/ods_reader.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <stdexcept>
#include <system_error>

#include "documents/file_kind.hpp"
#include "documents/ods_cells.hpp"
#include "documents/plain_text.hpp"

namespace greffier::documents {
namespace {

constexpr std::string_view spreadsheet_type = "application/vnd.oasis.opendocument.spreadsheet";
constexpr int max_group_depth = 32;

Arguments limit(std::size_t count)
{
    return {{"limit", std::to_string(count)}};
}

// ---- the package -----------------------------------------------------------------------------

std::string code_of_package(ZipReader const& zip, std::string const& type)
{
    if (zip.has("xl/workbook.xml") || zip.has("xl/workbook.bin")) return "import.is_xlsx";
    if (zip.has("word/document.xml") || zip.has("ppt/presentation.xml")) return "import.is_document";
    if (type.starts_with("application/vnd.oasis.opendocument.") || type.starts_with("application/vnd.sun.xml."))
        return "import.is_document";
    return zip.has("content.xml") ? "import.not_a_spreadsheet" : "import.is_archive";
}

Status check_package(ZipReader const& zip)
{
    std::string type;
    if (zip.has("mimetype")) {
        type = TRY(zip.read("mimetype"));
        type.erase(type.find_last_not_of(" \t\r\n") + 1);
    }
    bool const template_of = type == std::string(spreadsheet_type) + "-template";
    bool const unlabelled = type.empty() && zip.has("content.xml");
    if (type != spreadsheet_type && !template_of && !unlabelled)
        return Error::invalid(code_of_package(zip, type.substr(0, 200)));
    if (!zip.has("META-INF/manifest.xml")) return Nothing{};
    std::string const manifest = TRY(zip.read("META-INF/manifest.xml"));
    if (manifest.find("encryption-data") != std::string::npos) return Error::invalid("import.encrypted");
    return Nothing{};
}

Result<ZipReader> open_package(std::string_view bytes, ZipLimits const& limits)
{
    FileKind const kind = kind_of_file(bytes);
    if (kind != FileKind::Zip) return Error::invalid(error_code_of(kind));
    return ZipReader::open(bytes, limits);
}

// ---- the tree --------------------------------------------------------------------------------

Status parse(pugi::xml_document& document, std::string& content, OdsLimits const& limits)
{
    auto const markup = std::count_if(content.begin(), content.end(), [](char c) { return c == '<' || c == '='; });
    if (static_cast<std::size_t>(markup) > limits.max_markup) return Error::too_large("import.too_complex");
    unsigned const flags = pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_doctype;
    auto const parsed = document.load_buffer_inplace(content.data(), content.size(), flags, pugi::encoding_utf8);
    for (pugi::xml_node node : document.children())
        if (node.type() == pugi::node_doctype) return Error::invalid("import.dtd");
    if (!parsed) return Error::invalid("import.damaged");
    return Nothing{};
}

OdsNames names_of(pugi::xml_node root)
{
    std::vector<std::pair<std::string, std::string>> declared;
    for (pugi::xml_attribute attribute : root.attributes()) {
        std::string_view const name = attribute.name();
        if (name == "xmlns")
            declared.emplace_back("", attribute.value());
        else if (name.starts_with("xmlns:"))
            declared.emplace_back(std::string(name.substr(6)), attribute.value());
    }
    return OdsNames(declared);
}

std::set<std::string> hidden_styles(pugi::xml_node root, OdsNames const& names)
{
    std::set<std::string> hidden;
    for (pugi::xml_node style : root.child(names.automatic_styles.c_str()).children(names.style.c_str())) {
        pugi::xml_node const properties = style.child(names.table_properties.c_str());
        if (std::string_view(properties.attribute(names.display.c_str()).value()) == "false")
            hidden.insert(style.attribute(names.style_name.c_str()).value());
    }
    return hidden;
}

// ---- the cells -------------------------------------------------------------------------------

// Empty rows and cells are only counted until something follows them: a repeat of a million costs nothing.
class WorkbookBuilder {
public:
    WorkbookBuilder(OdsNames const& names, OdsLimits const& limits) : names_(names), limits_(limits) {}

    Status add_sheet(pugi::xml_node node, bool hidden)
    {
        if (book_.sheets.size() >= limits_.max_sheets)
            return Error::too_large("import.too_many_sheets", limit(limits_.max_sheets));
        Sheet& sheet = book_.sheets.emplace_back();
        sheet.name = read_name(node);
        sheet.hidden = hidden;
        empty_rows_ = 0;
        return add_rows(node, sheet, 0);
    }

    Workbook take() { return std::move(book_); }

private:
    using Row = std::vector<Cell>;

    std::string read_name(pugi::xml_node node) const;

    Status add_rows(pugi::xml_node parent, Sheet& sheet, int depth)
    {
        if (depth > max_group_depth) return Error::invalid("import.damaged");
        for (pugi::xml_node child : parent.children()) {
            std::string_view const name = child.name();
            if (name == names_.row)
                TRY(add_row(child, sheet));
            else if (name == names_.rows || name == names_.header_rows || name == names_.row_group)
                TRY(add_rows(child, sheet, depth + 1));
        }
        return Nothing{};
    }

    Status add_row(pugi::xml_node node, Sheet& sheet)
    {
        std::size_t const repeat = count_of(node.attribute(names_.rows_repeated.c_str()));
        Row row = TRY(read_row(node));
        if (row.empty()) {
            empty_rows_ += repeat;
            return Nothing{};
        }
        if (sheet.rows.size() + empty_rows_ + repeat > limits_.max_rows)
            return Error::too_large("import.too_many_rows",
                                    {{"limit", std::to_string(limits_.max_rows)}, {"sheet", sheet.name}});
        TRY(charge(row, repeat));
        sheet.rows.resize(sheet.rows.size() + empty_rows_);
        empty_rows_ = 0;
        for (std::size_t i = 1; i < repeat; ++i) sheet.rows.push_back(row);
        sheet.rows.push_back(std::move(row));
        return Nothing{};
    }

    Result<Row> read_row(pugi::xml_node node)
    {
        Row row;
        std::size_t empty_cells = 0, row_bytes = 0;
        for (pugi::xml_node child : node.children()) {
            std::string_view const name = child.name();
            if (name != names_.cell && name != names_.covered_cell) continue;
            std::size_t const repeat = count_of(child.attribute(names_.columns_repeated.c_str()));
            Cell const cell = read_cell(child, names_, limits_.max_cell_bytes);
            if (cell.text.size() > limits_.max_cell_bytes) return Error::too_large("import.cell_too_long");
            bool const plain = cell.is_empty() && cell.column_span == 1 && cell.row_span == 1;
            if (plain && !cell.covered) {
                empty_cells += repeat;
                continue;
            }
            std::size_t const end = row.size() + empty_cells + repeat;
            if (plain && end > limits_.max_columns) {
                empty_cells += repeat;
                continue;
            }
            if (end > limits_.max_columns)
                return Error::too_large("import.too_many_columns", limit(limits_.max_columns));
            row_bytes += repeat * (cell.text.size() + cell.value.size());
            if (row_bytes > limits_.max_text_bytes) return Error::too_large("import.bomb");
            row.resize(row.size() + empty_cells);
            empty_cells = 0;
            row.insert(row.end(), repeat, cell);
        }
        while (!row.empty() && row.back().is_empty()) row.pop_back();
        return row;
    }

    // Counted before the copies are made: a long text repeated over a sheet is refused, not built.
    Status charge(Row const& row, std::size_t repeat)
    {
        std::size_t bytes = 0;
        for (Cell const& cell : row) bytes += cell.text.size() + cell.value.size();
        cells_ += row.size() * repeat;
        text_bytes_ += bytes * repeat;
        if (cells_ > limits_.max_cells) return Error::too_large("import.too_many_cells", limit(limits_.max_cells));
        if (text_bytes_ > limits_.max_text_bytes) return Error::too_large("import.bomb");
        return Nothing{};
    }

    OdsNames const& names_;
    OdsLimits const& limits_;
    Workbook book_;
    std::size_t empty_rows_ = 0, cells_ = 0, text_bytes_ = 0;
};

std::string WorkbookBuilder::read_name(pugi::xml_node node) const
{
    constexpr std::size_t longest = 1000;
    return clean_text(std::string_view(node.attribute(names_.table_name.c_str()).value()).substr(0, longest));
}

Result<Workbook> read_sheets(pugi::xml_node root, OdsLimits const& limits)
{
    OdsNames const names = names_of(root);
    pugi::xml_node const body = root.child(names.body.c_str());
    pugi::xml_node const spreadsheet = body.child(names.spreadsheet.c_str());
    if (!spreadsheet) return Error::invalid(body ? "import.is_document" : "import.not_a_spreadsheet");
    auto const hidden = hidden_styles(root, names);
    WorkbookBuilder builder(names, limits);
    for (pugi::xml_node table : spreadsheet.children(names.table.c_str())) {
        if (table.child(names.source.c_str())) continue; // a stored copy of another file's sheet
        TRY(builder.add_sheet(table, hidden.contains(table.attribute(names.style_of_table.c_str()).value())));
    }
    Workbook book = builder.take();
    if (book.sheets.empty()) return Error::invalid("import.no_sheet");
    return book;
}

} // namespace

Result<Workbook> read_ods_bytes(std::string_view bytes, OdsLimits const& limits)
{
    if (bytes.size() > limits.max_file_bytes)
        return Error::too_large("import.too_large", {{"limit", std::to_string(limits.max_file_bytes >> 20)}});
    ZipReader const zip = TRY(open_package(bytes, limits.zip));
    TRY(check_package(zip));
    std::string content = TRY(zip.read("content.xml"));
    pugi::xml_document document;
    TRY(parse(document, content, limits));
    return read_sheets(document.document_element(), limits);
}

Result<Workbook> read_ods(std::filesystem::path const& path, OdsLimits const& limits)
{
    std::error_code failure;
    if (!std::filesystem::is_regular_file(path, failure))
        return Error::not_found("import.no_such_file", {{"file", path.filename().string()}});
    auto const size = std::filesystem::file_size(path, failure);
    if (failure) return Error::not_found("import.no_such_file", {{"file", path.filename().string()}});
    if (size > limits.max_file_bytes)
        return Error::too_large("import.too_large", {{"limit", std::to_string(limits.max_file_bytes >> 20)}});
    std::ifstream file(path, std::ios::binary);
    std::string bytes(static_cast<std::size_t>(size), '\0');
    if (!file.read(bytes.data(), static_cast<std::streamsize>(size)) && size > 0)
        return Error::not_found("import.no_such_file", {{"file", path.filename().string()}});
    return read_ods_bytes(bytes, limits);
}

} // namespace greffier::documents
