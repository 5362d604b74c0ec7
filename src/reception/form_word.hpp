#pragma once
// The signed word that a public form carries in place of a cookie: when the page was shown, to which organisation and page
// it belongs, and a random number by which a form that is sent twice is known. Nobody else can make one.

#include <chrono>
#include <string>
#include <string_view>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace greffier::reception {

inline constexpr std::chrono::seconds quickest_form{3};    ///< nobody reads and fills in a form faster
inline constexpr std::chrono::hours form_life{12};

/// Immutable; thread-safe.
class FormWords {
public:
    /// `key`: 32 bytes of this installation, shared by all programs on its database.
    explicit FormWords(Secret<Bytes> key) : key_(std::move(key)) {}

    [[nodiscard]] std::string make(OrganisationId organisation, std::string_view page, Timestamp now) const;
    /// What tells this form from all others. Errors: form_unknown, form_expired (Invalid), form_too_fast with `seconds`.
    [[nodiscard]] Result<std::string> check(std::string_view word, OrganisationId organisation, std::string_view page, Timestamp now) const;

private:
    [[nodiscard]] Hash signature(ByteView body, OrganisationId organisation, std::string_view page) const;

    Secret<Bytes> key_;
};

}  // namespace greffier::reception
