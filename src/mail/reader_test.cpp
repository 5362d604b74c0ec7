#include "mail/reader.hpp"

#include <gtest/gtest.h>

#include "core/text.hpp"

namespace greffier::mail {
namespace {

std::string const head = "From: =?utf-8?q?L=C3=A9a_Roux?= <lea@courriel.example>\r\nTo: dpo@ville.example\r\nSubject: =?iso-8859-1?q?Mes_donn=E9es?=\r\n"
                         "Date: Mon, 2 Mar 2026 10:00:00 +0100\r\nMessage-ID: <un@courriel.example>\r\nMIME-Version: 1.0\r\n";

ReadMessage read(std::string const& bytes)
{
    auto message = read_message(bytes);
    EXPECT_TRUE(message.ok()) << (message.ok() ? "" : message.error().code);
    return message.ok() ? std::move(*message) : ReadMessage{};
}

TEST(MailReader, reads_who_when_and_what)
{
    auto const message = read(head + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nJe veux savoir ce que vous d=C3=A9tenez.\r\n");
    EXPECT_EQ(message.id, "un@courriel.example");
    EXPECT_EQ(message.from.name, "Léa Roux");
    EXPECT_EQ(message.from.address, "lea@courriel.example");
    EXPECT_EQ(message.to, std::vector<std::string>{"dpo@ville.example"});
    EXPECT_EQ(message.subject, "Mes données");
    EXPECT_EQ(message.written, parse_timestamp("2026-03-02T09:00:00Z"));
    EXPECT_EQ(message.text, "Je veux savoir ce que vous détenez.");
}

TEST(MailReader, takes_the_plain_words_and_the_files)
{
    auto const message = read(head + "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain\r\n\r\nEn clair\r\n"
                              "--a\r\nContent-Type: text/html\r\n\r\n<p>En <b>HTML</b></p>\r\n--a--\r\n--m\r\nContent-Type: application/pdf; name=\"../carte.pdf\"\r\nContent-Transfer-Encoding: base64\r\n"
                              "Content-Disposition: attachment; filename=\"../carte.pdf\"\r\n\r\nJVBERi0xLjc=\r\n--m--\r\n");
    EXPECT_EQ(message.text, "En clair");
    ASSERT_EQ(message.files.size(), 1U);
    EXPECT_EQ(message.files[0].content, "%PDF-1.7");
    EXPECT_EQ(message.files[0].name, "../carte.pdf") << "cleaned by whoever keeps it";
}

TEST(MailReader, takes_words_out_of_html_and_shows_none)
{
    auto const message = read(head + "Content-Type: text/html; charset=utf-8\r\n\r\n<html><head><style>p{}</style></head><body onload=x><script>alert(1)</script><p>Bonjour&nbsp;&amp; merci</p>"
                              "<img src=https://espion.example/x.png><div>Fin &#233;</div><!-- caché --></body></html>\r\n");
    EXPECT_EQ(message.text, "Bonjour & merci\nFin é");
    EXPECT_TRUE(message.files.empty());
    EXPECT_EQ(words_of_html("<script>x"), "");
    EXPECT_EQ(words_of_html("a < b &unknown; &#xD800; <"), "a");
    EXPECT_EQ(words_of_html("<!-- jamais fini"), "");
}

TEST(MailReader, survives_charsets_that_lie_or_do_not_exist)
{
    for (auto const* charset : {"utf-8", "us-ascii", "klingon", "utf-16", "", "iso-8859-1", "x\"y"}) {
        auto const message = read(head + "Content-Type: text/plain; charset=" + charset + "\r\n\r\nd\xe9j\xe0 vu \xff\xfe\r\n");
        EXPECT_TRUE(is_utf8(message.text)) << charset;
        EXPECT_FALSE(message.text.empty()) << charset;
    }
    EXPECT_EQ(read(head + "Content-Type: text/plain; charset=windows-1252\r\n\r\nd\xe9j\xe0\r\n").text, "déjà");
    EXPECT_EQ(read("From: \xff\xfe <a@b.example>\r\nSubject: \xe9\r\n\r\nx").text, "x");
}

TEST(MailReader, is_not_drowned_by_nesting_parts_or_size)
{
    std::string nested = head, many = head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n", inner = head;
    for (int i = 0; i < 5000; ++i) {
        auto const boundary = "b" + std::to_string(i);
        nested += "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n";
        inner += "Content-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\n";
    }
    for (int i = 0; i < 20'000; ++i) many += "--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n";
    EXPECT_GT(read(nested + "Content-Type: text/plain\r\n\r\nau fond\r\n").files_left_out, 0U);
    auto const files = read(many);
    EXPECT_LE(files.files.size(), ReadLimits{}.files);
    EXPECT_GT(files.files_left_out, 0U);
    EXPECT_LE(read(inner + "\r\nfin").files.size(), 1U);
    auto const large = head + "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + std::string(33'000'000, 'A');
    EXPECT_EQ(read(large).files_left_out, 1U);
    EXPECT_EQ(read_message(std::string(53'000'000, 'a')).error().code, "mail_too_large");
    auto const long_text = read(head + "\r\n" + std::string(100'000, 'a'));
    EXPECT_TRUE(long_text.text_cut);
    EXPECT_LE(length_utf8(long_text.text), ReadLimits{}.text);
}

TEST(MailReader, tells_what_is_no_message)
{
    for (std::string const& bytes : {std::string{}, std::string("\0\0\0", 3), std::string{"%PDF-1.7\n"}, std::string{"<html><p>x</p></html>"}, std::string(1000, '\xff')})
        EXPECT_EQ(read_message(bytes).error().code, "mail_unreadable") << bytes.substr(0, 10);
    EXPECT_EQ(read("Subject: rien\r\n\r\n").text, "") << "no body is no fault";
    EXPECT_EQ(read("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n").text, "");
}

TEST(MailReader, knows_the_same_message_without_an_id)
{
    auto const bytes = std::string{"From: a@b.example\r\nSubject: x\r\n\r\nUn\r\n"};
    EXPECT_EQ(read(bytes).id, read(bytes).id);
    EXPECT_NE(read(bytes).id, read(bytes + "deux").id);
    EXPECT_EQ(read(bytes).id.size(), 64U);
    EXPECT_NE(read("Message-ID: <un 1@x>\r\n" + bytes).id, read("Message-ID: <un 2@x>\r\n" + bytes).id) << "broken ones too";
}

TEST(MailReader, lets_no_control_nor_turned_text_through)
{
    auto const message = read("From: a@b.example\r\nSubject: un\x01 deux\r\n\r\nA\x02\x1b[31mB\xe2\x80\xae" "C\r\nD\rE\r\n");
    EXPECT_EQ(message.text, "A[31mBC\nD\nE");
    EXPECT_EQ(message.subject.find('\x01'), std::string::npos);
}

}  // namespace
}  // namespace greffier::mail
