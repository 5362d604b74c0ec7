#include "exchange/import_steps.hpp"

#include "core/text.hpp"

namespace greffier::exchange {

using accounts::Context;
using web::Request;

Result<SavedMapping> Place::keep(TableMapping mapping) const
{
    std::erase_if(mapping.constants, [this](TableConstant const& constant) {
        auto const* field = kind->schema->find(std::string_view{constant.target}.substr(0, constant.target.find_first_of("[.")));
        return field && kind->seals(*field);
    });
    return mappings().save(std::move(mapping), by.actor, by.now);
}

Result<Place> place_of(ExchangeServices const& services, Context const& context, Request const& request)
{
    auto registers = records::known_registers(services.machinery, context.where().id);
    auto const* kind = registers->find(request.param("register"));
    if (!kind) return Error::not_found();
    return Place{std::move(registers), kind, {services.machinery, context.where().id, context.who().sight}, {context.who().id, context.now, context.where().zone}};
}

Result<records::ImportRun> run_of(Place const& place, Request const& request)
{
    auto const id = Uuid::parse(request.param("run"));
    if (!id) return Error::not_found();
    auto run = TRY(records::import_run(place.records, *id));
    if (run.register_slug != place.kind->slug) return Error::not_found();
    return run;
}

Result<SavedMapping> mapping_of(Place const& place, Request const& request)
{
    auto const id = Uuid::parse(request.param("mapping"));
    if (!id) return Error::not_found();
    return place.mappings().find(*id);
}

Result<Upload> upload_of(Request const& request)
{
    Upload upload;
    upload.format = request.form.get("format", request.query.get("format", "auto"));
    if (upload.format.empty()) upload.format = "auto";
    if (!request.files.empty()) {
        auto const& file = request.files.front();
        upload.name = file.name.empty() ? request.query.get("name") : file.name;
        upload.bytes = TRY(read_bytes(file.path));
    } else {
        upload.name = request.query.get("name");
        upload.bytes = request.body;
    }
    if (upload.name.empty()) upload.name = "import";
    upload.name = shorten(squeeze(upload.name), 200);
    if (upload.bytes.empty()) return Error{ErrorKind::Invalid, "invalid", {}, {{"file", "required", {}}}};
    return upload;
}

Result<records::ImportFile> read_upload(Context const& context, Place const& place, Upload const& upload, std::optional<TableMapping> mapping)
{
    ReadWish wish{upload.format, upload.name, local_date(context.now, context.where().zone), records::profile_of(place.records, std::nullopt), std::move(mapping)};
    return read_import(*place.kind, upload.bytes, wish);
}

Result<records::ImportReport> import_upload(Context const& context, Place const& place, Upload const& upload, ImportWish const& wish)
{
    auto const file = TRY(read_upload(context, place, upload, wish.mapping));
    records::ImportOptions options;
    options.dry_run = wish.dry_run;
    options.most_records = wish.most_records;
    return records::run_import(place.records, *place.kind, file, place.by, options);
}

void frame_of(Context& context, records::Register const& kind, std::string title)
{
    context.frame.crumbs = {{context.locale.text("register." + std::string(kind.slug)), context.address("/" + std::string(kind.slug))}};
    context.frame.title = std::move(title);
}

} // namespace greffier::exchange
