#pragma once
// The open lists that several registers answer from: an organisation's own term of one is a term of all.

#include "schema/schema.hpp"

namespace greffier {

struct SubjectCategories { static schema::List const& list(); };
struct DataCategories { static schema::List const& list(); };

}  // namespace greffier
