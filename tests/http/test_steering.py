"""The plan of action, audits, projects, recommendations, committees, evidence, and the gate before a processing goes live."""
import html
import re

import pytest

from town import BASE, DECISION, api, change, claire, made, rules, to, town  # noqa: F401 (fixtures)


def links(page, start):
    """Addresses in a page that begin so, as a browser would follow them."""
    return [html.unescape(one) for one in re.findall(r'href="([^"]+)"', page.text) if html.unescape(one).startswith(start)]


# --- the plan ------------------------------------------------------------------------------------------------

def test_a_finding_becomes_an_action_and_shows_it(api, claire):
    sheet = made(api, "processings", name="Gérer la cantine")
    page = claire.get(f"/o/ville/processings/{sheet}/findings")
    ways = links(page, "/o/ville/actions/new")
    assert ways, "each finding offers an action"
    way = next(one for one in ways if "rule=" in one)
    rule = re.search(r"rule=([A-Z]+-\d+)", way)[1]
    form = claire.get(way)
    assert form.status_code == 200
    assert "Gérer la cantine" in form.text and f'value="{rule}"' in form.text and sheet in form.text
    assert re.search(r'value="finding"[^>]*selected', form.text), "the source is chosen"
    action = made(api, "actions", name="Dire à quoi sert la cantine", source="finding", rule=rule, processings=[sheet], due_date="2099-01-01")
    page = claire.get(f"/o/ville/processings/{sheet}/findings")
    assert f"/o/ville/actions/{action}" in page.text and "Traité par" in page.text
    assert not any(f"rule={rule}&" in one for one in links(page, "/o/ville/actions/new")), "not offered twice"
    assert f"/o/ville/actions/{action}" in claire.get(f"/o/ville/findings?rule={rule}").text
    linked = claire.get(f"/o/ville/processings/{sheet}/links")
    assert "Dire à quoi sert la cantine" in linked.text


