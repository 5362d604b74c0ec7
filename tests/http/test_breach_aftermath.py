"""What surrounds a breach: the insurance that may pay for it, the officer's advice before the authority is told, and the review afterwards
with the actions that follow from it."""
import html
import re

import pytest

from harness import Installation

PASSWORD = "Un mot de passe assez long pour une"
TOWN = "/organisations/ville"
BREACH = {"title": "Clé perdue", "role": "controller", "personal_data": True, "started_at": "2026-03-02T10:00:00Z", "detected_at": "2026-03-03T07:00:00Z", "aware_at": "2026-03-03T09:00:00Z", "risk": "risk",
          "nature": ["confidentiality"], "causes": ["ransomware"], "intent": "malicious", "subject_categories": ["public_agents"], "effects": ["fraud"], "facts": "Zzplante dit par Odile Quirin",
          "measures": [{"stage": "immediate", "what": "Mots de passe changés"}]}
POLICY = {"name": "Contrat cyber", "kind": "cyber", "insurer": "Mutuelle des communes", "start_date": "2026-01-01", "end_date": "2026-12-31", "declare_within_days": 5, "policy_number": "CY-12",
          "ceiling": 100000, "excess": 1000, "claims_contact": {"name": "Astreinte", "phone": "+33140000000"},
          "causes": [{"item": "attack", "cover": "included"}, {"item": "malware", "cover": "excluded"}], "persons": [{"item": "employee"}], "damages": [{"item": "confidentiality", "cover": "sometimes"}]}


@pytest.fixture
def town(binary, tmp_path):
    made = Installation(binary, tmp_path / "data", {"GREFFIER_CLOCK": "2026-03-03T10:00:00Z"})
    made.cli("organisation", "add", "ville", "--name", "Ville de Belleval", "--test-clock")
    made.add_user("premiere@ville.example", PASSWORD)
    made.add_user("dpo@ville.example", PASSWORD, "--organisation", "ville", "--role", "dpo", "--name", "Claire Delmas")
    return made


@pytest.fixture
def server(town):
    with town.serve() as running:
        yield running


@pytest.fixture
def api(town, server):
    return server.api(town.add_token("ville", "dpo"))


@pytest.fixture
def claire(server):
    browser = server.browser()
    browser.sign_in("dpo@ville.example", PASSWORD)
    return browser


def made(api, register, row, status=None):
    answer = api.post(f"{TOWN}/{register}", row)
    assert answer.status_code == 201, answer.text
    if status:
        moved(api, register, answer.json()["id"], status)
    return answer.json()["id"]


