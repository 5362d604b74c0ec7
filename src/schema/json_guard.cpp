#include "schema/json_guard.hpp"

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace greffier::schema {
namespace {

/// Looks without building anything: the library's own parse callback walks a whole array again for each object in it.
class Guard final : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit Guard(int max_depth) : max_depth_(max_depth) {}

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, string_t const&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override
    {
        members_.emplace_back();
        return ++depth_ <= max_depth_;
    }
    bool key(string_t& name) override { return members_.back().insert(name).second; }
    bool end_object() override
    {
        members_.pop_back();
        --depth_;
        return true;
    }
    bool start_array(std::size_t) override { return ++depth_ <= max_depth_; }
    bool end_array() override
    {
        --depth_;
        return true;
    }
    bool parse_error(std::size_t, std::string const&, nlohmann::detail::exception const&) override { return false; }

private:
    int max_depth_, depth_ = 0;
    std::vector<std::set<std::string>> members_;   ///< of the objects that are open
};

}  // namespace

bool is_readable_json(std::string_view text, int max_depth)
{
    Guard guard(max_depth);
    return nlohmann::json::sax_parse(text, &guard);
}

}  // namespace greffier::schema
