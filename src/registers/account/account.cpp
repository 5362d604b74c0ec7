#include "registers/account/account.hpp"

namespace greffier::account {

using schema::Field;
using schema::Schema;

Schema<Account> const& schema_of(Account const*)
{
    static Schema<Account> const schema("system_account", 1, {
        Field("identifier", &Account::identifier).section("account").max_length(200).required().searchable().in_list().article("32(1)(b)").personal_data(),
        Field("system", &Account::system).max_length(200).mandatory().searchable().in_list().suggest("hosting").article("32(1)(b)").material(),
        Field("asset", &Account::asset),
        Field("kind", &Account::kind).mandatory().in_list().article("32(1)(b)").material(),
        Field("profile", &Account::profile).max_length(200).searchable().in_list().article("32(4)").material(),
        Field("groups", &Account::groups),
        Field("holder", &Account::holder).section("holder").max_length(200).searchable().in_list().personal_data().article("32(1)(b)"),
        Field("holder_email", &Account::holder_email).searchable().personal_data(),
        Field("service", &Account::service).max_length(200).searchable().suggest("service"),
        Field("employer", &Account::employer).max_length(200).searchable().shown_when("kind", {"external"}),
        Field("owner", &Account::owner).article("5(2)").personal_data(),
        Field("left_on", &Account::left_on).article("32(4)").material(),
        Field("shared_with", &Account::shared_with).section("shared").max_length(1000).personal_data().shown_when("kind", {"shared"}),
        Field("need", &Account::need).max_length(1000).shown_when("kind", {"shared", "service"}),
        Field("approved_by", &Account::approved_by).max_length(200).personal_data().article("32(1)(b)").shown_when("kind", {"shared", "service", "privileged"}),
        Field("approved_on", &Account::approved_on).article("32(1)(b)").shown_when("kind", {"shared", "service", "privileged"}),
        Field("traced", &Account::traced).article("32(1)(b)").shown_when("kind", {"shared", "service", "privileged"}),
        Field("password_renewed_on", &Account::password_renewed_on).article("32(1)(b)"),
        Field("password_period", &Account::password_period).shown_when("kind", {"shared", "service", "privileged"}),
        Field("mfa", &Account::mfa).section("protection").article("32(1)(b)").material(),
        Field("dedicated", &Account::dedicated).shown_when("kind", {"privileged"}),
        Field("granted_on", &Account::granted_on).section("life").article("32(4)"),
        Field("access_request", &Account::access_request).article("32(4)"),
        Field("ends_on", &Account::ends_on).article("32(4)").material(),
        Field("last_review", &Account::last_review).article("32(1)(d)"),
        Field("next_review", &Account::next_review).article("32(1)(d)"),
        Field("reviewer", &Account::reviewer).max_length(200).personal_data(),
        Field("closed_on", &Account::closed_on).article("32(4)"),
        Field("directory", &Account::directory).max_length(200).searchable(),
        Field("missing_since", &Account::missing_since),
        Field("notes", &Account::notes).max_length(10000).searchable(),
        Field("attachments", &Account::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::account
