"""Terms of an organisation: added, offered, written out by their labels, retired; by pages and by the API."""
import csv
import io
import re

import pytest

DPO, DPO_PASSWORD = "dpo@ville.example", "Le chat de la voisine dort au soleil"
READER, READER_PASSWORD = "lectrice@ville.example", "Le chien du voisin aboie sous la pluie"
TERMS = "/organisations/ville/terms"
RECORDS = "/organisations/ville/processings"


@pytest.fixture(scope="module")
def town(shared_installation):
    shared_installation.cli("organisation", "add", "ville", "--name", "Ville")
    shared_installation.cli("organisation", "add", "autre", "--name", "Autre ville")
    shared_installation.add_user("premier@ville.example", "Une installation a toujours un premier compte")
    shared_installation.add_user(DPO, DPO_PASSWORD, "--organisation", "ville", "--role", "dpo")
    shared_installation.add_user(READER, READER_PASSWORD, "--organisation", "ville", "--role", "reader")
    return {who: shared_installation.add_token(*who.split(":")) for who in ("ville:dpo", "ville:contributor", "ville:reader", "autre:dpo")}


@pytest.fixture(scope="module")
def api(town, shared_server):
    return shared_server.api(town["ville:dpo"])


@pytest.fixture(scope="module")
def seasonal(api):
    """A term of ours, and a record that holds it."""
    added = api.post(TERMS + "/subject_category", {"label": {"fr": "Agents saisonniers", "en": "Seasonal staff"}})
    assert added.status_code == 201, added.text
    assert added.json() == {"list": "subject_category", "code": "agents_saisonniers", "label": {"fr": "Agents saisonniers", "en": "Seasonal staff"}, "retired": False, "owner": "own"}
    made = api.post(RECORDS, {"name": "Recruter pour l’été", "subject_categories": [{"category": "agents_saisonniers"}]})
    assert made.status_code == 201, made.text
    return made.json()


def test_an_unknown_code_is_refused_with_its_place(api):
    refused = api.post(RECORDS, {"name": "x", "subject_categories": [{"category": "jongleurs"}]})
    assert refused.status_code == 422
    assert [(error["field"], error["code"]) for error in refused.json()["errors"]] == [("subject_categories[0].category", "unknown_choice")]


def test_the_list_says_what_is_shipped_and_what_was_added(api, seasonal):
    listed = api.get(TERMS + "?list=subject_category&per_page=200").json()
    owners = {item["code"]: item["owner"] for item in listed["items"]}
    assert owners["employees"] == "shipped" and owners["agents_saisonniers"] == "own"
    assert listed["total"] == len(listed["items"])
    assert api.get(TERMS + "?list=legal_basis").status_code == 422   # a list of the law is closed
    assert api.post(TERMS + "/legal_basis", {"label": {"fr": "Parce que"}}).status_code == 404


@pytest.mark.parametrize("body, field, code", [
    ({"label": {"fr": ""}}, "label.fr", "required"),
    ({"label": {"fr": "x" * 121}}, "label.fr", "too_long"),
    ({"label": {"fr": "Salariés"}}, "label.fr", "term_exists"),
    ({"label": {"fr": "Nouveau"}, "code": "Pas Un Code"}, "code", "bad_code"),
    ({"label": {"fr": "Nouveau"}, "code": "employees"}, "code", "term_exists"),
    ({"label": {"fr": "Nouveau", "de": "Neu"}}, "label.de", "unknown_field"),
    ({"label": "Nouveau"}, "label", "wrong_kind"),
    ({"label": {"fr": 3}}, "label.fr", "wrong_kind"),
    ({"wording": "Nouveau"}, "wording", "unknown_field"),
])
def test_what_cannot_be_a_term_is_refused_in_words(api, body, field, code):
    refused = api.post(TERMS + "/subject_category", body)
    assert refused.status_code == 422, refused.text
    assert (field, code) in [(error["field"], error["code"]) for error in refused.json()["errors"]], refused.text


def test_only_an_administrator_or_a_dpo_shapes_the_lists(town, shared_server):
    for who in ("ville:contributor", "ville:reader"):
        api = shared_server.api(town[who])
        assert api.get(TERMS).status_code == 200
        assert api.post(TERMS + "/subject_category", {"label": {"fr": "Autres gens"}}).status_code == 403
    browser = shared_server.browser()
    browser.sign_in(READER, READER_PASSWORD)
    assert browser.get("/o/ville/terms").status_code == 403


def test_another_town_neither_knows_nor_changes_it(town, shared_server, api, seasonal):
    other = shared_server.api(town["autre:dpo"])
    refused = other.post("/organisations/autre/processings", {"name": "x", "subject_categories": [{"category": "agents_saisonniers"}]})
    assert refused.status_code == 422
    assert other.patch("/organisations/autre/terms/subject_category/agents_saisonniers", {"retired": True}).status_code == 404
    assert api.patch(TERMS + "/subject_category/inconnu", {"retired": True}).status_code == 404


def test_search_and_exports_use_the_label(api, seasonal):
    found = api.get(RECORDS + "?q=saisonniers").json()["items"]
    assert [item["id"] for item in found] == [seasonal["id"]]
    assert api.get(RECORDS + "?filter=category:agents_saisonniers").json()["total"] == 1
    rows = list(csv.reader(io.StringIO(api.get(RECORDS + "/export?format=csv").content.decode("utf-8-sig"))))
    assert any("Agents saisonniers" in cell for cell in rows[1])
    exported = api.get(RECORDS + "/export?format=json").json()["items"][0]
    assert exported["subject_categories"][0]["category"] == "agents_saisonniers"


