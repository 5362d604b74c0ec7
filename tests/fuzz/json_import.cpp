// Records in JSON from outside: an import file, and a merge patch over a record; what is read can be stored and read back.

#include <cstdlib>

#include "records/importing.hpp"
#include "registers/processing/processing.hpp"
#include "registers/processing/register.hpp"
#include "schema/check.hpp"
#include "schema/json.hpp"

using namespace greffier;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size < 1) return 0;
    std::string_view const text{reinterpret_cast<char const*>(data) + 1, size - 1};
    auto const& info = processing::schema_of(static_cast<processing::Processing const*>(nullptr)).info();
    if (data[0] % 2 == 0) {
        [[maybe_unused]] auto const file = records::read_json_import(processing::processing_register(), text, "essai.json");
        return 0;
    }
    auto const read = schema::read_json(info, text, schema::ReadMode::Merge, schema::Row(info));
    if (!read.ok()) return 0;
    auto row = read->row;
    schema::normalise(info, row);   // as every write does
    auto const stored = schema::to_stored(info, row);
    if (schema::to_stored(info, schema::from_stored(info, stored, info.version)) != stored) std::abort();
    return 0;
}
