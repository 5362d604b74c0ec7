#pragma once
// Internal to request_letter: the hand that writes, and what article 15 wants said of each processing.

#include "overview/request_letter.hpp"

namespace greffier::overview {

struct LetterWriter {
    LetterFacts const& facts;
    Locale const& locale;
    Letter letter;

    [[nodiscard]] std::string say(std::string const& key, Arguments const& arguments = {}) const { return locale.text("request_letter." + key, arguments); }
    void heading(std::string const& key) { letter.blocks.push_back({LetterBlock::Kind::Heading, say(key)}); }
    void paragraph(std::string const& key, Arguments const& arguments = {}) { letter.blocks.push_back({LetterBlock::Kind::Text, say(key, arguments)}); }
    /// What somebody typed.
    void verbatim(std::string text) { letter.blocks.push_back({LetterBlock::Kind::Text, std::move(text)}); }
    void list(std::string const& key, std::vector<std::string> items)
    {
        paragraph(key);
        letter.blocks.push_back({LetterBlock::Kind::List, "", std::move(items)});
    }
    void lacks(std::string what, std::string field = {}, Arguments arguments = {}) { letter.missing.push_back({std::move(what), std::move(field), std::move(arguments)}); }
};

/// Purposes, categories, recipients, retention, source, automated decisions and transfers of what was searched (art. 15(1)).
void write_searched(LetterWriter& letter);

}  // namespace greffier::overview
