#pragma once
// Internal to records/: the registers as a write's transaction finds them. Whoever asks for a write may have read its
// registers before a term or a field was added, or know the shipped ones alone: rows are carried over by field name,
// and what the caller's declaration does not know keeps its value.

#include <vector>

#include "records/store.hpp"
#include "records/vocabulary.hpp"

namespace greffier::records {

class InForce {
public:
    InForce(Machinery const& machinery, OrganisationId organisation, storage::Session& session, accounts::Sight const& sight)
        : machinery_(machinery), organisation_(organisation), session_(session), seen_(session, sight) {}

    /// The same register as the organisation knows it now; lives as long as this.
    Register const& of(Register const& asked);
    /// Links to records that are not there (live, of this organisation, in the register the field points to), but for
    /// those that `before` held already. What is hidden from the writer is not there.
    std::vector<FieldError> unknown_links(Register const& kind, schema::Row const& row, schema::Row const* before);

private:
    bool is_there(std::string_view register_slug, Uuid target);

    Machinery const& machinery_;
    OrganisationId organisation_;
    storage::Session& session_;
    accounts::Seen seen_;
    Vocabulary::Held held_;
};

}  // namespace greffier::records
