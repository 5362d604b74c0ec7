#include <algorithm>

#include "core/text.hpp"
#include "documents/ods_writer.hpp"
#include "exchange/cnil_register_ods.hpp"
#include "exchange/cnil_words.hpp"
#include "law/duration_text.hpp"
#include "schema/extend.hpp"
#include "schema/show.hpp"

namespace greffier::exchange {
namespace {

using processing::Processing;
using processing::StatedRole;

constexpr std::string_view mark = "Repère Greffier : "; // of the format: the same whatever the language

Placed said(std::string text) { return {std::move(text), {}, {}}; }
Placed said(std::optional<Date> const& day) { return day ? said(to_text(*day)) : Placed{}; }
std::string country_words(std::string const& code) { return code.empty() ? std::string{} : cnil::french().country(code); }

CnilActor actor(CnilRole role, std::string name, std::string address, std::string postcode, std::string city, std::string country, std::string phone, std::string email)
{
    return {role, {}, said(std::move(name)), said(std::move(address)), said(std::move(postcode)), said(std::move(city)), said(std::move(country)), said(std::move(phone)), said(std::move(email))};
}

CnilRole role_of(StatedRole role)
{
    switch (role) {
    case StatedRole::Controller: return CnilRole::Controller;
    case StatedRole::Representative: return CnilRole::Representative;
    case StatedRole::Dpo: return CnilRole::Dpo;
    case StatedRole::DpoCompany: return CnilRole::DpoCompany;
    case StatedRole::JointController: return CnilRole::JointController;
    }
    return CnilRole::Other;
}

bool states(Processing const& processing, StatedRole role) { return std::ranges::find(processing.stated_actors, role, &processing::StatedActor::role) != processing.stated_actors.end(); }

/// Those stated on the record, else those of the profile.
std::vector<CnilActor> actors_of(Processing const& processing, profile::Profile const& profile)
{
    std::vector<CnilActor> actors;
    for (auto const& a : processing.stated_actors) actors.push_back(actor(role_of(a.role), a.name, a.address, a.postcode, a.city, a.country, a.phone, a.email));
    if (!states(processing, StatedRole::Controller) && !profile.name.empty())
        actors.push_back(actor(CnilRole::Controller, profile.name, profile.address, profile.postcode, profile.city, country_words(profile.country), profile.phone, profile.email));
    auto const& dpo = profile.dpo;
    if (!states(processing, StatedRole::Dpo) && !dpo.name.empty())
        actors.push_back(actor(CnilRole::Dpo, dpo.name, dpo.address, dpo.postcode, dpo.city, country_words(dpo.country), dpo.phone, dpo.email));
    if (!states(processing, StatedRole::DpoCompany) && !dpo.company.empty()) actors.push_back(actor(CnilRole::DpoCompany, dpo.company, {}, {}, {}, {}, {}, {}));
    auto const& eu = profile.eu_representative;
    if (!states(processing, StatedRole::Representative) && !eu.empty())
        actors.push_back(actor(CnilRole::Representative, eu.name, eu.address, eu.postcode, eu.city, country_words(eu.country), eu.phone, eu.email));
    for (auto const& joint : processing.joint_controllers) {
        auto const known = std::ranges::any_of(processing.stated_actors, [&](auto const& a) { return a.role == StatedRole::JointController && (a.name == joint.name || a.email == joint.name); });
        if (!known) actors.push_back(actor(CnilRole::JointController, joint.name, joint.address, joint.postcode, joint.city, joint.country, joint.phone, joint.email));
    }
    return actors;
}

CnilContact contact(std::string name, schema::Contact const& c)
{
    return {said(std::move(name)), {}, said(c.company), said(c.address), said(c.postcode), said(c.city), said(country_words(c.country)), said(c.phone), said(c.email)};
}

CnilHeader header_of(profile::Profile const& profile)
{
    CnilHeader header;
    header.controller = {said(profile.name), {}, {}, said(profile.address), said(profile.postcode), said(profile.city), said(country_words(profile.country)), said(profile.phone), said(profile.email)};
    header.representative = contact(profile.legal_representative.name, profile.legal_representative);
    auto const& dpo = profile.dpo;
    header.dpo = {said(dpo.name), {}, said(dpo.company), said(dpo.address), said(dpo.postcode), said(dpo.city), said(country_words(dpo.country)), said(dpo.phone), said(dpo.email)};
    return header;
}

CnilListRow list_row(CnilSheet const& sheet, Processing const& processing)
{
    std::vector<std::string> purposes{sheet.main_purpose.text};
    for (auto const& purpose : sheet.sub_purposes) purposes.push_back(purpose.text);
    CnilListRow row;
    row.name = sheet.name;
    row.reference = sheet.reference;
    row.created = sheet.created;
    row.updated = sheet.updated;
    row.purposes = said(join(purposes, ", "));
    row.sensitive = said(processing.has_art9() || processing.has_art10() ? "Oui" : "Non");
    return row;
}

/// State shown and day of export, at the foot of the first sheet.
void sign(documents::Book& book, records::ExportJob const& job)
{
    auto& sheet = book.sheets.front();
    Locale const words(Language::French, job.organisation.zone);
    Arguments const arguments{{"state", job.query.at ? words.instant(*job.query.at) : words.instant(job.now)}, {"day", words.date(local_date(job.now, job.organisation.zone))}};
    auto row = sheet.rows.size() + 1;
    sheet.text(row++, 0, words.text(job.query.at ? "export.cnil.state_then" : "export.cnil.state_now", arguments), "Texte");
    sheet.text(row++, 0, words.text("export.cnil.exported", arguments), "Texte");
    if (!job.records.sight().is_everything()) sheet.text(row++, 0, words.text("export.fact.covers_seen"), "Texte");
    sheet.text(row, 0, cnil_mark(job.organisation.id, job.query.at.value_or(job.now)), "Texte");
}

} // namespace

std::string cnil_mark(OrganisationId organisation, Timestamp at) { return std::string(mark) + to_text(at) + " " + organisation.text(); }

std::optional<records::ImportFile::Origin> cnil_origin(documents::Workbook const& book)
{
    if (book.sheets.empty()) return std::nullopt;
    for (auto const& row : book.sheets.front().rows) {
        if (row.empty() || !row.front().text.starts_with(mark)) continue;
        auto const parts = split(trim(std::string_view(row.front().text).substr(mark.size())), ' ');
        auto const at = parse_timestamp(parts.front());
        auto const organisation = OrganisationId::parse(parts.back());
        if (at && organisation) return records::ImportFile::Origin{*organisation, *at};
    }
    return std::nullopt;
}

std::string cnil_recipient_details(processing::Recipient const& recipient)
{
    std::vector<std::string> parts;
    for (auto const& part : {recipient.name, recipient.role, country_words(recipient.country), recipient.details.value})
        if (!part.empty()) parts.push_back(part);
    return join(parts, ", ");
}

std::string cnil_retention_words(processing::DataCategory const& category, schema::SchemaInfo const& lists)
{
    if (!category.retention_text.empty()) return category.retention_text;
    if (!category.retention_period) return category.retention_criterion;
    auto text = schema::duration_words(category.retention_period->text(), cnil::french());
    if (category.retention_start) text += " (" + cnil::retention_start_words(category.retention_start->code, lists) + ")";
    return text;
}

CnilSheet cnil_sheet_of(Processing const& processing, std::string const& reference, profile::Profile const& profile, schema::SchemaInfo const& lists)
{
    CnilSheet sheet;
    sheet.name = said(processing.name);
    sheet.reference = said(reference);
    sheet.created = said(processing.sheet_created_on);
    sheet.updated = said(processing.sheet_updated_on);
    sheet.actors = actors_of(processing, profile);
    auto const* main = processing.main_purpose();
    if (main) sheet.main_purpose = said(main->text);
    for (auto const& purpose : processing.purposes)
        if (&purpose != main) sheet.sub_purposes.push_back(said(purpose.text));   // a second one called main stands here too
    for (auto const& category : processing.data_categories) {
        CnilCategory row{said(cnil::data_category_words(category.category.code, lists)), said(category.description), said(cnil_retention_words(category, lists))};
        if (row.description.empty() && row.retention.empty()) row.description = row.label; // an empty row of the layout says nothing
        (category.is_special() || category.is_art10() ? sheet.sensitive : sheet.data_categories).push_back(std::move(row));
    }
    for (auto const& subject : processing.subject_categories) sheet.subjects.push_back({{}, said(cnil::subject_words(subject.category.code, lists)), said(subject.details)});
    for (auto const& recipient : processing.recipients)
        sheet.recipients.push_back({{}, recipient.type ? said(cnil::recipient_words(recipient.type->code, lists)) : Placed{}, said(cnil_recipient_details(recipient))});
    for (auto const& measure : processing.measures)
        sheet.measures.push_back({{}, measure.type ? said(cnil::measure_words(measure.type->code, lists)) : Placed{}, said(measure.details)});
    for (auto const& transfer : processing.transfers) {
        auto const tool = transfer.tool ? cnil::guarantee_words(choices_of(*transfer.tool).code(*transfer.tool)) : std::string{};
        sheet.transfers.push_back({said(transfer.recipient), said(country_words(transfer.country)), said(tool), said(transfer.document)});
    }
    return sheet;
}

schema::Row cnil_projection(schema::Row const& row, schema::SchemaInfo const& info)
{
    auto const& schema = processing::processing_schema();
    auto unpacked = schema.unpack(row);
    if (!unpacked.ok()) return row;
    auto record = std::move(unpacked).value();
    auto const* main = record.main_purpose();
    for (auto& purpose : record.purposes)
        if (&purpose != main) purpose.kind = processing::PurposeKind::Secondary;   // the layout has room for one
    for (auto& recipient : record.recipients) {
        recipient.details.value = cnil_recipient_details(recipient);
        recipient.name.clear();
        recipient.role.clear();
        recipient.country.value.clear();
    }
    for (auto& category : record.data_categories) {
        category.retention_text = cnil_retention_words(category, info);
        if (category.description.empty() && category.retention_text.empty()) category.description.value = cnil::data_category_words(category.category.code, info);
    }
    auto projected = schema.pack(record);
    projected.id = row.id;
    return schema::carry(schema.info(), std::move(projected), info, row);
}

Status write_cnil_ods(records::ExportJob const& job, records::Sink const& sink)
{
    profile::Profile profile;
    if (auto const row = records::profile_of(job.records, job.query.at))
        if (auto unpacked = profile::profile_schema().unpack(*row); unpacked.ok()) profile = std::move(unpacked).value();
    CnilWorkbook workbook;
    workbook.header = header_of(profile);
    auto const done = records::each_selected(job.records, job.kind, job.query, [&](records::Stored const& stored) {
        auto unpacked = processing::processing_schema().unpack(stored.row);
        if (!unpacked.ok()) return;
        workbook.sheets.push_back(cnil_sheet_of(*unpacked, stored.head.reference, profile, *job.kind.schema));
        workbook.list.push_back(list_row(workbook.sheets.back(), *unpacked));
    });
    if (!done.ok()) return done;
    auto book = cnil_book(workbook, {.organisation = job.organisation.name, .choices = cnil::choices(*job.kind.schema)});
    sign(book, job);
    sink(documents::write_ods(book));
    return Nothing{};
}

} // namespace greffier::exchange
