#pragma once
// Who the workbook says answers for the register: fills what the organisation's profile leaves empty, keeps the rest
// on the record as it was written.

#include "exchange/cnil_register_ods.hpp"

namespace greffier::exchange::cnil {

class Actors {
public:
    Actors(std::optional<profile::Profile> const& known, records::ImportFile& file);

    /// The contacts above the list.
    void take_header(CnilHeader const& header);
    /// The actors of a sheet; those that are not the profile's go to the record. An example fills no profile.
    void take_sheet(CnilSheet const& sheet, processing::Processing& processing, std::vector<records::ImportNote>& notes);
    /// Adds what the profile lacked to the file's offers.
    void finish();
    [[nodiscard]] profile::Profile const& profile() const { return profile_; }

private:
    struct Words; // an actor's cells by name of a contact's field
    static Words words_of(CnilContact const& contact);
    static Words words_of(CnilActor const& actor);
    bool fill_controller(Words const& words, bool may_fill);
    bool fill_dpo(Words const& words, bool may_fill);
    bool fill_representative(Words const& words, bool may_fill);
    bool fill_legal(Words const& words, bool may_fill);
    bool agree(std::string& ours, Placed const* theirs, bool may_fill, char const* field, bool valid = true);
    bool agree_country(schema::Country& ours, Placed const* theirs, bool may_fill, char const* field);
    void keep(processing::StatedRole role, CnilActor const& actor, processing::Processing& processing) const;
    void joint(CnilActor const& actor, processing::Processing& processing, std::vector<records::ImportNote>& notes) const;
    void differs(Words const& words, char const* who, std::vector<records::ImportNote>& notes) const;

    profile::Profile profile_;
    bool alone_; // no profile is known: the file's own words are the profile
    records::ImportFile& file_;
    std::map<std::string, std::string, std::less<>> filled_; // field of the profile, place
};

} // namespace greffier::exchange::cnil
