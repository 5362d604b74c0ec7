"""A town leaves with everything and comes back: archive, import, copy, removal."""
import base64
import hashlib
import io
import json
import os
import signal
import stat
import subprocess
import time
import zipfile
from pathlib import Path

import pytest
import requests

from harness import ENGINE, Installation, clean_environment, postgres_server, postgres_tool

SHEETS = "/organisations/ville/processings"
START, LATER, LAST = "2026-01-10T09:00:00Z", "2026-02-20T09:00:00Z", "2026-03-15T09:00:00Z"
DATES = (None, "2026-01-10", "2026-02-20", "2026-03-15")
PLANTED = "Zyxomatique-planté-7301"
PASSPHRASE = "une phrase assez longue pour un fichier"


def sha(data):
    return hashlib.sha256(data).digest()


def root_of(lines):
    """RFC 9162, as docs/developer/ledger.md tells strangers to compute it."""
    def root(leaves):
        if not leaves:
            return sha(b"")
        if len(leaves) == 1:
            return leaves[0]
        split = 1 << (len(leaves) - 1).bit_length() - 1
        return sha(b"\x01" + root(leaves[:split]) + root(leaves[split:]))
    return root([sha(b"\x00" + line) for line in lines])


def set_clock(server, instant):
    assert requests.post(server.address + "/test/clock", data={"now": instant}, timeout=30).status_code == 200


def fill(town):
    """A small town with something of everything, over three months."""
    town.cli("organisation", "add", "ville", "--name", "Ville de Test", "--kind", "commune", "--test-clock")
    town.add_user("admin@machine.test")   # runs the installation
    town.add_user("claire@ville.test", None, "--name", "Claire Delmas", "--organisation", "ville", "--role", "administrator")
    town.cli("user", "grant", "claire@ville.test", "--organisation", "ville", "--role", "dpo")
    town.add_user("paul@ville.test", None, "--name", "Paul Contributeur", "--organisation", "ville", "--role", "contributor")
    token = town.add_token("ville", "administrator", "--user", "claire@ville.test")
    writer = town.add_token("ville", "dpo", "--user", "claire@ville.test")
    with town.serve() as server:
        api = server.api(writer)
        shape = server.api(token)
        added = shape.post("/organisations/ville/terms/subject_category", {"label": {"fr": "Gardiens du phare"}})
        if added.status_code == 403:
            added = api.post("/organisations/ville/terms/subject_category", {"label": {"fr": "Gardiens du phare"}})
        assert added.status_code == 201, added.text
        ids = []
        for number in range(6):
            made = api.post(SHEETS, {"name": f"Gérer {PLANTED} {number}", "service": "Accueil"})
            assert made.status_code == 201, made.text
            ids.append(made.json()["id"])
        kept = api.request("POST", f"{SHEETS}/{ids[0]}/attachments", files={"file": ("note.txt", f"contenu {PLANTED}".encode() * 2000, "text/plain")})
        assert kept.status_code == 201, kept.text
        binary = os.urandom(300_000)
        assert api.request("POST", f"{SHEETS}/{ids[1]}/attachments", files={"file": ("hasard.bin", binary)}).status_code == 201
        set_clock(server, LATER)
        for one in ids[:4]:
            changed = api.patch(f"{SHEETS}/{one}", {"service": f"Service {PLANTED}"}, headers={"If-Match": "*"})
            assert changed.status_code == 200, changed.text
        assert api.delete(f"{SHEETS}/{ids[5]}", headers={"If-Match": "*"}).status_code == 204
        assert api.post(f"{SHEETS}/{ids[0]}/comments", {"body": f"Un mot sur {PLANTED}"}).status_code == 201
        assert api.post(SHEETS + "/views", {"name": f"Vue {PLANTED}", "state": "q=accueil", "shared": True}).status_code == 201
        set_clock(server, LAST)
        assert api.patch(f"{SHEETS}/{ids[2]}", {"name": f"Dernier {PLANTED}"}, headers={"If-Match": "*"}).status_code == 200
    return ids


