"""The officer's confidential notes: no other role reads them by any door, nor somebody who sees the product with the officer's eyes."""
import io
import json
import re
import zipfile

import pytest

from route_values import PLAIN_VALUES

PASSWORD = "un mot de passe long et calme"
NOTES, TOWN = "/organisations/alpha/notes", "/organisations/alpha/processings"
PLANTED = ("zzconfidence", "zzsujet", "zzsource", "zzpiece", "zzmurmure")
OTHERS = {"administrator": "administrator", "ciso": "ciso", "adjointe": "dpo_assistant", "maire": "representative", "reader": "reader", "agent": "contributor", "dehors": "external_author"}


def visitor(server, name):
    browser = server.browser()
    browser.sign_in(f"{name}@alpha.example", PASSWORD)
    return browser


def fill(path, values):
    return re.sub(r"\{([a-z_.]+)\}", lambda match: values[match.group(1).rstrip(".")], path)


def said_by(answer):
    said = answer.text + json.dumps(dict(answer.headers))
    if answer.content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            said += "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return said.lower()


def tells_nothing(answer, about):
    said = said_by(answer)
    for word in PLANTED:
        assert word not in said, f"{about} tells {word}"


@pytest.fixture(scope="module")
def town(shared_installation):
    shared_installation.cli("organisation", "add", "alpha", "--name", "Ville Alpha")
    shared_installation.add_user("premiere@mairie.example", PASSWORD)
    for name, role in (OTHERS | {"dpo": "dpo"}).items():
        shared_installation.add_user(f"{name}@alpha.example", PASSWORD, "--organisation", "alpha", "--role", role)
    shared_installation.add_user("auditor@alpha.example", PASSWORD, "--organisation", "alpha", "--role", "auditor", "--until", "2099-12-31")
    return shared_installation


def id_of(town, email):
    return next(person["id"] for person in json.loads(town.cli("user", "list", "--json").stdout)["items"] if person["email"] == email)


@pytest.fixture(scope="module")
def world(town, shared_server):
    """A note that points to a processing, with everything that hangs on one; another in the bin."""
    api = shared_server.api(town.add_token("alpha", "dpo", "--user", "dpo@alpha.example"))
    sheet = api.post(TOWN, {"name": "Gérer les badges", "purposes": []}).json()["id"]
    made = api.post(NOTES, {"subject": "Zzsujet du printemps", "text": "Zzconfidence sur les badges", "informant": {"name": "Zzsource"}, "keep_until": "2030-01-01", "processings": [sheet]})
    assert made.status_code == 201, made.text
    note = made.json()["id"]
    piece = api.request("POST", f"{NOTES}/{note}/attachments", files={"file": ("zzpiece.txt", b"zzpiece", "text/plain")})
    assert piece.status_code == 201, piece.text
    comment = api.post(f"{NOTES}/{note}/comments", {"body": "Zzmurmure"})
    assert comment.status_code == 201, comment.text
    gone = api.post(NOTES, {"subject": "Zzsujet jeté", "text": "Zzconfidence"}).json()["id"]
    assert api.delete(f"{NOTES}/{gone}", headers={"If-Match": "*"}).status_code == 204
    # Naming somebody on it opens nothing.
    named = api.request("PUT", f"{NOTES}/{note}/access", json={"restricted": False, "people": [id_of(town, f"{name}@alpha.example") for name in OTHERS]})
    assert named.status_code in (200, 403, 409, 422), named.text
    nil = "0190f3a2-7c41-7d10-8a55-1c2d3e4f5061"
    values = {**PLAIN_VALUES, "organisation": "alpha", "register": "notes", "id": note, "number": "1", "attachment": piece.json()["id"], "comment": comment.json()["id"], "act": nil, "view": nil, "list": "subject_category",
              "code": "minors", "what": "delete", "run": nil, "mapping": nil, "job": nil, "review": nil, "passkey": "x", "session": "x", "token": "x", "slug": "x", "movement": nil, "consent": nil,
              "founding": nil, "provider": "x", "identity": "x", "reference": "x"}
    return {"api": api, "note": note, "sheet": sheet, "values": values}


@pytest.fixture(scope="module")
def routes(town):
    return json.loads(town.cli("doctor", "--routes", "--json").stdout)["routes"]


def test_the_officer_finds_the_note_everywhere(world, shared_server):
    browser = visitor(shared_server, "dpo")
    for address in ("/o/alpha/notes", f"/o/alpha/notes/{world['note']}", "/o/alpha/search?q=zzsujet", f"/o/alpha/processings/{world['sheet']}/links"):
        assert "zzsujet" in browser.get(address).text.lower(), address
    assert "Zzconfidence" in browser.get(f"/o/alpha/notes/{world['note']}").text
    assert 'href="/o/alpha/notes"' in browser.get("/o/alpha").text, "in the menu"


