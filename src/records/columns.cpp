#include "records/columns.hpp"

#include <set>

namespace greffier::records::detail {
namespace {

void append_plain(std::string& out, std::string_view text)
{
    for (char c : text) {
        if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
        else out += 'z';   // "_" and "-" of codes: no word contains them, so nothing is confused in practice
    }
}

void collect(schema::SchemaInfo const& info, schema::Row const& row, std::set<std::string>& out)
{
    using schema::Kind;
    auto add = [&](schema::FieldInfo const& field, std::string const& code) { out.insert(facet_token(field.name + ":" + code)); };
    for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i) {
        auto const& field = info.fields[i];
        auto const& value = row.values[i];
        if (auto const* rows = std::get_if<schema::Rows>(&value); rows && field.rows) {
            for (auto const& owned : *rows) collect(*field.rows, owned, out);
        } else if (field.list || field.kind == Kind::Country) {
            if (auto const* code = std::get_if<std::string>(&value)) add(field, *code);
            if (auto const* codes = std::get_if<schema::Texts>(&value))
                for (auto const& code : *codes) add(field, code);
        } else if (field.facet) {
            if (auto const* truth = std::get_if<bool>(&value); truth && *truth) add(field, "yes");
        }
    }
}

}  // namespace

std::string organisation_token(OrganisationId organisation) { return "o" + organisation.uuid.hex(); }

std::string register_token(Register const& kind)
{
    std::string token = "r";
    append_plain(token, kind.slug);
    return token;
}

std::string facet_token(std::string_view facet)
{
    std::string token = "x";
    auto const colon = facet.find(':');
    append_plain(token, facet.substr(0, colon));
    token += 'x';
    if (colon != std::string_view::npos) append_plain(token, facet.substr(colon + 1));
    return token;
}

std::string facet_tokens(schema::SchemaInfo const& info, schema::Row const& row)
{
    std::set<std::string> tokens;
    collect(info, row, tokens);
    std::string out;
    for (auto const& token : tokens) {
        out += ' ';
        out += token;
    }
    return out;
}

}  // namespace greffier::records::detail
