"""Any register as a workbook or a printable page: by command, by page, by API; whole, filtered, chosen."""
import io
import json
import re
import shutil
import subprocess
import zipfile

import pytest

SHEETS = "/organisations/ville/processings"
FORMULA = "=cmd|' /C calc'!A0"
RECORDS = [
    {"reference": "R-1", "name": "Cantine <b>scolaire</b>", "notes": "allergies & régimes\nsuite", "start_date": "2018-05-26"},
    {"reference": "R-2", "name": FORMULA, "people_count": 1200, "owner": {"name": "+33 1 02", "email": "a@ville.test"}},
    {"reference": "R-3", "name": "Paie", "notes": "x" * 9_990, "purposes": [{"kind": "main", "text": "Payer les agents"}]},
]


@pytest.fixture
def town(installation, tmp_path):
    installation.cli("organisation", "add", "ville", "--name", "Mairie de <Bourg>")
    installation.cli("organisation", "add", "autre", "--name", "Autre ville")
    source = tmp_path / "fiches.json"
    source.write_text(json.dumps(RECORDS))
    installation.cli("import", source, "--organisation", "ville")
    return installation


def by_command(town, fmt, path, *more):
    town.cli("export", "--organisation", "ville", "--register", "processings", "--format", fmt, "-o", path, *more)
    return path.read_bytes()


def parts(book):
    archive = zipfile.ZipFile(io.BytesIO(book))
    return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def test_an_xlsx_holds_no_formula_and_one_sheet_per_list(town, tmp_path):
    found = parts(by_command(town, "xlsx", tmp_path / "r.xlsx"))
    sheets = re.findall(r'<sheet name="([^"]+)"', found["xl/workbook.xml"])
    assert sheets[:2] == ["Présentation", "Traitements"] and len(sheets) > 5
    assert all(len(name) <= 31 for name in sheets)
    everything = "".join(found.values())
    assert "<f>" not in everything and "<f " not in everything
    assert "cmd|" in found["xl/worksheets/sheet2.xml"] and "<autoFilter" in found["xl/worksheets/sheet2.xml"] and 'state="frozen"' in found["xl/worksheets/sheet2.xml"]


def test_an_ods_holds_no_formula_and_opens_elsewhere(town, tmp_path):
    found = parts(by_command(town, "ods", tmp_path / "r.ods"))
    assert "table:formula" not in found["content.xml"] and "display-filter-buttons" in found["content.xml"]
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    by_command(town, "xlsx", tmp_path / "x.xlsx")
    for book in ("r.ods", "x.xlsx"):
        subprocess.run([office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to",
                        'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,2', "--outdir", tmp_path, tmp_path / book],
                       check=True, capture_output=True, timeout=180)
        [table] = tmp_path.glob(book.split(".")[0] + "-*.csv")
        text = table.read_text("utf-8")
        assert FORMULA in text and "26/05/2018" in text and "1200" in text and "Cantine <b>scolaire</b>" in text


def test_a_page_needs_nothing_else_and_escapes_everything(town, tmp_path):
    page = by_command(town, "html", tmp_path / "r.html").decode()
    assert page.startswith('<!doctype html><html lang="fr">') and page.count('<section class="record"') == 3
    assert "<script" not in page and "<b>" not in page and "&lt;b&gt;" in page and "Mairie de &lt;Bourg&gt;" in page
    assert not re.search(r'\b(src|href)="(?!#)', page)
    assert '<html lang="en">' in by_command(town, "html", tmp_path / "e.html", "--lang", "en").decode()


def test_a_filter_and_chosen_ids_narrow_every_format(town, tmp_path):
    items = json.loads(by_command(town, "json", tmp_path / "all.json"))["items"]
    ids = {item["reference"]: item["id"] for item in items}
    filtered = by_command(town, "html", tmp_path / "q.html", "--filter", "q=cantine").decode()
    assert filtered.count('<section class="record"') == 1 and "R-1" in filtered
    chosen = by_command(town, "html", tmp_path / "i.html", "--id", ids["R-1"], "--id", ids["R-3"]).decode()
    assert chosen.count('<section class="record"') == 2 and "R-2" not in chosen
    assert town.cli.run("export", "--organisation", "autre", "--register", "processings", "--format", "xlsx", "--id", ids["R-1"], "-o", tmp_path / "no.xlsx").returncode == 2
    assert not (tmp_path / "no.xlsx").exists()


def test_pages_and_api_send_the_same_files(town):
    token, foreign = town.add_token("ville", "reader"), town.add_token("autre", "dpo")
    password = town.add_user("lecteur@ville.test", None, "--organisation", "ville", "--role", "reader")
    with town.serve() as server:
        api, person = server.api(token), server.browser()
        person.sign_in("lecteur@ville.test", password)
        shown = person.get("/o/ville/processings").text
        ids = [item["id"] for item in api.get(SHEETS).json()["items"]]
        for fmt, start in (("xlsx", b"PK"), ("ods", b"PK"), ("html", b"<!doctype html>")):
            assert f"export?format={fmt}" in shown
            for answer in (api.get(f"{SHEETS}/export?format={fmt}"), person.get(f"/o/ville/processings/export?format={fmt}")):
                assert answer.status_code == 200 and answer.content.startswith(start)
                assert re.search(rf'attachment; filename="?ville-processings-[\d-]+\.{fmt}', answer.headers["Content-Disposition"])
                assert answer.headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer.headers["Content-Security-Policy"]
            assert server.api(foreign).get(f"{SHEETS}/export?format={fmt}").status_code == 404
            assert server.api(foreign).get(f"/organisations/autre/processings/export?format={fmt}&id={ids[0]}").status_code == 404
        two = person.get(f"/o/ville/processings/export?format=html&id={ids[0]}&id={ids[1]}").text
        assert two.count('<section class="record"') == 2
        assert list((town.data_directory / "tmp" / "imports").glob("*")) == []


def without_identity(items):
    """The answers of records that one line of a sheet can hold."""
    kept = []
    for item in items:
        kept.append({name: value for name, value in item.items()
                     if not isinstance(value, list) and name not in ("id", "version", "created_at", "updated_at", "updated_by", "status")})
    return kept


@pytest.mark.parametrize("fmt", ["xlsx", "ods"])
def test_the_sheet_of_records_comes_back_without_loss(town, tmp_path, fmt):
    full = json.loads(by_command(town, "json", tmp_path / "before.json"))["items"]
    book = tmp_path / f"registre.{fmt}"
    by_command(town, fmt, book)
    report = json.loads(town.cli("import", book, "--organisation", "autre", "--json").stdout)
    assert report["counts"]["created"] == 3 and report["counts"]["refused"] == 0, report
    back = json.loads(town.cli("export", "--organisation", "autre", "--register", "processings", "--format", "json", "-o", "-").stdout)["items"]
    assert without_identity(back) == without_identity(full)