def test_an_address_fills_in_only_what_a_form_would_take(claire):
    form = claire.get("/o/ville/actions/new?name=Bonjour&due_date=2026-02-31&priority=enormous&source=audit&attachments=x&owner=x&nothing=x&repeat_every.count=P6M&processings=nobody")
    assert form.status_code == 200
    assert 'value="Bonjour"' in form.text and re.search(r'value="audit"[^>]*selected', form.text)
    asked = form.text[form.text.index('class="g-form"'):form.text.index('class="g-savebar"')]
    assert "2026-02-31" not in asked and "enormous" not in asked and "nobody" not in asked
    long = claire.get("/o/ville/actions/new?name=" + "x" * 400)
    assert 'value="xxx' not in long.text, "longer than the field takes"
    odd = claire.get("/o/ville/actions/new?name=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in odd.text and "&lt;script&gt;" in odd.text
    assert claire.get("/o/ville/actions").text.count("Bonjour") == 0, "nothing is written"


def test_a_ready_plan_is_adopted_once_and_seen_by_half_year(api, claire):
    page = claire.get("/o/ville/actions/plan")
    for name, count in (("starter", 7), ("recurring", 6)):
        before = len(api.get(f"{BASE}/actions", params={"per_page": 200}).json()["items"])
        answer = claire.post("/o/ville/actions/plan", {"csrf": claire.csrf(page), "set": name})
        assert answer.status_code == 200, answer.status_code
        assert len(api.get(f"{BASE}/actions", params={"per_page": 200}).json()["items"]) == before + count
        claire.post("/o/ville/actions/plan", {"csrf": claire.csrf(page), "set": name})
        assert len(api.get(f"{BASE}/actions", params={"per_page": 200}).json()["items"]) == before + count, "once"
    assert claire.post("/o/ville/actions/plan", {"csrf": claire.csrf(page), "set": "all"}).status_code == 404
    made(api, "actions", name="Action de 2031", due_date="2031-03-01", step="governance", cost_planned=120000)
    made(api, "actions", name="Action de fin 2031", due_date="2031-09-01")
    page = claire.get("/o/ville/actions/plan")
    assert "Action de 2031" in page.text and "Action de fin 2031" in page.text
    sheet = claire.get("/o/ville/actions/plan?half=2031-1")
    assert "Action de 2031" in sheet.text and "Action de fin 2031" not in sheet.text and "1er semestre 2031" in sheet.text
    assert re.search(r"1.200", sheet.text), "what it costs"
    assert claire.get("/o/ville/actions/plan?half=nonsense").status_code == 200


def test_a_late_action_is_found_and_giving_up_says_why(api):
    late = made(api, "actions", name="En retard", due_date="2020-01-01")
    assert "GOV-013" in rules(api, "actions", late)
    assert to(api, "actions", late, "abandoned").status_code == 422, "with a reason"
    assert to(api, "actions", late, "abandoned", reason="Le logiciel est abandonné.").status_code == 200
    assert "GOV-013" not in rules(api, "actions", late)


def test_work_that_comes_back_offers_the_next_time(api, claire):
    action = made(api, "actions", name="Relire le registre", due_date="2026-01-31", repeat_every="P6M")
    assert not links(claire.get(f"/o/ville/actions/{action}"), "/o/ville/actions/new?"), "not before it is done"
    assert to(api, "actions", action, "done").status_code == 200
    way = links(claire.get(f"/o/ville/actions/{action}"), "/o/ville/actions/new?")[0]
    assert "due_date=2026-07-31" in way
    assert 'value="Relire le registre"' in claire.get(way).text


# --- audits, meetings, recommendations -------------------------------------------------------------------------

def test_an_audit_shows_its_risks_and_each_gap_becomes_an_action(api, claire):
    audit = made(api, "audits", name="Audit annuel", held_on="2020-05-01",
                 observations=[{"title": "Serveur sans correctif", "gravity": "maximal", "likelihood": "important", "due": "2020-09-01", "state": "open"},
                               {"title": "Badge perdu", "gravity": "limited", "likelihood": "limited", "state": "mended"}])
    assert "SEC-014" in rules(api, "audits", audit)
    profile = api.get(f"{BASE}/profile").json()["items"][0]["id"]
    assert "SEC-013" in rules(api, "profile", profile), "the last audit is old"
    page = claire.get(f"/o/ville/audits/{audit}")
    assert "Carte des risques" in page.text and "Critique" in page.text
    ways = [one for one in links(page, "/o/ville/actions/new?") if "Serveur" in one]
    assert ways and "source=audit" in ways[0] and audit in ways[0] and "due_date=2020-09-01" in ways[0]
    assert not [one for one in links(page, "/o/ville/actions/new?") if "Badge" in one], "mended"
    # The form is saved as it stands, under a name of its own: the gap knows its action again, and offers no second one.
    form = claire.get(ways[0])
    saved = claire.submit(form, {"name": "Installer les correctifs"}, field="name")
    assert saved.status_code == 200 and "/actions/" in saved.url, saved.text[:300]
    page = claire.get(f"/o/ville/audits/{audit}")
    gap = html.unescape(re.search(r"<li><div>Serveur sans correctif.*?</li>", page.text, re.S).group(0))
    assert "Traité par" in gap and "Installer les correctifs" in gap and "À faire" in gap
    assert not [one for one in links(page, "/o/ville/actions/new?") if "Serveur" in one], "it is made"


def test_what_a_committee_decides_becomes_an_action(api, claire):
    meeting = made(api, "committees", name="Comité de mai", meeting_on="2026-05-12", decisions=[{"text": "Changer d’hébergeur", "due": "2026-09-30"}])
    assert to(api, "committees", meeting, "took_place").status_code == 200
    page = claire.get(f"/o/ville/committees/{meeting}")
    way = next(one for one in links(page, "/o/ville/actions/new?") if "h%C3%A9bergeur" in one)
    assert "source=committee" in way and meeting in way and "due_date=2026-09-30" in way
    assert 'value="Comité de mai"' in claire.get(links(page, "/o/ville/committees/new?")[0]).text
    action = made(api, "actions", name="Appel d’offres", source="committee", committees=[meeting], origin_part="Changer d’hébergeur", due_date="2026-09-30")
    assert to(api, "actions", action, "under_way").status_code == 200
    page = claire.get(f"/o/ville/committees/{meeting}")
    decision = html.unescape(re.search(r"<li><div>Changer d.h.*?bergeur.*?</li>", page.text, re.S).group(0))
    assert "Appel d’offres" in decision and f"/o/ville/actions/{action}" in decision and "Commencée" in decision
    assert not [one for one in links(page, "/o/ville/actions/new?") if "bergeur" in one]


def test_a_decision_shows_the_action_it_names_and_a_breach_those_made_from_it(api, claire):
    own = made(api, "actions", name="Déménager le serveur", due_date="2027-01-31")
    meeting = made(api, "committees", name="Comité de juin", meeting_on="2026-06-12", decisions=[{"text": "Quitter la cave", "action": own}])
    page = claire.get(f"/o/ville/committees/{meeting}").text
    assert "Déménager le serveur" in re.search(r"<li><div>Quitter la cave.*?</li>", page, re.S).group(0)
    breach = made(api, "breaches", title="Sac volé", personal_data=True, aware_at="2026-03-03T09:20:00.000Z")
    assert "Actions décidées" not in claire.get(f"/o/ville/breaches/{breach}").text
    action = made(api, "actions", name="Chiffrer les portables", source="breach", breaches=[breach], due_date="2027-02-28")
    page = claire.get(f"/o/ville/breaches/{breach}").text
    assert "Actions décidées" in page and "Chiffrer les portables" in page
    assert to(api, "actions", action, "under_way").status_code == 200


def test_a_measure_and_a_notice_show_what_proves_them(api, claire):
    measure = made(api, "measures", name="Sauvegarde hors site")
    notice = made(api, "notices", name="Mention de la cantine")
    for register, id, field in (("measures", measure, "measures"), ("notices", notice, "notices")):
        page = claire.get(f"/o/ville/{register}/{id}")
        assert "Aucune pièce ne le prouve encore" in html.unescape(page.text)
        way = next(one for one in links(page, "/o/ville/evidence/new?"))
        assert f"{field}={id}" in way
    piece = made(api, "evidence", name="Essai de restauration", measures=[measure], notices=[notice], valid_until="2020-01-31")
    for register, id in (("measures", measure), ("notices", notice)):
        page = claire.get(f"/o/ville/{register}/{id}").text
        assert f"/o/ville/evidence/{piece}" in page and "Essai de restauration" in page and "Ne vaut plus depuis" in page
        assert "ne le prouve encore" not in html.unescape(page)
    shown = claire.get(f"/o/ville/evidence/{piece}").text
    assert "Sauvegarde hors site" in shown and "Mention de la cantine" in shown, "the way back"


def test_the_officer_recommends_and_the_controller_answers(api, claire):
    advice = made(api, "recommendations", name="Retirer le numéro de sécurité sociale", answer_due="2099-01-01")
    assert to(api, "recommendations", advice, "accepted").status_code in (409, 422), "not handed over yet"
    assert to(api, "recommendations", advice, "issued").status_code == 200
    assert to(api, "recommendations", advice, "declined", reason="La paie l’exige.").status_code == 422, "whose decision is it?"
    assert to(api, "recommendations", advice, "declined", **DECISION).status_code == 422, "why?"
    assert to(api, "recommendations", advice, "declined", reason="La paie l’exige.", **DECISION).status_code == 200
    way = next(one for one in links(claire.get(f"/o/ville/recommendations/{advice}"), "/o/ville/actions/new?"))
    assert "source=recommendation" in way and advice in way


# --- evidence --------------------------------------------------------------------------------------------------

def test_the_map_of_documents_shows_what_is_there_expired_and_missing(api, claire):
    missing = claire.get("/o/ville/evidence/map")
    assert missing.status_code == 200 and "Charte informatique" in missing.text
    way = next(one for one in links(missing, "/o/ville/evidence/new?") if "document=it_charter" in one)
    assert re.search(r'value="it_charter"[^>]*selected', claire.get(way).text)
    made(api, "evidence", name="Charte adoptée le 12 mars", document="it_charter", family="security")
    made(api, "evidence", name="Politique de 2019", document="security_policy", family="security", valid_until="2020-01-01")
    page = claire.get("/o/ville/evidence/map")
    assert "Charte adoptée le 12 mars" in page.text and not [one for one in links(page, "/o/ville/evidence/new?") if "document=it_charter" in one]
    assert "Échu" in page.text and [one for one in links(page, "/o/ville/evidence/new?") if "document=security_policy" in one]


# --- the gate --------------------------------------------------------------------------------------------------

@pytest.fixture
def officer(api):
    """The town has designated its officer; the gate is open again afterwards."""
    profile = api.get(f"{BASE}/profile").json()["items"][0]["id"]
    change(api, "profile", profile, dpo={"name": "Claire Delmas", "designated_on": "2025-01-01"})
    yield
    change(api, "profile", profile, dpo=None)


def validated(api, name, **more):
    sheet = made(api, "processings", name=name, **more)
    assert to(api, "processings", sheet, "to_validate").status_code == 200
    assert to(api, "processings", sheet, "validated", **DECISION).status_code == 200
    return sheet


def blocked_without_advice(api, sheet):
    """Blocking findings of its own would hold it back whatever the officer says."""
    return [one for one in api.get(f"{BASE}/processings/{sheet}/findings").json()["items"] if one["severity"] == "blocking"]


def complete(name):
    return {"name": name, "purposes": [{"kind": "main", "text": "Servir les repas", "basis": "e", "legal_text": "Code de l’éducation"}],
            "subject_categories": [{"category": "students"}], "data_categories": [{"category": "identity", "retention_text": "un an", "retention_period": "P1Y"}],
            "recipients": [{"name": "Service scolaire"}], "measures": [{"type": "access_control", "details": "Comptes nominatifs"}],
            "notice_exception": "Les personnes ont déjà ces informations."}


def test_the_api_holds_a_processing_back_until_the_officer_advised(api, officer):
    sheet = validated(api, **complete("Porte par l’API"))
    assert blocked_without_advice(api, sheet) == [], "nothing else holds it back"
    refused = to(api, "processings", sheet, "production")
    assert refused.status_code == 409 and "blocked_by_findings" in refused.text
    change(api, "processings", sheet, dpo_advice="Favorable.", dpo_advice_date="2026-01-05")
    assert to(api, "processings", sheet, "production").status_code == 200


def test_the_controller_decides_without_the_advice_and_that_is_recorded(api, officer):
    sheet = validated(api, **complete("Porte par décision"))
    assert to(api, "processings", sheet, "production", **DECISION).status_code == 200
    assert "Paul Marchand" in api.get(f"{BASE}/processings/{sheet}/versions").text
    assert not blocked_without_advice(api, sheet), "once there, nothing blocks it any more"


def test_the_page_says_what_is_awaited_and_asks_who_decides(api, claire, officer):
    sheet = validated(api, **complete("Porte par la page"))
    page = claire.get(f"/o/ville/processings/{sheet}/status?to=production")
    assert "REG-022" in page.text and 'name="decided_by"' in page.text
    version = api.get(f"{BASE}/processings/{sheet}").json()["version"]
    sent = {"csrf": claire.csrf(page), "to": "production", "_version": str(version), "reason": "", "decided_by": "", "decided_on": ""}
    assert claire.post(f"/o/ville/processings/{sheet}/status", sent).status_code == 422
    assert api.get(f"{BASE}/processings/{sheet}").json()["status"] == "validated"
    claire.post(f"/o/ville/processings/{sheet}/status", dict(sent, decided_by="Paul Marchand, maire", decided_on="2026-01-05"))
    assert api.get(f"{BASE}/processings/{sheet}").json()["status"] == "production"


def test_a_bulk_act_leaves_behind_those_without_advice(api, officer):
    waiting, advised = validated(api, **complete("Porte groupée une")), validated(api, **complete("Porte groupée deux"), dpo_advice_date="2026-01-05")
    asked = {"act": "status", "ids": [waiting, advised], "status": "production"}
    dry = api.post(f"{BASE}/processings/bulk", dict(asked, dry_run=True)).json()
    assert (dry["would_change"], dry["would_refuse"], dry["refusals"]) == (1, 1, {"blocked_by_findings": 1}), "told before"
    act = api.post(f"{BASE}/processings/bulk", asked)
    assert act.status_code in (200, 201, 202), act.text
    assert api.get(f"{BASE}/processings/{waiting}").json()["status"] == "validated"
    assert api.get(f"{BASE}/processings/{advised}").json()["status"] == "production"


def test_without_an_officer_there_is_nobody_to_ask(api):
    sheet = validated(api, **complete("Sans délégué"))
    assert to(api, "processings", sheet, "production").status_code == 200
