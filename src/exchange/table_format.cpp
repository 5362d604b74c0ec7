#include "exchange/table_format.hpp"

#include <algorithm>
#include <set>

#include "core/json_writer.hpp"
#include "core/text.hpp"

namespace greffier::exchange {
namespace {

struct Opened {
    std::unique_ptr<documents::TableReader> reader;
    TableProposal proposal;
};

Result<Opened> open_and_look(records::Register const& kind, std::string_view bytes, TableWish const& wish, std::optional<documents::Workbook> book = {})
{
    auto asked = wish.mapping.value_or(TableMapping{});
    if (asked.of_another_file) {
        asked.encoding.clear();
        asked.separator.clear();
        asked.header_row = 0;
    }
    Opened opened;
    opened.reader = book ? documents::table_of(std::move(*book)) : TRY(open_mapped(std::string(bytes), wish.source, asked));
    auto reading = asked;
    bool const has_sheet = std::ranges::find(opened.reader->sheets(), asked.sheet, &documents::TableSheet::name) != opened.reader->sheets().end();
    if (asked.of_another_file && !has_sheet) reading.sheet.clear();
    opened.proposal.look = TRY(look_at_table(kind, *opened.reader, reading));
    auto& proposal = opened.proposal;
    if (!wish.mapping || wish.mapping->columns.empty()) {
        proposal.mapping = propose_mapping(kind, proposal.look);
        if (wish.mapping) proposal.mapping.name = wish.mapping->name;
        return opened;
    }
    proposal.mapping = fit_mapping(kind, proposal.look, *wish.mapping);
    for (auto const& column : wish.mapping->columns) {
        bool const there = std::ranges::any_of(proposal.mapping.columns, [&](TableColumn const& one) { return word_key(one.heading) == word_key(column.heading); });
        if (!there && !column.target.empty()) proposal.missing.push_back({records::Outcome::Skipped, column.heading, "column_missing", {{"heading", shorten(column.heading, 80)}}, {}});
    }
    return opened;
}

} // namespace

Result<std::unique_ptr<documents::TableReader>> open_mapped(std::string bytes, std::string const& name, TableMapping const& mapping)
{
    documents::TableOptions options;
    options.name = name;
    options.max_rows = max_table_rows;
    if (!mapping.separator.empty()) options.separator = mapping.separator.front();
    if (!mapping.encoding.empty()) {
        options.encoding = documents::parse_encoding(mapping.encoding);
        if (!options.encoding) return Error{ErrorKind::Invalid, "invalid", {}, {{"encoding", "mapping.bad_encoding", {{"value", shorten(mapping.encoding, 40)}}}}};
    }
    return documents::open_table_bytes(std::move(bytes), options);
}

Result<TableProposal> propose_for(records::Register const& kind, std::string_view bytes, TableWish const& wish)
{
    return std::move(TRY(open_and_look(kind, bytes, wish)).proposal);
}

Result<records::ImportFile> read_table_file(records::Register const& kind, std::string_view bytes, TableWish const& wish, std::optional<documents::Workbook> book)
{
    auto opened = TRY(open_and_look(kind, bytes, wish, std::move(book)));
    auto& [look, mapping, missing] = opened.proposal;
    if (wish.mapping)   // a wrong target is refused, not lost with the columns that a file has not
        if (auto problems = check_mapping(*kind.schema, kind.title_field, *wish.mapping); !problems.empty() && !wish.mapping->columns.empty())
            return Error{ErrorKind::Invalid, "invalid", {}, std::move(problems)};
    auto file = TRY(import_table(kind, *opened.reader, look, mapping, {wish.source, sha256(as_bytes(bytes))}));
    file.notes.insert(file.notes.end(), missing.begin(), missing.end());
    return file;
}

int recognised_columns(records::Register const& kind, documents::Workbook book)
{
    auto const opened = open_and_look(kind, {}, {}, std::move(book));
    if (!opened.ok()) return 0;
    std::set<std::string> targets;
    for (auto const& column : opened->proposal.mapping.columns)
        if (!column.target.empty()) targets.insert(column.target);
    return static_cast<int>(targets.size());
}

std::string to_json(TableProposal const& proposal, std::string const& source)
{
    auto const& look = proposal.look;
    JsonWriter out;
    out.begin_object().member("file", std::string_view{source}).member("format", documents::code_of(look.kind));
    out.key("sheets").begin_array();
    for (auto const& sheet : look.sheets) out.value(std::string_view{sheet.name});
    out.end_array().member("sheet", std::string_view{look.sheets[look.sheet].name}).member("header_row", look.header_row).member("rows", look.rows);
    out.key("columns").begin_array();
    for (auto const& column : look.columns) {
        out.begin_object().member("heading", std::string_view{column.heading}).member("filled", column.filled).key("samples").begin_array();
        for (auto const& sample : column.samples) out.value(std::string_view{sample});
        out.end_array().end_object();
    }
    out.end_array().key("notes").begin_array();
    for (auto const* notes : {&look.notes, &proposal.missing})
        for (auto const& note : *notes) {
            out.begin_object().member("place", std::string_view{note.place}).member("code", std::string_view{note.code}).key("arguments").begin_object();
            for (auto const& [name, value] : note.arguments) out.member(name, std::string_view{value});
            out.end_object().end_object();
        }
    out.end_array().key("mapping").raw(to_json(proposal.mapping)).end_object();
    return std::move(out).take();
}

} // namespace greffier::exchange
