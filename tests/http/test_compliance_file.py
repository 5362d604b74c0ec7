"""The compliance file: asked for at one click, handed to an inspector, checked without us."""
import hashlib
import io
import json
import re
import shutil
import time
import zipfile

import pytest
import requests

from harness import Cli, Installation
from town import ADRIEN, BASE, CLAIRE, PASSWORD, SOPHIE, made

FILES = BASE + "/compliance-files"
START, LATER = "2026-03-10T09:00:00Z", "2026-03-20T09:00:00Z"
BREACH = {"title": "Clé USB perdue au guichet", "detected_at": "2026-03-09T10:00:00Z"}


@pytest.fixture(scope="module")
def shared_installation(binary, tmp_path_factory):
    """The town of these tests has a clock of its own: one of them looks at its past."""
    return Installation(binary, tmp_path_factory.mktemp("shared") / "data", {"GREFFIER_CLOCK": START})


@pytest.fixture(scope="module")
def town(shared_installation):
    shared_installation.cli("organisation", "add", "ville", "--name", "Ville", "--test-clock")
    for email, name, role in ((CLAIRE, "Claire Delmas", "dpo"), (SOPHIE, "Sophie Lagrange", "contributor"), (ADRIEN, "Adrien Auber", "reader")):
        shared_installation.add_user(email, PASSWORD, "--name", name, "--organisation", "ville", "--role", role)
    return shared_installation


@pytest.fixture(scope="module")
def api(town, shared_server):
    return shared_server.api(town.add_token("ville", "dpo"))


@pytest.fixture(scope="module")
def filled(api, shared_server):
    """A record with a file, one that was renamed since, a breach, a policy with its words, and the officer's own note."""
    paye = made(api, "processings", name="Payer les agents")
    kept = api.request("POST", f"{BASE}/processings/{paye}/attachments", files={"file": ("avis ../signé.txt", b"avis favorable", "text/plain")})
    assert kept.status_code == 201, kept.text
    accueil = made(api, "processings", name="Accueillir le public")
    made(api, "policies", name="Charte informatique", text="# Mots de passe\n\nOn ne les note pas.")
    breach = api.post(f"{BASE}/breaches", BREACH)
    assert breach.status_code == 201, breach.text
    assert requests.post(shared_server.address + "/test/clock", data={"now": LATER}, timeout=30).status_code == 200
    tag = api.get(f"{BASE}/processings/{accueil}").headers["ETag"]
    assert api.patch(f"{BASE}/processings/{accueil}", {"name": "Renseigner le public"}, headers={"If-Match": tag}).status_code == 200
    return {"paye": paye, "accueil": accueil, "breach": breach.json()["id"]}


def file_by(api, **wish):
    """Asks, waits, and takes the file: its bytes, and what the API says of it."""
    asked = api.post(FILES, wish)
    assert asked.status_code == 202, asked.text
    address = FILES + "/" + asked.json()["id"]
    for _ in range(600):
        told = api.get(address).json()
        if told["state"] not in ("waiting", "running"):
            break
        time.sleep(0.1)
    assert told["state"] == "done", told
    content = api.get(address + "/content")
    assert content.status_code == 200, content.text
    return content.content, told


def opened(content):
    return zipfile.ZipFile(io.BytesIO(content))


def verified(town, path, *more, code=0):
    answer = town.cli.run("verify", str(path), "--json", *more)
    assert answer.returncode == code, answer.stdout + answer.stderr
    return json.loads(answer.stdout)


def rewritten(path, to, change):
    """The same zip, each entry as `change(name, bytes)` says; None leaves it out."""
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(to, "w") as after:
        for name in before.namelist():
            content = change(name, before.read(name))
            if content is not None:
                after.writestr(name, content)
    return to


def test_one_call_gathers_registers_evidence_texts_and_files(api, filled):
    content, told = file_by(api)
    file = opened(content)
    names = set(file.namelist())
    assert {"index.html", "SHA256SUMS", "signature.txt", "evidence-map.html", "ledger/entries.jsonl", "ledger/checkpoint.txt", "ledger/key.txt"} <= names
    assert {"registers/processings.html", "registers/processings.csv", "registers/processings.json", "registers/profile.html"} <= names
    assert "Payer les agents" in file.read("registers/processings.html").decode()
    assert {item["name"] for item in json.loads(file.read("registers/processings.json"))["items"]} == {"Payer les agents", "Renseigner le public"}
    text = next(name for name in names if name.startswith("texts/"))
    assert "On ne les note pas." in file.read(text).decode()
    kept = next(name for name in names if name.startswith("documents/processings/"))
    assert ".." not in kept.rsplit("/", 1)[0] and kept.count("/") == 3 and file.read(kept) == b"avis favorable"
    assert told["files"] == len(names) and told["fingerprint"] == hashlib.sha256(file.read("SHA256SUMS")).hexdigest()


