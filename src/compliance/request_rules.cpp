#include "compliance/request_rules.hpp"
#include "schema/unpacked.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace greffier::compliance {
namespace {

using processing::LegalBasis;
using processing::Processing;
using records::Report;
using request::Request;
using request::Right;
using enum records::Severity;

/// Rights × bases (domain of articles 15 to 22): whether a right may be asked of a processing on that basis.
bool applies(Right right, LegalBasis basis)
{
    using enum LegalBasis;
    switch (right) {
    case Right::Erasure: return basis != C && basis != E;   // to the extent necessary: art. 17(3)(b)
    case Right::Portability: return basis == A || basis == B;
    case Right::Objection: return basis == E || basis == F;
    case Right::ConsentWithdrawal: return basis == A;
    default: return true;
    }
}

bool depends_on_basis(Request const& request) { return request.asks_any({Right::Erasure, Right::Portability, Right::Objection, Right::ConsentWithdrawal}); }

/// The processings that were searched, each once; `visit` is given the row that names it.
void each_searched(Request const& request, Scene& scene, std::function<void(request::Search const&, Processing const&)> const& visit)
{
    std::set<Uuid> wanted;
    for (auto const& search : request.searches)
        if (!search.processing.uuid.is_nil()) wanted.insert(search.processing.uuid);
    for (auto const& id : wanted)
        if (auto const one = scene.around().find(processings_slug, {id})) {
            auto const search = std::ranges::find(request.searches, id, [](request::Search const& each) { return each.processing.uuid; });
            visit(*search, processing_of(one->row));
        }
}

void recipients_not_told(Request const& request, Scene& scene, Report& report)
{
    if (!request.granted() || !request.recipients_told.empty() || !request.asks_any({Right::Rectification, Right::Erasure, Right::Restriction})) return;
    bool any = false;
    each_searched(request, scene, [&](auto const&, Processing const& processing) { any = any || !processing.recipients.empty(); });
    if (any) report.at("recipients_told");
}

/// One basis that opens the right is enough; a processing without any is another rule's.
void right_not_open(Request const& request, Scene& scene, Report& report)
{
    if (!depends_on_basis(request)) return;
    each_searched(request, scene, [&](request::Search const& search, Processing const& processing) {
        for (auto const right : request.rights) {
            bool based = false, open = false;
            for (auto const& purpose : processing.purposes)
                if (purpose.basis) {
                    based = true;
                    open = open || applies(right, *purpose.basis);
                }
            if (based && !open) report.at({"searches", search.id, "processing"}, {{"right", std::string{request::choices_of(right).code(right)}}});
        }
    });
}

}  // namespace

Request request_of(schema::Row const& row) { return schema::unpacked(request::request_schema(), row); }

std::span<CrossRule<Request> const> cross_request_rules()
{
    static constexpr CrossRule<Request> rules[] = {
        {"RIG-007", Minor, "19", recipients_not_told},
        {"RIG-008", Advice, "17-21", right_not_open},
    };
    return rules;
}

std::span<Reading const> request_readings()
{
    static std::array<std::string, 2> const of_processing{"recipients", "purposes"};
    static Reading const all[] = {
        {.judged = requests_slug, .read = processings_slug, .fields = of_processing, .naming = "searches.processing"},
        {.judged = requests_slug, .read = profile_slug, .fields = says_where()},
    };
    return all;
}

}  // namespace greffier::compliance
