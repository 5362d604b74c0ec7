"""The life of a request of rights with the test clock: receipt, identity, extension, answer, refusal, and what its page says."""
import html
import re

import pytest
import requests

from harness import Installation

REQUESTS = "/organisations/ville/requests"
PERSON = {"name": "Odile Quirin", "email": "odile.quirin@courriel.example"}
CLAIRE, PASSWORD = "claire@ville.example", "une phrase assez longue 2026"


def town_at(binary, directory, clock):
    town = Installation(binary, directory, {"GREFFIER_CLOCK": clock})
    town.cli("organisation", "add", "ville", "--name", "Ville", "--test-clock")
    town.add_user(CLAIRE, PASSWORD, "--organisation", "ville", "--role", "dpo")
    return town


@pytest.fixture
def desk(binary, tmp_path):
    """A town on 5 March 2026 at noon, its server, its API, and somebody at a desk."""
    town = town_at(binary, tmp_path / "data", "2026-03-05T11:00:00Z")
    with town.serve() as server:
        yield Desk(server, server.api(town.add_token("ville", "dpo")))


class Desk:
    def __init__(self, server, api):
        self.server, self.api = server, api

    def at(self, instant):
        moved = requests.post(self.server.address + "/test/clock", data={"now": instant}, timeout=30)
        assert moved.status_code == 200, moved.text

    def page(self, path, language="fr"):
        """The text of a page as somebody reads it, signed in anew: weeks pass between two looks."""
        browser = self.server.browser(language)
        browser.sign_in(CLAIRE, PASSWORD)
        page = browser.get("/o/ville" + path)
        assert page.status_code == 200, page.status_code
        return browser, page, words(page)

    def receive(self, received_at, **more):
        made = self.api.post(REQUESTS, {"received_at": received_at, "channel": "email", "rights": ["access"], "capacity": "person", "requester": PERSON, **more})
        assert made.status_code == 201, made.text
        return made.json()

    def note(self, record, **fields):
        changed = self.api.patch(f"{REQUESTS}/{record['id']}", fields, headers={"If-Match": "*"})
        assert changed.status_code == 200, changed.text
        return changed.json()

    def move(self, record, status, **more):
        moved = self.api.post(f"{REQUESTS}/{record['id']}/status", {"status": status, **more}, headers={"If-Match": "*"})
        assert moved.status_code == 200, moved.text
        return moved.json()

    def findings(self, record):
        return {finding["rule"] for finding in self.api.get(f"{REQUESTS}/{record['id']}/findings").json()["items"]}


def words(page):
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page.text, flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).replace("\u202f", " ").replace("\u00a0", " ")


def test_a_request_lives_from_receipt_to_closure(desk):
    made = desk.receive("2026-03-05T09:12:00Z", wording="Je veux savoir ce que vous avez sur moi.")
    assert (made["reference"], made["status"], made["subject"]) == ("DEM-0001", "received", "Demande d’accès"), "its title comes from the rights"
    here = f"/requests/{made['id']}"
    _, _, text = desk.page(here)
    assert "mardi 7 avril 2026" in text, "D10: Easter Monday moves it"
    assert "lundi 6 avril 2026" not in text.split("Pourquoi cette date ?")[0]
    assert "dimanche 5 avril 2026" in text and "Règlement 1182/71, R10" in text

    # taken up by pages, as at a desk
    browser, page, _ = desk.page(here + "/status?to=in_progress")
    page = browser.submit(page, field="to")
    assert page.status_code == 200 and "En cours" in words(page)

    # identity: the clock stands still
    desk.note(made, acknowledged_on="2026-03-06", identity_doubt="Adresse inconnue de nos services.", identity_asked_on="2026-03-09", identity_means="code_to_known_address")
    desk.move(made, "identity_wait")
    desk.at("2026-03-20T09:00:00Z")
    _, _, text = desk.page(here)
    assert "Délai suspendu" in text and "cette date recule chaque jour" in text
    desk.note(made, identity_received_on="2026-03-23", identity_result="confirmed")
    desk.move(made, "in_progress")
    desk.at("2026-03-24T09:00:00Z")
    _, _, text = desk.page(here)
    assert "Le délai est resté suspendu 14 jours." in text
    assert "lundi 20 avril 2026" in text, "5 April and 14 days is Sunday 19 April"

    # extended in time: three months from receipt, and the days that stood still
    sheet = desk.api.post("/organisations/ville/processings", {"name": "Paie", "purposes": [{"kind": "main", "text": "Verser les salaires", "basis": "c"}],
                                                              "data_categories": [{"category": "identity", "description": "Nom, prénom", "retention_text": "5 ans"}],
                                                              "recipients": [{"name": "Trésorerie"}]}).json()
    desk.note(made, extended=True, extension_reasons=["complexity"], extension_told_on="2026-03-24",
              searches=[{"processing": sheet["id"], "place": "Logiciel de paie", "result": "found"}, {"place": "Messagerie", "result": "none"}])
    _, _, text = desk.page(here)
    assert "Le délai est prolongé" in text and "vendredi 19 juin 2026" in text
    assert desk.findings(made).isdisjoint({"RIG-001", "RIG-002", "RIG-003", "RIG-005"})

    # answered, then closed: the file is kept until a day that is told
    desk.note(made, decision="satisfied", answer="Nom : Quirin.", answer_channel="email", answered_on="2026-03-23")
    answered = desk.move(made, "answered")
    assert answered["answered_on"] == "2026-03-23", "a day that somebody wrote stands"
    closed = desk.move(made, "closed")
    assert closed["closed_on"] == "2026-03-24"
    _, _, text = desk.page(here)
    assert "Dans le délai" in text and "24 mars 2031" in text
    assert desk.api.patch(f"{REQUESTS}/{made['id']}", {"lessons": "x"}, headers={"If-Match": "*"}).status_code == 409


