"""Whatever comes in, by command, page or API: an answer in words, nothing half done, and the server stays."""
import csv
import html
import io
import json
import random
import re
import uuid
import zipfile

import pytest

from harness import ROOT

TOWN = "/organisations/ville"
SHEETS = TOWN + "/processings"
PAGES = "/o/ville/processings"
# A CSV under another name is what it is: a table that is read.
ZOO = sorted(path for path in (ROOT / "tests" / "data" / "ods").glob("*.ods") if path.name != "really_csv.ods")
ODS = b"application/vnd.oasis.opendocument.spreadsheet"


@pytest.fixture(scope="module")
def town(shared_installation):
    shared_installation.cli("organisation", "add", "ville", "--name", "Ville")
    return shared_installation


@pytest.fixture(scope="module")
def api(town, shared_server):
    return shared_server.api(town.add_token("ville", "dpo"))


@pytest.fixture(scope="module")
def person(town, shared_server):
    password = town.add_user("dpo@ville.test", None, "--organisation", "ville", "--role", "dpo")
    browser = shared_server.browser()
    browser.sign_in("dpo@ville.test", password)
    return browser


def csrf_of(person, page=PAGES):
    return person.csrf(person.get(page))


def words(text):
    """What a person reads: no key without words, no trace of the machine room."""
    assert text.strip()
    assert not re.search(r"\b(error|import|cli|form)\.[a-z_]+(?![a-z_./@])", html.unescape(re.sub(r"<[^>]*>", " ", text))), text[:600]
    assert not re.search(r"\bSQL\b|sqlite|std::|terminate called|\.cpp", text), text[:600]


def refused(answer, *statuses):
    """Refused in words, not broken."""
    assert answer.status_code in (statuses or (400, 404, 413, 415, 422)), f"{answer.status_code}: {answer.text[:500]}"
    if answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        assert answer.json()["detail"]
        words(answer.json()["detail"])
    else:
        words(answer.text)


def reader_counts(town):
    return len(json.loads(town.cli("export", "--organisation", "ville", "--register", "processings", "--format", "json", "-o", "-").stdout)["items"])


# ---- files ----------------------------------------------------------------------------------------------


