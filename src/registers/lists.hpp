#pragma once
// The lists that several registers answer from. Of an open one, an organisation's own term is a term of all.

#include "schema/schema.hpp"

namespace greffier {

struct SubjectCategories { static schema::List const& list(); };
struct DataCategories { static schema::List const& list(); };

struct MeasureTypes { static schema::List const& list(); };

enum class SccModule { One, Two, Three, Four };                         ///< decision (EU) 2021/914
/// What a transfer may rest on (art. 45 to 49).
enum class TransferTool {
    Adequacy, Scc, Bcr, PublicInstrument, CodeOfConduct, Certification, AdHocClauses, AdministrativeArrangement,
    Derogation, Art49A, Art49B, Art49C, Art49D, Art49E, Art49F, Art49G, LastResort, PrivacyShield, AuthorityScc,
};

schema::ChoiceList<SccModule> const& choices_of(SccModule);
schema::ChoiceList<TransferTool> const& choices_of(TransferTool);

}  // namespace greffier
