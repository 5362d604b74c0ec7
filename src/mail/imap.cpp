#include "mail/imap.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <mutex>
#include <stdexcept>

#include "core/text.hpp"
#include "mail/transport.hpp"

namespace greffier::mail {

namespace {

constexpr long connect_seconds = 15, all_seconds = 60;
constexpr std::size_t most_said = 1'000'000;

struct Heard {
    std::string bytes;
    std::size_t most = 0;
    bool too_much = false;
    std::function<bool()> const* stopping = nullptr;
};

std::size_t hear(char* data, std::size_t size, std::size_t count, void* given)
{
    auto& heard = *static_cast<Heard*>(given);
    if (heard.bytes.size() + size * count > heard.most) {
        heard.too_much = true;
        return 0;
    }
    heard.bytes.append(data, size * count);
    return size * count;
}

int watch(void* given, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    auto const& heard = *static_cast<Heard*>(given);
    return heard.stopping && *heard.stopping && (*heard.stopping)() ? 1 : 0;
}

std::string_view problem_of(CURLcode code)
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return "server_unknown";
    case CURLE_COULDNT_CONNECT: return "server_unreachable";
    case CURLE_OPERATION_TIMEDOUT: return "server_silent";
    case CURLE_USE_SSL_FAILED: return "server_no_tls";
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR: return "server_tls";
    case CURLE_LOGIN_DENIED: return "server_sign_in";
    case CURLE_ABORTED_BY_CALLBACK: return "stopped";
    default: return "server_refuses";
    }
}

struct Handle {
    CURL* curl = nullptr;
    Handle()
    {
        static std::once_flag begun;
        std::call_once(begun, [] { ::curl_global_init(CURL_GLOBAL_DEFAULT); });
        curl = ::curl_easy_init();
        if (!curl) throw std::runtime_error("libcurl gives no handle");
    }
    Handle(Handle const&) = delete;
    Handle& operator=(Handle const&) = delete;
    ~Handle() { ::curl_easy_cleanup(curl); }
    template <class Value>
    void set(CURLoption option, Value value)
    {
        if (::curl_easy_setopt(curl, option, value) != CURLE_OK) throw std::runtime_error("libcurl refuses an option");
    }
};

std::optional<std::int64_t> number_after(std::string_view text, std::string_view name)
{
    auto const at = text.find(name);
    if (at == text.npos) return std::nullopt;
    auto const rest = trim(text.substr(at + name.size()));
    std::int64_t number = 0;
    auto const read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    return read.ec == std::errc{} ? std::optional{number} : std::nullopt;
}

/// A folder as a path of an address: everything but letters and digits by its code.
std::string in_address(std::string_view folder)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (char const c : folder) {
        auto const byte = static_cast<unsigned char>(c);
        if ((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')) out += c;
        else ((out += '%') += digits[byte >> 4]) += digits[byte & 15];
    }
    return out;
}

std::string in_quotes(std::string_view text)
{
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
    return out + "\"";
}

}  // namespace

std::vector<std::int64_t> parse_search(std::string_view answer)
{
    std::vector<std::int64_t> uids;
    for (auto const& line : split(answer, '\n')) {
        if (!line.starts_with("* SEARCH")) continue;
        for (auto const& word : split(std::string_view{line}.substr(8), ' ')) {
            auto const digits = trim(word);
            std::int64_t uid = 0;
            auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), uid);
            if (!digits.empty() && read.ec == std::errc{} && uid > 0) uids.push_back(uid);
        }
    }
    std::ranges::sort(uids);
    return uids;
}

std::optional<ImapBox::State> parse_status(std::string_view answer)
{
    auto const validity = number_after(answer, "UIDVALIDITY "), next = number_after(answer, "UIDNEXT ");
    if (!validity || !next) return std::nullopt;
    return ImapBox::State{*validity, *next};
}

