"""Trainings, responsibilities, the officer's advice, log and report, complaints: what is written there is counted, printed and recalled."""
import html
import re

import pytest

from harness import Installation

TOWN = "/organisations/ville"


def words_of(page):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.text)))


def rows_of(page):
    return [[re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", cell))).strip() for cell in re.findall(r"<t[hd] role=\"(?:rowheader|cell)\"[^>]*>(.*?)</t[hd]>", row, re.S)]
            for row in re.findall(r"<tr role=\"row\">(.*?)</tr>", page.text, re.S)]


@pytest.fixture
def town(binary, tmp_path):
    town = Installation(binary, tmp_path / "data", {"GREFFIER_CLOCK": "2026-06-15T09:00:00Z"})
    town.cli("organisation", "add", "ville", "--name", "Ville", "--test-clock")
    town.add_user("dpo@ville.test", "un mot de passe long et calme", "--organisation", "ville", "--role", "dpo")
    town.add_user("agent@ville.test", "un mot de passe long et calme", "--organisation", "ville", "--role", "contributor")
    return town


def made(api, register, row, status=None):
    answer = api.post(f"{TOWN}/{register}", row)
    assert answer.status_code == 201, answer.text
    record = answer.json()
    if status:
        moved = api.post(f"{TOWN}/{register}/{record['id']}/status", {"status": status}, headers={"If-Match": "*"})
        assert moved.status_code == 200, moved.text
    return record


def findings(api, register, record):
    return {one["rule"]: one for one in api.get(f"{TOWN}/{register}/{record}/findings").json()["items"]}


def people(server):
    officer, agent = server.browser(), server.browser()
    officer.sign_in("dpo@ville.test", "un mot de passe long et calme")
    agent.sign_in("agent@ville.test", "un mot de passe long et calme")
    return officer, agent


def test_sessions_are_signed_counted_by_service_and_recalled(town):
    with town.serve() as server:
        api = server.api(town.add_token("ville", "dpo"))
        officer, _ = people(server)
        profile = api.get(f"{TOWN}/profile").json()["items"][0]["id"]
        said = api.patch(f"{TOWN}/profile/{profile}", {"services": [{"name": "École", "headcount": 4}, {"name": "Voirie", "headcount": 2}]}, headers={"If-Match": "*"})
        assert said.status_code == 200, said.text
        assert findings(api, "profile", profile)["GOV-008"]["severity"] == "minor"
        session = made(api, "trainings", {"title": "Les bons réflexes", "kind": "session", "audiences": ["trainees", "freelances", "management", "human_resources"], "starts_at": "2026-05-04T08:00:00Z", "minutes": 90,
                                          "attendees": [{"name": "Ana Roux", "service": "École", "attended": True, "quiz_score": 80}, {"name": "Luc Petit", "service": "école", "attended": False},
                                                        {"name": "Zoé Blanc", "service": "Voirie", "attended": True}, {"name": "Ali Noir", "service": "Voirie", "attended": True}]}, "held")
        address = f"/o/ville/trainings/{session['id']}"
        sheet = officer.get(address + "/attendance")
        assert {"Ana Roux", "Luc Petit", "Zoé Blanc", "Ali Noir"} <= {row[0] for row in rows_of(sheet) if row} and "Signature" in words_of(sheet) and "data-print" in sheet.text
        coverage = {row[0]: row for row in rows_of(officer.get("/o/ville/trainings/coverage")) if row}
        assert coverage["École"][1:3] == ["1", "4"] and coverage["École"][3].startswith("25")
        assert coverage["Voirie"][3].startswith("100")
        assert "25" in words_of(officer.get(f"/o/ville/profile/{profile}/findings")), "the figure stands in the finding's sentence"
        assert "4 mai 2027" in words_of(officer.get(address)), "each person is to come again a year later"
        english = words_of(officer.get("/o/ville/trainings/coverage", headers={"Accept-Language": "en"}))
        assert "École" in english