@pytest.mark.parametrize("received, more, due", [
    ("2026-01-31T10:00:00Z", {}, "lundi 2 mars 2026"),                                                                            # D12
    ("2026-03-05T09:12:00Z", {"extended": True, "extension_reasons": ["number"], "extension_told_on": "2026-04-07"}, "vendredi 5 juin 2026"),   # D17
    ("2026-09-01T08:00:00Z", {"identity_doubt": "Doute", "identity_asked_on": "2026-09-04", "identity_received_on": "2026-09-18"}, "jeudi 15 octobre 2026"),   # D22
])
def test_the_dated_examples_stand_on_the_page(desk, received, more, due):
    desk.at("2026-09-20T08:00:00Z")
    made = desk.receive(received, **more)
    _, _, text = desk.page(f"/requests/{made['id']}")
    assert f"au plus tard le {due}" in text
    if "identity_asked_on" in more:
        assert "Compté depuis la preuve d'identité" in text.replace("’", "'") and "lundi 19 octobre 2026" in text, "the other reading, for information"


def test_a_late_request_says_so_everywhere(desk):
    made = desk.receive("2026-03-05T09:12:00Z")
    desk.at("2026-04-07T21:00:00Z")   # still the last day in Paris
    desk.note(made, acknowledged_on="2026-03-06")
    assert "RIG-001" not in desk.findings(made)
    desk.at("2026-04-08T08:00:00Z")
    desk.note(made, service="Accueil")
    assert "RIG-001" in desk.findings(made)
    _, _, text = desk.page(f"/requests/{made['id']}")
    assert "1 j de retard" in text and "La demande est en retard" in text
    _, _, text = desk.page("/requests?overdue=yes")
    assert "DEM-0001" in text
    desk.note(made, decision="satisfied", answer="Voici.")
    desk.move(made, "answered")
    _, _, text = desk.page(f"/requests/{made['id']}")
    assert "1 jour de retard" in text, "and it stays said"


def test_a_refusal_is_the_controllers_and_says_its_grounds_and_remedies(desk):
    made = desk.receive("2026-03-05T09:12:00Z", rights=["erasure"], requester={**PERSON, "address": "2 rue Haute", "postcode": "67000", "city": "Strasbourg"})
    desk.note(made, decision="refused")
    assert "RIG-004" in desk.findings(made)
    refused = desk.api.post(f"{REQUESTS}/{made['id']}/status", {"status": "refused"}, headers={"If-Match": "*"})
    assert refused.status_code == 422 and {problem["field"] for problem in refused.json()["errors"]} == {"decided_by"}
    _, _, text = desk.page(f"/requests/{made['id']}/letters/refusal")
    assert "Le motif du refus" in text and "L’explication du refus" in text, "what is missing is named on top"
    desk.note(made, refusal_grounds=["erasure_obligation"], refusal_details="La loi nous oblige à garder ces pièces dix ans.", remedies_stated=True)
    assert "RIG-004" not in desk.findings(made)
    _, _, text = desk.page(f"/requests/{made['id']}/letters/refusal")
    for said in ("2 rue Haute", "art. 17, § 3, b", "garder ces pièces dix ans", "CNIL", "tribunal"):
        assert said in text, said
    _, _, text = desk.page(f"/requests/{made['id']}/letters/refusal?lang=en")
    assert "art. 17(3)(b)" in text and "court" in text
    desk.move(made, "refused", decided_by="Le maire", decided_on="2026-03-05")


