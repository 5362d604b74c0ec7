"""Who sees what inside one organisation: a contributor of one service, restricted records, an author from outside, an auditor.

One record is planted; then every address the program knows is asked for by those who may not see it, and none of its words
comes back. The addresses are the program's own table (`greffier doctor --routes --json`): a route that is added is swept.
"""
import io
import json
import re
import zipfile

import pytest

from route_values import PLAIN_VALUES

PASSWORD = "Les sept nains dorment sous un vieux chene"
TOWN = "/organisations/alpha/processings"
PLANTED = ["Zzplantee", "ZZREF-77", "zzproprio", "Zzmurmure", "zzpiece", "Zzmotif"]
FORMATS = ["json", "csv", "html", "ods", "xlsx", "cnil-ods"]

# Who may not see the planted record, and how they came in.
HIDDEN_FROM = ["administrator", "ciso", "reader", "auditor", "ecole", "dehors"]


def person_id(installation, email):
    people = json.loads(installation.cli("user", "list", "--json").stdout)["items"]
    return next(person["id"] for person in people if person["email"] == email)


def visitor(server, name):
    browser = server.browser()
    browser.sign_in(f"{name}@alpha.example", PASSWORD)
    return browser


@pytest.fixture(scope="module")
def town(shared_installation):
    cli = shared_installation.cli
    cli("organisation", "add", "alpha", "--name", "Ville Alpha")
    shared_installation.add_user("premiere@mairie.example", PASSWORD)
    roles = {"administrator": "administrator", "ciso": "ciso", "reader": "reader", "ecole": "contributor", "dehors": "external_author", "dpo": "dpo"}
    for name, role in roles.items():
        shared_installation.add_user(f"{name}@alpha.example", PASSWORD, "--organisation", "alpha", "--role", role)
    shared_installation.add_user("auditor@alpha.example", PASSWORD, "--organisation", "alpha", "--role", "auditor", "--until", "2099-12-31")
    return shared_installation


@pytest.fixture(scope="module")
def world(town, shared_server):
    """Two services, records of each, and the planted one; made through the program's own doors."""
    api = shared_server.api(town.add_token("alpha", "dpo"))
    profile = api.get("/organisations/alpha/profile").json()["items"][0]
    said = api.patch(f"/organisations/alpha/profile/{profile['id']}", {"services": [{"name": "École"}, {"name": "Voirie"}]}, headers={"If-Match": "*"})
    assert said.status_code == 200, said.text
    boss = visitor(shared_server, "administrator")
    page = boss.get("/o/alpha/people")
    assert "Voirie" in page.text, "the services of the profile are offered"
    limited = boss.post(f"/o/alpha/people/{person_id(town, 'ecole@alpha.example')}/role", {"csrf": boss.csrf(page), "role": "contributor", "services": "asked", "service": "École"})
    assert "done=role_changed" in limited.url and "pour École" in limited.text, limited.text[:500]

    field = api.post("/organisations/alpha/fields/processings", {"code": "voir", "kind": "link", "target": "processings", "label": {"fr": "Voir aussi", "en": "See also"}, "in_list": True})
    assert field.status_code == 201, field.text

    def add(**row):
        made = api.post(TOWN, {"purposes": [], **row})
        assert made.status_code == 201, made.text
        return made.json()["id"]
    planted = add(name="Gérer Zzplantee", reference="ZZREF-77", service="Voirie", owner={"name": "Zzproprio", "email": "zzproprio@alpha.example"}, notes="zzproprio")
    school = add(name="Gérer la cantine", service="école", custom={"voir": planted})
    roads = add(name="Gérer les astreintes", service="Voirie")
    nobody = add(name="Gérer le courrier")
    kept = api.request("POST", f"{TOWN}/{planted}/attachments", files={"file": ("zzpiece.txt", b"zzpiece", "text/plain")})
    assert kept.status_code == 201, kept.text
    comment = api.post(f"{TOWN}/{planted}/comments", {"body": "Zzmurmure @reader"})
    assert comment.status_code == 201, comment.text
    act = api.post(TOWN + "/bulk", {"act": "edit", "ids": [planted], "field": "service", "value": "Voirie"}).json()["id"]
    view = api.post(TOWN + "/views", {"name": "Tout", "state": "", "shared": True}).json()["id"]
    for name in ("reader", "administrator"):   # what they had at hand before it was restricted
        before = visitor(shared_server, name)
        shown = before.get(f"/o/alpha/processings/{planted}")
        assert shown.status_code == 200 and "Zzplantee" in shown.text
        before.post(f"/o/alpha/processings/{planted}/favourite", {"csrf": before.csrf(shown), "on": "yes"})
    # Records of other registers that point to it, and pages made of both.
    about = {"requests": {"rights": ["access"], "received_at": "2026-03-05T09:00:00.000Z", "searches": [{"processing": planted, "result": "found"}]},
             "breaches": {"title": "Clé perdue", "personal_data": True, "aware_at": "2026-03-03T09:20:00.000Z", "processings": [planted]},
             "transfers": {"name": "Lettre d’information", "importer": "Lettres SA", "importer_country": "US", "processings": [planted]}}
    beside = {}
    for register, row in about.items():
        made = api.post(f"/organisations/alpha/{register}", row)
        assert made.status_code == 201, made.text
        beside[register] = made.json()["id"]
    restricted = api.request("PUT", f"{TOWN}/{planted}/access", json={"restricted": True, "people": [], "reason": "Zzmotif"})
    assert restricted.status_code == 200 and restricted.json()["restricted"] is True, restricted.text
    named = api.request("PUT", f"{TOWN}/{roads}/access", json={"restricted": False, "people": [person_id(town, "dehors@alpha.example")]})
    assert named.status_code == 200, named.text
    return {"api": api, "planted": planted, "school": school, "roads": roads, "nobody": nobody, "profile": profile["id"], "beside": beside,
            "values": {**PLAIN_VALUES, "organisation": "alpha", "register": "processings", "id": planted, "number": "1", "attachment": kept.json()["id"], "comment": comment.json()["id"], "act": act, "view": view,
                       "list": "subject_category", "code": "minors", "what": "delete", "run": "0190f3a2-7c41-7d10-8a55-1c2d3e4f5061", "mapping": "0190f3a2-7c41-7d10-8a55-1c2d3e4f5061",
                       "job": "0190f3a2-7c41-7d10-8a55-1c2d3e4f5061", "review": "0190f3a2-7c41-7d10-8a55-1c2d3e4f5061", "passkey": "x", "session": "x", "token": "x", "slug": "x",
                       "movement": "0190f3a2-7c41-7d10-8a55-1c2d3e4f5061", "consent": "0190f3a2-7c41-7d10-8a55-1c2d3e4f5061", "founding": "0190f3a2-7c41-7d10-8a55-1c2d3e4f5061",
                       "provider": "x", "identity": "x", "reference": "x"}}