@pytest.mark.parametrize("name", [*OTHERS, "auditor", "premiere"])
def test_no_page_tells_anybody_else_of_it(world, routes, shared_server, name):
    browser = shared_server.browser()
    browser.sign_in("premiere@mairie.example" if name == "premiere" else f"{name}@alpha.example", PASSWORD)
    about_sheet = dict(world["values"], register="processings", id=world["sheet"])
    for route in routes:
        path = route["path"]
        if route["method"] != "GET" or path.startswith("/api/") or ("{" in path and "{organisation}" not in path):
            continue
        answer = browser.get(fill(path, world["values"]), allow_redirects=False)
        tells_nothing(answer, f"{name}: {path}")
        if "{register}" in path:
            assert answer.status_code in (403, 404), f"{name}: {path}: {answer.status_code}"
            tells_nothing(browser.get(fill(path, about_sheet)), f"{name}: {path} of the processing")
    for address in ("/o/alpha", "/o/alpha/search?q=zzsujet", "/search?q=zzsujet", "/search?q=zz", "/o/alpha/drafts", "/notifications?all=yes", "/favourites", "/o/alpha/findings", "/o/alpha/processings/lookup?q=zzsujet",
                    "/o/alpha/notes?deleted=yes", "/o/alpha/notes?at=2099-01-01", "/o/alpha/notes/export?format=json", "/o/alpha/activity/report/2026", "/o/alpha/modules", "/o/alpha/journal"):
        answer = browser.get(address)
        # The page says what was searched for.
        tells_nothing(answer, f"{name}: {address}") if "q=" not in address else None
        # The journal names what was opened or refused by its id, and nothing of what it says.
        assert world["note"] not in answer.text or address.endswith("/journal"), f"{name}: {address}"
        assert 'href="/o/alpha/notes' not in answer.text, f"{name}: {address} leads there"


@pytest.mark.parametrize("name,role", [*((name, role) for name, role in OTHERS.items()), (None, "dpo"), (None, "administrator"), ("dpo", "dpo_assistant"), ("dpo", "administrator")])
def test_no_call_of_the_api_tells_of_it(town, world, routes, shared_server, name, role):
    """A token of another role, whoever made it, and one of the officer's role that nobody holds."""
    token = town.cli.run("token", "add", "--organisation", "alpha", "--role", role, *(["--user", f"{name}@alpha.example"] if name else []))
    if token.returncode != 0:
        return   # its maker may not make it
    api = shared_server.api(token.stdout.strip())
    for route in routes:
        path = route["path"]
        if not path.startswith("/api/") or "{register}" not in path:
            continue
        address = fill(path, world["values"]).removeprefix("/api/v1")
        if route["method"] == "GET":
            answer = api.get(address)
        elif path.endswith("/attachments"):
            answer = api.request(route["method"], address, files={"file": ("x.txt", b"x", "text/plain")})
        else:
            answer = api.request(route["method"], address, json={}, headers={"If-Match": "*"})
        tells_nothing(answer, f"{name} as {role}: {route['method']} {path}")
        assert answer.status_code in (401, 403, 404), f"{name} as {role}: {route['method']} {path}: {answer.status_code}"
    for address in ("/organisations/alpha/search?q=zz", f"{TOWN}/{world['sheet']}/links", f"{TOWN}/{world['sheet']}", f"{TOWN}?per_page=200", "/organisations/alpha/registers", "/organisations/alpha/notifications"):
        tells_nothing(api.get(address), f"{name} as {role}: {address}")


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_writes_one_nor_changes_it(world, routes, shared_server, name):
    browser = visitor(shared_server, name)
    csrf = browser.csrf(browser.get("/account"))
    before = world["api"].get(f"{NOTES}/{world['note']}").json()
    for route in routes:
        if route["method"] != "POST" or "/o/{organisation}/{register}" not in route["path"]:
            continue
        answer = browser.request("POST", fill(route["path"], world["values"]), data={"csrf": csrf, "subject": "x", "body": "x", "to": "archived", "on": "yes"}, allow_redirects=False)
        assert answer.status_code in (403, 404), f"{name}: {route['path']}: {answer.status_code}"
    assert world["api"].get(f"{NOTES}/{world['note']}").json() == before


def test_who_sees_the_product_as_the_officer_reads_no_note(town, world, shared_server):
    asker = visitor(shared_server, "administrator")
    asked = asker.submit(asker.get("/o/alpha/see-as"), {"person": id_of(town, "dpo@alpha.example"), "reason": "Un écran reste vide"}, field="reason")
    assert asked.status_code == 200
    officer = visitor(shared_server, "dpo")
    consent = re.search(r"/see-as/([0-9a-f-]{36})/answer", officer.get("/o/alpha/see-as").text)[1]
    page = officer.get("/o/alpha/see-as")
    assert officer.post(f"/o/alpha/see-as/{consent}/answer", {"csrf": officer.csrf(page), "op": "give", "answer": "Oui"}).status_code == 200
    landed = asker.submit(asker.get("/o/alpha/see-as"), action="/start")
    assert landed.status_code == 200 and "see-as/end" in landed.text, landed.text[:300]
    for address in ("/o/alpha", "/o/alpha/notes", f"/o/alpha/notes/{world['note']}", f"/o/alpha/processings/{world['sheet']}/links", "/o/alpha/search?q=printemps"):
        answer = asker.get(address)
        tells_nothing(answer, f"seeing as the officer: {address}")
        assert world["note"] not in answer.text or world["note"] in address, address
    asker.submit(asker.get("/o/alpha"), action="/see-as/end")


def test_the_archive_and_the_command_line_hold_it_sealed(town, world, tmp_path):
    refused = town.cli.run("export", "--organisation", "alpha", "--register", "notes", "--format", "json")
    assert refused.returncode != 0 and "zzconfidence" not in refused.stdout.lower()
    town.cli("organisation", "export", "alpha", "-o", tmp_path / "alpha.zip")
    with zipfile.ZipFile(tmp_path / "alpha.zip") as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8", "replace").lower()
            for word in ("zzconfidence", "zzsource"):
                assert word not in text, f"{name} tells {word}"
