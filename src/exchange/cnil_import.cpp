#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "exchange/cnil_actors.hpp"
#include "exchange/cnil_words.hpp"
#include "law/countries.hpp"
#include "law/duration_text.hpp"

namespace greffier::exchange {
namespace {

using cnil::Actors;
using processing::Processing;
using records::ImportItem;
using records::ImportNote;
using records::Outcome;

/// What the layout can say of each field of rows; the rest of a row is ours alone.
std::vector<records::Carried> carried()
{
    return {
        {"purposes", {"kind", "text"}, {}, "kind", "main"},
        {"subject_categories", {"category", "details"}},
        {"data_categories", {"category", "description", "retention_text"}, {{"retention_period", "retention_text"}, {"retention_start", "retention_text"}, {"special", "category"}}},
        {"recipients", {"type", "details"}},
        {"measures", {"type", "details"}},
        {"transfers", {"recipient", "country", "tool", "document"}},
        {"joint_controllers", {"name", "address", "postcode", "city", "country", "phone", "email"}},
    };
}

std::string folded(std::string_view text) { return fold(squeeze(text)); }

std::string with_label(std::string const& label, std::string const& words)
{
    return words.empty() ? label : label + "\u00a0: " + words;
}

/// One sheet, with its row of the list when it has one, into one record.
class SheetReader {
public:
    SheetReader(CnilSheet const& sheet, CnilListRow const* row, Date today, Actors& actors, cnil::Lists lists) : sheet_(sheet), row_(row), today_(today), actors_(actors), lists_(lists) {}

    ImportItem read()
    {
        item_.place = sheet_.place;
        item_.example = sheet_.example;
        take_description();
        actors_.take_sheet(sheet_, record_, item_.notes);
        take_purposes();
        for (auto const& category : sheet_.data_categories) take_category(category, false);
        for (auto const& category : sheet_.sensitive) take_category(category, true);
        take_subjects();
        take_recipients();
        take_measures();
        for (auto const& transfer : sheet_.transfers) take_transfer(transfer);
        if (row_ && truth_of(row_->sensitive).value_or(false) && sheet_.sensitive.empty() && !record_.has_art9() && !record_.has_art10() && !record_.has_nir()) {
            record_.sensitive_or_personal = true;
            say("sensitive_or_personal", row_->sensitive.place);
            note(Outcome::Repaired, row_->sensitive.place, "sensitive_without_detail", {}, "sensitive_or_personal");
        }
        item_.row = processing::processing_schema().pack(record_);
        for (auto const* rows : {"purposes", "subject_categories", "data_categories", "recipients", "measures", "transfers", "joint_controllers", "stated_actors", "notes"})
            if (!schema::is_empty(schema::get(processing::processing_schema().info(), item_.row, rows))) say(rows, "");
        return std::move(item_);
    }

private:
    void note(Outcome outcome, std::string const& place, std::string code, Arguments arguments = {}, std::string field = {})
    {
        item_.notes.push_back({outcome, place.empty() ? item_.place : place, std::move(code), std::move(arguments), std::move(field)});
    }

    /// The file speaks of this field.
    void say(std::string field, std::string const& place)
    {
        if (std::ranges::find(item_.present, field) == item_.present.end()) item_.present.push_back(field);
        if (!place.empty()) item_.places.emplace(std::move(field), place);
    }
    void place(std::string const& rows, std::size_t index, char const* part, Placed const& cell)
    {
        auto const path = rows + "[" + std::to_string(index) + "]";
        if (cell.place.empty()) return;
        item_.places.emplace(path, cell.place);
        item_.places.emplace(path + "." + part, cell.place);
    }

    /// A text too long for its field is cut there and kept whole in the notes, as far as they hold it: a record is not
    /// refused for its length.
    std::string fit(std::string const& text, std::size_t most, std::string const& field, std::string const& cell)
    {
        constexpr std::size_t room = 9900;   // of the notes
        if (length_utf8(text) <= most) return text;
        auto notes = record_.notes.value + (record_.notes.empty() ? "" : "\n") + text;
        bool const whole = length_utf8(notes) <= room;
        record_.notes.value = whole ? std::move(notes) : shorten(notes, room - 1);
        if (whole) note(Outcome::Repaired, cell, "text_shortened", {{"max", std::to_string(most)}}, field);
        else note(Outcome::Repaired, cell, "text_cut", {{"value", shorten(squeeze(text), 120)}}, field);
        return shorten(text, most - 1);
    }

