"""The journal of access: who came in, what left, what an auditor read; kept for some months, and no longer."""
import json
import re

import pytest
import requests

from harness import Installation

PASSWORD = "Un vieux pont de bois enjambe la riviere"
SHEETS = "/organisations/vire/processings"


@pytest.fixture
def town(binary, tmp_path):
    town = Installation(binary, tmp_path / "data", {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z"})
    town.cli("organisation", "add", "vire", "--name", "Vire", "--test-clock")
    town.cli("organisation", "add", "caen", "--name", "Caen")
    town.add_user("ines@installation.example", PASSWORD)
    town.add_user("claire@vire.example", PASSWORD, "--organisation", "vire", "--role", "administrator", "--name", "Claire Delmas")
    town.add_user("lecteur@vire.example", PASSWORD, "--organisation", "vire", "--role", "reader")
    town.add_user("audit@cabinet.example", PASSWORD, "--organisation", "vire", "--role", "auditor", "--until", "2026-12-31", "--name", "Anne Audit")
    return town


def visitor(server, email):
    browser = server.browser()
    browser.sign_in(email, PASSWORD)
    return browser


def lines(town, *options):
    return [json.loads(line) for line in town.cli("journal", "list", *options).stdout.splitlines()]


def events(town, *options):
    return [line["event"] for line in lines(town, *options)]


def test_who_came_in_and_who_could_not(town):
    with town.serve() as server:
        stranger = server.browser()
        page = stranger.get("/sign-in")
        assert stranger.submit(page, {"email": "claire@vire.example", "password": "pas le bon"}, field="password").status_code == 422
        page = stranger.get("/sign-in")
        assert stranger.submit(page, {"email": "inconnue@vire.example", "password": "rien du tout"}, field="password").status_code == 422
        claire = visitor(server, "claire@vire.example")
        claire.post("/sign-out", {"csrf": claire.csrf(claire.get("/o/vire/people"))})
        told = lines(town)
        assert [line["event"] for line in told] == ["sign_in_failed", "sign_in_failed", "signed_in", "signed_out"]
        assert told[0]["person"] == told[2]["person"] and told[1]["person"] is None
        assert all(line["address"] == "127.0.0.1" and line["at"].startswith("2026-03-02T09:") for line in told)
        assert "pas le bon" not in json.dumps(told) and "inconnue" not in json.dumps(told), "nothing that somebody typed"
        ines = visitor(server, "ines@installation.example")
        page = ines.get("/journal?event=sign_in_failed")
        assert page.status_code == 200 and page.text.count("Connexion refusée") == 3, "two lines, and the choice in the filter"
        assert visitor(server, "claire@vire.example").get("/journal").status_code == 403


def test_what_leaves_and_who_was_let_in(town):
    token = town.add_token("vire", "dpo")
    with town.serve() as server:
        api = server.api(token)
        record = api.post(SHEETS, {"name": "Gérer un secret bien gardé"}).json()["id"]
        kept = api.request("POST", f"{SHEETS}/{record}/attachments", files={"file": ("note.txt", b"un mot", "text/plain")}).json()["id"]
        claire = visitor(server, "claire@vire.example")
        assert claire.get("/o/vire/processings/export?format=csv").status_code == 200
        assert claire.get(f"/o/vire/processings/{record}/attachments/{kept}").status_code == 200
        assert claire.get("/o/vire/processings/export?format=rien").status_code == 422
        people = claire.get("/o/vire/people")
        claire.submit(people, {"email": "lecteur@vire.example", "name": "L", "role": "contributor"}, field="email")
        assert api.get(f"{SHEETS}/export?format=json").status_code == 200
        told = lines(town, "--organisation", "vire")
        assert [line["event"] for line in told] == ["exported", "downloaded", "person_invited", "exported"], "the refused export left nothing"
        assert told[0]["subject"] == "processings/export" and told[0]["format"] == "csv"
        assert told[1]["subject"] == f"processings/{record}/attachments/{kept}"
        page = claire.get("/o/vire/journal").text
        assert f'Traitements, <a href="/o/vire/processings/{record}">la fiche</a>' in page and f">processings/{record}" not in page, "in words, and not by its number"
        assert told[2]["role"] == "contributor" and "lecteur" not in json.dumps(told[2])
        assert told[3]["person"] is None and told[3]["actor"]
        assert "secret" not in json.dumps(told) and "note.txt" not in json.dumps(told), "ids and codes alone"
        assert lines(town, "--organisation", "caen") == []

        page = claire.get("/o/vire/journal")
        text = re.sub(r"<[^>]+>", " ", page.text)
        for words in ("Export", "Pièce téléchargée", "Rôle donné", "Contribution", "Claire Delmas", "Jeton"):
            assert words in text, words
        assert "Rôle donné" not in re.sub(r"<option.*?</option>", "", claire.get("/o/vire/journal?event=exported").text)
        empty = claire.get("/o/vire/journal?from=2026-03-03")
        assert "Aucun événement" in empty.text
        wrong = claire.get("/o/vire/journal?from=hier")
        assert wrong.status_code == 422 and "hier" in wrong.text
        sent = claire.get("/o/vire/journal/export?event=downloaded")
        assert [json.loads(line)["event"] for line in sent.text.splitlines()] == ["downloaded"]
        assert visitor(server, "lecteur@vire.example").get("/o/vire/journal").status_code == 403


def test_whatever_an_auditor_reads_leaves_a_trace(town):
    with town.serve() as server:
        auditor = visitor(server, "audit@cabinet.example")
        for path in ("/o/vire", "/o/vire/processings", "/o/vire/profile"):
            assert auditor.get(path).status_code == 200
        assert auditor.get("/o/vire/people").status_code == 403
        told = lines(town, "--organisation", "vire")
        assert [line["event"] for line in told] == 5 * ["read_by_auditor"] + ["refused"]
        assert told[-1]["subject"] == "/o/vire/people" and told[-1]["person"] == told[0]["person"]
        assert [(line["subject"] or "").split("/")[0] for line in told[:-1]] == ["", "", "processings", "profile", "profile"], "where the sign-in led, three pages, and the record the profile's address leads to"
        reader = visitor(server, "lecteur@vire.example")
        assert reader.get("/o/vire/processings").status_code == 200
        assert lines(town, "--organisation", "vire") == told, "others read in peace"


def test_every_way_out_is_in_the_journal(town):
    """Each route by which records or files leave is on the list: one that is added and forgotten fails here."""
    routes = json.loads(town.cli("doctor", "--routes", "--json").stdout)["routes"]
    ways_out = [route for route in routes if route["permission"] == "export_records" or route["path"].endswith(("/export", "/attachments/{attachment}")) and route["method"] == "GET"]
    assert len(ways_out) > 6
    for route in ways_out:
        assert route["journal"], f"{route['method']} {route['path']} leaves nothing in the journal"
    for path in ("/o/{organisation}/people", "/o/{organisation}/people/{id}/role", "/o/{organisation}/tokens", "/account/password"):
        assert any(route["journal"] for route in routes if route["path"] == path and route["method"] == "POST"), path


def test_it_is_kept_for_some_months_and_a_person_can_be_taken_out(town):
    with town.serve("--journal-months", "6") as server:
        visitor(server, "claire@vire.example")
        visitor(server, "lecteur@vire.example")
        assert "lignes" in town.cli("journal", "forget", "claire@vire.example").stdout
        told = lines(town)
        assert [line["event"] for line in told] == ["signed_in", "signed_in"]
        assert told[0]["person"] is None and told[0]["address"] is None and told[1]["person"]
        moved = requests.post(server.address + "/test/clock", data={"advance_seconds": str(200 * 86400)}, timeout=30)
        assert moved.status_code < 300
        for _ in range(200):   # the keeper's next round
            if not lines(town):
                break
            server.browser().get("/healthz")
        assert lines(town) == []
    refused = town.cli.run("serve", "--journal-months", "forever", "--listen", "127.0.0.1:0")
    assert refused.returncode == 2


def test_each_line_goes_where_the_operator_gathers_them(town, tmp_path):
    gathered = tmp_path / "acces.jsonl"
    with town.serve("--journal-file", str(gathered)) as server:
        visitor(server, "claire@vire.example")
        written = [json.loads(line) for line in gathered.read_text().splitlines()]
        assert written == lines(town)
        assert gathered.stat().st_mode & 0o777 == 0o600
        gathered.unlink()   # as a rotation does
        visitor(server, "lecteur@vire.example")
        assert len(gathered.read_text().splitlines()) == 1
