#pragma once
// What the exports for people share: who answers for the register, what state is shown, records pointed at by name.

#include <map>
#include <string>
#include <vector>

#include "records/exporting.hpp"

namespace greffier::exchange {

struct ExportFact {
    std::string label;
    std::vector<std::string> lines;
};
/// Body, controller, representatives, DPO (art. 30(1)(a)), state shown, day of export, which records. What the profile
/// does not say is left out, but for the controller and the DPO, which are said to be missing.
std::vector<ExportFact> export_facts(records::ExportJob const& job);
/// "Registre des traitements – Mairie d’Aubreuil".
std::string export_title(records::ExportJob const& job);

/// The lines of a person or body; the parts it has not are left out.
std::vector<std::string> contact_lines(schema::SchemaInfo const& info, schema::Row const& row, Locale const& locale);

/// Records that others point at, by reference and title, as they stand or stood. Not thread-safe.
class LinkedTitles {
public:
    explicit LinkedTitles(records::ExportJob const& job) : job_(job) {}
    /// "TRT-0001 Paie"; the id itself when no such record is there.
    std::string of(schema::FieldInfo const& field, std::string const& id);

private:
    records::ExportJob const& job_;
    std::map<std::string, std::string, std::less<>> known_;
};

/// One value as lines of text: choices, links and attachments each on a line.
std::vector<std::string> value_lines(schema::FieldInfo const& field, schema::Value const& value, Locale const& locale, LinkedTitles& titles);

/// The words of a status.
std::string status_words(std::string_view status, Locale const& locale);

} // namespace greffier::exchange