std::optional<ImapSettings> parse_imap_url(std::string_view url)
{
    // Host and port are written as for SMTP.
    bool const secure = url.starts_with("imaps://");
    if (!secure && !url.starts_with("imap://")) return std::nullopt;
    auto const rest = std::string{url.substr(secure ? 8 : 7)};
    auto const where = parse_smtp_url("smtp://" + rest);
    if (!where) return std::nullopt;
    ImapSettings settings;
    settings.host = where->host;
    settings.tls = secure ? ImapSettings::Tls::FromTheStart : ImapSettings::Tls::StartTls;
    settings.port = where->port == 587 && rest.find(":587") == rest.npos ? (secure ? 993 : 143) : where->port;
    return settings;
}

Result<std::string> ImapBox::ask(std::string const& path, std::string const& command, std::size_t most)
{
    bool const tls_first = settings_.tls == ImapSettings::Tls::FromTheStart;
    Handle handle;
    Heard heard{{}, most, false, &stopping_};
    auto const url = (tls_first ? "imaps://" : "imap://") + settings_.host + ":" + std::to_string(settings_.port) + "/" + path;
    handle.set(CURLOPT_URL, url.c_str());
    handle.set(CURLOPT_PROTOCOLS_STR, tls_first ? "imaps" : "imap");
    handle.set(CURLOPT_PROXY, "");
    handle.set(CURLOPT_NOSIGNAL, 1L);
    handle.set(CURLOPT_CONNECTTIMEOUT, connect_seconds);
    handle.set(CURLOPT_TIMEOUT, all_seconds);
    handle.set(CURLOPT_USE_SSL, static_cast<long>(settings_.tls == ImapSettings::Tls::None ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    handle.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    handle.set(CURLOPT_SSL_VERIFYPEER, 1L);
    handle.set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!settings_.authority.empty()) {
        handle.set(CURLOPT_CAINFO, settings_.authority.c_str());
        handle.set(CURLOPT_CAPATH, static_cast<char const*>(nullptr));
    }
    handle.set(CURLOPT_USERNAME, settings_.user.c_str());
    handle.set(CURLOPT_PASSWORD, settings_.password.reveal().c_str());
    if (!command.empty()) handle.set(CURLOPT_CUSTOMREQUEST, command.c_str());
    handle.set(CURLOPT_WRITEFUNCTION, &hear);
    handle.set(CURLOPT_WRITEDATA, &heard);
    handle.set(CURLOPT_XFERINFOFUNCTION, &watch);
    handle.set(CURLOPT_XFERINFODATA, &heard);
    handle.set(CURLOPT_NOPROGRESS, 0L);
    auto const code = ::curl_easy_perform(handle.curl);
    if (heard.too_much) return Error{ErrorKind::TooLarge, "mail_too_large", {{"max", std::to_string(most / 1'000'000)}}};
    if (code != CURLE_OK) return Error::conflict(std::string{problem_of(code)});
    return std::move(heard.bytes);
}

Result<ImapBox::State> ImapBox::state()
{
    auto const answer = TRY(ask("", "STATUS " + in_quotes(settings_.folder) + " (UIDVALIDITY UIDNEXT)", most_said));
    auto const state = parse_status(answer);
    if (!state) return Error::conflict("server_refuses");
    return *state;
}

Result<std::vector<std::int64_t>> ImapBox::unseen() { return parse_search(TRY(ask(in_address(settings_.folder), "UID SEARCH UNSEEN", most_said))); }

Result<std::vector<std::int64_t>> ImapBox::after(std::int64_t uid)
{
    auto all = parse_search(TRY(ask(in_address(settings_.folder), "UID SEARCH UID " + std::to_string(uid + 1) + ":*", most_said)));
    // "n:*" names the last message even when it is older.
    std::erase_if(all, [uid](std::int64_t each) { return each <= uid; });
    return all;
}

Result<std::string> ImapBox::fetch(std::int64_t uid, std::size_t most) { return ask(in_address(settings_.folder) + "/;UID=" + std::to_string(uid), "", most); }

}  // namespace greffier::mail
