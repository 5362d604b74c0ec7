#include "registers/request/work.hpp"

#include <algorithm>

namespace greffier::request {

namespace {

using State = Task::State;

State done_when(bool holds) { return holds ? State::Done : State::ToDo; }

Task dated(std::string_view what, std::optional<Date> const& on, std::string_view field) { return {what, done_when(on.has_value()), on, field}; }

void add_identity(std::vector<Task>& tasks, Request const& request)
{
    if (request.identity_asked_on) {
        tasks.push_back({"identity", request.identity_result ? State::Done : request.identity_received_on ? State::ToDo : State::Waiting, request.identity_received_on,
                         request.identity_received_on ? "identity_result" : "identity_received_on"});
        if (request.identity_means == IdentityMeans::IdentityDocument && request.identity_received_on) tasks.push_back(dated("document", request.document_destroyed_on, "document_destroyed_on"));
    }
    if (request.capacity && *request.capacity != Capacity::Person) tasks.push_back(dated("mandate", request.mandate_checked_on, "mandate_checked_on"));
    if (!request.pauses.empty()) {
        auto const came = std::ranges::count_if(request.pauses, [](Pause const& pause) { return pause.answered_on.has_value(); });
        auto const all = static_cast<std::int64_t>(request.pauses.size());
        tasks.push_back({"clarification", came == all ? State::Done : State::Waiting, {}, "pauses", came, all});
    }
}

void add_search(std::vector<Task>& tasks, Request const& request)
{
    auto const searched = std::ranges::count_if(request.searches, [](Search const& one) { return one.result && *one.result != SearchResult::Pending; });
    auto const places = static_cast<std::int64_t>(request.searches.size());
    tasks.push_back({"search", done_when(places > 0 && searched == places), {}, "searches", searched, places});
    if (request.assignments.empty()) return;
    auto const came = std::ranges::count_if(request.assignments, [](Assignment const& one) { return one.answered_on.has_value(); });
    auto const all = static_cast<std::int64_t>(request.assignments.size());
    tasks.push_back({"assignments", came == all ? State::Done : State::Waiting, {}, "assignments", came, all});
}

}  // namespace

std::vector<Task> tasks_of(Request const& request, std::string_view status)
{
    if (status == "withdrawn" || status == "closed") return {};
    std::vector<Task> tasks;
    tasks.push_back(dated("acknowledge", request.acknowledged_on, "acknowledged_on"));
    add_identity(tasks, request);
    add_search(tasks, request);
    if (request.extended) tasks.push_back(dated("extension", request.extension_told_on, "extension_told_on"));
    tasks.push_back({"decide", done_when(request.decision.has_value()), {}, "decision"});
    if (request.refused()) tasks.push_back({"remedies", done_when(request.remedies_stated), {}, "remedies_stated"});
    tasks.push_back(dated("answer", request.answered_on, "answered_on"));
    if (request.granted() && request.asks_any({Right::Rectification, Right::Erasure, Right::Restriction}))
        tasks.push_back({"recipients", done_when(!request.recipients_told.empty()), {}, "recipients_told"});
    if (request.restriction_lifted_on) tasks.push_back(dated("restriction", request.restriction_lift_told_on, "restriction_lift_told_on"));
    return tasks;
}

}  // namespace greffier::request
