#include "overview/compliance_file.hpp"

#include <algorithm>
#include <array>
#include <list>
#include <set>

#include "accounts/confided.hpp"
#include "accounts/modules.hpp"
#include "archive/log_part.hpp"
#include "core/text.hpp"
#include "documents/zip_file_writer.hpp"
#include "exchange/formats.hpp"
#include "ledger/ledger.hpp"
#include "overview/compliance_pages.hpp"
#include "records/attachments.hpp"
#include "records/vocabulary.hpp"
#include "registers/evidence/register.hpp"
#include "registers/notice/notice.hpp"
#include "registers/policy/policy.hpp"

namespace greffier::overview {

using archive::Part;
using archive::PartWriter;
using records::Register;
using records::Stored;

namespace {

/// A name that every system can unpack, and that stays in its folder.
std::string safe_name(std::string_view name)
{
    std::string safe;
    for (char const c : shorten(name, 120)) safe += static_cast<unsigned char>(c) < 0x20 || std::string_view{"/\\<>:\"|?*"}.find(c) != std::string_view::npos ? '_' : c;
    while (safe.starts_with('.') || safe.starts_with(' ')) safe.front() = '_';
    return safe.empty() ? "_" : safe;
}

struct HeldDocument {
    Part part;
    records::ContentOwner owner;
};

class Writing {
public:
    Writing(FileSource const& source, FileWish const& wish, archive::Progress const& progress)
        : source_(source), wish_(wish), progress_(progress), held_(records::known_registers(source.machinery, source.organisation.id)),
          store_(source.machinery, source.organisation.id, wish.confidential ? source.sight : accounts::Sight::of({.roles = {accounts::Role::Reader}})), contents_{source, wish, {}, {}, {}, 0, 0, 0, 0, {}, {}}
    {
    }

    Result<WrittenFile> to(std::filesystem::path const& file)
    {
        TRY(check_wish(wish_, source_.organisation, *held_));
        for (auto const* kind : offered_registers(source_.organisation, *held_)) {
            if (!wish_.registers.empty() && std::ranges::find(wish_.registers, kind->slug) == wish_.registers.end()) continue;
            if (kind->sealed && !wish_.confidential) contents_.left_out.push_back(kind);
            else contents_.registers.push_back({kind});
        }
        auto const total = static_cast<std::int64_t>(contents_.registers.size());
        for (std::int64_t done = 0; auto& one : contents_.registers) {
            tell("registers", done++, total);
            TRY(write_register(one));
        }
        write_map();
        write_log();
        return finish(file);
    }

private:
    void tell(std::string_view stage, std::int64_t done, std::int64_t total) const
    {
        if (progress_) progress_(stage, done, total);
    }
    PartWriter& part(std::string name) { return parts_.emplace_back(std::move(name), source_.scratch); }

    Status write_register(FileRegister& one)
    {
        auto const& kind = *one.kind;
        store_.each(kind, wish_.at, [&](Stored const& stored) {
            ++one.records;
            keep_texts(kind, stored);
            if (wish_.attachments) keep_documents(kind, stored);
        });
        if (one.records == 0) return Nothing{};
        records::ExportJob const job{store_, kind, source_.organisation, {.ids = {}, .list = {}, .at = wish_.at}, source_.locale, source_.now, source_.scratch};
        for (auto const* name : {"html", "csv", "json"}) {
            auto const* format = exchange::find_export(name, kind);
            if (!format) continue;
            auto& out = part(std::string{compliance_part::registers} + std::string{kind.slug} + "." + std::string{format->extension});
            TRY(format->write(job, [&](std::string_view piece) { out.write(piece); }));
        }
        return Nothing{};
    }

    void text(std::string const& path, std::string const& title, schema::Text const& words)
    {
        if (words.empty()) return;
        part(std::string{compliance_part::texts} + safe_name(path) + ".html").write(text_page(source_, title, records::parse_told(words.value)));
        ++contents_.texts;
    }

