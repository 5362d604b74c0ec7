#pragma once
// Internal to the dashboard: what was read for it, and its panels, each written by one function.

#include <vector>

#include "overview/lines.hpp"
#include "overview/overview.hpp"
#include "overview/pages.hpp"
#include "records/drafts.hpp"
#include "web/html.hpp"

namespace greffier::overview {

/// What waits for the person who looks.
struct Tasks {
    std::int64_t unread_exchanges = 0;
    std::vector<Returned> returned;
    struct ToSettle {
        records::Register const* kind;
        std::string status;
        std::int64_t total = 0;
        std::vector<Waiting> first;
    };
    std::vector<ToSettle> to_settle;
    std::vector<records::DraftLine> drafts;
    std::int64_t advice_to_give = 0, advice_to_decide = 0;   ///< by the officer; by the controller
};

struct Dashboard {
    accounts::Context& context;
    OverviewServices const& services;
    std::vector<Tally> tallies;
    std::vector<Wrong> wrong;
    DueList due;
    std::vector<Changed> changed;
    records::LedgerKeeper::Head ledger;
    Tasks tasks = {};
    Overview::ReviewCalendar reviews = {};
};

bool can(accounts::Context const& context, web::Permission permission);
std::string address(accounts::Context const& context, Line const& record);
/// Live records of a register, of one status or of all.
std::int64_t live(Dashboard const& board, std::string_view slug, std::string_view status = "");
std::int64_t with_worst(Dashboard const& board, records::Severity severity);
/// Registers that hold many records: the organisation's own profile counts for none.
std::vector<records::Register const*> kept(Dashboard const& board);

/// One of the law's own registers; forty figures would be none.
bool is_foremost(records::Register const& kind);

void begin_panel(web::Html& out, std::string_view id, std::string_view width, std::string_view title);
void reference(web::Html& out, Line const& record);

/// Reads what waits; `tallies` must be there.
Tasks tasks_of(Dashboard const& board);
void write_tasks(web::Html& out, Dashboard const& board);
void write_state(web::Html& out, Dashboard const& board);
/// The first day: where to begin.
void write_starts(web::Html& out, Dashboard const& board);

}  // namespace greffier::overview
