"""Security: the self-assessment and its measures, assets and their inventories, backups, continuity, and what they say of processings."""
import json
import re

import pytest
import requests

from harness import Installation
from town import ADRIEN, BASE, PASSWORD, api, change, claire, made, rules, to, town, words  # noqa: F401 (fixtures)


def press(browser, point, state):
    page = browser.get(GRID)
    token = browser.csrf(page)
    return browser.post(GRID, data={"csrf": token, "point": point, "state": state}, headers={"Origin": browser.address}, allow_redirects=False)


GRID = "/o/ville/measures/assessment"


def test_one_press_answers_a_point_with_a_measure_of_the_register(api, claire):
    assert f'href="{GRID}"' in claire.get("/o/ville/measures").text
    page = claire.get(GRID)
    assert page.text.count('id="sheet-') == 26 and "Archiver" in words(page)
    answer = press(claire, "07.1", "in_place")
    assert answer.status_code == 303 and answer.headers["Location"].endswith("?sheet=07#sheet-07")
    measure = next(item for item in api.get(f"{BASE}/measures").json()["items"] if "chiffrés" in item["name"])
    assert measure["status"] == "in_place"
    body = api.get(f"{BASE}/measures/{measure['id']}").json()
    assert body["sheet"] == "07" and body["point"] == "07.1" and "encryption" in body["kinds"] and body["in_place_since"]
    assert measure["id"] in claire.get(GRID).text
    press(claire, "07.1", "absent")   # pressed twice: the first answer stands
    assert api.get(f"{BASE}/measures/{measure['id']}").json()["status"] == "in_place"
    assert api.get(f"{BASE}/measures").json()["total"] == 1
    assert press(claire, "99.9", "absent").status_code == 404
    assert press(claire, "07.2", "retired").status_code == 404
    page = claire.get(f"/o/ville/measures/{measure['id']}")
    assert "édition 2024" in words(page) and f"{GRID}#sheet-07" in page.text


def test_who_only_reads_sees_the_grid_and_answers_nothing(town, shared_server):
    reader = shared_server.browser()
    reader.sign_in(ADRIEN, PASSWORD)
    page = reader.get(GRID)
    assert page.status_code == 200 and 'name="point"' not in page.text


def test_the_calculator_holds_a_rule_against_the_authoritys_thresholds(claire):
    page = claire.get("/o/ville/measures/passwords?case=alone&length=12&with=lower&with=upper&with=digit&with=special")
    assert "80 bits" in words(page) and "Niveau atteint" in words(page)
    page = claire.get("/o/ville/measures/passwords?case=alone&length=8&with=lower&with=digit")
    assert "Niveau insuffisant" in words(page) and "16 caractères" in words(page)
    assert "Niveau atteint" in words(claire.get("/o/ville/measures/passwords?case=alone&words=7"))
    assert claire.get("/o/ville/measures/passwords?case=x&length=-4&words=99999999999&with=q").status_code == 200


def test_a_processing_rests_on_assets_and_is_protected_by_measures(api):
    server = made(api, "assets", name="Lettrelune", family="software", type="saas", owner={"name": "Informatique"})
    letter = made(api, "processings", name="Envoi de la lettre", assets=[server])
    found = rules(api, "processings", letter).keys()
    assert {"REG-016", "REG-024"} <= found and not {"REG-023", "TRF-012"} & found
    change(api, "assets", server, country="US")
    found = rules(api, "processings", letter).keys()
    assert "TRF-012" in found and "REG-024" not in found
    measure = made(api, "measures", name="Contrôle des accès", kinds=["access_control"])
    change(api, "processings", letter, applied_measures=[measure])
    assert "REG-016" in rules(api, "processings", letter), "an absent measure protects nobody"
    assert api.post(f"{BASE}/measures/{measure}/status", {"status": "in_place"}).status_code in (200, 204)
    assert "REG-016" not in rules(api, "processings", letter)
    change(api, "processings", letter, name="Lettrelune du mois")
    assert "REG-001" in rules(api, "processings", letter)


