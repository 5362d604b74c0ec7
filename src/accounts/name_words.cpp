#include "accounts/name_words.hpp"

#include <mutex>
#include <unordered_map>

#include "core/text.hpp"
#include "core/word_match.hpp"

namespace greffier::accounts {

namespace {

constexpr std::size_t most_names = 50'000;   // some 10 MB; beyond, all is forgotten and learnt again

class Remembered {
public:
    bool holds_all(std::string const& name, std::vector<std::string> const& wanted)
    {
        std::lock_guard const lock(mutex_);
        auto place = folded_.find(name);
        if (place == folded_.end()) {
            if (folded_.size() == most_names) folded_.clear();
            place = folded_.emplace(name, " " + join(words(name), " ")).first;
        }
        return begin_words(place->second, wanted);
    }

private:
    std::mutex mutex_;
    std::unordered_map<std::string, std::string> folded_;
};

}  // namespace

bool name_holds_all(std::string_view name, std::string_view slug, std::vector<std::string> const& wanted)
{
    static Remembered remembered;
    if (wanted.empty()) return true;
    std::string both;
    both.reserve(name.size() + slug.size() + 1);
    both.append(name).append(" ").append(slug);
    return remembered.holds_all(both, wanted);
}

}  // namespace greffier::accounts
