#pragma once
// Internal to the agenda: what its page shows, and its writing.

#include "overview/agenda.hpp"
#include "overview/pages.hpp"
#include "web/html.hpp"

namespace greffier::overview {

struct AgendaView {
    accounts::Context& context;
    OverviewServices const& services;
    bool here = true;                       ///< of one organisation; else of all within reach
    AgendaFilter filter = {};
    Date today{};
    bool late_only = false;
    std::optional<Date> month = {};         ///< its first day: the calendar is shown
    std::int64_t page = 1;
    int per_page = 50;
    AgendaTally tally = {};
    std::vector<AgendaItem> items = {};
    std::vector<AgendaOwner> owners = {};

    /// The address of this page with another month, page, or neither.
    [[nodiscard]] std::string address(std::optional<Date> other_month, std::int64_t other_page = 1, std::optional<bool> late = {}) const;
};

void write_agenda(web::Html& out, AgendaView const& view);
void write_month(web::Html& out, AgendaView const& view);

}  // namespace greffier::overview
