#include "app/mailing.hpp"

#include <filesystem>

namespace greffier::app {

namespace {

Result<mail::SmtpSettings> smtp_of(Config const& config, mail::Mailbox const& from)
{
    using enum mail::SmtpSettings::Tls;
    auto settings = *mail::parse_smtp_url(config.text("smtp-url"));
    bool const here = mail::is_loopback_host(settings.host);
    auto const wish = config.text("smtp-starttls");
    if (settings.tls == StartTls && (wish == "off" || (wish.empty() && here))) {
        if (!here) return Error::invalid("mail_in_clear", {{"host", settings.host}});
        settings.tls = None;
    }
    settings.user = config.text("smtp-user");
    settings.password = config.secret("smtp-password");
    if (settings.user.empty() != settings.password.empty()) return Error::invalid("mail_half_sign_in", {{"missing", settings.user.empty() ? "smtp-user" : "smtp-password"}});
    settings.authority = config.text("smtp-ca");
    std::error_code absent;
    if (!settings.authority.empty() && !std::filesystem::is_regular_file(settings.authority, absent)) return Error::invalid("mail_no_authority", {{"file", settings.authority}});
    // Many servers want a full name, and a machine's own is seldom one.
    settings.hello = from.address.substr(from.address.rfind('@') + 1);
    for (char const c : settings.hello)
        if (static_cast<unsigned char>(c) >= 0x80) settings.hello = "localhost";
    return settings;
}

}  // namespace

bool mail_is_set(Config const& config) { return !config.text("smtp-url").empty() || !config.text("mail-directory").empty(); }

Result<Mailing> mailing_of(Config const& config)
{
    Mailing mailing;
    if (!mail_is_set(config)) return mailing;
    auto const directory = config.text("mail-directory");
    if (!directory.empty() && !config.text("smtp-url").empty()) return Error::invalid("mail_two_ways");
    auto const from = mail::parse_mailbox(config.text("mail-from"));
    if (!from) return Error::invalid("mail_no_sender");
    mailing.from = *from;
    if (mailing.from.name.empty()) mailing.from.name = "Greffier";
    mailing.transport = directory.empty() ? mail::smtp_transport(TRY(smtp_of(config, *from))) : mail::directory_transport(directory);
    return mailing;
}

}  // namespace greffier::app