def test_the_matrix_shows_what_nobody_or_too_many_answer_for_and_the_book_whom_to_call(town):
    with town.serve() as server:
        api = server.api(town.add_token("ville", "dpo"))
        officer, agent = people(server)
        made(api, "responsibilities", {"role": "Maire", "holder": {"name": "Jean Roncier", "phone": "+33536490201"}, "escalation": 2,
                                       "shares": [{"workstream": "breaches", "part": "A"}, {"workstream": "security", "part": "A"}]})
        made(api, "responsibilities", {"role": "Informatique", "holder": {"name": "Bastien Orvault"}, "out_of_hours": "+33536490121", "escalation": 1, "call_when": "Panne",
                                       "shares": [{"workstream": "breaches", "part": "R"}, {"workstream": "security", "part": "A"}]})
        made(api, "responsibilities", {"role": "Ancien référent", "holder": {"name": "Parti Loin"}, "until": "2026-06-01", "shares": [{"workstream": "rights", "part": "A"}]})
        matrix = {row[0]: row for row in rows_of(officer.get("/o/ville/responsibilities/matrix")) if row}
        assert matrix["Violations de données"][1] == "Complet" and set(matrix["Violations de données"][2:4]) == {"A", "R"}
        assert matrix["Sécurité"][1] == "Plusieurs en répondent"
        assert matrix["Demandes de droits"][1] == "Personne n’en répond"
        book = agent.get("/o/ville/responsibilities/contacts")
        told = words_of(book)
        assert told.index("1. Informatique") < told.index("2. Maire") and "+33 5 36 49 01 21" in told and "Parti Loin" not in told
        assert "3 place de Fontenoy" in told and "CERT-FR" in told and "fiches réflexes" in told
        incident = made(api, "breaches", {"title": "Clé perdue"})
        assert 'href="/o/ville/responsibilities/contacts"' in officer.get(f"/o/ville/breaches/{incident['id']}").text


def test_a_contributor_asks_the_officer_advises_the_controller_decides(town):
    with town.serve() as server:
        api, contributor = server.api(town.add_token("ville", "dpo")), server.api(town.add_token("ville", "contributor"))
        officer, _ = people(server)
        question = made(contributor, "advice", {"subject": "Caméras à la déchèterie", "trigger": "new_processing", "question": "Peut-on filmer ?", "asked_on": "2026-06-10"})
        assert question["status"] == "asked"
        assert "25 juin 2026" in words_of(officer.get(f"/o/ville/advice/{question['id']}")), "fifteen days, when nobody says by when"
        waits = words_of(officer.get("/o/ville"))
        assert "Un avis attend la réponse du délégué" in waits and "attend la décision du responsable" not in waits
        agent = server.browser()
        agent.sign_in("agent@ville.test", "un mot de passe long et calme")
        assert "attend la réponse du délégué" not in words_of(agent.get("/o/ville")), "nothing the agent can do about it"
        refused = contributor.post(f"{TOWN}/advice/{question['id']}/status", {"status": "decided"}, headers={"If-Match": "*"})
        assert refused.status_code in (403, 409, 422)
        answered = api.post(f"{TOWN}/advice/{question['id']}/status", {"status": "advised"}, headers={"If-Match": "*"})
        assert answered.status_code == 200, answered.text
        now = api.get(f"{TOWN}/advice/{question['id']}").json()
        assert now["answered_on"] == "2026-06-15"
        page = officer.get("/o/ville")
        assert "Un avis rendu attend la décision du responsable" in words_of(page) and "attend la réponse du délégué" not in words_of(page)
        assert "/o/ville/advice?status=advised" in page.text
        undecided = api.post(f"{TOWN}/advice/{question['id']}/status", {"status": "decided"}, headers={"If-Match": "*"})
        assert undecided.status_code in (409, 422), "who decided is recorded"
        decided = api.post(f"{TOWN}/advice/{question['id']}/status", {"status": "decided", "decided_by": "Jean Roncier, maire", "decided_on": "2026-06-15"}, headers={"If-Match": "*"})
        assert decided.status_code == 200, decided.text
        assert "attend la décision du responsable" not in words_of(officer.get("/o/ville"))


