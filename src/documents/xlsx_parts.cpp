#include "documents/xlsx_parts.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>

#include "core/utf8.hpp"
#include "documents/plain_text.hpp"
#include "documents/xml_pull.hpp"

namespace greffier::documents {
namespace {

constexpr std::size_t most_markup = 2'000'000, most_formats = 70'000;

std::string_view local_name(pugi::xml_node node)
{
    std::string_view const name = node.name();
    auto const colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(pugi::xml_node parent, std::string_view name)
{
    for (pugi::xml_node node : parent.children())
        if (local_name(node) == name) return node;
    return {};
}

std::string_view attribute(pugi::xml_node node, std::string_view name)
{
    for (pugi::xml_attribute each : node.attributes()) {
        std::string_view const full = each.name();
        auto const colon = full.find(':');
        if ((colon == std::string_view::npos ? full : full.substr(colon + 1)) == name) return each.value();
    }
    return {};
}

/// An attribute with any prefix, "r:id" before a plain "id".
std::string_view prefixed(pugi::xml_node node, std::string_view name)
{
    for (pugi::xml_attribute each : node.attributes()) {
        std::string_view const full = each.name();
        if (full.size() > name.size() && full.ends_with(name) && full[full.size() - name.size() - 1] == ':') return each.value();
    }
    return {};
}

std::size_t number(std::string_view text, std::size_t otherwise)
{
    std::size_t value = 0;
    auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && stop == text.data() + text.size() ? value : otherwise;
}

Status load(pugi::xml_document& document, ZipReader const& zip, std::string const& part)
{
    std::string const content = TRY(zip.read(part));
    auto const markup = std::ranges::count_if(content, [](char c) { return c == '<' || c == '='; });
    if (static_cast<std::size_t>(markup) > most_markup) return Error::too_large("import.too_complex");
    auto const parsed = document.load_buffer(content.data(), content.size(), pugi::parse_default | pugi::parse_doctype);
    for (pugi::xml_node node : document.children())
        if (node.type() == pugi::node_doctype) return Error::invalid("import.dtd");
    if (!parsed) return Error::invalid("import.damaged");
    return Nothing{};
}

/// "xl/workbook.xml" and "worksheets/sheet1.xml" make "xl/worksheets/sheet1.xml"; never leaves the archive.
std::string beside(std::string const& part, std::string_view target)
{
    std::string path = target.starts_with('/') ? std::string(target.substr(1)) : part.substr(0, part.rfind('/') + 1) + std::string(target);
    std::vector<std::string> steps;
    for (std::size_t at = 0; at <= path.size();) {
        auto const end = std::min(path.find('/', at), path.size());
        auto step = path.substr(at, end - at);
        at = end + 1;
        if (step == "..") {
            if (!steps.empty()) steps.pop_back();
        } else if (!step.empty() && step != ".") {
            steps.push_back(std::move(step));
        }
    }
    std::string out;
    for (auto const& step : steps) out += (out.empty() ? "" : "/") + step;
    return out;
}

struct Relation {
    std::string type, part; ///< last word of its type
};

Result<std::map<std::string, Relation, std::less<>>> relations_of(ZipReader const& zip, std::string const& part)
{
    std::map<std::string, Relation, std::less<>> relations;
    auto const slash = part.rfind('/');
    auto const folder = slash == std::string::npos ? "" : part.substr(0, slash + 1);
    auto const file = folder + "_rels/" + part.substr(folder.size()) + ".rels";
    if (!zip.has(file)) return relations;
    pugi::xml_document document;
    TRY(load(document, zip, file));
    for (pugi::xml_node node : document.document_element().children()) {
        if (attribute(node, "TargetMode") == "External") continue;
        auto const type = attribute(node, "Type");
        relations[std::string(attribute(node, "Id"))] = {std::string(type.substr(type.rfind('/') + 1)), beside(part, attribute(node, "Target"))};
    }
    return relations;
}

std::vector<XlsxFormat> formats_of(pugi::xml_node styles)
{
    std::map<std::size_t, std::string> codes;
    for (pugi::xml_node node : child(styles, "numFmts").children())
        codes[number(attribute(node, "numFmtId"), 0)] = std::string(attribute(node, "formatCode").substr(0, 1000));
    std::vector<XlsxFormat> formats;
    for (pugi::xml_node node : child(styles, "cellXfs").children()) {
        if (formats.size() >= most_formats) break;
        auto const id = number(attribute(node, "numFmtId"), 0);
        auto const own = codes.find(id);
        std::string code = own != codes.end() ? own->second : std::string(built_in_format(static_cast<int>(std::min<std::size_t>(id, 1000))));
        auto const meaning = meaning_of(code);
        formats.push_back({meaning, meaning == NumberMeaning::Padded ? std::move(code) : std::string{}});
    }
    return formats;
}

class EntrySource final : public ByteSource {
public:
    explicit EntrySource(ZipStream stream) : stream_(std::move(stream)) {}
    Result<std::size_t> read(char* buffer, std::size_t size) override { return stream_.read(buffer, size); }
    Status rewind() override { return Error::invalid("import.damaged"); } // never asked of an entry

private:
    ZipStream stream_;
};

/// Runs of a rich text are put together; how a text is pronounced (rPh) is left out.
Status read_texts(SharedTexts& texts, ZipReader const& zip, std::string const& part, TableOptions const& options)
{
    EntrySource source(TRY(zip.stream(part, options.max_sheet_bytes)));
    XmlPull xml(source, options.max_cell_bytes);
    std::string text;
    bool inside = false;
    for (;;) {
        auto const token = TRY(xml.next());
        if (token == XmlToken::EndOfFile) return Nothing{};
        if (token == XmlToken::Start && xml.name() == "rPh") {
            TRY(xml.skip());
        } else if (token == XmlToken::Start) {
            if (xml.name() == "si") text.clear();
            inside = xml.name() == "t";
        } else if (token == XmlToken::Text) {
            if (inside && text.size() <= options.max_cell_bytes) text += xml.text();
        } else {
            inside = false;
            // Too long by a byte: the cell that shows it says where.
            if (xml.name() == "si" && !texts.add(clean_text(unescaped_xlsx(text)), options.max_text_bytes))
                return Error::too_large("import.bomb");
        }
    }
}

} // namespace

bool SharedTexts::add(std::string_view text, std::size_t most)
{
    constexpr std::size_t cost_of_one = sizeof(std::size_t);
    if (bytes_.size() + ends_.size() * cost_of_one + text.size() > most) return false;
    bytes_ += text;
    ends_.push_back(bytes_.size());
    return true;
}

std::string_view SharedTexts::at(std::size_t index) const
{
    auto const start = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(bytes_).substr(start, ends_[index] - start);
}

std::string unescaped_xlsx(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::uint32_t code = 0;
        if (text[i] == '_' && i + 6 < text.size() && text[i + 1] == 'x' && text[i + 6] == '_') {
            auto const [stop, error] = std::from_chars(text.data() + i + 2, text.data() + i + 6, code, 16);
            if (error == std::errc() && stop == text.data() + i + 6 && (code < 0xD800 || code > 0xDFFF)) {
                append_utf8(out, code);
                i += 6;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

Result<std::string> workbook_part(ZipReader const& zip)
{
    if (zip.has("xl/workbook.bin")) return Error::invalid("import.is_xlsb");
    for (auto const& [id, relation] : TRY(relations_of(zip, "")))
        if (relation.type == "officeDocument" && relation.part.starts_with("xl/")) return relation.part;
    if (zip.has("xl/workbook.xml")) return std::string("xl/workbook.xml");
    return Error::invalid("import.not_a_spreadsheet");
}

Result<XlsxBook> read_xlsx_book(ZipReader const& zip, TableOptions const& options)
{
    XlsxBook book;
    auto const part = TRY(workbook_part(zip));
    auto const relations = TRY(relations_of(zip, part));
    pugi::xml_document document;
    TRY(load(document, zip, part));
    auto const root = document.document_element();
    auto const epoch = attribute(child(root, "workbookPr"), "date1904");
    book.from_1904 = epoch == "1" || epoch == "true";
    for (pugi::xml_node node : child(root, "sheets").children()) {
        auto const relation = relations.find(prefixed(node, "id"));
        if (relation == relations.end() || relation->second.type != "worksheet") continue;
        if (book.sheets.size() >= options.max_sheets)
            return Error::too_large("import.too_many_sheets", {{"limit", std::to_string(options.max_sheets)}});
        auto const state = attribute(node, "state");
        book.sheets.push_back({{clean_text(attribute(node, "name").substr(0, 1000)), state == "hidden" || state == "veryHidden"}, relation->second.part});
    }
    if (book.sheets.empty()) return Error::invalid("import.no_sheet");
    for (auto const& [id, relation] : relations) {
        if (relation.type == "sharedStrings" && book.texts.size() == 0) TRY(read_texts(book.texts, zip, relation.part, options));
        if (relation.type == "styles") {
            pugi::xml_document styles;
            TRY(load(styles, zip, relation.part));
            book.formats = formats_of(styles.document_element());
        }
    }
    return book;
}

} // namespace greffier::documents
