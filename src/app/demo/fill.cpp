#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "app/demo/demo.hpp"
#include "app/demo/model.hpp"
#include "app/demo/variations.hpp"
#include "app/demo/writer.hpp"
#include "app/keeper.hpp"
#include "core/text.hpp"
#include "reception/public_page.hpp"

namespace greffier::app {

namespace {

using demo::Model;
using demo::ModelOrganisation;
using storage::Session;

constexpr std::int64_t usual_processings = 12;
constexpr std::size_t writes_at_once = 400;   // of one transaction: pages that many records share are written once

/// Twenty letters and figures in five groups: a hundred random bits that can be read out.
std::string readable_password()
{
    static constexpr std::string_view alphabet = "abcdefghjkmnpqrstuvwxyz23456789A";
    std::string password;
    for (auto const byte : random_bytes(20)) {
        if (password.size() % 5 == 4) password += '-';
        password += alphabet[byte % alphabet.size()];
    }
    return password;
}

/// The organisations asked for: models first, then variations of a commune.
void fit(Model& model, DemoWish const& wish)
{
    auto& all = model.organisations;
    if (wish.organisations > 0 && wish.organisations < static_cast<std::int64_t>(all.size())) all.resize(static_cast<std::size_t>(wish.organisations));
    std::set<std::string> slugs;
    for (auto const& organisation : all) slugs.insert(organisation.slug);
    auto const commune = std::ranges::find(all, "commune", &ModelOrganisation::kind);
    auto const like = commune == all.end() ? all.front() : *commune;
    for (std::int64_t number = 0; static_cast<std::int64_t>(all.size()) < wish.organisations; ++number) {
        auto organisation = demo::varied_organisation(wish.seed, number, like);
        if (organisation.parent.empty()) organisation.parent = all.front().slug;
        if (!slugs.insert(organisation.slug).second) continue;
        model.people.front().roles.emplace_back(organisation.slug, accounts::Role::Dpo);   // one officer for them all, as shared ones are
        all.push_back(std::move(organisation));
    }
    for (auto& person : model.people) std::erase_if(person.roles, [&](auto const& role) { return !slugs.contains(role.first); });
    std::erase_if(model.people, [](auto const& person) { return person.roles.empty(); });
}

Timestamp first_day(Model const& model, Timestamp now)
{
    auto first = now - std::chrono::hours{24 * 1600};
    for (auto const& organisation : model.organisations)
        for (auto const& record : organisation.processings) first = std::min(first, record.versions.front().when - std::chrono::hours{48});
    return first;
}

class Filling {
public:
    Filling(Application& application, DemoWish const& wish, DemoProgress const& progress)
        : application_(application), wish_(wish), progress_(progress), now_(application.now()), model_(demo::read_model(now_))
    {
        fit(model_, wish_);
        first_ = first_day(model_, now_);
        for (auto const& organisation : model_.organisations) total_ += count_of(organisation);
    }

    Result<DemoFilled> fill()
    {
        TRY(add_people());
        while (next_ < model_.organisations.size() || writer_) {
            TRY(application_.database->write([&](Session& session) { return write_some(session); }));
            progress_(done_, total_);
        }
        note_judged(application_, now_);
        filled_.organisations = static_cast<std::int64_t>(model_.organisations.size());
        filled_.processings = done_;
        return std::move(filled_);
    }

private:
    std::int64_t count_of(ModelOrganisation const& organisation) const
    {
        auto const told = static_cast<std::int64_t>(organisation.processings.size());
        return std::max(told, wish_.processings > 0 ? wish_.processings : told > 0 ? told : usual_processings);
    }

    Status add_people()
    {
        TRY(add_person({"", "Administration de l’installation", "installation@greffier.example", Language::French, {}}));
        for (auto const& person : model_.people) TRY(add_person(person));
        return Nothing{};
    }

    Status add_person(demo::ModelPerson const& person)
    {
        DemoPerson told{person.email, person.name, readable_password(), {}};
        accounts::NewPerson wanted{person.email, person.name, SecretText{told.password}, person.language};
        auto const prepared = TRY(accounts::People::prepare(std::move(wanted), first_));
        TRY(application_.database->write([&](Session& session) -> Status {
            TRY(accounts::People::add_in(session, prepared));
            if (person.key.empty()) accounts::Memberships::grant_in(session, prepared.person.id, std::nullopt, accounts::Role::Administrator, first_);
            return Nothing{};
        }));
        people_[person.key] = prepared.person.id;
        if (person.key.empty()) told.roles.emplace_back("installation_administrator");
        for (auto const& [slug, role] : person.roles) told.roles.push_back(std::string{code_of(role)} + " " + slug);
        filled_.people.push_back(std::move(told));
        return Nothing{};
    }

