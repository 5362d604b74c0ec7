"""What a sealed register keeps is nowhere in clear: the register of the tests, through the real program.

GREFFIER_TEST_REGISTER shows that register in a directory made with --test-clock, and in no other.
"""
import base64
import contextlib
import json
import secrets
import signal
import sqlite3
import subprocess

import pytest

from harness import ENGINE, Installation

SEALED = "/organisations/ville/test-sealed"
SIGNED_IN = "claire@ville.example"
# Distinctive, so that what is found is what was planted; no planted word is part of another.
NAME, EMAIL, STORY = "Zébuline Quirinaxe", "zebuline.quirinaxe@plantee.example", "Topinambour zinzolin et vexillaire"
OTHER_NAME, DRAFT, REFUSED, IMPORTED, FILE = "Oxymarin Trifouillard", "Brouillonnant Palimpseste", "Wolframite Zeugma", "Importunia Calambredaine", "Contenu gyrovague du fichier"
PHONE = "0199887766"
PLANTED = [NAME, EMAIL, STORY, OTHER_NAME, DRAFT, REFUSED, IMPORTED, FILE, PHONE, "importunia@plantee.example"]


@pytest.fixture
def town(binary, tmp_path):
    made = Installation(binary, tmp_path / "data", {"GREFFIER_CLOCK": "2026-03-10T09:00:00Z", "GREFFIER_TEST_REGISTER": "1"})
    made.cli("organisation", "add", "ville", "--name", "Ville", "--test-clock")
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
    """Everything on the disk, and what the program printed."""
    for path in sorted(town.data_directory.rglob("*")):
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
    password = town.add_user(SIGNED_IN, None, "--organisation", "ville", "--role", "dpo")
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
        kept = api.request("POST", at + "/attachments", files={"file": ("piece.txt", FILE.encode(), "text/plain")})
        assert kept.status_code == 201, kept.text
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
        assert not leaks(town), "while the program runs"
        output = server.output
    exported = town.cli("export", "--organisation", "ville", "--register", "test-sealed", "--format", "csv").stdout
    assert NAME in exported and IMPORTED in exported
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
    assert json.loads(town.cli("export", "--organisation", "ville", "--register", "test-sealed", "--format", "json").stdout)["items"][0]["destroyed"]
    doctor = town.cli.run("doctor")
    assert doctor.returncode == 0, doctor.stdout
    assert "dont la clé est détruite" in doctor.stdout
    checkpoint(town)
    assert wrapped and not [name for name, content in kept_bytes(town) for form in (wrapped, wrapped.hex().encode()) if form in content]


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
