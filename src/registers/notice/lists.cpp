#include "registers/notice/lists.hpp"

namespace greffier::notice {

using schema::ChoiceList;

ChoiceList<Kind> const& choices_of(Kind)
{
    static ChoiceList<Kind> const list("notice_kind", {{Kind::Direct, {"13"}}, {Kind::Indirect, {"14"}}, {Kind::Both, {"both"}}});
    return list;
}

ChoiceList<Level> const& choices_of(Level)
{
    static ChoiceList<Level> const list("notice_level", {{Level::Short, {"short"}}, {Level::Full, {"full"}}, {Level::Both, {"both"}}});
    return list;
}

ChoiceList<Audience> const& choices_of(Audience)
{
    using enum Audience;
    static ChoiceList<Audience> const list("notice_audience", {
        {Public, {"public"}}, {Users, {"users"}}, {Customers, {"customers"}}, {Prospects, {"prospects"}}, {Staff, {"staff"}}, {Applicants, {"applicants"}}, {Trainees, {"trainees"}},
        {Children, {"children"}}, {Patients, {"patients"}}, {Visitors, {"visitors"}}, {Suppliers, {"suppliers"}}, {Elected, {"elected"}}, {Other, {"other"}},
    });
    return list;
}

ChoiceList<Situation> const& choices_of(Situation)
{
    using enum Situation;
    static ChoiceList<Situation> const list("notice_situation", {
        {PrivacyPage, {"privacy_page"}}, {WebForm, {"web_form"}}, {PaperForm, {"paper_form"}}, {Shop, {"shop"}}, {Marketing, {"marketing"}}, {Newsletter, {"newsletter"}},
        {Cameras, {"cameras"}}, {Badges, {"badges"}}, {Staff, {"staff"}}, {Recruitment, {"recruitment"}}, {Children, {"children"}}, {Events, {"events"}}, {Phone, {"phone"}},
        {ContractTerms, {"contract_terms"}}, {PosterData, {"poster_data"}}, {PosterIncident, {"poster_incident"}}, {Other, {"other"}},
    });
    return list;
}

ChoiceList<Title> const& choices_of(Title)
{
    using enum Title;
    static ChoiceList<Title> const list("notice_title", {
        {PrivacyPolicy, {"privacy_policy"}}, {PrivacyPage, {"privacy_page"}}, {PersonalData, {"personal_data"}}, {DataProtection, {"data_protection"}}, {YourData, {"your_data"}}, {Other, {"other"}},
    });
    return list;
}

ChoiceList<Language> const& choices_of(Language)
{
    using enum Language;
    static ChoiceList<Language> const list("notice_language", {
        {French, {"fr"}}, {English, {"en"}}, {German, {"de"}}, {Spanish, {"es"}}, {Italian, {"it"}}, {EasyRead, {"easy_read"}}, {Other, {"other"}},
    });
    return list;
}

ChoiceList<Item> const& choices_of(Item)
{
    using enum Item;
    static ChoiceList<Item> const list("notice_item", {
        {Controller, {"N01"}}, {Officer, {"N02"}}, {Purposes, {"N03"}}, {Basis, {"N04"}}, {Interests, {"N05"}}, {Categories, {"N06"}}, {Recipients, {"N07"}}, {Transfers, {"N08"}},
        {Retention, {"N09"}}, {Rights, {"N10"}}, {Withdrawal, {"N11"}}, {Complaint, {"N12"}}, {Obligation, {"N13"}}, {Source, {"N14"}}, {Automated, {"N15"}}, {Directives, {"N16"}},
        {FurtherUse, {"N17"}},
    });
    return list;
}

ChoiceList<ItemState> const& choices_of(ItemState)
{
    static ChoiceList<ItemState> const list("notice_item_state", {{ItemState::Given, {"given"}}, {ItemState::Missing, {"missing"}}, {ItemState::NotApplicable, {"not_applicable"}}});
    return list;
}

ChoiceList<Exception> const& choices_of(Exception)
{
    using enum Exception;
    static ChoiceList<Exception> const list("notice_exception", {{AlreadyKnown, {"already_known"}}, {Impossible, {"impossible"}}, {SetByLaw, {"set_by_law"}}, {Secrecy, {"secrecy"}}});
    return list;
}

ChoiceList<Channel> const& choices_of(Channel)
{
    using enum Channel;
    static ChoiceList<Channel> const list("notice_channel", {
        {Website, {"website"}}, {Form, {"form"}}, {Display, {"display"}}, {Email, {"email"}}, {Post, {"post"}}, {Contract, {"contract"}}, {Terms, {"terms"}}, {HandedOver, {"handed_over"}},
        {Spoken, {"spoken"}}, {Application, {"application"}}, {Intranet, {"intranet"}}, {Other, {"other"}},
    });
    return list;
}

}  // namespace greffier::notice
