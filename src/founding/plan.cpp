#include "founding/plan.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "accounts/branches.hpp"
#include "accounts/check_line.hpp"
#include "accounts/people.hpp"
#include "core/text.hpp"
#include "schema/check.hpp"

namespace greffier::founding {

using accounts::OrganisationInfo;
using schema::Row;
using storage::Session;
using storage::SqlText;

namespace {

constexpr std::size_t longest_name = 200, longest_slug = 40;

/// What the lists of organisations of a place say, read once for all lines.
struct Ground {
    struct One {
        OrganisationId id;
        std::string slug, name, folded;
    };
    std::vector<One> here;                                 ///< those a line may be, or stand under
    std::map<std::string, OrganisationId> by_key;          ///< made from an earlier list
    std::set<std::string, std::less<>> slugs;              ///< everybody's, former ones too
    std::map<std::string, std::size_t, std::less<>> by_slug, by_name;   ///< index in `here`
    std::multiset<std::string> names;

    void index()
    {
        for (std::size_t i = 0; i < here.size(); ++i) {
            by_slug.emplace(here[i].slug, i);
            by_name.emplace(here[i].folded, i);
            names.insert(here[i].folded);
        }
    }
};

std::string folded(std::string_view name) { return join(words(name), " "); }

Ground survey(Session& session, Place const& place)
{
    Ground ground;
    std::set<OrganisationId> within;
    if (place.under)
        for (auto const& id : accounts::branch_of(session, *place.under)) within.insert(id);
    {
        auto rows = session.query(SqlText{"SELECT id, slug, name FROM organisation"});
        while (rows.next()) {
            Ground::One one{rows.id<Organisation>(0), rows.text(1), rows.text(2), folded(rows.view(2))};
            ground.slugs.insert(one.slug);
            if (!place.under || within.contains(one.id)) ground.here.push_back(std::move(one));
        }
    }
    {
        auto rows = session.query(SqlText{"SELECT slug FROM organisation_slug"});
        while (rows.next()) ground.slugs.insert(rows.text(0));
    }
    auto rows = session.query(SqlText{"SELECT key, made_id FROM founding_line WHERE made_id IS NOT NULL"});
    while (rows.next()) {
        auto const id = rows.id<Organisation>(1);
        // What stands elsewhere is nobody's business here: it may be made a second time.
        if (!place.under || within.contains(id)) ground.by_key.emplace(rows.text(0), id);
    }
    ground.index();
    return ground;
}

std::string key_of(Line const& line, std::string const& kind)
{
    if (!line.siren.empty()) return "siren " + line.siren;
    if (!line.insee.empty()) return "insee " + line.insee + " " + kind;   // a commune and its CCAS share the code
    return "name " + folded(line.name);
}

/// A commune has a code of its own, a CCAS too: whoever names neither is told nothing.
std::string guessed_kind(Line const& line)
{
    if (!line.kind.empty()) return line.kind;
    return line.insee.empty() ? "other" : "commune";
}

class Planner {
public:
    Planner(Session& session, records::Register const& profile, List list, Place const& place)
        : profile_(profile), list_(std::move(list)), place_(place), ground_(survey(session, place))
    {
    }

    Plan plan()
    {
        for (auto& line : list_.lines) add(std::move(line));
        for (auto const& one : planned_) folded_.push_back(folded(one.line.name));
        for (std::size_t i = 0; i < planned_.size(); ++i) place_under(i);
        rank();
        std::ranges::stable_sort(list_.troubles, {}, &Trouble::line);
        return {std::move(planned_), std::move(list_.troubles), std::move(list_.unread), std::move(list_.headings)};
    }

private:
    void add(Line line)
    {
        Planned one;
        one.kind = guessed_kind(line);
        one.key = key_of(line, one.kind);
        one.line = std::move(line);
        check(one);
        if (auto const [first, is_new] = keys_.emplace(one.key, one.line.number); !is_new) {
            trouble(one, twice(one), "founding.twice", {{"line", std::to_string(first->second)}});
        } else if (auto const known = ground_.by_key.find(one.key); known != ground_.by_key.end()) {
            one.known = known->second;
        } else {
            choose_slug(one);
        }
        planned_.push_back(std::move(one));
    }

