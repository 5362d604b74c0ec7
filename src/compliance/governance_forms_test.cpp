// Every register of governance: its stored bodies are read for ever, and its form sends back what it shows.

#include <algorithm>

#include <gtest/gtest.h>

#include "records/pages/form.hpp"
#include "records/pages/test_page.hpp"
#include "registers/activity/activity.hpp"
#include "registers/advice/advice.hpp"
#include "registers/complaint/complaint.hpp"
#include "registers/note/note.hpp"
#include "registers/responsibility/responsibility.hpp"
#include "registers/training/training.hpp"
#include "schema/diff.hpp"
#include "schema/test_bodies.hpp"

namespace greffier {
namespace {

using namespace schema;

std::vector<SchemaInfo const*> all_schemas()
{
    return {&training::training_schema().info(), &responsibility::responsibility_schema().info(), &advice::advice_schema().info(),
            &activity::activity_schema().info(), &complaint::complaint_schema().info(),          &note::note_schema().info()};
}

/// Boxes come back in the order of their list.
void sort_choices(SchemaInfo const& info, Row& row)
{
    for (std::size_t i = 0; i < info.fields.size(); ++i) {
        if (auto* codes = std::get_if<Texts>(&row.values[i]); codes && info.fields[i].list) std::ranges::sort(*codes);
        if (auto* rows = std::get_if<Rows>(&row.values[i]); rows && info.fields[i].rows)
            for (auto& one : *rows) sort_choices(*info.fields[i].rows, one);
    }
}

TEST(GovernanceForms, bodies_of_released_versions_are_read_for_ever)
{
    for (auto const* info : all_schemas()) expect_old_bodies_read(*info);
}

TEST(GovernanceForms, send_back_the_record_they_show)
{
    for (auto const* info : all_schemas())
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            auto row = RowMaker(seed, seed % 5 == 0 ? 100 : 50).make(*info);
            sort_choices(*info, row);
            Locale const locale{seed % 2 ? Language::French : Language::English};
            web::Html out;
            records::write_contents(out, {*info, row, locale, {}, {}, {}});
            records::write_sections(out, {*info, row, locale, {}, {}, {}});
            auto const tags = records::tags_of(out.text());
            records::expect_sound(tags);
            auto back = records::read_form(*info, records::sent_by(tags), row);
            normalise(*info, back);
            sort_choices(*info, back);
            for (auto const& change : diff(*info, row, back)) ADD_FAILURE() << info->name << " " << seed << " " << change.field->name;
        }
}

TEST(GovernanceForms, ask_each_question_only_where_its_condition_can_hold)
{
    for (auto const* info : all_schemas())
        for (auto const& field : info->fields)
            if (field.shown_when) {
                for (auto const& code : field.shown_when->values) EXPECT_NE(info->find(field.shown_when->field)->list->find(code), nullptr) << info->name << "." << field.name << " " << code;
            }
}

}  // namespace
}  // namespace greffier
