"""A notice from the records to the public page: written, what is missing told apart, kept, published, read by a stranger."""
import html
import re

import pytest

from harness import Installation

OWNER, CLAIRE, LEA, PASSWORD = "anne@ville.example", "claire@ville.example", "lea@ville.example", "une phrase assez longue 2026"
TOWN = "/organisations/ville"


@pytest.fixture(scope="module")
def town(binary, tmp_path_factory):
    town = Installation(binary, tmp_path_factory.mktemp("notices"))
    town.cli("organisation", "add", "ville", "--name", "Ville")
    for email, role in ((OWNER, "administrator"), (CLAIRE, "dpo"), (LEA, "contributor")):
        town.add_user(email, PASSWORD, "--organisation", "ville", "--role", role)
    return town


@pytest.fixture(scope="module")
def server(town):
    with town.serve() as server:
        yield server


@pytest.fixture(scope="module")
def api(town, server):
    return server.api(town.add_token("ville", "dpo"))


@pytest.fixture(scope="module")
def canteen(api):
    profile = api.get(f"{TOWN}/profile").json()["items"][0]
    done = api.patch(f"{TOWN}/profile/{profile['id']}", {"email": "mairie@ville.example", "address": "1 place du Marché", "rights_contact": "droits@ville.example"}, headers={"If-Match": "*"})
    assert done.status_code == 200, done.text
    made = api.post(f"{TOWN}/processings", {"name": "Gérer la cantine", "purposes": [{"kind": "main", "text": "Servir les repas", "basis": "e"}],
                                            "data_categories": [{"category": "identity", "retention_text": "l’année scolaire"}]})
    assert made.status_code == 201, made.text
    return made.json()["id"]


def signed_in(server, who):
    browser = server.browser("fr")
    browser.sign_in(who, PASSWORD)
    return browser


def words(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))


def make(api, **fields):
    made = api.post(f"{TOWN}/notices", {"name": "Formulaire de la cantine", "situation": "paper_form", "kind": "13", "title": "personal_data", "in_public": True, **fields})
    assert made.status_code == 201, made.text
    return made.json()


def test_the_text_is_written_from_the_records_and_says_what_is_missing(server, api, canteen):
    notice = make(api, processings=[canteen])
    claire = signed_in(server, CLAIRE)
    page = claire.get(f"/o/ville/notices/{notice['id']}/text")
    text = words(page)
    assert page.status_code == 200 and "Servir les repas" in text and "pour une mission d’intérêt public" in text and "l’année scolaire" in text and "droits@ville.example" in text
    assert "les destinataires" in text and "que rien ne dit" in text, "nobody said who receives the data"
    english = claire.get(f"/o/ville/notices/{notice['id']}/text?lang=en")
    assert "for a task in the public interest" in words(english) and 'lang="en"' in english.text
    short = words(claire.get(f"/o/ville/notices/{notice['id']}/text?level=short&lang=fr"))
    assert "Servir les repas" in short and "l’année scolaire" not in short
    assert claire.get("/o/ville/notices/0190f3a2-7c41-7d10-8a55-1c2d3e4f5061/text").status_code == 404


def test_what_is_published_stays_as_it_was_told(server, api, canteen):
    notice = make(api, processings=[canteen], name="Le site")
    address = f"/o/ville/notices/{notice['id']}/text"
    lea = signed_in(server, LEA)
    refused = lea.post(address, {"csrf": lea.csrf(lea.get(address)), "op": "publish"})
    assert refused.status_code == 403, "who writes does not publish"
    claire = signed_in(server, CLAIRE)
    done = claire.post(address, {"csrf": claire.csrf(claire.get(address)), "op": "publish"})
    assert done.status_code == 200 and "publiée avec ce texte" in words(done)
    told = api.get(f"{TOWN}/notices/{notice['id']}").json()
    assert told["status"] == "published" and "Servir les repas" in told["full_fr"] and "task in the public interest" in told["full_en"] and told["published_on"] == told["written_on"]
    states = {row["item"]: row["state"] for row in told["items"]}
    assert states["N03"] == "given" and states["N07"] == "missing" and states["N14"] == "not_applicable"
    changed = api.patch(f"{TOWN}/processings/{canteen}", {"purposes": [{"kind": "main", "text": "Livrer les repas", "basis": "e"}]}, headers={"If-Match": "*"})
    assert changed.status_code == 200, changed.text
    assert "Servir les repas" in words(claire.get(address)) and "Livrer" not in words(claire.get(address))
    assert "Livrer les repas" in words(claire.get(address + "?level=full")), "what the records would say today is one step away"
    assert claire.post(address, {"csrf": claire.csrf(claire.get(address)), "op": "keep"}).status_code == 409
    again = api.patch(f"{TOWN}/notices/{notice['id']}", {"notes": "relue"}, headers={"If-Match": "*"})
    assert again.status_code == 200, again.text
    shown = words(claire.get(f"/o/ville/notices/{notice['id']}"))
    assert "Mention plus ancienne que les fiches" in shown and "Mention incomplète" in shown