    static std::string_view twice(Planned const& one) { return !one.line.siren.empty() ? "siren" : !one.line.insee.empty() ? "insee" : "name"; }

    void trouble(Planned const& one, std::string_view field, std::string code, Arguments arguments = {}) { list_.trouble(one.line.number, field, std::move(code), std::move(arguments)); }

    void check(Planned const& one)
    {
        auto const& line = one.line;
        if (auto const problem = accounts::problem_of_line(line.name, longest_name); !problem.empty()) trouble(one, "name", std::string{problem}, {{"max", std::to_string(longest_name)}});
        if (!line.administrator_email.empty()) {
            auto const name = line.administrator_name.empty() ? line.administrator_email : line.administrator_name;
            auto const person = accounts::People::prepare({.email = line.administrator_email, .name = name}, Timestamp{});
            if (!person.ok())
                for (auto const& wrong : person.error().fields) trouble(one, wrong.field == "email" ? "administrator_email" : "administrator_name", wrong.code, wrong.arguments);
        } else if (!line.administrator_name.empty()) {
            trouble(one, "administrator_name", "founding.nobody_to_write_to");
        }
        if (line.name.empty()) return;
        for (auto const& wrong : schema::check(*profile_.schema, profile_of(profile_, line.name, one.kind, line), {})) {
            auto const field = wrong.field == "insee_code" ? std::string{"insee"} : wrong.field;
            bool const ours = std::ranges::find(list_fields(), std::string_view{field}) != list_fields().end();
            bool const told = (field == "siren" || field == "insee") && has_trouble(line.number, field);
            if (!told) trouble(one, ours ? field : "name", wrong.code, wrong.arguments);
        }
    }

    [[nodiscard]] bool has_trouble(std::size_t line, std::string_view field) const
    {
        return std::ranges::any_of(list_.troubles, [&](Trouble const& each) { return each.line == line && each.field == field; });
    }

    /// As written; else from the name, told from a namesake by the code.
    void choose_slug(Planned& one)
    {
        auto const& line = one.line;
        auto const wanted = line.slug.empty() ? make_slug(line.name) : to_lower_ascii(line.slug);
        if (auto const there = ground_.by_slug.find(wanted); there != ground_.by_slug.end() && ground_.here[there->second].folded == folded(line.name)) {
            one.known = ground_.here[there->second].id;   // made by hand, or by an archive
            return;
        }
        if (!line.slug.empty()) {
            if (auto const problem = accounts::problem_of_slug(wanted); !problem.empty()) trouble(one, "slug", std::string{problem}, {{"value", wanted}});
            else if (!free(wanted)) trouble(one, "slug", "slug_taken", {{"value", wanted}});
            take(one, wanted);
            return;
        }
        if (line.name.empty()) return;
        for (auto const& candidate : candidates(one, wanted))
            if (accounts::problem_of_slug(candidate).empty() && free(candidate)) return take(one, candidate);
        trouble(one, "name", "founding.no_short_address", {{"value", wanted}});
    }

    static std::vector<std::string> candidates(Planned const& one, std::string const& wanted)
    {
        auto with = [&](std::string const& end) {
            auto root = wanted.substr(0, std::min(wanted.size(), longest_slug - end.size() - 1));
            while (root.ends_with('-')) root.pop_back();
            return root.empty() ? end : root + "-" + end;
        };
        std::vector<std::string> all{wanted};
        if (!one.line.insee.empty()) all.push_back(with(to_lower_ascii(one.line.insee)));
        if (!one.line.siren.empty()) all.push_back(with(one.line.siren));
        for (int i = 2; i < 100; ++i) all.push_back(with(std::to_string(i)));
        return all;
    }

