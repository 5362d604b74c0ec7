#include "exchange/html_file.hpp"

#include "exchange/html_export_style.hpp"

namespace greffier::exchange {

void open_html_file(web::Html& out, Locale const& locale, std::string_view title)
{
    out << "<!doctype html><html"_h;
    out.attr("lang"_h, locale.code());
    out << "><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\"><title>"_h
        << title << "</title><style>"_h << html_export_style << "</style></head><body><header><h1>"_h << title << "</h1>"_h;
}

}  // namespace greffier::exchange
