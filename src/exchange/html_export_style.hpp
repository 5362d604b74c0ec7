#pragma once
// The look of the page a register is exported to: on a screen by day and night, on A4 paper.

#include "web/html.hpp"

namespace greffier::exchange {

using web::literals::operator""_h;

inline constexpr web::Markup html_export_style = R"(
:root{color-scheme:light dark;--ink:light-dark(#1a2326,#e8ecec);--muted:light-dark(#55626a,#a7b4b8);--line:light-dark(#dfdcd3,#2d393e);
--paper:light-dark(#fff,#11181b);--soft:light-dark(#f0eee8,#182125);--accent:light-dark(#0f4c5c,#86c9d8);--warn:light-dark(#854f00,#f0bd6c)}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
body{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1,h2,h3{line-height:1.25;margin:0;text-wrap:balance}
h1{font-size:1.75rem;margin-bottom:1rem}
h2{font-size:1.3rem}
h3{font-size:1.05rem;color:var(--accent);margin:1.5rem 0 .5rem;padding-bottom:.2rem;border-bottom:1px solid var(--line)}
a{color:var(--accent)}
a:focus-visible,.sheet:focus-visible{outline:2px solid var(--warn);outline-offset:2px}
dl{margin:0}
dl>div{display:grid;grid-template-columns:minmax(9rem,15rem) 1fr;gap:.25rem 1rem;padding:.3rem 0}
dt{color:var(--muted);overflow-wrap:anywhere}
dd{margin:0;min-width:0;overflow-wrap:anywhere}
.facts{border:1px solid var(--line);border-radius:6px;padding:.75rem 1rem;background:var(--soft)}
.ref{color:var(--muted);font-variant-numeric:tabular-nums;font-size:.875em;margin-right:.35em;white-space:nowrap;display:inline-block}
nav{margin-top:2rem}
nav ol{list-style:none;padding:0;margin:.75rem 0 0;columns:22rem 2;column-gap:2rem}
nav li{padding:.15rem 0;break-inside:avoid}
.record{margin-top:2.5rem;padding-top:1.5rem;border-top:3px solid var(--accent)}
.state{margin:.35rem 0 0;color:var(--muted)}
.status{border:1px solid currentColor;border-radius:4px;padding:.05rem .45rem;margin-right:.5rem;color:var(--accent)}
.missing{color:var(--warn);font-style:italic}
.sheet{overflow-x:auto}
table{width:100%;border-collapse:collapse;margin:.75rem 0 1rem}
caption{text-align:left;font-weight:600;padding-bottom:.35rem}
th,td{border:1px solid var(--line);padding:.4rem .55rem;text-align:left;vertical-align:top;overflow-wrap:break-word}
thead th{background:var(--soft);font-weight:600}
tbody th{width:30%;font-weight:600}
.parts>div{grid-template-columns:minmax(7rem,12rem) 1fr;padding:.1rem 0}
@media (max-width:40rem){dl>div,.parts>div{grid-template-columns:1fr;gap:0}tbody th{width:40%}}
@page{size:A4;margin:16mm 14mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif;color:#55626a}}
@media print{
:root{color-scheme:light}
html{font-size:10pt;background:none}
body{max-width:none;padding:0}
a{color:inherit;text-decoration:none}
nav{break-before:page}
.record{break-before:page;margin-top:0}
h2,h3,caption{break-after:avoid}
dl>div,tr{break-inside:avoid}
.sheet{overflow:visible}
th,td{overflow-wrap:anywhere}
thead{display:table-header-group}
.facts,thead th{background:none}
dl>div{grid-template-columns:12rem 1fr}
.parts>div{grid-template-columns:9rem 1fr}
}
)"_h;

} // namespace greffier::exchange
