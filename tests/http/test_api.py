"""A script keeps a town's register through the API, from its first record to a past state of it."""
import json
import re
import hashlib
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest

TOWN = "/organisations/ville"
SHEETS = TOWN + "/processings"
COMMON = {"id", "register", "reference", "version", "status", "created_at", "updated_at", "updated_by", "deleted_at", "custom"}


@pytest.fixture(scope="module")
def tokens(shared_installation):
    shared_installation.cli("organisation", "add", "ville", "--name", "Ville")
    shared_installation.cli("organisation", "add", "autre", "--name", "Autre")
    return {role: shared_installation.add_token("ville", role) for role in ("dpo", "contributor", "reader")} | {
        "other": shared_installation.add_token("autre", "dpo")}


@pytest.fixture(scope="module")
def api(tokens, shared_server):
    return shared_server.api(tokens["dpo"])


def add(api, name, **more):
    answer = api.post(SHEETS, {"name": name, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def address(record):
    return f"{SHEETS}/{record['id']}"


def problem(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status and body["code"] and body["detail"]
    assert all(set(error) == {"field", "code", "message"} for error in body["errors"])
    assert not body["detail"].startswith("error."), "a key without words"
    assert not any(error["message"].startswith("error.") for error in body["errors"]), body["errors"]
    return body


def codes(answer, status=422):
    return {(error["field"], error["code"]) for error in problem(answer, status)["errors"]}


def test_nobody_enters_without_a_token(shared_server, tokens):
    for wrong in (None, "", "x" * 40):
        answer = shared_server.api(wrong).get(SHEETS)
        problem(answer, 401)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_reader_reads_and_does_not_write(shared_server, tokens, api):
    made = add(api, "Lire")
    reader = shared_server.api(tokens["reader"])
    assert reader.get(address(made)).status_code == 200
    problem(reader.post(SHEETS, {"name": "x"}), 403)
    problem(reader.delete(address(made), headers={"If-Match": "*"}), 403)


def test_a_token_of_another_town_meets_nothing(shared_server, tokens, api):
    made = add(api, "Secret")
    other = shared_server.api(tokens["other"])
    problem(other.get(TOWN), 404)
    problem(other.get(address(made)), 404)
    problem(other.get(f"/organisations/autre/processings/{made['id']}"), 404)
    problem(other.patch(f"/organisations/autre/processings/{made['id']}", {"name": "x"}, headers={"If-Match": "*"}), 404)
    assert [item["slug"] for item in other.get("/organisations").json()["items"]] == ["autre"]


def test_organisations_and_their_profile(api):
    listed = api.get("/organisations").json()
    assert listed["total"] == 1 and listed["items"][0]["slug"] == "ville"
    assert "processings" in api.get(TOWN).json()["registers"]
    profile = api.get(TOWN + "/profile").json()
    assert profile["total"] == 1
    one = api.get(f"{TOWN}/profile/{profile['items'][0]['id']}")
    assert one.json() == profile["items"][0]
    assert problem(api.post(TOWN + "/profile", {"name": "Deux"}), 409)["code"] == "single_record"
    problem(api.get(TOWN + "/nothing"), 404)


def test_a_record_is_one_flat_object_and_can_be_sent_back(api):
    answer = api.post(SHEETS, {"name": "Gérer la cantine", "purposes": [{"kind": "main", "text": "Nourrir les enfants"}]})
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert answer.headers["Location"].endswith("/api/v1" + address(made))
    assert answer.headers["ETag"] == '"1"'
    assert COMMON <= set(made) and made["register"] == "processings" and made["status"] == "draft"
    assert uuid.UUID(made["purposes"][0]["id"])
    assert made["service"] is None
    got = api.get(address(made))
    assert got.json() == made and got.headers["ETag"] == '"1"'
    again = api.put(address(made), made, headers={"If-Match": '"1"'})
    assert again.status_code == 200 and again.json() == made, "saving nothing writes no version"
    moved = {**made, "status": "validated", "version": 8}
    assert codes(api.put(address(made), moved, headers={"If-Match": '"1"'})) == {("status", "read_only"), ("version", "read_only")}


def test_merge_patch_keeps_what_it_does_not_name(api):
    made = add(api, "Patch", service="Écoles", purposes=[{"kind": "main", "text": "Un"}, {"kind": "secondary", "text": "Deux"}])
    for kind in ("application/merge-patch+json", "application/json"):
        tag = api.get(address(made)).headers["ETag"]
        answer = api.request("PATCH", address(made), data=f'{{"service": "{kind}"}}', headers={"If-Match": tag, "Content-Type": kind})
        assert answer.status_code == 200, answer.text
    now = api.get(address(made)).json()
    assert now["purposes"] == made["purposes"] and now["service"] == "application/json"
    kept = api.patch(address(made), {"purposes": made["purposes"][1:], "service": None}, headers={"If-Match": '"3"'}).json()
    assert kept["purposes"] == made["purposes"][1:] and kept["service"] is None
    answer = api.request("PATCH", address(made), data="service: x", headers={"If-Match": '"4"', "Content-Type": "text/yaml"})
    problem(answer, 415)


def test_writes_name_the_version_they_change(api):
    made = add(api, "Versions")
    for verb in (api.put, api.patch):
        problem(verb(address(made), {"name": "x"}), 428)
        assert problem(verb(address(made), {"name": "x"}, headers={"If-Match": '"9"'}), 412)["code"] == "stale"
    problem(api.delete(address(made)), 428)
    assert api.patch(address(made), {"name": "Mien"}, headers={"If-Match": '"1"'}).status_code == 200
    problem(api.patch(address(made), {"name": "Sien"}, headers={"If-Match": '"1"'}), 412)
    assert api.get(address(made)).json()["name"] == "Mien"


def test_what_cannot_be_read_is_400_and_what_is_wrong_is_422(api):
    def post(data, kind="application/json"):
        return api.request("POST", SHEETS, data=data, headers={"Content-Type": kind})
    problem(post(b'{"name": '), 400)
    problem(post(b'["x"]'), 400)
    problem(post(b'{"name": "\xff"}'), 400)
    problem(post(b'{"a":' * 5000 + b"1" + b"}" * 5000), 400)
    problem(post(b"name=x", "application/x-www-form-urlencoded"), 415)
    problem(post(b'{"name": "' + b"x" * 3_000_000 + b'"}'), 413)
    assert codes(api.post(SHEETS, {})) == {("name", "required")}
    assert ("titre", "unknown_field") in codes(api.post(SHEETS, {"name": "x", "titre": "y"}))
    assert codes(api.post(SHEETS, {"name": "x" * 301})) == {("name", "too_long")}
    assert codes(api.post(SHEETS, {"name": 7})) == {("name", "wrong_kind")}
    assert codes(api.post(SHEETS, {"name": "x", "start_date": "2026-02-30"})) == {("start_date", "not_a_date")}
    assert codes(api.post(SHEETS, {"name": "x", "purposes": [{"kind": "nothing"}]})) == {("purposes[0].kind", "unknown_choice")}
    answer = api.request("DELETE", SHEETS)
    problem(answer, 405)
    assert "GET" in answer.headers["Allow"] and "POST" in answer.headers["Allow"]


def test_the_life_of_a_record_goes_by_acts(shared_server, tokens, api):
    made = add(api, "Vie")
    contributor = shared_server.api(tokens["contributor"])
    proposed = contributor.post(address(made) + "/status", {"status": "to_validate"})
    assert proposed.status_code == 200 and proposed.json()["status"] == "to_validate", proposed.text
    problem(contributor.post(address(made) + "/status", {"status": "draft", "reason": "x"}), 403)
    assert codes(api.post(address(made) + "/status", {"status": "draft"})) == {("reason", "required")}
    assert codes(api.post(address(made) + "/status", {"status": "lost"})) == {("status", "unknown_choice")}
    refused = problem(api.post(address(made) + "/status", {"status": "validated"}), 409)
    assert refused["code"] == "blocked_by_findings"
    decided = api.post(address(made) + "/status", {"status": "validated", "decided_by": "La maire", "decided_on": "2026-01-15"})
    assert decided.status_code == 200, decided.text
    tag = decided.headers["ETag"]
    assert decided.json()["validated_on"]
    asked = problem(api.patch(address(made), {"name": "Autre vie"}, headers={"If-Match": tag}), 409)
    assert asked["code"] == "changes_validated_unanswered"
    kept = api.patch(address(made) + "?changes_validated=no", {"name": "Autre vie"}, headers={"If-Match": tag})
    assert kept.json()["status"] == "validated"
    back = api.patch(address(made) + "?changes_validated=yes", {"name": "Encore"}, headers={"If-Match": kept.headers["ETag"]})
    assert back.json()["status"] == "to_validate"
    reviewed = api.post(address(made) + "/review", {"reviewer": "Claire", "next_review": "2099-01-01"})
    assert reviewed.status_code == 200 and reviewed.json()["next_review"] == "2099-01-01", reviewed.text
    [act] = [item for item in api.get(address(made) + "/versions").json()["items"] if (item["action"], item["status"]) == ("status", "validated")]
    assert (act["decided_by"], act["decided_on"]) == ("La maire", "2026-01-15")


def test_delete_and_restore(api):
    made = add(api, "Éphémère")
    assert api.delete(address(made), headers={"If-Match": '"1"'}).status_code == 204
    problem(api.get(address(made)), 404)
    assert made["id"] in [item["id"] for item in api.get(SHEETS + "?deleted=yes&per_page=200").json()["items"]]
    back = api.post(address(made) + "/restore")
    assert back.status_code == 200 and back.json()["version"] == 3, back.text
    problem(api.post(address(made) + "/restore"), 409)


def test_one_key_creates_one_record_however_often_and_at_once(api):
    key = {"Idempotency-Key": str(uuid.uuid4())}
    before = api.get(SHEETS).json()["total"]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: api.post(SHEETS, {"name": "Une fois"}, headers=key), range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1 and len({answer.headers["Location"] for answer in answers}) == 1
    assert api.get(SHEETS).json()["total"] == before + 1
    assert problem(api.post(SHEETS, {"name": "Autre"}, headers=key), 422)["code"] == "key_reused"


def test_lists_filter_sort_and_page(installation):
    installation.cli("organisation", "add", "ville", "--name", "Ville")
    token = installation.add_token("ville", "dpo")
    with installation.serve() as server:
        api = server.api(token)
        for number in range(12):
            add(api, f"Traitement {number:02}", tags=["hr"] if number % 3 == 0 else [])
        first = api.get(SHEETS + "?per_page=5&sort=-name").json()
        assert {"items", "page", "per_page", "total"} <= set(first)
        assert (first["total"], first["page"], first["per_page"]) == (12, 1, 5)
        assert [item["name"] for item in first["items"]] == [f"Traitement {number:02}" for number in (11, 10, 9, 8, 7)]
        seen, after = [], ""
        while after is not None:
            page = api.get(SHEETS + "?per_page=5&sort=-updated" + (f"&after={after}" if after else "")).json()
            seen += [item["id"] for item in page["items"]]
            after = page["next"]
        assert len(seen) == len(set(seen)) == 12
        assert api.get(SHEETS + "?filter=tags:hr").json()["total"] == 4
        assert api.get(SHEETS, params={"q": "traitement 07"}).json()["total"] == 1
        assert api.get(SHEETS + "?status=draft").json()["total"] == 12
        assert api.get(SHEETS + "?page=99").json()["items"] == []
        for bad in ("per_page=201", "page=0", "sort=nothing", "status=nothing", "after=nothing", "at=nothing"):
            problem(api.get(SHEETS + "?" + bad), 422)


def test_the_past_answers_as_it_stood(installation):
    installation.cli("organisation", "add", "ville", "--name", "Ville")
    token = installation.add_token("ville", "dpo")
    with installation.serve() as server:
        api = server.api(token)
        made = add(api, "Avant")
        then = made["updated_at"]
        assert api.patch(address(made), {"name": "Après"}, headers={"If-Match": '"1"'}).status_code == 200
        past = api.get(address(made), params={"at": then}).json()
        assert past["name"] == "Avant" and past["version"] == 1 and past["at"] == then
        listed = api.get(SHEETS, params={"at": then}).json()
        assert [item["name"] for item in listed["items"]] == ["Avant"] and listed["at"] == then
        problem(api.get(address(made) + "?at=2001-01-01"), 404)
        assert api.get(SHEETS + "?at=2001-01-01").json()["total"] == 0
        tomorrow = datetime.now(timezone.utc) + timedelta(days=2)
        problem(api.get(SHEETS, params={"at": tomorrow.date().isoformat()}), 422)
        problem(api.get(address(made), params={"at": tomorrow.isoformat()}), 422)


def test_versions_findings_and_links_are_lists(api):
    made = add(api, "Un")
    assert api.patch(address(made), {"name": "Deux"}, headers={"If-Match": '"1"'}).status_code == 200
    versions = api.get(address(made) + "/versions").json()
    assert [item["version"] for item in versions["items"]] == [2, 1]
    assert versions["items"][0]["changed_fields"] == ["name"] and versions["items"][0]["action"] == "update"
    assert api.get(address(made) + "/versions/1").json()["name"] == "Un"
    problem(api.get(address(made) + "/versions/9"), 404)
    findings = api.get(address(made) + "/findings").json()
    assert findings["total"] > 0
    for item in findings["items"]:
        assert item["severity"] in ("blocking", "major", "minor", "advice") and item["rule"] and item["message"], item
    order = [("advice", "minor", "major", "blocking").index(item["severity"]) for item in findings["items"]]
    assert order == sorted(order, reverse=True)
    assert api.get(address(made) + "/links").json()["total"] == 0


def test_attachments_are_sealed_served_safely_and_kept_by_the_past(shared_installation, api):
    made = add(api, "Pièces")
    content = b"%PDF-1.7\n" + b"ligne tout a fait reconnaissable\n" * 90_000
    answer = api.request("POST", address(made) + "/attachments", files={"file": ("Contrat signé.pdf", content, "text/html")},
                         data={"description": "Signé"})
    assert answer.status_code == 201, answer.text
    item = answer.json()
    assert (item["type"], item["size"], item["name"], item["description"]) == ("application/pdf", len(content), "Contrat signé.pdf", "Signé")
    assert item["sha256"] == hashlib.sha256(content).hexdigest()
    assert api.get(address(made)).json()["attachments"] == [item]
    assert api.get(address(made) + "/attachments").json()["items"] == [item]
    place = address(made) + "/attachments/" + item["id"]
    got = api.get(place)
    assert got.content == content
    assert got.headers["Content-Disposition"].startswith("attachment;") and "filename*=UTF-8''Contrat%20sign%C3%A9.pdf" in got.headers["Content-Disposition"]
    assert got.headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in got.headers["Content-Security-Policy"]
    for file in shared_installation.data_directory.rglob("*"):
        if file.is_file():
            assert b"tout a fait reconnaissable" not in file.read_bytes(), file
    assert api.delete(place).status_code == 204
    assert api.get(address(made) + "/attachments").json()["total"] == 0
    assert api.get(place).content == content, "a past version held it"
    raw = api.request("POST", address(made) + "/attachments?name=note.txt", data=b"bonjour", headers={"Content-Type": "application/octet-stream"})
    assert raw.status_code == 201 and raw.json()["type"] == "text/plain", raw.text
    large = api.request("POST", address(made) + "/attachments", files={"file": ("gros.bin", b"x" * (20 * 1024 * 1024 + 1))})
    problem(large, 413)
    problem(api.get(address(made) + "/attachments/" + str(uuid.uuid4())), 404)


def test_a_damaged_attachment_is_never_served_whole(shared_installation, api):
    made = add(api, "Abîmée")
    content = uuid.uuid4().bytes * 20_000
    before = set((shared_installation.data_directory / "attachments").rglob("*"))
    item = api.request("POST", address(made) + "/attachments", files={"file": ("a.bin", content)}).json()
    [sealed] = [file for file in (shared_installation.data_directory / "attachments").rglob("*") if file not in before and file.is_file()]
    broken = bytearray(sealed.read_bytes())
    broken[100] ^= 1
    sealed.write_bytes(broken)
    answer = api.get(address(made) + "/attachments/" + item["id"])
    assert answer.status_code == 500 and str(sealed) not in answer.text


def test_the_description_is_public_and_names_what_is_there(shared_server, api):
    document = shared_server.api(None).get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    base = "/api/v1/organisations/{organisation}/processings"
    assert {"get", "post"} <= set(document["paths"][base]) and {"get", "put", "patch", "delete"} <= set(document["paths"][base + "/{id}"])
    properties = document["components"]["schemas"]["processings"]["properties"]
    assert set(properties) == set(add(api, "Décrit"))


def test_every_route_of_the_api_is_in_its_description(shared_installation, shared_server):
    """Whichever part of the house a route belongs to: what the program answers under /api/v1, its description says, in words."""
    routes = [route for route in json.loads(shared_installation.cli("doctor", "--routes", "--json").stdout)["routes"] if route["path"].startswith("/api/v1/")]
    document = shared_server.api(None).get("/openapi.json").json()
    paths, known = document["paths"], document["components"]["parameters"]
    for part in ("/deadlines/{kind}", "/public-pages", "/deliveries", "/consents/link", "/{register}/messages", "/objections/check", "/{register}/import", "/{register}/export", "/invitations"):
        assert any(route["path"].endswith(part) for route in routes), f"no such route any more: {part}"
    described = set()
    for route in routes:
        method = route["method"].lower()
        pattern = re.compile(re.escape(route["path"]).replace(re.escape("{register}"), "[a-z-]+"))
        found = [path for path in paths if pattern.fullmatch(path) and method in paths[path]]
        assert found, f"{route['method']} {route['path']} is not in the description"
        for path in found:
            operation = paths[path][method]
            described.add((path, method))
            assert operation.get("summary") and re.fullmatch("[a-z_]+", operation["operationId"]), f"{method} {path} has no words"
            given = [known[parameter["$ref"].rsplit("/", 1)[1]] if "$ref" in parameter else parameter for parameter in operation.get("parameters", [])]
            in_path = {parameter["name"] for parameter in given if parameter["in"] == "path" and parameter["required"]}
            assert set(re.findall(r"{([a-z]+)}", path)) == in_path, f"{method} {path}: the parameters of its address are not those described"
    ids = [operation["operationId"] for item in paths.values() for operation in item.values()]
    assert len(ids) == len(set(ids)), f"two operations of one name: {sorted(each for each in set(ids) if ids.count(each) > 1)}"
    assert described == {(path, method) for path, item in paths.items() for method in item}, "the description names what is not routed"
