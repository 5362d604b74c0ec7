#pragma once
// The lists of the register of requests. Codes are public and never change; words are in the locales.

#include "schema/schema.hpp"

namespace greffier::request {

/// The way a request came in, or the answer went out.
enum class Channel { Post, Email, Form, Phone, OnSite, ViaProcessor, SocialNetwork, Account, Other };
schema::ChoiceList<Channel> const& choices_of(Channel);

/// What is asked: every right of articles 7 and 15 to 22, and of articles 84 to 86 of the French act.
enum class Right {
    Access, Rectification, Erasure, Restriction, Portability, Objection, MarketingObjection, AutomatedDecision,
    ConsentWithdrawal, PostMortem, Complaint, Information,
};
schema::ChoiceList<Right> const& choices_of(Right);

enum class Capacity { Person, Representative, Guardian, Heir, Lawyer, Association, Other };
schema::ChoiceList<Capacity> const& choices_of(Capacity);

/// The language letters are written in.
enum class LetterLanguage { French, English };
schema::ChoiceList<LetterLanguage> const& choices_of(LetterLanguage);

enum class IdentityMeans { KnownData, CodeToKnownAddress, Account, RegisteredLetter, InPerson, IdentityDocument, Other };
schema::ChoiceList<IdentityMeans> const& choices_of(IdentityMeans);

enum class IdentityResult { Confirmed, NotConfirmed };
schema::ChoiceList<IdentityResult> const& choices_of(IdentityResult);

/// What the organisation asked the person for; both stop the clock.
enum class PauseReason { Identity, Clarification };
schema::ChoiceList<PauseReason> const& choices_of(PauseReason);

enum class SearchResult { Found, None, Pending };
schema::ChoiceList<SearchResult> const& choices_of(SearchResult);

enum class Consulted { Service, Processor, JointController, Other };
schema::ChoiceList<Consulted> const& choices_of(Consulted);

/// The two reasons the law allows (art. 12(3)).
enum class ExtensionReason { Complexity, Number };
schema::ChoiceList<ExtensionReason> const& choices_of(ExtensionReason);

enum class Decision { Satisfied, Partial, Refused, NoData, Unfounded, Excessive, NotIdentifiable, Withdrawn };
schema::ChoiceList<Decision> const& choices_of(Decision);

/// Each flagged with the rights it may be opposed to; without a flag, to any.
enum class RefusalGround {
    Unfounded, Excessive, NotIdentifiable, NoMandate, NotController, RestrictedByLaw,
    AccessRightsOfOthers, AccessSecret,
    RectificationAccurate,
    ErasureNoGround, ErasureExpression, ErasureObligation, ErasureHealth, ErasureArchives, ErasureClaims,
    RestrictionNoGround,
    PortabilityBasis, PortabilityNotAutomated, PortabilityDerived, PortabilityPublicTask, PortabilityRightsOfOthers,
    ObjectionBasis, ObjectionCompelling, ObjectionClaims, ObjectionResearch,
    AutomatedNotSolely, AutomatedContract, AutomatedLaw, AutomatedConsent,
    WithdrawalOtherBasis,
    PostMortemNoStanding, PostMortemLimits,
};
schema::ChoiceList<RefusalGround> const& choices_of(RefusalGround);

/// Art. 17(1).
enum class ErasureGround { NotNeeded, ConsentWithdrawn, Objection, Unlawful, Obligation, Child };
schema::ChoiceList<ErasureGround> const& choices_of(ErasureGround);

/// Art. 18(1).
enum class RestrictionGround { AccuracyContested, Unlawful, NeededForClaims, ObjectionPending };
schema::ChoiceList<RestrictionGround> const& choices_of(RestrictionGround);

/// The only cases in which something may be asked for (art. 12(5), 15(3)).
enum class FeeReason { UnfoundedOrExcessive, FurtherCopy };
schema::ChoiceList<FeeReason> const& choices_of(FeeReason);

enum class AnswerFormat { Paper, Pdf, Csv, Json, Xml, Spoken, OnScreen, Other };
schema::ChoiceList<AnswerFormat> const& choices_of(AnswerFormat);

enum class ExchangeSide { Person, Organisation };
schema::ChoiceList<ExchangeSide> const& choices_of(ExchangeSide);

/// False for a ground that belongs to another right.
bool may_refuse(RefusalGround ground, Right right);

}  // namespace greffier::request
