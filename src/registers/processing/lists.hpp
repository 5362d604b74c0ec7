#pragma once
// The closed lists (the law's) and the open ones (ours to begin with, a DPO's to extend) of the controller's register.
// A code is never renamed or reused, only retired. Labels are in locales/, under "<list>.<code>".

#include "registers/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::processing {

enum class Role { Controller, JointController, Processor };
enum class PurposeKind { Main, Secondary };
enum class PurposeNature { Business, Support, Regulatory };
enum class LegalBasis { A, B, C, D, E, F };                             ///< art. 6(1)(a)-(f)
enum class Art9Condition { A, B, C, D, E, F, G, H, I, J };              ///< art. 9(2)(a)-(j)
enum class FinalDisposition { Delete, Anonymise, Archive };
enum class Collected { Internal, External };
enum class Extent { Local, Regional, National, European, Worldwide };
enum class Source { Direct, Indirect, Mixed };
enum class Stage { Collect, Transform, Store, Transfer, Destroy };
enum class Art22Exception { Contract, Law, ExplicitConsent };           ///< art. 22(2)(a)-(c)
enum class StatedRole { Controller, Representative, Dpo, DpoCompany, JointController };

schema::ChoiceList<Role> const& choices_of(Role);
schema::ChoiceList<PurposeKind> const& choices_of(PurposeKind);
schema::ChoiceList<PurposeNature> const& choices_of(PurposeNature);
schema::ChoiceList<LegalBasis> const& choices_of(LegalBasis);
schema::ChoiceList<Art9Condition> const& choices_of(Art9Condition);
schema::ChoiceList<FinalDisposition> const& choices_of(FinalDisposition);
schema::ChoiceList<Collected> const& choices_of(Collected);
schema::ChoiceList<Extent> const& choices_of(Extent);
schema::ChoiceList<Source> const& choices_of(Source);
schema::ChoiceList<Stage> const& choices_of(Stage);
schema::ChoiceList<Art22Exception> const& choices_of(Art22Exception);
schema::ChoiceList<StatedRole> const& choices_of(StatedRole);

struct RecipientTypes { static schema::List const& list(); };
struct RetentionStarts { static schema::List const& list(); };
struct RetentionRules { static schema::List const& list(); };
struct ProcessingTags { static schema::List const& list(); };

}  // namespace greffier::processing
