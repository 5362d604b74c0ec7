"""The register comes in and goes out: by command, by page, by API. The CNIL's own
workbook: tests/acceptance."""
import json
import re

import pytest

SHEETS = "/organisations/ville/processings"


@pytest.fixture
def town(installation):
    installation.cli("organisation", "add", "ville", "--name", "Mairie de Bourg")
    installation.cli("organisation", "add", "autre", "--name", "Autre ville")
    return installation


def exported(town, fmt, organisation="ville", *more):
    return town.cli("export", "--organisation", organisation, "--register", "processings", "--format", fmt, "-o", "-", *more).stdout


def test_a_refused_record_is_said_with_its_place_and_the_others_come_in(town, tmp_path):
    source = tmp_path / "two.json"
    source.write_text(json.dumps([{"name": "Cantine"}, {"name": "Paie", "colour": "red"}]))
    done = town.cli.run("import", source, "--organisation", "ville", "--json")
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert report["counts"]["created"] == 1
    assert [entry["place"] for entry in report["refused"]] == ["[1].colour"]


def test_a_rehearsal_writes_nothing(town, tmp_path):
    source = tmp_path / "one.json"
    source.write_text(json.dumps({"name": "Cantine"}))
    report = json.loads(town.cli("import", source, "--organisation", "ville", "--dry-run", "--json").stdout)
    assert report["dry_run"] and report["counts"]["created"] == 1
    assert json.loads(exported(town, "json"))["items"] == []


def test_what_is_no_register_is_refused_in_words(town, tmp_path):
    source = tmp_path / "photo.ods"
    source.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    done = town.cli.run("import", source, "--organisation", "ville")
    assert done.returncode == 2 and done.stderr.strip()


def test_a_script_sends_and_fetches_a_register(town):
    token, reader, foreign = town.add_token("ville", "dpo"), town.add_token("ville", "reader"), town.add_token("autre", "dpo")
    body = json.dumps([{"reference": "R-1", "name": "=cmd|' /C calc'!A0"}])
    with town.serve() as server:
        api = server.api(token)
        headers = {"Content-Type": "application/json"}
        rehearsed = api.request("POST", f"{SHEETS}/import?dry_run=yes&name=x.json", data=body, headers=headers)
        assert rehearsed.status_code == 200, rehearsed.text
        assert api.get(f"{SHEETS}/export").json()["items"] == []
        report = api.request("POST", f"{SHEETS}/import", files={"file": ("x.json", body)})
        assert report.status_code == 200 and report.json()["counts"]["created"] == 1, report.text
        one, two = api.get(f"{SHEETS}/export?format=json"), api.get(f"{SHEETS}/export?format=json")
        assert one.content == two.content and one.headers["Content-Disposition"].startswith("attachment")
        assert json.loads(one.text)["items"][0]["name"].startswith("=cmd")
        assert "'=cmd" in api.get(f"{SHEETS}/export?format=csv").text
        assert api.get(f"{SHEETS}/export?format=nothing").status_code == 422
        assert api.get(f"{SHEETS}/export?at=2999-01-01").status_code == 422
        assert api.get(f"{SHEETS}/export?at=2001-01-01").json()["items"] == []
        assert api.get(f"{SHEETS}/export?q=introuvable").json()["items"] == []
        assert server.api(reader).request("POST", f"{SHEETS}/import", data=body, headers=headers).status_code == 403
        for method, act in (("GET", "export"), ("POST", "import")):
            assert server.api(foreign).request(method, f"{SHEETS}/{act}", data=body if method == "POST" else None, headers=headers).status_code == 404


def test_a_clerk_reads_the_report_before_anything_is_saved(town):
    password = town.add_user("dpo@ville.test", None, "--organisation", "ville", "--role", "dpo")
    body = json.dumps([{"reference": "R-1", "name": "Cantine <b>"}, {"name": ""}])
    with town.serve() as server:
        person = server.browser()
        person.sign_in("dpo@ville.test", password)
        form = person.get("/o/ville/processings/import")
        assert form.status_code == 200, form.text
        preview = person.submit(form, {"format": "auto", "file": None}, action="/import", files={"file": ("mes fiches.json", body)})
        assert preview.status_code == 200, preview.text
        assert "Cantine &lt;b&gt;" in preview.text and "[1]" in preview.text
        assert "Cantine" not in person.get("/o/ville/processings").text
        done = person.submit(preview, field="waiting")
        assert "run=" in done.url and done.status_code == 200, done.text
        assert "Cantine &lt;b&gt;" in person.get("/o/ville/processings").text
        stale = person.submit(preview, field="waiting")
        assert stale.status_code == 422
        unread = person.submit(form, {"format": "auto", "file": None}, action="/import", files={"file": ("x.ods", b"%PDF-1.4")})
        assert unread.status_code == 422
        assert person.get("/o/ville/processings/export?format=cnil-ods").content.startswith(b"PK")


def test_a_file_that_brings_nothing_says_so_and_leads_back(town, tmp_path):
    password = town.add_user("dpo@ville.test", None, "--organisation", "ville", "--role", "dpo")
    body = json.dumps([{"reference": "R-1", "name": "Cantine"}])
    source = tmp_path / "fiches.json"
    source.write_text(body)
    town.cli("import", source, "--organisation", "ville")
    with town.serve() as server:
        person = server.browser()
        person.sign_in("dpo@ville.test", password)
        form = person.get("/o/ville/processings/import")
        preview = person.submit(form, {"format": "auto", "file": None}, action="/import", files={"file": ("fiches.json", body)})
        assert preview.status_code == 200 and "Il n’y a rien à importer" in preview.text, preview.text
        [acts] = re.findall(r'<form class="g-inline mt-4".*?</form>', preview.text, re.DOTALL)
        assert "<button" not in acts and 'href="/o/ville/processings"' in acts and 'href="/o/ville/processings/import"' in acts
        more = person.submit(form, {"format": "auto", "file": None}, action="/import", files={"file": ("plus.json", body.replace("R-1", "R-2").replace("Cantine", "Paie"))})
        assert "Importer 1 fiche" in more.text and "Il n’y a rien à importer" not in more.text
