#pragma once

#include <cerrno>

#include "storage/database.hpp"

namespace greffier::storage {

/// The disk takes nothing more (full, a quota, a limit on the size of files): worth saying to whoever wanted to save.
class NoRoom : public StorageFailure {
public:
    using StorageFailure::StorageFailure;
};

inline bool means_no_room(int error_number) { return error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG; }

}  // namespace greffier::storage
