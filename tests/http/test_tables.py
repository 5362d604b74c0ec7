"""Spreadsheets people really have: read, mapped, shown, imported, imported again, undone; by command, page and API."""
import io
import json
import re
import zipfile

import pytest

from harness import ROOT

TABLES = ROOT / "tests" / "data" / "tables"
MAIRIE = TABLES / "registre-mairie.csv"
SHEETS = "/organisations/ville/processings"


@pytest.fixture
def town(installation):
    installation.cli("organisation", "add", "ville", "--name", "Mairie de Bourg")
    return installation


def items(town, organisation="ville"):
    return json.loads(town.cli("export", "--organisation", organisation, "--register", "processings", "--format", "json", "-o", "-").stdout)["items"]


def imported(town, *arguments):
    return json.loads(town.cli("import", *arguments, "--organisation", "ville", "--json").stdout)


def workbook(sheets):
    """An XLSX written by hand: {sheet name: rows of texts and numbers}."""
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as out:
        kinds = "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>' for n in range(1, len(sheets) + 1))
        out.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                     '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>' + kinds + "</Types>")
        out.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
        out.writestr("xl/workbook.xml", '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>' + names + "</sheets></workbook>")
        links = "".join(f'<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(sheets) + 1))
        out.writestr("xl/_rels/workbook.xml.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + links + "</Relationships>")
        for n, rows in enumerate(sheets.values(), 1):
            body = ""
            for number, row in enumerate(rows, 1):
                cells = "".join(f"<c><v>{cell}</v></c>" if isinstance(cell, (int, float)) else f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row)
                body += f'<row r="{number}">{cells}</row>'
            out.writestr(f"xl/worksheets/sheet{n}.xml", '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + body + "</sheetData></worksheet>")
    return book.getvalue()


def test_a_register_in_csv_comes_in_and_the_same_file_changes_nothing(town):
    first = imported(town, MAIRIE)
    assert first["format"] == "csv" and first["counts"]["created"] == 5 and first["counts"]["refused"] == 0
    canteen = next(item for item in items(town) if item["reference"] == "T-01")
    assert canteen["name"] == "Restauration scolaire" and canteen["purposes"][0]["basis"] == "e"
    assert [one["name"] for one in canteen["recipients"]] == ["Régie de recettes", "Trésorerie", "Éditeur Repasoft"]
    before = items(town)
    again = imported(town, MAIRIE)
    assert again["counts"]["unchanged"] == 5 and again["counts"]["created"] == again["counts"]["updated"] == 0
    assert items(town) == before


def test_an_edited_file_updates_what_it_changed_and_keeps_what_was_changed_here(town, tmp_path):
    imported(town, MAIRIE)
    token = town.add_token("ville", "dpo")
    with town.serve() as server:
        api = server.api(token)
        record = next(item for item in api.get(SHEETS).json()["items"] if item["reference"] == "T-02")
        changed = api.patch(f"{SHEETS}/{record['id']}", {"service": "Direction générale"}, headers={"If-Match": "*"})
        assert changed.status_code == 200, changed.text
    edited = tmp_path / "registre-2026.csv"
    edited.write_text(MAIRIE.read_text().replace("Ressources humaines", "Personnel").replace("Police municipale", "Tranquillité publique"))
    report = imported(town, edited)
    assert report["counts"]["updated"] == 1 and report["counts"]["differing"] == 1, report
    services = {item["reference"]: item["service"] for item in items(town)}
    assert services["T-02"] == "Direction générale" and services["T-03"] == "Tranquillité publique"


def test_a_mapping_is_shown_edited_and_used(town, tmp_path):
    shown = json.loads(town.cli("import", MAIRIE, "--show-mapping").stdout)
    assert next(column for column in shown["columns"] if column["heading"] == "AIPD")["target"] == "dpia_required"
    for column in shown["columns"]:
        if column["heading"] == "Observations":
            column["target"] = "data_volume"
    mapping = tmp_path / "colonnes.json"
    mapping.write_text(json.dumps(shown))
    imported(town, MAIRIE, "--mapping", mapping)
    assert any(item["data_volume"] == "Fiche sans numéro" for item in items(town))
    shown["columns"][0]["target"] = "no_such_question"
    mapping.write_text(json.dumps(shown))
    refused = town.cli.run("import", MAIRIE, "--organisation", "ville", "--mapping", mapping)
    assert refused.returncode == 2 and "no_such_question" in refused.stderr


def test_a_workbook_with_several_sheets_takes_the_register_and_names_the_others(town, tmp_path):
    book = tmp_path / "registre.xlsx"
    book.write_bytes(workbook({"Accueil": [["Registre"]], "Traitements": [["Référence", "Traitement", "Finalité", "Date de création"], ["X-1", "État civil", "Tenir les registres", 43831]],
                               "Violations": [["Date", "Nature"], ["01/02/2024", "Perte d'une clé"]]}))
    report = imported(town, book)
    assert report["format"] == "xlsx" and report["counts"]["created"] == 1
    assert {entry["place"] for entry in report["skipped"] if entry["code"] == "sheet_not_read"} == {"Accueil", "Violations"}
    assert items(town)[0]["sheet_created_on"] == "2020-01-01"


def test_many_workbooks_go_each_to_their_body_and_the_doubtful_ones_are_refused(town, tmp_path):
    town.cli("organisation", "add", "vaucelle", "--name", "Commune de Vaucelle-sur-Orne")
    town.cli("organisation", "add", "double-un", "--name", "Syndicat des eaux")
    town.cli("organisation", "add", "double-deux", "--name", "Syndicat des Eaux")
    (tmp_path / "bourg.csv").write_text("Organisme;Mairie de Bourg\nTraitement;Finalité;Service\nCantine;Nourrir;Enfance\n")
    (tmp_path / "eaux.csv").write_text("Organisme;Syndicat des eaux\nTraitement;Finalité;Service\nEau;Servir;Eau\n")
    (tmp_path / "nulle.csv").write_text("Traitement;Finalité;Service\nEau;Servir;Eau\n")
    done = town.cli.run("import", MAIRIE, tmp_path / "bourg.csv", tmp_path / "eaux.csv", tmp_path / "nulle.csv", "--organisation", "auto", "--json")
    assert done.returncode == 2, done.stderr
    answer = json.loads(done.stdout)
    assert {one["organisation"]: one["counts"]["created"] for one in answer["items"]} == {"vaucelle": 5, "ville": 1}
    assert {one["file"].rsplit("/", 1)[-1]: one["code"] for one in answer["refused_files"]} == {"eaux.csv": "import_many_organisations", "nulle.csv": "import_no_organisation"}
    assert answer["counts"]["created"] == 6 and len(items(town, "vaucelle")) == 5


def test_an_import_is_undone_and_can_be_done_again(town, tmp_path):
    imported(town, MAIRIE)
    edited = tmp_path / "registre-mairie.csv"
    edited.write_text(MAIRIE.read_text().replace("Ressources humaines", "Personnel") + ";Nouveau traitement;;;;;;;;;;;;;;\n")
    before = {item["name"]: item["service"] for item in items(town)}
    run = imported(town, edited)["run"]
    assert len(items(town)) == 6
    undone = json.loads(town.cli("import", "--undo", run, "--organisation", "ville", "--json").stdout)
    assert undone["undone"] == 2 and undone["not_undone"] == 0 and undone["state"] == "undone"
    assert {item["name"]: item["service"] for item in items(town)} == before
    twice = town.cli.run("import", "--undo", run, "--organisation", "ville")
    assert twice.returncode == 2
    again = imported(town, edited)
    assert again["counts"]["created"] == 1 and again["counts"]["updated"] == 1, again


def test_what_somebody_changed_since_an_import_stays_when_it_is_undone(town):
    run = imported(town, MAIRIE)["run"]
    token = town.add_token("ville", "dpo")
    with town.serve() as server:
        api = server.api(token)
        record = next(item for item in api.get(SHEETS).json()["items"] if item["reference"] == "T-01")
        assert api.patch(f"{SHEETS}/{record['id']}", {"service": "Écoles"}, headers={"If-Match": "*"}).status_code == 200
        undone = api.post(f"{SHEETS}/imports/{run}/undo", {})
        assert undone.status_code == 200, undone.text
        assert (undone.json()["undone"], undone.json()["not_undone"]) == (4, 1)
        assert [item["reference"] for item in api.get(SHEETS).json()["items"]] == ["T-01"]
        assert api.post(f"{SHEETS}/imports/{run}/undo", {}).status_code == 409
    assert "no import" in town.cli.run("import", "--undo", "0190a7e4-0000-7000-8000-000000000000", "--organisation", "ville", "--lang", "en").stderr.lower()


@pytest.mark.parametrize("name, content, code", [
    ("vide.csv", b"", 2),
    ("intitules.csv", "Traitement;Finalité\n".encode(), 2),
    ("guillemets.csv", 'Traitement;Finalité\n"jamais fermé;x\n'.encode() * 3, 2),
    ("melange.csv", "Traitement;Service\nÉtat civil;Accueil\n".encode() + "\xc9lections;Accueil\n".encode("latin-1"), 0),
    ("inegal.csv", "Traitement;Service\nUn\nDeux;Accueil;de;trop\n".encode(), 0),
    ("sans-nom.csv", "Couleur;Taille\nrouge;3\n".encode(), 2),
    ("image.csv", b"\x89PNG\r\n\x1a\n" + bytes(500), 2),
])
def test_bad_files_are_refused_in_words_or_taken_with_notes(town, tmp_path, name, content, code):
    source = tmp_path / name
    source.write_bytes(content)
    done = town.cli.run("import", source, "--organisation", "ville")
    assert done.returncode == code, done.stdout + done.stderr
    assert code == 0 or done.stderr.strip()
    assert "[" + "import" not in done.stdout + done.stderr and "[error" not in done.stderr, "a key without words"


def test_a_file_of_ten_million_lines_is_refused_with_little_memory(town, tmp_path):
    source = tmp_path / "enorme.csv"
    with source.open("w") as out:
        out.write("Traitement;Finalité\n")
        for _ in range(100):
            out.write("a;b\n" * 100_000)
    done = town.cli.run("import", source, "--organisation", "ville")
    assert done.returncode == 2 and "200" in done.stderr, done.stderr
    with source.open("w") as out:
        out.write("Traitement;Finalité\n" + "x" * (45 << 20) + ";y\n")
    done = town.cli.run("import", source, "--organisation", "ville")
    assert done.returncode == 2 and done.stderr.strip()


def test_a_script_asks_for_a_mapping_saves_it_and_imports_with_it(town):
    token, reader = town.add_token("ville", "dpo"), town.add_token("ville", "reader")
    body = "Activité;Lieu\nCantine;École\n".encode()
    with town.serve() as server:
        api = server.api(token)
        proposal = api.request("POST", f"{SHEETS}/import/proposal", files={"file": ("liste.csv", body)})
        assert proposal.status_code == 200, proposal.text
        mapping = proposal.json()["mapping"]
        assert proposal.json()["columns"][0]["samples"] == ["Cantine"] and mapping["columns"][0]["target"] == "name" and mapping["columns"][1]["target"] == ""
        mapping["name"], mapping["columns"][1]["target"] = "Listes du périscolaire", "hosting"
        saved = api.post(f"{SHEETS}/mappings", mapping)
        assert saved.status_code == 201, saved.text
        assert api.get(f"{SHEETS}/mappings").json()["total"] == 1
        assert api.get(f"{SHEETS}/mappings/{saved.json()['id']}").json()["name"] == "Listes du périscolaire"
        again = api.request("POST", f"{SHEETS}/import/proposal", files={"file": ("liste2.csv", body)})
        assert again.json()["mapping"]["name"] == "Listes du périscolaire", "proposed again by its headings"
        report = api.request("POST", f"{SHEETS}/import?mapping=listes+du+periscolaire", files={"file": ("liste.csv", body)})
        assert report.status_code == 200 and report.json()["counts"]["created"] == 1, report.text
        assert api.get(SHEETS).json()["items"][0]["hosting"] == "École"
        runs = api.get(f"{SHEETS}/imports").json()
        assert runs["total"] == 1 and api.get(f"{SHEETS}/imports/{runs['items'][0]['id']}").json()["counts"]["created"] == 1
        for page in ("1x2", "0", "-1", "", "99999999999999999999"):
            assert api.get(f"{SHEETS}/imports?page={page}").status_code == 422, page
        wrong = api.post(f"{SHEETS}/mappings", {"name": "x", "columns": [{"heading": "A", "target": "nowhere"}]})
        assert wrong.status_code == 422 and wrong.json()["errors"][0]["field"] == "columns[0].target"
        assert server.api(reader).get(f"{SHEETS}/mappings").status_code == 403
        assert api.delete(f"{SHEETS}/mappings/{saved.json()['id']}").status_code == 204


def test_a_clerk_maps_columns_without_a_script_and_loses_nothing(town):
    password = town.add_user("dpo@ville.test", None, "--organisation", "ville", "--role", "dpo")
    body = "Activité;Lieu;Base légale\nCantine <b>;École;Décision du conseil\n".encode()
    with town.serve() as server:
        person = server.browser()
        person.sign_in("dpo@ville.test", password)
        form = person.get("/o/ville/processings/import")
        columns = person.submit(form, {"format": "auto", "file": None}, action="/import", files={"file": ("liste.csv", body)})
        assert columns.status_code == 200, columns.text
        assert "Cantine &lt;b&gt;" in columns.text and "cision du conseil" in columns.text
        assert "Cantine" not in person.get("/o/ville/processings").text
        wrong = person.submit(columns, {"c0-target": "", "save_as": "Mes listes", "step": "preview"}, field="waiting")
        assert wrong.status_code == 422 and "Mes listes" in wrong.text, "what was typed is still there"
        chosen = {"c0-target": "name", "c1-target": "hosting", "c2-w0-code": "e", "save_as": "Mes listes", "step": "preview"}
        preview = person.submit(wrong, chosen, field="waiting")
        assert preview.status_code == 200 and "Cantine &lt;b&gt;" in preview.text, preview.text
        assert "Cantine" not in person.get("/o/ville/processings").text, "the preview writes nothing"
        done = person.submit(preview, {"step": None}, field="waiting")
        assert "run=" in done.url, done.text
        assert "Cantine &lt;b&gt;" in person.get("/o/ville/processings").text
        assert items(town)[0]["purposes"][0]["basis"] == "e"
        runs = person.get("/o/ville/processings/imports")
        assert "Mes listes" in runs.text and "liste.csv" in runs.text
        asked = person.get(re.search(r'href="([^"]+/undo)"', runs.text).group(1))
        undone = person.submit(asked, {}, action="/undo")
        assert undone.status_code == 200 and "Voir son annulation" in person.get("/o/ville/processings/imports").text and "Cantine" not in person.get("/o/ville/processings").text


ACTIONS = "/organisations/ville/actions"


def planned(api, **row):
    made = api.post(ACTIONS, row)
    assert made.status_code == 201, made.text
    return made.json()


def exported(town, register, kind, path):
    town.cli("export", "--organisation", "ville", "--register", register, "--format", kind, "-o", path)
    return path


@pytest.fixture
def linked(town):
    """Three processings, two of them with the marks in their names that stand between names, and an action on each set of them."""
    with town.serve() as server:
        api = server.api(town.add_token("ville", "dpo"))
        ids = {name: api.post(SHEETS, {"name": name}).json()["id"] for name in ("Eau, assainissement", "Cantine ; garderie", "Paie")}
        planned(api, name="Chiffrer", processings=[ids["Eau, assainissement"], ids["Paie"]])
        planned(api, name="Trier", processings=[ids["Cantine ; garderie"]])
        planned(api, name="Former")
    town.ids = ids
    return town


def links_of(town):
    text = town.cli("export", "--organisation", "ville", "--register", "actions", "--format", "json", "-o", "-").stdout
    return {item["name"]: item["processings"] for item in json.loads(text)["items"]}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_the_links_of_an_export_come_in_again(linked, tmp_path, kind):
    ids = linked.ids
    file = exported(linked, "actions", kind, tmp_path / f"plan.{kind}")
    before = links_of(linked)
    same = imported(linked, file, "--register", "actions")
    assert same["counts"]["unchanged"] == 3 and same["counts"]["refused"] == 0, same
    assert links_of(linked) == before == {"Chiffrer": [ids["Eau, assainissement"], ids["Paie"]], "Trier": [ids["Cantine ; garderie"]], "Former": []}
    # Lost here, they come back from the file: what it says is read, not passed over.
    with linked.serve() as server:
        api = server.api(linked.add_token("ville", "dpo"))
        for item in api.get(ACTIONS).json()["items"]:
            assert api.request("DELETE", f"{ACTIONS}/{item['id']}", headers={"If-Match": "*"}).status_code in (200, 204)
    back = imported(linked, file, "--register", "actions")
    assert back["counts"]["created"] == 3, back
    assert links_of(linked) == before


def test_a_cell_names_a_record_by_its_reference_its_id_or_its_name(linked, tmp_path):
    ids = linked.ids
    file = tmp_path / "plan.csv"
    file.write_text("Action;Traitements concernés\n"
                    'Par référence;"TRT-0003"\n'
                    f"Par identifiant;{ids['Paie']}\n"
                    'Par noms;"paie, EAU, assainissement"\n'
                    'Sur deux lignes;"Cantine ; garderie\nPaie"\n')
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"columns": [{"heading": "Action", "target": "name"}, {"heading": "Traitements concernés", "target": "processings"}]}))
    report = imported(linked, file, "--register", "actions", "--mapping", mapping)
    assert report["counts"]["created"] == 4, report
    found = links_of(linked)
    assert found["Par référence"] == found["Par identifiant"] == [ids["Paie"]]
    assert found["Par noms"] == [ids["Paie"], ids["Eau, assainissement"]]
    assert found["Sur deux lignes"] == [ids["Cantine ; garderie"], ids["Paie"]]


