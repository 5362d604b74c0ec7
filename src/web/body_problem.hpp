#pragma once

namespace greffier::web {

/// What can be wrong with a body while it arrives.
enum class BodyProblem {
    None,
    Malformed,     ///< 400
    TooLarge,      ///< 413
    Unsupported,   ///< 415
    NoRoom,        ///< 507: the disk refused
};
int status_of(BodyProblem problem);

}  // namespace greffier::web
