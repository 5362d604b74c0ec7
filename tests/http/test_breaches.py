"""The life of a breach by pages and API: reported, judged, notified in time or late, told to the persons, closed. The
clock is the test's: D01, D03, D05 and D09 of the domain's examples are read on the page."""
import datetime
import html
import re

import pytest
import requests

from harness import Installation

CLAIRE, ELLEN = "claire@ville.example", "ellen@ville.example"
PASSWORD = "Un mot de passe assez long pour une"
LIST = "/organisations/ville/breaches"


@pytest.fixture(scope="module")
def town(binary, tmp_path_factory):
    made = Installation(binary, tmp_path_factory.mktemp("breaches") / "data", {"GREFFIER_CLOCK": "2026-03-01T08:00:00Z"})
    made.cli("organisation", "add", "ville", "--name", "Ville de Belleval", "--test-clock")
    for email, name in ((CLAIRE, "Claire Delmas"), (ELLEN, "Ellen Marsh")):
        made.add_user(email, PASSWORD, "--name", name, "--organisation", "ville", "--role", "dpo")
    return made


@pytest.fixture(scope="module")
def server(town):
    with town.serve() as running:
        yield running


@pytest.fixture(scope="module")
def api(town, server):
    return server.api(town.add_token("ville", "dpo"))


@pytest.fixture(scope="module", autouse=True)
def officer(api):
    """Somebody answers questions: without an officer and a contact point the notification lacks one."""
    profile = api.get("/organisations/ville/profile")
    one = profile.json().get("items", [profile.json()])[0]
    made = api.patch(f"/organisations/ville/profile/{one['id']}", {"dpo": {"name": "Claire Delmas", "email": CLAIRE}}, headers={"If-Match": f'"{one["version"]}"'})
    assert made.status_code == 200, made.text


@pytest.fixture
def clock(server, api):
    """Puts the test's clock to an instant, wherever it stands."""
    def set_to(instant):
        probe = api.post(LIST, {"title": "L’heure qu’il est", "role": "controller"}).json()
        now = datetime.datetime.fromisoformat(probe["created_at"].replace("Z", "+00:00"))
        api.delete(f"{LIST}/{probe['id']}", headers={"If-Match": '"1"'})
        seconds = int((datetime.datetime.fromisoformat(instant) - now).total_seconds())
        moved = requests.post(server.address + "/test/clock", data={"advance_seconds": str(seconds)}, timeout=30)
        assert moved.status_code == 200, moved.text
    return set_to


@pytest.fixture
def claire(server):
    def signed_in(email=CLAIRE):
        browser = server.browser()
        browser.sign_in(email, PASSWORD)
        return browser
    return signed_in


def words(page):
    assert page.status_code == 200, page.text
    text = html.unescape(re.sub(r"<[^>]+>", " ", page.text.split("<main", 1)[1]))
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)


def reported(api, **fields):
    made = api.post(LIST, {"title": "Courriel aux familles, adresses visibles", "role": "controller", **fields})
    assert made.status_code == 201, made.text
    return made.json()


def changed(api, breach, **fields):
    now = api.get(f"{LIST}/{breach['id']}")
    answer = api.patch(f"{LIST}/{breach['id']}", fields, headers={"If-Match": now.headers["ETag"]})
    assert answer.status_code == 200, answer.text
    return answer.json()


