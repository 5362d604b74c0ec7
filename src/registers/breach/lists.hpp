#pragma once
// The lists of the register of breaches. A code is never renamed or reused, only retired. Labels are in locales/,
// under "<list>.<code>". Categories of people and of data are those of every register (registers/lists.hpp).

#include "registers/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::breach {

enum class Nature { Confidentiality, Integrity, Availability };               ///< art. 4(12)
enum class Origin { Internal, External, Unknown };
enum class Intent { Accidental, Malicious, Unknown };
enum class Role { Controller, JointController, Processor };                   ///< ours, in what was touched
enum class Level { Negligible, Limited, Important, Maximal };                 ///< the CNIL's four levels
enum class Risk { Unlikely, Risk, High };                                     ///< what arts. 33 and 34 distinguish
enum class MeasureStage { Before, Immediate, Planned };
/// What is done first after an attack or a loss, in the order of the checklist.
enum class FirstStepKind { Disconnect, LeaveOn, Alert, OtherChannel, Logbook, KeepEvidence, Backups, Access, NoRansom, SeekHelp, OneVoice, Insurer, Police, Authority };
enum class NotificationType { Initial, Complementary, Complete, Withdrawal };
enum class Art34Exemption { A, B, C };                                        ///< art. 34(3)(a)-(c)
enum class PartyRole { Processor, JointController, Controller, Other };
/// Who bears the harm, and under whose responsibility the security was.
enum class InternalImpact { PersonalData, OrganisationOnly, ServiceOurs, ServiceTheirs };

// What the severity is computed from (severity.hpp).
enum class DataContext { Simple, Behavioural, Financial, Sensitive };
enum class ContextShift { LessByThree, LessByTwo, LessByOne, None, MoreByOne, MoreByTwo, MoreByThree };
enum class Identification { Negligible, Limited, Significant, Maximum };
enum class LostConfidentiality { NoEvidence, KnownRecipients, UnknownRecipients };
enum class LostIntegrity { NoKnownUse, Recoverable, NotRecoverable };
enum class LostAvailability { AtOnce, Temporary, Permanent };

schema::ChoiceList<Nature> const& choices_of(Nature);
schema::ChoiceList<Origin> const& choices_of(Origin);
schema::ChoiceList<Intent> const& choices_of(Intent);
schema::ChoiceList<Role> const& choices_of(Role);
schema::ChoiceList<Level> const& choices_of(Level);
schema::ChoiceList<Risk> const& choices_of(Risk);
schema::ChoiceList<MeasureStage> const& choices_of(MeasureStage);
schema::ChoiceList<FirstStepKind> const& choices_of(FirstStepKind);
schema::ChoiceList<NotificationType> const& choices_of(NotificationType);
schema::ChoiceList<Art34Exemption> const& choices_of(Art34Exemption);
schema::ChoiceList<PartyRole> const& choices_of(PartyRole);
schema::ChoiceList<InternalImpact> const& choices_of(InternalImpact);
schema::ChoiceList<DataContext> const& choices_of(DataContext);
schema::ChoiceList<ContextShift> const& choices_of(ContextShift);
schema::ChoiceList<Identification> const& choices_of(Identification);
schema::ChoiceList<LostConfidentiality> const& choices_of(LostConfidentiality);
schema::ChoiceList<LostIntegrity> const& choices_of(LostIntegrity);
schema::ChoiceList<LostAvailability> const& choices_of(LostAvailability);

struct Intakes { static schema::List const& list(); };       ///< how the incident came to be known
struct Causes { static schema::List const& list(); };
struct Effects { static schema::List const& list(); };       ///< on the persons
struct Channels { static schema::List const& list(); };      ///< by which the persons were told
struct Bodies { static schema::List const& list(); };        ///< who else is told

}  // namespace greffier::breach
