#include "web/router.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "core/text.hpp"

namespace greffier::web {

std::string_view name_of(Permission permission)
{
    switch (permission) {
    case Permission::Public: return "public";
    case Permission::SignedIn: return "signed_in";
    case Permission::ReadRecords: return "read_records";
    case Permission::WriteRecords: return "write_records";
    case Permission::DecideRecords: return "decide_records";
    case Permission::ImportRecords: return "import_records";
    case Permission::ExportRecords: return "export_records";
    case Permission::ShapeRecords: return "shape_records";
    case Permission::RestrictRecords: return "restrict_records";
    case Permission::ReadJournal: return "read_journal";
    case Permission::AdministerOrganisation: return "administer_organisation";
    case Permission::AdministerInstallation: return "administer_installation";
    case Permission::Token: return "token";
    case Permission::ApiRead: return "api_read";
    case Permission::ApiWrite: return "api_write";
    case Permission::ApiDecide: return "api_decide";
    case Permission::ApiShape: return "api_shape";
    case Permission::ApiRestrict: return "api_restrict";
    case Permission::ApiAdminister: return "api_administer";
    case Permission::Loopback: return "loopback";
    case Permission::Monitor: return "monitor";
    case Permission::ExportOrganisation: return "export_organisation";
    }
    return "?";
}

namespace {

enum class Segment { Literal, Parameter, Rest };

Segment kind_of(std::string_view segment)
{
    if (!segment.starts_with('{')) return Segment::Literal;
    return segment.ends_with("...}") ? Segment::Rest : Segment::Parameter;
}

std::string_view parameter_name(std::string_view segment)
{
    std::size_t tail = kind_of(segment) == Segment::Rest ? 4 : 1;
    return segment.substr(1, segment.size() - 1 - tail);
}

std::vector<std::string> segments_of(std::string_view path)
{
    if (!path.starts_with('/')) throw std::logic_error("a route starts with '/': " + std::string(path));
    return split(path.substr(1), '/');
}

void check(std::vector<std::string> const& segments, std::string const& path)
{
    for (std::size_t i = 0; i < segments.size(); ++i) {
        auto const& segment = segments[i];
        bool braces = segment.find_first_of("{}") != segment.npos;
        bool whole = segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
        if (braces && !whole) throw std::logic_error("a parameter is a whole segment: " + path);
        if (kind_of(segment) == Segment::Rest && i + 1 != segments.size()) throw std::logic_error("{rest...} comes last: " + path);
    }
}

/// Two patterns of one shape match the same addresses, whatever their parameters are called.
std::string shape_of(std::vector<std::string> const& segments)
{
    std::string shape;
    for (auto const& segment : segments) {
        auto kind = kind_of(segment);
        shape += kind == Segment::Literal ? "/" + segment : kind == Segment::Parameter ? "/{}" : "/{...}";
    }
    return shape;
}

bool fits(std::vector<std::string> const& pattern, std::vector<std::string_view> const& path)
{
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (i >= path.size()) return false;
        switch (kind_of(pattern[i])) {
        case Segment::Literal:
            if (pattern[i] != path[i]) return false;
            break;
        case Segment::Parameter:
            if (path[i].empty()) return false;
            break;
        case Segment::Rest: return true;
        }
    }
    return pattern.size() == path.size();
}

/// Of two patterns that fit one path: the first where they differ decides, literal before parameter before rest.
bool more_literal(std::vector<std::string> const& a, std::vector<std::string> const& b)
{
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        if (kind_of(a[i]) != kind_of(b[i])) return kind_of(a[i]) < kind_of(b[i]);
    return a.size() > b.size();
}

/// Empty when the path may not be matched at all.
std::vector<std::string_view> split_path(std::string_view path)
{
    if (!path.starts_with('/') || path.find('\0') != path.npos) return {};
    std::vector<std::string_view> segments;
    path.remove_prefix(1);
    while (true) {
        auto end = path.find('/');
        auto segment = path.substr(0, end);
        if (segment == "." || segment == "..") return {};
        segments.push_back(segment);
        if (end == path.npos) return segments;
        path.remove_prefix(end + 1);
    }
}

}  // namespace

Matcher::Matcher(std::vector<std::pair<Method, std::string>> patterns)
{
    std::set<std::pair<Method, std::string>> seen;
    for (auto& [method, path] : patterns) {
        auto segments = segments_of(path);
        check(segments, path);
        if (!seen.emplace(method, shape_of(segments)).second)
            throw std::logic_error("two routes for " + std::string(name_of(method)) + " " + path);
        patterns_.push_back({method, std::move(segments)});
    }
}

Matcher::Match Matcher::find(Method method, std::string_view path, std::string* allowed) const
{
    auto segments = split_path(path);
    int best = -1, best_for_head = -1;
    std::set<Method> others;
    for (int i = 0; i < static_cast<int>(patterns_.size()); ++i) {
        auto const& pattern = patterns_[static_cast<std::size_t>(i)];
        if (!fits(pattern.segments, segments)) continue;
        auto better = [&](int than) { return than < 0 || more_literal(pattern.segments, patterns_[static_cast<std::size_t>(than)].segments); };
        if (pattern.method == method && better(best)) best = i;
        if (method == Method::Head && pattern.method == Method::Get && better(best_for_head)) best_for_head = i;
        others.insert(pattern.method);
    }
    if (best < 0) best = best_for_head;
    if (best >= 0) return bind(best, segments);
    if (others.empty()) return {};
    if (others.contains(Method::Get)) others.insert(Method::Head);
    if (allowed) {
        allowed->clear();
        for (auto other : others) *allowed += (allowed->empty() ? "" : ", ") + std::string(name_of(other));
    }
    return {-2, {}};
}

Matcher::Match Matcher::bind(int index, std::vector<std::string_view> const& path) const
{
    Match match{index, {}};
    auto const& pattern = patterns_[static_cast<std::size_t>(index)].segments;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        auto kind = kind_of(pattern[i]);
        if (kind == Segment::Literal) continue;
        std::string value(path[i]);
        for (std::size_t j = i + 1; kind == Segment::Rest && j < path.size(); ++j) value.append("/").append(path[j]);
        match.params.emplace(parameter_name(pattern[i]), std::move(value));
    }
    return match;
}

}  // namespace greffier::web