def test_a_name_that_nobody_or_that_two_bear_refuses_its_line_and_says_how_to_mend_it(linked, tmp_path):
    with linked.serve() as server:
        api = server.api(linked.add_token("ville", "dpo"))
        twin = api.post(SHEETS, {"name": "PAIE"}).json()["reference"]
    file = tmp_path / "plan.csv"
    file.write_text('Action;Sujet\nA;Paie\nB;"Cantine ; garderie, Astreintes"\nC;TRT-0003\n')
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"columns": [{"heading": "Action", "target": "name"}, {"heading": "Sujet", "target": "processings"}]}))
    words = linked.cli.run("import", file, "--organisation", "ville", "--register", "actions", "--mapping", mapping, "--dry-run", "--json")
    tried = json.loads(words.stdout)
    assert words.returncode == 1 and tried["counts"]["created"] == 1 and tried["counts"]["refused"] == 2, tried
    first, second = tried["refused"]
    assert (first["place"], first["field"], first["code"]) == ("B2", "processings", "link_ambiguous")
    assert first["arguments"]["candidates"] == f"TRT-0003 Paie ; {twin} PAIE"
    assert (second["place"], second["code"], second["arguments"]["value"]) == ("B3", "link_not_found", "Astreintes"), "only what is unknown is told"
    said = linked.cli.run("import", file, "--organisation", "ville", "--register", "actions", "--mapping", mapping, "--dry-run")
    assert "Écrivez la référence" in said.stdout + said.stderr and "«\u00a0Astreintes\u00a0»" in said.stdout + said.stderr


