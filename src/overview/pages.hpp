#pragma once
// The pages that read across registers and organisations: dashboard, findings, search, notifications, what is at hand.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/context.hpp"
#include "mail/outbox.hpp"
#include "records/recent.hpp"
#include "records/store.hpp"
#include "records/vault.hpp"

namespace greffier::overview {

struct OverviewServices {
    records::Machinery const& machinery;
    /// Name of a membership, the command line or a job, for people of the same organisation.
    std::function<std::string(OrganisationId, Uuid actor, Locale const&)> actor_name;
    /// Written out before what was opened last is read; absent: nobody keeps that.
    records::Recent* recent = nullptr;
    /// Where a letter is kept with its record; absent: letters are printed alone.
    records::Vault* vault = nullptr;
    /// What invitations leave by; absent: nobody is invited from here.
    mail::Outbox* outbox = nullptr;
    /// "https://rgpd.example" before a path; absent: addresses are told without it.
    std::function<std::string(web::Request const&, std::string_view path)> absolute = {};
};

/// `services` must outlive the routes.
std::vector<accounts::Route> overview_routes(OverviewServices const& services);

}  // namespace greffier::overview
