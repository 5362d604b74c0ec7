#!/usr/bin/env python3
"""Makes the zoo of tests/data/ods: small spreadsheets, honest and nasty, for documents_test and the fuzzer.

Run it again after a change: `python3 tests/data/make_zoo.py`; the files are committed with it.
"""
import io
import pathlib
import zipfile

OUT = pathlib.Path(__file__).parent / "ods"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
ROOT = (
    '<office:document-content xmlns:office="%soffice:1.0" xmlns:table="%stable:1.0" xmlns:text="%stext:1.0" '
    'xmlns:style="%sstyle:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2">' % ((OASIS,) * 4)
)
END = "</office:document-content>"
PROLOG = '<?xml version="1.0" encoding="UTF-8"?>'
MANIFEST = PROLOG + '<manifest:manifest xmlns:manifest="%smanifest:1.0">%%s</manifest:manifest>' % OASIS


def package(entries, stored=("mimetype",)):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name, (2026, 1, 1, 12, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def ods(content, mimetype=SPREADSHEET, manifest=""):
    return package([("mimetype", mimetype), ("content.xml", content), ("META-INF/manifest.xml", MANIFEST % manifest)])


def sheets(tables, styles="", prolog=PROLOG):
    return prolog + ROOT + styles + "<office:body><office:spreadsheet>" + tables + "</office:spreadsheet></office:body>" + END


def table(rows, name="Feuille", more=""):
    return '<table:table table:name="%s"%s>%s</table:table>' % (name, more, rows)


def row(cells, more=""):
    return "<table:table-row%s>%s</table:table-row>" % (more, cells)


def cell(text, more=""):
    return '<table:table-cell office:value-type="string"%s><text:p>%s</text:p></table:table-cell>' % (more, text)


def typed(kind, attributes, text):
    return '<table:table-cell office:value-type="%s" %s><text:p>%s</text:p></table:table-cell>' % (kind, attributes, text)


def every_cell():
    rows = row(
        typed("float", 'office:value="75001"', "75 001") + typed("date", 'office:date-value="2018-05-26"', "26/05/2018")
        + typed("percentage", 'office:value="0.5"', "50 %") + typed("currency", 'office:currency="EUR" office:value="12.5"', "12,50 €")
        + typed("boolean", 'office:boolean-value="true"', "VRAI") + typed("time", 'office:time-value="PT08H30M00S"', "08:30")
        + typed("float", 'table:formula="of:=SUM([.A1:.A2])" office:value="3"', "3")
        + typed("string", 'table:formula="of:=1/0" calcext:value-type="error"', "#DIV/0!")
        + '<table:table-cell office:value-type="string" office:string-value="sans paragraphe"/>'
    )
    rows += row(
        '<table:table-cell office:value-type="string"><office:annotation><dc:date>2026-01-01</dc:date><text:p>une note</text:p></office:annotation>'
        "<text:p>deux<text:s text:c=\"3\"/>mots <text:span>en  <text:span>gras</text:span></text:span></text:p><text:p>autre<text:tab/>ligne<text:line-break/>fin</text:p></table:table-cell>"
        + '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2" office:value-type="string"><text:p>large</text:p></table:table-cell>'
        + "<table:covered-table-cell office:value-type=\"string\"><text:p>dessous</text:p></table:covered-table-cell>"
        + cell("trois fois", ' table:number-columns-repeated="3"')
        + cell('<text:a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="http://localhost/">lien</text:a>')
        + "<table:table-cell><table:table table:name=\"dedans\">" + row(cell("niché")) + "</table:table></table:table-cell>"
        + '<table:table-cell table:number-columns-repeated="16000"/>'
    )
    rows += row("<table:table-cell/>", ' table:number-rows-repeated="2"') + "<table:table-header-rows>" + row(cell("répétée"), ' table:number-rows-repeated="2"') + "</table:table-header-rows>"
    rows += "<table:table-row-group>" + row(cell("groupée")) + "</table:table-row-group>"
    rows += row('<table:table-cell table:number-columns-repeated="16384"/>', ' table:number-rows-repeated="1048568"')
    styles = ('<office:automatic-styles><style:style style:name="ta9" style:family="table"><style:table-properties table:display="false"/></style:style>'
              "</office:automatic-styles>")
    linked = table('<table:table-source/>' + row(cell("ailleurs")), "'file:///etc/passwd'#$A")
    return sheets(table(rows, "Tout") + linked + table(row(cell("caché")), "Cachée", ' table:style-name="ta9"'), styles)


def laughs():
    doctype = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    return sheets(table(row(cell("&b;&c;"))), prolog=PROLOG + doctype)


def deep(levels):
    return sheets(table(row(cell("<text:span>" * levels + "fond" + "</text:span>" * levels))))


def renamed(content):
    for usual, short in (("office", "o"), ("table", "t"), ("text", "x")):
        for before in ("<", "</", " "):
            content = content.replace(before + usual + ":", before + short + ":")
        content = content.replace("xmlns:%s=" % usual, "xmlns:%s=" % short)
    return content


def spoiled(archive):
    at = archive.index(b"content.xml") + 60
    return archive[:at] + bytes(byte ^ 0x5A for byte in archive[at:at + 20]) + archive[at + 20:]


def zoo():
    simple = sheets(table(row(cell("bonjour"))))
    good = ods(simple)
    yield "every_cell.ods", ods(every_cell())
    yield "other_prefixes.ods", ods(renamed(simple))
    yield "no_mimetype.ods", package([("content.xml", simple)])
    yield "empty.ods", b""
    yield "cut.ods", good[: len(good) * 2 // 3]
    yield "spoiled.ods", spoiled(good)
    yield "encrypted.ods", ods(b"\x93\x11not xml", manifest='<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>')
    yield "entities.ods", ods(laughs())
    yield "not_xml.ods", ods("<office:document-content><table")
    yield "no_content.ods", package([("mimetype", SPREADSHEET)])
    yield "two_contents.ods", package([("mimetype", SPREADSHEET), ("content.xml", simple), ("Content.xml", simple)]).replace(b"Content.xml", b"content.xml")
    yield "bomb.ods", ods(PROLOG + ROOT + " " * (70 << 20) + END)
    yield "many_rows.ods", ods(sheets(table(row(cell("x"), ' table:number-rows-repeated="1048576"'))))
    yield "late_row.ods", ods(sheets(table(row("<table:table-cell/>", ' table:number-rows-repeated="1048575"') + row(cell("x")))))
    yield "many_columns.ods", ods(sheets(table(row(cell("x", ' table:number-columns-repeated="16384"')))))
    yield "many_cells.ods", ods(sheets(table(row(cell("x", ' table:number-columns-repeated="512"'), ' table:number-rows-repeated="99999"'))))
    yield "long_text.ods", ods(sheets(table(row(cell("x" * 500_000, ' table:number-columns-repeated="500"')))))
    yield "huge_spaces.ods", ods(sheets(table(row(cell('<text:s text:c="4000000000"/>')))))
    yield "odd_counts.ods", ods(sheets(table(row(cell("a", ' table:number-columns-repeated="-7"') + cell("b", ' table:number-columns-repeated="0"') + cell("c", ' table:number-columns-repeated="99x"')))))
    yield "deep.ods", ods(deep(20_000))
    yield "bad_letters.ods", ods(sheets(table(row(cell("a&#x1;b&#xD800;c&#x0;d") + cell("z")))).encode().replace(b"<text:p>z", b"<text:p>\xff\xc0\xafz"))
    yield "no_sheet.ods", ods(sheets(""))
    yield "text_document.ods", ods(PROLOG + ROOT + "<office:body><office:text/></office:body>" + END, "application/vnd.oasis.opendocument.text")
    yield "really_xlsx.ods", package([("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")])
    yield "really_docx.ods", package([("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<document/>")])
    yield "really_zip.ods", package([("photo.txt", "rien")])
    yield "really_pdf.ods", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
    yield "really_csv.ods", "Nom;Référence\nPaie;1\n".encode()
    yield "really_html.ods", b"<!DOCTYPE html><html><body><table></table></body></html>"
    yield "really_xls.ods", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64
    yield "really_flat.ods", (PROLOG + '<office:document xmlns:office="%soffice:1.0"/>' % OASIS).encode()
    yield "really_png.ods", b"\x89PNG\r\n\x1a\n"
    yield "really_noise.ods", bytes(range(1, 32)) * 8


def main():
    OUT.mkdir(exist_ok=True)
    for name, content in zoo():
        (OUT / name).write_bytes(content)
        print(f"{len(content):8d}  {name}")


if __name__ == "__main__":
    main()