@pytest.fixture(scope="module")
def routes(town):
    return json.loads(town.cli("doctor", "--routes", "--json").stdout)["routes"]


def words_of(answer):
    """All that an answer says, also inside the files it hands over."""
    said = answer.text + json.dumps(dict(answer.headers))
    if answer.content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            said += "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return said


def tells_nothing(answer, about):
    said = words_of(answer)
    for word in PLANTED:
        assert word.lower() not in said.lower(), f"{about} tells {word}"


def fill(path, values):
    return re.sub(r"\{([a-z_.]+)\}", lambda match: values[match.group(1).rstrip(".")], path)


@pytest.mark.parametrize("name", HIDDEN_FROM)
def test_no_page_of_another_register_tells_of_a_record_it_points_to(world, shared_server, name):
    browser, seen = visitor(shared_server, name), 0
    more = {"requests": ["/letters/access", "/letters/acknowledgement"], "breaches": ["/dossier", "/letter"], "transfers": []}
    for register, record in world["beside"].items():
        for rest in ["", "/links", "/history", "/findings", "/edit", *more[register]]:
            answer = browser.get(f"/o/alpha/{register}/{record}{rest}", allow_redirects=False)
            tells_nothing(answer, f"{name}: {register}{rest}")
            seen += answer.status_code == 200
    officer = visitor(shared_server, "dpo")
    for register, rest in (("breaches", ""), ("requests", "/letters/access"), ("transfers", "")):
        assert "Zzplantee" in officer.get(f"/o/alpha/{register}/{world['beside'][register]}{rest}").text, f"{register}{rest} points nowhere"
    assert seen > 0 or name in ("ecole", "dehors"), "somebody of the house reads the request itself"


