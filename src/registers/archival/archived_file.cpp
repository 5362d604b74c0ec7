#include "registers/archival/archived_file.hpp"

namespace greffier::archival {

using schema::ChoiceList;
using schema::Field;
using schema::Schema;

ChoiceList<Medium> const& choices_of(Medium)
{
    static ChoiceList<Medium> const list("archive_medium", {
        {Medium::Paper, {"paper"}},
        {Medium::Digital, {"digital"}},
        {Medium::Both, {"both"}},
    });
    return list;
}

ChoiceList<Fate> const& choices_of(Fate)
{
    static ChoiceList<Fate> const list("archive_fate", {
        {Fate::Destroy, {"destroy"}},
        {Fate::Sort, {"sort"}},
        {Fate::KeepForEver, {"keep"}},
    });
    return list;
}

ChoiceList<Destruction> const& choices_of(Destruction)
{
    using enum Destruction;
    static ChoiceList<Destruction> const list("archive_destruction", {
        {Shredding, {"shredding"}}, {Burning, {"burning"}}, {Wiping, {"wiping"}}, {KeyDestroyed, {"key_destroyed"}}, {DeviceDestroyed, {"device_destroyed"}}, {Deletion, {"deletion"}}, {Other, {"other"}},
    });
    return list;
}

Schema<ArchivedFile> const& schema_of(ArchivedFile const*)
{
    static Schema<ArchivedFile> const schema("archived_file", 1, {
        Field("name", &ArchivedFile::name).section("contents").required().max_length(300).searchable().in_list(),
        Field("contents", &ArchivedFile::contents).mandatory().max_length(4000).searchable().article("5(1)(e)"),
        Field("processings", &ArchivedFile::processings).mandatory().article("5(1)(e)"),
        Field("oldest", &ArchivedFile::oldest).mandatory(),
        Field("newest", &ArchivedFile::newest).mandatory(),
        Field("medium", &ArchivedFile::medium).mandatory(),
        Field("shelf_mark", &ArchivedFile::shelf_mark).max_length(100).searchable().in_list(),
        Field("volume", &ArchivedFile::volume).max_length(100),
        Field("service", &ArchivedFile::service).max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &ArchivedFile::owner).mandatory().article("5(2)").personal_data(),

        Field("location", &ArchivedFile::location).section("access").mandatory().max_length(300).searchable().in_list().article("32(1)"),
        Field("keeper", &ArchivedFile::keeper).article("28(1)"),
        Field("archived_on", &ArchivedFile::archived_on).mandatory(),
        Field("access", &ArchivedFile::access).mandatory().max_length(2000).article("32(1)"),
        Field("access_procedure", &ArchivedFile::access_procedure).mandatory().max_length(2000).article("32(1)"),

        Field("retention_rule", &ArchivedFile::retention_rule).section("period").mandatory().max_length(1000).article("5(1)(e)").material(),
        Field("fate", &ArchivedFile::fate).mandatory().article("5(1)(e)").material(),
        Field("destroy_on", &ArchivedFile::destroy_on).mandatory().in_list().shown_when("fate", {"destroy", "sort"}).article("5(1)(e)").material(),
        Field("public_archives", &ArchivedFile::public_archives).article("89(1)"),
        Field("visa_asked_on", &ArchivedFile::visa_asked_on),
        Field("visa_given_on", &ArchivedFile::visa_given_on),
        Field("visa_reference", &ArchivedFile::visa_reference).max_length(100),

        Field("destroyed_on", &ArchivedFile::destroyed_on).section("end").article("5(1)(e)"),
        Field("destruction", &ArchivedFile::destruction).article("5(2)"),
        Field("destroyed_volume", &ArchivedFile::destroyed_volume).max_length(100),
        Field("destroyed_by", &ArchivedFile::destroyed_by).max_length(200).article("5(2)").personal_data(),
        Field("witness", &ArchivedFile::witness).max_length(200).personal_data(),
        Field("handed_to", &ArchivedFile::handed_to).max_length(300),

        Field("last_review", &ArchivedFile::last_review).section("follow_up"),
        Field("next_review", &ArchivedFile::next_review),
        Field("reviewer", &ArchivedFile::reviewer).max_length(200).personal_data(),
        Field("notes", &ArchivedFile::notes).max_length(10000).searchable(),
        Field("attachments", &ArchivedFile::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::archival
