"""What a sealed register keeps is nowhere in clear: the register of the tests, through the real program.

GREFFIER_TEST_REGISTER shows that register in a directory made with --test-clock, and in no other.
"""
import base64
import contextlib
import hashlib
import json
import secrets
import signal
import sqlite3
import subprocess
import time
import zipfile

import pytest
import requests

from harness import ENGINE, Installation

SEALED = "/organisations/ville/test-sealed"
SIGNED_IN = "claire@ville.example"
# Distinctive, so that what is found is what was planted; no planted word is part of another.
NAME, EMAIL, STORY = "Zébuline Quirinaxe", "zebuline.quirinaxe@plantee.example", "Topinambour zinzolin et vexillaire"
OTHER_NAME, DRAFT, REFUSED, IMPORTED, FILE = "Oxymarin Trifouillard", "Brouillonnant Palimpseste", "Wolframite Zeugma", "Importunia Calambredaine", "Contenu gyrovague du fichier"
PHONE, FILE_NAME, SOUGHT = "0199887766", "Sarabande-mirobolante.txt", "Introuvabilis Chercheuse"
PLANTED = [NAME, EMAIL, STORY, OTHER_NAME, DRAFT, REFUSED, IMPORTED, FILE, FILE_NAME, PHONE, SOUGHT, "importunia@plantee.example"]
PASSPHRASE = "une phrase assez longue pour un fichier"


def new_installation(binary, directory, **more):
    return Installation(binary, directory, {"GREFFIER_CLOCK": "2026-03-10T09:00:00Z", "GREFFIER_TEST_REGISTER": "1", **more})


@pytest.fixture
def town(binary, tmp_path):
    made = new_installation(binary, tmp_path / "data", GREFFIER_MAIL_DIRECTORY=str(tmp_path / "out" / "mail"), GREFFIER_MAIL_FROM="Greffier <greffier@ville.example>",
                            GREFFIER_JOURNAL_FILE=str(tmp_path / "out" / "journal.jsonl"))
    (tmp_path / "out").mkdir()
    made.cli("organisation", "add", "ville", "--name", "Ville", "--test-clock")
    return made


@pytest.fixture
def other(binary, tmp_path):
    """Another installation, with a master key and a town of its own."""
    made = new_installation(binary, tmp_path / "other")
    made.cli("organisation", "add", "voisine", "--name", "Ville Voisine", "--test-clock")
    return made


