#pragma once
// Vocabulary: the registers as one organisation knows them, which is what the program ships with the terms and the
// fields that the organisation, those above it and the installation add. Everything over (SchemaInfo, Row) takes
// them from here, so that forms, checks, lists, histories, exports and search need not know who declared what.
//
// A page pays nothing for it: the installation's row `vocabulary` holds a stamp that every change replaces, and an
// OrganisationInfo carries the stamp as its own statement read it. A write reads the stamp in its transaction.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/id.hpp"
#include "core/result.hpp"
#include "records/register.hpp"
#include "schema/extend.hpp"
#include "storage/database.hpp"
#include "web/message.hpp"

namespace greffier::accounts { struct Context; }

namespace greffier::records {

struct Machinery;

class Vocabulary {
public:
    /// Shared: a request goes on with the registers it began with while somebody changes them.
    using Held = std::shared_ptr<Registers const>;

    /// Both must outlive it. Thread-safe.
    Vocabulary(storage::Database& database, Registers const& shipped) : database_(database), shipped_(shipped) {}

    /// `stamp` is the one of accounts::OrganisationInfo; what is known under it is given without any statement.
    Held of(OrganisationId organisation, std::string_view stamp) const;
    /// As the session sees it: one statement when nothing changed.
    Held of(storage::Session& session, OrganisationId organisation) const;
    Held of(OrganisationId organisation) const;

    /// To be called by whoever changed terms or fields, inside the same transaction: every cache of every process notices.
    static void changed(storage::Session& session);

private:
    Held known(OrganisationId organisation, std::string_view stamp) const;
    Held load(storage::Session& session, OrganisationId organisation, std::string_view stamp) const;

    storage::Database& database_;
    Registers const& shipped_;
    struct Entry { std::string stamp; Held held; };
    mutable std::mutex mutex_;
    mutable std::map<Uuid, Entry> by_organisation_;
    mutable std::map<std::string, std::weak_ptr<Registers const>> by_content_;   ///< a thousand towns under one DPO share one
};

/// The registers as the organisation of the request's path knows them; the context holds them while the request lasts.
Registers const& known_registers(Machinery const& machinery, accounts::Context& context);
/// The one of them that the path's {register} names; NotFound "unknown_register".
Result<Register const*> register_of_path(Machinery const& machinery, accounts::Context& context, web::Request const& request);
/// All of them for commands, exchanges and jobs, which hold what they are given.
Vocabulary::Held known_registers(Machinery const& machinery, OrganisationId organisation);

}  // namespace greffier::records
