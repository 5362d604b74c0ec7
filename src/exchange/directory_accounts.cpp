#include "exchange/directory_accounts.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "core/text.hpp"
#include "records/one_act.hpp"
#include "registers/account/account.hpp"
#include "schema/unpacked.hpp"

namespace greffier::exchange {

namespace {

using accounts::LdapSettings;
using net::LdapEntry;

constexpr long disabled_there = 2;   // of userAccountControl, in Active Directory

bool is_closed(LdapEntry const& entry)
{
    auto const control = entry.first("useraccountcontrol");
    long flags = 0;
    if (std::from_chars(control.data(), control.data() + control.size(), flags).ec == std::errc{} && (flags & disabled_there) != 0) return true;
    return to_lower_ascii(entry.first("nsaccountlock")) == "true";   // 389 Directory Server
}

/// The first of these attributes that says something readable.
std::string first_of(LdapEntry const& entry, std::initializer_list<std::string_view> names, std::size_t most)
{
    for (auto const name : names)
        if (auto const value = squeeze(entry.first(name)); !value.empty() && is_utf8(value)) return shorten(value, most);
    return {};
}

/// sixteen bytes (objectGUID) or a text already (entryUUID).
std::string key_of(std::string const& value)
{
    bool const plain = std::ranges::all_of(value, [](char c) { return c > 0x20 && c < 0x7f; });
    return plain ? value : to_hex(as_bytes(value));
}

account::Account account_of(LdapSettings const& settings, LdapEntry const& entry)
{
    constexpr std::size_t longest = 200;
    account::Account account;
    account.identifier = first_of(entry, {"samaccountname", "uid", settings.mail_attribute}, longest);
    if (account.identifier.empty()) account.identifier = shorten(net::first_rdn_value(entry.dn), longest);
    account.system = account.directory = shorten(settings.rules.label.empty() ? settings.rules.name : settings.rules.label, longest);
    account.kind = entry.first("admincount") == "1" ? account::Kind::Privileged : account::Kind::Named;
    account.holder = first_of(entry, {settings.name_attribute, "cn"}, longest);
    account.holder_email.value = first_of(entry, {settings.mail_attribute}, longest);
    account.service = first_of(entry, {"department", "departmentnumber", "ou"}, longest);
    for (auto const& group : entry.all(settings.group_attribute))
        if (auto const name = net::first_rdn_value(group); !name.empty() && is_utf8(name)) account.groups.push_back(shorten(name, longest));
    std::ranges::sort(account.groups);
    return account;
}

std::vector<std::string> const& told_fields()
{
    static std::vector<std::string> const names{"identifier", "system", "kind", "holder", "holder_email", "service", "groups", "directory"};
    return names;
}

}  // namespace

Result<std::vector<LdapEntry>> read_directory(LdapSettings const& settings)
{
    auto session = TRY(net::open_ldap(settings.server));
    if (auto const bound = session->bind(settings.bind_dn, settings.bind_password); !bound.ok())
        return bound.error().code == "ldap_wrong" || bound.error().code == "ldap_empty" ? Error::conflict("ldap_account", bound.error().arguments) : bound.error();
    auto filter = settings.user_filter;
    constexpr std::string_view place = "{name}";
    for (auto at = filter.find(place); at != filter.npos; at = filter.find(place, at + 1)) filter.replace(at, place.size(), "*");   // anybody
    auto found = TRY(session->search(settings.base, filter,
                                     {settings.id_attribute, settings.mail_attribute, settings.name_attribute, settings.group_attribute, "uid", "sAMAccountName", "cn", "department", "departmentNumber", "ou",
                                      "adminCount", "userAccountControl", "nsAccountLock"},
                                     most_directory_accounts));
    std::erase_if(found, is_closed);
    return found;
}

records::ImportFile directory_file(records::Register const& kind, LdapSettings const& settings, std::vector<LdapEntry> const& entries)
{
    records::ImportFile file;
    file.format = "ldap";
    file.source = settings.rules.name;
    file.family = "ldap";
    file.key_scope = "ldap:" + settings.rules.name;
    std::string content;
    for (auto const& entry : entries) {
        auto const subject = key_of(entry.first(settings.id_attribute));
        if (subject.empty() || subject.size() > 255) {
            file.notes.push_back({.outcome = records::Outcome::Skipped, .place = shorten(entry.dn, 300), .code = "ldap_no_id"});
            continue;
        }
        auto const account = account_of(settings, entry);
        records::ImportItem item;
        item.place = shorten(entry.dn, 300);
        item.key = subject;
        item.name = account.identifier;
        item.row = account::system_account_schema().pack(account);
        item.row.values.resize(kind.schema->fields.size());
        item.present = told_fields();
        content += subject + "\n" + account.identifier + "\n" + account.holder + "\n" + account.holder_email.value + "\n" + account.service + "\n" + join(account.groups, ",") + "\n";
        file.items.push_back(std::move(item));
    }
    file.hash = sha256(as_bytes(content));
    return file;
}

std::vector<GoneAccount> gone_accounts(records::Records const& store, records::Register const& kind, std::string const& directory, records::ImportFile const& file)
{
    std::set<std::string, std::less<>> there;
    for (auto const& item : file.items) there.insert(fold(item.name));
    std::vector<GoneAccount> gone;
    store.each(kind, std::nullopt, [&](records::Stored const& stored) {
        auto const account = schema::unpacked(account::system_account_schema(), stored.row);
        if (stored.head.status == "enabled" && account.directory == directory && !there.contains(fold(account.identifier)))
            gone.push_back({stored.head.id, stored.head.reference, account.identifier, account.holder, account.missing_since.has_value()});
    });
    return gone;
}

Status note_gone(records::Records const& store, records::Register const& kind, std::string const& directory, std::vector<GoneAccount> const& gone, records::By const& by)
{
    std::vector<records::Stored> changed;
    store.each(kind, std::nullopt, [&](records::Stored const& stored) {
        if (stored.head.status == "erased" || schema::text_of(*kind.schema, stored.row, "directory") != directory) return;
        bool const is_gone = std::ranges::find(gone, stored.head.id, &GoneAccount::id) != gone.end();
        bool const noted = std::holds_alternative<Date>(schema::get(*kind.schema, stored.row, "missing_since"));
        if (is_gone == noted || (!is_gone && stored.head.status != "enabled")) return;
        auto& one = changed.emplace_back(stored);
        schema::set(*kind.schema, one.row, "missing_since", is_gone ? schema::Value{by.today()} : schema::Value{});
    });
    if (changed.empty()) return Nothing{};
    auto const done = records::one_act(store.machinery(), store.organisation(), store.sight(), by, [&](records::Batch& batch) -> Result<records::Stored> {
        std::optional<records::Stored> last;
        for (auto& one : changed) last = TRY(batch.update(kind, {.id = one.head.id, .version = one.head.version, .row = std::move(one.row)}));
        return std::move(*last);
    });
    if (!done.ok()) return done.error();
    return Nothing{};
}

}  // namespace greffier::exchange
