#include "registers/note/note.hpp"

namespace greffier::note {

using schema::Field;
using schema::Schema;

Schema<Note> const& schema_of(Note const*)
{
    static Schema<Note> const schema("note", 1, {
        Field("subject", &Note::subject).section("note").required().max_length(200).searchable().in_list(),
        Field("day", &Note::day).in_list(),
        Field("text", &Note::text).mandatory().max_length(20000).personal_data().article("38(5)"),
        Field("informant", &Note::informant).personal_data().article("38(4)"),
        Field("keep_until", &Note::keep_until).mandatory().in_list().article("5(1)(e)"),
        Field("processings", &Note::processings).section("about"),
        Field("advice", &Note::advice),
        Field("complaints", &Note::complaints),
        Field("breaches", &Note::breaches),
        Field("requests", &Note::requests),
        Field("attachments", &Note::attachments).read_only().personal_data(),
    });
    return schema;
}

}  // namespace greffier::note
