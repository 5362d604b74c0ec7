#include "registers/processing/security_text.hpp"

#include <gtest/gtest.h>

#include "registers/lists.hpp"

namespace greffier::processing {
namespace {

using Sentences = std::vector<std::string>;

TEST(SecurityText, says_each_kind_once_in_the_order_of_the_list)
{
    Locale const english(Language::English);
    auto said = [&](std::vector<SaidMeasure> const& measures) { return security_text(measures, MeasureTypes::list(), english); };
    auto kind = [&](std::string const& code) { return english.text("measure_type." + code); };
    EXPECT_TRUE(said({}).empty());
    EXPECT_TRUE(said({{"", "  "}}).empty()) << "a line nobody filled";
    EXPECT_EQ(said({{"backup", "Nightly copy."}, {"", "Locked cupboard"}, {"access_control", "Rights read again each term"}, {"backup", "Nightly copy"}, {"backup", "Restored once", true}, {"network", ""}}),
              (Sentences{kind("access_control") + ": Rights read again each term.", kind("backup") + ": Nightly copy; Restored once (in part).", kind("network") + ".",
                         "Other measures: Locked cupboard."}));
}

TEST(SecurityText, speaks_french_with_its_spaces)
{
    EXPECT_EQ(security_text({{"", "Armoire fermée"}, {"", "Badge", true}}, MeasureTypes::list(), Locale(Language::French)),
              (Sentences{"Autres mesures\u00a0: Armoire fermée\u202f; Badge (en partie)."}));
}

}  // namespace
}  // namespace greffier::processing