def ods(content, mimetype=ODS):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        archive.writestr(zipfile.ZipInfo("content.xml"), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def nested(depth, opening="[", inside="1", closing="]"):
    return (opening * depth + inside + closing * depth).encode()


def files():
    yield "nothing.ods", b""
    yield "bell.ods", b"\x07"
    yield "photo.ods", b"\x89PNG\r\n\x1a\n" + bytes(500)
    yield "letter.json", b"%PDF-1.7\n" + bytes(range(256))
    yield "program.ods", b"\x7fELF" + bytes(600)
    yield "old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    yield "bomb.ods", ods(b"<a>" + b" " * 150_000_000 + b"</a>")
    yield "laughs.ods", ods(b'<!DOCTYPE a [<!ENTITY b "ha">' + b"".join(b'<!ENTITY b%d "&b%s;&b%s;">' % (i, b"" if i == 0 else b"%d" % (i - 1), b"" if i == 0 else b"%d" % (i - 1)) for i in range(60)) + b"]><a>&b59;</a>")
    yield "outside.ods", ods(b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')
    yield "utf16.json", '[{"name": "Été"}]'.encode("utf-16")
    yield "latin1.json", '[{"name": "Été"}]'.encode("latin-1")
    yield "nul.json", b'[{"name": "a\0b"}]'
    yield "cut.json", b'[{"name": "Un"}, {"name": "De'
    yield "two.json", b'[{"name": "Un"}] [{"name": "Deux"}]'
    yield "tail.json", b'[{"name": "Un"}]x'
    yield "number.json", b"12"
    yield "null.json", b"null"
    yield "string.json", b'"x"'
    yield "list.json", b'[1, "x", null, [], true]'
    yield "deep_lists.json", nested(100_000)
    yield "deep_objects.json", nested(100_000, '{"a":', "1", "}")
    yield "deep_field.json", b'[{"name": "x", "purposes": ' + nested(50_000) + b"}]"
    yield "huge_number.json", b'[{"name": "x", "people_count": ' + b"9" * 100_000 + b"}]"
    yield "float.json", b'[{"name": "x", "people_count": 1e999}]'
    yield "surrogate.json", b'[{"name": "\\ud800"}]'
    yield "register.json", b'{"format": "greffier-register", "format_version": 1, "register": "nothing", "items": [{"name": "x"}]}'
    yield "future.json", b'{"format": "greffier-register", "format_version": 999, "register": "processings", "items": [{"name": "x"}]}'
    yield "items.json", b'{"format": "greffier-register", "format_version": 1, "register": "processings", "items": 7}'


@pytest.fixture(scope="module")
def stray(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stray")
    for name, content in files():
        (folder / name).write_bytes(content)
    return [folder / name for name, _ in files()]


def test_no_file_that_is_not_what_it_says_comes_in_by_command(town, stray):
    before = reader_counts(town)
    for path in [*ZOO, *stray]:
        done = town.cli.run("import", path, "--organisation", "ville", timeout=120)
        assert done.returncode in (1, 2), f"{path.name}: {done.returncode} {done.stdout}{done.stderr}"
        words(done.stderr or done.stdout)
        assert len(done.stderr) + len(done.stdout) < 20_000, path.name
    assert reader_counts(town) == before, "something of a refused file came in"


def test_no_file_that_is_not_what_it_says_comes_in_by_api_or_page(town, stray, api, person):
    before, form = api.get(SHEETS).json()["total"], person.get(PAGES + "/import")
    for path in [*ZOO, *stray]:
        sent = api.request("POST", SHEETS + "/import", files={"file": (path.name, path.read_bytes())}, timeout=120)
        if sent.status_code == 200:
            assert sent.json()["counts"]["refused"] > 0 and sent.json()["counts"]["created"] == 0, f"{path.name}: {sent.text[:300]}"
        else:
            refused(sent)
        page = person.submit(form, {"format": "auto", "file": None}, action="/import", files={"file": (path.name, path.read_bytes())}, timeout=120)
        assert page.status_code in (200, 422), f"{path.name}: {page.status_code}"
        words(page.text)
    assert api.get(SHEETS).json()["total"] == before


def test_a_csv_under_another_name_is_read_as_the_table_it_is(town):
    source = ROOT / "tests" / "data" / "ods" / "really_csv.ods"
    done = town.cli("import", source, "--organisation", "ville", "--dry-run", "--json")
    report = json.loads(done.stdout)
    assert report["format"] == "csv" and report["counts"]["created"] == 1 and report["counts"]["refused"] == 0
    told = town.cli.run("import", source, "--organisation", "ville", "--format", "cnil-ods", "--lang", "en")
    assert told.returncode == 2 and "plain text" in told.stderr and ".ods" not in told.stderr.replace("really_csv.ods", "")


def test_a_workbook_cut_anywhere_is_refused_or_read(town, tmp_path, api):
    assert api.post(SHEETS, {"name": "À couper", "purposes": [{"kind": "main", "text": "Une finalité"}]}).status_code == 201
    whole = api.get(SHEETS + "/export?format=cnil-ods").content
    chance = random.Random(7)
    for at in [0, 1, 29, 30, len(whole) - 1, len(whole) - 22, *(chance.randrange(len(whole)) for _ in range(12))]:
        sent = api.request("POST", SHEETS + "/import?dry_run=yes", files={"file": ("coupé.ods", whole[:at])})
        refused(sent, 422, 400)
    for _ in range(25):
        spoiled = bytearray(whole)
        for _ in range(3):
            spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
        sent = api.request("POST", SHEETS + "/import?dry_run=yes", files={"file": ("abîmé.ods", bytes(spoiled))})
        assert sent.status_code == 200 or refused(sent, 422, 400) is None


def test_a_gigabyte_is_refused_by_its_size_alone(town, tmp_path, api, person, shared_server):
    large = tmp_path / "gros.ods"
    with large.open("wb") as file:
        file.truncate(1 << 30)
    done = town.cli.run("import", large, "--organisation", "ville")
    assert done.returncode == 2 and "50" in done.stderr
    words(done.stderr)

    head = b"POST %s/import HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\nAccept: text/html\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1073741824\r\n\r\n"
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in person.session.cookies)
    answer = raw(shared_server, head % (PAGES.encode(), cookies.encode()))
    assert answer.startswith(b"HTTP/1.1 413 ") and b"trop" in answer.lower()
    words(answer.partition(b"\r\n\r\n")[2].decode())
    # Nor does it help to leave the size unsaid: nothing beyond the limit is kept.
    script = b"POST /api/v1%s/import HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    piece = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    answer = raw(shared_server, script % (SHEETS.encode(), api.session.headers["Authorization"].encode()) + piece * 20)
    assert answer.startswith(b"HTTP/1.1 413 "), answer[:200]


def raw(server, request, shut=False):
    """Bytes to the server as they are, and all it says."""
    import socket
    host, port = server.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(request)
        if shut:
            connection.shutdown(socket.SHUT_WR)
        said = b""
        while piece := connection.recv(65536):
            said += piece
            head, _, body = said.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            if length and len(body) >= int(length[1]):
                break
        return said


def test_formulas_stay_text_on_the_way_out(town, api):
    formulas = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\")"]
    for formula in formulas:
        made = api.post(SHEETS, {"name": formula, "service": formula})
        assert made.status_code == 201, made.text
        assert made.json()["name"] == formula.strip()
    table = api.get(SHEETS + "/export?format=csv").content.decode("utf-8-sig")
    delimiter = max(",;", key=table.partition("\n")[0].count)
    cells = [cell for line in csv.reader(io.StringIO(table), delimiter=delimiter) for cell in line]
    assert any("=cmd|" in cell for cell in cells)
    for cell in cells:
        assert not re.match(r"[=+@\t\r]|-.*[^\d.,]|-\d+\+", cell), cell
    book = zipfile.ZipFile(io.BytesIO(api.get(SHEETS + "/export?format=cnil-ods").content))
    content = book.read("content.xml").decode()
    assert "table:formula" not in content and "=cmd|" in html.unescape(content)
    again = api.request("POST", SHEETS + "/import?dry_run=yes", files={"file": ("x.ods", api.get(SHEETS + "/export?format=cnil-ods").content)})
    assert again.status_code == 200, again.text
    assert again.json()["counts"]["created"] == 0, again.json()["counts"]


def test_a_json_file_with_odd_records_says_each_with_its_place(town, tmp_path):
    same = str(uuid.uuid4())
    source = tmp_path / "odd.json"
    source.write_text(json.dumps([
        {"name": "Bonne"}, {"name": "Inconnue", "colour": 1}, {"name": 7}, {"name": "x" * 301}, {"name": "Date", "start_date": "2026-02-30"},
        {"id": "not-an-id", "name": "Mauvais identifiant"}, {"id": same, "name": "Première"}, {"id": same, "name": "Seconde"},
        {"name": "Lignes", "purposes": [{"id": same, "kind": "main", "text": "a"}, {"id": same, "kind": "main", "text": "b"}]},
        {"name": "Statut", "status": "crowned"}, {"name": "Registre", "register": "breaches"}, {}, "x", None,
        {"name": "Trop", "tags": ["hr"] * 10_000}, {"name": "Beaucoup", "purposes": [{"kind": "main", "text": "x"}] * 5_000},
        {"name": "Monde", "geographic_extent": "moon"}, {"name": "Pièce", "attachments": [{"id": same, "name": "../../etc/passwd"}]}]))
    done = town.cli.run("import", source, "--organisation", "ville", "--json")
    assert done.returncode == 1, done.stdout + done.stderr
    report = json.loads(done.stdout)
    places = {re.match(r"\[\d+\]", entry["place"])[0] for entry in report["refused"]}
    expected = {f"[{number}]" for number in (1, 2, 3, 4, 5, 7, 10, 11, 12, 13, 15, 16)}
    assert expected <= places, (expected - places, report["refused"])
    assert "[0]" not in places
    names = [item["name"] for item in json.loads(town.cli("export", "--organisation", "ville", "--register", "processings", "--format", "json", "-o", "-").stdout)["items"]]
    assert names.count("Bonne") == 1 and names.count("Première") + names.count("Seconde") <= 1
    assert "Inconnue" not in names and "Date" not in names and "Monde" not in names
    for entry in report["refused"]:
        assert entry["code"]


def test_an_array_of_a_hundred_thousand_is_refused_at_once(town, tmp_path):
    source = tmp_path / "many.json"
    source.write_text("[" + ",".join(["{}"] * 100_000) + "]")
    done = town.cli.run("import", source, "--organisation", "ville", "--json")
    assert done.returncode == 2 and "20000" in done.stderr, done.stderr[:500]
    words(done.stderr)


# ---- forms ----------------------------------------------------------------------------------------------


def new_form(person):
    page = person.get(PAGES + "/new")
    assert page.status_code == 200, page.text[:500]
    return page, person.form(page, field="name")


def test_no_field_of_the_form_breaks_the_page(person, api):
    """The name is left out each time: nothing is saved, and every page is the form again."""
    page, form = new_form(person)
    before = api.get(SHEETS).json()["total"]
    data = {name: value for name, value in form.fields.items()}
    assert len(form.types) > 30
    for name in form.types:
        if name in ("csrf", "name"):
            continue
        for value in ("x" * 50_000, "﷽\u202e\u0301", "-99999999999999999999", "2026-02-30"):
            answer = person.post(form.action or PAGES, {**data, "name": "", name: value}, allow_redirects=False)
            assert answer.status_code == 422, f"{name}={value[:20]}: {answer.status_code}"
    words(re.sub(r"x{60,}", "", answer.text))
    assert api.get(SHEETS).json()["total"] == before


def test_what_the_form_does_not_take_is_said_and_kept(person, api):
    page, form = new_form(person)
    for name, value in (("name", "x" * 301), ("start_date", "2026-02-30"), ("start_date", "31/02/2026"), ("start_date", "bientôt"), ("people_count", "douze"), ("people_count", "9" * 30),
                        ("geographic_extent", "moon"), ("role", "<script>alert(1)</script>"), ("name", "")):
        if name not in form.types:
            continue
        answer = person.post(form.action or PAGES, {**form.fields, "name": "Un nom", name: value}, allow_redirects=False)
        assert answer.status_code == 422, f"{name}={value[:30]}: {answer.status_code}"
        assert "<script>alert(1)" not in answer.text
        words(answer.text)


def test_unknown_and_repeated_fields_neither_break_nor_pass(person, api):
    page, form = new_form(person)
    pairs = [(name, value) for name, value in form.fields.items() if isinstance(value, str) and name != "name"]
    odd = [("name", "Répété"), ("name", "Deux fois"), ("id", str(uuid.uuid4())), ("version", "9"), ("status", "validated"), ("nothing", "x"), ("purposes.99999.text", "loin"),
           ("purposes.-1.text", "avant"), ("purposes.x.text", "nulle part"), ("purposes.999999999999999999999.text", "trop loin"), ("purposes.1.id", "' OR 1=1"), ("purposes..text", ""), ("", "x"),
           ("_add.nothing", ""), ("_remove.purposes.99", ""), ("start_date", ""), ("start_date", "2026-01-01")]
    answer = person.post(form.action or PAGES, pairs + odd, allow_redirects=False)
    assert answer.status_code in (303, 200, 422), answer.status_code
    for item in api.get(SHEETS, params={"q": "Répété"}).json()["items"]:
        assert item["status"] == "draft" and item["version"] == 1


def test_six_thousand_fields_are_too_many(person):
    for kind in ("data", "files"):
        many = [(f"f{number}", "x") for number in range(6000)]
        answer = person.post(PAGES, many) if kind == "data" else person.request("POST", PAGES, files=[(name, (None, value)) for name, value in many])
        refused(answer, 413)
    assert person.get("/account?" + "&".join(f"a{number}" for number in range(2000))).status_code in (200, 400, 414)


def test_multipart_nonsense_is_refused(person, api, shared_server):
    csrf = csrf_of(person)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in person.session.cookies)

    def post(body, kind="multipart/form-data; boundary=x"):
        return person.request("POST", PAGES + "/import", data=body, headers={"Content-Type": kind})
    part = f'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{csrf}\r\n'.encode()
    for body, kind in ((b"", "multipart/form-data"), (b"x", "multipart/form-data; boundary="), (b"x", "multipart/form-data; boundary=" + "x" * 500), (b"no boundary at all", None),
                       (part, None), (part + b"--x", None), (b"--x\r\n\r\nno head\r\n--x--\r\n", None), (b'--x\r\nContent-Disposition: attachment\r\n\r\ny\r\n--x--\r\n', None),
                       (b'--x\r\nContent-Disposition: form-data; name="' + b"n" * 100_000 + b'"\r\n\r\ny\r\n--x--\r\n', None), (b'--x\r\n' + b"A: b\r\n" * 20_000 + b"\r\ny\r\n--x--\r\n", None),
                       (b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\xfe\r\n--x--\r\n', None), (b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\0\r\n--x--\r\n', None)):
        answer = post(body, kind or "multipart/form-data; boundary=x")
        assert answer.status_code in (400, 403, 413, 422), f"{body[:60]}: {answer.status_code}"
        words(answer.text)
    evil = part + b'--x\r\nContent-Disposition: form-data; name="file"; filename="../../../etc/<script>\r\n.json"\r\n\r\n[{"name": "x"}]\r\n--x--\r\n'
    assert post(evil).status_code in (200, 400, 422)
    named = person.request("POST", PAGES + "/import", data={"csrf": csrf, "format": "auto"}, files={"file": ("../../<script>alert(1)</script>.json", b'[{"name": "Nom"}]')})
    assert named.status_code == 200 and "<script>alert(1)" not in named.text


