#include "registers/notice/notice.hpp"

#include <algorithm>

namespace greffier::notice {

using schema::Field;
using schema::Schema;

ItemRow const* Notice::item(Item which) const
{
    auto const found = std::ranges::find(items, which, &ItemRow::item);
    return found == items.end() ? nullptr : &*found;
}

bool Notice::gives(Item which) const
{
    auto const* row = item(which);
    return row && row->state == ItemState::Given;
}

std::span<ItemInfo const> all_items()
{
    using enum Item;
    static constexpr ItemInfo all[] = {
        {Controller, "N01", "13(1)(a)", "14(1)(a)", true},   {Officer, "N02", "13(1)(b)", "14(1)(b)", false},    {Purposes, "N03", "13(1)(c)", "14(1)(c)", true},
        {Basis, "N04", "13(1)(c)", "14(1)(c)", true},        {Interests, "N05", "13(1)(d)", "14(2)(b)", false},  {Categories, "N06", "", "14(1)(d)", true},
        {Recipients, "N07", "13(1)(e)", "14(1)(e)", true},   {Transfers, "N08", "13(1)(f)", "14(1)(f)", false},  {Retention, "N09", "13(2)(a)", "14(2)(a)", true},
        {Rights, "N10", "13(2)(b)", "14(2)(c)", true},       {Withdrawal, "N11", "13(2)(c)", "14(2)(d)", false}, {Complaint, "N12", "13(2)(d)", "14(2)(e)", true},
        {Obligation, "N13", "13(2)(e)", "", true},           {Source, "N14", "", "14(2)(f)", true},              {Automated, "N15", "13(2)(f)", "14(2)(g)", false},
        {Directives, "N16", "LIL 48", "LIL 48", true},       {FurtherUse, "N17", "13(3)", "14(4)", false},
    };
    return all;
}

bool is_asked(ItemInfo const& info, Notice const& notice)
{
    if (!notice.kind) return !info.direct.empty();
    return (notice.covers_direct() && !info.direct.empty()) || (notice.covers_indirect() && !info.indirect.empty());
}

std::vector<ItemInfo const*> missing_items(Notice const& notice)
{
    std::vector<ItemInfo const*> missing;
    for (auto const& info : all_items()) {
        auto const* row = notice.item(info.item);
        auto const state = row ? row->state : std::nullopt;
        // What depends on the processing is missing only when somebody says so.
        if (is_asked(info, notice) && (state == ItemState::Missing || (!state && info.always))) missing.push_back(&info);
    }
    return missing;
}

std::optional<Date> indirect_due(Notice const& notice, law::Place const& place)
{
    if (!notice.covers_indirect() || !notice.obtained_on || !notice.exceptions.empty()) return std::nullopt;
    auto const deadline = law::indirect_notice_deadline({*notice.obtained_on, notice.first_contact_on, notice.first_disclosure_on}, place);
    if (!deadline.ok()) return std::nullopt;
    return deadline->notice.due;
}

Schema<ItemRow> const& schema_of(ItemRow const*)
{
    static Schema<ItemRow> const schema("notice_line", 1, {
        Field("item", &ItemRow::item).title().required().article("13(1), 14(1)"),
        Field("state", &ItemRow::state).article("13(1), 14(1)").material(),
        Field("wording_fr", &ItemRow::wording_fr).max_length(2000),
        Field("wording_en", &ItemRow::wording_en).max_length(2000),
    });
    return schema;
}

Schema<Publication> const& schema_of(Publication const*)
{
    static Schema<Publication> const schema("notice_publication", 1, {
        Field("channel", &Publication::channel).title().required().article("12(1)"),
        Field("place", &Publication::place).max_length(300).searchable(),
        Field("url", &Publication::url),
        Field("from", &Publication::from).article("5(2)"),
        Field("to", &Publication::to),
        Field("proof", &Publication::proof).max_length(300).article("5(2)"),
    });
    return schema;
}

Schema<Notice> const& schema_of(Notice const*)
{
    static Schema<Notice> const schema("notice", 2, {
        Field("name", &Notice::name).section("identity").required().max_length(300).searchable().in_list(),
        Field("situation", &Notice::situation).mandatory().in_list().article("12(1)"),
        Field("kind", &Notice::kind).mandatory().in_list().article("13, 14").material(),
        Field("level", &Notice::level).mandatory().article("12(1)"),
        Field("audience", &Notice::audience).mandatory().in_list().article("12(1)"),
        Field("title", &Notice::title).mandatory().article("12(1)"),
        Field("own_title", &Notice::own_title).max_length(200).shown_when("title", {"other"}),
        Field("languages", &Notice::languages).article("12(1)"),
        Field("processings", &Notice::processings).mandatory().article("13(1), 14(1)").material(),
        Field("service", &Notice::service).max_length(200).searchable().in_list().suggest("service"),
        Field("owner", &Notice::owner).mandatory().article("5(2)").personal_data(),

        Field("items", &Notice::items).section("items").mandatory().article("13(1), 14(1)"),
        Field("exceptions", &Notice::exceptions).article("13(4), 14(5)").material(),
        Field("exception_reason", &Notice::exception_reason).max_length(2000).article("5(2)"),

        Field("obtained_on", &Notice::obtained_on).section("indirect").article("14(3)").shown_when("kind", {"14", "both"}),
        Field("first_contact_on", &Notice::first_contact_on).article("14(3)(b)").shown_when("kind", {"14", "both"}),
        Field("first_disclosure_on", &Notice::first_disclosure_on).article("14(3)(c)").shown_when("kind", {"14", "both"}),
        Field("sent_on", &Notice::sent_on).article("14(3)").shown_when("kind", {"14", "both"}),

        Field("version_label", &Notice::version_label).section("words").max_length(50).in_list(),
        Field("short_fr", &Notice::short_fr).max_length(10000).article("12(1)").material(),
        Field("full_fr", &Notice::full_fr).max_length(60000).article("12(1)").material(),
        Field("short_en", &Notice::short_en).max_length(10000).material(),
        Field("full_en", &Notice::full_en).max_length(60000).material(),
        Field("own_short", &Notice::own_short).article("12(1)").since(2),
        Field("written_on", &Notice::written_on).read_only(),
        Field("written_from", &Notice::written_from).max_length(64).read_only(),

        Field("in_public", &Notice::in_public).section("publication").article("12(1)"),
        Field("published_on", &Notice::published_on).read_only().in_list().article("5(2)"),
        Field("withdrawn_on", &Notice::withdrawn_on).read_only(),
        Field("publications", &Notice::publications).mandatory().article("5(2)"),

        Field("last_review", &Notice::last_review).section("follow_up").article("24(1)"),
        Field("next_review", &Notice::next_review).article("24(1)"),
        Field("reviewer", &Notice::reviewer).max_length(200).personal_data(),
        Field("notes", &Notice::notes).max_length(10000).searchable(),
        Field("attachments", &Notice::attachments).read_only(),
    });
    return schema;
}

}  // namespace greffier::notice
