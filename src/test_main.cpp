// The main of every unit-test program: crypto needs one initialisation.
#include <gtest/gtest.h>

#include "core/crypto.hpp"

int main(int argc, char** argv)
{
    greffier::init_crypto();
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
