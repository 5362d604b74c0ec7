#include "app/registers.hpp"

#include "registers/processing/register.hpp"
#include "registers/profile/register.hpp"

namespace greffier::app {

records::Registers const& registers()
{
    static records::Registers const all({
        &profile::profile_register(),
        &processing::processing_register(),
    });
    return all;
}

}  // namespace greffier::app
