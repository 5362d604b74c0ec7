// The documents of the house that the organisation chose to show everybody (art. 12(1), 24(2)): the words in force, and nothing
// else of the record.
#include "reception/page_handlers.hpp"
#include "records/told_text.hpp"
#include "records/vocabulary.hpp"
#include "registers/policy/policy.hpp"

namespace greffier::reception {

using namespace web::literals;

namespace {

constexpr int most_policies = 200;

std::optional<policy::Policy> published(records::Head const& head, schema::Row const& row)
{
    auto policy = policy::policy_schema().unpack(row);
    if (!policy.ok() || head.status != "in_force" || !policy->in_public || policy->text.empty()) return std::nullopt;
    return std::move(policy).value();
}

/// "Edition 3, in force since 1 March 2026": whatever of it is known.
std::string edition_words(policy::Policy const& policy, Locale const& locale)
{
    auto const since = policy.applies_from ? locale.text("public.policies.since", {{"day", locale.date(*policy.applies_from)}}) : std::string{};
    return joined({policy.edition.empty() ? std::string{} : locale.text("public.policies.edition", {{"edition", policy.edition}}), since}, " · ");
}

}  // namespace

Answer show_policies(Visit& visit)
{
    auto const& locale = visit.locale();
    auto const& kind = *records::known_registers(visit.services.machinery, visit.context).find("policies");
    records::ListQuery query;
    query.statuses = {"in_force"};
    query.facets = {"in_public:yes"};
    query.per_page = most_policies;
    query.now = visit.context.now;
    query.with_rows = true;
    auto const list = TRY(as_any_reader(visit).list(kind, query));
    auto const title = locale.text("public.policies.title");
    Html out, items;
    page_title(out, visit, title, locale.text("public.policies.lead", {{"organisation", visit.organisation_name()}}));
    for (auto const& listed : list.items) {
        auto const policy = published(listed.head, *listed.row);
        if (!policy) continue;
        items << "<li><a"_h;
        items.url("href"_h, visit.address("/policies/" + web::encode_component(listed.head.reference)));
        items << "><strong>"_h << policy->name << "</strong></a>"_h;
        if (!policy->summary.empty()) items << "<br>"_h << policy->summary.value;
        if (auto const words = edition_words(*policy, locale); !words.empty()) items << "<br><span class=\"g-muted\">"_h << words << "</span>"_h;
        items << "</li>"_h;
    }
    if (items.text().empty()) out << "<p class=\"g-muted\">"_h << locale.text("public.policies.none") << "</p>"_h;
    else out << "<ul class=\"g-public-list\">"_h << items << "</ul>"_h;
    write_contacts(out, visit);
    return shown(visit, title, out);
}

Answer show_one_policy(Visit& visit)
{
    auto const& locale = visit.locale();
    auto const& kind = *records::known_registers(visit.services.machinery, visit.context).find("policies");
    auto const stored = as_any_reader(visit).find_by_reference(kind, visit.request.param("reference"));
    if (!stored) return Error::not_found();
    auto const policy = published(stored->head, stored->row);
    if (!policy) return Error::not_found();
    Html out;
    page_title(out, visit, policy->name, edition_words(*policy, locale));
    out << "<div"_h;
    // A document is written once, in the language of the house.
    if (locale.language() != visit.where().language) out.attr("lang"_h, code_of(visit.where().language));
    out << ">"_h;
    records::write_told(out, records::parse_told(policy->text.value));
    out << "</div>"_h;
    write_contacts(out, visit);
    out << "<p><a"_h;
    out.url("href"_h, visit.address("/policies"));
    out << ">"_h << locale.text("public.policies.all") << "</a></p>"_h;
    return shown(visit, policy->name, out);
}

}  // namespace greffier::reception