@pytest.mark.parametrize("name", HIDDEN_FROM)
def test_no_page_tells_of_a_hidden_record(world, routes, shared_server, name):
    browser, swept = visitor(shared_server, name), 0
    for route in routes:
        path = route["path"]
        if route["method"] != "GET" or path.startswith("/api/"):
            continue
        if "{" in path and "{organisation}" not in path:
            continue   # a link of somebody's own
        answer = browser.get(fill(path, world["values"]), allow_redirects=False)
        tells_nothing(answer, f"{name}: {path}")
        if "{register}/{id}" in path:
            assert answer.status_code in (403, 404), f"{name}: {path}: {answer.status_code}"
            if answer.status_code == 403:
                assert browser.get(fill(path, dict(world["values"], id="0190f3a2-7c41-7d10-8a55-1c2d3e4f5061")), allow_redirects=False).status_code == 403, f"{path} tells that it is there"
        swept += 1
    assert swept > 40


@pytest.mark.parametrize("name", HIDDEN_FROM)
def test_no_list_no_search_and_no_export_tells_of_it(world, shared_server, name):
    browser = visitor(shared_server, name)
    lists = ["", "?q=gerer", "?at=2099-01-01", "?deleted=yes", "?sort=updated", "?per_page=200", "?findings=advice", "?status=draft", "?columns=reference,service,custom.voir"]
    others = ["/o/alpha", "/o/alpha/search?q=gerer", "/search?q=gerer", "/search?q=ger", "/favourites", "/notifications", "/notifications?all=yes", "/organisations", "/o/alpha/findings", "/o/alpha/findings.json",
              "/o/alpha/findings.sarif", "/o/alpha/processings/lookup?q=gerer", "/o/alpha/processings/lookup?q=ZZREF-7", "/o/alpha/drafts", "/o/alpha/bulk-acts", f"/o/alpha/processings/{world['school']}",
              f"/o/alpha/processings/{world['school']}/history", f"/o/alpha/processings/{world['school']}/edit", f"/o/alpha/processings/{world['school']}/links", "/o/alpha/processings/new"]
    for address in ["/o/alpha/processings" + query for query in lists] + others + [f"/o/alpha/processings/export?format={one}" for one in FORMATS]:
        answer = browser.get(address)
        tells_nothing(answer, f"{name}: {address}")


@pytest.mark.parametrize("name,role", [("administrator", "administrator"), ("ciso", "ciso"), ("reader", "reader"), ("ecole", "contributor"), ("ecole", "reader"), ("dehors", "external_author")])
def test_no_call_of_the_api_tells_of_it(town, world, routes, shared_server, name, role):
    """A token sees what its maker sees, and no more."""
    api, swept = shared_server.api(town.add_token("alpha", role, "--user", f"{name}@alpha.example")), 0
    for route in routes:
        path = route["path"]
        if not path.startswith("/api/"):
            continue
        address = fill(path, world["values"]).removeprefix("/api/v1")
        if route["method"] == "GET":
            answer = api.get(address, params={"q": "gerer"} if path.endswith("/search") else {})
        elif "{register}/{id}" in path:
            body = {"status": "to_validate"} if path.endswith("/status") else {"body": "x"} if "/comments" in path else {"restricted": False, "people": []} if path.endswith("/access") else {}
            if path.endswith("/attachments"):
                answer = api.request(route["method"], address, files={"file": ("x.txt", b"x", "text/plain")})
            else:
                answer = api.request(route["method"], address, json=body, headers={"If-Match": "*"})
        else:
            continue
        tells_nothing(answer, f"{name} as {role}: {route['method']} {path}")
        if "{register}/{id}" in path:
            assert answer.status_code in (403, 404), f"{name}: {route['method']} {path}: {answer.status_code} {answer.text[:200]}"
        swept += 1
    for query in ("?q=gerer", "?at=2099-01-01T00:00:00Z", "?deleted=yes", "?per_page=200", "/export?format=json", f"/{world['school']}/links", f"/{world['school']}", f"/{world['school']}/versions"):
        tells_nothing(api.get(TOWN + query), f"{name}: {query}")
    assert swept > 30
    assert world["api"].get(f"{TOWN}/{world['planted']}").json()["name"] == "Gérer Zzplantee"


@pytest.mark.parametrize("name", ["administrator", "ciso", "reader", "ecole", "dehors"])
def test_no_form_changes_what_is_hidden(world, routes, shared_server, name):
    browser = visitor(shared_server, name)
    csrf = browser.csrf(browser.get("/account"))
    before = world["api"].get(f"{TOWN}/{world['planted']}").json()
    for route in routes:
        path = route["path"]
        if route["method"] != "POST" or "/o/{organisation}/{register}/{id}" not in path:
            continue
        data = {"csrf": csrf, "to": "to_validate", "name": "x", "body": "x", "on": "yes", "base_version": "1", "restricted": "no"}
        files = {"file": ("x.txt", b"x")} if path.endswith("/attachments") else None
        answer = browser.request("POST", fill(path, world["values"]), data=data, files=files, allow_redirects=False)
        assert answer.status_code in (403, 404), f"{name}: {path}: {answer.status_code}"
        tells_nothing(answer, f"{name}: {path}")
    assert world["api"].get(f"{TOWN}/{world['planted']}").json() == before


