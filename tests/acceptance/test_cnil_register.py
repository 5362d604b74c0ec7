"""What the main job promises, on the CNIL's own workbook: it comes in once and whole, is kept, examined, and goes out."""
import json
import shutil
import subprocess

import pytest

EMPTY = (None, False, [], {}, "")


@pytest.fixture
def workbook(samples):
    return samples / "cnil" / "registre-traitement-simplifie.ods"


@pytest.fixture
def demo(installation):
    installation.cli("organisation", "add", "demo", "--name", "Commune de Démo")
    return installation


def exported(town, organisation="demo"):
    return json.loads(town.cli("export", "--organisation", organisation, "--register", "processings", "--format", "json", "-o", "-").stdout)


def said(value):
    """What somebody wrote: without empty members, and without what each organisation makes of its own."""
    if isinstance(value, dict):
        own = ("id", "created_at", "updated_at", "updated_by", "version", "register")
        return {name: said(part) for name, part in value.items() if name not in own and part not in EMPTY}
    return [said(part) for part in value] if isinstance(value, list) else value


def kept_for_five_years(category, description):
    return {"category": category, "description": description, "retention_period": "P5Y", "retention_start": "payment",
            "retention_text": "5 ans à compter du versement de la paie"}


PAYROLL = {
    "reference": "1 - Exemple", "name": "Gestion de la paie", "status": "draft", "role": "controller",
    "sheet_created_on": "2018-05-26", "sheet_updated_on": "2019-05-13",
    "purposes": [{"kind": "main", "text": "Gestion de la paie"},
                 {"kind": "secondary", "text": "Calcul des rémunérations"},
                 {"kind": "secondary", "text": "Calcul du montant des versements adressés aux organismes sociaux"},
                 {"kind": "secondary", "text": "Ordre de virement à la banque"}],
    "data_categories": [kept_for_five_years("identity", "Noms, prénoms, adresses"), kept_for_five_years("economic", "RIB"),
                        kept_for_five_years("nir", "Numéros de sécurité sociale des salariés")],
    "subject_categories": [{"category": "employees"}],
    "recipients": [{"type": "internal_service", "details": "Dir. Administrative et Financière"},
                   {"type": "partner", "details": "Organismes sociaux"},
                   {"type": "third_country", "details": "Banque d'Andorre"}],
    "measures": [{"type": "software_protection"}, {"type": "backup"}, {"type": "access_control"}],
    "transfers": [{"recipient": "Banque d'Andorre", "country": "AD", "tool": "scc", "document": "Contrat en date du 23/01/2018"}],
    "stated_actors": [
        {"role": role, "name": name, "address": "1 rue Rivoli", "postcode": "75001", "city": "Paris", "country": "France",
         "phone": "01 xx xx xx xx", "email": email}
        for role, name, email in (("controller", "Louise DUPONT", "exemple1@ets.com"), ("dpo", "Martin HENRI", "exemple2@ets.com"))],
}


def test_the_filled_example_comes_in_as_one_record_with_every_field_in_its_place(demo, workbook):
    report = json.loads(demo.cli("import", workbook, "--organisation", "demo", "--json").stdout)
    assert report["counts"]["created"] == 1 and report["counts"]["refused"] == 0
    aside = {(entry["code"], entry["place"]) for name in ("skipped", "repaired", "differing") for entry in report[name]}
    assert aside >= {("sheet_unused", "3_-_Modèle_de_fiche_de_registre!A3"), ("list_row_joined", "2_-_Liste_des_traitements!A9"),
                     ("example_record", "4_-_Exemple_de_fiche!A3"), ("actor_differs.dpo", "4_-_Exemple_de_fiche!B11")}
    [record] = exported(demo)["items"]
    assert said(record) == PAYROLL


def test_a_second_import_changes_nothing(demo, workbook):
    demo.cli("import", workbook, "--organisation", "demo")
    before = exported(demo)
    again = json.loads(demo.cli("import", workbook, "--organisation", "demo", "--json").stdout)
    assert again["counts"]["unchanged"] == 1 and again["counts"]["created"] == again["counts"]["updated"] == 0
    assert exported(demo) == before


def test_the_workbook_handed_out_loses_nothing_and_opens_in_an_office(demo, workbook, tmp_path):
    demo.cli("organisation", "add", "autre", "--name", "Autre commune")
    demo.cli("import", workbook, "--organisation", "demo")
    ours = tmp_path / "registre.ods"
    demo.cli("export", "--organisation", "demo", "--register", "processings", "--format", "cnil-ods", "-o", ours)
    demo.cli("import", ours, "--organisation", "autre")
    assert [said(item) for item in exported(demo, "autre")["items"]] == [PAYROLL]
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    subprocess.run([office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf", "--outdir", tmp_path, ours],
                   check=True, capture_output=True, timeout=180)
    assert (tmp_path / "registre.pdf").read_bytes().startswith(b"%PDF")


def test_a_workbook_is_examined_without_any_installation(command, workbook, tmp_path):
    done = command.run("lint", workbook, "--format", "sarif", "--data", tmp_path / "none")
    assert done.returncode in (0, 1), done.stderr
    log = json.loads(done.stdout)
    assert log["version"] == "2.1.0" and log["runs"][0]["tool"]["driver"]["name"] == "Greffier"
    rules = {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    results = log["runs"][0]["results"]
    assert results and {result["ruleId"] for result in results} <= rules
    assert "4_-_Exemple_de_fiche" in json.dumps(results), "each finding says its sheet"
    assert not (tmp_path / "none").exists()


def test_five_edits_are_five_versions_and_each_state_can_be_asked_for(demo, workbook):
    demo.cli("import", workbook, "--organisation", "demo")
    with demo.serve() as server:
        api = server.api(demo.add_token("demo", "dpo"))
        [record] = api.get("/organisations/demo/processings").json()["items"]
        address = "/organisations/demo/processings/" + record["id"]
        for number in range(1, 6):
            changed = api.request("PATCH", address, json={"service": f"Service {number}"}, headers={"If-Match": f'"{number}"'})
            assert changed.status_code == 200, changed.text
        history = api.get(address + "/versions").json()["items"]
        assert [act["version"] for act in history] == [6, 5, 4, 3, 2, 1]
        assert all(act["changed_fields"] == ["service"] for act in history[:5])
        for act, service in zip(history, ["Service 5", "Service 4", "Service 3", "Service 2", "Service 1", None]):
            assert api.get(f"{address}?at={act['recorded_at']}").json()["service"] == service
    checks = json.loads(demo.cli("doctor", "--json").stdout)["items"]
    [ledger] = [check for check in checks if check["check"] == "ledger"]
    assert ledger["state"] == "ok" and ledger["arguments"]["count"] == "7", "one entry a write, and the root recomputes"
