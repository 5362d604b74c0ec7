#pragma once
// Request and Response are values. The server (server.hpp) turns bytes into a Request and a Response into
// bytes; everything between is ordinary code that a unit test can call without a socket.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/crypto.hpp"
#include "core/result.hpp"

namespace greffier::web {

enum class Method { Get, Head, Post, Put, Patch, Delete, Options };
std::string_view name_of(Method method);

/// Name/value pairs in the order they came; names may repeat.
class Pairs {
public:
    void add(std::string name, std::string value) { items_.emplace_back(std::move(name), std::move(value)); }
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;   ///< the first one
    [[nodiscard]] std::string get(std::string_view name, std::string_view otherwise = "") const;
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const { return find(name).has_value(); }
    [[nodiscard]] auto begin() const { return items_.begin(); }
    [[nodiscard]] auto end() const { return items_.end(); }
    [[nodiscard]] std::size_t size() const { return items_.size(); }
    [[nodiscard]] bool empty() const { return items_.empty(); }

private:
    std::vector<std::pair<std::string, std::string>> items_;
};

/// A file of a multipart form or a large body, on disk under the data directory's tmp/, removed with the Request.
struct UploadedFile {
    std::string field;
    std::string name;          ///< as the browser said, base name only
    std::string type;          ///< as the browser said; never trusted
    std::uint64_t size = 0;
    std::filesystem::path path;
};

struct Request {
    Method method = Method::Get;
    std::string target;        ///< path and query as received
    std::string path;          ///< decoded, normalised, starts with '/'
    Pairs query;               ///< decoded
    std::map<std::string, std::string, std::less<>> headers;   ///< names in lower case; repeated ones joined by ", "
    Pairs cookies;
    std::string body;          ///< when neither a form nor an upload
    Pairs form;                ///< urlencoded or multipart text fields
    std::vector<UploadedFile> files;
    std::string remote_address;
    std::string id;            ///< request id, in the log and in error pages
    bool secure = false;       ///< https, or a trusted proxy says so
    std::map<std::string, std::string, std::less<>> params;    ///< of the route: {organisation}, {id} …
    std::string route;         ///< the pattern that matched, set by whoever matches; all the access log says of the address

    [[nodiscard]] std::string_view header(std::string_view lower_case_name) const;   ///< "" when absent
    [[nodiscard]] std::string const& param(std::string_view name) const;   ///< throws for a name the route has not
    [[nodiscard]] bool wants_json() const;      ///< API address or Accept: application/json
    [[nodiscard]] bool is_htmx() const { return header("hx-request") == "true"; }
};

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    /// A file to stream instead of `body`, or a producer called until it returns an empty piece (by a worker,
    /// not always the same one, never two at once; if it throws, the connection is cut).
    std::optional<std::filesystem::path> file;
    std::function<std::string()> stream;

    /// Replaces the header of that name; Set-Cookie is added. Throws std::invalid_argument on a line break or NUL.
    Response& header(std::string name, std::string value);
    [[nodiscard]] std::string_view find_header(std::string_view name) const;   ///< any case; "" when absent
    static Response html(std::string body, int status = 200);
    static Response json(std::string body, int status = 200);
    static Response text(std::string body, int status = 200);
    static Response redirect(std::string location);          ///< 303 See Other; see local_address() for a "next" of the user's
    static Response no_content() { return {204, {}, {}, {}, {}}; }
    /// A download: attachment, nosniff, CSP sandbox.
    static Response download(std::string file_name, std::string type, std::string body);
    static Response download_file(std::string file_name, std::string type, std::filesystem::path file);
};

/// `address` when it leads to this site (starts with one '/', no scheme, no other host), else `otherwise`.
std::string local_address(std::string_view address, std::string_view otherwise = "/");

}  // namespace greffier::web