def test_a_vital_application_has_a_tested_backup_and_a_plan(api):
    portal = made(api, "assets", name="Portail famille", family="software", type="application", criticality="vital")
    assert {"SEC-008", "SEC-010", "SEC-016"} <= rules(api, "assets", portal).keys()
    backup = made(api, "backups", name="Nuit", applications=[portal], offsite=True, last_restore_test="2020-01-01")
    plan = made(api, "continuity", name="Reprise du portail", applications=[portal])
    assert not {"SEC-008", "SEC-010"} & rules(api, "assets", portal).keys()
    assert {"SEC-008", "SEC-009"} <= rules(api, "backups", backup).keys()
    assert "SEC-010" in rules(api, "continuity", plan)
    change(api, "continuity", plan, rto=4, rpo=24, next_test="2030-01-15")
    assert "SEC-010" not in rules(api, "continuity", plan)


def test_the_breach_shows_the_measures_as_they_stood_and_not_as_they_stand(api, claire):
    processing = made(api, "processings", name="Dossiers de la cantine")
    measure = made(api, "measures", name="Disques chiffrés de la cantine", processings=[processing])
    api.post(f"{BASE}/measures/{measure}/status", {"status": "in_place"})
    aware = api.get(f"{BASE}/measures/{measure}").json()["updated_at"]
    breach = made(api, "breaches", title="Portable volé", personal_data=True, processings=[processing], aware_at=aware)
    api.post(f"{BASE}/measures/{measure}/status", {"status": "absent"})
    page = claire.get(f"/o/ville/breaches/{breach}")
    assert "Disques chiffrés de la cantine" in words(page)
    late = made(api, "measures", name="Mesure venue après", processings=[processing])
    api.post(f"{BASE}/measures/{late}/status", {"status": "in_place"})
    assert "Mesure venue après" not in words(claire.get(f"/o/ville/breaches/{breach}"))


OCS = """TAG;Machine;Système d'exploitation;Dernier inventaire;Utilisateur;Fabricant;Modèle;Numéro de série;Type
INV-014;ACCUEIL-02;Windows 11 Professionnel;2026-11-03 08:12:44;m.costes;Atelier Nord;N14;SN-4471;Notebook
INV-015;SRV-FICHIERS;Debian 12;2026-11-03 08:10:02;;Atelier Nord;R2;SN-1180;Rack Mount Chassis
"""
GLPI = """"Nom";"Entité";"Statut";"Fabricant";"Numéro de série";"Type";"Modèle";"Système d'exploitation - Nom";"Lieu";"Dernière modification"
"MAIRIE-07";"Ville";"En service";"Atelier Nord";"SN-9921";"Portable";"N15";"Windows 11";"Mairie > 1er étage";"2026-10-30 17:02"
"""


@pytest.mark.parametrize("name, content", [("ocs.csv", OCS), ("glpi.csv", GLPI)], ids=["ocs", "glpi"])
def test_an_inventory_is_read_by_its_own_headings(town, api, tmp_path, name, content):
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    report = json.loads(town.cli("import", file, "--organisation", "ville", "--register", "assets", "--json").stdout)
    assert report["counts"]["created"] == content.count("\n") - 1 and report["counts"]["refused"] == 0, report
    again = json.loads(town.cli("import", file, "--organisation", "ville", "--register", "assets", "--json").stdout)
    assert again["counts"]["created"] == again["counts"]["updated"] == 0
    found = {item["name"]: item for item in api.get(f"{BASE}/assets?per_page=100").json()["items"]}
    if name == "ocs.csv":
        laptop, server = found["ACCUEIL-02"], found["SRV-FICHIERS"]
        assert laptop["family"] == "hardware" and laptop["type"] == "laptop" and laptop["serial_number"] == "SN-4471" and laptop["inventory_number"] == "INV-014"
        assert laptop["inventory_date"] == "2026-11-03" and laptop["owner"]["name"] == "m.costes" and server["type"] == "server"
        assert "SEC-011" in rules(api, "assets", laptop["id"]), "a laptop nobody said is encrypted"
    else:
        assert found["MAIRIE-07"]["maker"] == "Atelier Nord" and found["MAIRIE-07"]["site"] == "Mairie > 1er étage" and found["MAIRIE-07"]["type"] == "laptop"


