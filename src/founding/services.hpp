#pragma once
// What the pages that make organisations work with, the list of their routes, and the work they hand over. The composition
// root owns what they hold.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "accounts/context.hpp"
#include "accounts/services.hpp"
#include "founding/foundings.hpp"
#include "jobs/runner.hpp"

namespace greffier::founding {

struct FoundingServices {
    records::Machinery const& machinery;
    accounts::Organisations& organisations;
    accounts::Correspondence* post = nullptr;
    std::function<void()> wake_jobs = {};
    accounts::AccountServices* accounts = nullptr;   ///< asks for a fresh proof, and knows the public address

    [[nodiscard]] Foundings foundings() const { return Foundings({machinery, organisations, post}); }
};

/// `services` must outlive them.
std::vector<accounts::Route> founding_routes(FoundingServices& services);
std::map<std::string, jobs::Worker> founding_workers(FoundingServices& services);

}  // namespace greffier::founding
