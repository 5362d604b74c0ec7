#pragma once
// For tests: a page read back as a browser would, roughly: its ids, what points at them, and what its form sends.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/text.hpp"
#include "web/message.hpp"

namespace greffier::records {

struct Tag {
    std::string name;                                  ///< "/p" closes
    std::map<std::string, std::string, std::less<>> attributes;
    std::string text;                                  ///< up to the next tag, entities read
    [[nodiscard]] std::string get(std::string_view attribute) const
    {
        auto found = attributes.find(attribute);
        return found == attributes.end() ? std::string{} : found->second;
    }
    [[nodiscard]] bool has(std::string_view attribute) const { return attributes.contains(attribute); }
};

inline std::string without_entities(std::string_view text)
{
    static std::pair<std::string_view, char> const entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        bool found = false;
        if (text[i] == '&')
            for (auto const& [entity, c] : entities)
                if (text.substr(i).starts_with(entity)) { out += c; i += entity.size(); found = true; break; }
        if (!found) out += text[i++];
    }
    return out;
}

/// Strict on purpose: markup that our writer would not make fails the test.
inline std::vector<Tag> tags_of(std::string_view html)
{
    std::vector<Tag> tags;
    std::size_t at = html.find('<');
    while (at != std::string_view::npos && at < html.size()) {
        Tag tag;
        ++at;
        while (at < html.size() && html[at] != ' ' && html[at] != '>' && !(html[at] == '/' && !tag.name.empty())) tag.name += html[at++];
        while (at < html.size() && html[at] != '>') {
            if (html[at] == ' ' || html[at] == '/') { ++at; continue; }
            std::string name;
            while (at < html.size() && html[at] != '=' && html[at] != ' ' && html[at] != '>' && html[at] != '/') name += html[at++];
            std::string value;
            if (at < html.size() && html[at] == '=') {
                if (html[at + 1] != '"') { ADD_FAILURE() << "attribute without quotes: " << html.substr(at - name.size(), 60); return tags; }
                auto const end = html.find('"', at + 2);
                value = without_entities(html.substr(at + 2, end - at - 2));
                at = end + 1;
            }
            if (!tag.attributes.emplace(name, value).second) ADD_FAILURE() << "attribute twice: " << name;
        }
        ++at;
        auto const next = std::min(html.find('<', at), html.size());
        tag.text = without_entities(html.substr(at, next - at));
        at = next;
        tags.push_back(std::move(tag));
    }
    return tags;
}

/// Names and values that the form sends when nobody touches it; buttons and the row template stay behind.
inline web::Pairs sent_by(std::vector<Tag> const& tags)
{
    web::Pairs form;
    int in_template = 0;
    std::string select;
    std::optional<std::string> chosen, first;
    for (auto const& tag : tags) {
        if (tag.name == "template") ++in_template;
        if (tag.name == "/template") --in_template;
        if (in_template > 0) continue;
        auto const type = tag.get("type");
        if (tag.name == "input" && tag.has("name")) {
            if ((type == "checkbox" || type == "radio") && !tag.has("checked")) continue;
            form.add(tag.get("name"), tag.get("value"));
        } else if (tag.name == "textarea") {
            std::string text;   // the first line break is the markup's; the others are sent as CRLF
            for (char c : tag.text.starts_with('\n') ? tag.text.substr(1) : tag.text)
                if (c != '\r') text += c == '\n' ? std::string{"\r\n"} : std::string(1, c);
            form.add(tag.get("name"), text);
        } else if (tag.name == "select") {
            select = tag.get("name");
            chosen = first = std::nullopt;
        } else if (tag.name == "option" && !select.empty()) {
            if (!first) first = tag.get("value");
            if (tag.has("selected")) chosen = tag.get("value");
        } else if (tag.name == "/select") {
            form.add(select, chosen.value_or(first.value_or("")));
            select.clear();
        }
    }
    return form;
}

/// Every id is one of a kind, and every #address, label and description leads to one.
inline void expect_sound(std::vector<Tag> const& tags)
{
    std::set<std::string> ids;
    for (auto const& tag : tags)
        if (tag.has("id")) {
            EXPECT_TRUE(ids.insert(tag.get("id")).second) << "id twice: " << tag.get("id");
        }
    for (auto const& tag : tags) {
        auto expect_id = [&](std::string const& id, char const* what) { EXPECT_TRUE(ids.contains(id)) << what << " leads nowhere: " << id; };
        if (auto const href = tag.get("href"); href.starts_with('#')) expect_id(href.substr(1), "href");
        if (tag.has("for")) expect_id(tag.get("for"), "label");
        if (tag.has("list")) expect_id(tag.get("list"), "list");
        for (auto const* attribute : {"aria-describedby", "aria-labelledby"})
            if (tag.has(attribute))
                for (auto const& id : split(tag.get(attribute), ' ')) expect_id(id, attribute);
    }
    std::set<std::string> labelled;
    for (auto const& tag : tags)
        if (tag.has("for")) labelled.insert(tag.get("for"));
    for (auto const& tag : tags) {
        bool const control = tag.name == "select" || tag.name == "textarea" || (tag.name == "input" && tag.get("type") != "hidden");
        if (control && tag.get("name").find('[') != std::string::npos) ADD_FAILURE() << "name with brackets: " << tag.get("name");
        if (control && !tag.has("aria-label")) {
            EXPECT_TRUE(labelled.contains(tag.get("id"))) << "control without label: " << tag.get("name");
        }
    }
}

}  // namespace greffier::records
