"""Accounts of the organisation's systems, the access matrix, requests for access, and deletions with their proof."""
import json
import re

import pytest

CLAIRE, SOPHIE, PAUL = "claire@ville.example", "sophie@ville.example", "paul@ville.example"
PASSWORD = "Un mot de passe assez long pour deux"
BASE = "/organisations/ville"


@pytest.fixture(scope="module")
def town(shared_installation):
    shared_installation.cli("organisation", "add", "ville", "--name", "Ville")
    for email, name, role in ((CLAIRE, "Claire Delmas", "dpo"), (SOPHIE, "Sophie Lagrange", "contributor"), (PAUL, "Paul Marchand", "contributor")):
        shared_installation.add_user(email, PASSWORD, "--name", name, "--organisation", "ville", "--role", role)
    return shared_installation


@pytest.fixture(scope="module")
def api(town, shared_server):
    return shared_server.api(town.add_token("ville", "dpo"))


def signed_in(server, email):
    browser = server.browser()
    browser.sign_in(email, PASSWORD)
    return browser


@pytest.fixture
def sophie(town, shared_server):
    return signed_in(shared_server, SOPHIE)


@pytest.fixture
def paul(town, shared_server):
    return signed_in(shared_server, PAUL)


def made(api, register, **fields):
    answer = api.post(f"{BASE}/{register}", fields)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def read(api, register, id):
    return api.get(f"{BASE}/{register}/{id}").json()


def to(api, register, id, status, **more):
    return api.post(f"{BASE}/{register}/{id}/status", {"status": status, **more})


def rules(api, register, id):
    return {item["rule"] for item in api.get(f"{BASE}/{register}/{id}/findings").json()["items"]}


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text.split("<main", 1)[1]))


# --- accounts and the matrix --------------------------------------------------------------------------------------------

def test_the_matrix_shows_who_enters_where_and_what_is_odd(api, sophie):
    made(api, "accounts", identifier="m.durand", holder="Marie Durand", system="Paie", profile="Agent", kind="named", last_review="2026-01-05")
    admin = made(api, "accounts", identifier="adm.paie", holder="Luc Petit", system="Paie", profile="Administrateur", kind="privileged", mfa=False)
    shared = made(api, "accounts", identifier="accueil", system="État civil", profile="Agent", kind="shared")
    gone = made(api, "accounts", identifier="j.martin", holder="Jean Martin", system="État civil", profile="Agent", kind="named", left_on="2020-02-01")
    assert "SEC-004" in rules(api, "accounts", admin) and "SEC-002" in rules(api, "accounts", shared) and "SEC-003" in rules(api, "accounts", gone)
    page = sophie.get("/o/ville/accounts/matrix")
    assert page.status_code == 200
    said = words(page)
    for word in ("Titulaire parti", "Partagé sans approbation", "Administrateur sans second facteur", "Jamais revu", "État civil", "Marie Durand"):
        assert word in said, word
    assert "/accounts/matrix" in sophie.get("/o/ville/accounts").text, "the list leads there"


def test_the_matrix_leaves_as_a_table_and_the_journal_says_so(town, shared_server, api):
    made(api, "accounts", identifier="adm.petit", holder="Luc Petit", system="Messagerie", profile="Administrateur", kind="privileged", mfa=True)
    claire = signed_in(shared_server, CLAIRE)
    table = claire.get("/o/ville/accounts/matrix.csv")
    assert table.headers["Content-Type"].startswith("text/csv")
    lines = table.content.decode("utf-8-sig").splitlines()
    assert lines[0].split(";")[0] == "Profil" and any(line.startswith("Administrateur;") and "Luc Petit" in line for line in lines)
    notes = [json.loads(line) for line in town.cli("journal", "list").stdout.splitlines()]
    assert any(note["event"] == "exported" and note["subject"] == "accounts/matrix.csv" for note in notes)


def test_whoever_leaves_has_all_their_accounts_closed_in_one_act(api, sophie):
    one = made(api, "accounts", identifier="z.alami", holder="Zohra Alami", system="Paie", profile="Agent", kind="named")
    two = made(api, "accounts", identifier="zohra", holder="Zohra Alami", system="Courrier", profile="Agent", kind="named")
    page = sophie.get("/o/ville/accounts/person?who=alami")
    assert "z.alami" in page.text and "Courrier" in page.text
    done = sophie.post("/o/ville/accounts/person", {"csrf": sophie.csrf(page), "who": "alami", "left_on": "2026-01-31", "account": [one, two]})
    assert "désactivés" in words(done)
    for id in (one, two):
        account = read(api, "accounts", id)
        assert account["status"] == "disabled" and account["left_on"] == "2026-01-31" and account["closed_on"]


def test_a_list_of_users_comes_in_as_a_table(api):
    table = "Identifiant;Système;Sorte;Profil;Titulaire\nk.benali;Cadastre;Nominatif;Consultation;Karim Benali\nadmin.sig;Cadastre;D’administration;Administrateur;Luc Petit\n"
    run = api.request("POST", f"{BASE}/accounts/import", data=table.encode(), headers={"Content-Type": "text/csv"})
    assert run.status_code == 200, run.text
    found = api.get(f"{BASE}/accounts?q=cadastre").json()["items"]
    assert {item["identifier"] for item in found} == {"k.benali", "admin.sig"}, run.text


# --- requests for access ------------------------------------------------------------------------------------------------

