// Sealing: whole files in pieces (SealStream, OpenStream), small values at once (seal, open_sealed).
#include <stdexcept>

#include <sodium.h>

#include "core/crypto.hpp"

namespace greffier {
namespace {

struct Stream {
    crypto_secretstream_xchacha20poly1305_state state{};
    bool finished = false;
    ~Stream() { wipe(&state, sizeof state); }
};
Stream& stream_of(void* state) { return *static_cast<Stream*>(state); }

std::uint8_t const* checked(Secret<Bytes> const& key)
{
    if (key.reveal().size() != 32) throw std::invalid_argument("a sealing key has 32 bytes");
    return key.reveal().data();
}

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

}  // namespace

static_assert(SealStream::overhead == crypto_secretstream_xchacha20poly1305_ABYTES);
static_assert(OpenStream::header_size == crypto_secretstream_xchacha20poly1305_HEADERBYTES);

SealStream::SealStream(Secret<Bytes> const& key) : state_(nullptr), header_(OpenStream::header_size)
{
    auto const* const bytes = checked(key);
    state_ = new Stream;
    crypto_secretstream_xchacha20poly1305_init_push(&stream_of(state_).state, header_.data(), bytes);
}

SealStream::~SealStream() { delete static_cast<Stream*>(state_); }

Bytes SealStream::header() const { return header_; }

Bytes SealStream::push(ByteView piece, bool last)
{
    auto& stream = stream_of(state_);
    if (stream.finished || piece.size() > piece_size) throw std::logic_error("sealing: a piece too large, or after the last");
    Bytes out(piece.size() + overhead);
    auto const tag = last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    crypto_secretstream_xchacha20poly1305_push(&stream.state, out.data(), nullptr, piece.data(), piece.size(), nullptr, 0,
                                               static_cast<unsigned char>(tag));
    stream.finished = last;
    return out;
}

OpenStream::OpenStream(Secret<Bytes> const& key, ByteView header) : state_(nullptr)
{
    auto const* const bytes = checked(key);
    state_ = new Stream;
    auto& stream = stream_of(state_);
    // A header that cannot be one makes every pull() fail: the caller has a single answer for a damaged file.
    stream.finished = header.size() != header_size
                      || crypto_secretstream_xchacha20poly1305_init_pull(&stream.state, header.data(), bytes) != 0;
}

OpenStream::~OpenStream() { delete static_cast<Stream*>(state_); }

std::optional<OpenStream::Piece> OpenStream::pull(ByteView sealed)
{
    auto& stream = stream_of(state_);
    if (stream.finished || sealed.size() < SealStream::overhead) return std::nullopt;
    Piece piece{Bytes(sealed.size() - SealStream::overhead), false};
    unsigned char tag = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(&stream.state, piece.bytes.data(), nullptr, &tag, sealed.data(), sealed.size(), nullptr, 0) != 0) {
        stream.finished = true;
        return std::nullopt;
    }
    piece.last = stream.finished = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    return piece;
}

Bytes seal(Secret<Bytes> const& key, ByteView plain)
{
    auto const* const bytes = checked(key);
    Bytes out(nonce_size + plain.size() + tag_size);
    randombytes_buf(out.data(), nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + nonce_size, nullptr, plain.data(), plain.size(), nullptr, 0, nullptr,
                                               out.data(), bytes);
    return out;
}

std::optional<Secret<Bytes>> open_sealed(Secret<Bytes> const& key, ByteView sealed)
{
    auto const* const bytes = checked(key);
    if (sealed.size() < nonce_size + tag_size) return std::nullopt;
    Bytes plain(sealed.size() - nonce_size - tag_size);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, sealed.data() + nonce_size, sealed.size() - nonce_size,
                                                   nullptr, 0, sealed.data(), bytes) != 0) {
        return std::nullopt;
    }
    return Secret<Bytes>(std::move(plain));
}

}  // namespace greffier
