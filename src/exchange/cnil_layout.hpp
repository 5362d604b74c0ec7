#pragma once
// The layout of the CNIL's simplified register workbook, found in a Workbook and written back.
//
// Everything is recognised by its folded label, never by its address: sheets renamed or copied, rows
// and blocks deleted, repeated or moved, columns shifted are all read. What a value means for a
// processing record is decided elsewhere; here a value is its words and the place where it stands.

#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "documents/ods_book.hpp"
#include "documents/workbook.hpp"

namespace greffier::exchange {

/// The words of a cell and where they stand.
struct Placed {
    std::string text{};  ///< trimmed; empty also for "N/A" and for the prompts of drop-down lists
    std::string value{}; ///< the machine's value when the cell has one, such as "2018-05-26" of a date
    std::string place{}; ///< "Sheet!C12", also when the cell is empty; empty when the layout has no such cell

    [[nodiscard]] bool empty() const { return text.empty(); }
};

/// The day a cell tells: a date cell, DD/MM/YYYY or YYYY-MM-DD; nothing when it is no date.
std::optional<Date> date_of(Placed const& placed);
/// Oui or Non; nothing for anything else.
std::optional<bool> truth_of(Placed const& placed);

struct CnilContact {
    Placed name, first_name, company, address, postcode, city, country, phone, email;
};

struct CnilHeader {
    CnilContact controller, representative, dpo;
};

struct CnilListRow {
    Placed name; ///< without the mark "(EXEMPLE)"
    Placed reference, created, updated, purposes, sensitive;
    bool example = false; ///< marked as an example by its name or reference
    std::string place;    ///< of the row's first filled cell
};

enum class CnilRole { Controller, Dpo, DpoCompany, Representative, JointController, Other };

struct CnilActor {
    CnilRole role = CnilRole::Other;
    Placed label; ///< the words before the row
    Placed name, address, postcode, city, country, phone, email;
};

/// A category of data; the label itself is part of what the person says.
struct CnilCategory {
    Placed label, description, retention;
};

/// A category of people, a recipient or a security measure.
struct CnilItem {
    Placed label; ///< only when somebody replaced "Destinataire 1" and the like by words of their own
    Placed type, details;
};

struct CnilTransfer {
    Placed recipient, country, guarantee, documentation;
};

/// One record. A sheet normally holds one; several stacked on a sheet come as several of these.
struct CnilSheet {
    std::string sheet; ///< name of the sheet
    std::string place; ///< of its first recognised label
    bool hidden = false;
    bool example = false; ///< marked as an example by its sheet or reference
    Placed name, reference, created, updated;
    std::vector<CnilActor> actors;
    Placed main_purpose;
    std::vector<Placed> sub_purposes;
    std::vector<CnilCategory> data_categories, sensitive;
    std::vector<CnilItem> subjects, recipients, measures;
    std::vector<CnilTransfer> transfers;
};

/// Something of the workbook that was not taken; the sentence is the locale key "import.note.<code>".
struct CnilNote {
    std::string place;
    std::string code; ///< sheet_unused sheet_of_choices sheet_not_recognised not_recognised under_merged_cell
                      ///< not_a_date too_many_notes
    std::string text; ///< what stands there, shortened
};

struct CnilWorkbook {
    CnilHeader header;
    std::vector<CnilListRow> list;
    std::vector<CnilSheet> sheets;
    std::vector<CnilNote> notes;
};

/// True when the workbook has a list of processings or a record sheet.
bool looks_like_cnil(documents::Workbook const& book);
/// Never fails: what is not understood becomes a note. Thread-safe.
CnilWorkbook read_cnil(documents::Workbook const& book);

/// What the drop-down lists of the written workbook offer.
struct CnilChoices {
    std::vector<std::string> subjects, recipients, measures, countries, guarantees;
};

struct CnilWriting {
    std::string organisation{}; ///< name shown at the head of the workbook
    CnilChoices choices{};
    bool blank_sheet = true; ///< add an empty record sheet to duplicate
};

/// The same layout as a book for write_ods: instructions, list, one sheet per record, choices. In
/// French, as the layout is. Whatever `read_cnil` finds in it is what `workbook` said.
documents::Book cnil_book(CnilWorkbook const& workbook, CnilWriting const& writing = {});

} // namespace greffier::exchange