    /// What was told to people or asked of staff, as a page of its own.
    void keep_texts(Register const& kind, Stored const& stored)
    {
        auto const& head = stored.head;
        if (kind.slug == "policies") {
            if (auto const policy = policy::policy_schema().unpack(stored.row); policy.ok()) text(head.reference, head.title, policy->text);
        } else if (kind.slug == "notices") {
            auto const notice = notice::notice_schema().unpack(stored.row);
            if (!notice.ok()) return;
            text(head.reference + "-fr", head.title, notice->full_fr);
            text(head.reference + "-en", head.title, notice->full_en);
        }
    }

    void keep_documents(Register const& kind, Stored const& stored)
    {
        int number = 0;
        for (auto const& attachment : records::attachments_of(kind, stored.row)) {
            records::ContentOwner const owner(source_.organisation.id, kind, stored.head.id);
            auto const sum = from_hex(attachment.sha256);
            Hash hash{};
            if (!sum || sum->size() != hash.size()) continue;
            std::ranges::copy(*sum, hash.begin());
            ++number;
            if (!source_.vault.open(owner, hash).ok()) {   // its key was destroyed: erased, as the person asked
                ++contents_.unreadable;
                continue;
            }
            auto const path = std::string{compliance_part::documents} + std::string{kind.slug} + "/" + safe_name(stored.head.reference) + "/" + std::to_string(number) + "-" + safe_name(attachment.name);
            documents_.push_back({{path, static_cast<std::uint64_t>(attachment.size), hash}, owner});
        }
    }

    std::int64_t count_of(evidence::Expected const& expected) const
    {
        auto const* kind = held_->find(expected.register_slug);
        if (!kind || !accounts::keeps_register(source_.organisation, kind->slug)) return 0;
        std::int64_t count = 0;
        auto const counts = [&](std::string_view status) { return expected.status.empty() ? status != "archived" : status == expected.status; };
        if (wish_.at) store_.each(*kind, wish_.at, [&](Stored const& stored) { count += counts(stored.head.status) ? 1 : 0; });
        else
            for (auto const& [status, number] : store_.count_by_status(*kind)) count += counts(status) ? number : 0;
        return count;
    }

    void write_map()
    {
        std::vector<evidence::Piece> pieces;
        auto const& slug = evidence::evidence_register().slug;
        if (auto const* kind = held_->find(slug); kind && accounts::keeps_register(source_.organisation, slug))
            store_.each(*kind, wish_.at, [&](Stored const& stored) {
                if (auto piece = evidence::evidence_schema().unpack(stored.row); piece.ok()) pieces.push_back({stored.head, *std::move(piece)});
            });
        auto const lines = evidence::map_of(pieces, [&](evidence::Expected const& expected) { return count_of(expected); }, local_date(wish_.at.value_or(source_.now), source_.organisation.zone));
        part(std::string{compliance_part::map}).write(map_page(source_, lines));
    }

    /// After the registers: the head covers every version that they show.
    void write_log()
    {
        auto const& id = source_.organisation.id;
        auto const session = source_.machinery.database.read_of(id);
        auto const head = archive::write_entries(*session, id, part(std::string{compliance_part::entries}), progress_);
        contents_.ledger_size = head.size;
        contents_.checkpoint = archive::sign_head(id, head, source_.key);
        contents_.verifier_key = ledger::verifier_key(ledger::origin_of(id), source_.key.public_key);
        part(std::string{compliance_part::checkpoint}).write(contents_.checkpoint);
        part(std::string{compliance_part::key}).line(contents_.verifier_key);
    }

    void close(PartWriter& one) { contents_.parts.push_back(one.finish()); }

