// The only file but mail/smtp.cpp that knows libcurl. A connection of its own for each call: they are few.
#include <curl/curl.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <stdexcept>

#include "core/text.hpp"
#include "net/http.hpp"

namespace greffier::net {

namespace {

struct Call {
    OutboundRules const& rules;
    bool anywhere = false;            ///< the origin is listed: wherever it is
    bool forbidden = false;           ///< an address was met that may not be connected to
    bool too_large = false;
    std::string body;
};

std::optional<Address> address_of(curl_sockaddr const& given)
{
    Address address{};
    if (given.family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &given.addr, sizeof v6);
        std::memcpy(address.data(), &v6.sin6_addr, address.size());
        return address;
    }
    if (given.family != AF_INET) return std::nullopt;
    sockaddr_in v4{};
    std::memcpy(&v4, &given.addr, sizeof v4);
    address[10] = address[11] = 0xff;
    std::memcpy(address.data() + 12, &v4.sin_addr, 4);
    return address;
}

/// libcurl resolved the name, once, and is about to connect to this address: what is judged is what is connected to.
curl_socket_t open_socket(void* given, curlsocktype, curl_sockaddr* where)
{
    auto& call = *static_cast<Call*>(given);
    auto const address = address_of(*where);
    bool const may = address && (call.anywhere || is_public(*address) || std::ranges::any_of(call.rules.ranges, [&](auto const& range) { return range.contains(*address); }));
    if (!may) {
        call.forbidden = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(where->family, where->socktype | SOCK_CLOEXEC, where->protocol);
}

std::size_t take(char* data, std::size_t size, std::size_t count, void* given)
{
    auto& call = *static_cast<Call*>(given);
    auto const length = size * count;
    if (call.body.size() + length > call.rules.most_bytes) {
        call.too_large = true;
        return 0;
    }
    call.body.append(data, length);
    return length;
}

struct Handle {
    CURL* curl = ::curl_easy_init();
    curl_slist* headers = nullptr;
    Handle() = default;
    Handle(Handle const&) = delete;
    Handle& operator=(Handle const&) = delete;
    ~Handle()
    {
        ::curl_slist_free_all(headers);
        ::curl_easy_cleanup(curl);
    }
    template <class T>
    void set(CURLoption option, T value)
    {
        if (::curl_easy_setopt(curl, option, value) != CURLE_OK) throw std::runtime_error("libcurl refused an option");
    }
};

Error problem(CURLcode code, Call const& call, std::string const& host)
{
    auto const named = [&](char const* which) { return Error::conflict(which, {{"host", host}}); };
    if (call.too_large) return named("outbound_too_large");
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return named("outbound_unknown");
    case CURLE_COULDNT_CONNECT: return named(call.forbidden ? "outbound_private" : "outbound_unreachable");
    case CURLE_OPERATION_TIMEDOUT: return named("outbound_silent");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR: return named("outbound_tls");
    case CURLE_FILESIZE_EXCEEDED: return named("outbound_too_large");
    default: return named("outbound_lost");
    }
}

class Curl final : public Outbound {
public:
    explicit Curl(OutboundRules rules) : rules_(std::move(rules))
    {
        static std::once_flag once;
        std::call_once(once, [] {
            if (::curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl did not start");
        });
    }

    [[nodiscard]] OutboundRules const& rules() const override { return rules_; }

    Result<HttpAnswer> send(HttpCall const& wanted) override
    {
        auto const url = parse_url(wanted.url);
        if (!url) return Error::conflict("outbound_address", {{"host", shorten(wanted.url, 80)}});
        if (!rules_.may_speak(*url)) return Error::conflict("outbound_plain", {{"host", url->host}});
        Call call{rules_, rules_.is_listed(url->origin()), false, false, {}};
        Handle handle;
        if (!handle.curl) throw std::runtime_error("libcurl gave no handle");
        auto const address = url->text();
        handle.set(CURLOPT_URL, address.c_str());
        handle.set(CURLOPT_PROTOCOLS_STR, url->secure ? "https" : "http");
        handle.set(CURLOPT_PROXY, "");
        handle.set(CURLOPT_NOSIGNAL, 1L);
        handle.set(CURLOPT_FOLLOWLOCATION, 0L);
        handle.set(CURLOPT_FORBID_REUSE, 1L);
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(rules_.connect_time.count()));
        handle.set(CURLOPT_TIMEOUT_MS, static_cast<long>(rules_.whole_time.count()));
        handle.set(CURLOPT_MAXFILESIZE, static_cast<long>(rules_.most_bytes));
        handle.set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
        handle.set(CURLOPT_OPENSOCKETDATA, &call);
        handle.set(CURLOPT_WRITEFUNCTION, &take);
        handle.set(CURLOPT_WRITEDATA, &call);
        handle.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        handle.set(CURLOPT_SSL_VERIFYPEER, 1L);
        handle.set(CURLOPT_SSL_VERIFYHOST, 2L);
        if (!rules_.authority.empty()) handle.set(CURLOPT_CAINFO, rules_.authority.c_str());   // the system's directory of certificates stays
        handle.headers = ::curl_slist_append(handle.headers, "User-Agent: Greffier/" GREFFIER_VERSION);
        for (auto const& [name, value] : wanted.headers) handle.headers = ::curl_slist_append(handle.headers, (name + ": " + value).c_str());
        handle.set(CURLOPT_HTTPHEADER, handle.headers);
        if (!wanted.form.empty()) {
            handle.set(CURLOPT_POSTFIELDSIZE, static_cast<long>(wanted.form.size()));
            handle.set(CURLOPT_POSTFIELDS, wanted.form.c_str());
        }
        auto const code = ::curl_easy_perform(handle.curl);
        if (code != CURLE_OK) return problem(code, call, url->host);
        long status = 0;
        char const* type = nullptr;
        ::curl_easy_getinfo(handle.curl, CURLINFO_RESPONSE_CODE, &status);
        ::curl_easy_getinfo(handle.curl, CURLINFO_CONTENT_TYPE, &type);
        if (status >= 300 && status < 400) return Error::conflict("outbound_redirect", {{"host", url->host}});
        auto kind = to_lower_ascii(type ? type : "");
        return HttpAnswer{static_cast<int>(status), std::string{trim(kind.substr(0, kind.find(';')))}, std::move(call.body)};
    }

private:
    OutboundRules rules_;
};

}  // namespace

std::unique_ptr<Outbound> make_outbound(OutboundRules rules) { return std::make_unique<Curl>(std::move(rules)); }

}  // namespace greffier::net
