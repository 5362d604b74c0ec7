// Small pieces of the dashboard that its panels share.
#include "overview/dashboard_parts.hpp"

#include "accounts/modules.hpp"
#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using accounts::Context;
using records::Register;
using records::Severity;
using web::Html;

bool can(Context const& context, web::Permission permission) { return accounts::may(context.who(), permission); }

std::string address(Context const& context, Line const& record) { return context.address("/" + record.register_slug + "/" + record.id.text()); }

std::int64_t live(Dashboard const& board, std::string_view slug, std::string_view status)
{
    std::int64_t count = 0;
    for (auto const& tally : board.tallies)
        if (tally.register_slug == slug && !tally.status.empty() && (status.empty() || tally.status == status)) count += tally.count;
    return count;
}

std::int64_t with_worst(Dashboard const& board, Severity severity)
{
    std::int64_t count = 0;
    for (auto const& tally : board.tallies)
        if (tally.worst == severity) count += tally.count;
    return count;
}

std::vector<Register const*> kept(Dashboard const& board)
{
    std::vector<Register const*> registers;
    for (auto const* kind : board.services.machinery.registers.all())
        if (!kind->single && accounts::keeps_register(board.context.where(), kind->slug)) registers.push_back(kind);
    return registers;
}

bool is_foremost(Register const& kind) { return kind.chapter == records::Chapter::Registers; }

void begin_panel(Html& out, std::string_view id, std::string_view width, std::string_view title)
{
    out << "<section"_h;
    out.attr("class"_h, width.empty() ? "g-panel" : "g-panel " + std::string{width}).attr("aria-labelledby"_h, id);
    out << "><div class=\"g-panel-head\"><h2"_h;
    out.attr("id"_h, id);
    out << ">"_h << title << "</h2>"_h;
}

void reference(Html& out, Line const& record)
{
    if (!record.reference.empty()) out << "<span class=\"g-ref\">"_h << record.reference << "</span>"_h;
}

}  // namespace greffier::overview
