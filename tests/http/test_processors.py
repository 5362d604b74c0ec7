"""Processors and their contracts: from a provider nobody knows to the proof that the data were destroyed."""
import html
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from town import BASE, DECISION, PASSWORD, api, change, claire, made, rules, to, town, words  # noqa: F401 (fixtures)


def clauses(state="present"):
    return [{"item": f"C{number:02}", "state": state, "place": f"art. {number}"} for number in range(1, 26)]


def test_a_provider_is_qualified_assessed_bound_used_and_left(api):
    host = made(api, "processors", name="Nuage du Littoral", country="FR", handles_data=True, on_instructions=True, own_purposes=False)
    sheet = made(api, "processings", name="Inscrire à la cantine", processors=[host])
    assert "PRO-001" in rules(api, "processings", sheet), "no contract yet"

    assert to(api, "processors", host, "approved").status_code == 422, "the controller decides whom to entrust with data"
    assert to(api, "processors", host, "approved", **DECISION).status_code == 200
    found = rules(api, "processors", host)
    assert {"PRO-008", "PRO-010", "PRO-015"} <= set(found)
    change(api, "processors", host, qualification="processor", assessment="sufficient", assessment_date="2026-01-04", compliance_request_date="2025-12-01")
    refused = to(api, "processors", host, "in_use")
    assert refused.status_code == 409 and refused.json()["code"] == "blocked_by_findings"

    contract = made(api, "contracts", name="Hébergement du portail", processor=host, clauses=clauses(), subprocessor_mode="general")
    assert "PRO-001" in rules(api, "processings", sheet), "a contract without a day of signature binds nobody"
    change(api, "contracts", contract, signature_date="2026-01-06")
    assert "PRO-001" not in rules(api, "processings", sheet), "the processing is judged again"
    assert to(api, "processors", host, "in_use").status_code == 200
    assert not {"PRO-003", "PRO-004", "PRO-005"} & set(rules(api, "contracts", contract))
    assert not {name for name in rules(api, "processors", host) if name.startswith("PRO")}

    assert to(api, "processors", host, "terminated", reason="Fin du marché").status_code == 200
    assert to(api, "contracts", contract, "signed").status_code == 200
    assert to(api, "contracts", contract, "terminated", reason="Fin du marché").status_code == 200
    assert "PRO-011" in rules(api, "processors", host), "nothing proves that the data went"
    change(api, "contracts", contract, deleted_on="2026-03-01")
    assert "PRO-011" not in rules(api, "processors", host)


def test_a_new_contract_has_its_twenty_five_lines_and_a_page_to_print(api, claire):
    host = made(api, "processors", name="Éditions Bocage", country="FR")
    form = claire.get("/o/ville/contracts/new")
    assert form.text.count("Quelle clause") >= 25 or len(re.findall(r'value="C\d\d"[^>]*selected|selected[^>]*value="C\d\d"', form.text)) == 25
    saved = claire.submit(form, {"name": "Logiciel d’état civil", "processor": host}, field="_form")
    assert saved.status_code == 200
    page = words(saved)
    assert "0 sur 25" in page and "À chercher" not in page
    checklist = claire.get(saved.url.split("?")[0] + "/checklist")
    assert checklist.status_code == 200
    text = words(checklist)
    for expected in ("Éditions Bocage", "C01", "C25", "N’agir que sur vos instructions écrites", "À chercher", "RGPD, article 28, paragraphe 3 ; RGPD, article 28, paragraphe 9", "Recommandées"):
        assert expected in text, expected
    assert "data-print" in checklist.text
    english = claire.get(saved.url.split("?")[0] + "/checklist", headers={"Accept-Language": "en"})
    assert english.status_code == 200