def test_the_cnil_workbook_carries_the_label_and_brings_the_code_back(api, seasonal):
    workbook = api.get(RECORDS + "/export?format=cnil-ods")
    assert workbook.status_code == 200
    back = api.request("POST", RECORDS + "/import", data=workbook.content, headers={"Content-Type": "application/vnd.oasis.opendocument.spreadsheet"})
    assert back.status_code == 200, back.text
    assert back.json()["counts"]["refused"] == 0 and back.json()["counts"]["created"] == 0, back.text
    now = api.get(f"{RECORDS}/{seasonal['id']}").json()
    assert now["subject_categories"][0]["category"] == "agents_saisonniers" and now["version"] == seasonal["version"]


def test_a_renamed_term_is_found_by_its_new_name(api, seasonal):
    renamed = api.patch(TERMS + "/subject_category/agents_saisonniers", {"label": {"fr": "Renforts d’été"}})
    assert renamed.status_code == 200 and renamed.json()["label"]["fr"] == "Renforts d’été"
    assert api.get(RECORDS + "?q=renforts").json()["total"] == 1
    assert api.get(RECORDS + "?q=saisonniers").json()["total"] == 0
    assert api.get(f"{RECORDS}/{seasonal['id']}").json()["version"] == seasonal["version"]   # labels are not of the record


def test_a_clerk_shapes_a_list_by_pages_and_finds_it_in_the_form(shared_server, api, seasonal):
    browser = shared_server.browser()
    browser.sign_in(DPO, DPO_PASSWORD)
    page = browser.get("/o/ville/terms/measure_type")
    csrf = re.search(r'name="csrf" value="([^"]+)"', page.text).group(1)
    assert "Aucun mot ajouté" in page.text
    refused = browser.request("POST", "/o/ville/terms/measure_type", data={"csrf": csrf, "label_fr": "", "label_en": "Guard dog"})
    assert refused.status_code == 422 and 'value="Guard dog"' in refused.text
    done = browser.request("POST", "/o/ville/terms/measure_type", data={"csrf": csrf, "label_fr": "Chien de garde", "label_en": "", "code": ""})
    assert done.status_code == 200 and "Le mot est ajouté" in done.text and "Chien de garde" in done.text
    form = browser.get("/o/ville/processings/new").text
    assert re.search(r'<option value="chien_de_garde">\s*Chien de garde', form)
    browser.request("POST", "/o/ville/terms/measure_type/chien_de_garde/retire", data={"csrf": csrf})
    assert "chien_de_garde" not in browser.get("/o/ville/processings/new").text
    browser.request("POST", "/o/ville/terms/measure_type/chien_de_garde/reinstate", data={"csrf": csrf})
    browser.request("POST", "/o/ville/terms/measure_type/chien_de_garde", data={"csrf": csrf, "label_fr": "Chien de berger", "label_en": "Sheepdog"})
    assert "Chien de berger" in browser.get("/o/ville/processings/new").text


def test_a_retired_term_is_still_shown_where_it_is_held(shared_server, api, seasonal):
    assert api.patch(TERMS + "/subject_category/agents_saisonniers", {"retired": True}).json()["retired"] is True
    browser = shared_server.browser()
    browser.sign_in(DPO, DPO_PASSWORD)
    assert "agents_saisonniers" not in browser.get("/o/ville/processings/new").text
    page = browser.get(f"/o/ville/processings/{seasonal['id']}")
    assert "Renforts d’été" in page.text
    assert re.search(r'value="agents_saisonniers" selected', browser.get(f"/o/ville/processings/{seasonal['id']}/edit").text)


def test_a_form_suggests_the_services_used_already(shared_server, api):
    made = api.post(RECORDS, {"name": "Tenir le guichet", "service": "Guichet unique des démarches"})
    assert made.status_code == 201
    browser = shared_server.browser()
    browser.sign_in(DPO, DPO_PASSWORD)
    form = browser.get("/o/ville/processings/new").text
    assert 'list="suggest-service"' in form
    suggested = form.split('<datalist id="suggest-service">')[1].split("</datalist>")[0]
    assert 'value="Guichet unique des démarches"' in suggested and 'value="État civil"' in suggested


def test_records_to_link_to_are_looked_up_in_ones_own_town(shared_server, api, town):
    api.post(RECORDS, {"name": "Gérer les cimetières"})
    shared_server.api(town["autre:dpo"]).post("/organisations/autre/processings", {"name": "Gérer les cimetières d’ailleurs"})
    browser = shared_server.browser()
    browser.sign_in(DPO, DPO_PASSWORD)
    answer = browser.get("/o/ville/processings/lookup?q=cimeti").json()
    assert [item["words"].split(" ", 1)[1] for item in answer["items"]] == ["Gérer les cimetières"] and answer["more"] is False
    reference = answer["items"][0]["words"].split(" ")[0]
    assert browser.get(f"/o/ville/processings/lookup?q={reference}").json()["items"][0] == answer["items"][0]
    assert len(browser.get("/o/ville/processings/lookup").json()["items"]) <= 20
    assert browser.get("/o/autre/processings/lookup?q=cimeti").status_code == 404