def moved(api, register, record, status, **more):
    answer = api.post(f"{TOWN}/{register}/{record}/status", {"status": status, **more}, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text


def changed(api, register, record, **row):
    answer = api.patch(f"{TOWN}/{register}/{record}", row, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def rules(api, record, register="breaches"):
    return {one["rule"]: one for one in api.get(f"{TOWN}/{register}/{record}/findings").json()["items"]}


def panel(browser, record, name):
    """The words of one panel of the record's page."""
    page = browser.get(f"/o/ville/breaches/{record}")
    assert page.status_code == 200
    found = re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', page.text, re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", found[0]))) if found else ""


def test_the_page_says_which_policies_may_pay_and_until_when_to_declare(api, claire):
    breach = made(api, "breaches", BREACH, "breach")
    assert "Aucun contrat du registre" in panel(claire, breach, "cover")
    policy = made(api, "insurance", POLICY, "in_force")
    made(api, "insurance", {**POLICY, "name": "Contrat à venir", "start_date": "2026-03-03"}, "in_force")
    made(api, "insurance", {**POLICY, "name": "Contrat échu", "end_date": "2026-03-01"}, "in_force")
    made(api, "insurance", {**POLICY, "name": "Projet de contrat"})
    told = panel(claire, breach, "cover")
    assert "Contrat cyber" in told and "Mutuelle des communes" in told
    for other in ("Contrat à venir", "Contrat échu", "Projet de contrat"):
        assert other not in told, other
    assert "Attaque informatique" in told and "Logiciel malveillant" in told and "Données divulguées" in told and "Agent ou salarié" in told
    assert "8 mars 2026" in told, "five days from when it was seen"
    assert "2 questions n’ont pas été posées" in told, "for people of that kind, and for damages and interest"
    assert "72 heures" in told and "L. 12-10-1" in told
    changed(api, "insurance", policy, declare_within_days=None, causes=[{"item": "attack", "cover": "excluded"}, {"item": "malware", "cover": "excluded"}])
    told = panel(claire, breach, "cover")
    assert "Toutes les causes" in told and "Délai de déclaration" in told and "8 mars 2026" not in told
    changed(api, "breaches", breach, told=[{"body": "insurer", "told_at": "2026-03-04T08:00:00Z"}])
    assert "Assureur prévenu" in panel(claire, breach, "cover")


def test_more_policies_than_a_page_can_show_are_said_to_be_more(api, claire):
    breach = made(api, "breaches", BREACH, "breach")
    for number in range(20):
        made(api, "insurance", {**POLICY, "name": f"Contrat {number:02}"}, "in_force")
    told = panel(claire, breach, "cover")
    assert "Contrat 19" in told and "Plus de 20 assurances" not in told
    made(api, "insurance", {**POLICY, "name": "Contrat zzz"}, "in_force")
    told = panel(claire, breach, "cover")
    assert "Contrat zzz" in told and "Contrat 00" not in told, "the latest are shown"
    assert "Plus de 20 assurances" in told


def test_the_register_of_insurance_learns_nothing_of_a_breach(api, claire):
    policy = made(api, "insurance", POLICY, "in_force")
    before = api.get(f"{TOWN}/insurance/{policy}").json()
    breach = made(api, "breaches", BREACH, "breach")
    assert "Contrat cyber" in panel(claire, breach, "cover")
    assert api.get(f"{TOWN}/insurance/{policy}").json() == before
    assert api.get(f"{TOWN}/insurance/{policy}/links").json()["items"] == []
    page = claire.get(f"/o/ville/insurance/{policy}").text
    assert "Clé perdue" not in page and "Zzplante" not in page and breach not in page
    assert "Zzplante" not in panel(claire, breach, "cover"), "it is written from coded answers alone"


def test_the_officer_s_advice_is_asked_for_and_holds_nothing_back(api, claire):
    profile = api.get(f"{TOWN}/profile").json()["items"][0]["id"]
    breach = made(api, "breaches", BREACH, "breach")
    assert "BRE-014" not in rules(api, breach), "there is no officer to ask"
    changed(api, "profile", profile, dpo={"name": "Claire Delmas", "email": "claire@ville.example"})
    finding = rules(api, breach)["BRE-014"]
    assert finding["severity"] == "minor" and finding["place"] == "dpo_advice"
    dossier = claire.get(f"/o/ville/breaches/{breach}/dossier").text
    assert "L’avis du délégué n’est pas inscrit" in dossier and "Claire Delmas" in dossier and "#" in dossier
    changed(api, "breaches", breach, notify=True, notifications=[{"type": "initial", "sent_at": "2026-03-03T09:30:00Z"}])
    moved(api, "breaches", breach, "notified", decided_by="Jean Roncier, maire", decided_on="2026-03-03")
    assert "BRE-014" in rules(api, breach), "it is still missing, and stopped nothing"
    changed(api, "breaches", breach, dpo_advice="Notifier", dpo_advice_date="2026-03-03")
    assert "BRE-014" not in rules(api, breach)
    other = made(api, "breaches", BREACH, "breach")
    asked = made(api, "advice", {"subject": "Faut-il notifier ?", "trigger": "breach", "question": "Faut-il notifier ?", "breach": other, "asked_on": "2026-03-03"})
    assert "BRE-014" in rules(api, other), "asked is not answered"
    changed(api, "advice", asked, answer="Oui", answered_on="2026-03-03")
    moved(api, "advice", asked, "advised")
    assert "BRE-014" not in rules(api, other), "the officer answered where advice is asked"
    assert "L’avis du délégué n’est pas inscrit" not in claire.get(f"/o/ville/breaches/{other}/dossier").text


def test_a_breach_is_reviewed_afterwards_and_its_actions_are_followed(api, claire):
    breach = made(api, "breaches", {**BREACH, "risk": "unlikely", "risk_reason": "Clé chiffrée", "notify": False, "notify_reason": "Clé chiffrée", "tell_persons": False}, "breach")
    told = panel(claire, breach, "review")
    assert "À faire" in told and "Aucune action" in told
    action = made(api, "actions", {"name": "Chiffrer toutes les clés", "breaches": [breach], "due_date": "2026-06-30"})
    told = panel(claire, breach, "review")
    assert "Chiffrer toutes les clés" in told and "30 juin 2026" in told and "Aucune action" not in told
    assert f"/actions/{action}" in claire.get(f"/o/ville/breaches/{breach}").text
    assert "BRE-015" not in rules(api, breach)
    moved(api, "breaches", breach, "closed", reason="Clé retrouvée", decided_by="Jean Roncier, maire", decided_on="2026-03-03")
    assert rules(api, breach)["BRE-015"]["severity"] == "minor", "closed without a word: it is said, not forbidden"
    moved(api, "breaches", breach, "breach", reason="Bilan à faire")
    changed(api, "breaches", breach, lessons="Inventorier les clés", reviewed_on="2026-03-03", reviewed_by="Direction, informatique")
    told = panel(claire, breach, "review")
    assert "Fait" in told and "3 mars 2026" in told and "Direction, informatique" in told
    moved(api, "breaches", breach, "closed", reason="Clé retrouvée", decided_by="Jean Roncier, maire", decided_on="2026-03-03")
    assert "BRE-015" not in rules(api, breach)
