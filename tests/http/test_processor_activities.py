"""The processor's register: clients, real operations, instructions and their alerts; and the register of article 30(2) as a file."""
import csv
import io
import json

ACTIVITIES = "/organisations/editeur/processor-activities"

CLIENT = {"name": "Commune de Belleval", "contact": "M. Roux", "email": "dgs@belleval.example", "dpo": "Mme Lys", "contract": "Marché 2025-14", "contract_signed_on": "2025-01-06",
          "contract_ends_on": "2027-01-31", "authorisation": "specific", "breach_hours": 24, "end_choice": "return_then_delete"}
ACTIVITY = {"name": "Héberger la paie", "direction": "we_process_for_client", "clients": [CLIENT],
            "operations": [{"operation": "Sauvegarder la base chaque nuit", "client": "commune de belleval"}],
            "data_categories": ["identity", "economic"], "subject_categories": ["public_agents"],
            "sub_processors": [{"name": "Nuage SA", "service": "Salles", "country": "FR", "authorised_on": "2025-02-01"}],
            "measures": [{"type": "backup", "details": "Restauration essayée"}],
            "instructions": [{"instruction": "Garder deux ans", "given_on": "2026-01-10", "given_by": "M. Roux", "channel": "email", "judgement": "lawful"}],
            "assistance": [{"kind": "rights", "client": "Commune de Belleval", "asked_on": "2026-02-01", "request": "Une copie", "done_on": "2026-02-03"}]}


def rules_of(api, record, register="processor-activities"):
    return {finding["rule"]: finding["place"] for finding in api.get(f"/organisations/editeur/{register}/{record['id']}/findings").json()["items"]}


def test_work_for_a_client_from_its_first_sheet_to_the_end_of_the_contract(installation):
    installation.cli("organisation", "add", "editeur", "--name", "Éditeur", "--kind", "company")
    password = installation.add_user("dpo@editeur.test", None, "--organisation", "editeur", "--role", "dpo")
    token = installation.add_token("editeur", "dpo")
    with installation.serve() as server:
        api, person = server.api(token), server.browser()
        person.sign_in("dpo@editeur.test", password)
        profile = api.get("/organisations/editeur/profile").json()["items"][0]
        assert api.patch(f"/organisations/editeur/profile/{profile['id']}", {"acts_as_processor": True}, headers={"If-Match": "*"}).status_code == 200
        assert rules_of(api, profile, "profile")["REG-028"] == "acts_as_processor"

        empty = api.post(ACTIVITIES, {"name": "Reprendre des données", "direction": "we_process_for_client"}).json()
        assert "REG-028" not in rules_of(api, profile, "profile")
        assert {"REG-029": "clients", "REG-030": "operations"}.items() <= rules_of(api, empty).items()

        made = api.post(ACTIVITIES, ACTIVITY)
        assert made.status_code == 201, made.text
        made = made.json()
        assert made["reference"].startswith("ACT-") and rules_of(api, made) == {}
        address = f"{ACTIVITIES}/{made['id']}"
        page = person.get(f"/o/editeur/processor-activities/{made['id']}").text
        for words in ("Commune de Belleval", "Marché 2025-14", "Sauvegarder la base", "Nuage SA", "Garder deux ans", "Fin d’un contrat client"):
            assert words in page, words

        change = api.patch(address, {"instructions": [{**ACTIVITY["instructions"][0], "judgement": "unlawful", "reason": "Aucun texte ne le prévoit"}]}, headers={"If-Match": "*"})
        assert change.status_code == 200, change.text
        place = rules_of(api, made)["REG-032"]
        assert place.startswith("instructions[") and place.endswith(".alert_given_on")
        page = person.get(f"/o/editeur/processor-activities/{made['id']}").text
        assert "Le client n’a pas été alerté" in page
        row = change.json()["instructions"][0]["id"]
        letter = f"/o/editeur/processor-activities/{made['id']}/instructions/{row}"
        assert f'href="{letter}"' in page and "(pas encore alerté)" in page
        shown = person.get(letter)
        assert shown.status_code == 200 and "instruction_letter." not in shown.text
        for words in ("Garder deux ans", "10 janvier 2026", "M. Roux", "Aucun texte ne le prévoit", "Commune de Belleval", "Marché 2025-14", "data-print"):
            assert words in shown.text, words
        assert "Une adresse où écrire au client" not in shown.text and "Un signataire" in shown.text, "what is missing is said, on screen alone"
        assert "10 January 2026" in person.get(letter + "?lang=en").text
        kept = person.submit(shown, action=letter)
        assert "done=letter_kept" in kept.url and "instruction.html" in kept.text
        assert person.get(f"/o/editeur/processor-activities/{made['id']}/instructions/nobody").status_code == 404
        made = {**api.get(address).json()}
        blocked = api.post(address + "/status", {"status": "in_force"})
        assert blocked.status_code in (409, 422), "an alert that was not given stops it"
        told = change.json()["instructions"][0]
        assert api.patch(address, {"instructions": [{**told, "alert_given_on": "2026-01-11"}]}, headers={"If-Match": "*"}).status_code == 200
        assert api.post(address + "/status", {"status": "in_force"}).status_code == 200

        over = {**made["clients"][0], "contract_ends_on": "2020-01-31"}
        assert api.patch(address, {"clients": [over]}, headers={"If-Match": "*"}).status_code == 200
        assert rules_of(api, made)["REG-034"].endswith(".end_executed_on")
        assert api.patch(address, {"clients": [{**over, "end_executed_on": "2020-02-20", "end_proof": "Certificat 12"}]}, headers={"If-Match": "*"}).status_code == 200
        assert "REG-034" not in rules_of(api, made)


