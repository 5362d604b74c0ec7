// What a person types into the search box: the word index must always understand the question made of it.

#include <cstdlib>

#include "core/text.hpp"
#include "records/store.hpp"
#include "registers/processing/register.hpp"
#include "storage/test_database.hpp"

using namespace greffier;

namespace {

struct Nobody final : records::Examiner {
    std::vector<records::Finding> examine(records::Subject const&, records::Surroundings&) const override { return {}; }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static storage::TestDatabase database;
    static records::Registers const registers{{&processing::processing_register()}};
    static Nobody const examiner;
    static records::LedgerKeeper ledger(*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints");
    static records::Machinery const machinery{*database, registers, examiner, ledger};
    static records::Records const store(machinery, OrganisationId::make(), accounts::Sight::everything());
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    if (!is_utf8(text)) return 0;
    records::ListQuery query;
    query.text = shorten(text, 2000);
    auto const page = store.list(processing::processing_register(), query);
    if (page.ok() && page->total != 0) std::abort();
    return 0;
}