def test_the_first_page_says_who_when_what_is_left_out_and_each_sum(api, filled):
    file = opened(file_by(api, reason="audit")[0])
    index = file.read("index.html").decode()
    assert "Audit" in index and "20 mars 2026" in index and "Registre des violations" not in index.split("Laissé de côté")[0]
    left_out = index.split("Laissé de côté")[1].split("</dd>")[0]
    assert "scellés" in left_out and "restreint" in left_out
    sums = dict(reversed(line.split("  ", 1)) for line in file.read("SHA256SUMS").decode().splitlines())
    for name in file.namelist():
        if name in ("SHA256SUMS", "signature.txt"):
            continue
        digest = hashlib.sha256(file.read(name)).hexdigest()
        assert sums[name] == digest
        assert name == "index.html" or digest in index
    for line in file.read("ledger/checkpoint.txt").decode().strip().splitlines():
        assert line == "" or line in index


def test_what_is_sealed_comes_along_only_when_asked_for_with_a_reason(api, filled):
    assert "registers/breaches.html" not in opened(file_by(api)[0]).namelist()
    refused = api.post(FILES, {"confidential": True})
    assert refused.status_code == 422 and "reason" in refused.text
    named = api.post(FILES, {"registers": ["breaches"]})
    assert named.status_code == 422 and "scell" in named.text
    file = opened(file_by(api, registers=["breaches"], confidential=True, reason="inspection")[0])
    assert "Clé USB perdue au guichet" in file.read("registers/breaches.html").decode()
    assert "registers/processings.html" not in file.namelist()


def test_a_restricted_record_stays_out_by_title_and_by_content(api, filled):
    secret = made(api, "processings", name="Enquêter sur un vol interne")
    assert api.request("PUT", f"{BASE}/processings/{secret}/access", json={"restricted": True, "people": [], "reason": "enquête"}).status_code == 200
    plain = opened(file_by(api)[0])
    assert all("vol interne".encode() not in plain.read(name) for name in plain.namelist())
    whole = opened(file_by(api, confidential=True, reason="dispute")[0])
    assert "vol interne" in whole.read("registers/processings.html").decode()
    assert api.request("PUT", f"{BASE}/processings/{secret}/access", json={"restricted": False, "people": [], "reason": "close"}).status_code == 200
    assert api.delete(f"{BASE}/processings/{secret}", headers={"If-Match": "*"}).status_code == 204


def test_the_notes_of_the_officer_never_join_a_file(town, shared_server, filled):
    claire = shared_server.browser()
    claire.sign_in(CLAIRE, PASSWORD)
    page = claire.get("/o/ville/compliance-file")
    assert 'value="processings"' in page.text and 'value="notes"' not in page.text


def test_a_past_day_is_shown_as_it_stood(api, filled):
    names = {item["name"] for item in json.loads(opened(file_by(api, at="2026-03-15")[0]).read("registers/processings.json"))["items"]}
    assert names == {"Payer les agents", "Accueillir le public"}
    assert api.post(FILES, {"at": "2031-01-01"}).status_code == 422


def test_verify_needs_the_file_alone_and_sees_every_change(town, api, filled, tmp_path):
    content, told = file_by(api, attachments=True)
    path = tmp_path / "dossier.zip"
    path.write_bytes(content)
    alone = Cli(town.cli.binary, tmp_path / "nowhere")("verify", path)
    assert told["fingerprint"] in alone.stdout and not (tmp_path / "nowhere").exists()
    whole = verified(town, path)
    assert whole["ok"] and whole["signed_at"] == LATER.replace("Z", ".000Z") and whole["ledger_size"] == told["ledger_size"]

    changed = rewritten(path, tmp_path / "changed.zip", lambda name, data: data.replace(b"Payer", b"Gagner") if name == "registers/processings.csv" else data)
    assert {"code": "changed", "file": "registers/processings.csv"} in verified(town, changed, code=1)["problems"]
    missing = rewritten(path, tmp_path / "missing.zip", lambda name, data: None if name.startswith("texts/") else data)
    assert [problem["code"] for problem in verified(town, missing, code=1)["problems"]] == ["missing"]
    added = shutil.copy(path, tmp_path / "added.zip")
    with zipfile.ZipFile(added, "a") as file:
        file.writestr("documents/faux.txt", "ajouté")
    assert verified(town, added, code=1)["problems"] == [{"code": "not_listed", "file": "documents/faux.txt"}]

    # A forger who mends the sums after a change is betrayed by the signature; one who rewrites the log, by its head.
    def forge(name, data):
        if name == "registers/processings.csv":
            return data + b"\n"
        if name == "SHA256SUMS":
            old = hashlib.sha256(opened(content).read("registers/processings.csv")).hexdigest()
            return data.replace(old.encode(), hashlib.sha256(opened(content).read("registers/processings.csv") + b"\n").hexdigest().encode())
        return data
    assert [problem["code"] for problem in verified(town, rewritten(path, tmp_path / "forged.zip", forge), code=1)["problems"]] == ["signature"]

    def shorten(name, data):
        return b"\n".join(data.split(b"\n")[1:]) if name == "ledger/entries.jsonl" else data
    assert "log" in [problem["code"] for problem in verified(town, rewritten(path, tmp_path / "short.zip", shorten), code=1)["problems"]]
    (tmp_path / "rien.zip").write_bytes(b"pas un zip")
    assert town.cli.run("verify", tmp_path / "rien.zip").returncode == 2