# ---- addresses ------------------------------------------------------------------------------------------

ODD_QUERIES = ["page=0", "page=-1", "page=99999999999999999999", "page=1e3", "page=x", "per_page=0", "per_page=5000", "per_page=-1", "sort=<script>alert(1)</script>", "sort=name;DROP TABLE record",
               "sort=", "sort=-", "status=nothing", "filter=x", "filter=:", "filter=tags:nothing", "filter=nothing:hr", "filter=" + "a:" * 200, "findings=<b>", "overdue=maybe", "after=!!", "after=AAAA",
               "at=garbage", "at=2999-01-01", "at=2026-02-30", "at=0000-00-00", "at=99999-01-01", "at=2999-01-01T00:00:00Z", "deleted=perhaps", "done=x", "done=../x", "q=", "unknown=1"]
ODD_WORDS = ['"', "'", "*", "^", "a AND", "NEAR(", "NEAR(a b, 99)", "name:x", "(((", "a OR OR b", "-x", "{a b}", "a\0b", "\x01\x02", "%", "_", "\\", "x" * 5000, "\u202eabc", "👩‍👩‍👧", "é" * 300, "e\u0301", "<script>alert(1)</script>",
             "AND", "OR NOT", "\ufeff", " ", "\n\n", "col : x", "+a", "ﷺ"]


