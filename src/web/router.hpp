#pragma once
// Routes are rows: method, path, permission, handler. A route cannot be declared without a permission, and
// the guard (given once, by app/) turns a Request into an Actor and checks permission and CSRF before any
// handler runs. Any Error becomes a page or problem+json in one place; any exception an opaque 500 with its id.
//
//   {Method::Get, "/o/{organisation}/{register}/{id}", Permission::ReadRecords, &show_record},
//
// Path parameters are one segment each; {rest...} takes the remainder. Literal segments win over parameters.

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/message.hpp"

namespace greffier::web {

/// What a route asks of the one who calls it. Meaning per role: accounts/actor.cpp.
enum class Permission {
    Public,              ///< anyone, signed in or not
    SignedIn,            ///< any person with a session
    ReadRecords,         WriteRecords, DecideRecords,   // in the organisation of the path
    ImportRecords,       ExportRecords,
    ShapeRecords,        ///< what records are made of: terms and fields of the organisation
    RestrictRecords,     ///< who sees one record: restricted or not, people named on it
    ReadJournal,         ///< who came in, what left
    AdministerOrganisation,
    AdministerInstallation,
    Token,               ///< API: a bearer token (its role decides further, by ApiRead/ApiWrite)
    ApiRead,             ApiWrite, ApiDecide, ApiShape, ApiRestrict, ApiAdminister,
    Loopback,            ///< only from this machine
    Monitor,             ///< from this machine, or with the installation's metrics token
    ExportOrganisation,  ///< all of it in one file: records, past, people, journal's proof
};
std::string_view name_of(Permission permission);

template <class Context>
using Handler = std::function<Result<Response>(Context&, Request const&)>;

/// Context is the application's per-request context (actor, locale, stores); the router never looks into it.
template <class Context>
struct Route {
    Method method;
    std::string path;
    Permission permission;
    Handler<Context> handler;
    std::string name = {};      ///< for the reference and the report of uncalled routes; defaults to "METHOD path"
};

/// Finds the row for a method and a path, and the path parameters. Immutable once built; thread-safe.
class Matcher {
public:
    /// `patterns[i]` is (method, path); throws std::logic_error when two match the same addresses or one is badly written.
    explicit Matcher(std::vector<std::pair<Method, std::string>> patterns);
    struct Match { int index = -1; std::map<std::string, std::string, std::less<>> params; };
    /// `path` is Request::path: decoded, so a pattern's literals are written as people read them. HEAD falls back to GET.
    /// index -1: no such path. index -2: the path exists with other methods (405), listed in `allowed` as for Allow.
    /// A path with NUL, "." or ".." matches nothing; encoded slashes never come here (target.hpp refuses them).
    [[nodiscard]] Match find(Method method, std::string_view path, std::string* allowed = nullptr) const;

private:
    struct Pattern { Method method; std::vector<std::string> segments; };
    [[nodiscard]] Match bind(int index, std::vector<std::string_view> const& path) const;
    std::vector<Pattern> patterns_;
};

}  // namespace greffier::web
