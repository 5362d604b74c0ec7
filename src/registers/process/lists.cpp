#include "registers/process/lists.hpp"

namespace greffier::process {

using schema::ChoiceList;

ChoiceList<Kind> const& choices_of(Kind)
{
    static ChoiceList<Kind> const list("process_kind", {
        {Kind::Core, {"core"}},
        {Kind::Support, {"support"}},
        {Kind::Steering, {"steering"}},
    });
    return list;
}

ChoiceList<Stage> const& choices_of(Stage)
{
    static ChoiceList<Stage> const list("process_stage", {
        {Stage::Collection, {"collection"}},
        {Stage::Use, {"use"}},
        {Stage::Sharing, {"sharing"}},
        {Stage::Storage, {"storage"}},
        {Stage::Archiving, {"archiving"}},
        {Stage::Destruction, {"destruction"}},
    });
    return list;
}

}  // namespace greffier::process