def test_odd_lists_answer_in_words(person, api):
    for query in ODD_QUERIES:
        answer = api.get(SHEETS + "?" + query)
        assert answer.status_code == 200 or refused(answer, 422, 404) is None, query
        page = person.get(PAGES + "?" + query)
        assert page.status_code in (200, 404, 422), f"{query}: {page.status_code}"
        assert "<script>alert(1)" not in page.text and "<b>" not in page.text.replace("<b>", "", 0)[:0]
        words(page.text)
        for address in (PAGES + "/export?format=csv&" + query, "/o/ville/findings?" + query, "/o/ville?" + query):
            assert person.get(address).status_code in (200, 404, 422), address
    for bad in ("page=0", "page=-1", "page=99999999999999999999", "per_page=5000", "sort=<script>", "status=nothing", "at=garbage", "at=2999-01-01"):
        refused(api.get(SHEETS + "?" + bad), 422)


def test_no_word_searched_for_breaks_the_search(person, api):
    for word in ODD_WORDS:
        answer = api.get(SHEETS, params={"q": word})
        assert answer.status_code == 200 or refused(answer, 400, 422) is None, repr(word)
        for address in (PAGES, "/o/ville/search", PAGES + "/export", "/organisations/search"):
            page = person.get(address, params={"q": word})
            assert page.status_code in (200, 400, 404, 422), f"{address} {word!r}: {page.status_code}"
            assert "<script>alert(1)" not in page.text or address.endswith("export")


