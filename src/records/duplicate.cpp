#include "records/duplicate.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace greffier::records {

using schema::FieldInfo;
using schema::Kind;
using schema::Row;
using schema::Rows;
using schema::SchemaInfo;

namespace {

/// What somebody concluded, declared or dated on one record: it was never said of its copy.
constexpr std::string_view of_the_original[] = {"sheet_created_on", "sheet_updated_on", "dpia_required", "dpia_reference", "dpia_date", "dpia_next_review",
                                                "dpo_advice", "dpo_advice_date", "cnil_declaration_number", "cnil_declaration_date",
                                                // of a processor or a contract: what was assessed, signed, ended or proven
                                                "assessment_date", "compliance_request_date", "compliance_answer_date", "signature_date", "ended_on", "returned_on", "deleted_on",
                                                "data_returned_on", "deletion_certificate_date", "deletion_certificate"};

bool stays(Register const& kind, FieldInfo const& field)
{
    if (field.read_only || field.kind == Kind::Attachment || field.kind == Kind::Attachments) return false;
    if (std::ranges::find(of_the_original, field.name) != std::end(of_the_original)) return false;
    return field.name != kind.reviewed_field && field.name != kind.reviewer_field && field.name != kind.review_field;
}

void forget_ids(SchemaInfo const& info, Row& row)
{
    row.id.clear();
    for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i)
        if (auto* rows = std::get_if<Rows>(&row.values[i]); rows && info.fields[i].rows)
            for (auto& owned : *rows) forget_ids(*info.fields[i].rows, owned);
}

}  // namespace

Row copy_of(Register const& kind, Row row, std::string const& mark)
{
    auto const& info = *kind.schema;
    row.values.resize(info.fields.size());
    for (std::size_t i = 0; i < info.fields.size(); ++i)
        if (!stays(kind, info.fields[i])) row.values[i] = {};
    forget_ids(info, row);
    auto const* field = info.find(kind.title_field);
    auto const room = static_cast<std::size_t>(field && field->max_length ? field->max_length : 200);
    auto const title = shorten(schema::text_of(info, row, kind.title_field), room - std::min(room, length_utf8(mark) + 1));
    schema::set(info, row, kind.title_field, title + " " + mark);
    return row;
}

}  // namespace greffier::records
