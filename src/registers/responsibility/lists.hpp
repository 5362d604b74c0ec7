#pragma once
// Lists of the register of responsibilities. A code is never renamed or reused, only retired.

#include "schema/schema.hpp"

namespace greffier::responsibility {

/// Of one workstream: does it; answers for it; is asked before; is told after.
enum class Part { Responsible, Accountable, Consulted, Informed };
enum class Nature { Internal, Provider, Lawyer, Insurer, Authority, Partner };
/// The contacts shipped with the program; the codes are the ids of law/authorities.csv.
enum class Shipped { Cnil, Certfr, CertfrReflexes, Cyber17, Police };

schema::ChoiceList<Part> const& choices_of(Part);
schema::ChoiceList<Nature> const& choices_of(Nature);
schema::ChoiceList<Shipped> const& choices_of(Shipped);

struct RoleKinds { static schema::List const& list(); };
/// The work of conformity, in the order in which the matrix shows it.
struct Workstreams { static schema::List const& list(); };

}  // namespace greffier::responsibility
