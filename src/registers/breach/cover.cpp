#include "registers/breach/cover.hpp"

#include <algorithm>
#include <array>

namespace greffier::breach {

namespace {

/// From a code of the breach to a line of a grid; a code that an organisation added asks nothing.
struct Means { std::string_view code, item; };

constexpr std::array causes{
    Means{"hacking", "attack"}, Means{"phishing", "attack"}, Means{"ransomware", "attack"}, Means{"malware", "attack"}, Means{"stolen_account", "attack"},
    Means{"ransomware", "malware"}, Means{"malware", "malware"},
    Means{"human_error", "human_error"}, Means{"wrong_recipient", "human_error"}, Means{"visible_recipients", "human_error"}, Means{"unintended_publication", "human_error"}, Means{"spoken", "human_error"},
    Means{"lost_equipment", "negligence"}, Means{"lost_paper", "negligence"}, Means{"recycled_equipment", "negligence"}, Means{"paper_not_destroyed", "negligence"}, Means{"excessive_access", "negligence"},
    Means{"technical_failure", "infrastructure"}, Means{"disaster", "infrastructure"},
};

constexpr std::array persons{
    Means{"employees", "employee"}, Means{"public_agents", "employee"}, Means{"temporary_workers", "employee"}, Means{"former_employees", "employee"}, Means{"internal_services", "employee"},
    Means{"trainees", "trainee"}, Means{"candidates", "applicant"}, Means{"contractors", "contractor"}, Means{"officers", "officer"}, Means{"elected_officials", "officer"}, Means{"prospects", "prospect"},
    Means{"customers", "customer"}, Means{"service_users", "customer"}, Means{"members", "customer"}, Means{"donors", "customer"}, Means{"subscribers", "customer"}, Means{"students", "customer"},
    Means{"minors", "customer"}, Means{"parents", "customer"}, Means{"patients", "customer"}, Means{"elderly", "customer"}, Means{"disabled", "customer"}, Means{"protected_adults", "customer"},
    Means{"asylum_seekers", "customer"}, Means{"social_beneficiaries", "customer"}, Means{"tenants", "customer"}, Means{"voters", "customer"}, Means{"visitors", "customer"}, Means{"internet_users", "customer"},
};

constexpr std::array damages{
    Means{"secrecy_lost", "confidentiality"}, Means{"further_spread", "confidentiality"}, Means{"loss_of_control", "privacy"}, Means{"targeted_phishing", "privacy"}, Means{"reputation", "moral"},
    Means{"discrimination", "moral"}, Means{"harassment", "moral"}, Means{"physical_harm", "bodily"}, Means{"identity_theft", "compensation"}, Means{"fraud", "compensation"}, Means{"financial_loss", "compensation"},
};

class Questions {
public:
    void add(std::string_view grid, std::string_view item)
    {
        CoverQuestion const one{grid, item};
        if (std::ranges::find(all, one) == all.end()) all.push_back(one);
    }
    template <class Terms>
    void translate(std::string_view grid, std::span<Means const> table, Terms const& terms)
    {
        for (auto const& means : table)
            if (std::ranges::any_of(terms, [&](auto const& term) { return term == means.code; })) add(grid, means.item);
    }
    std::vector<CoverQuestion> all;
};

bool has_processor(Breach const& b) { return std::ranges::any_of(b.parties, [](Party const& party) { return party.role == PartyRole::Processor; }); }

template <class T>
std::optional<T> value_of(schema::SchemaInfo const& info, schema::Row const& row, std::string_view field)
{
    if (info.index_of(field) < 0) return std::nullopt;
    auto const* value = std::get_if<T>(&schema::get(info, row, field));
    return value ? std::optional{*value} : std::nullopt;
}

std::string cover_in(schema::SchemaInfo const& info, schema::Row const& row, CoverQuestion const& question)
{
    auto const* field = info.find(question.grid);
    auto const* lines = field && field->rows ? std::get_if<schema::Rows>(&schema::get(info, row, question.grid)) : nullptr;
    if (!lines) return {};
    for (auto const& line : *lines)
        if (schema::text_of(*field->rows, line, "item") == question.item) return schema::text_of(*field->rows, line, "cover");
    return {};
}

}  // namespace

bool is_attack(Breach const& b) { return b.intent == Intent::Malicious || std::ranges::any_of(b.causes, [](auto const& cause) { return cause.has_flag("attack"); }); }

std::vector<CoverQuestion> cover_questions(Breach const& b)
{
    Questions questions;
    questions.translate("causes", causes, b.causes);
    if (is_attack(b)) questions.add("causes", "attack");
    if (has_processor(b)) questions.add("causes", "hosting_provider");
    questions.translate("persons", persons, b.subject_categories);
    if (std::ranges::find(b.nature, Nature::Confidentiality) != b.nature.end()) questions.add("damages", "confidentiality");
    questions.translate("damages", damages, b.effects);
    if (b.risk == Risk::High || b.tell_persons == true) questions.add("damages", "notification");
    if (has_processor(b)) questions.add("damages", "processor");
    return std::move(questions.all);
}

std::optional<Date> day_of_loss(Breach const& b, std::string_view zone)
{
    for (auto const& instant : {b.started_at, b.detected_at, b.aware_at})
        if (instant) return local_date(*instant, std::string{zone});
    return std::nullopt;
}

std::optional<Timestamp> known_at(Breach const& b) { return b.detected_at && (!b.aware_at || *b.detected_at < *b.aware_at) ? b.detected_at : b.aware_at; }

std::optional<Timestamp> insurer_told_at(Breach const& b)
{
    for (auto const& row : b.told)
        if (row.body == "insurer" && row.told_at) return row.told_at;
    return std::nullopt;
}

bool Policy::held_on(Date day) const { return (!from || *from <= day) && (!until || day <= *until || renews); }

bool Policy::excludes_all_causes() const
{
    bool any = false;
    for (auto const& answer : answers) {
        if (answer.question.grid != "causes") continue;
        if (answer.cover != "excluded") return false;
        any = true;
    }
    return any;
}

Policy policy_of(schema::SchemaInfo const& info, schema::Row const& row, std::vector<CoverQuestion> const& questions)
{
    Policy policy;
    for (auto const& question : questions) policy.answers.push_back({question, cover_in(info, row, question)});
    policy.from = value_of<Date>(info, row, "start_date");
    policy.until = value_of<Date>(info, row, "end_date");
    policy.renews = value_of<bool>(info, row, "tacit_renewal").value_or(false);
    policy.declare_within_days = value_of<std::int64_t>(info, row, "declare_within_days");
    for (auto const* field : {"policy_number", "start_date", "end_date", "claims_contact", "declare_within_days", "ceiling", "excess"})
        if (info.index_of(field) >= 0 && schema::is_empty(schema::get(info, row, field))) policy.missing.emplace_back(field);
    return policy;
}

}  // namespace greffier::breach