    [[nodiscard]] bool free(std::string const& slug) const { return !ground_.slugs.contains(slug) && !taken_.contains(slug); }
    void take(Planned& one, std::string const& slug)
    {
        one.slug = slug;
        taken_.insert(slug);
    }

    /// The column `parent` names a line of the file, or an organisation that is there: by number, short address or name.
    void place_under(std::size_t index)
    {
        auto& one = planned_[index];
        auto const& text = one.line.parent;
        if (text.empty()) {
            one.parent = place_.under;
            return;
        }
        std::vector<std::size_t> of_the_file;
        auto const wanted = folded(text);
        for (std::size_t i = 0; i < planned_.size(); ++i) {
            auto const& other = planned_[i];
            if (i != index && (text == other.line.siren || to_lower_ascii(text) == other.slug || wanted == folded_[i])) of_the_file.push_back(i);
        }
        if (of_the_file.size() > 1) return trouble(one, "parent", "founding.which_parent", {{"value", shorten(text, 80)}});
        if (of_the_file.size() == 1) {
            if (planned_[of_the_file.front()].known) one.parent = planned_[of_the_file.front()].known;
            else one.parent_line = of_the_file.front();
            return;
        }
        if (auto const found = ground_.by_slug.find(to_lower_ascii(text)); found != ground_.by_slug.end()) one.parent = ground_.here[found->second].id;
        else if (auto const named = ground_.by_name.find(wanted); named != ground_.by_name.end()) {
            if (ground_.names.count(wanted) > 1) return trouble(one, "parent", "founding.which_parent", {{"value", shorten(text, 80)}});
            one.parent = ground_.here[named->second].id;
        } else if (auto const numbered = ground_.by_key.find("siren " + text); numbered != ground_.by_key.end()) one.parent = numbered->second;
        else trouble(one, "parent", "founding.no_such_parent", {{"value", shorten(text, 80)}});
    }

    void rank()
    {
        for (auto& one : planned_) {
            std::size_t depth = 0;
            for (auto const* above = &one; above->parent_line; above = &planned_[*above->parent_line])
                if (++depth > planned_.size()) {
                    trouble(one, "parent", "founding.round");
                    break;
                }
            one.rank = depth;
        }
    }

    records::Register const& profile_;
    List list_;
    Place place_;
    Ground ground_;
    std::vector<Planned> planned_;
    std::vector<std::string> folded_;   ///< their names
    std::map<std::string, std::size_t> keys_;
    std::set<std::string> taken_;
};

}  // namespace

std::size_t Plan::to_make() const
{
    return static_cast<std::size_t>(std::ranges::count_if(lines, &Planned::makes));
}

Plan make_plan(Session& session, records::Register const& profile, List list, Place const& place) { return Planner(session, profile, std::move(list), place).plan(); }

Row profile_of(records::Register const& profile, std::string const& name, std::string const& kind, Line const& line)
{
    auto const& info = *profile.schema;
    Row row(info);
    static constexpr std::array public_kinds = std::to_array<std::string_view>({"commune", "inter_communal", "social_centre", "department", "region", "syndicate", "public_body"});
    schema::set(info, row, "name", name);
    if (kind != "other") schema::set(info, row, "kind", kind);
    if (std::ranges::find(public_kinds, kind) != public_kinds.end()) schema::set(info, row, "public_body", true);
    auto put = [&](std::string_view field, std::string const& text) {
        if (!text.empty()) schema::set(info, row, field, text);
    };
    put("siren", line.siren);
    put("insee_code", line.insee);
    put("address", line.address);
    put("postcode", line.postcode);
    put("city", line.city);
    put("email", line.email);
    put("phone", line.phone);
    schema::normalise(info, row);
    return row;
}

}  // namespace greffier::founding
