#include "documents/ods_cells.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>
#include <utility>

#include "documents/plain_text.hpp"

namespace greffier::documents {
namespace {

constexpr int max_depth = 64; // spans in spans: no program writes more than a few

bool named(pugi::xml_node node, std::string const& name)
{
    return name == node.name();
}

// OpenDocument collapses white space in a paragraph; what must stay is written as text:s, text:tab, text:line-break.
class TextCollector {
public:
    TextCollector(OdsNames const& names, std::size_t max_bytes) : names_(names), max_bytes_(max_bytes) {}

    void paragraph(pugi::xml_node node)
    {
        if (paragraphs_++ > 0) text_ += '\n';
        after_blank_ = true;
        children(node, 0);
    }

    std::string take() { return clean_text(text_); }

private:
    [[nodiscard]] bool full() const { return text_.size() > max_bytes_; }

    void children(pugi::xml_node node, int depth)
    {
        if (depth > max_depth) return;
        for (pugi::xml_node child : node.children()) {
            if (full()) return;
            if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
                characters(child.value());
            else if (child.type() == pugi::node_element)
                element(child, depth);
        }
    }

    void element(pugi::xml_node node, int depth)
    {
        if (named(node, names_.space))
            exact(std::string(std::min(count_of(node.attribute(names_.space_count.c_str())), max_bytes_ + 1), ' '));
        else if (named(node, names_.tab))
            exact("\t");
        else if (named(node, names_.line_break))
            exact("\n");
        else if (!named(node, names_.annotation) && !named(node, names_.table))
            children(node, depth + 1);
    }

    void exact(std::string const& text)
    {
        text_ += text;
        after_blank_ = false;
    }

    void characters(char const* characters)
    {
        for (char const* c = characters; *c; ++c) {
            bool const blank = *c == ' ' || *c == '\t' || *c == '\n' || *c == '\r';
            if (!blank)
                text_ += *c;
            else if (!after_blank_)
                text_ += ' ';
            after_blank_ = blank;
        }
    }

    OdsNames const& names_;
    std::size_t max_bytes_;
    std::string text_;
    int paragraphs_ = 0;
    bool after_blank_ = true;
};

CellType type_of(std::string_view type)
{
    static constexpr std::pair<std::string_view, CellType> types[] = {
        {"string", CellType::Text},       {"float", CellType::Number}, {"percentage", CellType::Percentage},
        {"currency", CellType::Currency}, {"date", CellType::Date},    {"time", CellType::Time},
        {"boolean", CellType::Boolean},   {"error", CellType::Error}};
    for (auto const& [name, value] : types)
        if (name == type) return value;
    return CellType::Empty;
}

std::string const& value_attribute(CellType type, OdsNames const& names)
{
    switch (type) {
    case CellType::Date: return names.date_value;
    case CellType::Time: return names.time_value;
    case CellType::Boolean: return names.boolean_value;
    case CellType::Text: return names.string_value;
    default: return names.value;
    }
}

std::string visible_text(pugi::xml_node node, OdsNames const& names, std::size_t max_bytes)
{
    TextCollector collector(names, max_bytes);
    for (pugi::xml_node child : node.children())
        if (named(child, names.paragraph) || named(child, names.heading)) collector.paragraph(child);
    return collector.take();
}

int small(std::size_t count)
{
    return static_cast<int>(std::min<std::size_t>(count, 1U << 20));
}

} // namespace

std::size_t count_of(pugi::xml_attribute attribute)
{
    char const* text = attribute.value();
    std::uint32_t count = 1;
    auto const [end, error] = std::from_chars(text, text + std::strlen(text), count);
    if (error == std::errc::result_out_of_range) return std::numeric_limits<std::uint32_t>::max();
    return error == std::errc() && *end == '\0' && count > 0 ? count : 1;
}

Cell read_cell(pugi::xml_node node, OdsNames const& names, std::size_t max_bytes)
{
    auto const attribute = [&](std::string const& name) { return node.attribute(name.c_str()); };
    Cell cell;
    cell.text = visible_text(node, names, max_bytes);
    cell.type = type_of(attribute(names.value_type).value());
    if (std::string_view(attribute(names.computed_type).value()) == "error") cell.type = CellType::Error;
    if (cell.type != CellType::Empty) {
        cell.value =
            clean_text(std::string_view(attribute(value_attribute(cell.type, names)).value()).substr(0, max_bytes + 1));
        if (cell.text.empty()) cell.text = cell.value;
        if (cell.type == CellType::Text || cell.type == CellType::Error) cell.value.clear();
    } else if (!cell.text.empty()) {
        cell.type = CellType::Text;
    }
    if (cell.is_empty()) cell.type = CellType::Empty;
    cell.column_span = small(count_of(attribute(names.columns_spanned)));
    cell.row_span = small(count_of(attribute(names.rows_spanned)));
    cell.covered = named(node, names.covered_cell);
    cell.formula = !attribute(names.formula).empty();
    return cell;
}

} // namespace greffier::documents
