#pragma once
// The pages every register shares: list, record, form, history, the acts (status, review, delete, restore).
// A register adds pages of its own in its folder; these come by themselves.

#include <functional>
#include <string>
#include <vector>

#include "accounts/context.hpp"
#include "records/recent.hpp"
#include "records/store.hpp"

namespace greffier::records {

struct PageServices {
    Machinery const& machinery;
    /// Name of a membership, the command line or a job, for people of the same organisation.
    std::function<std::string(OrganisationId, Uuid actor, Locale const&)> actor_name;
    /// Formats the register can be exported to: code and words key, for the export menus.
    std::function<std::vector<std::string>(Register const&)> export_formats;
    /// Told of each record opened; absent: nobody keeps that.
    Recent* recent = nullptr;
    /// There is background work; absent: whoever runs jobs finds it by itself.
    std::function<void()> wake_jobs = {};
};

/// `services` must outlive the routes.
std::vector<accounts::Route> page_routes(PageServices const& services);

}  // namespace greffier::records
