#include "registers/consent/lists.hpp"

namespace greffier::consent {

using schema::ChoiceList;

ChoiceList<PointKind> const& choices_of(PointKind)
{
    using enum PointKind;
    static ChoiceList<PointKind> const list("consent_point_kind", {
        {WebForm, {"web_form"}}, {PaperForm, {"paper_form"}}, {Oral, {"oral"}}, {Phone, {"phone"}}, {Application, {"application"}}, {EmailReply, {"email_reply"}},
        {Account, {"account"}}, {Device, {"device"}}, {Cgv, {"cgv"}}, {Contract, {"contract"}}, {Other, {"other"}},
    });
    return list;
}

ChoiceList<Act> const& choices_of(Act)
{
    using enum Act;
    static ChoiceList<Act> const list("consent_act", {
        {TickedBox, {"ticked_box"}}, {Button, {"button"}}, {Signature, {"signature"}}, {Spoken, {"spoken"}}, {WrittenReply, {"written_reply"}},
        {ConfirmedTwice, {"confirmed_twice"}}, {Setting, {"setting"}},
        {PreTicked, {"pre_ticked", "", "refused"}}, {Silence, {"silence", "", "refused"}}, {ContinuedUse, {"continued_use", "", "refused"}},
        {TermsAccepted, {"terms_accepted", "", "refused"}}, {Proximity, {"proximity", "", "refused"}}, {AppActivation, {"app_activation", "", "refused"}},
        {CollectiveAgreement, {"collective_agreement", "", "refused"}},
    });
    return list;
}

bool counts(Act act)
{
    auto const& list = choices_of(act).list;
    auto const* entry = list.find(choices_of(act).code(act));
    return entry && !entry->has_flag("refused");
}

ChoiceList<ExplicitFor> const& choices_of(ExplicitFor)
{
    using enum ExplicitFor;
    static ChoiceList<ExplicitFor> const list("consent_explicit_for", {{SpecialData, {"special_data"}}, {AutomatedDecision, {"automated_decision"}}, {Transfer, {"transfer"}}});
    return list;
}

ChoiceList<Channel> const& choices_of(Channel)
{
    using enum Channel;
    static ChoiceList<Channel> const list("consent_channel", {
        {Form, {"form"}}, {PreferencesPage, {"preferences_page"}}, {Link, {"link"}}, {Email, {"email"}}, {Phone, {"phone"}}, {Post, {"post"}}, {OnSite, {"on_site"}},
        {Api, {"api"}}, {Other, {"other"}},
    });
    return list;
}

ChoiceList<Scope> const& choices_of(Scope)
{
    using enum Scope;
    static ChoiceList<Scope> const list("objection_scope", {
        {Email, {"email"}}, {Sms, {"sms"}}, {Phone, {"phone"}}, {Post, {"post"}}, {Profiling, {"profiling"}}, {Transmission, {"transmission"}}, {All, {"all"}},
    });
    return list;
}

}  // namespace greffier::consent
