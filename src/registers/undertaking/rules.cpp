#include "registers/undertaking/rules.hpp"

namespace greffier::undertaking {
namespace {

/// Whoever has access and promised nothing; a clause of the contract stands for the signature.
void access_without_promise(Undertaking const& one, records::Circumstances const& now, records::Report& report)
{
    if (now.status != "to_sign" || one.signed_on || one.form == UndertakingForm::ContractClause) return;
    if (one.access_from && *one.access_from <= now.today && (!one.ends_on || *one.ends_on >= now.today)) report.at("signed_on");
}

}  // namespace

std::span<records::Rule<Undertaking> const> undertaking_rules()
{
    static constexpr records::Rule<Undertaking> rules[] = {{"GOV-009", records::Severity::Major, "32(4)", access_without_promise}};
    return rules;
}

}  // namespace greffier::undertaking
