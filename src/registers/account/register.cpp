#include "registers/account/register.hpp"

#include "registers/account/account.hpp"
#include "registers/account/dues.hpp"

namespace greffier::account {

namespace {

schema::Row blank_account()
{
    Account account;
    account.kind = Kind::Named;
    return system_account_schema().pack(account);
}

}  // namespace

records::Register const& account_register()
{
    using web::Permission;
    static records::Register const kind{
        .slug = "accounts",
        .prefix = "CPT",
        .icon = "id",
        .chapter = records::Chapter::Security,
        .schema = &system_account_schema().info(),
        .title_field = "identifier",
        .review_field = "next_review",
        .statuses = {"enabled", "disabled", "erased"},
        .transitions = {
            {"enabled", "disabled", Permission::WriteRecords},
            {"enabled", "erased", Permission::WriteRecords},
            {"disabled", "enabled", Permission::WriteRecords, true},
            {"disabled", "erased", Permission::WriteRecords},
            {"erased", "enabled", Permission::WriteRecords, true},
        },
        .closed = {"erased"},
        .blank = &blank_account,
        .stamps = {{"disabled", "closed_on"}, {"erased", "closed_on"}},
        .reviewed_field = "last_review",
        .reviewer_field = "reviewer",
        .service_field = "service",
        .dues = &dues_of,
    };
    return kind;
}

}  // namespace greffier::account