def test_the_years_report_is_drawn_from_the_registers(town):
    with town.serve() as server:
        api = server.api(town.add_token("ville", "dpo"))
        officer, _ = people(server)
        made(api, "requests", {"rights": ["access"], "received_at": "2026-03-05T09:00:00Z", "answered_on": "2026-03-15"}, "answered")
        made(api, "requests", {"rights": ["erasure"], "received_at": "2026-02-05T09:00:00Z"})
        made(api, "breaches", {"title": "Courriel égaré", "personal_data": True, "aware_at": "2026-03-03T09:20:00Z"}, "breach")
        made(api, "complaints", {"subject": "Sans réponse", "addressee": "authority", "received_on": "2026-05-02"})
        made(api, "advice", {"subject": "Ancienne question", "asked_on": "2024-05-02", "trigger": "other"})
        made(api, "activity", {"what": "Visite", "task": "monitor", "day": "2026-04-01", "minutes": 95})
        report = words_of(officer.get("/o/ville/activity/report/2026"))
        for told in ("Hors délai 1", "Encore ouvertes 1", "Incidents signalés 1", "1 h 35", "Avis demandés 0", "La CNIL"):
            assert told in report, f"{told} in {report}"
        assert "10 jours" in report, "from receipt to answer"
        assert "Avis demandés 1" in words_of(officer.get("/o/ville/activity/report/2024"))
        assert officer.get("/o/ville/activity/report/2027").status_code == 404
        assert officer.get("/o/ville/activity/report/x").status_code == 404
        english = words_of(officer.get("/o/ville/activity/report/2026?", headers={"Accept-Language": "en"}))
        assert "Late" in english or "Hors délai" in english
        profile = api.get(f"{TOWN}/profile").json()["items"][0]["id"]
        api.patch(f"{TOWN}/profile/{profile}", {"dpo": {"name": "Claire Delmas", "designated_on": "2024-01-01"}}, headers={"If-Match": "*"})
        assert "GOV-016" in findings(api, "profile", profile)
        made(api, "activity", {"what": "Rapport remis au conseil", "task": "annual_report", "report_year": 2025, "day": "2026-02-01", "presented_to": "Conseil municipal"})
        assert "GOV-016" not in findings(api, "profile", profile)
        assert "Conseil municipal" in words_of(officer.get("/o/ville/activity/report/2025"))


def test_a_complaint_keeps_the_time_the_authority_set_and_seals_the_person(town):
    with town.serve() as server:
        api = server.api(town.add_token("ville", "dpo"))
        officer, _ = people(server)
        complaint = made(api, "complaints", {"subject": "Accès resté sans réponse", "addressee": "authority", "authority_reference": "PLT-26-1", "received_on": "2026-06-01", "answer_by": "2026-06-20",
                                             "complainant": {"name": "Gérald Zzplaignant"}, "exchanges": [{"summary": "Pièces", "direction": "from_authority", "answer_by": "2026-06-18"}]})
        page = words_of(officer.get(f"/o/ville/complaints/{complaint['id']}"))
        assert "20 juin 2026" in page and "18 juin 2026" in page and "Zzplaignant" in page
        assert "PLT-26-1" in words_of(officer.get("/o/ville/complaints?q=PLT-26-1"))
        database = (town.data_directory / "greffier.db")
        if database.exists():
            assert "Zzplaignant".encode() not in database.read_bytes() + b"".join(path.read_bytes() for path in town.data_directory.glob("greffier.db-wal"))


def test_the_test_of_article_37_speaks(town):
    with town.serve() as server:
        api = server.api(town.add_token("ville", "dpo"))
        profile = api.get(f"{TOWN}/profile").json()["items"][0]["id"]

        def said(**fields):
            answer = api.patch(f"{TOWN}/profile/{profile}", fields, headers={"If-Match": "*"})
            assert answer.status_code == 200, answer.text
            return findings(api, "profile", profile)
        assert said(public_body=True)["GOV-001"]["severity"] == "blocking"
        told = said(public_body=False, officer_test={"monitoring": False})
        assert "GOV-001" not in told and told["GOV-006"]["severity"] == "advice"
        assert "GOV-001" in said(officer_test={"processor_monitoring": True})
        told = said(dpo={"name": "Paul Martin", "function": "Gérant"})
        assert told["GOV-003"]["severity"] == "major" and "GOV-001" not in told and {"GOV-002", "GOV-004", "GOV-005"} <= set(told)


