"""The dictionary of data, processes and their life cycle, old declarations: each reads what the processings say already."""
import re

import pytest

SOPHIE, PASSWORD = "sophie@ville.example", "Un mot de passe assez long pour deux"
BASE = "/organisations/ville"


@pytest.fixture(scope="module")
def town(shared_installation):
    shared_installation.cli("organisation", "add", "ville", "--name", "Ville")
    shared_installation.add_user(SOPHIE, PASSWORD, "--name", "Sophie Lagrange", "--organisation", "ville", "--role", "contributor")
    return shared_installation


@pytest.fixture(scope="module")
def api(town, shared_server):
    return shared_server.api(town.add_token("ville", "dpo"))


@pytest.fixture
def sophie(town, shared_server):
    browser = shared_server.browser()
    browser.sign_in(SOPHIE, PASSWORD)
    return browser


def made(api, register, **fields):
    answer = api.post(f"{BASE}/{register}", fields)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text.split("<main", 1)[1]))


@pytest.fixture(scope="module")
def school(api):
    return made(api, "processings", name="Servir les repas", hosting="Serveur de la mairie", hosting_country="FR", source="indirect", source_details="La caisse d’allocations",
                purposes=[{"kind": "main", "text": "Facturer les repas", "basis": "e"}, {"kind": "secondary", "text": "Publier des photos", "basis": "a"}],
                data_categories=[{"category": "economic", "description": "Quotient familial", "retention_period": "P1Y", "final_disposition": "delete"}],
                recipients=[{"name": "Régie des recettes"}], transfers=[{"recipient": "Lettrelune", "country": "US"}], cnil_declaration_number="1 185 432")


def test_a_datum_shows_what_its_processings_say(api, sophie, school):
    id = made(api, "data-items", name="Quotient familial", definition="Revenus rapportés aux parts.", category="economic", origin="external", sensitivity="ordinary", processings=[school])
    said = words(sophie.get(f"/o/ville/data-items/{id}"))
    for word in ("Servir les repas", "Facturer les repas", "1 an", "Serveur de la mairie", "Régie des recettes", "Lettrelune", "États-Unis", "La caisse d’allocations", "Consentement Oui"):
        assert word in said, word
    other = made(api, "data-items", name="Allergies", category="health", processings=[school])
    assert "ne cite pas cette catégorie" in words(sophie.get(f"/o/ville/data-items/{other}"))
    exported = api.get(f"{BASE}/data-items/export?format=csv")
    assert "Quotient familial" in exported.content.decode("utf-8-sig")


def test_own_data_are_told_from_those_of_others(api, sophie):
    made(api, "data-items", name="Date de naissance", category="identity", origin="internal")
    page = words(sophie.get("/o/ville/data-items?filter=origin:external"))
    assert "Date de naissance" not in page


def test_a_process_shows_the_life_of_its_data(api, sophie, school):
    id = made(api, "processes", name="Restauration scolaire", kind="core",
              steps=[{"name": "Inscription", "stage": "collection", "processings": [school], "actor": "Guichet"}, {"name": "Purge de fin d’année", "stage": "destruction"}])
    said = words(sophie.get(f"/o/ville/processes/{id}"))
    assert said.index("Inscription") < said.index("Purge de fin d’année") and "par Guichet" in said and "Servir les repas" in said and "Sans traitement relié" in said


def test_the_model_of_staff_is_adopted_once(api, sophie):
    page = sophie.get("/o/ville/processes/model")
    assert "Recrutement" in words(page) and "/processes/model" in sophie.get("/o/ville/processes").text
    first = sophie.post("/o/ville/processes/model", {"csrf": sophie.csrf(page)})
    again = sophie.post("/o/ville/processes/model", {"csrf": sophie.csrf(page)})
    id = re.search(r"/processes/([0-9a-f-]{36})", first.url)[1]
    assert id in again.url and len(api.get(f"{BASE}/processes/{id}").json()["steps"]) == 10
    assert "déjà adopté" in words(sophie.get("/o/ville/processes/model"))


def test_what_no_record_answers_is_shown(api, sophie, school):
    table = "Déclaration;Numéro;Sorte;Déclarée le\nRestauration scolaire;1 185 432;Norme simplifiée;2009-03-17\nBadges d’accès;1402771;Déclaration normale;2012-06-05\n"
    run = api.request("POST", f"{BASE}/declarations/import", data=table.encode(), headers={"Content-Type": "text/csv"})
    assert run.status_code == 200, run.text
    made(api, "declarations", name="Fichier des abonnés", number="99", ended_on="2015-01-01")
    linked = made(api, "declarations", name="Cantine, ancien logiciel", number="77", processing=school)
    page = sophie.get("/o/ville/declarations/check")
    said = words(page)
    assert "1 déclaration reste sans fiche" in said and "même numéro" in said and "Fini le" in said
    rows = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)) for row in page.text.split("<tr")]
    assert any("Badges" in row and "Aucune fiche" in row for row in rows), run.text
    assert any("Cantine, ancien logiciel" in row and "Servir les repas" in row for row in rows) and linked