def new_installation(binary, directory, environment=None):
    return Installation(binary, directory, {"GREFFIER_CLOCK": LAST, **(environment or {})})


@pytest.fixture
def town(binary, tmp_path):
    place = Installation(binary, tmp_path / "data", {"GREFFIER_CLOCK": START})
    place.ids = fill(place)
    place.environment["GREFFIER_CLOCK"] = place.cli.environment["GREFFIER_CLOCK"] = LAST
    return place


@pytest.fixture
def other(binary, tmp_path):
    """Another installation, with a town of its own."""
    place = new_installation(binary, tmp_path / "other")
    place.cli("organisation", "add", "voisine", "--name", "Ville Voisine", "--test-clock")
    return place


def exports(place, slug="ville"):
    """What every register that holds anything says, today and then, as its bytes; and how many each holds."""
    # The officer's notes are no register to the command line (test_confided).
    totals = {one["register"]: one["total"] for one in json.loads(place.cli("organisation", "show", slug, "--json").stdout)["registers"] if one["register"] != "notes"}
    found = dict(totals)
    for register in (register for register, total in totals.items() if total > 0):
        for date in DATES:
            extra = ["--at", date] if date else []
            found[register, date] = place.cli("export", "--organisation", slug, "--register", register, "--format", "json", *extra).stdout
    return found


def deep_state(place, ids, slug="ville"):
    """What only the API shows: versions, links, findings, attachments and what people said."""
    reader = place.add_token(slug, "dpo")
    found = {}
    with place.serve() as server:
        api = server.api(reader)
        sheets = f"/organisations/{slug}/processings"
        found["list"] = api.get(sheets, params={"q": "planté"}).json()
        found["bin"] = api.get(sheets, params={"deleted": "yes"}).json()
        found["views"] = api.get(sheets + "/views").json()
        found["terms"] = api.get(f"/organisations/{slug}/terms/subject_category").json()
        for one in ids:
            for what in ("versions", "links", "findings", "comments", "attachments"):
                got = api.get(f"{sheets}/{one}/{what}")
                found[one, what] = got.json() if got.status_code == 200 else got.status_code
            held = found[one, "attachments"]
            for attachment in held["items"] if isinstance(held, dict) else []:
                found[one, attachment["id"]] = api.get(f"{sheets}/{one}/attachments/{attachment['id']}").content
    return found


def write_archive(place, path, slug="ville", *more):
    done = place.cli("organisation", "export", slug, "-o", path, "--json", *more)
    return json.loads(done.stdout)


def part(path, name):
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def organisations(place):
    return [one["slug"] for one in json.loads(place.cli("organisation", "list", "--json").stdout)["items"]]