def test_a_hidden_record_is_named_like_one_that_does_not_exist(linked, tmp_path):
    """Whoever may not see a record learns nothing of it by naming it, and keeps the links to it that were there."""
    with linked.serve() as server:
        dpo = server.api(linked.add_token("ville", "dpo"))
        done = dpo.request("PUT", f"{SHEETS}/{linked.ids['Paie']}/access", json={"restricted": True, "people": [], "reason": "Contentieux"})
        assert done.status_code == 200, done.text
        api = server.api(linked.add_token("ville", "administrator"))

        def tried(text):
            mapping = {"columns": [{"heading": "Action", "target": "name"}, {"heading": "Sujet", "target": "processings"}]}
            answer = api.request("POST", f"{ACTIONS}/import?dry_run=yes", files={"file": ("plan.csv", "Action;Sujet\n" + text)}, data={"mapping": json.dumps(mapping)})
            assert answer.status_code == 200, answer.text
            return answer.json()
        for name in ("Paie", "TRT-0003"):
            hidden, missing = tried(f"A;{name}\n")["refused"][0], tried(f"A;{name}x\n")["refused"][0]
            assert hidden["code"] == missing["code"] == "link_not_found"
            assert hidden["arguments"] == {"value": name} and missing["arguments"] == {"value": name + "x"}
        hidden, missing = tried(f"A;{linked.ids['Paie']}\n")["refused"][0], tried("A;0190a7e4-0000-7000-8000-000000000000\n")["refused"][0]
        assert {**hidden, "id": ""} == {**missing, "id": ""} and hidden["code"] == "unknown_link"
        # What the reader exports names the hidden one by its id alone, and leaves it where it is.
        file = api.request("GET", f"{ACTIONS}/export?format=csv")
        again = api.request("POST", f"{ACTIONS}/import", files={"file": ("plan.csv", file.content)})
        assert again.json()["counts"]["unchanged"] == 3 and again.json()["counts"]["refused"] == 0, again.text
        assert "Paie" not in file.text
