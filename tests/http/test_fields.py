"""Questions of an organisation's own: asked by pages and by the API, in forms, lists, histories and exports."""
import csv
import io
import re

import pytest

DPO, DPO_PASSWORD = "dpo@ville.example", "Le chat de la voisine dort au soleil"
FIELDS = "/organisations/ville/fields"
RECORDS = "/organisations/ville/processings"


@pytest.fixture(scope="module")
def town(shared_installation):
    shared_installation.cli("organisation", "add", "ville", "--name", "Ville")
    shared_installation.cli("organisation", "add", "autre", "--name", "Autre ville")
    shared_installation.add_user("premier@ville.example", "Une installation a toujours un premier compte")
    shared_installation.add_user(DPO, DPO_PASSWORD, "--organisation", "ville", "--role", "dpo")
    return {who: shared_installation.add_token(*who.split(":")) for who in ("ville:dpo", "ville:contributor", "autre:dpo")}


@pytest.fixture(scope="module")
def api(town, shared_server):
    return shared_server.api(town["ville:dpo"])


@pytest.fixture(scope="module")
def site(api):
    added = api.post(FIELDS + "/processings", {"label": {"fr": "Site concerné", "en": "Site"}, "kind": "choice", "section": "actors", "in_list": True, "searchable": True,
                                               "options": [{"label": {"fr": "Mairie annexe"}}, {"code": "port", "label": {"fr": "Port de plaisance", "en": "Marina"}}]})
    assert added.status_code == 201, added.text
    assert added.json()["code"] == "site_concerne" and added.json()["owner"] == "own"
    assert [option["code"] for option in added.json()["options"]] == ["mairie_annexe", "port"]
    return added.json()


@pytest.fixture(scope="module")
def record(api, site):
    made = api.post(RECORDS, {"name": "Louer des anneaux", "custom": {"site_concerne": "port"}})
    assert made.status_code == 201, made.text
    assert made.json()["custom"] == {"site_concerne": "port"}
    return made.json()


def test_answers_are_checked_and_named(api, site):
    refused = api.post(RECORDS, {"name": "x", "custom": {"site_concerne": "lune", "budget": 3}})
    assert [(error["field"], error["code"]) for error in refused.json()["errors"]] == [("custom.budget", "unknown_field")]
    refused = api.post(RECORDS, {"name": "x", "custom": {"site_concerne": "lune"}})
    assert [(error["field"], error["code"]) for error in refused.json()["errors"]] == [("custom.site_concerne", "unknown_choice")]


def test_a_record_goes_round_by_the_api(api, record):
    address = f"{RECORDS}/{record['id']}"
    read = api.get(address)
    sent_back = api.put(address, read.json(), headers={"If-Match": read.headers["ETag"]})
    assert sent_back.status_code == 200 and sent_back.json()["version"] == record["version"]
    patched = api.patch(address, {"custom": {"site_concerne": "mairie_annexe"}}, headers={"If-Match": read.headers["ETag"]})
    assert patched.json()["custom"] == {"site_concerne": "mairie_annexe"}
    versions = api.get(address + "/versions").json()["items"]
    assert versions[0]["changed_fields"] == ["custom.site_concerne"]
    assert api.get(address + "/versions/1").json()["custom"] == {"site_concerne": "port"}
    back = api.patch(address, {"custom": {"site_concerne": "port"}}, headers={"If-Match": patched.headers["ETag"]})
    assert back.status_code == 200


def test_it_is_found_filtered_and_exported(api, record):
    assert api.get(RECORDS + "?q=plaisance").json()["total"] == 1
    assert api.get(RECORDS + "?filter=custom.site_concerne:port").json()["total"] == 1
    rows = list(csv.reader(io.StringIO(api.get(RECORDS + "/export?format=csv").content.decode("utf-8-sig")), delimiter=";"))
    column = rows[0].index("Site concerné")
    assert "Port de plaisance" in [row[column] for row in rows[1:]]
    exported = api.get(RECORDS + "/export?format=json")
    assert record["id"] in [item["id"] for item in exported.json()["items"] if item["custom"]["site_concerne"] == "port"]
    imported = api.request("POST", RECORDS + "/import", data=exported.content, headers={"Content-Type": "application/json"})
    assert imported.json()["counts"]["refused"] == 0 and imported.json()["counts"]["updated"] == 0, imported.text


def test_another_town_neither_sees_nor_answers_it(town, shared_server, site):
    other = shared_server.api(town["autre:dpo"])
    assert other.get("/organisations/autre/fields").json()["items"] == []
    assert other.patch("/organisations/autre/fields/processings/site_concerne", {"retired": True}).status_code == 404
    assert other.post("/organisations/autre/processings", {"name": "x", "custom": {"site_concerne": "port"}}).status_code == 422
    assert shared_server.api(town["ville:contributor"]).post(FIELDS + "/processings", {"label": {"fr": "Non"}}).status_code == 403


def test_the_kind_never_changes(api, site):
    for member in ({"kind": "text"}, {"code": "autre"}):
        refused = api.patch(FIELDS + "/processings/site_concerne", member)
        assert refused.status_code == 422 and refused.json()["errors"][0]["code"] == "unknown_field"


