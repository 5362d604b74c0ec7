#pragma once
// Whom one calls or writes to outside (law/authorities.csv): dated rows with their source, for the contact book.

#include <span>
#include <string>
#include <vector>

#include "law/csv_table.hpp"

namespace greffier::law {

struct Authority {
    std::string id;          ///< "cnil"; words: locale keys authority.<id>, .for
    std::string name, address, phone, email;
    std::string website, report_at;   ///< report_at: where one tells what happened
    Validity validity;
    std::string source;
    bool verified = false;
};

/// Those in force on `day`, in the order of the table. Thread-safe.
std::vector<Authority const*> authorities(Date day);

}  // namespace greffier::law