def test_both_directions_stand_apart(installation):
    installation.cli("organisation", "add", "editeur", "--name", "Éditeur")
    token = installation.add_token("editeur", "dpo")
    with installation.serve() as server:
        api = server.api(token)
        api.post(ACTIVITIES, ACTIVITY)
        other = api.post(ACTIVITIES, {"name": "Notre hébergeur", "direction": "processor_works_for_us", "operations": [{"operation": "Héberger nos serveurs"}],
                                      "measures": [{"type": "premises"}]})
        assert other.status_code == 201, other.text
        assert rules_of(api, other.json()) == {}, "it needs no client"
        ours = api.get(ACTIVITIES, params={"filter": "direction:processor_works_for_us"}).json()
        assert [item["name"] for item in ours["items"]] == ["Notre hébergeur"]
        refused = api.post(ACTIVITIES, {"name": "Sans sens", "direction": "both"})
        assert refused.status_code == 422


def test_the_register_of_article_30_2_is_a_file(installation, tmp_path):
    installation.cli("organisation", "add", "editeur", "--name", "Éditeur")
    token = installation.add_token("editeur", "dpo")
    with installation.serve() as server:
        api = server.api(token)
        assert api.post(ACTIVITIES, ACTIVITY).status_code == 201
        page = api.get(f"{ACTIVITIES}/export?format=html")
        assert page.status_code == 200
        for words in ("Commune de Belleval", "Mme Lys", "Marché 2025-14", "Sauvegarder la base chaque nuit", "Nuage SA", "Restauration essayée", "Garder deux ans"):
            assert words in page.text, words
        assert "Sous-traitant</" in page.text and "Responsable de traitement" not in page.text, "here the organisation is the processor"
        for fmt in ("xlsx", "ods"):
            book = api.get(f"{ACTIVITIES}/export?format={fmt}")
            assert book.status_code == 200 and book.content.startswith(b"PK")
        table = api.get(f"{ACTIVITIES}/export?format=csv")
        assert table.status_code == 200
        assert "Héberger la paie" in table.content.decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(table.content.decode("utf-8-sig")), delimiter=";"))) >= 2
        whole = json.loads(installation.cli("export", "--organisation", "editeur", "--register", "processor-activities", "--format", "json", "-o", "-").stdout)
        assert whole["items"][0]["clients"][0]["dpo"] == "Mme Lys"