def healthy(place):
    done = place.cli.run("doctor", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not list(place.data_directory.glob("attachments/.moving-*"))


def files_of(place):
    """Everything that lies in the data directory but the database, its journal and the keys."""
    kept = {}
    for file in sorted(place.data_directory.rglob("*")):
        if file.is_file() and not file.name.startswith("greffier.db") and file.parent.name not in ("keys", "checkpoints", "backups"):
            kept[str(file.relative_to(place.data_directory))] = file.read_bytes()
    return kept


# --- there and back -----------------------------------------------------------------------------------

def test_an_organisation_arrives_as_it_left(town, other, tmp_path):
    before, deep = exports(town), deep_state(town, town.ids)
    said = write_archive(town, tmp_path / "ville.zip")
    assert stat.S_IMODE((tmp_path / "ville.zip").stat().st_mode) == 0o600
    came = json.loads(other.cli("organisation", "import", tmp_path / "ville.zip", "--json").stdout)
    assert came["slug"] == "ville" and came["counts"]["records"] == 7 and came["counts"]["people_new"] == 2
    assert exports(other) == before
    after = deep_state(other, town.ids)
    for key, value in deep.items():
        assert after[key] == value, key
    assert said["ledger"]["root"] == came["former_ledger"]["root"]
    healthy(other)


def test_the_head_that_left_is_the_head_of_the_log_and_the_import_is_its_next_entry(town, other, tmp_path):
    said = write_archive(town, tmp_path / "ville.zip")
    left = part(tmp_path / "ville.zip", "ledger/entries.jsonl").splitlines()
    assert base64.b64encode(root_of(left)).decode() == said["ledger"]["root"] and len(left) == said["ledger"]["size"]
    other.cli("organisation", "import", tmp_path / "ville.zip")
    write_archive(other, tmp_path / "again.zip")
    now = part(tmp_path / "again.zip", "ledger/entries.jsonl").splitlines()
    assert now[:len(left)] == left and len(now) == len(left) + 1
    transfer = json.loads(now[-1])
    assert transfer["action"] == "transfer" and transfer["sequence"] == len(left)
    assert transfer["note"] == f"greffier.log/{transfer['organisation']} {len(left)} {said['ledger']['root']}"
    shown = json.loads(other.cli("organisation", "show", "ville", "--json").stdout)["ledger"]
    assert shown["size"] == len(now) and shown["root"] == base64.b64encode(root_of(now)).decode() and shown["checkpoint_at"]
    # What the former installation signed is kept, as a stranger's.
    former = (other.data_directory / "checkpoints" / f"{transfer['organisation']}.former.txt").read_text()
    assert former and former == part(tmp_path / "again.zip", "ledger/former-checkpoints.txt").decode()
    healthy(other)


def test_two_archives_of_one_state_are_the_same_bytes(town, tmp_path):
    write_archive(town, tmp_path / "one.zip")
    write_archive(town, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_people_come_without_password_and_known_ones_keep_their_account(town, other, tmp_path):
    password = other.add_user("claire@ville.test", None, "--name", "Claire d’ici")
    write_archive(town, tmp_path / "ville.zip")
    for secret in ("argon2", "gft_", "password", "token_hash", "csrf"):
        assert secret not in part(tmp_path / "ville.zip", "people.json").decode()
    other.cli("organisation", "import", tmp_path / "ville.zip")
    people = {one["email"]: one for one in json.loads(other.cli("user", "list", "--json").stdout)["items"]}
    assert people["claire@ville.test"]["disabled"] is False and people["paul@ville.test"]["disabled"] is True
    assert {role["role"] for role in people["claire@ville.test"]["roles"] if role["organisation"] == "ville"} == {"administrator", "dpo"}
    with other.serve() as server:
        person = server.browser()
        person.sign_in("claire@ville.test", password)
        history = person.get(f"/o/ville/processings/{town.ids[0]}/history")
        assert history.status_code == 200 and "Claire d’ici" in history.text


def test_it_goes_on_living_where_it_arrived(town, other, tmp_path):
    write_archive(town, tmp_path / "ville.zip")
    other.cli("organisation", "import", tmp_path / "ville.zip")
    token = other.add_token("ville", "dpo")
    with other.serve() as server:
        api = server.api(token)
        made = api.post(SHEETS, {"name": "Né ici"})
        assert made.status_code == 201 and made.json()["reference"] == "TRT-0007"
        assert api.patch(f"{SHEETS}/{town.ids[0]}", {"service": "Ailleurs"}, headers={"If-Match": "*"}).status_code == 200
        assert api.request("POST", f"{SHEETS}/{town.ids[0]}/attachments", files={"file": ("suite.txt", b"suite", "text/plain")}).status_code == 201
    healthy(other)


def test_an_encrypted_archive_opens_with_its_passphrase_alone(town, other, tmp_path):
    secret, wrong = tmp_path / "secret.txt", tmp_path / "wrong.txt"
    secret.write_text(PASSPHRASE + "\n")
    wrong.write_text("une autre phrase secrète\n")
    write_archive(town, tmp_path / "ville.sealed", "ville", "--passphrase-file", secret)
    assert PLANTED.encode() not in (tmp_path / "ville.sealed").read_bytes() and not zipfile.is_zipfile(tmp_path / "ville.sealed")
    for more in ([], ["--passphrase-file", wrong]):
        refused = other.cli.run("organisation", "import", tmp_path / "ville.sealed", *more)
        assert refused.returncode == 2 and refused.stderr.count("\n") == 1 and "[" not in refused.stderr
    whole = (tmp_path / "ville.sealed").read_bytes()
    (tmp_path / "cut.sealed").write_bytes(whole[:-100])
    assert other.cli.run("organisation", "import", tmp_path / "cut.sealed", "--passphrase-file", secret).returncode == 2
    other.cli("organisation", "import", tmp_path / "ville.sealed", "--passphrase-file", secret)
    assert exports(other) == exports(town)
    assert not list((town.data_directory / "tmp").iterdir())


def test_what_is_here_already_is_refused_and_a_copy_is_another_organisation(town, tmp_path):
    write_archive(town, tmp_path / "ville.zip")
    refused = town.cli.run("organisation", "import", tmp_path / "ville.zip")
    assert refused.returncode == 2 and "--as-copy" in refused.stderr
    refused = town.cli.run("organisation", "import", tmp_path / "ville.zip", "--as-copy")
    assert refused.returncode == 2 and "--slug" in refused.stderr
    before = exports(town)
    first = json.loads(town.cli("organisation", "import", tmp_path / "ville.zip", "--as-copy", "--slug", "copie", "--json").stdout)
    second = json.loads(town.cli("organisation", "import", tmp_path / "ville.zip", "--as-copy", "--slug", "copie-deux", "--json").stdout)
    assert len({first["organisation"], second["organisation"], json.loads(part(tmp_path / "ville.zip", "manifest.json"))["organisation"]["id"]}) == 3
    assert exports(town) == before, "the original is untouched"
    ids = set(town.ids)
    for slug in ("copie", "copie-deux"):
        items = json.loads(town.cli("export", "--organisation", slug, "--register", "processings", "--format", "json").stdout)["items"]
        originals = json.loads(before["processings", None])["items"]
        assert [one["name"] for one in items] == [one["name"] for one in originals]
        assert not ids & {one["id"] for one in items}
        ids |= {one["id"] for one in items}
        then = json.loads(town.cli("export", "--organisation", slug, "--register", "processings", "--format", "json", "--at", "2026-02-20").stdout)["items"]
        assert [one["name"] for one in then] == [one["name"] for one in json.loads(before["processings", "2026-02-20"])["items"]]
        write_archive(town, tmp_path / f"{slug}.zip", slug)
        entries = [json.loads(line) for line in part(tmp_path / f"{slug}.zip", "ledger/entries.jsonl").splitlines()]
        assert entries[0]["action"] == "transfer" and json.loads(part(tmp_path / "ville.zip", "manifest.json"))["organisation"]["id"] in entries[0]["note"]
        assert {one["action"] for one in entries[1:]} == {"import"}
    healthy(town)


def test_a_copy_of_a_copy_can_leave_too(town, other, tmp_path):
    write_archive(town, tmp_path / "ville.zip")
    town.cli("organisation", "import", tmp_path / "ville.zip", "--as-copy", "--slug", "copie")
    write_archive(town, tmp_path / "copie.zip", "copie")
    other.cli("organisation", "import", tmp_path / "copie.zip")
    assert exports(other, "copie") == exports(town, "copie")
    healthy(other)


@pytest.mark.skipif(ENGINE != "postgres" and not os.environ.get("GREFFIER_TEST_POSTGRES"), reason="needs PostgreSQL: GREFFIER_TEST_POSTGRES")
def test_it_travels_between_the_engines_and_back(binary, town, tmp_path):
    database = postgres_tool("create", postgres_server())
    try:
        elsewhere = new_installation(binary, tmp_path / "elsewhere", {"GREFFIER_DATABASE": database if ENGINE != "postgres" else ""})
        if ENGINE == "postgres":
            del elsewhere.environment["GREFFIER_DATABASE"]
        elsewhere.cli("organisation", "add", "voisine", "--name", "Ville Voisine", "--test-clock")
        write_archive(town, tmp_path / "ville.zip")
        elsewhere.cli("organisation", "import", tmp_path / "ville.zip")
        assert exports(elsewhere) == exports(town)
        healthy(elsewhere)
        write_archive(elsewhere, tmp_path / "back.zip")
        home = new_installation(binary, tmp_path / "home", town.environment if ENGINE == "sqlite" else None)
        home.cli("organisation", "add", "autre", "--name", "Autre", "--test-clock")
        home.cli("organisation", "import", tmp_path / "back.zip")
        assert exports(home) == exports(town)
        healthy(home)
        elsewhere.cli("organisation", "remove", "ville", "--confirm", "ville")
        assert organisations(elsewhere) == ["voisine"]
        healthy(elsewhere)
    finally:
        postgres_tool("drop", database)


# --- hostile archives ---------------------------------------------------------------------------------

def rebuild(source, target, change, keep_manifest=False):
    """The archive with its parts as `change(parts)` left them; the manifest follows, unless it must not."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts.pop("manifest.json"))
    extra = change(parts, manifest) or []
    if not keep_manifest:
        manifest["parts"] = [{"name": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)} for name, data in sorted(parts.items())]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        for name, data in list(parts.items()) + extra:
            archive.writestr(name, data)


def edit(name, before, after):
    def change(parts, _):
        assert before in parts[name], name
        parts[name] = parts[name].replace(before, after, 1)
    return change


def drop(name):
    return lambda parts, _: parts.pop(name) and None


def forge_version(parts, _):
    """A body rewritten with its manifest: only the log tells."""
    lines = parts["registers/processings.jsonl"].decode().split("\n")
    place = next(i for i, line in enumerate(lines) if '"version"' in line and "Accueil" in line)
    lines[place] = lines[place].replace("Accueil", "Accueit")
    parts["registers/processings.jsonl"] = "\n".join(lines).encode()


def backdate(parts, _):
    """A version said to be older than the log says."""
    lines = parts["registers/processings.jsonl"].decode().split("\n")
    place = next(i for i, line in enumerate(lines) if line.startswith('{"version"'))
    line = json.loads(lines[place])
    line["version"]["recorded_at"] = "2020-01-01T00:00:00.000Z"
    lines[place] = json.dumps(line, ensure_ascii=False)
    parts["registers/processings.jsonl"] = "\n".join(lines).encode()


def lose_version(parts, _):
    lines = parts["registers/processings.jsonl"].decode().split("\n")
    records = [i for i, line in enumerate(lines) if line.startswith('{"record"')]
    parts["registers/processings.jsonl"] = "\n".join(lines[:records[-1]] + [""]).encode()


def cut_log(parts, manifest):
    lines = parts["ledger/entries.jsonl"].splitlines()[:-1]
    parts["ledger/entries.jsonl"] = b"\n".join(lines) + b"\n"
    manifest["ledger"].update(size=len(lines), root=root_of(lines).hex())


def bomb(parts, _):
    parts["settings.jsonl"] = b" " * 300_000_000


def newer(_, manifest):
    manifest["format_version"] = 2


def lie_about_size(_, manifest):
    manifest["parts"][0]["size"] = 5


HOSTILE = {
    "an altered part": (edit("organisation.json", b"Ville de Test", b"Ville du Diable"), True, "organisation.json"),
    "another name in people, manifest kept": (edit("people.json", b"paul@", b"jean@"), True, "people.json"),
    "a forged version with a fitting manifest": (forge_version, False, "modifiée"),
    "a version said to be older": (backdate, False, "modifiée"),
    "a record that was taken out": (lose_version, False, "versions"),
    "a shortened log with a fitting root": (cut_log, False, None),
    "a missing part": (drop("settings.jsonl"), True, "settings.jsonl"),
    "a missing part the manifest forgot too": (drop("discussion.jsonl"), False, "discussion.jsonl"),
    "a part of another kind": (lambda parts, _: parts.update({"registers/../../evil.jsonl": b"{}\n"}), False, "evil"),
    "a path that climbs": (lambda parts, _: [("../../../tmp/evil", b"x")], False, "evil"),
    "an absolute path": (lambda parts, _: [("/tmp/evil", b"x")], False, "evil"),
    "a part twice": (lambda parts, _: [("people.json", b"{}")], False, "people.json"),
    "an unknown register": (lambda parts, _: parts.update({"registers/unknown-one.jsonl": b""}), False, "unknown-one"),
    "a newer format": (newer, False, "format 2"),
    "a bomb": (bomb, False, None),
    "a size that lies": (lie_about_size, True, None),
    "a broken line": (edit("people.json", b'"people":[', b'"people":[nonsense'), False, "people.json"),
    "a huge number": (edit("settings.jsonl", b'"next":', b'"next":99999999999999999999'), False, "settings.jsonl"),
    "a comment on nothing": (lambda parts, _: edit("discussion.jsonl", parts["discussion.jsonl"].split(b'"record_id":"')[1][:36], b"0190f3a2-7c41-7d10-8a55-1c2d3e4f5061")(parts, _), False, "discussion.jsonl"),
}


def test_hostile_archives_are_refused_in_words_and_nothing_is_written(town, other, tmp_path):
    write_archive(town, tmp_path / "ville.zip")
    files = files_of(other)
    for name, (change, keep, word) in HOSTILE.items():
        rebuild(tmp_path / "ville.zip", tmp_path / "hostile.zip", change, keep)
        refused = other.cli.run("organisation", "import", tmp_path / "hostile.zip")
        assert refused.returncode == 2, f"{name}: {refused.stdout}"
        assert refused.stderr.count("\n") == 1 and "[" not in refused.stderr, f"{name}: {refused.stderr}"
        assert word is None or word in refused.stderr, f"{name}: {refused.stderr}"
        assert organisations(other) == ["voisine"] and files_of(other) == files, name
    whole = (tmp_path / "ville.zip").read_bytes()
    for name, data in {"empty": b"", "cut": whole[:len(whole) // 2], "text": b"bonjour", "another zip": None}.items():
        if data is None:
            held = io.BytesIO()
            with zipfile.ZipFile(held, "w") as archive:
                archive.writestr("content.xml", "x")
            data = held.getvalue()
        (tmp_path / "hostile.zip").write_bytes(data)
        refused = other.cli.run("organisation", "import", tmp_path / "hostile.zip")
        assert refused.returncode == 2 and refused.stderr.count("\n") == 1 and "[" not in refused.stderr, f"{name}: {refused.stderr}"
    assert organisations(other) == ["voisine"] and files_of(other) == files
    assert not Path("/tmp/evil").exists()
    other.cli("organisation", "import", tmp_path / "ville.zip")
    healthy(other)


def test_a_slug_that_is_taken_or_unfit_is_refused_before_anything(town, other, tmp_path):
    write_archive(town, tmp_path / "ville.zip")
    for slug in ("voisine", "api", "Pas Bon"):
        refused = other.cli.run("organisation", "import", tmp_path / "ville.zip", "--slug", slug)
        assert refused.returncode == 2 and refused.stderr.count("\n") == 1 and "[" not in refused.stderr, refused.stderr
    other.cli("organisation", "import", tmp_path / "ville.zip", "--slug", "ville-neuve")
    assert sorted(organisations(other)) == ["ville-neuve", "voisine"]


@pytest.mark.parametrize("moment", range(6))
def test_an_import_killed_on_the_way_leaves_nothing(town, other, tmp_path, moment):
    write_archive(town, tmp_path / "ville.zip")
    files = files_of(other)
    running = subprocess.Popen([str(other.binary), "organisation", "import", str(tmp_path / "ville.zip"), "--data", str(other.data_directory)],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=clean_environment(other.environment))
    # A different moment of the work each time, wherever it then is: before, within or after the transaction.
    end = time.monotonic() + 0.02 + 0.08 * moment
    while running.poll() is None and time.monotonic() < end:
        pass
    running.send_signal(signal.SIGKILL)
    running.wait()
    if "ville" in organisations(other):   # it had committed: then it is whole
        with other.serve():
            pass
        assert exports(other) == exports(town)
        healthy(other)
        return
    with other.serve():   # a start settles what the crash left
        pass
    assert {name: data for name, data in files_of(other).items() if name != "serve.lock"} == files
    other.cli("organisation", "import", tmp_path / "ville.zip")
    assert exports(other) == exports(town)
    healthy(other)


# --- removal ------------------------------------------------------------------------------------------

def signed_by(certificate):
    """The certificate's own bytes, checked against its signature as the documentation says."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    text = certificate.strip()
    whole = json.loads(text)
    body = text[len('{"certificate":'):text.rindex(',"signature":')].encode()
    key = base64.b64decode(whole["verifier_key"].split("+", 2)[2])[1:]
    Ed25519PublicKey.from_public_bytes(key).verify(base64.b64decode(whole["signature"]), body)
    return whole["certificate"]


def test_a_removed_organisation_leaves_a_certificate_and_nothing_else(town, tmp_path):
    town.cli("organisation", "add", "autre", "--name", "Autre ville")
    town.cli("user", "grant", "claire@ville.test", "--organisation", "autre", "--role", "dpo")
    token = town.add_token("autre", "dpo")
    with town.serve() as server:
        assert server.api(token).post("/organisations/autre/processings", {"name": "Reste ici"}).status_code == 201
    kept = exports(town, "autre")
    head = json.loads(town.cli("organisation", "show", "ville", "--json").stdout)
    assert town.cli.run("organisation", "remove", "ville", "--confirm", "vile").returncode == 2
    assert town.cli.run("organisation", "remove", "ville").returncode == 2
    assert "ville" in organisations(town)
    town.cli("organisation", "remove", "ville", "--confirm", "ville", "-o", tmp_path / "certificate.json")
    certificate = json.loads((tmp_path / "certificate.json").read_text())["certificate"]
    assert certificate["organisation"]["slug"] == "ville" and certificate["ledger"]["size"] == head["ledger"]["size"]
    assert bytes.fromhex(certificate["ledger"]["root"]) == base64.b64decode(head["ledger"]["root"])
    assert {"register": "processings", "records": 6, "versions": 14} in certificate["registers"]
    assert certificate["attachments"]["files"] == 2 and certificate["people"] == {"erased": 1, "members": 2}
    again = town.cli("organisation", "certificate", certificate["organisation"]["id"], "-o", "-").stdout
    assert again == (tmp_path / "certificate.json").read_text()
    assert "Ville de Test" in town.cli("organisation", "certificate", certificate["organisation"]["id"]).stdout
    assert PLANTED not in again

    assert organisations(town) == ["autre"] and exports(town, "autre") == kept
    people = {one["email"] for one in json.loads(town.cli("user", "list", "--json").stdout)["items"]}
    assert people == {"admin@machine.test", "claire@ville.test"}
    healthy(town)
    for file in town.data_directory.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            for word in (PLANTED, "zyxomatique", "paul@ville.test", "Gardiens du phare"):
                assert word.encode() not in data, f"{word} in {file}"
    assert not [file for file in (town.data_directory / "attachments").rglob("*") if file.is_file()]


def test_the_certificate_is_signed_with_the_ledgers_key(town, tmp_path):
    pytest.importorskip("cryptography")
    town.cli("organisation", "remove", "ville", "--confirm", "ville", "-o", tmp_path / "certificate.json")
    assert signed_by((tmp_path / "certificate.json").read_text())["organisation"]["slug"] == "ville"


def test_an_organisation_with_others_below_it_stays(town):
    town.cli("organisation", "add", "quartier", "--name", "Quartier", "--parent", "ville")
    refused = town.cli.run("organisation", "remove", "ville", "--confirm", "ville")
    assert refused.returncode == 2 and "quartier" in refused.stderr
    healthy(town)


def test_it_comes_back_after_its_removal(town, tmp_path):
    before = exports(town)
    write_archive(town, tmp_path / "ville.zip")
    town.cli("organisation", "remove", "ville", "--confirm", "ville")
    town.cli("organisation", "import", tmp_path / "ville.zip")
    assert exports(town) == before
    healthy(town)


# --- pages --------------------------------------------------------------------------------------------

def test_an_administrator_takes_the_archive_from_a_page_under_a_passphrase(town, other, tmp_path):
    password = town.add_user("chef@ville.test", None, "--organisation", "ville", "--role", "administrator")
    with town.serve() as server:
        person = server.browser()
        person.sign_in("chef@ville.test", password)
        page = person.get("/o/ville/archive")
        assert page.status_code == 200
        short = person.submit(page, {"passphrase": "court", "again": "court"}, field="passphrase")
        assert short.status_code == 422
        page = person.submit(person.get("/o/ville/archive"), {"passphrase": PASSPHRASE, "again": PASSPHRASE}, field="passphrase")
        assert page.status_code == 200
        link = None
        for _ in range(600):
            page = person.get("/o/ville/archive")
            link = next((piece.split('"')[0] for piece in page.text.split('href="')[1:] if piece.startswith("/o/ville/archive/")), None)
            if link:
                break
            time.sleep(0.05)
        got = person.get(link)
        assert got.status_code == 200 and got.headers["Content-Disposition"].startswith("attachment")
        (tmp_path / "ville.sealed").write_bytes(got.content)
        for file in (town.data_directory / "archives").iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600 and PLANTED.encode() not in file.read_bytes()
        assert PASSPHRASE.encode() not in b"".join(file.read_bytes() for file in town.data_directory.glob("greffier.db*"))
    secret = tmp_path / "secret.txt"
    secret.write_text(PASSPHRASE)
    other.cli("organisation", "import", tmp_path / "ville.sealed", "--passphrase-file", secret)
    assert exports(other)["processings", None] == exports(town)["processings", None]


def test_the_dpo_takes_the_archive_too_and_nobody_else_does(town):
    passwords = {role: town.add_user(f"{role}@ville.test", None, "--organisation", "ville", "--role", role) for role in ("dpo", "dpo_assistant", "reader")}
    with town.serve() as server:
        for role, status in (("dpo", 200), ("dpo_assistant", 403), ("reader", 403)):
            person = server.browser()
            person.sign_in(f"{role}@ville.test", passwords[role])
            assert person.get("/o/ville/archive").status_code == status, role
            csrf = person.csrf(person.get("/o/ville"))
            assert person.post("/o/ville/archive", {"csrf": csrf, "passphrase": "court", "again": "court"}).status_code == (422 if status == 200 else 403)
            assert ('href="/o/ville/archive"' in person.get("/o/ville").text) == (status == 200)


def test_who_runs_the_installation_removes_from_a_page_and_takes_nothing_away(town):
    password = town.add_user("chef@machine.test", None, "--role", "installation_administrator")
    with town.serve() as server:
        person = server.browser()
        person.sign_in("chef@machine.test", password)
        assert person.get("/o/ville/archive").status_code == 403
        assert 'href="/o/ville/remove"' in person.get("/o/ville/settings").text and 'href="/o/ville/archive"' not in person.get("/o/ville/settings").text
        page = person.get("/o/ville/remove")
        wrong = person.submit(page, {"confirm": "autre"}, field="confirm")
        assert wrong.status_code == 422 and "ville" in organisations(town)
        assert requests.post(server.address + "/test/clock", data={"advance_seconds": "660"}, timeout=30).status_code == 200
        asked = person.submit(person.get("/o/ville/remove"), {"confirm": "ville"}, field="confirm")
        assert asked.status_code == 403 and "proof_password" in asked.text and "ville" in organisations(town), "ten minutes after the sign-in, who it is is asked again"
        gone = person.submit(asked, {"proof_password": password}, field="proof_password")
        assert gone.status_code == 200 and "Certificat" in gone.text and "signature" in gone.text
        assert person.get("/o/ville/archive").status_code == 404
    assert organisations(town) == []
    healthy(town)
