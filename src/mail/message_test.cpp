#include "mail/message.hpp"

#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "mail/letter.hpp"
#include "mail/reader.hpp"
#include "mail/transport.hpp"

namespace greffier::mail {
namespace {

using testing::HasSubstr;
using testing::Not;

Message plain()
{
    Message message;
    message.from = {"Greffier", "greffier@ville.example"};
    message.to = {"Claire Delmas", "claire@ville.example"};
    message.subject = "Bonjour";
    message.text = "Un texte.\n";
    message.id = "0192-a";
    message.written = *parse_timestamp("2026-03-02T09:05:07Z");
    return message;
}

/// The headers by their names; a folded one is joined.
std::map<std::string, std::vector<std::string>> headers_of(std::string const& mime)
{
    std::map<std::string, std::vector<std::string>> found;
    std::string last;
    for (auto const& line : split(mime.substr(0, mime.find("\r\n\r\n")), '\n')) {
        auto const text = std::string(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
        if (text.starts_with(' ')) {
            found[last].back() += text;
            continue;
        }
        last = text.substr(0, text.find(": "));
        found[last].push_back(text.substr(text.find(": ") + 2));
    }
    return found;
}

std::string body_of(std::string const& mime) { return mime.substr(mime.find("\r\n\r\n") + 4); }

void is_well_formed(std::string const& mime)
{
    for (std::size_t at = 0; at < mime.size(); ++at) {
        ASSERT_NE(mime[at], '\0');
        if (mime[at] == '\n') {
            ASSERT_TRUE(at > 0 && mime[at - 1] == '\r') << "a bare line feed at " << at;
        }
        if (mime[at] == '\r') {
            ASSERT_TRUE(at + 1 < mime.size() && mime[at + 1] == '\n') << "a bare carriage return at " << at;
        }
        ASSERT_LT(static_cast<unsigned char>(mime[at]), 0x80) << "an eight-bit letter at " << at;
    }
    for (auto const& line : split(mime, '\n')) ASSERT_LE(line.size(), 200U) << line;
}

TEST(Message, says_who_whom_when_and_that_no_machine_should_answer)
{
    auto const mime = to_mime(plain());
    is_well_formed(mime);
    auto headers = headers_of(mime);
    EXPECT_EQ(headers["From"], std::vector<std::string>{"\"Greffier\" <greffier@ville.example>"});
    EXPECT_EQ(headers["To"], std::vector<std::string>{"\"Claire Delmas\" <claire@ville.example>"});
    EXPECT_EQ(headers["Date"], std::vector<std::string>{"Mon, 02 Mar 2026 09:05:07 +0000"});
    EXPECT_EQ(headers["Message-ID"], std::vector<std::string>{"<0192-a@ville.example>"});
    EXPECT_EQ(headers["Auto-Submitted"], std::vector<std::string>{"auto-generated"});
    EXPECT_EQ(headers["Content-Language"], std::vector<std::string>{"fr"});
    EXPECT_FALSE(headers.contains("List-Unsubscribe"));
    EXPECT_EQ(body_of(mime), "Un texte.\r\n\r\n");
}

TEST(Message, nothing_in_a_field_makes_a_header_or_ends_them)
{
    for (std::string const hostile : {"x\r\nBcc: evil@x.example", "x\nBcc: evil@x.example", "x\rBcc: evil@x.example", "x\r\n\r\nBcc: evil", "x\u0085Bcc: e", "x\u2028Bcc: e",
                                      "x\x01\x02y", "=?UTF-8?Q?a=0D=0ABcc:_e?=", "\xff\xfe\x80", "a\"b\\c <evil@x.example>, d@e.fr"}) {
        auto message = plain();
        message.subject = hostile;
        message.from.name = hostile;
        message.to.name = hostile;
        message.unsubscribe = "https://x.example/" + hostile;
        auto const mime = to_mime(message);
        is_well_formed(mime);
        auto headers = headers_of(mime);
        EXPECT_FALSE(headers.contains("Bcc")) << mime;
        EXPECT_EQ(headers["From"].size(), 1U);
        EXPECT_EQ(headers["To"].size(), 1U);
        EXPECT_EQ(headers["Subject"].size(), 1U);
        EXPECT_THAT(headers["To"][0], testing::EndsWith(" <claire@ville.example>"));
        EXPECT_EQ(body_of(mime), "Un texte.\r\n\r\n");
    }
}

TEST(Message, an_address_or_an_id_that_is_none_is_refused)
{
    for (std::string const bad : {"", "x", "a@b.fr\r\nBcc: c@d.fr", "a b@c.fr", "<a@b.fr>", "a@b.fr, c@d.fr"}) {
        auto message = plain();
        message.to.address = bad;
        EXPECT_THROW((void)to_mime(message), std::invalid_argument) << bad;
        message = plain();
        message.from.address = bad;
        EXPECT_THROW((void)to_mime(message), std::invalid_argument) << bad;
    }
    auto message = plain();
    message.id = "a>\r\nX: y";
    EXPECT_THROW((void)to_mime(message), std::invalid_argument);
}

TEST(Message, long_and_accented_words_are_encoded_without_cutting_a_letter)
{
    auto message = plain();
    std::string subject;
    for (int i = 0; i < 40; ++i) subject += "é€𝄞 ";
    message.subject = subject;
    auto const mime = to_mime(message);
    is_well_formed(mime);
    std::string decoded;
    auto const folded = headers_of(mime)["Subject"][0];
    for (auto const& word : split(folded, ' ')) {
        ASSERT_TRUE(word.starts_with("=?UTF-8?B?") && word.ends_with("?=")) << word;
        ASSERT_LE(word.size(), 75U);
        auto const piece = from_base64(word.substr(10, word.size() - 12));
        ASSERT_TRUE(piece && is_utf8(as_text(*piece))) << word;
        decoded += as_text(*piece);
    }
    EXPECT_EQ(decoded, std::string(trim(subject)));
}

TEST(Message, no_break_spaces_stay_in_a_line_so_that_an_hour_is_not_torn)
{
    EXPECT_EQ(one_line("5 mai 2026 à 14\u00a0h\u00a030"), "5 mai 2026 à 14\u00a0h\u00a030");
    EXPECT_EQ(one_line("«\u202fSéance\u202f»\u00a0:  1\u202f234"), "«\u202fSéance\u202f»\u00a0: 1\u202f234");
    EXPECT_EQ(one_line("\u00a0a\u00a0\u00a0b \u00a0c\u00a0\n d\u00a0"), "a b c d") << "of several, one plain space";
}

TEST(Message, marks_of_direction_do_not_turn_an_address_around)
{
    EXPECT_EQ(one_line("a\u202egpj.exe\u2066b"), "agpj.exeb");
    EXPECT_EQ(one_line(" a \r\n\t b "), "a b");
}

TEST(Message, text_keeps_its_lines_and_its_blanks_at_their_end)
{
    auto message = plain();
    message.text = "a=b \nune très longue ligne " + std::string(200, 'x') + "\r\nfin\rde\n.\n";
    auto const mime = to_mime(message);
    is_well_formed(mime);
    auto const body = body_of(mime);
    EXPECT_THAT(body, HasSubstr("a=3Db=20\r\n"));
    EXPECT_THAT(body, HasSubstr("tr=C3=A8s"));
    EXPECT_THAT(body, HasSubstr("x=\r\nx"));
    EXPECT_THAT(body, HasSubstr("fin\r\nde\r\n.\r\n"));
    for (auto const& line : split(body, '\n')) EXPECT_LE(line.size(), 77U);
}

TEST(Message, what_is_mostly_not_ascii_travels_in_base64)
{
    auto message = plain();
    message.text = "Ελληνικά και κυριλλικά: кириллица\n";
    auto const mime = to_mime(message);
    is_well_formed(mime);
    EXPECT_THAT(mime, HasSubstr("Content-Transfer-Encoding: base64"));
    std::string packed = body_of(mime);
    std::erase_if(packed, [](char c) { return c == '\r' || c == '\n'; });
    EXPECT_EQ(as_text(*from_base64(packed)), "Ελληνικά και κυριλλικά: кириллица\r\n");
}

TEST(Message, two_forms_are_alternatives_and_text_comes_first)
{
    auto message = plain();
    message.html = "<p>Un texte.</p>";
    auto const mime = to_mime(message);
    is_well_formed(mime);
    EXPECT_THAT(headers_of(mime)["Content-Type"][0], HasSubstr("multipart/alternative; boundary=\"=_"));
    EXPECT_LT(mime.find("text/plain"), mime.find("text/html"));
}

TEST(Message, what_programs_read_is_one_more_way_to_tell_it_and_comes_last)
{
    auto message = plain();
    message.html = "<p>Un texte.</p>";
    message.parts = {{"text/calendar; charset=utf-8; method=REQUEST", "BEGIN:VCALENDAR\r\nSUMMARY:Réflexes\r\nEND:VCALENDAR\r\n"}};
    auto const mime = to_mime(message);
    is_well_formed(mime);
    EXPECT_THAT(headers_of(mime)["Content-Type"][0], HasSubstr("multipart/alternative"));
    EXPECT_LT(mime.find("text/html"), mime.find("Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n"));
    EXPECT_THAT(mime, HasSubstr("BEGIN:VCALENDAR\r\nSUMMARY:R=C3=A9flexes\r\nEND:VCALENDAR\r\n\r\n--=_")) << "its lines end as a calendar's do, once";
}

TEST(Message, a_file_comes_out_byte_for_byte_under_its_name)
{
    auto message = plain();
    message.html = "<p>Un texte.</p>";
    std::string every;
    for (int i = 0; i < 512; ++i) every += static_cast<char>(i % 256);
    message.parts = {{"application/octet-stream", every, "séance \"du\" 4/5\r\nX: y.bin"}, {"application/ics", "", "vide.ics"}};
    auto const mime = to_mime(message);
    is_well_formed(mime);
    EXPECT_THAT(headers_of(mime)["Content-Type"][0], HasSubstr("multipart/mixed"));
    EXPECT_LT(mime.find("multipart/alternative"), mime.find("application/octet-stream"));
    auto const read = read_message(mime);
    ASSERT_TRUE(read.ok());
    EXPECT_THAT(read->text, HasSubstr("Un texte."));
    ASSERT_GE(read->files.size(), 1U);
    EXPECT_EQ(read->files[0].content, every);
    EXPECT_THAT(read->files[0].name, HasSubstr("séance"));
    EXPECT_THAT(mime, Not(HasSubstr("\r\nX: y")));
}

TEST(Message, a_type_that_could_not_stand_in_a_header_is_refused)
{
    for (std::string const& bad : {std::string{}, std::string{"calendar"}, std::string{"text/calendar\r\nBcc: e@x.example"}, std::string{"text/é"}, "text/" + std::string(300, 'x')}) {
        auto message = plain();
        message.parts = {{bad, "x", "x.ics"}};
        EXPECT_THROW((void)to_mime(message), std::invalid_argument) << bad;
    }
}

TEST(Message, an_answer_goes_to_whom_it_is_for)
{
    auto message = plain();
    EXPECT_FALSE(headers_of(to_mime(message)).contains("Reply-To"));
    message.reply_to = {"Nadia\r\nBcc: e@x.example", "nadia@ville.example"};
    auto headers = headers_of(to_mime(message));
    EXPECT_THAT(headers["Reply-To"][0], testing::EndsWith(" <nadia@ville.example>"));
    EXPECT_FALSE(headers.contains("Bcc"));
    message.reply_to.address = "nobody";
    EXPECT_THROW((void)to_mime(message), std::invalid_argument);
}

TEST(Message, one_click_is_offered_over_https_only)
{
    auto message = plain();
    message.unsubscribe = "https://rgpd.example/mail/stop/0a";
    EXPECT_THAT(to_mime(message), HasSubstr("List-Unsubscribe: <https://rgpd.example/mail/stop/0a>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    message.unsubscribe = "http://127.0.0.1:8080/mail/stop/0a";
    EXPECT_THAT(to_mime(message), HasSubstr("List-Unsubscribe: <http://127.0.0.1:8080/mail/stop/0a>\r\n"));
    EXPECT_THAT(to_mime(message), Not(HasSubstr("List-Unsubscribe-Post")));
}

TEST(Message, a_sender_is_an_address_with_or_without_a_name)
{
    EXPECT_EQ(parse_mailbox("Greffier de Vire <greffier@vire.fr>")->name, "Greffier de Vire");
    EXPECT_EQ(parse_mailbox("\"Ville, Vire\" <a@vire.fr>")->name, "Ville, Vire");
    EXPECT_EQ(parse_mailbox(" a@vire.fr ")->address, "a@vire.fr");
    for (auto const* bad : {"", "Vire", "a@vire", "a@vire.fr, b@vire.fr", "<a@vire.fr", "A <B> <a@vire.fr>", "A\r\nX: y <a@vire.fr>"}) EXPECT_FALSE(parse_mailbox(bad)) << bad;
}

TEST(Letter, hostile_words_stay_words_in_both_forms)
{
    Letter letter;
    letter.subject = "Accès <script>alert(1)</script>";
    letter.paragraphs = {"L'organisme \"<img src=x>\"\r\n\r\nhttps://elsewhere.example"};
    letter.action = "Choisir";
    letter.address = "javascript:alert(1)";
    auto const html = html_of(letter, Locale(Language::French)), text = text_of(letter, Locale(Language::French));
    EXPECT_THAT(html, Not(HasSubstr("<script")));
    EXPECT_THAT(html, Not(HasSubstr("<img")));
    EXPECT_THAT(html, HasSubstr("href=\"#\""));
    EXPECT_THAT(html, HasSubstr("lang=\"fr\""));
    EXPECT_THAT(text, HasSubstr("\"<img src=x>\" https://elsewhere.example\n"));
}

TEST(SmtpAddress, names_a_host_and_nothing_else)
{
    EXPECT_EQ(parse_smtp_url("smtp://mail.vire.fr")->port, 587);
    EXPECT_EQ(parse_smtp_url("smtps://mail.vire.fr")->port, 465);
    EXPECT_EQ(parse_smtp_url("smtps://mail.vire.fr")->tls, SmtpSettings::Tls::FromTheStart);
    EXPECT_EQ(parse_smtp_url("smtp://[::1]:2525/")->host, "[::1]");
    EXPECT_EQ(parse_smtp_url("smtp://[::1]:2525/")->port, 2525);
    for (auto const* bad : {"", "mail.vire.fr", "http://mail.vire.fr", "smtp://", "smtp://user:pass@mail.vire.fr", "smtp://mail.vire.fr:0", "smtp://mail.vire.fr:99999", "smtp://mail.vire.fr/x",
                            "smtp://mail vire.fr", "smtp://[::1", "smtp://mail\r\n.fr"})
        EXPECT_FALSE(parse_smtp_url(bad)) << bad;
    EXPECT_TRUE(is_loopback_host("127.0.0.1"));
    EXPECT_TRUE(is_loopback_host("localhost"));
    EXPECT_FALSE(is_loopback_host("127.0.0.1.evil.example"));
    EXPECT_FALSE(is_loopback_host("mail.vire.fr"));
}

}  // namespace
}  // namespace greffier::mail
