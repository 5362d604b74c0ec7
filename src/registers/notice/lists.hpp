#pragma once
// Closed lists of the register of notices. A code is never renamed or reused, only retired.

#include "schema/schema.hpp"

namespace greffier::notice {

enum class Kind { Direct, Indirect, Both };                 ///< art. 13, art. 14
enum class Level { Short, Full, Both };                     ///< a few lines on the form, the page behind them
enum class Audience { Public, Users, Customers, Prospects, Staff, Applicants, Trainees, Children, Patients, Visitors, Suppliers, Elected, Other };
enum class Situation {
    PrivacyPage, WebForm, PaperForm, Shop, Marketing, Newsletter, Cameras, Badges, Staff, Recruitment, Children, Events, Phone, ContractTerms, PosterData, PosterIncident, Other
};
/// Titles that people recognise; Other is one of the organisation's own.
enum class Title { PrivacyPolicy, PrivacyPage, PersonalData, DataProtection, YourData, Other };
enum class Language { French, English, German, Spanish, Italian, EasyRead, Other };
/// What articles 13 and 14 want told, N01 to N17.
enum class Item {
    Controller, Officer, Purposes, Basis, Interests, Categories, Recipients, Transfers, Retention, Rights, Withdrawal, Complaint, Obligation, Source, Automated, Directives, FurtherUse,
};
enum class ItemState { Given, Missing, NotApplicable };
enum class Exception { AlreadyKnown, Impossible, SetByLaw, Secrecy };   ///< art. 13(4), 14(5)
enum class Channel { Website, Form, Display, Email, Post, Contract, Terms, HandedOver, Spoken, Application, Intranet, Other };

schema::ChoiceList<Kind> const& choices_of(Kind);
schema::ChoiceList<Level> const& choices_of(Level);
schema::ChoiceList<Audience> const& choices_of(Audience);
schema::ChoiceList<Situation> const& choices_of(Situation);
schema::ChoiceList<Title> const& choices_of(Title);
schema::ChoiceList<Language> const& choices_of(Language);
schema::ChoiceList<Item> const& choices_of(Item);
schema::ChoiceList<ItemState> const& choices_of(ItemState);
schema::ChoiceList<Exception> const& choices_of(Exception);
schema::ChoiceList<Channel> const& choices_of(Channel);

}  // namespace greffier::notice
