#include "storage/database.hpp"

#include <algorithm>

namespace greffier::storage {

Uuid Cursor::uuid(int column) const
{
    auto const stored = bytes(column);
    Uuid id;
    if (stored.size() == id.bytes.size()) std::copy(stored.begin(), stored.end(), id.bytes.begin());
    return id;
}

void Database::Release::operator()(Session* session) const { owner->give_back(session); }

}  // namespace greffier::storage