def test_a_contributor_of_a_service_works_on_its_records_and_no_others(town, world, shared_server):
    browser = visitor(shared_server, "ecole")
    shown = browser.get("/o/alpha/processings").text
    assert "Gérer la cantine" in shown and "Gérer les astreintes" not in shown and "Gérer le courrier" not in shown
    assert browser.get(f"/o/alpha/processings/{world['roads']}").status_code == 404
    sheet = browser.get(f"/o/alpha/processings/{world['school']}").text
    assert "que vous ne voyez pas" in sheet, "a link to a hidden record says nothing of it"
    assert browser.get(f"/o/alpha/profile/{world['profile']}").status_code == 200, "the organisation itself is everybody's"
    api = shared_server.api(town.add_token("alpha", "contributor", "--user", "ecole@alpha.example"))
    assert api.get(TOWN).json()["total"] == 1
    made = api.post(TOWN, {"name": "Gérer les voyages scolaires", "purposes": []})
    assert made.status_code == 201 and made.json()["service"] == "École", made.text
    assert api.post(TOWN, {"name": "Prendre", "service": "Voirie", "purposes": []}).status_code == 422
    taken = api.post(TOWN, {"name": "Même référence", "reference": "ZZREF-77", "purposes": []})
    assert taken.status_code == 422
    assert "Zzplantee" not in taken.text
    assert api.get(TOWN + "/export?format=json").json()["covers"] == "what_its_author_may_see"
    assert "Étendue" in browser.get("/o/alpha/processings/export?format=html").text


def test_an_author_from_outside_sees_what_names_them(world, shared_server):
    browser = visitor(shared_server, "dehors")
    shown = browser.get("/o/alpha/processings").text
    assert "Gérer les astreintes" in shown and "Gérer la cantine" not in shown
    assert browser.get(f"/o/alpha/processings/{world['roads']}/edit").status_code == 200
    assert browser.get(f"/o/alpha/processings/{world['school']}").status_code == 404


def test_who_answers_for_data_protection_sees_it_and_is_noted(world, shared_server):
    dpo = visitor(shared_server, "dpo")
    page = dpo.get(f"/o/alpha/processings/{world['planted']}")
    assert page.status_code == 200 and "Restreinte" in page.text
    journal = dpo.get("/o/alpha/journal?event=restricted_read")
    assert "Fiche restreinte lue" in journal.text and world["planted"] in journal.text
    assert "Zzplantee" not in journal.text, "the journal holds no title"
    history = dpo.get(f"/o/alpha/processings/{world['planted']}/history").text
    assert "Fiche restreinte" in history and "Zzmotif" in history


def test_a_person_named_sees_a_restricted_record_until_named_no_more(town, world, shared_server):
    api, reader = world["api"], visitor(shared_server, "reader")
    other = api.post(TOWN, {"name": "Gérer une sanction", "purposes": []}).json()["id"]
    page = visitor(shared_server, "dpo").get(f"/o/alpha/processings/{other}/access")
    assert page.status_code == 200 and "reader@alpha.example" in page.text and f'value="{person_id(town, "dpo@alpha.example")}"' not in page.text

    dpo = visitor(shared_server, "dpo")
    form = dpo.get(f"/o/alpha/processings/{other}/access")
    silent = dpo.post(f"/o/alpha/processings/{other}/access", {"csrf": dpo.csrf(form), "_version": "1", "restricted": "yes"})
    assert silent.status_code == 422 and "Motif" in silent.text
    said = dpo.post(f"/o/alpha/processings/{other}/access", {"csrf": dpo.csrf(form), "_version": "1", "restricted": "yes", "reason": "Enquête en cours", "named": person_id(town, "reader@alpha.example")})
    assert "done=access_changed" in said.url, said.text[:500]
    assert reader.get(f"/o/alpha/processings/{other}").status_code == 200
    assert visitor(shared_server, "ciso").get(f"/o/alpha/processings/{other}").status_code == 404
    assert api.request("PUT", f"{TOWN}/{other}/access", json={"restricted": True, "people": []}).status_code == 200
    assert reader.get(f"/o/alpha/processings/{other}").status_code == 404
    wrong = api.request("PUT", f"{TOWN}/{other}/access", json={"restricted": False, "people": [], "seen": 1})
    assert wrong.status_code == 422 and wrong.json()["errors"][0]["field"] == "seen"
    assert api.request("PUT", f"{TOWN}/{other}/access", json={"restricted": False, "people": [], "reason": "Enquête close"}).status_code == 200
    assert reader.get(f"/o/alpha/processings/{other}").status_code == 200