def test_ids_that_are_none_are_not_found(person, api):
    one = api.post(SHEETS, {"name": "Là"}).json()["id"]
    for odd in ("x", "0", "-1", one[:-1], one + "0", one.upper() + "x", "00000000-0000-0000-0000-000000000000", str(uuid.uuid4()), "%00", "a%2fb", "'", "%ff", "x" * 2000, "{id}", "null"):
        for end in ("", "/history", "/edit", "/findings", "/attachments", "/attachments/" + odd, "/status"):
            answer = person.get(f"{PAGES}/{odd}{end}", allow_redirects=False)
            assert answer.status_code in (400, 404), f"{odd}{end}: {answer.status_code}"
        for end in ("", "/versions", "/versions/1", "/findings", "/links", "/attachments"):
            assert api.get(f"{SHEETS}/{odd}{end}").status_code in (400, 404), f"{odd}{end}"
    for number in ("0", "-1", "x", "99999999999999999999", "1.0", "%00"):
        assert api.get(f"{SHEETS}/{one}/versions/{number}").status_code in (400, 404), number
        assert person.get(f"{PAGES}/{one}?version={number}").status_code in (200, 400, 404, 422), number
        assert person.get(f"{PAGES}/{one}/history?page={number}&a={number}&b={number}&from={number}&to={number}").status_code in (200, 400, 404, 422), number
    for register in ("nothing", "processings%00", "PROCESSINGS", "sqlite_master", ".."):
        assert api.get(f"{TOWN}/{register}").status_code in (400, 404)
        assert person.get(f"/o/ville/{register}", allow_redirects=False).status_code in (400, 404, 301, 303)
    for at in ("garbage", "2999-01-01", "0001-01-01", "2001-01-01"):
        assert api.get(f"{SHEETS}/{one}", params={"at": at}).status_code in (404, 422)
        assert person.get(f"{PAGES}/{one}", params={"at": at}).status_code in (404, 422), at