    /// What one transaction takes: several small organisations, or a part of a large one.
    Status write_some(Session& session)
    {
        for (std::size_t room = writes_at_once; room > 0;) {
            if (!writer_) {
                if (next_ == model_.organisations.size()) return Nothing{};
                TRY(begin(session, model_.organisations[next_++]));
            }
            auto const events = writer_->events();
            auto const records = writer_->written();
            TRY(writer_->write_next(session, room));
            done_ += writer_->written() - records;
            room -= writer_->events() - events;
            if (writer_->finished()) writer_.reset();
        }
        return Nothing{};
    }

    Status begin(Session& session, ModelOrganisation const& model)
    {
        accounts::NewOrganisation wanted{model.slug, model.name, model.kind, std::nullopt, model.language, model.zone, model.colour, true};
        if (auto const parent = ids_.find(model.parent); parent != ids_.end()) wanted.parent = parent->second;
        accounts::Organisations organisations(*application_.database);
        organisations.on_created([&](Session& creating, accounts::OrganisationInfo const& info, Uuid actor, Timestamp at) {
            create_profile(application_.machinery, creating, info, actor, at, model.profile);
        });
        auto const info = TRY(organisations.add_in(session, wanted, first_));
        ids_[model.slug] = info.id;
        // What people without an account see has something to show.
        for (auto const page : reception::all_pages()) reception::PublicPages::open_in(session, info.id, page, accounts::organisation_actor(info.id), first_);
        pool_ = pool_for(model);
        writer_.emplace(application_, info, model, grant(session, model, info), now_, first_);
        writer_->plan(wish_.seed, count_of(model), pool_);
        return Nothing{};
    }

    /// Roles held from the first day, and who is named by histories.
    demo::Actors grant(Session& session, ModelOrganisation const& model, accounts::OrganisationInfo const& info)
    {
        demo::Actors actors{{}, accounts::organisation_actor(info.id)};
        auto strongest = accounts::Role::Reader;
        for (auto const& person : model_.people)
            for (auto const& [slug, role] : person.roles) {
                if (slug != model.slug) continue;
                auto const membership = Uuid::make();
                accounts::Memberships::grant_in(session, people_.at(person.key), info.id, role, first_, membership);
                actors.by_key[person.key] = membership;
                // Records that name nobody were written by the officer, else by the administrator.
                if (role == accounts::Role::Dpo || (role < strongest && strongest != accounts::Role::Dpo)) {
                    actors.keeper = membership;
                    strongest = role;
                }
            }
        return actors;
    }

    /// What variations of an organisation are made after: its own records, and those of its like.
    std::vector<schema::Row const*> pool_for(ModelOrganisation const& model) const
    {
        std::vector<schema::Row const*> pool;
        auto const family = [](std::string const& kind) { return kind == "commune" || kind == "inter_communal" || kind == "social_centre"; };
        for (auto const& organisation : model_.organisations)
            if (organisation.slug == model.slug || (organisation.kind == model.kind && !family(model.kind)) || (family(organisation.kind) && family(model.kind)))
                for (auto const& record : organisation.processings) pool.push_back(&record.versions.back().row);
        return pool;
    }

    Application& application_;
    DemoWish wish_;
    DemoProgress const& progress_;
    Timestamp now_;
    Model model_;
    Timestamp first_{};
    DemoFilled filled_;
    std::int64_t done_ = 0, total_ = 0;
    std::size_t next_ = 0;                        ///< the first organisation not begun
    std::optional<demo::Writer> writer_;          ///< of the one begun and not finished
    std::vector<schema::Row const*> pool_;        ///< what its variations are made after
    std::map<std::string, PersonId> people_;
    std::map<std::string, OrganisationId> ids_;
};

}  // namespace

Result<DemoFilled> fill_demo(Application& application, DemoWish const& wish, DemoProgress const& progress)
{
    if (!application.organisations.all().empty()) return Error::conflict("demo_not_empty", {{"path", application.directory.path().string()}});
    return Filling(application, wish, progress).fill();
}

}  // namespace greffier::app
