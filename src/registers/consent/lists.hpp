#pragma once
// The lists of consent: where it is asked, how people agree, how they take it back, what they object to. Codes are public
// and never change; words are in the locales.

#include "schema/schema.hpp"

namespace greffier::consent {

/// What a consent is collected by. Accepting general conditions (Cgv) is kept as what it is, and is none (rule CON-007).
enum class PointKind { WebForm, PaperForm, Oral, Phone, Application, EmailReply, Account, Device, Cgv, Contract, Other };
schema::ChoiceList<PointKind> const& choices_of(PointKind);

/// How people say yes. The flag "refused" marks what is no positive act (art. 4(11), recital 32).
enum class Act {
    TickedBox, Button, Signature, Spoken, WrittenReply, ConfirmedTwice, Setting,
    PreTicked, Silence, ContinuedUse, TermsAccepted, Proximity, AppActivation, CollectiveAgreement,
};
schema::ChoiceList<Act> const& choices_of(Act);
bool counts(Act act);

/// What needs a consent that is explicit.
enum class ExplicitFor { SpecialData, AutomatedDecision, Transfer };
schema::ChoiceList<ExplicitFor> const& choices_of(ExplicitFor);

/// The way somebody withdraws, or objects.
enum class Channel { Form, PreferencesPage, Link, Email, Phone, Post, OnSite, Api, Other };
schema::ChoiceList<Channel> const& choices_of(Channel);

/// What somebody does not want any more.
enum class Scope { Email, Sms, Phone, Post, Profiling, Transmission, All };
schema::ChoiceList<Scope> const& choices_of(Scope);

}  // namespace greffier::consent