def test_every_letter_comes_back_as_it_went(person, api):
    texts = ["مرحبا بالعالم", "שלום \u202b", "👩‍👩‍👧 🏳️‍🌈", "e\u0301 é", "Z̷̢a̵l̶g̸o̶", "日本語", "œuvre d’art — « oui »", "𝕊𝕦𝕡𝕡", "\u00a0insécable\u202f:", "\"'<>&;", "%00 %s {0} ${x}", "\\n \\u0000"]
    for text in texts:
        made = api.post(SHEETS, {"name": "Lettres", "security_description": "a " + text + " b\n" + text + " c"})
        assert made.status_code == 201, made.text
        sent = "a " + text + " b\n" + text + " c"
        assert api.get(SHEETS + "/" + made.json()["id"]).json()["security_description"] == sent
        edit = person.get(f"{PAGES}/{made.json()['id']}/edit")
        form = person.form(edit, field="name")
        assert form.fields["security_description"].replace("\r\n", "\n") == sent
        saved = person.submit(edit, {"service": "Accueil"}, field="name")
        assert saved.status_code == 200, saved.text[:500]
        now = api.get(SHEETS + "/" + made.json()["id"]).json()
        assert (now["security_description"], now["service"]) == (sent, "Accueil")


def test_control_characters_are_refused_or_cleaned_never_kept(api):
    for control in ("\0", "\x01", "\x1b[31m", "\x7f", "\x85"):
        made = api.post(SHEETS, {"name": f"a{control}b", "security_description": f"c{control}d"})
        assert made.status_code in (201, 400, 422), made.text
        if made.status_code == 201:
            assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", made.json()["name"] + made.json()["security_description"]), repr(made.json()["name"])
            assert api.get(SHEETS + "/export?format=cnil-ods").status_code == 200