    void take_description()
    {
        static Placed const none;
        auto const& name = sheet_.name.empty() && row_ ? row_->name : sheet_.name;
        auto const& main = sheet_.main_purpose.empty() && row_ ? row_->purposes : sheet_.main_purpose;
        record_.name = fit(squeeze(name.empty() ? main.text : name.text), 300, "name", name.place);
        if (name.empty() && !main.empty()) note(Outcome::Repaired, name.place.empty() ? main.place : name.place, "named_after_purpose", {}, "name");
        say("name", name.place);
        item_.name = record_.name;
        auto const& reference = sheet_.reference.empty() && row_ ? row_->reference : sheet_.reference;
        item_.reference = squeeze(reference.text);
        if (length_utf8(item_.reference) > 60) {
            note(Outcome::Repaired, reference.place, "reference_shortened", {{"reference", shorten(item_.reference, 120)}});
            item_.reference = shorten(item_.reference, 59);
        }
        item_.places.emplace("reference", reference.place);
        take_date(record_.sheet_created_on, "sheet_created_on", sheet_.created, row_ ? row_->created : none);
        take_date(record_.sheet_updated_on, "sheet_updated_on", sheet_.updated, row_ ? row_->updated : none);
    }

    void take_date(std::optional<Date>& into, char const* field, Placed const& first, Placed const& second)
    {
        into = date_of(first);
        if (!into) into = date_of(second);
        if (into) say(field, date_of(first) ? first.place : second.place);
    }

    void take_purposes()
    {
        auto add = [&](processing::PurposeKind kind, Placed const& cell) {
            if (cell.empty()) return;
            place("purposes", record_.purposes.size(), "text", cell);
            processing::Purpose purpose;
            purpose.kind = kind;
            purpose.text.value = fit(cell.text, 2000, "purposes", cell.place);
            record_.purposes.push_back(std::move(purpose));
        };
        add(processing::PurposeKind::Main, sheet_.main_purpose.empty() && row_ ? row_->purposes : sheet_.main_purpose);
        for (auto const& purpose : sheet_.sub_purposes) add(processing::PurposeKind::Secondary, purpose);
    }

    void take_category(CnilCategory const& category, bool sensitive)
    {
        auto const known = cnil::data_category_of(category.label.text, sensitive, lists_);
        processing::DataCategory row;
        row.category.code = known ? known->code : "other";
        bool const flagged = row.is_special() || row.is_art10() || row.is_nir();
        row.special = sensitive && !flagged;
        auto description = category.description.text;
        if ((!known || !known->exact) && !category.label.empty()) {
            description = with_label(category.label.text, description);
            note(Outcome::Repaired, category.label.place, known ? "label_kept" : "choice_unknown", {{"value", shorten(category.label.text, 120)}}, "data_categories");
        }
        auto const index = record_.data_categories.size();
        place("data_categories", index, "category", category.label);
        place("data_categories", index, "description", category.description);
        place("data_categories", index, "retention_text", category.retention);
        row.description.value = fit(description, 2000, "data_categories", category.description.place);
        row.retention_text = fit(squeeze(category.retention.text), 500, "data_categories", category.retention.place);
        if (auto const period = law::parse_period(category.retention.text)) {
            row.retention_period = schema::Duration::parse(period->iso);
            if (!period->start.empty()) row.retention_start = schema::Term<processing::RetentionStarts>{period->start};
        } else if (!category.retention.empty()) {
            note(Outcome::Repaired, category.retention.place, "retention_in_words", {{"value", shorten(category.retention.text, 120)}}, "data_categories[" + std::to_string(index) + "].retention_text");
        }
        record_.data_categories.push_back(std::move(row));
    }

    /// Type and details of a row of three columns; words that are no choice of ours become `other` with the words kept.
    struct Chosen { std::string code, details; };
    template <class Look>
    Chosen choose(CnilItem const& item, Look const& look, char const* field)
    {
        Chosen chosen{"other", item.details.text};
        if (!item.label.empty()) chosen.details = with_label(item.label.text, chosen.details);
        if (item.type.empty()) return chosen;
        if (auto const known = look(item.type.text)) {
            chosen.code = known->code;
        } else {
            chosen.details = with_label(item.type.text, chosen.details);
            note(Outcome::Repaired, item.type.place, "choice_unknown", {{"value", shorten(item.type.text, 120)}}, field);
        }
        return chosen;
    }

