"""Starting from a model: chosen in a list, opened as a form, marked where it is to be completed, written only when somebody saves."""
import html
import re

import pytest

from harness import Installation

CLAIRE, LEA, PAUL, ELLEN, PASSWORD = "claire@ville.example", "lea@ville.example", "paul@ville.example", "ellen@ville.example", "une phrase assez longue 2026"
TOWN = "/organisations/ville"
REGISTERS = {"notices": 14, "consent-points": 6, "policies": 7}   # at least so many models each


@pytest.fixture(scope="module")
def town(binary, tmp_path_factory):
    town = Installation(binary, tmp_path_factory.mktemp("models"))
    town.cli("organisation", "add", "ville", "--name", "Ville de Test")
    for email, role in ((CLAIRE, "dpo"), (LEA, "contributor"), (PAUL, "reader"), (ELLEN, "contributor")):
        town.add_user(email, PASSWORD, "--organisation", "ville", "--role", role)
    return town


@pytest.fixture(scope="module")
def server(town):
    with town.serve() as server:
        yield server


@pytest.fixture(scope="module")
def api(town, server):
    return server.api(town.add_token("ville", "dpo"))


def signed_in(server, who):
    browser = server.browser("fr")
    browser.sign_in(who, PASSWORD)
    return browser


@pytest.fixture(scope="module")
def ellen(server):
    """Somebody who reads English."""
    browser = signed_in(server, ELLEN)
    browser.submit(browser.get("/account"), {"language": "en"}, field="language")
    return browser


def plain(text):
    """A line is kept with ordinary spaces."""
    return " ".join(text.split())


def words(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))


@pytest.mark.parametrize("register", REGISTERS)
def test_an_empty_register_leads_to_its_models(server, ellen, register):
    claire = signed_in(server, CLAIRE)
    assert f'href="/o/ville/{register}/models"' in claire.get(f"/o/ville/{register}").text
    page = claire.get(f"/o/ville/{register}/models")
    assert page.status_code == 200 and "n’est pas un conseil juridique" in words(page)
    assert len(set(re.findall(rf"/o/ville/{register}/new\?model=([a-z-]+)", page.text))) >= REGISTERS[register]
    assert "is no legal advice" in words(ellen.get(f"/o/ville/{register}/models"))


def test_a_list_of_models_is_narrowed_by_words(server):
    claire = signed_in(server, CLAIRE)
    page = claire.get("/o/ville/notices/models?q=CANTINE")
    assert re.findall(r"new\?model=([a-z-]+)", page.text) == ["school"]
    nothing = claire.get("/o/ville/notices/models?q=zeppelin")
    assert nothing.status_code == 200 and "Aucun modèle" in words(nothing) and "new?model=" not in nothing.text


def test_a_register_without_models_has_no_such_page(server, api):
    claire = signed_in(server, CLAIRE)
    assert claire.get("/o/ville/complaints/models").status_code == 404
    assert "/complaints/models" not in claire.get("/o/ville/complaints").text
    assert api.get(f"{TOWN}/complaints/models").json()["total"] == 0


def test_who_only_reads_sees_the_models_and_starts_from_none(server):
    paul = signed_in(server, PAUL)
    page = paul.get("/o/ville/notices/models")
    assert page.status_code == 200 and "new?model=" not in page.text
    assert paul.get("/o/ville/notices/new?model=badges").status_code == 403


def test_adopting_opens_a_form_and_writes_nothing(server, ellen, api):
    lea = signed_in(server, LEA)
    before = api.get(f"{TOWN}/notices").json()["total"]
    page = lea.get("/o/ville/notices/new?model=badges")
    text = words(page)
    assert page.status_code == 200 and "Ce formulaire part d’un modèle : Badges et contrôle des accès" in text.replace("\u00a0", " ")
    assert "n’est pas un conseil juridique" in text and "Les passages : trois mois au plus" in text.replace("\u00a0", " ")
    for field in ("processings", "owner", "items", "publications"):
        assert f'href="#{field}"' in page.text and f'id="{field}"' in page.text, f"{field} is not one step away"
    assert page.text.count("À compléter</span>") >= 4
    assert api.get(f"{TOWN}/notices").json()["total"] == before
    english = ellen.get("/o/ville/notices/new?model=badges").text
    assert "This form starts from a model: Badges and access control" in english and 'value="Handed over with the badge"' in english


def test_what_is_saved_says_in_its_history_which_model_it_came_from(server, api):
    lea = signed_in(server, LEA)
    page = lea.get("/o/ville/policies/new?model=passwords")
    saved = lea.submit(page, action="/o/ville/policies", field="name")
    assert saved.status_code == 200 and "done=created" in saved.url, words(saved)[:400]
    record = re.search(r"/policies/([0-9a-f-]{36})", saved.url)[1]
    kept = api.get(f"{TOWN}/policies/{record}").json()
    assert kept["status"] == "draft" and kept["kind"] == "access" and "[À COMPLÉTER" in kept["text"]
    versions = api.get(f"{TOWN}/policies/{record}/versions").json()["items"]
    assert "Règles des mots de passe et des accès" in versions[0]["reason"]
    found = {(one["rule"], one["field"]) for one in api.get(f"{TOWN}/policies/{record}/findings").json()["items"]}
    assert found == {("REG-039", "text")}
    sheet = lea.get(f"/o/ville/policies/{record}/text")
    assert sheet.status_code == 200 and "<h2>Pour chacun</h2>" in sheet.text and "sept mots" in words(sheet)