def test_missing_clauses_are_named_in_the_finding(api, claire):
    some = clauses()
    some[2]["state"], some[19]["state"] = "partial", "absent"
    contract = made(api, "contracts", name="Paie", clauses=some)
    found = rules(api, "contracts", contract)
    assert "PRO-003" in found and "PRO-004" in found
    page = words(claire.get(f"/o/ville/contracts/{contract}"))
    assert "1 sur 14 (C03)" in page and "1 sur 11 (C20)" in page
    everywhere = claire.get("/o/ville/findings?rule=PRO-003")
    assert "1 sur 14 (C03)" in words(everywhere) and "{count}" not in everywhere.text, "the page of all findings says it as the record does"
    assert "PRO-005" in found


def test_the_page_of_a_processor_shows_what_names_it_and_what_the_answers_say(api, claire):
    host = made(api, "processors", name="SMS Express", handles_data=True, legal_duty=True)
    sheet = made(api, "processings", name="Prévenir les parents", processors=[host])
    contract = made(api, "contracts", name="Envoi de SMS", processor=host)
    page = claire.get(f"/o/ville/processors/{host}")
    assert "Responsable à part entière" in words(page)
    assert f"/o/ville/processings/{sheet}" in page.text and f"/o/ville/contracts/{contract}" in page.text
    links = claire.get(f"/o/ville/processors/{host}/links")
    assert "Prévenir les parents" in links.text and "Envoi de SMS" in links.text
    assert "SMS Express" in words(claire.get(f"/o/ville/processings/{sheet}"))


def test_deadlines_of_both_registers_stand_in_lists_and_on_the_page(api, claire):
    host = made(api, "processors", name="Archives du Sud", certificates=[{"scheme": "iso_27001", "expires_on": "2031-05-20"}],
                audits=[{"subject": "Accès", "held_on": "2025-01-01", "next_on": "2030-01-01"}])
    page = words(claire.get(f"/o/ville/processors/{host}"))
    assert "Fin d’un certificat" in page and "Prochain audit" in page
    head = api.get(f"{BASE}/processors/{host}").json()
    assert "2030-01-01" in json.dumps(head) or "2029-12-31" in json.dumps(head), "the earliest is the record's next deadline"
    contract = made(api, "contracts", name="Archivage", processor=host, signature_date="2024-03-01", end_date="2030-03-01", notice_period="P3M")
    page = words(claire.get(f"/o/ville/contracts/{contract}"))
    assert "Dernier jour pour donner congé" in page and "Fin du contrat" in page


def test_a_sub_processor_told_of_in_general_opens_a_window(api, claire, town):
    host = made(api, "processors", name="Portail Famille", subprocessors=[{"name": "Nuage Est", "mode": "general", "state": "notified", "notified_on": "2999-01-01", "objection_days": 15}])
    page = words(claire.get(f"/o/ville/processors/{host}"))
    assert "Délais d’opposition" in page and "16 janvier 2999" in page
    assert "PRO-007" in rules(api, "processors", host)
    case = made(api, "processors", name="Mairie Plus", subprocessors=[{"name": "Nuage Est", "mode": "specific", "state": "requested", "active": True}])
    assert rules(api, "processors", case)["PRO-006"]["severity"] == "blocking"


@pytest.mark.parametrize("register", ["processors", "contracts"])
def test_a_register_goes_out_and_comes_back_unchanged(town, api, register, tmp_path):
    host = made(api, "processors", name="Aller et retour", country="FR", activities=["hosting", "backup"], certificates=[{"scheme": "hds", "number": "H-12"}],
                subprocessors=[{"name": "Nuage Est", "country": "DE", "mode": "specific", "state": "authorised", "active": True}])
    made(api, "contracts", name="Contrat aller et retour", processor=host, clauses=clauses(), signature_date="2026-01-06", renewal="tacit", renewal_period="P1Y")
    for ending in ("json", "xlsx", "csv", "ods"):
        file = tmp_path / f"{register}.{ending}"
        town.cli("export", "--organisation", "ville", "--register", register, "--format", ending, "-o", file)
        report = json.loads(town.cli("import", file, "--organisation", "ville", "--register", register, "--json").stdout)
        counts = report["counts"]
        assert counts["created"] == counts["updated"] == counts["refused"] == 0 and counts["unchanged"] > 0, json.dumps((ending, report), ensure_ascii=False)


