#include "registers/access_request/access_request.hpp"

namespace greffier::access_request {

using schema::Field;
using schema::Schema;

Schema<AccessRequest> const& schema_of(AccessRequest const*)
{
    static Schema<AccessRequest> const schema("access_request", 1, {
        Field("name", &AccessRequest::name).section("request").required().max_length(300).searchable().in_list(),
        Field("act", &AccessRequest::act).mandatory().in_list().article("32(4)"),
        Field("beneficiary", &AccessRequest::beneficiary).mandatory().article("32(4)").personal_data().material(),
        Field("service", &AccessRequest::service).max_length(200).searchable().in_list().suggest("service"),
        Field("external", &AccessRequest::external).in_list().material(),
        Field("employer", &AccessRequest::employer).max_length(200).searchable().shown_when("external", {"true"}),
        Field("asked_by", &AccessRequest::asked_by).mandatory().article("32(4)").personal_data().material(),
        Field("asked_on", &AccessRequest::asked_on).mandatory().in_list(),
        Field("system", &AccessRequest::system).section("access").max_length(200).mandatory().searchable().in_list().suggest("hosting").article("32(4)").material(),
        Field("asset", &AccessRequest::asset),
        Field("identifier", &AccessRequest::identifier).max_length(200).searchable().personal_data(),
        Field("profile", &AccessRequest::profile).max_length(200).mandatory().searchable().article("32(4)").material(),
        Field("privileged", &AccessRequest::privileged).material(),
        Field("reason", &AccessRequest::reason).mandatory().max_length(2000).article("32(4)").material(),
        Field("wanted_from", &AccessRequest::wanted_from),
        Field("ends_on", &AccessRequest::ends_on).in_list().article("32(4)").material(),
        Field("approver", &AccessRequest::approver).section("approval").mandatory().personal_data(),
        Field("approved_by", &AccessRequest::approved_by).max_length(200).read_only().personal_data().article("32(4)"),
        Field("approved_on", &AccessRequest::approved_on).read_only().article("32(4)"),
        Field("granted_on", &AccessRequest::granted_on).section("granting").article("32(4)"),
        Field("granted_by", &AccessRequest::granted_by).max_length(200).personal_data(),
        Field("account", &AccessRequest::account).article("32(4)"),
        Field("taken_back_on", &AccessRequest::taken_back_on).article("32(4)"),
        Field("notes", &AccessRequest::notes).max_length(10000).searchable(),
        Field("attachments", &AccessRequest::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::access_request