def test_a_checkpoint_kept_from_before_and_a_key_given_elsewhere_are_held_against_the_file(town, api, filled, tmp_path):
    before = tmp_path / "before.txt"
    before.write_bytes(opened(file_by(api)[0]).read("ledger/checkpoint.txt"))
    made(api, "processings", name="Prêter des livres")
    content, _ = file_by(api)
    path = tmp_path / "dossier.zip"
    path.write_bytes(content)
    key = opened(content).read("ledger/key.txt").decode().strip()
    assert verified(town, path, "--checkpoint", str(before), "--key", key)["ok"]
    other = key[:-6] + ("AAAAA=" if key.endswith("=") else "AAAAAA")
    assert "other_key" in [problem["code"] for problem in verified(town, path, "--key", other, code=1)["problems"]]
    assert town.cli.run("verify", path, "--checkpoint", path).returncode == 2


def test_two_files_of_one_state_have_the_same_registers_and_log(api, filled):
    one, two = opened(file_by(api)[0]), opened(file_by(api)[0])
    assert one.namelist() == two.namelist()
    for name in one.namelist():
        if name not in ("index.html", "SHA256SUMS", "signature.txt"):
            assert one.read(name) == two.read(name), name


def test_the_page_makes_it_at_one_click_and_gives_it_to_its_asker_alone(town, shared_server, filled):
    adrien, sophie = shared_server.browser(), shared_server.browser()
    adrien.sign_in(ADRIEN, PASSWORD)
    sophie.sign_in(SOPHIE, PASSWORD)
    page = adrien.get("/o/ville/compliance-file")
    begun = adrien.submit(page, {}, action="/o/ville/compliance-file")
    assert "Le dossier se prépare" in begun.text
    for _ in range(600):
        found = re.search(r'href="(/o/ville/compliance-file/[0-9a-f-]{36})"', adrien.get("/o/ville/compliance-file").text)
        if found:
            break
        time.sleep(0.1)
    taken = adrien.get(found[1])
    assert taken.headers["Content-Type"] == "application/zip" and "attachment" in taken.headers["Content-Disposition"]
    assert "Adrien Auber" in opened(taken.content).read("index.html").decode()
    assert sophie.get(found[1]).status_code == 404
    assert found[1] not in sophie.get("/o/ville/compliance-file").text


def test_a_form_that_is_refused_keeps_what_was_ticked(town, shared_server, filled):
    claire = shared_server.browser()
    claire.sign_in(CLAIRE, PASSWORD)
    page = claire.get("/o/ville/compliance-file")
    refused = claire.submit(page, {"registers": "policies", "confidential": "yes", "reason": ""}, action="/o/ville/compliance-file")
    assert refused.status_code == 422 and "choisissez un motif" in refused.text
    assert re.search(r'id="f-register-policies"[^>]*checked', refused.text) and re.search(r'id="f-confidential"[^>]*checked', refused.text)


def test_the_journal_keeps_who_asked_why_and_who_took_it(api, filled):
    _, told = file_by(api, confidential=True, reason="handover")
    entries = [entry for entry in api.get(BASE + "/journal").json()["items"] if told["id"] in entry.get("subject", "")]
    assert {entry["event"] for entry in entries} == {"exported", "downloaded"}
    asked = next(entry for entry in entries if entry["event"] == "exported")
    assert "handover" in json.dumps(asked) and "confidential" in json.dumps(asked)


def test_the_command_writes_the_same_file(town, api, filled, tmp_path):
    path = tmp_path / "dossier.zip"
    told = json.loads(town.cli("compliance-file", "--organisation", "ville", "-o", str(path), "--register", "processings", "--without-attachments", "--json").stdout)
    assert verified(town, path)["fingerprint"] == told["fingerprint"]
    names = opened(path.read_bytes()).namelist()
    assert "registers/processings.html" in names and not [name for name in names if name.startswith("documents/")]
    assert town.cli.run("compliance-file", "--organisation", "ville", "-o", path, "--confidential").returncode == 2


def test_who_sees_a_part_alone_is_told_why_not(town, shared_server, filled):
    town.add_user("limitee@ville.example", PASSWORD, "--name", "Léa Limitée", "--organisation", "ville", "--role", "contributor", "--service", "Accueil")
    lea = shared_server.browser()
    lea.sign_in("limitee@ville.example", PASSWORD)
    page = lea.get("/o/ville/compliance-file")
    assert "une partie seulement" in page.text and "Constituer le dossier" not in page.text
