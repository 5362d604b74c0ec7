#include "mail/letter.hpp"

#include "mail/message.hpp"
#include "web/html.hpp"

namespace greffier::mail {

using web::Html;
using namespace web::literals;

namespace {

constexpr std::size_t longest_paragraph = 2000;

}  // namespace

std::string text_of(Letter const& letter, Locale const& locale)
{
    std::string out;
    auto paragraph = [&](std::string const& words) { out += one_line(words, longest_paragraph) + "\n\n"; };
    if (!letter.greeting.empty()) paragraph(letter.greeting);
    for (auto const& words : letter.paragraphs) paragraph(words);
    auto lead = [&](std::string const& words) {
        auto line = one_line(words) + locale.text("punctuation.colon");
        while (line.ends_with(' ')) line.pop_back();
        out += line + "\n";
    };
    if (!letter.action.empty()) {
        lead(letter.action);
        out += letter.address + "\n\n";
    }
    for (auto const& words : letter.notes) paragraph(words);
    out += "-- \nGreffier\n";
    if (!letter.refuse.empty()) {
        lead(letter.refuse);
        out += letter.refuse_address + "\n";
    }
    return out;
}

std::string html_of(Letter const& letter, Locale const& locale)
{
    Html out;
    out << "<!doctype html>\n<html"_h;
    out.attr("lang"_h, locale.code());
    out << "><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
           "<meta name=\"color-scheme\" content=\"light dark\"><title>"_h
        << one_line(letter.subject) << "</title></head>\n<body style=\"margin:0;padding:0\">"
           "<div style=\"max-width:36rem;margin:0 auto;padding:24px 20px;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:16px;line-height:1.5\">"
           "<p style=\"margin:0 0 20px;font-weight:700\">Greffier</p><h1 style=\"margin:0 0 16px;font-size:20px;line-height:1.3\">"_h
        << one_line(letter.subject) << "</h1>\n"_h;
    auto paragraph = [&](std::string const& words) { out << "<p style=\"margin:0 0 14px\">"_h << one_line(words, longest_paragraph) << "</p>\n"_h; };
    if (!letter.greeting.empty()) paragraph(letter.greeting);
    for (auto const& words : letter.paragraphs) paragraph(words);
    if (!letter.action.empty()) {
        out << "<p style=\"margin:22px 0 10px\"><a style=\"display:inline-block;padding:12px 20px;border-radius:6px;background:#0f6b6b;color:#ffffff;font-weight:600;text-decoration:none\""_h;
        out.url("href"_h, letter.address);
        out << ">"_h << one_line(letter.action) << "</a></p>\n<p style=\"margin:0 0 22px;font-size:13px;word-break:break-all\">"_h << letter.address << "</p>\n"_h;
    }
    auto small = [&] { out << "<p style=\"margin:0 0 10px;font-size:14px\">"_h; };
    for (auto const& words : letter.notes) {
        small();
        out << one_line(words, longest_paragraph) << "</p>\n"_h;
    }
    if (!letter.refuse.empty()) {
        out << "<hr style=\"margin:24px 0 12px;border:0;border-top:1px solid #9aa5a3\">"_h;
        small();
        out << "<a style=\"color:inherit\""_h;
        out.url("href"_h, letter.refuse_address);
        out << ">"_h << one_line(letter.refuse) << "</a></p>\n"_h;
    }
    out << "</div></body></html>\n"_h;
    return std::move(out).take();
}

}  // namespace greffier::mail
