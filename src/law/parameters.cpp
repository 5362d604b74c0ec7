#include "law/parameters.hpp"

#include <stdexcept>

namespace greffier::law {

int Parameter::number() const { return std::stoi(value); }

std::span<Parameter const> parameters()
{
    static auto const all = [] {
        auto const table = law_table("parameters.csv");
        std::vector<Parameter> read;
        for (std::size_t i = 0; i < table.size(); ++i)
            read.push_back({table.at(i, "id"), table.at(i, "value"), table.at(i, "unit"), table.at(i, "kind"), {table.date_at(i, "valid_from"), table.date_at(i, "valid_to")},
                            table.at(i, "source"), table.at(i, "verified") == "V"});
        return read;
    }();
    return all;
}

Parameter const& parameter(std::string_view id, Date day)
{
    Parameter const* first = nullptr;
    for (auto const& row : parameters()) {
        if (row.id != id) continue;
        if (row.validity.holds(day)) return row;
        // A day before the law began is judged by its first text: a date of 2017 typed by mistake must not end the program.
        if (!first || row.validity.from < first->validity.from) first = &row;
    }
    if (!first) throw std::invalid_argument("unknown parameter " + std::string{id});
    return *first;
}

}  // namespace greffier::law
