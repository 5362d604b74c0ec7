#include "registers/request/lists.hpp"

namespace greffier::request {

using schema::ChoiceList;

ChoiceList<Channel> const& choices_of(Channel)
{
    using enum Channel;
    static ChoiceList<Channel> const list("request_channel", {
        {Post, {"post"}}, {Email, {"email"}}, {Form, {"form"}}, {Phone, {"phone"}}, {OnSite, {"on_site"}}, {ViaProcessor, {"via_processor"}},
        {SocialNetwork, {"social_network"}}, {Account, {"account"}}, {Other, {"other"}},
    });
    return list;
}

ChoiceList<Right> const& choices_of(Right)
{
    using enum Right;
    static ChoiceList<Right> const list("request_right", {
        {Access, {"access", "https://w3id.org/dpv/legal/eu/gdpr#A15"}},
        {Rectification, {"rectification", "https://w3id.org/dpv/legal/eu/gdpr#A16"}},
        {Erasure, {"erasure", "https://w3id.org/dpv/legal/eu/gdpr#A17"}},
        {Restriction, {"restriction", "https://w3id.org/dpv/legal/eu/gdpr#A18"}},
        {Portability, {"portability", "https://w3id.org/dpv/legal/eu/gdpr#A20"}},
        {Objection, {"objection", "https://w3id.org/dpv/legal/eu/gdpr#A21"}},
        {MarketingObjection, {"marketing_objection", "https://w3id.org/dpv/legal/eu/gdpr#A21"}},
        {AutomatedDecision, {"automated_decision", "https://w3id.org/dpv/legal/eu/gdpr#A22"}},
        {ConsentWithdrawal, {"consent_withdrawal", "https://w3id.org/dpv/legal/eu/gdpr#A7-3"}},
        {PostMortem, {"post_mortem"}},
        {Complaint, {"complaint"}},
        {Information, {"information"}},
    });
    return list;
}

ChoiceList<Capacity> const& choices_of(Capacity)
{
    using enum Capacity;
    static ChoiceList<Capacity> const list("request_capacity", {
        {Person, {"person"}}, {Representative, {"representative"}}, {Guardian, {"guardian"}}, {Heir, {"heir"}}, {Lawyer, {"lawyer"}}, {Association, {"association"}}, {Other, {"other"}},
    });
    return list;
}

ChoiceList<LetterLanguage> const& choices_of(LetterLanguage)
{
    static ChoiceList<LetterLanguage> const list("request_language", {{LetterLanguage::French, {"fr"}}, {LetterLanguage::English, {"en"}}});
    return list;
}

ChoiceList<IdentityMeans> const& choices_of(IdentityMeans)
{
    using enum IdentityMeans;
    static ChoiceList<IdentityMeans> const list("request_identity_means", {
        {KnownData, {"known_data"}}, {CodeToKnownAddress, {"code_to_known_address"}}, {Account, {"account"}}, {RegisteredLetter, {"registered_letter"}},
        {InPerson, {"in_person"}}, {IdentityDocument, {"identity_document"}}, {Other, {"other"}},
    });
    return list;
}

ChoiceList<IdentityResult> const& choices_of(IdentityResult)
{
    static ChoiceList<IdentityResult> const list("request_identity_result", {{IdentityResult::Confirmed, {"confirmed"}}, {IdentityResult::NotConfirmed, {"not_confirmed"}}});
    return list;
}

ChoiceList<PauseReason> const& choices_of(PauseReason)
{
    static ChoiceList<PauseReason> const list("request_pause_reason", {{PauseReason::Identity, {"identity"}}, {PauseReason::Clarification, {"clarification"}}});
    return list;
}

ChoiceList<SearchResult> const& choices_of(SearchResult)
{
    using enum SearchResult;
    static ChoiceList<SearchResult> const list("request_search_result", {{Found, {"found"}}, {None, {"none"}}, {Pending, {"pending"}}});
    return list;
}

ChoiceList<Consulted> const& choices_of(Consulted)
{
    using enum Consulted;
    static ChoiceList<Consulted> const list("request_consulted", {{Service, {"service"}}, {Processor, {"processor"}}, {JointController, {"joint_controller"}}, {Other, {"other"}}});
    return list;
}

ChoiceList<ExtensionReason> const& choices_of(ExtensionReason)
{
    static ChoiceList<ExtensionReason> const list("request_extension_reason", {{ExtensionReason::Complexity, {"complexity"}}, {ExtensionReason::Number, {"number"}}});
    return list;
}

ChoiceList<Decision> const& choices_of(Decision)
{
    using enum Decision;
    static ChoiceList<Decision> const list("request_decision", {
        {Satisfied, {"satisfied"}}, {Partial, {"partial"}}, {Refused, {"refused"}}, {NoData, {"no_data"}}, {Unfounded, {"unfounded"}}, {Excessive, {"excessive"}},
        {NotIdentifiable, {"not_identifiable"}}, {Withdrawn, {"withdrawn"}},
    });
    return list;
}

ChoiceList<RefusalGround> const& choices_of(RefusalGround)
{
    using enum RefusalGround;
    // Flags: the rights a ground may be opposed to, by their codes.
    static ChoiceList<RefusalGround> const list("request_refusal_ground", {
        {Unfounded, {"unfounded"}}, {Excessive, {"excessive"}}, {NotIdentifiable, {"not_identifiable"}}, {NoMandate, {"no_mandate"}}, {NotController, {"not_controller"}},
        {RestrictedByLaw, {"restricted_by_law"}},
        {AccessRightsOfOthers, {"access_rights_of_others", "", "access"}}, {AccessSecret, {"access_secret", "", "access"}},
        {RectificationAccurate, {"rectification_accurate", "", "rectification"}},
        {ErasureNoGround, {"erasure_no_ground", "", "erasure"}}, {ErasureExpression, {"erasure_expression", "", "erasure"}}, {ErasureObligation, {"erasure_obligation", "", "erasure"}},
        {ErasureHealth, {"erasure_health", "", "erasure"}}, {ErasureArchives, {"erasure_archives", "", "erasure"}}, {ErasureClaims, {"erasure_claims", "", "erasure"}},
        {RestrictionNoGround, {"restriction_no_ground", "", "restriction"}},
        {PortabilityBasis, {"portability_basis", "", "portability"}}, {PortabilityNotAutomated, {"portability_not_automated", "", "portability"}},
        {PortabilityDerived, {"portability_derived", "", "portability"}}, {PortabilityPublicTask, {"portability_public_task", "", "portability"}},
        {PortabilityRightsOfOthers, {"portability_rights_of_others", "", "portability"}},
        {ObjectionBasis, {"objection_basis", "", "objection"}}, {ObjectionCompelling, {"objection_compelling", "", "objection"}},
        {ObjectionClaims, {"objection_claims", "", "objection"}}, {ObjectionResearch, {"objection_research", "", "objection"}},
        {AutomatedNotSolely, {"automated_not_solely", "", "automated_decision"}}, {AutomatedContract, {"automated_contract", "", "automated_decision"}},
        {AutomatedLaw, {"automated_law", "", "automated_decision"}}, {AutomatedConsent, {"automated_consent", "", "automated_decision"}},
        {WithdrawalOtherBasis, {"withdrawal_other_basis", "", "consent_withdrawal"}},
        {PostMortemNoStanding, {"post_mortem_no_standing", "", "post_mortem"}}, {PostMortemLimits, {"post_mortem_limits", "", "post_mortem"}},
    });
    return list;
}

ChoiceList<ErasureGround> const& choices_of(ErasureGround)
{
    using enum ErasureGround;
    static ChoiceList<ErasureGround> const list("request_erasure_ground", {
        {NotNeeded, {"not_needed"}}, {ConsentWithdrawn, {"consent_withdrawn"}}, {Objection, {"objection"}}, {Unlawful, {"unlawful"}}, {Obligation, {"obligation"}}, {Child, {"child"}},
    });
    return list;
}

ChoiceList<RestrictionGround> const& choices_of(RestrictionGround)
{
    using enum RestrictionGround;
    static ChoiceList<RestrictionGround> const list("request_restriction_ground", {
        {AccuracyContested, {"accuracy_contested"}}, {Unlawful, {"unlawful"}}, {NeededForClaims, {"needed_for_claims"}}, {ObjectionPending, {"objection_pending"}},
    });
    return list;
}

ChoiceList<FeeReason> const& choices_of(FeeReason)
{
    static ChoiceList<FeeReason> const list("request_fee_reason", {{FeeReason::UnfoundedOrExcessive, {"unfounded_or_excessive"}}, {FeeReason::FurtherCopy, {"further_copy"}}});
    return list;
}

ChoiceList<AnswerFormat> const& choices_of(AnswerFormat)
{
    using enum AnswerFormat;
    static ChoiceList<AnswerFormat> const list("request_answer_format", {
        {Paper, {"paper"}}, {Pdf, {"pdf"}}, {Csv, {"csv"}}, {Json, {"json"}}, {Xml, {"xml"}}, {Spoken, {"spoken"}}, {OnScreen, {"on_screen"}}, {Other, {"other"}},
    });
    return list;
}

ChoiceList<ExchangeSide> const& choices_of(ExchangeSide)
{
    static ChoiceList<ExchangeSide> const list("request_exchange_side", {{ExchangeSide::Person, {"person"}}, {ExchangeSide::Organisation, {"organisation"}}});
    return list;
}

bool may_refuse(RefusalGround ground, Right right)
{
    auto const& grounds = choices_of(ground);
    auto const* entry = grounds.list.find(grounds.code(ground));
    return entry->flags.empty() || entry->has_flag(choices_of(right).code(right));
}

}  // namespace greffier::request
