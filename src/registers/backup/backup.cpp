#include "registers/backup/backup.hpp"

#include "law/parameters.hpp"
#include "law/periods.hpp"

namespace greffier::backup {

using schema::ChoiceList;
using schema::Field;
using schema::Schema;

ChoiceList<Frequency> const& choices_of(Frequency)
{
    static ChoiceList<Frequency> const list("backup_frequency", {
        {Frequency::Continuous, {"continuous"}},
        {Frequency::Hourly, {"hourly"}},
        {Frequency::Daily, {"daily"}},
        {Frequency::Weekly, {"weekly"}},
        {Frequency::Monthly, {"monthly"}},
        {Frequency::Rarer, {"rarer"}},
    });
    return list;
}

ChoiceList<RestoreResult> const& choices_of(RestoreResult)
{
    static ChoiceList<RestoreResult> const list("backup_restore_result", {
        {RestoreResult::Complete, {"complete"}},
        {RestoreResult::Partial, {"partial"}},
        {RestoreResult::Failed, {"failed"}},
    });
    return list;
}

Schema<Backup> const& schema_of(Backup const*)
{
    static Schema<Backup> const schema("backup", 1, {
        Field("name", &Backup::name).section("what").required().max_length(300).searchable().in_list(),
        Field("applications", &Backup::applications).mandatory().article("32(1)(c)").material(),
        Field("content", &Backup::content).max_length(4000).searchable(),
        Field("service", &Backup::service).max_length(200).searchable().suggest("service"),
        Field("owner", &Backup::owner).mandatory().article("5(2)").personal_data(),

        Field("frequency", &Backup::frequency).section("how").mandatory().in_list().article("32(1)(c)").material(),
        Field("retention", &Backup::retention).mandatory().in_list().article("5(1)(e)").material(),
        Field("method", &Backup::method).max_length(500).searchable(),
        Field("encrypted", &Backup::encrypted).article("32(1)(a)").material(),
        Field("offsite", &Backup::offsite).article("32(1)(c)").material(),
        Field("offsite_place", &Backup::offsite_place).max_length(300).shown_when("offsite", {"true"}),
        Field("offline", &Backup::offline).article("32(1)(c)").material(),
        Field("keeper", &Backup::keeper).article("28"),

        Field("last_restore_test", &Backup::last_restore_test).section("restore").mandatory().in_list().article("32(1)(d)"),
        Field("restore_result", &Backup::restore_result).article("32(1)(d)"),
        Field("restore_remarks", &Backup::restore_remarks).max_length(4000),
        Field("next_restore_test", &Backup::next_restore_test).article("32(1)(d)"),
        Field("notes", &Backup::notes).max_length(10000).searchable(),
        Field("attachments", &Backup::attachments).read_only(),
    });
    return schema;
}

std::optional<Date> restore_test_due(Backup const& backup, Date today)
{
    if (backup.next_restore_test) return backup.next_restore_test;
    if (!backup.last_restore_test) return std::nullopt;
    return law::months_after_unmoved(*backup.last_restore_test, law::parameter("backup.restore_test", today).number()).due;
}

}  // namespace greffier::backup
