"""Policies and who has read them, undertakings to print and sign, archives and their certificate."""
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

import harness


@pytest.fixture(scope="module")
def town(binary, tmp_path_factory):
    town = harness.Installation(binary, tmp_path_factory.mktemp("documents") / "data")
    town.cli("organisation", "add", "ville", "--name", "Ville")
    return town


@pytest.fixture(scope="module")
def server(town):
    with town.serve() as running:
        yield running


@pytest.fixture(scope="module")
def api(town, server):
    return server.api(town.add_token("ville", "dpo"))


def person(town, server, email, role):
    password = town.add_user(email, None, "--organisation", "ville", "--role", role)
    browser = server.browser()
    assert browser.sign_in(email, password).ok
    return browser


def made(api, register, **fields):
    answer = api.post(f"/organisations/ville/{register}", fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


def status(api, register, record, to, **more):
    answer = api.post(f"/organisations/ville/{register}/{record['id']}/status", {"status": to, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def say_read(browser, record, edition):
    page = browser.get(f"/o/ville/policies/{record['id']}").text
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)[1]
    return browser.request("POST", f"/o/ville/policies/{record['id']}/read", data={"csrf": csrf, "edition": edition})


def test_a_policy_is_read_by_its_readers_and_again_when_it_changes(town, server, api):
    charter = made(api, "policies", name="Charte informatique", kind="it_charter", edition="1", expected_readers=3)
    lucie = person(town, server, "lucie@ville.example", "reader")
    assert "J’ai lu cette version" not in lucie.get(f"/o/ville/policies/{charter['id']}").text, "a draft is not to be read"
    asked = say_read(lucie, charter, "1")
    assert asked.status_code == 409, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", asked.text.split("<main")[-1]))
    status(api, "policies", charter, "in_force")
    assert "J’ai lu cette version" in lucie.get(f"/o/ville/policies/{charter['id']}").text
    shown = say_read(lucie, charter, "1")
    assert shown.status_code == 200, shown.text[-3000:]
    assert "Vous avez dit l’avoir lue" in shown.text and "1 sur 3" in shown.text
    assert say_read(lucie, charter, "1").status_code == 200, "twice is once"
    kept = api.get(f"/organisations/ville/policies/{charter['id']}").json()
    assert [(one["edition"], one["proof"], bool(one["account"])) for one in kept["readings"]] == [("1", "acknowledged", True)]
    # a new edition: everybody reads again, and what one read is what the page showed
    answer = api.request("PATCH", f"/organisations/ville/policies/{charter['id']}", params={"changes_validated": "no"}, json={"edition": "2"}, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    assert say_read(lucie, charter, "1").status_code == 409
    assert "0 sur 3" in lucie.get(f"/o/ville/policies/{charter['id']}").text
    assert "1 sur 3" in say_read(lucie, charter, "2").text


def test_colleagues_who_read_in_the_same_second_are_all_kept(town, server, api):
    procedure = made(api, "policies", name="Procédure en cas de violation", kind="breaches", edition="1")
    status(api, "policies", procedure, "in_force")
    browsers = [person(town, server, f"agent{n}@ville.example", "reader") for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda browser: say_read(browser, procedure, "1").status_code, browsers))
    assert answers == [200] * 4, answers
    assert len(api.get(f"/organisations/ville/policies/{procedure['id']}").json()["readings"]) == 4


def test_only_a_reading_is_written_by_who_reads(town, server, api):
    procedure = made(api, "policies", name="Procédure", kind="inspection", edition="1")
    status(api, "policies", procedure, "in_force")
    reader = person(town, server, "lecteur@ville.example", "reader")
    assert say_read(reader, procedure, "1").status_code == 200
    page = reader.get(f"/o/ville/policies/{procedure['id']}").text
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)[1]
    assert reader.request("POST", f"/o/ville/policies/{procedure['id']}", data={"csrf": csrf, "_version": "3", "name": "Autre"}).status_code == 403
    assert api.get(f"/organisations/ville/policies/{procedure['id']}").json()["name"] == "Procédure"
    told = api.get(f"/organisations/ville/policies/{procedure['id']}/versions").json()["items"]
    assert len(told) == 3, "the reading is a version of its own, in the reader's name"


def test_an_undertaking_is_printed_signed_and_given_back(town, server, api):
    one = made(api, "undertakings", person="Aline Roussel", function="agente d’accueil", access="Portail famille", access_from="2026-01-05", form="signed", originals=2)
    assert "GOV-009" in [finding["rule"] for finding in api.get(f"/organisations/ville/undertakings/{one['id']}/findings").json()["items"]]
    officer = person(town, server, "deleguee@ville.example", "dpo")
    paper = officer.get(f"/o/ville/undertakings/{one['id']}/paper").text
    assert "Aline Roussel" in paper and "Portail famille" in paper and paper.count("<li>") >= 7 and "226-13" in paper
    assert "I, Aline Roussel" in officer.get(f"/o/ville/undertakings/{one['id']}/paper", params={"lang": "en"}).text
    signed = status(api, "undertakings", one, "signed")
    assert signed["signed_on"], "the day is filled in"
    assert "GOV-009" not in [finding["rule"] for finding in api.get(f"/organisations/ville/undertakings/{one['id']}/findings").json()["items"]]


def test_archives_end_with_a_decision_and_a_certificate(town, server, api):
    box = made(api, "archives", name="Dossiers d’aide 2012", contents="Dossiers d’aide sociale", public_archives=True, fate="destroy", destroy_on="2026-01-01")
    officer = person(town, server, "archives@ville.example", "dpo")
    page = officer.get(f"/o/ville/archives/{box['id']}").text
    assert "demandez le visa avant de détruire" in page
    certificate = officer.get(f"/o/ville/archives/{box['id']}/certificate").text
    assert "Il manque encore au certificat" in certificate and "Visa donné le" in certificate
    refused = api.post(f"/organisations/ville/archives/{box['id']}/status", {"status": "destroyed"})
    assert refused.status_code == 422, "who decided is asked"
    done = status(api, "archives", box, "destroyed", decided_by="La maire", decided_on="2026-02-01")
    assert done["destroyed_on"]


def test_the_profile_asks_for_the_documents_that_are_missing(town, api):
    found = town.cli.run("lint", "--organisation", "ville", "--format", "json").stdout
    assert '"SEC-015"' in found and '"GOV-010"' in found and '"GOV-011"' not in found, found[:2000]