def test_a_form_that_is_refused_still_says_where_it_came_from(server, api):
    lea = signed_in(server, LEA)
    page = lea.get("/o/ville/consent-points/new?model=health")
    before = api.get(f"{TOWN}/consent-points").json()["total"]
    refused = lea.submit(page, {"name": ""}, action="/o/ville/consent-points", field="name")
    assert refused.status_code == 422 and 'name="_model" value="health"' in refused.text and "n’est pas un conseil juridique" in words(refused)
    assert "J’accepte expressément" in words(refused), "what the model said is lost"
    assert api.get(f"{TOWN}/consent-points").json()["total"] == before


def test_a_model_nobody_wrote_is_told_in_words(server, api):
    claire = signed_in(server, CLAIRE)
    page = claire.get("/o/ville/notices/new?model=zeppelin")
    assert page.status_code == 404 and "Ce modèle n’existe pas" in words(page)
    assert api.get(f"{TOWN}/notices/models/zeppelin").status_code == 404
    assert api.get(f"{TOWN}/notices/models?lang=klingon").status_code == 422


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("register", REGISTERS)
def test_each_model_is_a_body_that_post_takes_and_lacks_only_what_it_says(api, register, lang):
    listed = api.get(f"{TOWN}/{register}/models?lang={lang}").json()
    assert listed["total"] == len(listed["items"]) >= REGISTERS[register]
    for model in listed["items"]:
        body = api.get(f"{TOWN}/{register}/models/{model['code']}?lang={lang}")
        assert body.status_code == 200, body.text
        made = api.post(f"{TOWN}/{register}", body.json())
        assert made.status_code == 201, f"{model['code']}: {made.text}"
        assert plain(made.json()["name"]) == plain(model["title"])
        left = {one["field"] for one in model["complete"]}
        for finding in api.get(f"{TOWN}/{register}/{made.json()['id']}/findings").json()["items"]:
            assert finding["field"].split("[")[0] in left, f"{model['code']}: {finding}"


def test_the_description_of_the_api_tells_of_models(api):
    paths = api.get("/openapi.json").json()["paths"]
    one = paths["/api/v1/organisations/{organisation}/notices/models/{model}"]["get"]
    assert one["operationId"] == "show_model_notices" and {"$ref": "#/components/parameters/model"} in one["parameters"]
    assert paths["/api/v1/organisations/{organisation}/notices/models"]["get"]["operationId"] == "list_models_notices"


def test_the_words_of_a_sign_are_not_written_over(server, api):
    body = api.get(f"{TOWN}/notices/models/cameras-premises").json()
    assert body["own_short"] is True
    notice = api.post(f"{TOWN}/notices", body).json()
    claire = signed_in(server, CLAIRE)
    address = f"/o/ville/notices/{notice['id']}/text"
    for _ in range(2):
        page = claire.get(address)
        assert claire.post(address, {"csrf": claire.csrf(page), "op": "keep"}).status_code == 200
    kept = api.get(f"{TOWN}/notices/{notice['id']}").json()
    assert kept["short_fr"] == notice["short_fr"] and kept["full_fr"], "the full text is written, the sign is not"
    shown = words(claire.get(address + "?level=short&lang=fr&kept=1"))
    assert "Lieu filmé par" in shown and "Ce texte court est le vôtre" in shown


def test_the_page_on_agreement_tells_the_cases_apart(server, ellen):
    lea = signed_in(server, LEA)
    assert 'href="/o/ville/consent-points/when"' in lea.get("/o/ville/consent-points").text
    text = words(lea.get("/o/ville/consent-points/when")).replace("\u00a0", " ").replace("\u202f", " ")
    for said in ("Une autre base sert", "Accord nécessaire", "Selon le cas", "Les traceurs de votre site", "depuis le 11 août 2026", "RGPD, article 9"):
        assert said in text, said
    assert "new?model=cookies" in lea.get("/o/ville/consent-points/when").text
    assert "Another basis serves" in words(ellen.get("/o/ville/consent-points/when"))


def test_a_contract_prints_the_wording_of_its_clauses(server, ellen, api):
    processor = api.post(f"{TOWN}/processors", {"name": "Hébergeur du Val"}).json()["id"]
    made = api.post(f"{TOWN}/contracts", {"name": "Hébergement", "processor": processor, "subject": "héberger le portail", "breach_notice_hours": 24,
                                          "clauses": [{"item": "C06", "state": "present"}, {"item": "C15", "state": "absent"}]})
    assert made.status_code == 201, made.text
    address = f"/o/ville/contracts/{made.json()['id']}"
    claire = signed_in(server, CLAIRE)
    assert f'href="{address}/annex"' in claire.get(address).text
    page = claire.get(address + "/annex")
    whole = words(page)
    assert page.text.count("<h2>C") == 25 and "Hébergeur du Val" in whole and "24 heures" in whole and "héberger le portail" in whole and "Ville de Test" in whole
    assert "conseil juridique" in whole and "[À COMPLÉTER" in whole
    missing = claire.get(address + "/annex?only=missing")
    assert missing.text.count("<h2>C") == 24 and "<h2>C06" not in missing.text
    assert "on the controller’s written instructions" in words(ellen.get(address + "/annex"))
    assert claire.get("/o/ville/contracts/0190f3a2-7c41-7d10-8a55-1c2d3e4f5061/annex").status_code == 404


def test_the_forms_that_collect_are_checked_point_by_point(api):
    made = api.post(f"{TOWN}/consent-points", {"name": "Bon de commande", "form_unticked": True, "form_objection": False, "form_marked": False, "form_notice": True}).json()
    found = [(one["rule"], one["field"]) for one in api.get(f"{TOWN}/consent-points/{made['id']}/findings").json()["items"]]
    assert {field for rule, field in found if rule == "CON-008"} == {"form_objection", "form_marked"}