    void take_subjects()
    {
        for (auto const& item : sheet_.subjects) {
            auto chosen = choose(item, [this](std::string_view words) { return cnil::subject_of(words, lists_); }, "subject_categories");
            place("subject_categories", record_.subject_categories.size(), "details", item.details.empty() ? item.type : item.details);
            record_.subject_categories.push_back({{}, {chosen.code}, fit(squeeze(chosen.details), 500, "subject_categories", item.details.place), false});
        }
    }
    void take_recipients()
    {
        for (auto const& item : sheet_.recipients) {
            auto chosen = choose(item, [this](std::string_view words) { return cnil::recipient_of(words, lists_); }, "recipients");
            place("recipients", record_.recipients.size(), "details", item.details.empty() ? item.type : item.details);
            processing::Recipient row;
            if (!item.type.empty() || chosen.code != "other") row.type = schema::Term<processing::RecipientTypes>{chosen.code};
            row.details.value = fit(chosen.details, 2000, "recipients", item.details.place);
            record_.recipients.push_back(std::move(row));
        }
    }
    void take_measures()
    {
        for (auto const& item : sheet_.measures) {
            auto chosen = choose(item, [this](std::string_view words) { return cnil::measure_of(words, lists_); }, "measures");
            place("measures", record_.measures.size(), "details", item.details.empty() ? item.type : item.details);
            processing::Measure row;
            if (!item.type.empty() || chosen.code != "other") row.type = schema::Term<MeasureTypes>{chosen.code};
            row.details.value = fit(chosen.details, 2000, "measures", item.details.place);
            record_.measures.push_back(std::move(row));
        }
    }

    void take_transfer(CnilTransfer const& transfer)
    {
        auto const field = "transfers[" + std::to_string(record_.transfers.size()) + "]";
        place("transfers", record_.transfers.size(), "recipient", transfer.recipient);
        place("transfers", record_.transfers.size(), "country", transfer.country);
        processing::Transfer row;
        auto recipient = transfer.recipient.text, document = transfer.documentation.text;
        if (auto const code = law::country_from_name(transfer.country.text)) {
            row.country.value = *code;
        } else if (!transfer.country.empty()) {
            recipient = with_label(recipient.empty() ? transfer.country.text : recipient, recipient.empty() ? "" : transfer.country.text);
            note(Outcome::Repaired, transfer.country.place, "country_unknown", {{"value", shorten(transfer.country.text, 120)}}, field + ".country");
        }
        if (auto const tool = cnil::guarantee_of(transfer.guarantee.text)) {
            row.tool = choices_of(TransferTool{}).find(tool->code);
            flag_guarantee(transfer, tool->code, row.country.value, field);
        } else if (!transfer.guarantee.empty()) {
            document = with_label(transfer.guarantee.text, document);
            note(Outcome::Repaired, transfer.guarantee.place, "guarantee_unknown", {{"value", shorten(transfer.guarantee.text, 120)}}, field + ".tool");
        }
        row.recipient = fit(squeeze(recipient), 300, "transfers", transfer.recipient.place);
        row.document = fit(squeeze(document), 500, "transfers", transfer.documentation.place);
        record_.transfers.push_back(std::move(row));
    }

    /// The workbook's choices are those of 2019: kept as chosen, and said when they no longer hold.
    void flag_guarantee(CnilTransfer const& transfer, std::string const& code, std::string const& country, std::string const& field)
    {
        if (code == "privacy_shield") note(Outcome::Repaired, transfer.guarantee.place, "privacy_shield", {}, field + ".tool");
        if (code == "adequacy" && !country.empty() && !law::is_eea(country, today_) && !law::adequacy(country, today_))
            note(Outcome::Repaired, transfer.guarantee.place, "not_adequate", {{"country", country}}, field + ".tool");
    }

    CnilSheet const& sheet_;
    CnilListRow const* row_;
    Date today_;
    Actors& actors_;
    cnil::Lists lists_;
    Processing record_;
    ImportItem item_;
};

/// Joins the rows of the list to the sheets: by reference and name, then by either when only one sheet answers.
class Join {
public:
    explicit Join(CnilWorkbook const& workbook) : workbook_(workbook), row_of_(workbook.sheets.size(), nullptr)
    {
        auto same_reference = [](CnilListRow const& row, CnilSheet const& sheet) { return !row.reference.empty() && folded(row.reference.text) == folded(sheet.reference.text); };
        auto same_name = [](CnilListRow const& row, CnilSheet const& sheet) { return !row.name.empty() && folded(row.name.text) == folded(sheet.name.text); };
        pass([&](auto const& row, auto const& sheet) { return same_reference(row, sheet) && same_name(row, sheet); });
        pass(same_reference);
        pass([&](auto const& row, auto const& sheet) { return same_name(row, sheet) && (row.reference.empty() || sheet.reference.empty()); });
    }

