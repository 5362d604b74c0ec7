"""The register of transfers: what allows a flow out of Europe, walked in the order of the law, judged on the day."""
import html
import re
import threading

from harness import Installation

TRANSFERS, PROCESSINGS = "/organisations/ville/transfers", "/organisations/ville/processings"

CRITERIA = {"exporter_in_scope": True, "made_available": True, "separate_importer": True}
CLAUSES = {"tool": "scc", "module": "2", "clauses_version": "2021_914", "annexes": ["I_A", "I_B", "I_C", "II"], "sub_processing": "general",
           "signed_on": "2025-01-10", "exporter_role": "controller", "importer_role": "processor"}
ASSESSMENT = {"tia_flow_on": "2026-02-01", "tia_tool_on": "2026-02-01", "tia_law_on": "2026-02-01", "tia_on": "2026-02-01", "tia_result": "effective",
              "next_review": "2027-02-01"}


def town_of(binary, folder, clock):
    town = Installation(binary, folder, {"GREFFIER_CLOCK": clock})
    town.cli("organisation", "add", "ville", "--name", "Ville", "--test-clock")
    return town


def words_of(page):
    """What a person reads of a page."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.text)))


def steps_of(page):
    return [re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", step))).strip() for step in re.findall(r"<li>(.*?)</li>", page.text.split('class="g-steps"')[1].split("</ol>")[0], re.S)]


def rules_of(api, register, record):
    return {finding["rule"]: finding["place"] for finding in api.get(f"/organisations/ville/{register}/{record['id']}/findings").json()["items"]}


def change(api, made, fields, **query):
    answer = api.patch(f"{TRANSFERS}/{made['id']}", fields, params=query, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text


def test_the_order_of_the_law_is_walked_on_the_page(binary, tmp_path):
    town = town_of(binary, tmp_path / "data", "2026-11-22T09:00:00Z")
    password = town.add_user("dpo@ville.test", None, "--organisation", "ville", "--role", "dpo")
    token = town.add_token("ville", "dpo")
    with town.serve() as server:
        api, person = server.api(token), server.browser()
        person.sign_in("dpo@ville.test", password)
        processing = api.post(PROCESSINGS, {"name": "Envoyer la lettre"}).json()
        answer = api.post(TRANSFERS, {"name": "Assistance, Inde", "importer": "Support Pvt", "processings": [processing["id"]]})
        assert answer.status_code == 201, answer.text
        made = answer.json()
        address = f"/o/ville/transfers/{made['id']}"
        assert made["reference"].startswith("TRA-") and made["status"] == "draft"

        page = person.get(address)
        assert "Pas encore établi" in words_of(page)
        steps = steps_of(page)
        assert len(steps) == 5 and "À compléter" in steps[0]
        assert f'href="{address}/edit#' in page.text, "what is missing leads to its question"

        change(api, made, {"importer_country": "IN", **CRITERIA})
        steps = steps_of(person.get(address))
        assert "Oui" in steps[0] and "Aucune décision" in steps[1] and "Inde" in steps[1]
        assert "Interdit en l’état" in words_of(person.get(address))
        assert rules_of(api, "transfers", made)["TRF-001"] == "tool"

        change(api, made, {**CLAUSES, "annexes": ["I_A"], "module": "1"})
        rules = rules_of(api, "transfers", made)
        assert "TRF-001" not in rules and {"TRF-006", "TRF-007", "TRF-016"} <= rules.keys()
        assert "Annexes remplies" in steps_of(person.get(address))[2]
        change(api, made, {**CLAUSES, "frequency": "continuous"})
        assert "reste à mener l’analyse" in steps_of(person.get(address))[2]
        change(api, made, ASSESSMENT)
        assert "Permis : garanties appropriées" in words_of(person.get(address))
        assert rules_of(api, "transfers", made) == {}

        english = town.add_user("officer@ville.test", None, "--organisation", "ville", "--role", "dpo")
        reader = server.browser()
        reader.sign_in("officer@ville.test", english)
        reader.submit(reader.get("/account"), {"language": "en"}, action="/account", field="theme")
        assert "Allowed: appropriate safeguards" in words_of(reader.get(address))

        for status in ("allowed", "in_force"):
            moved = api.post(f"{TRANSFERS}/{made['id']}/status", {"status": status})
            assert moved.status_code == 200 and moved.json()["status"] == status, moved.text
        change(api, made, {"tia_result": "not_effective"}, changes_validated="no")
        assert {"TRF-008", "TRF-022"} <= rules_of(api, "transfers", made).keys()
        assert "doit être suspendu" in steps_of(person.get(address))[2]
        refused = api.post(f"{TRANSFERS}/{made['id']}/status", {"status": "suspended", "reason": "Analyse défavorable"})
        assert refused.status_code == 422, "suspending is the controller's decision"
        suspended = api.post(f"{TRANSFERS}/{made['id']}/status", {"status": "suspended", "reason": "Analyse défavorable", "decided_by": "La maire", "decided_on": "2026-11-22"})
        assert suspended.status_code == 200, suspended.text
        assert "TRF-022" not in rules_of(api, "transfers", made)


def test_a_derogation_and_the_last_resort_ask_their_conditions(binary, tmp_path):
    town = town_of(binary, tmp_path / "data", "2026-11-22T09:00:00Z")
    token = town.add_token("ville", "dpo")
    with town.serve() as server:
        api = server.api(token)
        made = api.post(TRANSFERS, {"name": "Dossier urgent", "importer_country": "BO", "frequency": "repeated", "tool": "49b", **CRITERIA}).json()
        assert {"TRF-009", "TRF-018"} <= rules_of(api, "transfers", made).keys()
        change(api, made, {"tool": "49a", "public_powers": True})
        assert {"TRF-009", "TRF-018", "TRF-019"} <= rules_of(api, "transfers", made).keys()
        change(api, made, {"tool": "49-1-2", "public_powers": False})
        assert {"TRF-010", "TRF-018"} <= rules_of(api, "transfers", made).keys()
        change(api, made, {"foreign_order": True})
        assert "TRF-020" in rules_of(api, "transfers", made)


def test_a_lost_adequacy_shows_on_everything_it_touches(binary, tmp_path):
    """The Privacy Shield was annulled on 16 July 2020: the same records, the day before and four days after."""
    town = town_of(binary, tmp_path / "data", "2020-07-15T09:00:00Z")
    password = town.add_user("dpo@ville.test", None, "--organisation", "ville", "--role", "dpo")
    token = town.add_token("ville", "dpo")
    with town.serve() as server:
        api, person = server.api(token), server.browser()
        row = {"recipient": "Mailer Inc.", "country": "US", "tool": "adequacy"}
        declared = api.post(PROCESSINGS, {"name": "Envoyer la lettre", "transfers": [row]}).json()
        linked = api.post(PROCESSINGS, {"name": "Tenir les abonnés"}).json()
        made = api.post(TRANSFERS, {"name": "Lettre", "importer_country": "US", "tool": "adequacy", "covered_by_decision": True, "scope_checked_on": "2020-01-02",
                                    "processings": [linked["id"]], **CRITERIA}).json()
        person.sign_in("dpo@ville.test", password)
        assert "Permis : pays reconnu" in words_of(person.get(f"/o/ville/transfers/{made['id']}"))
        assert "TRF-014" not in rules_of(api, "transfers", made) and "TRF-026" not in rules_of(api, "processings", declared)
        assert "TRF-030" not in rules_of(api, "processings", linked)
    town.environment["GREFFIER_CLOCK"] = "2020-07-20T09:00:00Z"
    town.cli.environment["GREFFIER_CLOCK"] = "2020-07-20T09:00:00Z"
    with town.serve() as server:
        api, person = server.api(token), server.browser()
        person.sign_in("dpo@ville.test", password)
        page = words_of(person.get(f"/o/ville/transfers/{made['id']}"))
        assert "Interdit en l’état" in page and "a pris fin le 15 juillet 2020" in page, "at once, before anything is judged anew"
        for _ in range(1200):   # the first judgment of a day is made as the program starts
            if "TRF-014" in rules_of(api, "transfers", made):
                break
            threading.Event().wait(0.05)
        assert rules_of(api, "transfers", made)["TRF-014"] == "tool"
        assert rules_of(api, "processings", declared)["TRF-026"].startswith("transfers[")
        assert rules_of(api, "processings", linked)["TRF-030"] == "transfers"
        stood = words_of(person.get(f"/o/ville/transfers/{made['id']}?at=2020-07-15T10:00:00Z"))
        assert "Permis : pays reconnu" in stood, "a past state is judged by the law of its day"


def test_what_falls_due_is_the_next_deadline(binary, tmp_path):
    town = town_of(binary, tmp_path / "data", "2026-11-22T09:00:00Z")
    password = town.add_user("dpo@ville.test", None, "--organisation", "ville", "--role", "dpo")
    token = town.add_token("ville", "dpo")
    with town.serve() as server:
        api, person = server.api(token), server.browser()
        person.sign_in("dpo@ville.test", password)
        made = api.post(TRANSFERS, {"name": "Assistance, Inde", "importer_country": "IN", **CRITERIA, **CLAUSES, **ASSESSMENT, "next_review": "2029-01-01",
                                    "supplementary_measures": [{"kind": "technical", "description": "Chiffrer", "state": "planned", "due_on": "2027-03-01"}]}).json()
        page = words_of(person.get(f"/o/ville/transfers/{made['id']}"))
        assert "Mesure complémentaire à mettre en place" in page and "Analyse du transfert à reprendre" in page
        assert page.index("Mesure complémentaire à mettre en place") < page.index("Analyse du transfert à reprendre"), "earliest first"
