#include "registers/insurance/insurance.hpp"

namespace greffier::insurance {

using schema::ChoiceList;

ChoiceList<InsuranceKind> const& choices_of(InsuranceKind)
{
    using enum InsuranceKind;
    static ChoiceList<InsuranceKind> const list("insurance_kind", {
        {Cyber, {"cyber"}}, {Liability, {"liability"}}, {LegalProtection, {"legal_protection"}}, {Officials, {"officials"}}, {Property, {"property"}}, {Other, {"other"}},
    });
    return list;
}

ChoiceList<Cover> const& choices_of(Cover)
{
    static ChoiceList<Cover> const list("insurance_cover", {
        {Cover::Included, {"included"}},
        {Cover::Sometimes, {"sometimes"}},
        {Cover::Excluded, {"excluded"}},
    });
    return list;
}

ChoiceList<LossCause> const& choices_of(LossCause)
{
    using enum LossCause;
    static ChoiceList<LossCause> const list("insurance_cause_item", {
        {HumanError, {"human_error"}}, {Negligence, {"negligence"}}, {Attack, {"attack"}}, {Malware, {"malware"}}, {Power, {"power"}}, {Telecom, {"telecom"}},
        {HostingProvider, {"hosting_provider"}}, {RecoveryProvider, {"recovery_provider"}}, {Infrastructure, {"infrastructure"}}, {MissingPatches, {"missing_patches"}},
        {MissingAntivirus, {"missing_antivirus"}}, {MissingFirewall, {"missing_firewall"}}, {WrongDeclaration, {"wrong_declaration"}},
    });
    return list;
}

ChoiceList<Harmed> const& choices_of(Harmed)
{
    using enum Harmed;
    static ChoiceList<Harmed> const list("insurance_person_item", {
        {Customer, {"customer"}}, {Prospect, {"prospect"}}, {Employee, {"employee"}}, {Trainee, {"trainee"}}, {Applicant, {"applicant"}}, {Contractor, {"contractor"}},
        {Officer, {"officer"}}, {ProvenClaim, {"proven_claim"}}, {AllegedClaim, {"alleged_claim"}},
    });
    return list;
}

ChoiceList<Damage> const& choices_of(Damage)
{
    using enum Damage;
    static ChoiceList<Damage> const list("insurance_damage_item", {
        {Privacy, {"privacy"}}, {Defamation, {"defamation"}}, {Confidentiality, {"confidentiality"}}, {Image, {"image"}}, {Moral, {"moral"}}, {Bodily, {"bodily"}},
        {Notification, {"notification"}}, {Compensation, {"compensation"}}, {Settlement, {"settlement"}}, {Procedure, {"procedure"}}, {Processor, {"processor"}},
        {GroupAction, {"group_action"}}, {PunitiveDamages, {"punitive"}}, {OwnPay, {"own_pay"}}, {ContractualSums, {"contractual_sums"}}, {Rebates, {"rebates"}}, {Fines, {"fines"}},
    });
    return list;
}

}  // namespace greffier::insurance
