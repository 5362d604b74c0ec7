#include <iostream>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "core/crypto.hpp"

int main(int count, char** words)
{
    greffier::init_crypto();
    std::vector<std::string> const arguments(words + (count > 0 ? 1 : 0), words + count);
    return greffier::cli::run(arguments, {std::cin, std::cout, std::cerr}, greffier::app::process_environment());
}
