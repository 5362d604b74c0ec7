#pragma once
// A part of a file on its way: what is written is counted and hashed, and never held.

#include <filesystem>
#include <string>
#include <string_view>

#include "archive/format.hpp"
#include "documents/scratch_file.hpp"

namespace greffier::archive {

/// Not thread-safe.
class PartWriter {
public:
    PartWriter(std::string name, std::filesystem::path const& scratch) : file_(scratch) { part_.name = std::move(name); }

    void write(std::string_view text)
    {
        held_ += text;
        if (held_.size() >= 1U << 18) flush();
    }
    void line(std::string const& text)
    {
        write(text);
        write("\n");
    }
    /// Once, before part() is read.
    Part const& finish()
    {
        flush();
        part_.sha256 = hash_.finish();
        return part_;
    }
    [[nodiscard]] Part const& part() const { return part_; }
    [[nodiscard]] std::string path() const { return file_.path(); }

private:
    void flush()
    {
        file_.write(held_);
        hash_.update(as_bytes(held_));
        part_.size += held_.size();
        held_.clear();
    }

    documents::ScratchFile file_;
    Sha256 hash_;
    Part part_;
    std::string held_;
};

}  // namespace greffier::archive