def test_another_town_and_a_switched_off_module_have_no_checklist(town, api, claire, shared_server):
    contract = made(api, "contracts", name="À nous")
    town.cli("organisation", "add", "voisine", "--name", "Voisine")
    stranger = "eve@voisine.example"
    town.add_user(stranger, PASSWORD, "--name", "Ève", "--organisation", "voisine", "--role", "dpo")
    browser = shared_server.browser()
    browser.sign_in(stranger, PASSWORD)
    assert browser.get(f"/o/ville/contracts/{contract}/checklist").status_code == 404
    assert browser.get(f"/o/voisine/contracts/{contract}/checklist").status_code == 404
    assert claire.get(f"/o/ville/contracts/{contract}/checklist").status_code == 200


# --- what is asked after the signature, and the review of a contract --------------------------------------------

def test_what_the_contract_did_not_foresee_is_kept_with_its_writing(api, claire):
    contract = made(api, "contracts", name="Hébergement du portail", signature_date="2026-01-06",
                    instructions=[{"text": "Masquer les adresses dans la base d’essai", "kind": "instruction", "given_on": "2026-02-03", "given_by": "Léa Roche, DSI"}])
    found = rules(api, "contracts", contract)
    assert "PRO-018" in found, "nothing keeps the writing"
    amendment = made(api, "contracts", name="Avenant 1", form="amendment", signature_date="2026-03-01")
    proof = made(api, "evidence", name="Courriel du 3 février")
    lines = api.get(f"{BASE}/contracts/{contract}").json()["instructions"]
    lines[0]["evidence"] = proof
    change(api, "contracts", contract, instructions=[*lines, {"text": "Ouvrir une copie de secours", "kind": "amendment", "given_on": "2026-03-01", "given_by": "Léa Roche", "amendment": amendment}])
    assert "PRO-018" not in rules(api, "contracts", contract)
    page = words(claire.get(f"/o/ville/contracts/{contract}"))
    assert "Masquer les adresses dans la base d’essai" in page and "Ouvrir une copie de secours" in page and "Avenant 1" in page
    assert "Hébergement du portail" in words(claire.get(f"/o/ville/contracts/{amendment}/links")), "the amendment leads back to what it amends"


def test_the_review_of_a_contract_is_a_task_given_once_for_each_date(api, claire):
    contract = made(api, "contracts", name="Paie & retraite", service="Marchés", signature_date="2026-01-06", next_review="2031-05-02")
    address = f"/o/ville/contracts/{contract}"
    way = the_way_to_review(claire, address)
    assert "due_date=2031-05-02" in way and contract in way
    form = claire.get(way)
    assert "Paie &amp; retraite" in form.text and 'value="2031-05-02"' in form.text, "ready to be given to somebody"
    reference = api.get(f"{BASE}/contracts/{contract}").json()["reference"]
    asked = parse_qs(urlsplit(way).query)
    made(api, "actions", name=asked["name"][0], contracts=[contract], origin=reference, origin_part=asked["origin_part"][0], due_date="2031-05-02", owner={"name": "Nadia Benali"})
    assert "Relire le contrat" in words(claire.get(address))
    assert the_way_to_review(claire, address) is None, "it is given"
    change(api, "contracts", contract, next_review="2032-05-02")
    assert "due_date=2032-05-02" in the_way_to_review(claire, address), "the next review is another task"
    change(api, "contracts", contract, next_review="2020-01-01")
    assert "due_date=2020" not in the_way_to_review(claire, address), "nothing is asked for a day gone by"
    assert to(api, "contracts", contract, "signed").status_code == 200
    assert to(api, "contracts", contract, "terminated", reason="Fin du marché").status_code == 200
    assert the_way_to_review(claire, address) is None, "what ended is not reviewed"


def the_way_to_review(browser, address):
    found = [html.unescape(one) for one in re.findall(r'href="(/o/ville/actions/new[^"]+)"', browser.get(address).text)]
    found = [one for one in found if "origin_part=" in one]
    return found[0] if found else None