def test_the_book_of_contacts_is_corrected_added_to_hidden_and_brought_back(town):
    with town.serve() as server:
        api = server.api(town.add_token("ville", "dpo"))
        officer, agent = people(server)
        page = officer.get("/o/ville/responsibilities/contacts")
        ways = dict((who, html.unescape(way)) for way, who in re.findall(r'href="([^"]+)">Corriger<span class="g-hidden"> ([^<]+)</span>', page.text))
        assert {"CNIL", "Police ou gendarmerie", "17Cyber"} <= set(ways)
        # the form comes filled in with what was shipped, and nothing is written before it is saved
        form = officer.get(ways["CNIL"])
        assert 'value="3 place de Fontenoy, TSA 80715, 75334 Paris cedex 07"' in form.text and 'value="https://www.cnil.fr"' in form.text
        assert 'value="17"' in officer.get(ways["Police ou gendarmerie"]).text, "an emergency number is a number"
        assert api.get(f"{TOWN}/responsibilities").json()["items"] == []

        mine = made(api, "responsibilities", {"role": "CNIL, service des délégués", "nature": "authority", "in_place_of": "cnil", "holder": {"company": "CNIL", "phone": "+33153732222", "address": "Boîte 12"},
                                              "website": "https://www.cnil.fr/dpo"})
        made(api, "responsibilities", {"role": "CSIRT régional", "nature": "authority", "missions": "Attaque contre une collectivité", "holder": {"email": "alerte@csirt.example"}})
        made(api, "responsibilities", {"role": "17Cyber", "nature": "authority", "in_place_of": "cyber17", "unlisted": True})
        book = officer.get("/o/ville/responsibilities/contacts")
        rows = {row[0]: row for row in rows_of(book) if row}
        assert "Boîte 12" in rows["CNIL, service des délégués"][2] and "Notifier une violation" in rows["CNIL, service des délégués"][1], "what is left empty is as shipped"
        assert "Modifié le 15 juin 2026" in rows["CNIL, service des délégués"][4] and mine["reference"] in rows["CNIL, service des délégués"][4]
        assert "3 place de Fontenoy" in rows["CNIL"][1] and "service-public.fr" in rows["CNIL"][1], "what was shipped stays, with its source"
        assert "Attaque contre une collectivité" in rows["CSIRT régional"][1] and "alerte@csirt.example" in rows["CSIRT régional"][2]
        assert "Masqué" in rows["17Cyber"][2] and "Guichet de la police" in rows["17Cyber"][1]
        assert "CSIRT régional" not in words_of(book).split("Autres rôles et ressources")[1], "an authority is listed once"
        assert "Corriger" in book.text and "Corriger" in words_of(agent.get("/o/ville/responsibilities/contacts"))
        agent.submit(agent.get("/account"), {"language": "en"}, field="language")
        assert "Return to the shipped contact" in words_of(agent.get("/o/ville/responsibilities/contacts"))

        way_back = html.unescape(re.search(r'href="([^"]+)">Revenir au contact livré<span class="g-hidden"> CNIL<', book.text).group(1))
        moved = officer.submit(officer.get(way_back), action=way_back.split("?")[0])
        assert moved.status_code == 200, moved.text
        rows = {row[0]: row for row in rows_of(officer.get("/o/ville/responsibilities/contacts")) if row}
        assert "3 place de Fontenoy" in rows["CNIL"][2] and "CNIL, service des délégués" not in rows
        assert api.get(f"{TOWN}/responsibilities/{mine['id']}").json()["status"] == "archived", "what was written is kept, with its history"