def test_the_answer_to_access_is_written_from_the_processings(desk):
    sheet = desk.api.post("/organisations/ville/processings", {
        "name": "Cantine", "purposes": [{"kind": "main", "text": "Inscrire les enfants à la cantine", "basis": "e"}], "source": "indirect", "source_details": "École",
        "data_categories": [{"category": "identity", "description": "Nom, classe", "retention_text": "un an après la sortie"}],
        "recipients": [{"name": "Prestataire de repas"}], "transfers": [{"recipient": "Nuage Ltd", "country": "US", "tool": "scc"}]}).json()
    made = desk.receive("2026-03-05T09:12:00Z", searches=[{"processing": sheet["id"], "place": "Logiciel", "result": "found"}], answer="Nom : Quirin, classe : CM1.")
    _, _, text = desk.page(f"/requests/{made['id']}/letters/access")
    for said in ("Inscrire les enfants à la cantine", "Nom, classe", "Prestataire de repas", "un an après la sortie", "École", "Nuage Ltd", "États-Unis", "Nom : Quirin, classe : CM1.", "retirer votre consentement", "CNIL"):
        assert said in text, said
    for kind in ("acknowledgement", "identity", "extension", "done"):
        for language in ("fr", "en"):
            _, page, text = desk.page(f"/requests/{made['id']}/letters/{kind}?lang={language}")
            assert "request_letter." not in page.text and "[request" not in text, kind
    browser, _, _ = desk.page("")
    assert browser.get(f"/o/ville/requests/{made['id']}/letters/invoice").status_code == 404
    assert browser.get(f"/o/ville/processings/{sheet['id']}/letters/access").status_code == 404


def test_earlier_requests_of_the_same_person_are_counted_without_their_name_in_clear(desk):
    first = desk.receive("2026-01-05T09:00:00Z")
    other = desk.receive("2026-02-05T09:00:00Z", requester={"name": "Quelqu’un d’autre", "email": "autre@courriel.example"})
    again = desk.receive("2026-03-05T09:00:00Z", requester={"name": "O. Quirin", "email": "ODILE.QUIRIN@courriel.example"}, rights=["erasure"])
    _, page, text = desk.page(f"/requests/{again['id']}")
    assert "1 demande précédente" in text and first["id"] in page.text and other["id"] not in page.text
    _, _, text = desk.page(f"/requests/{first['id']}")
    assert "Aucune n’est connue" in text, "what came later is not earlier"
    _, _, text = desk.page("/requests")
    assert "Quirin" not in text


def test_who_asks_without_end_is_counted_without_reading_all_they_ever_asked(desk):
    for number in range(42):
        desk.receive(f"2026-01-{1 + number % 28:02}T09:00:00Z")
    again = desk.receive("2026-03-05T09:00:00Z")
    _, page, text = desk.page(f"/requests/{again['id']}")
    assert "Au moins 40 demandes précédentes" in text
    assert len(set(re.findall(r'/requests/([0-9a-f-]{36})"', page.text)) - {again["id"]}) == 5, "the newest alone are listed"


def test_what_remains_to_do_is_a_list_that_leads_to_the_form(desk):
    made = desk.receive("2026-03-05T09:12:00Z", rights=["erasure"], identity_asked_on="2026-03-05")
    _, page, text = desk.page(f"/requests/{made['id']}")
    for said in ("Accuser réception", "Vérifier l’identité", "Chercher les données", "Décider de la suite", "Répondre à la personne"):
        assert said in text, said
    assert re.search(r'href="[^"]*/edit#[^"]*acknowledged_on"', page.text)
    assert "RIG-005" in desk.findings(made), "asked without a reason"


def test_pauses_that_contradict_are_not_counted_and_are_told(desk):
    made = desk.receive("2026-03-05T09:12:00Z", identity_doubt="x", identity_asked_on="2026-03-01")
    _, _, text = desk.page(f"/requests/{made['id']}")
    assert "se contredisent" in text and "mardi 7 avril 2026" in text


def test_the_place_of_the_organisation_decides_its_holidays(desk):
    made = desk.receive("2026-03-03T09:00:00Z")   # D19
    _, _, text = desk.page(f"/requests/{made['id']}")
    assert "au plus tard le vendredi 3 avril 2026" in text
    profile = desk.api.get("/organisations/ville/profile").json()
    profile = profile["items"][0] if "items" in profile else profile
    assert desk.api.patch(f"/organisations/ville/profile/{profile['id']}", {"holiday_calendar": "ALSACE_MOSELLE"}, headers={"If-Match": "*"}).status_code == 200
    _, _, text = desk.page(f"/requests/{made['id']}")
    assert "au plus tard le mardi 7 avril 2026" in text and "Vendredi saint" in text
