#pragma once
// Internal to founding/: what the pages show of a plan and of a founding, and the fields of a model.

#include "accounts/pages/form.hpp"
#include "founding/services.hpp"

namespace greffier::founding {

/// The plan line by line; with `founding`, the button that carries it out.
web::Response plan_page(accounts::Context& context, Plan const& plan, std::string const& file_name, Founding const* founding, int status);
/// `untouched`: nothing was written in what it made, and it can be taken back.
web::Response founding_page(accounts::Context& context, Founding const& founding, std::vector<KeptLine> const& lines, std::optional<jobs::Job> const& job, bool untouched, std::string const& model_name);

/// Which parts are taken of which model; `choose`: which one is asked too, else it is the organisation of the page.
void model_fields(web::Html& out, accounts::Context const& context, accounts::FormState const& form, bool choose);
/// Error fields model ("unknown_organisation"), or founding.model_not_yours.
Result<std::optional<Model>> model_of_form(FoundingServices& services, accounts::Context const& context, web::Request const& request);
/// The actor as a job carries it: whoever runs the installation has no role here, and administers.
accounts::Actor acting(accounts::Context const& context);

}  // namespace greffier::founding