def checkpoint(town):
    """The documented cleanup: what was overwritten leaves the journal too."""
    if ENGINE == "postgres":
        for statement in ("VACUUM FULL record_key", "CHECKPOINT"):
            subprocess.run(["psql", "-X", "-q", town.environment["GREFFIER_DATABASE"], "-c", statement], check=True, capture_output=True, timeout=60)
        return
    with contextlib.closing(sqlite3.connect(town.data_directory / "greffier.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def kept_bytes(town, output=""):
    """Everything on the disk, letters and journal that went out included, and what the program printed."""
    for path in sorted([*town.data_directory.rglob("*"), *(town.data_directory.parent / "out").rglob("*")]):
        yield "a name of a file", str(path).encode()
        if path.is_file():
            yield path.name, path.read_bytes()
    if ENGINE == "postgres":
        dumped = subprocess.run(["pg_dump", "--inserts", town.environment["GREFFIER_DATABASE"]], check=True, capture_output=True, timeout=120)
        yield "pg_dump", dumped.stdout
    yield "output", output.encode()


def disguises(value):
    """The forms in which a value could lie about."""
    for text in {value, value.lower(), value.upper()}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
            data = text.encode(encoding)
            yield data
            yield data.hex().encode()
            yield data.hex().upper().encode()
            for shift in range(3):   # base64 of the value inside a longer text
                coded = base64.b64encode(b"\0" * shift + data)[4 if shift else 0:]
                yield coded[: len(coded) // 4 * 4 - 4]


def leaks(town, output="", values=PLANTED):
    needles = [(value, form) for value in values for part in {value, *value.split()} if len(part) > 7 for form in disguises(part)]
    return [(name, value, form) for name, content in kept_bytes(town, output) for value, form in needles if len(form) > 7 and form in content]


def until(done):
    """What goes on in the background, looked at until it is over."""
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end, "it does not end"


def new_record(api, **more):
    made = api.post(SEALED, {"subject": "Demande d'essai", "notes": "Reçue au guichet", "name": NAME, "email": EMAIL, "story": STORY,
                             "person": {"name": OTHER_NAME}, "calls": [{"on_what": "Rappel", "phone": PHONE}], **more})
    assert made.status_code == 201, made.text
    return made.json()


def test_the_register_of_the_tests_is_in_no_real_installation(binary, tmp_path):
    real = Installation(binary, tmp_path / "real", {"GREFFIER_TEST_REGISTER": "1"})
    real.cli("organisation", "add", "ville", "--name", "Ville")
    token = real.add_token("ville", "dpo")
    with real.serve() as server:
        assert server.api(token).get(SEALED).status_code == 404


def test_what_is_sealed_lies_nowhere_in_clear(town):
    token = town.add_token("ville", "dpo")
    password = town.add_user(SIGNED_IN, None, "--organisation", "ville", "--role", "administrator", "--name", "Claire Delmas")
    town.cli("user", "grant", SIGNED_IN, "--organisation", "ville", "--role", "dpo")
    with town.serve() as server:
        api = server.api(token)
        made = new_record(api)
        at = f"{SEALED}/{made['id']}"
        assert made["name"] == NAME and made["destroyed"] == []
        edited = api.patch(at, {"story": STORY + " encore"}, headers={"If-Match": '"1"'})
        assert edited.status_code == 200, edited.text
        # an act repeated with its key, a file, a draft, a refused edit, a bulk act, an import
        again = api.request("POST", SEALED, json={"subject": "Une fois", "name": NAME}, headers={"Idempotency-Key": "une-fois"})
        repeated = api.request("POST", SEALED, json={"subject": "Une fois", "name": NAME}, headers={"Idempotency-Key": "une-fois"})
        assert again.status_code == 201 and repeated.json() == again.json() and repeated.headers["Idempotent-Replayed"] == "true"
        kept = api.request("POST", at + "/attachments", files={"file": (FILE_NAME, FILE.encode(), "text/plain")})
        assert kept.status_code == 201, kept.text
        assert api.get(f"{at}/attachments/{kept.json()['id']}").content == FILE.encode()
        again = api.request("POST", at + "/attachments", files={"file": ("piece.txt", FILE.encode(), "text/plain")}, headers={"Idempotency-Key": "un-fichier"})
        assert again.status_code == 201 and FILE_NAME in [one["name"] for one in api.get(at + "/attachments").json()["items"]]
        # a name and an address are found by what they are, and by nothing that is close
        for field, value, count in (("email", EMAIL.upper(), 1), ("name", "zebuline  QUIRINAXE", 2), ("person.name", OTHER_NAME, 1), ("email", EMAIL[1:], 0), ("name", SOUGHT, 0)):
            found = api.post(SEALED + "/lookup", {"field": field, "value": value})
            assert found.status_code == 200 and found.json()["total"] == count == len(found.json()["items"]), (field, value, found.text)
        assert found.json()["items"] == [] and api.post(SEALED + "/lookup", {"field": "subject", "value": "Demande"}).status_code == 422
        assert api.post("/organisations/ville/processings/lookup", {"field": "name", "value": NAME}).status_code == 409
        browser = server.browser()
        browser.sign_in(SIGNED_IN, password)
        form = browser.get(f"/o/ville/test-sealed/{made['id']}/edit")
        assert NAME in form.text
        csrf = form.text.split('name="csrf" value="')[1].split('"')[0]
        drafted = browser.request("POST", f"/o/ville/test-sealed/{made['id']}/draft", data={"csrf": csrf, "_version": "2", "subject": "Demande", "name": DRAFT})
        assert drafted.status_code in (200, 204), drafted.text
        assert DRAFT in browser.get(f"/o/ville/test-sealed/{made['id']}/edit?draft=resume").text
        assert api.patch(at, {"email": REFUSED}, headers={"If-Match": "*"}).status_code == 422
        assert api.post(SEALED + "/bulk", {"act": "edit", "ids": [made["id"]], "field": "name", "value": REFUSED}).status_code == 422
        noted = api.post(SEALED + "/bulk", {"act": "edit", "ids": [made["id"]], "field": "notes", "value": "Notée en nombre"})
        assert noted.status_code in (200, 201, 202), noted.text
        items = [{"subject": "Importée", "name": IMPORTED, "email": "importunia@plantee.example"}, {"subject": "Refusée", "name": REFUSED, "born": REFUSED}]
        imported = api.request("POST", SEALED + "/import", data=json.dumps(items), headers={"Content-Type": "application/json"})
        assert imported.status_code == 200, imported.text
        uploaded = browser.request("POST", "/o/ville/test-sealed/import", data={"csrf": csrf}, files={"file": ("x.json", json.dumps(items).encode())})
        assert uploaded.status_code == 200 and 'name="waiting"' in uploaded.text, "a file waits for its import on the disk"
        # read back everywhere, in clear
        assert NAME in browser.get(f"/o/ville/test-sealed/{made['id']}").text
        assert NAME in browser.get(f"/o/ville/test-sealed/{made['id']}/history?version=1").text
        assert api.get(f"{at}/versions/1").json()["story"] == STORY
        for words in (NAME, EMAIL, "Topinambour"):
            assert api.get(SEALED, params={"q": words}).json()["total"] == 0, "no word of it is searched"
        # the list, its filters, the bin, exports by page and by API
        assert browser.get("/o/ville/test-sealed", params={"q": SOUGHT, "sort": "updated"}).status_code == 200
        assert NAME in browser.get("/o/ville/test-sealed/export", params={"format": "csv"}).text and NAME in api.get(SEALED + "/export", params={"format": "json"}).text
        # an import by pages, to its end
        preview = browser.submit(browser.get("/o/ville/test-sealed/import"), {"format": "auto", "file": None}, action="/import",
                                 files={"file": ("fiches.json", json.dumps([{"subject": "Par page", "name": IMPORTED}]))})
        assert preview.status_code == 200 and "Par page" in preview.text and IMPORTED not in preview.text
        assert browser.submit(preview, field="waiting").status_code == 200
        # letters: an invitation, a comment that calls somebody, a change of what they follow
        invited = browser.submit(browser.get("/o/ville/people"), {"email": "paul@ville.example", "name": "Paul Martin", "role": "reader"}, action="/o/ville/people")
        assert invited.status_code == 200, invited.text
        assert api.post(at + "/comments", {"body": "@Claire à voir"}).status_code == 201
        assert requests.post(server.address + "/test/clock", data={"advance_seconds": "60"}, timeout=60).status_code == 200
        assert list((town.data_directory.parent / "out" / "mail").iterdir()), "a letter left"
        # background work: three hundred at once, and the archive of the whole, which waits to be fetched
        many = api.request("POST", SEALED + "/import", data=json.dumps([{"subject": f"Cohorte {n}", "name": f"{IMPORTED} {n}"} for n in range(300)]), headers={"Content-Type": "application/json"})
        assert many.status_code == 200, many.text
        ids = [one["id"] for page in (1, 2) for one in api.get(SEALED, params={"q": "cohorte", "per_page": 200, "page": page}).json()["items"]]
        assert len(ids) == 300
        act = api.post(SEALED + "/bulk", {"act": "edit", "ids": ids, "field": "notes", "value": "Notée au fond"})
        assert act.status_code == 202, act.text
        browser.submit(browser.get("/o/ville/archive"), {"passphrase": PASSPHRASE, "again": PASSPHRASE}, field="passphrase")
        until(lambda: api.get("/organisations/ville/bulk-acts/" + act.json()["id"]).json()["state"] not in ("waiting", "running"))
        until(lambda: 'href="/o/ville/archive/' in browser.get("/o/ville/archive").text)
        assert NAME not in browser.get("/o/ville/journal").text
        assert not leaks(town), "while the program runs"
        output = server.output
    exported = town.cli("export", "--organisation", "ville", "--register", "test-sealed", "--format", "csv").stdout
    assert NAME in exported and IMPORTED in exported
    assert "signed_in" in (town.data_directory.parent / "out" / "journal.jsonl").read_text()
    assert not leaks(town, output)
    checkpoint(town)
    assert not leaks(town, output)
    assert town.cli.run("doctor").returncode == 0
    control = leaks(town, values=["Demande d"])
    assert control, "the search itself finds what is not sealed"


def test_a_destroyed_record_is_gone_for_ever_and_still_proved(town):
    token = town.add_token("ville", "dpo")
    password = town.add_user(SIGNED_IN, None, "--organisation", "ville", "--role", "dpo")
    with town.serve() as server:
        api = server.api(token)
        made, other = new_record(api), new_record(api, name=OTHER_NAME)
        at = f"{SEALED}/{made['id']}"
        wrapped = wrapped_key(town, made["id"])
        assert api.post(at + "/destroy", {}).status_code == 422, "not without a reason"
        gone = api.post(at + "/destroy", {"reason": "Terme échu"})
        assert gone.status_code == 200, gone.text
        assert gone.json()["name"] is None and "name" in gone.json()["destroyed"] and gone.json()["notes"] == "Reçue au guichet"
        assert api.get(f"{at}/versions/1").json()["name"] is None
        assert api.post(at + "/destroy", {"reason": "Encore"}).status_code == 409
        assert api.patch(at, {"name": NAME}, headers={"If-Match": "*"}).status_code == 422, "it takes nothing back"
        assert api.patch(at, {"notes": "Close"}, headers={"If-Match": "*"}).status_code == 200
        browser = server.browser()
        browser.sign_in(SIGNED_IN, password)
        assert "Effacé" in browser.get(f"/o/ville/test-sealed/{made['id']}").text
        assert "Effacé" in browser.get(f"/o/ville/test-sealed/{made['id']}/history?version=1").text
        # the other one, by the page
        page = browser.get(f"/o/ville/test-sealed/{other['id']}/destroy")
        assert page.status_code == 200 and "Récit" in page.text
        csrf = page.text.split('name="csrf" value="')[1].split('"')[0]
        sent = browser.request("POST", f"/o/ville/test-sealed/{other['id']}/destroy", data={"csrf": csrf, "_version": "1", "reason": "Terme échu"})
        assert sent.status_code == 200 and "Effacé" in sent.text
        assert browser.get("/o/ville/processings").status_code == 200
    exported = town.cli("export", "--organisation", "ville", "--register", "test-sealed", "--format", "csv").stdout
    assert "Effacé" in exported and NAME not in exported
    told = town.cli("export", "--organisation", "ville", "--register", "test-sealed", "--format", "json").stdout
    assert json.loads(told)["items"][0]["destroyed"]
    kept = town.data_directory.parent / "exported.json"
    kept.write_text(told)
    again = json.loads(town.cli("import", kept, "--organisation", "ville", "--register", "test-sealed", "--json").stdout)
    assert again["counts"]["unchanged"] == len(json.loads(told)["items"]) and again["counts"]["refused"] == 0, again
    doctor = town.cli.run("doctor")
    assert doctor.returncode == 0, doctor.stdout
    assert "dont la clé est détruite" in doctor.stdout
    checkpoint(town)
    assert wrapped and not [name for name, content in kept_bytes(town) for form in (wrapped, wrapped.hex().encode()) if form in content]


def test_with_its_record_a_file_is_erased(town):
    token = town.add_token("ville", "dpo")
    password = town.add_user(SIGNED_IN, None, "--organisation", "ville", "--role", "dpo")
    files = lambda: [path for path in (town.data_directory / "attachments").rglob("*") if path.is_file()]   # noqa: E731
    with town.serve() as server:
        api = server.api(token)
        made, other = new_record(api), new_record(api)
        held = {}
        for one in (made, other):
            kept = api.request("POST", f"{SEALED}/{one['id']}/attachments", files={"file": (FILE_NAME, FILE.encode(), "text/plain")})
            assert kept.status_code == 201, kept.text
            held[one["id"]] = f"{SEALED}/{one['id']}/attachments/{kept.json()['id']}"
        assert len(files()) == 2, "two records share no file"
        before = {path: path.read_bytes() for path in files()}
        assert api.post(f"{SEALED}/{made['id']}/destroy", {"reason": "Terme échu"}).status_code == 200
        assert len(files()) == 1 and all(before[path] == path.read_bytes() for path in files())
        assert api.get(held[made["id"]]).status_code == 404 and api.get(held[other["id"]]).content == FILE.encode()
        assert api.get(f"{SEALED}/{made['id']}/attachments").json()["items"] == []
        again = api.request("POST", f"{SEALED}/{made['id']}/attachments", files={"file": ("a.txt", b"x", "text/plain")})
        assert again.status_code == 422 and "key_destroyed" in again.text
        browser = server.browser()
        browser.sign_in(SIGNED_IN, password)
        page = browser.get(f"/o/ville/test-sealed/{made['id']}/attachments")
        assert page.status_code == 200 and "Effacé" in page.text and FILE_NAME not in page.text
        assert FILE_NAME in browser.get(f"/o/ville/test-sealed/{other['id']}/attachments").text
    assert town.cli.run("doctor").returncode == 0
    assert not leaks(town)


def fill(town):
    """Records with versions and files, one of them destroyed, one in the bin; what the API says of them."""
    token = town.add_token("ville", "dpo")
    with town.serve() as server:
        api = server.api(token)
        whole, gone, binned = new_record(api), new_record(api, subject="Détruite"), new_record(api, subject="À la corbeille")
        assert api.patch(f"{SEALED}/{whole['id']}", {"story": STORY + " encore"}, headers={"If-Match": "*"}).status_code == 200
        for one in (whole, gone):
            assert api.request("POST", f"{SEALED}/{one['id']}/attachments", files={"file": (FILE_NAME, FILE.encode(), "text/plain")}).status_code == 201
        imported = api.request("POST", SEALED + "/import", data=json.dumps([{"reference": "R-9", "subject": "Importée", "name": IMPORTED}]), headers={"Content-Type": "application/json"})
        assert imported.status_code == 200, imported.text
        assert api.post(f"{SEALED}/{gone['id']}/destroy", {"reason": "Terme échu"}).status_code == 200
        assert api.delete(f"{SEALED}/{binned['id']}", headers={"If-Match": "*"}).status_code == 204
    return whole["id"], gone["id"], binned["id"]


def told(place, slug="ville"):
    """All that is read of the sealed register, by title, without what an id names."""
    token = place.add_token(slug, "dpo")
    sealed = f"/organisations/{slug}/test-sealed"
    found = {}
    with place.serve() as server:
        api = server.api(token)
        items = api.get(sealed, params={"per_page": 200}).json()["items"] + api.get(sealed, params={"deleted": "yes"}).json()["items"]
        for one in items:
            at = f"{sealed}/{one['id']}"
            versions = [api.get(f"{at}/versions/{n + 1}").json() for n in range(one["version"])] if one["subject"] != "À la corbeille" else []
            files = [api.get(f"{at}/attachments/{file['id']}").content for file in (one["attachments"] or [])]
            found[one["subject"]] = ({name: one[name] for name in ("name", "email", "story", "person", "destroyed")}, [(v["name"], v["story"], v["destroyed"]) for v in versions], files)
        found["looked up"] = [api.post(sealed + "/lookup", {"field": "email", "value": EMAIL}).json()["total"], api.post(sealed + "/lookup", {"field": "name", "value": IMPORTED}).json()["total"]]
        again = api.request("POST", sealed + "/import", data=json.dumps([{"reference": "R-9", "subject": "Importée", "name": IMPORTED}]), headers={"Content-Type": "application/json"})
        assert again.status_code == 200, again.text
    return found


def test_an_archive_takes_what_is_sealed_to_another_master_key(town, other, tmp_path):
    whole, gone, _ = fill(town)
    town.cli("organisation", "export", "ville", "-o", tmp_path / "ville.zip")
    before = told(town)
    with zipfile.ZipFile(tmp_path / "ville.zip") as archive:
        lines = archive.read("registers/test-sealed.jsonl").decode()
        assert not [word for word in PLANTED if word != FILE and word in lines], "what the log commits to travels as it lies"
        keys = [json.loads(line)["key"] for line in lines.splitlines() if line.startswith('{"key"')]
        assert len(keys) == 4 and sum(key["key"] is None for key in keys) == 1 and all(bool(key["key"]) != bool(key["destroyed_at"]) for key in keys)
        assert [name for name in archive.namelist() if name.startswith("attachments/")] == ["attachments/" + hashlib.sha256(FILE.encode()).hexdigest()]
    other.cli("organisation", "import", tmp_path / "ville.zip")
    assert other.cli.run("doctor").returncode == 0
    assert not leaks(other), "sealed again before it lies on the disk"
    assert (other.data_directory / "keys" / "data.key").read_bytes() != (town.data_directory / "keys" / "data.key").read_bytes()
    assert told(other) == before
    assert before["Demande d'essai"][0]["name"] == NAME and before["Demande d'essai"][2] == [FILE.encode()] and before["Détruite"][0]["name"] is None and before["looked up"] == [1, 1]
    # and there it lives: rotated, destroyed, sent on
    other.cli("keys", "rotate", "--organisation", "ville")
    other.cli("keys", "rotate", "--master")
    assert told(other) == before
    token = other.add_token("ville", "dpo")
    with other.serve() as server:
        assert server.api(token).post(f"{SEALED}/{whole}/destroy", {"reason": "Terme échu"}).status_code == 200
    assert not [path for path in (other.data_directory / "attachments").rglob("*") if path.is_file()]
    other.cli("organisation", "export", "ville", "-o", tmp_path / "again.zip")
    assert other.cli.run("doctor").returncode == 0
    assert told(town) == before, "the original is untouched"


def test_a_copy_is_sealed_anew_for_its_own_ids(town, tmp_path):
    whole, gone, _ = fill(town)
    before = told(town)
    town.cli("organisation", "export", "ville", "-o", tmp_path / "ville.zip")
    town.cli("organisation", "import", tmp_path / "ville.zip", "--as-copy", "--slug", "copie")
    assert told(town, "copie") == before and told(town) == before
    town.cli("organisation", "export", "copie", "-o", tmp_path / "copie.zip")
    sealed = {}
    for name in ("ville", "copie"):
        with zipfile.ZipFile(tmp_path / f"{name}.zip") as archive:
            lines = [json.loads(line) for line in archive.read("registers/test-sealed.jsonl").decode().splitlines()]
        sealed[name] = ({line["key"]["key"] for line in lines if "key" in line and line["key"]["key"]},
                        {json.loads(line["version"]["body"])["record"].get("$sealed", {}).get("name") for line in lines if "version" in line and "Détruite" not in line["version"]["body"]},
                        {line["record"]["id"] for line in lines if "record" in line})
    for mine, theirs in zip(sealed["ville"], sealed["copie"]):
        assert mine and theirs and not (mine & theirs) - {None}, "no key, no seal and no id of the original"
    # one is erased, the other stays what it was
    token = town.add_token("ville", "dpo")
    with town.serve() as server:
        assert server.api(token).post(f"{SEALED}/{whole}/destroy", {"reason": "Terme échu"}).status_code == 200
    assert told(town, "copie") == before
    assert town.cli.run("doctor").returncode == 0
    assert not leaks(town)


def test_an_archive_whose_keys_were_meddled_with_is_refused(town, other, tmp_path):
    fill(town)
    town.cli("organisation", "export", "ville", "-o", tmp_path / "ville.zip")
    with zipfile.ZipFile(tmp_path / "ville.zip") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    lines = parts["registers/test-sealed.jsonl"].decode().splitlines()
    places = [i for i, line in enumerate(lines) if line.startswith('{"key"') and '"key":null' not in line]
    swapped, lost, null, twice = list(lines), list(lines), list(lines), list(lines)
    swapped[places[0]], swapped[places[1]] = lines[places[1]], lines[places[0]]
    del lost[places[0]]
    null[places[0]] = '{"key":{"destroyed_at":null,"key":null}}'
    twice.insert(places[0], lines[places[0]])
    for name, content in {"swapped": swapped, "lost": lost, "neither": null, "twice": twice}.items():
        changed = {**parts, "registers/test-sealed.jsonl": ("\n".join(content) + "\n").encode()}
        manifest = json.loads(changed.pop("manifest.json"))
        manifest["parts"] = [{"name": part, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)} for part, data in sorted(changed.items())]
        with zipfile.ZipFile(tmp_path / "hostile.zip", "w") as archive:
            archive.writestr("manifest.json", json.dumps(manifest))
            for part, data in changed.items():
                archive.writestr(part, data)
        refused = other.cli.run("organisation", "import", tmp_path / "hostile.zip")
        assert refused.returncode == 2 and "test-sealed" in refused.stderr, (name, refused.stderr)


def wrapped_key(town, record):
    statement = "SELECT {} FROM record_key WHERE record_id={}"
    if ENGINE == "postgres":
        done = subprocess.run(["psql", "-X", "-A", "-t", town.environment["GREFFIER_DATABASE"], "-c", statement.format("encode(wrapped, 'hex')", "decode('" + record.replace("-", "") + "', 'hex')")],
                              check=True, capture_output=True, text=True, timeout=60)
        return bytes.fromhex(done.stdout.strip())
    with contextlib.closing(sqlite3.connect(town.data_directory / "greffier.db")) as database:
        return database.execute(statement.format("wrapped", "x'" + record.replace("-", "") + "'")).fetchone()[0]


def test_the_key_of_an_organisation_is_rotated_while_the_server_runs(town):
    assert town.cli.run("keys", "rotate", "--organisation", "ville").returncode == 2, "nothing is sealed yet"
    token = town.add_token("ville", "dpo")
    with town.serve() as server:
        api = server.api(token)
        made = new_record(api)
        told = json.loads(town.cli("keys", "rotate", "--organisation", "ville", "--json").stdout)
        assert told["generation"] == 2 and told["records"] == 1
        assert api.get(f"{SEALED}/{made['id']}").json()["name"] == NAME
        assert new_record(api)["name"] == NAME
    assert "génération 2" in town.cli("doctor").stdout
    assert not leaks(town)


def test_a_rotation_killed_half_way_goes_on(town):
    token = town.add_token("ville", "dpo")
    items = [{"subject": f"Demande {n}", "name": f"{NAME} {n}"} for n in range(900)]
    with town.serve() as server:
        imported = server.api(token).request("POST", SEALED + "/import", data=json.dumps(items), headers={"Content-Type": "application/json"})
        assert imported.status_code == 200, imported.text
    for _ in range(3):   # wherever the blow falls
        rotation = subprocess.Popen([str(town.binary), "keys", "rotate", "--organisation", "ville", "--data", str(town.data_directory)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                    env={**town.environment, "PATH": "/usr/bin:/bin", "LANG": "fr_FR.UTF-8"})
        rotation.stderr.readline()   # the first group is written
        rotation.send_signal(signal.SIGKILL)
        rotation.wait(60)
        rotation.stderr.close()
        exported = town.cli("export", "--organisation", "ville", "--register", "test-sealed", "--format", "json").stdout
        assert exported.count(NAME) == 900, "both generations are read meanwhile"
    town.cli("keys", "rotate", "--organisation", "ville")
    assert town.cli("export", "--organisation", "ville", "--register", "test-sealed", "--format", "json").stdout.count(NAME) == 900
    assert town.cli.run("doctor").returncode == 0


def test_the_master_key_is_rotated_moved_and_refused_when_wrong(town, tmp_path):
    token = town.add_token("ville", "dpo")
    with town.serve() as server:
        made = new_record(server.api(token))
        assert town.cli.run("keys", "rotate", "--master").returncode == 2, "a server runs"
    before = (town.data_directory / "keys" / "data.key").read_bytes()
    town.cli("keys", "rotate", "--master")
    assert (town.data_directory / "keys" / "data.key").read_bytes() != before
    assert not [name for name, content in kept_bytes(town) if before in content]

    def is_read(**environment):
        done = town.cli.run("export", "--organisation", "ville", "--register", "test-sealed", "--format", "json", **environment)
        return done.returncode == 0 and NAME in done.stdout

    assert is_read()
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    town.cli("keys", "rotate", "--master", "--to", "environment", GREFFIER_NEW_MASTER_KEY=key)
    assert not (town.data_directory / "keys" / "data.key").exists()
    assert is_read(GREFFIER_MASTER_KEY=key)
    assert not is_read() and not is_read(GREFFIER_MASTER_KEY=base64.b64encode(b"x" * 32).decode()) and not is_read(GREFFIER_MASTER_KEY="court")
    words = tmp_path / "words"
    words.write_text("quatre mots que personne ne devine\n")
    town.cli("keys", "rotate", "--master", "--to", "passphrase", GREFFIER_MASTER_KEY=key, GREFFIER_NEW_MASTER_PASSPHRASE_FILE=str(words))
    assert is_read(GREFFIER_MASTER_PASSPHRASE_FILE=str(words)) and not is_read(GREFFIER_MASTER_KEY=key)
    wrong = tmp_path / "wrong"
    wrong.write_text("cinq mots que personne ne devine\n")
    assert not is_read(GREFFIER_MASTER_PASSPHRASE_FILE=str(wrong))
    # killed between the commit and the renaming: the next command puts the new key in its place
    town.cli("keys", "rotate", "--master", "--to", "file", GREFFIER_MASTER_PASSPHRASE_FILE=str(words))
    keys = town.data_directory / "keys"
    (keys / "data.key").rename(keys / "next-data.key")
    (keys / "data.key").write_bytes(before)
    assert is_read(), "the key in force is the one the database names"
    town.cli("organisation", "add", "autre", "--name", "Autre")
    assert not (keys / "next-data.key").exists() and (keys / "data.key").read_bytes() != before
    assert is_read()
    with town.serve() as server:
        assert server.api(token).get(f"{SEALED}/{made['id']}").json()["name"] == NAME