    [[nodiscard]] CnilListRow const* row_of(std::size_t sheet) const { return row_of_[sheet]; }
    [[nodiscard]] bool joined(CnilListRow const& row) const { return joined_.contains(&row); }

private:
    template <class Matches>
    void pass(Matches const& matches)
    {
        for (auto const& row : workbook_.list) {
            if (joined(row)) continue;
            for (std::size_t i = 0; i < workbook_.sheets.size(); ++i)
                if (!row_of_[i] && matches(row, workbook_.sheets[i])) {
                    row_of_[i] = &row;
                    joined_.insert(&row);
                    break;
                }
        }
    }

    CnilWorkbook const& workbook_;
    std::vector<CnilListRow const*> row_of_;
    std::set<CnilListRow const*> joined_;
};

/// What the list says otherwise than the sheet; the sheet wins.
void compare(CnilListRow const& row, CnilSheet const& sheet, std::vector<ImportNote>& notes)
{
    auto differ = [&](Placed const& listed, Placed const& said, char const* field) {
        if (listed.empty() || said.empty() || folded(listed.text) == folded(said.text)) return;
        if (date_of(listed) && date_of(listed) == date_of(said)) return;
        notes.push_back({Outcome::Differing, listed.place, "list_differs", {{"ours", shorten(said.text, 120)}, {"theirs", shorten(listed.text, 120)}}, field});
    };
    differ(row.name, sheet.name, "name");
    differ(row.created, sheet.created, "sheet_created_on");
    differ(row.updated, sheet.updated, "sheet_updated_on");
}

ImportItem unlisted_example(CnilListRow const& row)
{
    ImportItem item;
    item.place = row.place;
    item.reference = row.reference.text;
    item.name = row.name.text;
    item.skipped = true;
    item.notes.push_back({Outcome::Skipped, row.place, "example_without_sheet", {}, {}});
    return item;
}

} // namespace

CnilReading read_cnil_register(CnilWorkbook const& workbook, CnilCircumstances const& circumstances)
{
    CnilReading reading;
    auto& file = reading.file;
    file.format = "cnil-ods";
    file.source = circumstances.source;
    file.hash = circumstances.hash;
    file.carried = carried();
    auto const& lists = circumstances.schema ? *circumstances.schema : cnil::shipped();
    file.project = [&lists](schema::Row const& row) { return cnil_projection(row, lists); };
    for (auto const& note : workbook.notes)
        file.notes.push_back({Outcome::Skipped, note.place, note.code, {{"text", note.text}}, {}});

    Actors actors(circumstances.profile, file);
    actors.take_header(workbook.header);
    Join const join(workbook);
    std::map<std::string, int> on_sheet;
    for (std::size_t i = 0; i < workbook.sheets.size(); ++i) {
        auto const& sheet = workbook.sheets[i];
        auto const* row = join.row_of(i);
        auto item = SheetReader(sheet, row, circumstances.today, actors, lists).read();
        item.key = folded(sheet.sheet) + "#" + std::to_string(++on_sheet[sheet.sheet]);
        if (row) {
            item.notes.push_back({Outcome::Skipped, row->place, "list_row_joined", {{"place", sheet.place}}, {}});
            compare(*row, sheet, item.notes);
        }
        if (item.example) item.notes.push_back({Outcome::Repaired, sheet.place, "example_record", {}, {}});
        if (sheet.hidden) item.notes.push_back({Outcome::Repaired, sheet.place, "hidden_sheet", {}, {}});
        file.items.push_back(std::move(item));
    }
    for (auto const& row : workbook.list) {
        if (join.joined(row) || (row.name.empty() && row.purposes.empty())) continue;
        if (row.example) {
            file.items.push_back(unlisted_example(row));
            continue;
        }
        CnilSheet alone;
        alone.place = row.place;
        auto item = SheetReader(alone, &row, circumstances.today, actors, lists).read();
        item.key = "list#" + folded(row.reference.empty() ? row.name.text : row.reference.text);
        item.notes.push_back({Outcome::Repaired, row.place, "row_without_sheet", {}, {}});
        file.items.push_back(std::move(item));
    }
    actors.finish();
    reading.profile = actors.profile();
    return reading;
}

} // namespace greffier::exchange
