#pragma once
// What public pages work with. The composition root makes it once; it outlives the routes.

#include "accounts/services.hpp"
#include "reception/form_word.hpp"
#include "reception/public_throttle.hpp"
#include "records/store.hpp"
#include "records/vault.hpp"

namespace greffier::reception {

struct ReceptionServices {
    accounts::AccountServices& accounts;
    records::Machinery const& machinery;
    records::Vault& vault;
    FormWords words;
    Secret<Bytes> delivery_key;         ///< of the codes that open answers (deliveries.hpp)
    PublicThrottle throttle{};

    [[nodiscard]] storage::Database& database() const { return accounts.database; }
    [[nodiscard]] bool sends_mail() const { return accounts.sends_mail(); }
};

}  // namespace greffier::reception
