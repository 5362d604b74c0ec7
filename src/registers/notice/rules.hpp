#pragma once
// What the linter says of a notice from its own fields (INF). Those that read processings stand in compliance/notice_rules.

#include <span>

#include "records/rule.hpp"
#include "registers/notice/notice.hpp"

namespace greffier::notice {

std::span<records::Rule<Notice> const> notice_rules();

}  // namespace greffier::notice