def test_the_score_is_held_against_that_of_a_year_ago(binary, tmp_path):
    town = Installation(binary, tmp_path / "data", {"GREFFIER_CLOCK": "2026-01-15T09:00:00Z"})
    town.cli("organisation", "add", "ville", "--name", "Ville", "--test-clock")
    password = town.add_user("dpo@ville.test", None, "--organisation", "ville", "--role", "dpo")
    with town.serve() as server:
        person = server.browser()
        person.sign_in("dpo@ville.test", password)
        assert press(person, "25.1", "in_place").status_code == 303
        assert "Il y a un an" not in words(person.get(GRID))
        moved = requests.post(server.address + "/test/clock", data={"advance_seconds": str(370 * 24 * 3600)}, timeout=30)
        assert moved.status_code == 200, moved.text
        later = server.browser()
        later.sign_in("dpo@ville.test", password)
        for point in ("25.2", "25.3"):
            assert press(later, point, "in_place").status_code == 303
        page = words(later.get(GRID))
        assert re.search(r"Niveau atteint\s+2 %", page) and re.search(r"Il y a un an : 0 %", page), page[:600]


def test_the_page_of_a_processing_says_its_security_in_general_terms(api, claire):
    tested = made(api, "measures", name="Sauvegarde chaque nuit", kinds=["backup"])
    assert to(api, "measures", tested, "in_place").status_code == 200
    for_all = made(api, "measures", name="Locaux fermés à clé", kinds=["premises"], everywhere=True)
    assert to(api, "measures", for_all, "partial").status_code == 200
    made(api, "measures", name="Double facteur un jour", kinds=["authentication"], everywhere=True)
    elsewhere = made(api, "measures", name="Coffre du service voisin", kinds=["premises"])
    assert to(api, "measures", elsewhere, "in_place").status_code == 200
    sheet = made(api, "processings", name="Tenir les listes", measures=[{"type": "access_control", "details": "Droits relus chaque trimestre."}], applied_measures=[tested])
    said = text_of_security(claire, sheet)
    assert "Droits relus chaque trimestre." in said and "Sauvegarde chaque nuit." in said and "Locaux fermés à clé (en partie)." in said
    assert "Double facteur" not in said, "planned is not there"
    assert "Coffre" not in said, "it protects something else"
    change(api, "measures", elsewhere, processings=[sheet])
    assert "Coffre du service voisin" in text_of_security(claire, sheet), "named from the other side"


def test_measures_for_everything_are_a_filter_of_their_list(api, claire):
    for_all = made(api, "measures", name="Charte informatique", kinds=["network"], everywhere=True)
    made(api, "measures", name="Coffre des archives", kinds=["premises"])
    filtered = lambda: {one["name"] for one in api.get(f"{BASE}/measures?filter=everywhere:yes&per_page=200").json()["items"]}  # noqa: E731
    assert "Charte informatique" in filtered() and "Coffre des archives" not in filtered()
    page = claire.get("/o/ville/measures?filter=everywhere:yes").text
    assert "Charte informatique" in page and "Coffre des archives" not in page
    assert re.search(r'<input[^>]*value="everywhere:yes"[^>]* checked', page), "the box says what the list is filtered by"
    change(api, "measures", for_all, everywhere=False)
    assert "Charte informatique" not in filtered()


def text_of_security(browser, sheet):
    page = browser.get(f"/o/ville/processings/{sheet}").text
    start = page.index('id="security-text"')
    return page[start:page.index("</details>", start)]


def test_a_finding_about_children_weighs_heavier_and_says_why(api, claire):
    of = lambda **fields: made(api, "processings", name="Accueillir", data_categories=[{"category": "identity"}], **fields)  # noqa: E731
    adults, children = of(), of(subject_categories=[{"category": "minors"}])
    assert rules(api, "processings", adults)["LAW-016"]["severity"] == "minor"
    assert rules(api, "processings", children)["LAW-016"]["severity"] == "major"
    assert "ce traitement concerne des enfants" in claire.get(f"/o/ville/processings/{children}").text
    assert "ce traitement concerne des enfants" not in claire.get(f"/o/ville/processings/{adults}").text