def test_who_only_reads_the_book_of_contacts_is_offered_no_change(town):
    town.add_user("lecteur@ville.test", "un mot de passe long et calme", "--organisation", "ville", "--role", "reader")
    with town.serve() as server:
        reader = server.browser()
        reader.sign_in("lecteur@ville.test", "un mot de passe long et calme")
        page = reader.get("/o/ville/responsibilities/contacts")
        assert page.status_code == 200 and "3 place de Fontenoy" in page.text
        assert "Corriger" not in page.text and "Ajouter un contact" not in page.text


def test_what_one_declares_of_the_officer_is_one_page_and_one_file(town):
    town.cli("organisation", "add", "voisine", "--name", "Voisine")
    town.add_user("lecteur@ville.test", "un mot de passe long et calme", "--organisation", "ville", "--role", "reader")
    with town.serve() as server:
        api = server.api(town.add_token("ville", "dpo"))
        officer, _ = people(server)
        profile = api.get(f"{TOWN}/profile").json()["items"][0]["id"]
        address = f"/o/ville/profile/{profile}/designation"
        assert f'href="{address}"' in officer.get(f"/o/ville/profile/{profile}").text
        page = officer.get(address)
        assert "réponses pour déclarer" in words_of(page) and "Portez ces données" in words_of(page)
        way = html.unescape(re.search(r'href="(/o/ville/profile/[^"]+)">Le délégué[^<]*Courriel', page.text).group(1))
        path, field = way.split("#")
        assert f'id="{field}"' in officer.get(path).text, "what is missing leads to its box"
        said = api.patch(f"{TOWN}/profile/{profile}", {"name": "Ville", "siren": "211407234", "address": "1 place du Marché", "postcode": "14500", "city": "Vire", "phone": "+33231662800", "email": "mairie@ville.test",
                                                       "legal_representative": {"name": "Anne Hardy", "function": "=Maire"},
                                                       "dpo": {"name": "Claire Delmas", "kind": "internal", "address": "1 place du Marché", "postcode": "14500", "city": "Vire", "phone": "+33231662801", "email": "dpo@ville.test",
                                                               "designated_on": "2026-03-01", "published_contact": "dpo@ville.test", "certified_by": "Bureau Lune", "certifier_contact": "verif@lune.example"}},
                         headers={"If-Match": "*"})
        assert said.status_code == 200 and said.json()["dpo"]["certifier_contact"] == "verif@lune.example", said.text
        page = words_of(officer.get(address))
        assert "à déclarer" in page and "Il manque" not in page, page
        assert "Claire Delmas" in page and "+33 2 31 66 28 01" in page and "mars 2026" in page and "Interne" in page
        file = officer.get(address + "/file")
        assert file.status_code == 200 and "designation-ville.csv" in file.headers["Content-Disposition"]
        lines = file.content.decode("utf-8-sig").splitlines()
        assert lines[0] == "Partie;Question;Réponse" and "L’organisme;SIREN;211407234" in lines
        assert any(line.endswith(";'=Maire") for line in lines), "no spreadsheet runs what somebody typed"
        assert not any("DPO-4321" in line for line in lines)
        noted = api.patch(f"{TOWN}/profile/{profile}", {"dpo": {**said.json()["dpo"], "cnil_number": "DPO-4321"}}, headers={"If-Match": "*"})
        assert noted.status_code == 200, noted.text
        assert "sous le numéro DPO-4321, à la date du 1" in words_of(officer.get(address))
        assert any("DPO-4321" in line for line in officer.get(address + "/file").content.decode("utf-8-sig").splitlines())
        reader = server.browser()
        reader.sign_in("lecteur@ville.test", "un mot de passe long et calme")
        assert reader.get(address).status_code == 200
        elsewhere = server.api(town.add_token("voisine", "dpo")).get("/organisations/voisine/profile").json()["items"][0]["id"]
        assert officer.get(f"/o/ville/profile/{elsewhere}/designation/file").status_code == 404
        officer.submit(officer.get("/account"), {"language": "en"}, field="language")
        assert "Data to declare to the CNIL" in words_of(officer.get(address))
