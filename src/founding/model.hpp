#pragma once
// What a new organisation takes from an existing one. Four parts, each chosen by itself; nothing of people comes along but
// the data protection officer, who is the point of a shared one, and nothing that somebody concluded, dated or attached.
//
//   profile    the officer (without designation number and date, which are each body's own), calendar of holidays, sector,
//              activity code, country, lead authority
//   records    live records of every register, in their first status, without named people, links, dates of acts, files
//   words      terms and questions that the model asks and the new one would not have from above it
//   settings   language, time zone, modules switched off

#include <string>
#include <string_view>
#include <vector>

#include "accounts/organisation.hpp"
#include "records/store.hpp"

namespace greffier::founding {

enum class Part { Profile, Records, Words, Settings };
std::string_view code_of(Part part);
std::vector<Part> const& all_parts();
/// Unknown codes are left out.
std::vector<Part> parse_parts(std::vector<std::string> const& codes);

struct Model {
    OrganisationId organisation;
    std::vector<Part> parts;
    [[nodiscard]] bool has(Part part) const;
};

/// The model read once, before the transactions that use it: a thousand towns do not read it a thousand times.
struct ModelContent {
    accounts::OrganisationInfo info;
    Model model;
    schema::Row profile;                                                    ///< of the profile register as shipped
    struct Kept { std::string register_slug, title; RecordId id; schema::Row row; };
    std::vector<Kept> records;
    std::shared_ptr<records::Registers const> registers;                    ///< as the model knows them
};
Result<ModelContent> read_model(records::Machinery const& machinery, accounts::Organisations& organisations, Model const& model);

/// Answers of the model's profile that a new profile takes where it says nothing itself.
void take_profile(records::Register const& kind, schema::Row const& from, schema::Row& into);
/// Within the transaction that makes the organisation, after its profile.
void take_words(storage::Session& session, OrganisationId from, OrganisationId into);
/// How many records were made.
Result<int> take_records(records::Batch& batch, ModelContent const& content);

/// A record of the model as a draft of somebody else's: see above. Exposed for its test.
schema::Row as_draft(records::Register const& kind, schema::Row row);

}  // namespace greffier::founding
