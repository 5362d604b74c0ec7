#include "registers/training/lists.hpp"

#include <array>

namespace greffier::training {

using schema::ChoiceList;

ChoiceList<Kind> const& choices_of(Kind)
{
    static ChoiceList<Kind> const list("training_kind", {
        {Kind::Session, {"session"}}, {Kind::Workshop, {"workshop"}}, {Kind::Webinar, {"webinar"}}, {Kind::ELearning, {"e_learning"}}, {Kind::Campaign, {"campaign"}},
    });
    return list;
}

ChoiceList<Channel> const& choices_of(Channel)
{
    static ChoiceList<Channel> const list("training_channel", {
        {Channel::Mail, {"mail"}}, {Channel::Poster, {"poster"}}, {Channel::Procedure, {"procedure"}}, {Channel::Intranet, {"intranet"}}, {Channel::Meeting, {"meeting"}}, {Channel::Other, {"other"}},
    });
    return list;
}

schema::List const& Audiences::list()
{
    static constexpr auto entries = std::to_array<schema::ListEntry>({
        {"all_staff"}, {"newcomers"}, {"management"}, {"elected_officials"}, {"human_resources"}, {"it"}, {"reception"}, {"social_care"}, {"schools"}, {"municipal_police"},
        {"trainees"}, {"apprentices"}, {"temporary_staff"}, {"freelances"}, {"volunteers"}, {"referents"},
    });
    static constexpr schema::List list{"training_audience", true, entries};
    return list;
}

schema::List const& Topics::list()
{
    static constexpr auto entries = std::to_array<schema::ListEntry>({
        {"basics"}, {"rights"}, {"breaches"}, {"passwords"}, {"phishing"}, {"mobile_work"}, {"retention"}, {"sensitive_data"}, {"video"}, {"human_resources"}, {"purchasing"},
        {"transfers"}, {"dpia"}, {"inspection"}, {"charter"}, {"own_procedures"},
    });
    static constexpr schema::List list{"training_topic", true, entries};
    return list;
}

}  // namespace greffier::training