def test_a_copy_of_a_restricted_record_is_restricted_to_the_same_people(town, world, shared_server):
    api, reader, school = world["api"], visitor(shared_server, "reader"), visitor(shared_server, "ecole")
    kept = api.post(TOWN, {"name": "Enquête interne", "service": "École", "purposes": [{"kind": "main", "text": "Enquêter"}]}).json()["id"]
    put = api.request("PUT", f"{TOWN}/{kept}/access", json={"restricted": True, "people": [person_id(town, "reader@alpha.example")], "reason": "Enquête"})
    assert put.status_code == 200, put.text
    by_api = api.post(f"{TOWN}/{kept}/duplicate", {}).json()["id"]
    dpo = visitor(shared_server, "dpo")
    form = dpo.get(f"/o/alpha/processings/{kept}/duplicate")
    saved = dpo.submit(form, {"name": "Enquête bis"}, field="_form")
    assert saved.status_code == 200
    by_page = saved.url.split("?")[0].rsplit("/", 1)[1]
    for copy in (by_api, by_page):
        said = api.get(f"{TOWN}/{copy}/access").json()
        assert said["restricted"] is True and [one["id"] for one in said["people"]] == [person_id(town, "reader@alpha.example")], copy
        assert reader.get(f"/o/alpha/processings/{copy}").status_code == 200
        assert school.get(f"/o/alpha/processings/{copy}").status_code == 404


def test_an_import_takes_a_hidden_record_for_an_unknown_one(town, world, shared_server):
    api = shared_server.api(town.add_token("alpha", "administrator", "--user", "administrator@alpha.example"))
    row = {"id": world["planted"], "reference": "ZZREF-77", "register": "processings", "name": "Reprise", "purposes": []}
    report = api.request("POST", TOWN + "/import?format=json", data=json.dumps([row]), headers={"Content-Type": "application/json"})
    assert "Gérer Zzplantee" not in report.text and "zzproprio" not in report.text
    assert world["api"].get(f"{TOWN}/{world['planted']}").json()["name"] == "Gérer Zzplantee"


def test_a_service_that_takes_another_name_takes_it_in_the_roles_limited_to_it(town, world, shared_server):
    api, profile = world["api"], f"/organisations/alpha/profile/{world['profile']}"
    boss = visitor(shared_server, "administrator")
    people = lambda: json.loads(town.cli("user", "list", "--json").stdout)["items"]
    names = lambda: next(person["roles"][0]["services"] for person in people() if person["email"] == "ecole@alpha.example")
    rename = lambda *services: api.patch(profile, {"services": [{"name": name} for name in services]}, headers={"If-Match": "*"})
    assert rename("Enfance et jeunesse", "Voirie").status_code == 200
    # Records still bear the former name: whoever wrote them goes on seeing them.
    assert names() == ["École", "Enfance et jeunesse"]
    school = visitor(shared_server, "ecole")
    assert school.get(f"/o/alpha/processings/{world['school']}").status_code == 200
    assert api.patch(f"{TOWN}/{world['school']}", {"service": "Enfance et jeunesse"}, headers={"If-Match": "*"}).status_code == 200
    assert school.get(f"/o/alpha/processings/{world['school']}").status_code == 200
    assert rename("Jeunesse", "Voirie").status_code == 200
    assert names() == ["École", "Enfance et jeunesse", "Jeunesse"]
    journal = boss.get("/o/alpha/journal?event=services_renamed")
    assert journal.text.count("Service renommé dans des rôles") >= 3 and "rôles\u00a0: 1" in journal.text, "two lines, and the choice of the filter"
    # What is neither moved nor renamed concerns no role; and a list that grew says nothing.
    assert rename("Jeunesse", "Voirie", "Police").status_code == 200
    assert names() == ["École", "Enfance et jeunesse", "Jeunesse"]
    assert rename("École", "Voirie").status_code == 200
    assert api.patch(f"{TOWN}/{world['school']}", {"service": "école"}, headers={"If-Match": "*"}).status_code == 200