    Result<WrittenFile> finish(std::filesystem::path const& file)
    {
        for (auto& one : parts_) close(one);
        for (auto const& document : documents_) contents_.parts.push_back(document.part);
        contents_.documents = static_cast<std::int64_t>(documents_.size());
        std::ranges::sort(contents_.parts, {}, &Part::name);
        auto& index = part(std::string{compliance_part::index});
        index.write(index_page(contents_));
        auto listed = contents_.parts;
        listed.push_back(index.finish());
        std::ranges::sort(listed, {}, &Part::name);
        std::string sums;
        for (auto const& one : listed) sums += to_hex(one.sha256) + "  " + one.name + "\n";

        WrittenFile written;
        written.fingerprint = sha256(as_bytes(sums));
        written.files = static_cast<std::int64_t>(listed.size()) + 2;
        written.ledger_size = contents_.ledger_size;
        for (auto const& one : contents_.registers) written.records += one.records;
        auto const signature = ledger::sign_checkpoint({compliance_origin(source_.organisation.id), listed.size(), written.fingerprint, source_.now}, source_.key);

        documents::ZipFileWriter zip(file);
        zip.add_file(std::string{compliance_part::index}, index.path());
        zip.add(std::string{compliance_part::sums}, std::move(sums));
        zip.add(std::string{compliance_part::signature}, signature);
        parts_.sort([](PartWriter const& a, PartWriter const& b) { return a.part().name < b.part().name; });
        for (auto const& one : parts_)
            if (&one != &index) zip.add_file(one.part().name, one.path());
        std::int64_t opened = 0;
        for (auto const& document : documents_)
            zip.add_stream(document.part.name, document.part.size, [this, &document, &opened] {
                tell("documents", ++opened, contents_.documents);
                auto found = source_.vault.open(document.owner, document.part.sha256);
                if (!found.ok()) throw storage::StorageFailure("An attachment that the database names is not there: run doctor.");
                return std::move(found->next);
            });
        zip.finish();
        std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        return written;
    }

    FileSource const& source_;
    FileWish const& wish_;
    archive::Progress const& progress_;
    records::Vocabulary::Held held_;
    records::Records store_;
    FileContents contents_;
    std::list<PartWriter> parts_;
    std::vector<HeldDocument> documents_;
};

Error refused(std::string field, std::string code, Arguments arguments = {}) { return {ErrorKind::Invalid, "invalid", {}, {{std::move(field), std::move(code), std::move(arguments)}}}; }

}  // namespace

std::string compliance_origin(OrganisationId organisation) { return "greffier.file/" + organisation.text(); }

std::span<std::string_view const> file_reasons()
{
    static constexpr std::array<std::string_view, 6> codes{"inspection", "audit", "management", "dispute", "handover", "own_check"};
    return codes;
}

std::vector<Register const*> offered_registers(accounts::OrganisationInfo const& organisation, records::Registers const& registers)
{
    std::vector<Register const*> offered;
    for (auto const* kind : registers.all())
        if (!accounts::is_confided(kind->slug) && accounts::keeps_register(organisation, kind->slug)) offered.push_back(kind);
    return offered;
}

Status check_wish(FileWish const& wish, accounts::OrganisationInfo const& organisation, records::Registers const& registers)
{
    if (wish.confidential && wish.reason.empty()) return refused("reason", "compliance_file.reason_needed");
    if (!wish.reason.empty() && std::ranges::find(file_reasons(), wish.reason) == file_reasons().end()) return refused("reason", "unknown_choice", {{"value", shorten(wish.reason, 40)}});
    auto const offered = offered_registers(organisation, registers);
    for (auto const& slug : wish.registers) {
        auto const kind = std::ranges::find(offered, slug, &Register::slug);
        if (kind == offered.end()) return refused("registers", "unknown_choice", {{"value", shorten(slug, 40)}});
        if ((*kind)->sealed && !wish.confidential) return refused("registers", "compliance_file.sealed", {{"register", slug}});
    }
    return Nothing{};
}

Result<WrittenFile> write_compliance_file(FileSource const& source, FileWish const& wish, std::filesystem::path const& file, archive::Progress const& progress)
{
    return Writing(source, wish, progress).to(file);
}

}  // namespace greffier::overview
