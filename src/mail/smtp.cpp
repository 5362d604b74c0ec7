// The only file that knows libcurl. A connection of its own for each message: they are few, and a server that was
// restarted between two is no special case.
#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <mutex>
#include <stdexcept>

#include "core/text.hpp"
#include "mail/message.hpp"
#include "mail/transport.hpp"

namespace greffier::mail {

namespace {

constexpr long connect_seconds = 15, all_seconds = 50;   // less than the lease of a message (mail/outbox.hpp)
constexpr std::size_t longest_said = 300;

/// How far the conversation came: decides whose trouble an answer is.
enum class Stage { Connect, Hello, Tls, SignIn, Sender, Recipient, Content };

struct Conversation {
    Stage stage = Stage::Connect;
    std::string_view rest;            ///< of the message
    std::string refusal;              ///< the lines of the last answer that refuses
    bool refusal_goes_on = false;
    std::function<bool()> const* stopping = nullptr;
};

std::size_t give(char* buffer, std::size_t size, std::size_t count, void* given)
{
    auto& talk = *static_cast<Conversation*>(given);
    talk.stage = Stage::Content;
    auto const piece = talk.rest.substr(0, size * count);
    std::memcpy(buffer, piece.data(), piece.size());
    talk.rest.remove_prefix(piece.size());
    return piece.size();
}

std::size_t hear(char* line, std::size_t size, std::size_t count, void* given)
{
    auto& talk = *static_cast<Conversation*>(given);
    std::string_view const said{line, size * count};
    bool const refuses = said.size() > 4 && (said[0] == '4' || said[0] == '5') && said[1] >= '0' && said[1] <= '9' && said[2] >= '0' && said[2] <= '9';
    if (refuses) {
        if (!talk.refusal_goes_on) talk.refusal.clear();
        talk.refusal.append(talk.refusal.empty() ? "" : " ").append(trim(said.substr(4)));
        talk.refusal_goes_on = said[3] == '-';
    }
    return size * count;
}

/// What we say tells the stage. Never kept: it may be a password.
int overhear(CURL*, curl_infotype type, char* data, std::size_t size, void* given)
{
    if (type != CURLINFO_HEADER_OUT) return 0;
    auto& talk = *static_cast<Conversation*>(given);
    std::string_view const said{data, size};
    if (said.starts_with("EHLO") || said.starts_with("HELO")) talk.stage = Stage::Hello;
    else if (said.starts_with("STARTTLS")) talk.stage = Stage::Tls;
    else if (said.starts_with("AUTH ")) talk.stage = Stage::SignIn;
    else if (said.starts_with("MAIL FROM")) talk.stage = Stage::Sender;
    else if (said.starts_with("RCPT TO")) talk.stage = Stage::Recipient;
    else if (said.starts_with("DATA")) talk.stage = Stage::Content;
    return 0;
}

/// A message that is on its way out is let go: cut off now, it might arrive and be sent again.
int watch(void* given, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    auto const& talk = *static_cast<Conversation*>(given);
    return talk.stage != Stage::Content && talk.stopping && *talk.stopping && (*talk.stopping)() ? 1 : 0;
}

/// Filters quote the address they do not like: one that opens once must not be kept by its refusal.
std::string without_addresses(std::string const& said)
{
    std::vector<std::string> kept;
    for (auto const& word : split(one_line(said, 2000), ' ')) kept.push_back(word.find("://") != word.npos || word.size() > 80 ? "…" : word);
    return shorten(join(kept, " "), longest_said);
}

Delivery judged(CURLcode code, int reply, Conversation const& talk)
{
    using enum Delivery::Outcome;
    auto away = [&](std::string problem) { return Delivery{Later, "server_" + std::move(problem), reply, without_addresses(talk.refusal), true}; };
    switch (code) {
    case CURLE_OK: return {};
    case CURLE_ABORTED_BY_CALLBACK: return {Stopped, "stopped", 0, {}, true};
    case CURLE_COULDNT_RESOLVE_HOST: return away("unknown");
    case CURLE_COULDNT_CONNECT: return away("unreachable");
    case CURLE_OPERATION_TIMEDOUT: return away("silent");
    case CURLE_USE_SSL_FAILED: return away("no_tls");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR: return away("tls");
    case CURLE_LOGIN_DENIED: return away("sign_in");
    default: break;
    }
    bool const wants_sign_in = reply == 530 || (reply >= 534 && reply <= 538);
    if (talk.stage == Stage::SignIn || wants_sign_in) return away("sign_in");
    if (reply == 421 || reply < 400) return away("lost");
    if (talk.stage == Stage::Sender) return away("sender");
    if (talk.stage < Stage::Sender) return away("refuses");
    bool const for_good = reply >= 500;
    return {for_good ? Never : Later, for_good ? "refused" : "put_off", reply, without_addresses(talk.refusal), false};
}

struct Handle {
    CURL* curl = ::curl_easy_init();
    curl_slist* recipients = nullptr;
    Handle() = default;
    Handle(Handle const&) = delete;
    Handle& operator=(Handle const&) = delete;
    ~Handle()
    {
        ::curl_slist_free_all(recipients);
        ::curl_easy_cleanup(curl);
    }
    template <class T>
    void set(CURLoption option, T value)
    {
        if (::curl_easy_setopt(curl, option, value) != CURLE_OK) throw std::runtime_error("libcurl refused an option");
    }
};

class Smtp final : public Transport {
public:
    explicit Smtp(SmtpSettings settings) : settings_(std::move(settings))
    {
        static std::once_flag once;
        std::call_once(once, [] {
            if (::curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl did not start");
        });
    }

    Delivery send(Parcel const& parcel, std::function<bool()> const& stopping) override
    {
        Conversation talk;
        talk.rest = parcel.mime;
        talk.stopping = &stopping;
        Handle handle;
        if (!handle.curl) throw std::runtime_error("libcurl gave no handle");
        where(handle);
        secrecy(handle);
        auto const from = "<" + parcel.from + ">", to = "<" + parcel.to + ">";
        handle.recipients = ::curl_slist_append(nullptr, to.c_str());
        handle.set(CURLOPT_MAIL_FROM, from.c_str());
        handle.set(CURLOPT_MAIL_RCPT, handle.recipients);
        handle.set(CURLOPT_UPLOAD, 1L);
        handle.set(CURLOPT_READFUNCTION, &give);
        handle.set(CURLOPT_READDATA, &talk);
        handle.set(CURLOPT_HEADERFUNCTION, &hear);
        handle.set(CURLOPT_HEADERDATA, &talk);
        handle.set(CURLOPT_DEBUGFUNCTION, &overhear);
        handle.set(CURLOPT_DEBUGDATA, &talk);
        handle.set(CURLOPT_VERBOSE, 1L);   // else overhear() is not called; it writes nothing
        handle.set(CURLOPT_XFERINFOFUNCTION, &watch);
        handle.set(CURLOPT_XFERINFODATA, &talk);
        handle.set(CURLOPT_NOPROGRESS, 0L);
        auto const code = ::curl_easy_perform(handle.curl);
        long reply = 0;
        ::curl_easy_getinfo(handle.curl, CURLINFO_RESPONSE_CODE, &reply);
        return judged(code, static_cast<int>(reply), talk);
    }

    [[nodiscard]] std::string way() const override
    {
        auto const how = settings_.tls == SmtpSettings::Tls::None ? "" : settings_.tls == SmtpSettings::Tls::StartTls ? ", STARTTLS" : ", TLS";
        return settings_.host + ":" + std::to_string(settings_.port) + how;
    }

private:
    void where(Handle& handle) const
    {
        bool const tls_first = settings_.tls == SmtpSettings::Tls::FromTheStart;
        auto const url = (tls_first ? "smtps://" : "smtp://") + settings_.host + ":" + std::to_string(settings_.port) + "/" + settings_.hello;
        handle.set(CURLOPT_URL, url.c_str());
        handle.set(CURLOPT_PROTOCOLS_STR, tls_first ? "smtps" : "smtp");
        handle.set(CURLOPT_PROXY, "");      // whatever the environment says
        handle.set(CURLOPT_NOSIGNAL, 1L);   // several threads
        handle.set(CURLOPT_CONNECTTIMEOUT, connect_seconds);
        handle.set(CURLOPT_TIMEOUT, all_seconds);
        handle.set(CURLOPT_FORBID_REUSE, 1L);
    }
    void secrecy(Handle& handle) const
    {
        handle.set(CURLOPT_USE_SSL, static_cast<long>(settings_.tls == SmtpSettings::Tls::None ? CURLUSESSL_NONE : CURLUSESSL_ALL));
        handle.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        handle.set(CURLOPT_SSL_VERIFYPEER, 1L);
        handle.set(CURLOPT_SSL_VERIFYHOST, 2L);
        if (!settings_.authority.empty()) {
            handle.set(CURLOPT_CAINFO, settings_.authority.c_str());
            handle.set(CURLOPT_CAPATH, static_cast<char const*>(nullptr));   // these and no others
        }
        if (settings_.user.empty()) return;
        handle.set(CURLOPT_USERNAME, settings_.user.c_str());
        handle.set(CURLOPT_PASSWORD, settings_.password.reveal().c_str());
        handle.set(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
    }

    SmtpSettings settings_;
};

}  // namespace

std::span<std::string_view const> problems()
{
    static constexpr std::string_view all[] = {"server_unknown", "server_unreachable", "server_silent", "server_no_tls", "server_tls", "server_sign_in", "server_lost", "server_sender",
                                               "server_refuses", "refused", "put_off", "stopped", "directory", "internal", "too_late", "unreadable"};
    return all;
}

bool is_loopback_host(std::string_view host) { return host == "localhost" || host == "[::1]" || (host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos); }

std::optional<SmtpSettings> parse_smtp_url(std::string_view url)
{
    SmtpSettings settings;
    if (url.starts_with("smtps://")) {
        settings.tls = SmtpSettings::Tls::FromTheStart;
        settings.port = 465;
        url.remove_prefix(8);
    } else if (url.starts_with("smtp://")) {
        url.remove_prefix(7);
    } else {
        return std::nullopt;
    }
    if (url.ends_with('/')) url.remove_suffix(1);
    auto const bracket = url.rfind(']');
    if (auto const colon = url.rfind(':'); colon != url.npos && (bracket == url.npos || colon > bracket)) {
        auto const port = url.substr(colon + 1);
        auto const read = std::from_chars(port.data(), port.data() + port.size(), settings.port);
        if (port.empty() || read.ec != std::errc{} || read.ptr != port.data() + port.size() || settings.port == 0) return std::nullopt;
        url = url.substr(0, colon);
    }
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    bool const v6 = url.size() > 2 && url.front() == '[' && url.back() == ']' && url.find_first_not_of("0123456789abcdefABCDEF:.", 1) == url.size() - 1;
    if (url.empty() || (!v6 && url.find_first_not_of(letters) != url.npos)) return std::nullopt;
    settings.host = std::string(url);
    return settings;
}

std::unique_ptr<Transport> smtp_transport(SmtpSettings settings) { return std::make_unique<Smtp>(std::move(settings)); }

}  // namespace greffier::mail
