"""Many organisations from one list, one like another, what an organisation does without, and one that is archived."""
import io
import json
import struct
import time
import zlib

import pytest

from harness import Installation

PASSWORD = "Un vieux pont de bois enjambe la riviere"
TOWNS = 60
SENDER = "Greffier <greffier@agglo.example>"


def list_of(towns, head="Nom;Type;Code INSEE;Courriel;Courriel de l'administrateur;Nom de l'administrateur"):
    lines = [head]
    for number in range(towns):
        lines.append(f"Commune n° {number};Commune;{14001 + number};mairie{number}@agglo.example;clerc{number % 20}@agglo.example;Clerc {number % 20}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def agglo(binary, tmp_path):
    """An intermunicipal body whose DPO administers it with the branch below."""
    town = Installation(binary, tmp_path / "data", {"GREFFIER_MAIL_FROM": SENDER, "GREFFIER_MAIL_DIRECTORY": str(tmp_path / "mail")})
    town.cli("organisation", "add", "agglo", "--name", "Communauté d’agglomération", "--kind", "inter_communal")
    town.cli("organisation", "add", "ailleurs", "--name", "Ailleurs")
    town.add_user("ines@installation.example", PASSWORD)
    town.add_user("claire@agglo.example", PASSWORD, "--name", "Claire Delmas", "--organisation", "agglo", "--role", "administrator", "--branch")
    town.cli("user", "grant", "claire@agglo.example", "--organisation", "agglo", "--role", "dpo", "--branch")
    town.add_user("paul@agglo.example", PASSWORD, "--organisation", "agglo", "--role", "administrator")
    return town


def visitor(server, email):
    browser = server.browser()
    browser.sign_in(email, PASSWORD)
    return browser


def send_file(browser, text, slug="agglo", name="communes.csv", **values):
    page = browser.get(f"/o/{slug}/organisations")
    assert page.status_code == 200, page.status_code
    return browser.submit(page, values, field="model", files={"file": (name, text.encode("utf-8"), "text/csv")})


def until(browser, address, words):
    end = time.monotonic() + 120
    while time.monotonic() < end:
        page = browser.get(address)
        if words in page.text:
            return page
        time.sleep(0.2)
    raise AssertionError(f"{address} never said {words}:\n{page.text[:3000]}")


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_officer_of_sixty_towns_creates_them_from_one_list(agglo, tmp_path):
    with agglo.serve() as server:
        claire = visitor(server, "claire@agglo.example")
        example = claire.get("/o/agglo/organisations/example.csv")
        assert example.status_code == 200 and "Code INSEE" in example.content.decode("utf-8-sig")

        preview = send_file(claire, list_of(TOWNS))
        assert preview.status_code == 200, preview.text[:2000]
        assert f"{TOWNS} organismes seront créés" in plain(preview.text) and "Commune n° 59" in preview.text
        assert len(json.loads(agglo.cli("organisation", "list", "--json").stdout)["items"]) == 2, "nothing before it was seen"

        page = claire.submit(preview, action="/make")
        address = page.url.removeprefix(server.address)
        page = until(claire, address, "Retirer ces organismes")
        assert page.text.count("g-badge--ok") >= TOWNS
        towns = json.loads(agglo.cli("organisation", "list", "--json").stdout)["items"]
        assert sum(town["parent"] == "agglo" for town in towns) == TOWNS
        assert claire.get("/o/commune-n-7").status_code == 200, "the roles of the branch came down"
        profile = claire.get("/o/commune-n-7/profile").text
        assert "14008" in profile and "mairie7@agglo.example" in profile
        letters = list((tmp_path / "mail").glob("*.eml"))
        assert len(letters) == 20, "each administrator is invited once"

        again = send_file(claire, list_of(TOWNS))
        assert "il n’y a rien à créer" in plain(again.text) and "/make" not in again.text
        more = send_file(claire, list_of(TOWNS + 1))
        assert "1 organisme sera créé" in plain(more.text)

        undone = claire.submit(claire.get(address), action="/undo")
        until(claire, undone.url.removeprefix(server.address), "retirés")
        assert len(json.loads(agglo.cli("organisation", "list", "--json").stdout)["items"]) == 2
        people = json.loads(agglo.cli("user", "list", "--json").stdout)["items"]
        assert not [person for person in people if person["email"].startswith("clerc")], "accounts opened for them alone are gone"
        events = [json.loads(line)["event"] for line in agglo.cli("journal", "list", "--organisation", "agglo", "--json").stdout.splitlines() if line.startswith("{\"at")] or agglo.cli("journal", "list", "--organisation", "agglo", "--json").stdout
        assert "organisations_made" in events and "organisations_undone" in events


def test_what_somebody_wrote_in_is_not_taken_back(agglo):
    with agglo.serve() as server:
        claire = visitor(server, "claire@agglo.example")
        page = claire.submit(send_file(claire, "Nom\nVire\nCaen\n"), action="/make")
        address = page.url.removeprefix(server.address)
        until(claire, address, "Retirer ces organismes")
        csrf = claire.csrf(claire.get(address))
        written = server.api(agglo.add_token("vire", "dpo")).post("/organisations/vire/processings", {"name": "Tenir l’état civil"})
        assert written.status_code == 201, written.text
        page = claire.get(address)
        assert "ne peuvent plus être retirés ensemble" in plain(page.text) and "/undo" not in page.text
        assert claire.post(address + "/undo", {"csrf": csrf}, allow_redirects=False).status_code == 409
        assert claire.get("/o/vire/processings").status_code == 200


def test_a_list_to_mend_says_where_and_how_and_makes_nothing(agglo):
    with agglo.serve() as server:
        claire = visitor(server, "claire@agglo.example")
        page = send_file(claire, "Nom;Type;SIREN\nVire;Royaume;123456789\nCaen;Commune;\n")
        assert page.status_code == 422
        text = plain(page.text)
        assert "Ligne 2, colonne « Type »" in text and "Ligne 2, colonne « SIREN »" in text and "Neuf chiffres" in text
        assert "/make" not in page.text
        nothing = claire.submit(claire.get("/o/agglo/organisations"), {}, field="model", files={"file": ("x.csv", b"", "text/csv")})
        assert nothing.status_code == 422
        assert claire.get("/o/vire").status_code == 404


def test_only_who_runs_the_branch_or_the_installation_makes_organisations(agglo):
    with agglo.serve() as server:
        paul = visitor(server, "paul@agglo.example")
        assert paul.get("/o/agglo/organisations").status_code == 403
        csrf = paul.csrf(paul.get("/o/agglo/settings"))
        assert paul.post("/o/agglo/organisations", {"csrf": csrf}, allow_redirects=False).status_code == 403
        ines = visitor(server, "ines@installation.example")
        page = ines.submit(send_file(ines, "Nom\nVire\n"), action="/make")
        until(ines, page.url.removeprefix(server.address), "Retirer ces organismes")
        founding = page.url.rsplit("/", 1)[1]
        assert ines.get(f"/o/ailleurs/organisations/{founding}").status_code == 404, "it was made under another one"
        # A town below does not open its neighbours: who administers it alone creates nothing.
        agglo.add_user("maire@vire.example", PASSWORD, "--organisation", "vire", "--role", "administrator")
        maire = visitor(server, "maire@vire.example")
        assert maire.get("/o/vire/like").status_code == 403


def test_one_like_this_one_takes_what_was_chosen(agglo):
    agglo.cli("organisation", "add", "vire", "--name", "Vire", "--parent", "agglo", "--kind", "commune")
    with agglo.serve() as server:
        api = server.api(agglo.add_token("vire", "dpo"))
        assert api.post("/organisations/vire/processings", {"name": "Tenir l’état civil", "service": "Accueil"}).status_code == 201
        claire = visitor(server, "claire@agglo.example")
        page = claire.get("/o/vire/like")
        refused = claire.submit(page, {"name": "", "part": ["records"]}, action="/like")
        assert refused.status_code == 422
        made = claire.submit(page, {"name": "Falaise", "kind": "commune", "part": ["records", "settings"]}, action="/like")
        assert made.url.endswith("/o/falaise?done=organisation_made"), made.url
        sheets = server.api(agglo.add_token("falaise", "dpo")).get("/organisations/falaise/processings").json()["items"]
        assert [(sheet["name"], sheet["status"]) for sheet in sheets] == [("Tenir l’état civil", "draft")]


def test_what_an_organisation_does_without_is_nowhere_and_is_kept(agglo):
    agglo.cli("organisation", "add", "vire", "--name", "Vire", "--parent", "agglo")
    with agglo.serve() as server:
        api = server.api(agglo.add_token("vire", "dpo"))
        made = api.post("/organisations/vire/processings", {"name": "Tenir l’état civil"}).json()
        claire = visitor(server, "claire@agglo.example")
        assert "/o/vire/processings" in claire.get("/o/vire").text
        page = claire.get("/o/vire/modules")
        on = [module for module in claire.form(page, action="/modules").fields["on"] if module not in ("processings", "discussion", "own_words")]
        assert "done=kept" in claire.submit(page, {"on": on}, action="/modules").url
        dashboard = claire.get("/o/vire").text
        assert "/o/vire/processings" not in dashboard and "/o/vire/terms" not in dashboard
        for address in ("/o/vire/processings", f"/o/vire/processings/{made['id']}", "/o/vire/terms"):
            gone = claire.get(address)
            assert gone.status_code == 404, address
        assert "Cette partie est désactivée" in plain(claire.get("/o/vire/processings").text)
        assert api.get("/organisations/vire/processings").status_code == 404
        assert "processings" not in api.get("/organisations/vire").json()["registers"]
        assert "Tenir l’état civil" not in claire.get("/search?q=civil").text
        assert "Tenir l’état civil" not in claire.get("/o/vire/findings").text
        assert claire.get("/o/agglo/processings").status_code == 200, "of that organisation alone"
        every = on + ["processings", "discussion", "own_words"]
        claire.submit(claire.get("/o/vire/modules"), {"on": every}, action="/modules")
        assert api.get(f"/organisations/vire/processings/{made['id']}").json()["name"] == "Tenir l’état civil"
        assert "Tenir l’état civil" in claire.get("/search?q=civil").text
        assert "Tenir l’état civil" in claire.get("/o/vire/findings").text, "the linter speaks again"
        claire.submit(claire.get("/o/vire/modules"), {"on": [module for module in every if module != "api"]}, action="/modules")
        assert api.get("/organisations/vire").status_code == 404


def test_an_archived_organisation_is_read_by_all_and_written_by_nobody(agglo):
    agglo.cli("organisation", "add", "vire", "--name", "Ville de Vire", "--parent", "agglo")
    token = agglo.add_token("vire", "administrator")
    with agglo.serve() as server:
        api = server.api(agglo.add_token("vire", "dpo"))
        made = api.post("/organisations/vire/processings", {"name": "Tenir l’état civil"}).json()
        claire = visitor(server, "claire@agglo.example")
        form = claire.get(f"/o/vire/processings/{made['id']}/edit")
        assert "done=closed" in claire.submit(claire.get("/o/vire/settings"), action="/close").url

        page = claire.get("/o/vire/processings")
        assert page.status_code == 200 and "Cet organisme est archivé" in plain(page.text)
        refused = claire.submit(form, {"name": "Autre chose"}, field="name")
        assert refused.status_code == 409
        answer = api.post("/organisations/vire/processings", {"name": "Encore"})
        assert answer.status_code == 409 and answer.json()["code"] == "organisation_archived"
        assert api.get(f"/organisations/vire/processings/{made['id']}").status_code == 200
        sheet = agglo.data_directory.parent / "fiche.json"
        sheet.write_text(json.dumps([{"name": "Importé"}]))
        assert agglo.cli.run("import", str(sheet), "--organisation", "vire", "--register", "processings").returncode != 0
        assert api.get("/organisations/vire/processings").json()["total"] == 1
        csrf = claire.csrf(claire.get("/o/vire/settings"))
        for address in ("/o/vire/people", "/o/vire/settings", "/o/vire/modules", "/o/vire/tokens", "/o/vire/look"):
            assert claire.post(address, {"csrf": csrf, "name": "x"}, allow_redirects=False).status_code == 409, address

        assert "Ville de Vire" not in claire.get("/organisations/search?q=vire").text
        assert "Ville de Vire" not in claire.get("/organisations?q=vire").text
        assert "Ville de Vire" in claire.get("/organisations?q=vire&archived=yes").text

        assert server.api(token).post("/organisations/vire/reopen", {}).json()["archived"] is False
        assert api.post("/organisations/vire/processings", {"name": "Encore"}).status_code == 201
        assert "Ville de Vire" in claire.get("/organisations/search?q=vire").text
        events = agglo.cli("journal", "list", "--organisation", "vire", "--json").stdout
        assert "organisation_archived" in events and "organisation_reopened" in events


def png(width=2, height=2):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"\x20\x60\x80" * width for _ in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_a_logo_is_a_picture_and_nothing_else_and_a_colour_is_always_legible(agglo):
    with agglo.serve() as server:
        claire = visitor(server, "claire@agglo.example")

        def send(content, name="logo.png", kind="image/png"):
            return claire.submit(claire.get("/o/agglo/look"), action="/look/logo", files={"logo": (name, content, kind)})
        for content in (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", b"GIF89a", b"", png()[:-4], b"\xff\xd8\xff\xe0 not a picture", png(5000, 1), b"\x89PNG\r\n\x1a\n" + b"x" * 300_000):
            assert send(content).status_code == 422, content[:30]
        kept = send(png())
        assert "done=kept" in kept.url, kept.text[:1000]
        address = kept.text.split('src="/o/agglo/logo/')[1].split('"')[0]
        picture = claire.get("/o/agglo/logo/" + address)
        assert picture.content == png() and picture.headers["Content-Type"] == "image/png" and "sandbox" in picture.headers["Content-Security-Policy"]
        assert claire.get("/o/agglo/logo/" + "0" * 64 + ".png").status_code == 404
        assert server.browser().get("/o/agglo/logo/" + address, allow_redirects=False).status_code == 303
        agglo.add_user("autre@ailleurs.example", PASSWORD, "--organisation", "ailleurs", "--role", "administrator")
        assert visitor(server, "autre@ailleurs.example").get("/o/agglo/logo/" + address).status_code == 404
        assert png() not in b"".join(path.read_bytes() for path in (agglo.data_directory / "attachments").rglob("*") if path.is_file()), "sealed at rest"

        assert claire.submit(claire.get("/o/agglo/look"), {"accent": "red; } body { display: none"}, field="accent").status_code == 422
        pale = claire.submit(claire.get("/o/agglo/look"), {"accent": "#ffee88"}, field="accent")
        assert "rapprochée" in pale.text and "look.css" in pale.text
        style = claire.get("/o/agglo/look.css")
        assert style.headers["Content-Type"].startswith("text/css") and "#ffee88" in style.text, "as it was asked for on the dark theme"
        assert "light-dark(#ffee88" not in style.text, "and darker on the light one"
        claire.submit(claire.get("/o/agglo/look"), action="/look/logo/remove")
        assert claire.get("/o/agglo/logo/" + address).status_code == 404


def test_a_thousand_from_the_command_line(agglo, tmp_path):
    path = tmp_path / "mille.csv"
    path.write_text(list_of(1000), encoding="utf-8")
    rehearsed = json.loads(agglo.cli("organisation", "add-many", path, "--parent", "agglo", "--dry-run", "--json").stdout)
    assert rehearsed["to_make"] == 1000 and rehearsed["troubles"] == [] and rehearsed["id"] is None
    made = json.loads(agglo.cli("organisation", "add-many", path, "--parent", "agglo", "--json", timeout=600).stdout)
    assert len(json.loads(agglo.cli("organisation", "list", "--json").stdout)["items"]) == 1002
    again = json.loads(agglo.cli("organisation", "add-many", path, "--parent", "agglo", "--json").stdout)
    assert again["to_make"] == 0 and all(line["fate"] == "known" for line in again["lines"])
    bad = tmp_path / "faux.csv"
    bad.write_text("Nom;SIREN\nVire;1\n", encoding="utf-8")
    refused = agglo.cli.run("organisation", "add-many", bad)
    assert refused.returncode == 1 and "Ligne 2" in refused.stderr
    undone = json.loads(agglo.cli("organisation", "undo-many", made["id"], "--json", timeout=600).stdout)
    assert undone == {"id": made["id"], "removed": 1000, "left_alone": 0}
    assert len(json.loads(agglo.cli("organisation", "list", "--json").stdout)["items"]) == 2


# ---- the API -------------------------------------------------------------------------------------------


@pytest.fixture
def apis(agglo):
    """The API of the body's administrator, who runs the branch; and of one who does not."""
    with agglo.serve() as server:
        yield (agglo, server, server.api(agglo.add_token("agglo", "administrator", "--user", "claire@agglo.example")),
               server.api(agglo.add_token("agglo", "administrator", "--user", "paul@agglo.example")))


def test_organisations_by_the_api(apis):
    town, server, claire, paul = apis
    assert paul.post("/organisations", {"name": "Vire"}).status_code == 403, "as the page has it"
    made = claire.post("/organisations", {"name": "Ville de Vire", "kind": "commune"}, headers={"Idempotency-Key": "un"})
    assert made.status_code == 201 and made.headers["Location"].endswith("/organisations/ville-de-vire"), made.text
    again = claire.post("/organisations", {"name": "Ville de Vire", "kind": "commune"}, headers={"Idempotency-Key": "un"})
    assert again.status_code == 201 and again.json()["id"] == made.json()["id"] and again.headers["Idempotent-Replayed"] == "true"
    reused = claire.post("/organisations", {"name": "Autre"}, headers={"Idempotency-Key": "un"})
    assert reused.status_code == 422 and reused.json()["code"] == "key_reused"
    wrong = claire.post("/organisations", {"name": "", "kind": "royaume"})
    assert wrong.status_code == 422 and wrong.headers["Content-Type"].startswith("application/problem+json")
    assert {problem["field"] for problem in wrong.json()["errors"]} >= {"name", "kind"}
    assert claire.post("/organisations", {"name": "X", "surprise": 1}).status_code == 422
    assert made.json()["parent"] == claire.get("/organisations/agglo").json()["id"]

    vire = server.api(town.add_token("ville-de-vire", "administrator", "--user", "claire@agglo.example")) if False else server.api(town.add_token("ville-de-vire", "administrator"))
    assert vire.post("/organisations/ville-de-vire/move", {"parent": None}).status_code == 403, "whoever runs the installation alone"
    assert vire.post("/organisations/ville-de-vire/close", {}).json()["archived"] is True
    assert vire.post("/organisations/ville-de-vire/close", {}).status_code == 409
    assert vire.post("/organisations/ville-de-vire/reopen", {}).json()["archived"] is False
    town.cli("user", "grant", "ines@installation.example", "--organisation", "ville-de-vire", "--role", "administrator")
    ines = server.api(town.add_token("ville-de-vire", "administrator", "--user", "ines@installation.example"))
    assert ines.post("/organisations/ville-de-vire/move", {"parent": "ailleurs"}).status_code == 200
    assert ines.post("/organisations/ville-de-vire/move", {"parent": "ville-de-vire"}).status_code == 422
    assert ines.post("/organisations/ville-de-vire/move", {"parent": None}).json()["parent"] is None


def test_people_and_roles_by_the_api(apis):
    town, server, claire, paul = apis
    people = "/organisations/agglo/people"
    for number in range(5):
        added = claire.post(people, {"email": f"agent{number}@agglo.example", "name": f"Agent {number}", "role": "reader"}, headers={"Idempotency-Key": f"agent {number}"})
        assert added.status_code == 201 and added.json()["invited"] is True, added.text
    replayed = claire.post(people, {"email": "agent0@agglo.example", "name": "Agent 0", "role": "reader"}, headers={"Idempotency-Key": "agent 0"})
    assert replayed.headers["Idempotent-Replayed"] == "true" and replayed.json()["email"] == "agent0@agglo.example"
    seen, after = [], None
    while True:
        page = claire.get(people, params={"per_page": 2, **({"after": after} if after else {})}).json()
        seen += [person["email"] for person in page["items"]]
        after = page["next"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == page["total"] == 7
    assert claire.get(people, params={"after": "0190f3a2-7c41-7d10-8a55-1c2d3e4f5061"}).status_code == 422
    agent = next(person for person in claire.get(people).json()["items"] if person["email"] == "agent1@agglo.example")
    one = f"{people}/{agent['id']}"
    assert claire.put(f"{one}/roles/auditor", {}).status_code == 422, "an auditor's role ends one day"
    granted = claire.put(f"{one}/roles/dpo_assistant", {"until": "2099-12-31", "branch": True})
    assert granted.status_code == 200, granted.text
    held = {role["role"]: role for role in granted.json()["roles"]}
    assert held["dpo_assistant"]["branch"] is True and held["dpo_assistant"]["ends_at"].startswith("2099-12-31T23")
    assert paul.put(f"{one}/roles/dpo", {"branch": True}).status_code == 403
    assert paul.put(f"{one}/roles/dpo", {}).status_code == 200
    assert claire.put(f"{one}/roles/king", {}).status_code == 404
    services = lambda answer: next(role["services"] for role in answer.json()["roles"] if role["role"] == "contributor")
    assert services(claire.put(f"{one}/roles/contributor", {"services": ["École", "Voirie"]})) == ["École", "Voirie"]
    assert services(claire.put(f"{one}/roles/contributor", {"until": "2099-12-31"})) == ["École", "Voirie"], "no limit is lifted by saying nothing"
    assert services(claire.put(f"{one}/roles/contributor", {"services": []})) == []
    assert claire.put(f"{one}/roles/dpo", {"services": ["École"]}).status_code == 422
    assert claire.delete(f"{one}/roles/contributor").status_code == 204
    assert claire.delete(f"{one}/roles/dpo").status_code == 204
    assert claire.delete(f"{one}/roles/dpo").status_code == 404
    assert [role["role"] for role in claire.get(one).json()["roles"]] == ["dpo_assistant", "reader"]
    reader = server.api(town.add_token("agglo", "reader"))
    assert reader.get(people).status_code == 403
    me = next(person for person in claire.get(people).json()["items"] if person["email"] == "paul@agglo.example")
    assert claire.delete(f"{people}/{me['id']}/roles/administrator").status_code == 204
    last = next(person for person in claire.get(people).json()["items"] if person["email"] == "claire@agglo.example")
    refused = claire.delete(f"{people}/{last['id']}/roles/administrator")
    assert refused.status_code == 409 and refused.json()["code"] == "last_administrator"


def test_reviews_and_journal_by_the_api(apis):
    town, server, claire, paul = apis
    reviews = "/organisations/agglo/access-reviews"
    started = claire.post(reviews, {}, headers={"Idempotency-Key": "revue"})
    assert started.status_code == 201, started.text
    assert claire.post(reviews, {}, headers={"Idempotency-Key": "revue"}).json()["id"] == started.json()["id"]
    assert claire.post(reviews, {}).status_code == 409
    one = f"{reviews}/{started.json()['id']}"
    lines = claire.get(one + "/lines", params={"per_page": 200}).json()["items"]
    assert {line["kind"] for line in lines} == {"role", "token"}
    assert claire.post(one + "/finish", {}).status_code == 409, "some are undecided"
    removed = [line["id"] for line in lines if line["email"] == "paul@agglo.example"]
    kept = [line["id"] for line in lines if line["id"] not in removed]
    decided = claire.post(one + "/verdicts", {"kept": kept, "removed": removed})
    assert decided.json()["undecided"] == 0, decided.text
    finished = claire.post(one + "/finish", {})
    assert finished.status_code == 200 and finished.json()["finished_at"], finished.text
    assert paul.get("/organisations/agglo").status_code == 401, "access was taken back"
    assert claire.get(reviews).json()["items"][0]["removed"] == len(removed)
    assert claire.delete(one).status_code == 409

    journal = claire.get("/organisations/agglo/journal", params={"per_page": 2}).json()
    assert len(journal["items"]) == 2 and journal["next"]
    following = claire.get("/organisations/agglo/journal", params={"per_page": 2, "after": journal["next"]}).json()
    assert not {entry["id"] for entry in journal["items"]} & {entry["id"] for entry in following["items"]}
    assert all(entry["event"] == "review_started" for entry in claire.get("/organisations/agglo/journal", params={"event": "review_started"}).json()["items"])
    assert claire.get("/organisations/agglo/journal", params={"event": "no_such"}).status_code == 422
    assert server.api(town.add_token("agglo", "reader")).get("/organisations/agglo/journal").status_code == 403