def test_strangers_read_what_is_published_and_nothing_else(server, api, canteen):
    visitor = server.browser("fr")
    assert visitor.get("/p/ville/notices").status_code == 404, "closed until opened"
    anne = signed_in(server, OWNER)
    opened = anne.post("/o/ville/settings/public/notices", {"csrf": anne.csrf(anne.get("/o/ville/settings/public")), "op": "open"})
    assert opened.status_code == 200, opened.text
    hidden = make(api, processings=[canteen], name="Zzbrouillon", full_fr="Zzsecret")
    staff = make(api, name="Zzagents", full_fr="Zzsecret", in_public=False)
    assert api.post(f"{TOWN}/notices/{staff['id']}/status", {"status": "published"}, headers={"If-Match": "*"}).status_code == 200
    own = make(api, name="Piscine", full_fr="# Pourquoi\n\nPour <b>nager</b>.\n\n- un\n- deux")
    assert api.post(f"{TOWN}/notices/{own['id']}/status", {"status": "published"}, headers={"If-Match": "*"}).status_code == 200
    page = visitor.get("/p/ville/notices")
    assert page.status_code == 200 and "Piscine" in page.text and "Zz" not in page.text
    one = visitor.get(f"/p/ville/notices/{own['reference']}")
    assert "<h2>Pourquoi</h2>" in one.text and "&lt;b&gt;nager" in one.text and "<li>un</li>" in one.text
    for notice in (hidden, staff):
        assert visitor.get(f"/p/ville/notices/{notice['reference']}").status_code == 404
    assert "How we use your data" in visitor.get("/p/ville/notices?lang=en").text


def test_sheets_bear_the_contacts_of_the_organisation(server, canteen):
    claire = signed_in(server, CLAIRE)
    for sheet in ("reflex", "attack", "poster-data", "poster-incident"):
        for language in ("fr", "en"):
            page = claire.get(f"/o/ville/sheets/{sheet}?lang={language}")
            assert page.status_code == 200 and "mairie@ville.example" in page.text and "[sheet" not in page.text
    assert claire.get("/o/ville/sheets/invoice").status_code == 404


def test_a_processing_in_use_without_notice_is_told_what_silence_costs(server, api, canteen):
    made = api.post(f"{TOWN}/processings", {"name": "Gérer le port", "purposes": [{"kind": "main", "text": "Attribuer les places", "basis": "b"}]}).json()
    claire = signed_in(server, CLAIRE)
    assert "Aucune mention" not in words(claire.get(f"/o/ville/processings/{made['id']}")), "nothing is done by it yet"
    for status in ("to_validate", "validated", "production"):
        moved = api.post(f"{TOWN}/processings/{made['id']}/status", {"status": status, "decided_by": "La maire", "decided_on": "2026-03-05", "reason": "essai"}, headers={"If-Match": "*"})
        assert moved.status_code == 200, moved.text
    shown = words(claire.get(f"/o/ville/processings/{made['id']}"))
    assert "Aucune mention" in shown and "1500 euros, 7500 euros" in shown
    told = make(api, processings=[made["id"]], name="Le port")
    assert api.post(f"{TOWN}/notices/{told['id']}/status", {"status": "published"}, headers={"If-Match": "*"}).status_code == 200
    assert "Aucune mention" not in words(claire.get(f"/o/ville/processings/{made['id']}"))