def asked(sophie, **fields):
    page = sophie.get("/o/ville/access-requests/new")
    answer = sophie.submit(page, {"name": "Accès au cadastre", "act": "open", "beneficiary.name": "Nina Roux", "asked_by.name": "Sophie Lagrange", "asked_by.email": SOPHIE, "system": "Cadastre", "profile": "Consultation",
                                  "reason": "Remplacement", **fields}, field="name")
    return re.search(r"/access-requests/([0-9a-f-]{36})", answer.url)[1]


def test_the_one_who_asks_does_not_approve_and_another_does(api, sophie, paul):
    id = asked(sophie)
    own = sophie.get(f"/o/ville/access-requests/{id}")
    assert "une autre personne doit" in words(own) and f"{id}/approve" not in own.text
    refused = sophie.post(f"/o/ville/access-requests/{id}/approve", {"csrf": sophie.csrf(own)})
    assert refused.status_code == 403
    assert to(api, "access-requests", id, "granted").status_code == 409, "no way round"
    page = paul.get(f"/o/ville/access-requests/{id}")
    assert "Approuver cette demande" in words(page)
    done = paul.post(f"/o/ville/access-requests/{id}/approve", {"csrf": paul.csrf(page)})
    assert "Approuvée par Paul Marchand" in words(done)
    request = read(api, "access-requests", id)
    assert request["status"] == "agreed" and request["approved_by"] == "Paul Marchand" and rules(api, "access-requests", id) == set()


def test_opening_an_access_writes_its_account(api, sophie, paul):
    id = asked(sophie, **{"beneficiary.name": "Ines Colin", "identifier": "i.colin", "external": "true", "employer": "Sogelog", "ends_on": "2027-03-31"})
    page = sophie.get(f"/o/ville/access-requests/{id}")
    early = sophie.post(f"/o/ville/access-requests/{id}/open", {"csrf": sophie.csrf(page)})
    assert early.status_code == 409
    paul.post(f"/o/ville/access-requests/{id}/approve", {"csrf": paul.csrf(paul.get(f"/o/ville/access-requests/{id}"))})
    page = sophie.get(f"/o/ville/access-requests/{id}")
    done = sophie.post(f"/o/ville/access-requests/{id}/open", {"csrf": sophie.csrf(page)})
    assert done.status_code == 200, done.text
    request = read(api, "access-requests", id)
    assert request["status"] == "granted" and request["granted_on"]
    account = read(api, "accounts", request["account"])
    assert (account["identifier"], account["holder"], account["kind"], account["ends_on"], account["access_request"]) == ("i.colin", "Ines Colin", "external", "2027-03-31", id)


def test_an_approval_expected_from_somebody_is_not_given_by_another(sophie, paul):
    id = asked(sophie, **{"approver.name": "Claire Delmas", "approver.email": CLAIRE})
    page = paul.get(f"/o/ville/access-requests/{id}")
    assert "attendu de Claire Delmas" in words(page)
    assert paul.post(f"/o/ville/access-requests/{id}/approve", {"csrf": paul.csrf(page)}).status_code == 403


def test_somebody_from_outside_needs_an_end(api):
    id = made(api, "access-requests", name="Accès du mainteneur", external=True)
    assert "SEC-031" in rules(api, "access-requests", id)


# --- deletions ----------------------------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def hiring(api):
    return made(api, "processings", name="Recruter des agents", start_date="2020-01-01", service="Ressources humaines",
                data_categories=[{"category": "identity", "description": "Candidatures", "retention_period": "P2Y", "final_disposition": "delete"}, {"category": "health", "description": "Aptitudes"}])


def test_what_must_go_is_read_from_the_processings_and_planned_in_one_act(api, hiring, sophie):
    page = sophie.get("/o/ville/retention/due")
    said = words(page)
    assert "Recruter des agents" in said and "En retard" in said and "2 ans" in said and "Durée inconnue" in said
    done = sophie.post("/o/ville/retention/plan", {"csrf": sophie.csrf(page), "processing": hiring, "category": "identity"})
    run = re.search(r"/retention/([0-9a-f-]{36})", done.url)[1]
    planned = read(api, "retention", run)
    assert planned["status"] == "scheduled" and planned["processings"] == [hiring] and planned["lines"][0]["outcome"] == "deleted" and planned["service"] == "Ressources humaines"
    assert run in sophie.get("/o/ville/retention/due").text, "the plan shows"
    assert words(sophie.get("/o/ville/retention/due?state=planned")).count("Recruter des agents") == 1


def test_a_deletion_that_is_done_has_its_certificate(api, hiring, sophie):
    run = made(api, "retention", name="Candidatures de 2023", processings=[hiring], planned_on="2026-01-10", done_by="Nadia Costa", method="application", frequency="P1Y",
               lines=[{"category": "identity", "details": "Candidatures non retenues", "outcome": "deleted", "count": 1200, "cut_off": "2023-12-31"}],
               holds=[{"subject": "Dossier 2023-14", "reason": "litigation", "until": "2099-01-01"}])
    draft = sophie.get(f"/o/ville/retention/{run}/certificate")
    assert "projet" in words(draft)
    assert to(api, "retention", run, "carried_out").status_code == 200
    assert read(api, "retention", run)["done_on"]
    paper = words(sophie.get(f"/o/ville/retention/{run}/certificate"))
    for word in ("Nadia Costa", "Candidatures non retenues", "Dossier 2023-14", "Litige", "Recruter des agents"):
        assert word in paper, word
    assert "projet" not in paper
    sheet = words(sophie.get(f"/o/ville/retention/{run}"))
    assert re.search(r"1.200", sheet) and "Prochaine purge" in sheet
    assert to(api, "retention", run, "closed").status_code == 200
