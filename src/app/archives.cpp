#include "app/archives.hpp"

namespace greffier::app {

archive::ArchiveServices archive_services(Application& application)
{
    archive::ArchiveServices services{
        .database = *application.database,
        .vault = application.vault,
        .contents = application.directory.attachments(),
        .organisations = application.organisations,
        .ledger_key = [&application]() -> Result<SigningKey> { return SigningKey::from_seed(TRY(application.directory.ledger_key())); },
        .key = application.own_keys.of("archives"),
        .sealing = application.sealing,
        .before_removal = [&application] {
            application.recent.flush(application.now());
            application.ledger.checkpoint(application.now());
        },
        .scratch = application.directory.temporary(),
        .exports = application.directory.path() / "archives",
        .wake_jobs = [&application] {
            if (application.wake_jobs) application.wake_jobs();
        },
    };
    if (application.database->engine() == storage::Engine::Sqlite) services.database_file = application.directory.database_file();
    return services;
}

founding::FoundingServices founding_services(Application& application)
{
    return {
        .machinery = application.machinery,
        .organisations = application.organisations,
        .post = &application.correspondence,
        .wake_jobs = [&application] {
            if (application.wake_jobs) application.wake_jobs();
        },
    };
}

std::string name_of_actor(Application& application, OrganisationId organisation, Uuid actor, Locale const& locale)
{
    auto const names = application.memberships.names(organisation, std::span<Uuid const>{&actor, 1}, locale);
    auto const found = names.find(actor);
    return found == names.end() ? locale.text("history.unknown_actor") : found->second;
}

overview::ComplianceFileServices compliance_file_services(Application& application, archive::ArchiveServices& archives)
{
    return {archives, application.machinery, [&application](OrganisationId organisation, Uuid actor, Locale const& locale) { return name_of_actor(application, organisation, actor, locale); }};
}

}  // namespace greffier::app