def test_odd_json_to_the_api_is_refused(api):
    def post(data, path=SHEETS, kind="application/json"):
        return api.request("POST", path, data=data, headers={"Content-Type": kind})
    for data in (b"", b"null", b"[]", b"12", b'"x"', b"{", b'{"name": "x"} y', b"\xff\xfe", nested(5000), b'{"name": "x", "purposes": ' + nested(5000) + b"}", b'{"name": "\\ud800"}', b'{"name": NaN}',
                 b'{"name": "x", "people_count": 1e400}', b'{"name": "x", "people_count": ' + b"9" * 400 + b"}", b'{"name": "x", "people_count": -1.5}', b'{"name": {"a": 1}}', b'{"name": "x", "purposes": {}}',
                 b'{"name": "x", "purposes": [[]]}', b'{"name": "x", "purposes": [null]}', b'{"name": "x", "tags": [null]}', b'{"name": "x", "tags": [1, {}]}', b'{"name": "x", "custom": []}',
                 b'{"name": "x", "start_date": "2026-13-01"}', b'{"name": "x", "start_date": "0000-01-01"}', b'{"name": "x", "start_date": 20260101}', b'{"name": "x", "purposes": [{"kind": "main", "text": "a", "id": 7}]}',
                 b'{"name": "x", "id": "y"}', b'{"name": "x", "version": 99}', b'{"name": "x", "": 1}', b'{"name": "x", "__proto__": 1}', b'{"name": "x", "purposes": [{"kind": "main", "kind": "secondary"}]}'):
        answer = post(data)
        assert answer.status_code in (400, 422), f"{data[:80]}: {answer.status_code}"
        refused(answer)
    twice = post(b'{"name": "Un", "name": "Deux"}')
    assert twice.status_code in (400, 422), "a member named twice means two things"
    one = api.post(SHEETS, {"name": "Acte"}).json()["id"]
    for data in (b"", b"[]", b"{}", b'{"status": 7}', b'{"status": null}', b'{"status": "to_validate", "decided_on": "2026-02-30"}', b'{"status": "to_validate", "extra": 1}', b'{"status": "to_validate", "reason": ["x"]}'):
        refused(post(data, f"{SHEETS}/{one}/status"), 400, 409, 422)
    for tag in ('"x"', "x", '"99999999999999999999"', '"-1"', "W/\"1\"", '"1", "2"', '""', '"1'):
        answer = api.patch(f"{SHEETS}/{one}", {"name": "Non"}, headers={"If-Match": tag})
        assert answer.status_code in (200, 400, 412, 422), f"{tag}: {answer.status_code}"
        if answer.status_code == 200:
            assert tag in ("W/\"1\"", '"1", "2"'), tag
    for key in ("", "x" * 5000, "é", "a b"):
        answer = api.post(SHEETS, {"name": "Clé"}, headers={"Idempotency-Key": key.encode()})
        assert answer.status_code in (201, 400, 422), f"{key[:10]}: {answer.status_code}"
