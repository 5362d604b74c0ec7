#include "reception/sender.hpp"

#include "core/text.hpp"
#include "web/problem.hpp"

namespace greffier::reception {

using namespace web::literals;

void sender_fields(Html& out, Locale const& locale, FormState const& form)
{
    accounts::text_field(out, locale, form, {.name = "name", .label = "public.request.name", .autocomplete = "name", .required = false, .max_length = 200});
    accounts::text_field(out, locale, form, {.name = "function", .label = "public.incident.function", .autocomplete = "organization-title", .required = false, .max_length = 200});
    accounts::text_field(out, locale, form, {.name = "email", .label = "public.request.email", .type = "email", .autocomplete = "email", .required = false, .max_length = 254});
    accounts::text_field(out, locale, form, {.name = "phone", .label = "public.request.phone", .type = "tel", .autocomplete = "tel", .required = false, .max_length = 30});
}

std::vector<Choice> yes_no_unknown() { return {{"yes", "public.yes"}, {"no", "public.no"}, {"", "public.unknown"}}; }

schema::Contact sender_of(Request const& request, FormState& form)
{
    schema::Contact sender;
    sender.name = line_of(request, form, "name", 200, false);
    sender.function = line_of(request, form, "function", 200, false);
    sender.email.value = line_of(request, form, "email", 254, false);
    sender.phone.value = line_of(request, form, "phone", 30, false);
    if (!sender.email.value.empty() && !is_email(sender.email.value)) form.refuse("email", "not_an_email");
    if (!sender.phone.value.empty() && !is_phone(sender.phone.value)) form.refuse("phone", "not_a_phone");
    return sender;
}

Refusal refusal_of(Error const& error)
{
    if (error.code == "public_full") return {429, std::chrono::seconds{3600}};
    return {web::status_of(error.kind), std::nullopt};
}

}  // namespace greffier::reception
