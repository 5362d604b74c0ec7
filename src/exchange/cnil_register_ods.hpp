#pragma once
// The CNIL's simplified register workbook as records of `processings`, and back. What the layout is made of stands
// in cnil_layout.hpp; what its words mean for a processing stands here.

#include <optional>
#include <string>

#include "exchange/cnil_layout.hpp"
#include "records/exporting.hpp"
#include "records/import_item.hpp"
#include "registers/processing/processing.hpp"
#include "registers/profile/profile.hpp"

namespace greffier::exchange {

/// What the reading of a workbook depends on beside its words.
struct CnilCircumstances {
    std::string source;                              ///< the file's name
    Hash hash{};
    Date today{};                                    ///< adequacy decisions are those of this day
    std::optional<profile::Profile> profile;         ///< the organisation's, to tell who differs; absent for a file alone
    schema::SchemaInfo const* schema = nullptr;      ///< of processings, with the organisation's terms; must outlive the reading. Absent: the shipped one
};

struct CnilReading {
    records::ImportFile file;
    profile::Profile profile;                        ///< as it would stand once its empty fields are filled
};

/// Never fails: what cannot be taken becomes a note with its place. Thread-safe.
CnilReading read_cnil_register(CnilWorkbook const& workbook, CnilCircumstances const& circumstances);

/// A record as the layout can say it.
CnilSheet cnil_sheet_of(processing::Processing const& processing, std::string const& reference, profile::Profile const& profile, schema::SchemaInfo const& lists);
/// What is left of a record once it went through the layout: the form in which both sides are compared.
schema::Row cnil_projection(schema::Row const& row, schema::SchemaInfo const& info);

/// The register as a workbook (.ods): list, one sheet per record, choices; the state shown and the day of export.
Status write_cnil_ods(records::ExportJob const& job, records::Sink const& sink);

/// The mark an export leaves on its first sheet: whose register it was, and when. It makes an edited export come back
/// as edits. Nothing when the mark is gone.
std::string cnil_mark(OrganisationId organisation, Timestamp at);
std::optional<records::ImportFile::Origin> cnil_origin(documents::Workbook const& book);

// Shared by both ways.
std::string cnil_recipient_details(processing::Recipient const& recipient);
std::string cnil_retention_words(processing::DataCategory const& category, schema::SchemaInfo const& lists);

} // namespace greffier::exchange