def test_a_clerk_asks_a_question_and_answers_it_by_pages(shared_server, api, record):
    browser = shared_server.browser()
    browser.sign_in(DPO, DPO_PASSWORD)
    page = browser.get("/o/ville/fields/processings").text
    csrf = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
    assert "Site concerné" in page
    refused = browser.request("POST", "/o/ville/fields/processings", data={"csrf": csrf, "label_fr": "Vu par", "kind": "choice", "section": "follow_up", "option.0.fr": ""})
    assert refused.status_code == 422 and 'value="Vu par"' in refused.text
    sections = re.findall(r'<option value="([a-z_]+)"', page.split('name="section"')[1].split("</select>")[0])
    done = browser.request("POST", "/o/ville/fields/processings", data={"csrf": csrf, "label_fr": "Numéro du marché", "kind": "string", "section": sections[0], "required": "yes", "help_fr": "Celui de la commande publique."})
    assert done.status_code == 200 and "Numéro du marché" in done.text
    edit = f"/o/ville/processings/{record['id']}/edit"
    form = browser.get(edit).text
    assert 'name="custom.numero_du_marche"' in form and "Celui de la commande publique." in form
    assert re.search(r'value="port" selected', form)
    version = re.search(r'name="_version" value="(\d+)"', form).group(1)
    missing = browser.request("POST", f"/o/ville/processings/{record['id']}", data={"csrf": csrf, "_version": version, "reference": record["reference"], "name": record["name"], "custom.site_concerne": "port"})
    assert missing.status_code == 422 and 'href="#custom-numero_du_marche"' in missing.text
    saved = browser.request("POST", f"/o/ville/processings/{record['id']}", data={"csrf": csrf, "_version": version, "reference": record["reference"], "name": record["name"], "custom.site_concerne": "port",
                                                                                  "custom.numero_du_marche": "M-2026-7"})
    assert saved.status_code == 200 and "M-2026-7" in saved.text and "Port de plaisance" in saved.text
    assert "Numéro du marché" in browser.get(f"/o/ville/processings/{record['id']}/history").text
    assert "Site concerné" in browser.get("/o/ville/processings?columns=custom.site_concerne").text
    browser.request("POST", "/o/ville/fields/processings/numero_du_marche/retire", data={"csrf": csrf})
    assert 'name="custom.numero_du_marche"' not in browser.get(edit).text
    assert "M-2026-7" in browser.get(f"/o/ville/processings/{record['id']}").text
    assert api.get(f"{RECORDS}/{record['id']}").json()["custom"]["numero_du_marche"] == "M-2026-7"


def test_an_answer_that_cannot_be_is_named_by_its_line(shared_server, town):
    browser = shared_server.browser()
    browser.sign_in(DPO, DPO_PASSWORD)
    page = browser.get("/o/ville/fields/processings")
    # Line 2 is left empty; line 3 has an English label alone, line 4 the code that line 1 gets too.
    refused = browser.request("POST", "/o/ville/fields/processings", data={
        "csrf": browser.csrf(page), "label_fr": "Quartier", "kind": "choice", "section": "follow_up", "option.0.fr": "Nord", "option.0.code": "nord", "option.1.fr": "",
        "option.2.fr": "", "option.2.en": "South", "option.3.fr": "Au nord", "option.3.code": "nord"})
    assert refused.status_code == 422
    links = re.findall(r'<li><a href="(#f-option[^"]+)">([^<]+)', refused.text)
    assert [address for address, _ in links] == ["#f-option.2.fr", "#f-option.3.fr"], links
    assert "ligne 3" in links[0][1] and "ligne 4" in links[1][1]
    for address, _ in links:
        control = re.search(rf'<input[^>]*id="{re.escape(address[1:])}"[^>]*>', refused.text).group(0)
        assert 'aria-invalid="true"' in control and f'aria-describedby="{address[1:]}-e"' in control and f'id="{address[1:]}-e"' in refused.text
    assert 'value="South"' in refused.text and 'value="Au nord"' in refused.text


def test_two_people_change_one_question_and_nothing_is_lost(shared_server, town, api):
    added = api.post(FIELDS + "/processings", {"label": {"fr": "Lieu", "en": "Place"}, "kind": "choice", "section": "actors", "options": [{"code": "nord", "label": {"fr": "Nord", "en": "North"}}]})
    assert added.status_code == 201, added.text
    address = "/o/ville/fields/processings/lieu"
    one, two = shared_server.browser(), shared_server.browser()
    for person in (one, two):
        person.sign_in(DPO, DPO_PASSWORD)
    seen_by_one, seen_by_two = one.get(address), two.get(address)
    assert one.submit(seen_by_one, {"help_fr": "Celui de l’accueil", "option.1.fr": "Sud", "option.2.fr": "Est"}, action=address).status_code == 200
    met = two.submit(seen_by_two, {"label_fr": "Endroit", "option.0.fr": "Au nord", "option.1.fr": "est"}, action=address)
    assert met.status_code == 409 and "Quelqu’un a changé cette question" in met.text
    # What stands there now is said, what was typed is still there, and the other's new answer is not retired by silence.
    told = met.text.split('role="alert"')[1].split("</section>")[0]
    assert "Lieu" in told and "Nord" in told and "Est" in told
    lead, taken = told.split("repris dans le formulaire")
    assert "Celui de l’accueil" in taken and "Sud" in taken and "Est" not in taken, "what was put into the form is said"
    assert 'value="Celui de l’accueil"' in met.text, "what the other wrote stands where nothing was"
    assert 'value="Endroit"' in met.text and 'value="Au nord"' in met.text and 'value="Sud"' in met.text
    stored = next(field for field in api.get(FIELDS).json()["items"] if field["code"] == "lieu")
    assert stored["label"]["fr"] == "Lieu" and stored["help"]["fr"] == "Celui de l’accueil"
    assert two.submit(met, action=address).status_code == 200
    stored = next(field for field in api.get(FIELDS).json()["items"] if field["code"] == "lieu")
    assert stored["label"]["fr"] == "Endroit" and stored["help"]["fr"] == "Celui de l’accueil"
    assert [(option["label"]["fr"], option["retired"]) for option in stored["options"]] == [("Au nord", False), ("est", False), ("Sud", False)], "the answer both thought of is one"
