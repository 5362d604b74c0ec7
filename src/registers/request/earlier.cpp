#include "registers/request/earlier.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <string>

#include "core/text.hpp"
#include "records/find_many.hpp"

namespace greffier::request {

namespace {

constexpr std::size_t most_looked_at = 40, most_shown = 5;

schema::Contact const& concerned(Request const& request) { return request.person_concerned.empty() ? request.requester : request.person_concerned; }

bool same_person(schema::Contact const& one, schema::Contact const& other)
{
    if (!one.email.empty() && !other.email.empty()) return fold(squeeze(one.email.value)) == fold(squeeze(other.email.value));
    return !one.name.empty() && fold(squeeze(one.name)) == fold(squeeze(other.name));
}

/// Newest first: ids follow the order in which records were made.
using Candidates = std::set<RecordId, std::greater<>>;
Candidates candidates(records::Records const& store, records::PanelView const& view, schema::Contact const& person)
{
    Candidates ids;
    for (std::string const field : {"requester", "person_concerned"})
        for (auto const& [part, value] : {std::pair{".email", person.email.value}, std::pair{".name", person.name}})
            if (!value.empty()) std::ranges::copy(store.find_by_sealed(view.kind, field + part, value), std::inserter(ids, ids.end()));
    ids.erase(view.stored.head.id);
    return ids;
}

}  // namespace

Earlier earlier_requests(records::PanelView const& view, Request const& request)
{
    records::Records const store(view.machinery, view.context.where().id, view.context.who().sight);
    auto const& person = concerned(request);
    auto const ids = candidates(store, view, person);
    std::vector<RecordId> looked_at;
    std::ranges::copy_n(ids.begin(), static_cast<std::ptrdiff_t>(std::min(ids.size(), most_looked_at)), std::back_inserter(looked_at));
    Earlier earlier;
    earlier.at_least = ids.size() > looked_at.size();
    for (auto& [id, stored] : records::find_some(store, view.kind, looked_at, {"received_at", "requester", "person_concerned"})) {
        auto const other = request_schema().unpack(stored.row);
        if (other.ok() && other->received_at && *other->received_at < *request.received_at && same_person(person, concerned(*other)))
            earlier.newest.push_back({std::move(stored.head), *other->received_at});
    }
    std::ranges::sort(earlier.newest, std::greater{}, &EarlierRequest::received_at);
    earlier.count = static_cast<std::int64_t>(earlier.newest.size());
    if (earlier.newest.size() > most_shown) earlier.newest.erase(earlier.newest.begin() + most_shown, earlier.newest.end());
    return earlier;
}

}  // namespace greffier::request
