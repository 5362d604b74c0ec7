#include "exchange/cnil_actors.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "law/countries.hpp"

namespace greffier::exchange::cnil {

using processing::StatedRole;
using records::ImportNote;
using records::Outcome;

struct Actors::Words {
    Placed const *name, *first_name, *company, *address, *postcode, *city, *country, *phone, *email;

    [[nodiscard]] bool empty() const
    {
        for (auto const* placed : {name, first_name, company, address, postcode, city, country, phone, email})
            if (placed && !placed->empty()) return false;
        return true;
    }
    [[nodiscard]] std::string place() const
    {
        for (auto const* placed : {name, first_name, company, address, postcode, city, country, phone, email})
            if (placed && !placed->empty()) return placed->place;
        return {};
    }
    [[nodiscard]] std::string full_name() const
    {
        auto const first = first_name ? first_name->text : std::string{};
        return squeeze(first + " " + (name ? name->text : std::string{}));
    }
};

namespace {

std::string folded(std::string_view text) { return fold(squeeze(text)); }
bool same_words(std::string_view a, std::string_view b) { return folded(a) == folded(b); }

std::string digits(std::string_view text)
{
    std::string out;
    for (char c : text)
        if (c >= '0' && c <= '9') out += c;
    return out;
}

} // namespace

Actors::Actors(std::optional<profile::Profile> const& known, records::ImportFile& file)
    : profile_(known.value_or(profile::Profile{})), alone_(!known), file_(file)
{
}

Actors::Words Actors::words_of(CnilContact const& c)
{
    return {&c.name, &c.first_name, &c.company, &c.address, &c.postcode, &c.city, &c.country, &c.phone, &c.email};
}
Actors::Words Actors::words_of(CnilActor const& a)
{
    return {&a.name, nullptr, nullptr, &a.address, &a.postcode, &a.city, &a.country, &a.phone, &a.email};
}

/// Fills what is empty; true when the profile then says what the workbook says.
bool Actors::agree(std::string& ours, Placed const* theirs, bool may_fill, char const* field, bool valid)
{
    if (!theirs || theirs->empty()) return true;
    if (same_words(ours, theirs->text)) return true;
    if (!ours.empty() || !may_fill || !valid) return false;
    ours = squeeze(theirs->text);
    filled_.emplace(field, theirs->place);
    return true;
}

bool Actors::agree_country(schema::Country& ours, Placed const* theirs, bool may_fill, char const* field)
{
    if (!theirs || theirs->empty()) return true;
    auto const code = law::country_from_name(theirs->text);
    if (!code) return false;
    if (ours.value == *code) return true;
    if (!ours.empty() || !may_fill) return false;
    ours.value = *code;
    filled_.emplace(field, theirs->place);
    return true;
}

bool Actors::fill_controller(Words const& words, bool may_fill)
{
    auto const& name = words.full_name();
    bool const ours = name.empty() || same_words(name, profile_.name) || same_words(name, profile_.legal_representative.name);
    // A stranger's address must not complete our own.
    bool const fill = may_fill && (ours || profile_.name.empty());
    bool agreed = ours;
    if (!ours && profile_.name.empty() && fill) {
        profile_.name = name;
        filled_.emplace("name", words.place());
        agreed = true;
    }
    agreed &= agree(profile_.address, words.address, fill, "address");
    agreed &= agree(profile_.postcode, words.postcode, fill, "postcode", !words.postcode || length_utf8(words.postcode->text) <= 20);
    agreed &= agree(profile_.city, words.city, fill, "city");
    agreed &= agree_country(profile_.country, words.country, fill, "country");
    agreed &= (words.phone && digits(words.phone->text) == digits(profile_.phone.value) && !profile_.phone.empty()) ||
              agree(profile_.phone.value, words.phone, fill, "phone", words.phone && is_phone(words.phone->text));
    agreed &= agree(profile_.email.value, words.email, fill, "email", words.email && is_email(words.email->text));
    return agreed;
}

bool Actors::fill_dpo(Words const& words, bool may_fill)
{
    auto& dpo = profile_.dpo;
    auto const name = words.full_name();
    bool const fill = may_fill && (!dpo.exists() || name.empty() || same_words(name, dpo.name));
    bool agreed = name.empty() || same_words(name, dpo.name);
    if (!agreed && fill && dpo.name.empty()) {
        dpo.name = name;
        filled_.emplace("dpo", words.place());
        agreed = true;
    }
    agreed &= agree(dpo.company, words.company, fill, "dpo");
    agreed &= agree(dpo.address, words.address, fill, "dpo");
    agreed &= agree(dpo.postcode, words.postcode, fill, "dpo", !words.postcode || length_utf8(words.postcode->text) <= 20);
    agreed &= agree(dpo.city, words.city, fill, "dpo");
    agreed &= agree_country(dpo.country, words.country, fill, "dpo");
    agreed &= agree(dpo.phone.value, words.phone, fill, "dpo", words.phone && is_phone(words.phone->text));
    agreed &= agree(dpo.email.value, words.email, fill, "dpo", words.email && is_email(words.email->text));
    return agreed;
}

namespace {
template <class Agree, class AgreeCountry, class Words>
bool fill_contact(schema::Contact& contact, Words const& words, bool fill, char const* field, Agree const& agree, AgreeCountry const& country)
{
    bool agreed = agree(contact.address, words.address, fill, field, true);
    agreed &= agree(contact.postcode, words.postcode, fill, field, !words.postcode || length_utf8(words.postcode->text) <= 20);
    agreed &= agree(contact.city, words.city, fill, field, true);
    agreed &= country(contact.country, words.country, fill, field);
    agreed &= agree(contact.phone.value, words.phone, fill, field, words.phone && is_phone(words.phone->text));
    agreed &= agree(contact.email.value, words.email, fill, field, words.email && is_email(words.email->text));
    return agreed;
}
} // namespace

bool Actors::fill_representative(Words const& words, bool may_fill)
{
    auto& contact = profile_.eu_representative;
    auto const name = words.full_name();
    bool const fill = may_fill && (contact.empty() || same_words(name, contact.name));
    bool agreed = same_words(name, contact.name);
    if (!agreed && fill) {
        contact.name = name;
        filled_.emplace("eu_representative", words.place());
        agreed = true;
    }
    return agreed & fill_contact(contact, words, fill, "eu_representative",
                                 [this](auto&&... a) { return agree(a...); }, [this](auto&&... a) { return agree_country(a...); });
}

bool Actors::fill_legal(Words const& words, bool may_fill)
{
    auto& contact = profile_.legal_representative;
    auto const name = words.full_name();
    bool const fill = may_fill && (contact.empty() || same_words(name, contact.name));
    bool agreed = name.empty() || same_words(name, contact.name);
    if (!agreed && fill) {
        contact.name = name;
        filled_.emplace("legal_representative", words.place());
        agreed = true;
    }
    return agreed & fill_contact(contact, words, fill, "legal_representative",
                                 [this](auto&&... a) { return agree(a...); }, [this](auto&&... a) { return agree_country(a...); });
}

void Actors::differs(Words const& words, char const* who, std::vector<ImportNote>& notes) const
{
    notes.push_back({Outcome::Differing, words.place(), std::string("actor_differs.") + who, {{"theirs", shorten(words.full_name(), 120)}}, {}});
}

void Actors::take_header(CnilHeader const& header)
{
    auto controller = words_of(header.controller);
    if (!controller.empty()) {
        bool agreed = true;
        if (!header.controller.first_name.empty()) { // a person: the one who signs for the body
            Words person{controller.name, controller.first_name};
            agreed &= fill_legal(person, true);
            controller.name = controller.first_name = nullptr;
        }
        agreed &= fill_controller(controller, true);
        if (!agreed) differs(words_of(header.controller), "controller", file_.notes);
    }
    auto const representative = words_of(header.representative);
    if (!representative.empty() && !fill_legal(representative, true)) differs(representative, "representative", file_.notes);
    auto const dpo = words_of(header.dpo);
    if (!dpo.empty() && !fill_dpo(dpo, true)) differs(dpo, "dpo", file_.notes);
}

void Actors::keep(StatedRole role, CnilActor const& a, processing::Processing& processing) const
{
    processing.stated_actors.push_back({{}, role, a.name.text, a.address.text, shorten(a.postcode.text, 50), a.city.text, a.country.text, a.phone.text, a.email.text});
}

void Actors::joint(CnilActor const& a, processing::Processing& processing, std::vector<ImportNote>& notes) const
{
    processing::JointController row;
    row.name = a.name.empty() ? a.email.text : a.name.text;
    row.address = a.address.text;
    row.city = a.city.text;
    row.country = shorten(a.country.text, 100);
    bool whole = !a.name.empty();
    auto take = [&](std::string& into, Placed const& from, bool valid) {
        if (valid) into = from.text;
        else if (!from.empty()) whole = false;
    };
    take(row.postcode, a.postcode, length_utf8(a.postcode.text) <= 20);
    take(row.phone.value, a.phone, is_phone(a.phone.text));
    take(row.email.value, a.email, is_email(a.email.text));
    if (!row.name.empty()) processing.joint_controllers.push_back(std::move(row));
    if (whole) return;
    keep(StatedRole::JointController, a, processing); // word for word, since the record could not take all of it
    notes.push_back({Outcome::Repaired, a.name.place.empty() ? a.label.place : a.name.place, "contact_kept_as_written", {}, "stated_actors"});
}

void Actors::take_sheet(CnilSheet const& sheet, processing::Processing& processing, std::vector<ImportNote>& notes)
{
    bool const may_fill = !sheet.example || alone_;
    for (auto const& actor : sheet.actors) {
        auto words = words_of(actor);
        if (words.empty()) continue;
        switch (actor.role) {
        case CnilRole::JointController: joint(actor, processing, notes); break;
        case CnilRole::Controller:
            if (fill_controller(words, may_fill)) break;
            keep(StatedRole::Controller, actor, processing);
            differs(words, "controller", notes);
            break;
        case CnilRole::Dpo:
            if (fill_dpo(words, may_fill)) break;
            keep(StatedRole::Dpo, actor, processing);
            differs(words, "dpo", notes);
            break;
        case CnilRole::DpoCompany:
            if (agree(profile_.dpo.company, &actor.name, may_fill && profile_.dpo.exists(), "dpo") && actor.address.empty()) break;
            keep(StatedRole::DpoCompany, actor, processing);
            differs(words, "dpo", notes);
            break;
        case CnilRole::Representative:
            if (fill_representative(words, may_fill)) break;
            keep(StatedRole::Representative, actor, processing);
            differs(words, "representative", notes);
            break;
        case CnilRole::Other:
            processing.notes.value += (processing.notes.empty() ? "" : "\n") +
                                      join({actor.label.text, actor.name.text, actor.address.text, actor.postcode.text, actor.city.text, actor.country.text, actor.phone.text, actor.email.text}, " ");
            notes.push_back({Outcome::Repaired, actor.label.place, "actor_in_notes", {}, "notes"});
            break;
        }
    }
}

void Actors::finish()
{
    if (filled_.empty()) return;
    auto& offer = file_.offers.emplace_back();
    offer.register_slug = "profile";
    offer.row = profile::profile_schema().pack(profile_);
    offer.fields.assign(filled_.begin(), filled_.end());
}

} // namespace greffier::exchange::cnil
