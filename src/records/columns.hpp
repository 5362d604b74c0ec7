#pragma once
// Internal to records/: the common columns in one order, read in one place; tokens of the search text.

#include <string>

#include "records/record.hpp"
#include "records/register.hpp"
#include "storage/database.hpp"

namespace greffier::records::detail {

// The order of the columns that read_head() expects.
#define GREFFIER_HEAD "r.id, r.reference, r.title, r.status, r.version, r.created_at, r.updated_at, r.updated_by, r.review_at, r.deleted_at, r.completeness, r.worst_finding, r.restricted"

constexpr int head_columns = 13;

inline Head read_head(storage::Cursor const& row)
{
    Head head;
    head.id = row.id<Record>(0);
    head.reference = row.text(1);
    head.title = row.text(2);
    head.status = row.text(3);
    head.version = row.integer(4);
    head.created_at = row.timestamp(5);
    head.updated_at = row.timestamp(6);
    if (!row.is_null(7)) head.updated_by = row.uuid(7);
    head.review_at = row.optional_timestamp(8);
    head.deleted_at = row.optional_timestamp(9);
    head.completeness = static_cast<int>(row.integer(10));
    if (row.integer(11) > 0) head.worst_finding = static_cast<Severity>(row.integer(11) - 1);   // 0 = none
    head.restricted = row.integer(12) != 0;
    return head;
}

/// "o" and 32 digits: one token for the word index, where a dash would split it.
std::string organisation_token(OrganisationId organisation);
std::string register_token(Register const& kind);
/// "tags:hr" -> "xtagsxhr": letters and digits only, so that it stays one token.
std::string facet_token(std::string_view facet);
/// Tokens of every coded value of the record (terms, choices, countries, facets that are yes), owned rows included.
std::string facet_tokens(schema::SchemaInfo const& info, schema::Row const& row);

}  // namespace greffier::records::detail
