#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "ledger/ledger.hpp"

namespace greffier::ledger {
namespace {

Hash leaf(std::uint64_t number) { return leaf_hash(std::to_string(number)); }

std::vector<Hash> leaves(std::uint64_t count)
{
    std::vector<Hash> made;
    for (std::uint64_t i = 0; i < count; ++i) made.push_back(leaf(i));
    return made;
}

// The vectors Certificate Transparency logs have been tested with since RFC 6962.
TEST(Tree, has_the_roots_of_the_known_vectors)
{
    char const* const inputs[] = {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
    char const* const roots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                 "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                 "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                 "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                 "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                 "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                 "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                 "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    EXPECT_EQ(to_hex(empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(merkle_root({}), empty_root());
    std::vector<Hash> all;
    Frontier frontier;
    for (int i = 0; i < 8; ++i) {
        auto const bytes = *from_hex(inputs[i]);
        all.push_back(leaf_hash(as_text(bytes)));
        frontier.append(all.back());
        EXPECT_EQ(to_hex(merkle_root(all)), roots[i]);
        EXPECT_EQ(to_hex(frontier.root()), roots[i]);
    }
}

TEST(Frontier, root_equals_the_slow_tree_for_every_size)
{
    Frontier frontier;
    std::vector<Hash> all;
    EXPECT_EQ(frontier.root(), merkle_root(all));
    for (std::uint64_t size = 1; size <= 300; ++size) {
        all.push_back(leaf(size - 1));
        frontier.append(all.back());
        ASSERT_EQ(frontier.size, size);
        ASSERT_EQ(frontier.root(), merkle_root(all)) << size;
    }
}

TEST(Frontier, root_equals_the_slow_tree_for_large_sizes)
{
    std::minstd_rand random{7};
    for (int round = 0; round < 5; ++round) {
        auto const all = leaves(std::uniform_int_distribution<std::uint64_t>{1'000, 20'000}(random));
        Frontier frontier;
        for (auto const& hash : all) frontier.append(hash);
        EXPECT_EQ(frontier.root(), merkle_root(all)) << all.size();
    }
}

TEST(Frontier, tells_each_subtree_that_became_complete)
{
    auto const all = leaves(600);
    Frontier frontier;
    std::vector<int> count(12);
    for (auto const& hash : all)
        for (auto const& node : frontier.append(hash)) {
            auto const width = std::uint64_t{1} << node.level;
            auto const first = all.begin() + static_cast<std::ptrdiff_t>(node.position * width);
            EXPECT_EQ(node.hash, merkle_root({first, first + static_cast<std::ptrdiff_t>(width)}));
            EXPECT_EQ(frontier.size, (node.position + 1) * width);
            ++count[static_cast<std::size_t>(node.level)];
        }
    EXPECT_EQ(count[0], 0);
    EXPECT_EQ(count[1], 300);
    EXPECT_EQ(count[8], 2);
    EXPECT_EQ(count[9], 1);
    EXPECT_EQ(count[10], 0);
}

TEST(Frontier, comes_back_from_its_bytes)
{
    Frontier frontier;
    for (std::uint64_t i = 0; i < 100; ++i) {
        auto const packed = frontier.pack();
        auto const back = Frontier::unpack(packed);
        ASSERT_TRUE(back);
        EXPECT_EQ(back->size, frontier.size);
        EXPECT_EQ(back->hashes, frontier.hashes);
        frontier.append(leaf(i));
    }
    EXPECT_EQ(frontier.pack().size(), 8u + 3 * 32);   // 100 = 64 + 32 + 4
}

TEST(Frontier, bytes_of_another_length_are_refused)
{
    Frontier frontier;
    for (std::uint64_t i = 0; i < 5; ++i) frontier.append(leaf(i));
    auto packed = frontier.pack();
    packed.push_back(0);
    EXPECT_FALSE(Frontier::unpack(packed));
    EXPECT_FALSE(Frontier::unpack(ByteView{packed}.first(packed.size() - 33)));
    EXPECT_FALSE(Frontier::unpack({}));
    packed = frontier.pack();
    packed[7] = 7;   // three subtrees, and hashes for two
    EXPECT_FALSE(Frontier::unpack(packed));
}

}  // namespace
}  // namespace greffier::ledger