def status(api, breach, to, **more):
    answer = api.post(f"{LIST}/{breach['id']}/status", {"status": to, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def findings(api, breach):
    answer = api.get(f"{LIST}/{breach['id']}/findings")
    assert answer.status_code == 200, answer.text
    return {(one["rule"], one["severity"]) for one in answer.json()["items"]}


def page(browser, breach, end=""):
    return words(browser.get(f"/o/ville/breaches/{breach['id']}{end}"))


DECIDED = {"decided_by": "Madame la maire", "decided_on": "2026-03-05"}
WHOLE = {
    "personal_data": True, "nature": ["confidentiality"], "facts": "Un rappel est parti avec 1 240 adresses visibles.", "causes": ["visible_recipients"], "origin": "internal", "intent": "accidental",
    "subject_categories": ["parents", "minors"], "people_count": 1240, "data_categories": ["contact_details"], "records_count": 1240, "consequences": "Des courriels indésirables.",
    "severity": "limited", "risk": "risk", "risk_reason": "Les adresses ont été vues par tous.", "notify": True,
    "measures": [{"stage": "before", "what": "Charte informatique"}, {"stage": "immediate", "what": "Demande de suppression", "done_on": "2026-03-03"},
                 {"stage": "planned", "what": "Envoi groupé sans copie visible", "owner": "Karim Benali", "due": "2026-03-20"}],
}


def test_a_breach_lives_from_the_report_to_the_end_in_time(api, clock, claire):
    clock("2026-03-03T08:00:00+00:00")
    breach = reported(api, reported_at="2026-03-03T07:50:00Z", intake="phone", reported_by={"name": "Nadia Roux", "phone": "01 99 00 11 22"})
    assert breach["status"] == "reported" and re.match(r"VIO-\d+", breach["reference"])
    text = page(claire(), breach)
    assert "Incident à qualifier" in text and "Qualifier l’incident" in text

    clock("2026-03-03T10:00:00+00:00")
    changed(api, breach, aware_at="2026-03-03T09:20:00Z", awareness="Karim Benali confirme l’erreur.", **WHOLE)
    status(api, breach, "breach")
    text = page(claire(), breach)
    # D01: aware on Tuesday 3 March at 10:20; 72 hours on Friday at 10:20, the Regulation's limit at 11:00
    assert "vendredi 6 mars 2026 à 10 h 20" in text and "vendredi 6 mars 2026 à 11 h" in text
    assert "Pourquoi cette date ?" in text and "l’heure pendant laquelle l’événement a lieu ne compte pas" in text
    assert "L’autorité de contrôle (CNIL)" in text and "À faire" in text
    assert findings(api, breach) == {("BRE-014", "minor")}, "the officer’s advice is asked for, and holds nothing back"

    clock("2026-03-05T09:00:00+00:00")
    changed(api, breach, notifications=[{"type": "complete", "sent_at": "2026-03-05T08:55:00Z", "receipt": "CNIL-2026-1", "author": "Claire Delmas"}],
            dpo_advice="Notifier sans attendre.", dpo_advice_date="2026-03-04")
    refused = api.post(f"{LIST}/{breach['id']}/status", {"status": "notified"})
    assert refused.status_code in (409, 422), "to notify is the controller's decision"
    status(api, breach, "notified", **DECIDED)
    text = page(claire(), breach)
    assert "Tenu" in text and "Accusé CNIL-2026-1" in text and "Décidé par Madame la maire" in text
    assert "tardif" not in text.lower()

    status(api, breach, "closed", **DECIDED)
    text = page(claire(), breach)
    assert "Close" in text and api.get(f"{LIST}/{breach['id']}").json()["closed_on"] == "2026-03-05"


def test_a_notification_between_the_two_limits_is_disputed_and_asks_for_reasons(api, clock, claire):
    clock("2026-03-06T12:00:00+00:00")
    breach = reported(api, aware_at="2026-03-03T09:20:00Z", dpo_advice="Notifier.", dpo_advice_date="2026-03-06", **WHOLE)
    status(api, breach, "breach")
    # D09: sent on Friday at 10:45
    changed(api, breach, notifications=[{"type": "complete", "sent_at": "2026-03-06T09:45:00Z"}])
    text = page(claire(), breach)
    assert "Tardif (contesté)" in text and "Écrire les motifs" in text and "Dépassé de 25 min" in text
    assert findings(api, breach) == {("BRE-001", "major")}
    changed(api, breach, notifications=[{"type": "complete", "sent_at": "2026-03-06T10:30:00Z"}])
    assert findings(api, breach) == {("BRE-001", "blocking")}
    assert "Tardif." in page(claire(), breach)
    changed(api, breach, delay_reasons="Le service était fermé.")
    assert findings(api, breach) == set()
    assert "Les motifs du retard sont écrits" in page(claire(), breach)


def test_the_clock_of_summer_changes_nothing_to_the_hours(api, clock, claire):
    clock("2026-03-28T08:00:00+00:00")
    breach = reported(api, aware_at="2026-03-27T13:20:00Z", **WHOLE)   # D03: Friday 27 March 2026, 14:20
    text = page(claire(), breach)
    assert "lundi 30 mars 2026 à 15 h 20" in text and "lundi 30 mars 2026 à 16 h" in text and "heure d’été" in text


def test_an_hour_typed_in_the_form_is_the_town_s(api, clock, claire):
    clock("2026-03-28T08:00:00+00:00")
    breach = reported(api)
    browser = claire()
    form = browser.get(f"/o/ville/breaches/{breach['id']}/edit")
    assert 'type="datetime-local"' in form.text
    saved = browser.submit(form, {"aware_at": "2026-03-27T14:20"}, field="_form")
    assert saved.status_code == 200, saved.text
    assert api.get(f"{LIST}/{breach['id']}").json()["aware_at"] == "2026-03-27T13:20:00.000Z"
    form = browser.get(f"/o/ville/breaches/{breach['id']}/edit")
    assert 'value="2026-03-27T14:20"' in form.text
    refused = browser.submit(form, {"aware_at": "2026-03-29T02:30"}, field="_form")
    assert refused.status_code == 422 and 'value="2026-03-29T02:30"' in refused.text, "an hour that the clocks skip"


def test_a_high_risk_has_the_persons_told_by_a_letter(api, clock, claire):
    clock("2026-05-04T08:00:00+00:00")
    breach = reported(api, aware_at="2026-05-04T07:00:00Z", **{**WHOLE, "risk": "high", "data_categories": ["health"]}, score_data="sensitive", score_identification="maximum",
                      score_confidentiality="unknown_recipients")
    status(api, breach, "breach")
    text = page(claire(), breach)
    assert "Gravité calculée" in text and "= 4,5" in text and "Très élevée" in text
    assert ("BRE-004", "blocking") in findings(api, breach)
    letter = page(claire(), breach, "/letter")
    assert "Il manque à cette lettre" in letter and "Conseils aux personnes" in letter and "Ville de Belleval vous informe" in letter
    assert "Demande de suppression" in letter and "Karim Benali" not in letter, "who acts stays inside"
    changed(api, breach, tell_persons=True, persons_decided_on="2026-05-04", persons_advice="Méfiez-vous des courriels inattendus.")
    assert "Méfiez-vous des courriels inattendus." in page(claire(), breach, "/letter")
    assert "Prévenir les personnes" in page(claire(), breach)
    changed(api, breach, persons_informed_at="2026-05-04T07:30:00Z", persons_informed_count=1200, persons_channels=["e_mail"])
    assert ("BRE-004", "blocking") not in findings(api, breach)
    assert "Personnes prévenues" in page(claire(), breach)


def test_the_dossier_names_what_is_missing_and_then_what_changed(api, clock, claire):
    clock("2026-06-01T08:00:00+00:00")
    breach = reported(api, aware_at="2026-06-01T07:00:00Z", personal_data=True, nature=["availability"], risk="risk")
    status(api, breach, "breach")
    dossier = page(claire(), breach, "/dossier")
    assert "Initiale" in dossier and "Il manque" in dossier and "Conséquences probables" in dossier and "SIREN" in dossier
    blocks = ["Type de notification", "Organisme", "Déclarant", "Autres organismes", "Chronologie", "Nature", "Origine", "Données", "Personnes", "Mesures de sécurité d’avant",
              "Conséquences", "Mesures prises", "Information des personnes", "transfrontalier", "Pièces jointes"]
    headings = re.findall(r'<h2 id="block-[^>]*>([^<]*)', claire().get(f"/o/ville/breaches/{breach['id']}/dossier").text)
    assert len(headings) == len(blocks) and all(word in heading for word, heading in zip(blocks, headings)), headings

    clock("2026-06-01T09:00:00+00:00")
    changed(api, breach, people_count=100, notifications=[{"type": "initial", "sent_at": "2026-06-01T09:00:00Z", "receipt": "CNIL-7"}])
    status(api, breach, "notified", **DECIDED)
    clock("2026-06-02T09:00:00+00:00")
    changed(api, breach, people_count=250, consequences="Un mois sans dossier.")
    dossier = page(claire(), breach, "/dossier")
    assert "Complémentaire" in dossier and "Accusé CNIL-7" in dossier
    assert dossier.count("Modifié depuis le dernier envoi") == 2 and "Avant : 100" in dossier
    assert "Compléter la notification" in page(claire(), breach), "announced, and awaited"


def test_a_notification_needs_somebody_who_answers(api, town, server):
    town.cli("organisation", "add", "bourg", "--name", "Bourg")
    other = server.api(town.add_token("bourg", "dpo"))
    here = "/organisations/bourg/breaches"
    breach = other.post(here, {"title": "Sans délégué", "role": "controller", "aware_at": "2026-06-02T07:00:00Z", **WHOLE}).json()
    assert other.post(f"{here}/{breach['id']}/status", {"status": "breach"}).status_code == 200
    places = {one["place"] if isinstance(one["place"], str) else one["place"]["field"] for one in other.get(f"{here}/{breach['id']}/findings").json()["items"] if one["rule"] == "BRE-005"}
    assert places == {"contact_point"}


def test_an_incident_that_is_no_breach_keeps_its_reason(api, clock, claire):
    clock("2026-06-03T08:00:00+00:00")
    breach = reported(api, title="Panne d’imprimante", personal_data=False)
    assert api.post(f"{LIST}/{breach['id']}/status", {"status": "incident"}).status_code == 422
    status(api, breach, "incident", reason="Aucune donnée touchée")
    text = page(claire(), breach)
    assert "Sans violation" in text and "Aucune donnée touchée" in text and "72 heures" not in text
    assert findings(api, breach) == set()


def test_a_processor_tells_its_client_and_keeps_no_72_hours(api, clock, claire):
    clock("2026-06-03T08:00:00+00:00")
    breach = reported(api, role="processor", aware_at="2026-06-03T07:00:00Z", personal_data=True, parties=[{"role": "controller", "name": "Commune de Saint-Aubin", "contract_hours": 24}])
    text = page(claire(), breach)
    assert "Prévenir le client" in text and "jeudi 4 juin 2026 à 9 h" in text and "Limite juridique calculée" not in text
    assert "Vous êtes sous-traitant" in text


def test_what_names_people_is_not_found_by_searching(api, claire):
    reported(api, facts="Mireille Zinzolin a perdu sa clé USB", reported_by={"name": "Gaspard Trifouillis"})
    browser = claire()
    for name in ("Zinzolin", "Trifouillis"):
        listed = api.get(LIST, params={"q": name})
        assert listed.status_code == 200 and listed.json()["items"] == []
        assert name not in browser.get("/o/ville/breaches").text


def test_christmas_moves_no_hour_either(api, clock, claire):
    clock("2026-12-24T20:00:00+00:00")
    breach = reported(api, aware_at="2026-12-24T16:30:00Z", **WHOLE)   # D05: Christmas Eve, 17:30
    text = page(claire(), breach)
    assert "dimanche 27 décembre 2026 à 17 h 30" in text and "dimanche 27 décembre 2026 à 18 h" in text
    assert "Moins de deux jours ouvrés sont touchés" in text
    ellen = claire(ELLEN)
    ellen.submit(ellen.get("/account"), {"language": "en"}, field="language")
    english = page(ellen, breach)
    assert "Computed legal limit" in english and "Sunday 27 December 2026" in english
