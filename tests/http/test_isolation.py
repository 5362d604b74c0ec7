"""Sealed rooms: whoever calls any route with another organisation's ids meets a 404, as if there were nothing.

The sweep asks the program for its own table of routes (`greffier doctor --routes --json`), so a route that is
added without a value for one of its parameters, or that leaks, fails here.
"""
import json
import re

import pytest

from route_values import PLAIN_VALUES

OWNER, OWNER_PASSWORD = "premiere@mairie.example", "Une installation a toujours un premier compte"
PERSON, PASSWORD = "agent@alpha.example", "Les sept nains dorment sous un vieux chene"
ROLES = ["administrator", "dpo", "dpo_assistant", "representative", "ciso", "contributor", "reader", "auditor", "external_author"]
STRANGER, STRANGER_PASSWORD = "agent@beta.example", "Blanche-Neige a mange la pomme du jardin"
BETA = "/organisations/beta/processings"

# Routes that name no organisation, each with the test below that answers for it ("" when there is nothing of anybody's to see).
WITHOUT_ORGANISATION = {
    "GET /": "", "GET /healthz": "", "GET /readyz": "", "GET /metrics": "", "GET /sign-in": "", "POST /sign-in": "", "POST /sign-out": "", "POST /preferences": "",
    "GET /setup/{token}": "secret", "POST /setup/{token}": "secret", "GET /welcome/{token}": "secret", "POST /welcome/{token}": "secret",
    "GET /reset/{token}": "secret", "POST /reset/{token}": "secret", "GET /mail/stop/{token}": "secret", "POST /mail/stop/{token}": "secret",
    "GET /forgotten-password": "", "POST /forgotten-password": "", "POST /account/mail": "own",
    "GET /installation/mail": "installation", "POST /installation/mail/{id}/retry": "installation", "POST /installation/mail/{id}/remove": "installation",
    "GET /organisations": "own", "GET /organisations/search": "own", "GET /account": "own", "POST /account": "own", "POST /account/password": "own",
    "GET /sign-in/second-factor": "", "POST /sign-in/second-factor": "", "GET /sign-in/enrol": "", "POST /sign-in/enrol": "", "GET /sign-in/passkey": "", "POST /sign-in/passkey": "",
    # A provider's part in a sign-in (test_oidc.py): what it signs, or what this browser began, and else nothing.
    "GET /sign-in/with/{provider}": "", "GET /sign-in/with/{provider}/back": "", "POST /sign-in/with/{provider}/logout": "",
    "GET /account/proof/{provider}": "own", "POST /account/identities/{provider}/link": "own", "POST /account/identities/{identity}/unlink": "own",
    "POST /account/authenticator/new": "own", "POST /account/authenticator": "own", "POST /account/authenticator/remove": "own", "POST /account/recovery-codes": "own",
    "POST /account/passkeys/new": "own", "POST /account/passkeys": "own", "POST /account/passkeys/{passkey}/rename": "own", "POST /account/passkeys/{passkey}/remove": "own",
    "POST /account/sessions/{session}/end": "own", "GET /organisations/new": "installation", "POST /organisations": "installation",
    "GET /accessibility": "", "GET /journal": "installation", "POST /see-as/end": "own", "GET /journal/export": "installation",
    "GET /search": "own", "GET /favourites": "own", "GET /agenda": "own", "GET /account/calendar": "own", "POST /account/calendar": "own",
    "POST /account/calendar/{feed}/revoke": "own", "POST /account/reminders": "own", "GET /calendar/{token}": "secret", "GET /notifications": "own", "POST /notifications/read": "own", "GET /notifications/{id}": "own",
    "POST /notifications/{id}/read": "own", "GET /api/v1/search": "own", "POST /api/v1/deadlines/{kind}": "own", "GET /api/v1/notifications": "own", "POST /api/v1/notifications/read": "own",
    "POST /api/v1/notifications/{id}/read": "own", "GET /api/v1/favourites": "own", "GET /api/v1/recent": "own",
    "GET /api/v1/organisations": "own", "POST /api/v1/organisations": "below", "GET /api/v1/openapi.json": "", "POST /test/clock": "",
}


def listed(installation, *command):
    return json.loads(installation.cli(*command, "--json").stdout)["items"]


@pytest.fixture(scope="module")
def world(shared_installation):
    """Two towns; a person and a token of each."""
    cli = shared_installation.cli
    cli("organisation", "add", "alpha", "--name", "Ville Alpha")
    cli("organisation", "add", "beta", "--name", "Ville Beta")
    shared_installation.add_user(OWNER, OWNER_PASSWORD)   # the first account administers the installation: not the one under test
    shared_installation.add_user(PERSON, PASSWORD, "--organisation", "alpha", "--role", "administrator")
    shared_installation.add_user(STRANGER, STRANGER_PASSWORD, "--organisation", "beta", "--role", "administrator")
    for role in ROLES[1:]:
        shared_installation.add_user(f"{role}@alpha.example", PASSWORD, "--organisation", "alpha", "--role", role, *(["--until", "2099-12-31"] if role == "auditor" else []))
    return {"installation": shared_installation, "alpha": shared_installation.add_token("alpha", "dpo"), "beta": shared_installation.add_token("beta", "dpo")}


@pytest.fixture(scope="module")
def routes(world):
    found = json.loads(world["installation"].cli("doctor", "--routes", "--json").stdout)["routes"]
    assert len(found) > 60
    return found


@pytest.fixture(scope="module")
def secret(world, shared_server):
    """What stands for each parameter: things of beta that exist, made through its own API."""
    api = shared_server.api(world["beta"])
    made = api.post(BETA, {"name": "Gérer un secret", "purposes": []})
    assert made.status_code == 201, made.text
    record = made.json()["id"]
    changed = api.patch(f"{BETA}/{record}", {"service": "Accueil"}, headers={"If-Match": made.headers["ETag"]})
    assert changed.status_code == 200, changed.text
    kept = api.request("POST", f"{BETA}/{record}/attachments", files={"file": ("secret.txt", b"le secret de Beta", "text/plain")})
    assert kept.status_code == 201, kept.text
    asked = api.post("/organisations/beta/requests", {"received_at": "2026-03-05T09:00:00Z", "rights": ["access"], "requester": {"name": "Un secret"}})
    assert asked.status_code == 201, asked.text
    gone = api.post(BETA, {"name": "Un secret jeté"}).json()["id"]
    assert api.delete(f"{BETA}/{gone}", headers={"If-Match": '"1"'}).status_code == 204
    said = api.post(f"{BETA}/{record}/comments", {"body": "Le secret de Beta"})
    assert said.status_code == 201, said.text
    run = api.request("POST", BETA + "/import", data=json.dumps([{"name": "Un secret importé"}]), headers={"Content-Type": "application/json"})
    assert run.status_code == 200, run.text
    mapping = api.post(BETA + "/mappings", {"name": "Un secret de colonnes", "columns": [{"heading": "Secret", "target": "name"}]})
    assert mapping.status_code == 201, mapping.text
    view = api.post(BETA + "/views", {"name": "Une vue du secret", "state": "q=secret", "shared": True}).json()["id"]
    bulk = api.post(BETA + "/bulk", {"act": "edit", "ids": [record], "field": "service", "value": "Accueil du secret"}).json()["id"]
    term = api.post("/organisations/beta/terms/subject_category", {"label": {"fr": "Gardiens du phare"}})
    assert term.status_code == 201, term.text
    people = listed(world["installation"], "user", "list")
    stranger = shared_server.browser()
    stranger.sign_in(STRANGER, STRANGER_PASSWORD)
    review = stranger.submit(stranger.get("/o/beta/people/reviews"), action="/o/beta/people/reviews").url.split("?")[0].rsplit("/", 1)[1]
    stranger.submit(stranger.get("/o/beta/people/movements"), {"person": next(person["id"] for person in people if person["email"] == STRANGER), "kind": "mover"}, field="kind")
    movement = re.search(r"/people/movements/([0-9a-f-]{36})", stranger.get("/o/beta/people/movements").text)[1]
    world["installation"].add_user("secretaire@beta.example", None, "--organisation", "beta", "--role", "reader", "--name", "Un secret")
    stranger.submit(stranger.get("/o/beta/see-as"), {"person": next(person["id"] for person in listed(world["installation"], "user", "list") if person["email"] == "secretaire@beta.example"), "reason": "Un secret"}, field="reason")
    consent = re.search(r"/see-as/([0-9a-f-]{36})/withdraw", stranger.get("/o/beta/see-as").text)[1]
    return {**PLAIN_VALUES, "request": asked.json()["id"], "consent": consent, "movement": movement, "job": "0190f3a2-7c41-7d10-8a55-1c2d3e4f5061", "review": review, "founding": "0190f3a2-7c41-7d10-8a55-1c2d3e4f5062", "token": "unknown", "reference": "MEN-0001", "view": view, "act": bulk, "what": "delete", "organisation": "beta", "register": "processings", "id": record, "number": "1", "attachment": kept.json()["id"], "comment": said.json()["id"], "gone": gone, "run": run.json()["run"], "mapping": mapping.json()["id"],
            "list": "subject_category", "code": term.json()["code"],
            "person": next(person["id"] for person in people if person["email"] == STRANGER),
            "api token": listed(world["installation"], "token", "list", "--organisation", "beta")[0]["id"]}


@pytest.fixture(scope="module")
def state(world, secret, shared_server):
    """All of beta that a sweep could have touched, to be compared before and after."""
    def read():
        api = shared_server.api(world["beta"])
        kept = {key: value for key, value in api.get(BETA + "/" + secret["id"]).json().items()}
        tokens = [{key: value for key, value in token.items() if key != "last_used_at"} for token in listed(world["installation"], "token", "list", "--organisation", "beta")]
        people = [person for person in listed(world["installation"], "user", "list") if person["email"] == STRANGER]
        return kept, api.get(BETA + "?deleted=yes").json(), api.get(BETA).json(), tokens, people
    return read


def signed_in(server, email):
    """A person of alpha, signed in, and the token their forms carry."""
    browser = server.browser()
    browser.sign_in(email, PASSWORD)
    page = browser.get("/o/alpha/processings")
    assert page.status_code == 200
    return browser, re.search(r'name="csrf" value="([^"]+)"', page.text).group(1)


@pytest.fixture
def agent(world, shared_server):
    return signed_in(shared_server, PERSON)


def fill(path, values):
    """The address of a route with values for its parameters; what {id} names depends on where it stands."""
    values = dict(values)
    if "/people/{id}" in path:
        values["id"] = values["person"]
    elif "/tokens/{id}" in path:
        values["id"] = values["api token"]
    elif path.endswith("/letters/{kind}") or "/purge/{register}/" in path or path.endswith("/delivery"):
        values.update(register="requests", id=values.get("request", values["id"]))
    elif "/intake/{register}" in path or path.endswith("/messages"):
        values["register"] = "requests"
    elif path.endswith("/restore"):
        values["id"] = values["gone"]

    def one(match):
        name = match.group(1).rstrip(".")
        assert name in values, f"the sweep has no value for {{{name}}} of {path}: add one"
        return values[name]
    return re.sub(r"\{([a-z_.]+)\}", one, path)


def addresses(routes, values, api):
    for route in routes:
        if "{organisation}" in route["path"] and route["path"].startswith("/api/") == api:
            address = fill(route["path"], values)
            yield route["method"], address.removeprefix("/api/v1") if api else address, route["path"]


def ask(api, method, address):
    """A well-formed request of a script: what is refused is refused for whose it is."""
    if address.endswith("/attachments") and method == "POST":
        return api.request(method, address, files={"file": ("x.txt", b"x", "text/plain")})
    body = {"POST": {"status": "to_validate"} if address.endswith("/status") else {"name": "x"}, "PUT": {"name": "x"}, "PATCH": {"name": "x"}}.get(method)
    if address.endswith("/destroy"):
        body = {"reason": "x"}
    elif address.endswith("/lookup"):
        body = {"field": "name", "value": "x"}
    elif address.endswith(("/review", "/restore", "/duplicate", "/resolve", "/reopen", "/favourite")):
        body = {}
    elif "/comments" in address:
        body = {"body": "x"} if method in ("POST", "PATCH") else None
    elif address.endswith(("/move", "/close", "/reopen", "/finish", "/access-reviews")):
        body = {} if method == "POST" else None
    elif address.endswith("/verdicts"):
        body = {"kept": []}
    elif address.endswith("/people"):
        body = {"email": "x@alpha.example", "name": "x", "role": "reader"} if method == "POST" else None
    elif "/roles/" in address:
        body = {} if method == "PUT" else None
    elif address.endswith("/draft"):
        body = {"form": {"name": "x"}} if method == "PUT" else None
    return api.request(method, address, json=body, headers={"If-Match": "*"})


def fill_in(browser, csrf, method, address):
    if method == "GET":
        return browser.get(address, allow_redirects=False)
    data = {"csrf": csrf, "to": "to_validate", "role": "reader", "name": "x", "base_version": "1", "body": "x", "on": "yes"}
    if address.endswith("/organisations"):
        return browser.request(method, address, data=data, files={"file": ("x.csv", b"Nom\nVire\n")}, allow_redirects=False)
    if address.endswith("/look/logo"):
        return browser.request(method, address, data=data, files={"logo": ("x.png", b"x")}, allow_redirects=False)
    if address.endswith(("/import", "/attachments")):
        return browser.request(method, address, data=data, files={"file": ("x.json", b'[{"name": "x"}]')}, allow_redirects=False)
    return browser.request(method, address, data=data, allow_redirects=False)


def tells_nothing(answer, about):
    for word in ("secret", "Ville Beta", STRANGER):
        assert word not in answer.text, f"{about} tells {word}"


def test_every_route_is_covered(routes, secret):
    for route in routes:
        path = route["path"]
        if "{organisation}" in path:
            fill(path, secret)
        else:
            assert f"{route['method']} {path}" in WITHOUT_ORGANISATION, f"{route['method']} {path} names no organisation: say here why it shows nothing of another one"


def test_the_sweeps_know_every_role(world):
    """A role that is added is swept too."""
    words = world["installation"].cli("user", "grant", "--help").stdout
    assert re.search(r"ROLE +rôle \(([^)]*)\)", words)[1].split(", ") == [*ROLES, "installation_administrator"]


@pytest.mark.parametrize("role", ROLES)
def test_a_person_of_another_town_meets_nothing(world, routes, secret, shared_server, state, role):
    visitor = signed_in(shared_server, PERSON if role == "administrator" else f"{role}@alpha.example")
    before, swept = state(), 0
    for method, address, pattern in addresses(routes, secret, api=False):
        answer = fill_in(*visitor, method, address)
        assert answer.status_code == 404, f"{method} {pattern}: {answer.status_code}"
        tells_nothing(answer, pattern)
        swept += 1
    assert swept > 35 and state() == before


@pytest.mark.parametrize("role", [role for role in ROLES if role != "auditor"])
def test_a_token_of_another_town_meets_nothing(world, routes, secret, shared_server, state, role):
    api, before, swept = shared_server.api(world["installation"].add_token("alpha", role)), state(), 0
    for method, address, pattern in addresses(routes, secret, api=True):
        answer = ask(api, method, address)
        assert answer.status_code == 404, f"{method} {pattern}: {answer.status_code}"
        tells_nothing(answer, pattern)
        swept += 1
    assert swept > 18 and state() == before


def test_what_is_of_another_town_is_not_found_under_ones_own_address(world, routes, secret, shared_server, agent, state):
    """The caller's own organisation in the path, the other's record, person, token, attachment or import in the id."""
    api, before, values, swept = shared_server.api(world["alpha"]), state(), dict(secret, organisation="alpha"), 0
    administrator = shared_server.api(world["installation"].add_token("alpha", "administrator"))
    for method, address, pattern in addresses(routes, values, api=False):
        if any(name in pattern for name in ("{id}", "{review}", "{view}", "{act}", "{mapping}", "{run}", "{job}", "{founding}", "{picture}", "{consent}", "{movement}")):
            answer = fill_in(*agent, method, address)
            assert answer.status_code == 404, f"{method} {pattern}: {answer.status_code}"
            tells_nothing(answer, pattern)
            swept += 1
    for method, address, pattern in addresses(routes, values, api=True):
        if any(name in pattern for name in ("{id}", "{review}", "{view}", "{act}", "{mapping}", "{run}", "{job}", "{founding}", "{picture}", "{consent}", "{movement}")):
            answer = ask(administrator if "/people/" in pattern or "/access-reviews/" in pattern else api, method, address)
            assert answer.status_code == 404, f"{method} {pattern}: {answer.status_code} {answer.text[:300]}"
            tells_nothing(answer, pattern)
            swept += 1
    browser, _ = agent
    assert browser.get(f"/o/alpha/processings/import?run={secret['run']}").status_code == 404
    assert swept > 35 and state() == before


def test_a_piece_of_another_town_is_not_found_in_ones_own_record(world, secret, shared_server, agent):
    api = shared_server.api(world["alpha"])
    own = api.post("/organisations/alpha/processings", {"name": "À nous"}).json()["id"]
    place = f"/processings/{own}/attachments/{secret['attachment']}"
    assert api.get("/organisations/alpha" + place).status_code == 404
    assert api.delete("/organisations/alpha" + place).status_code == 404
    browser, csrf = agent
    for method, address in (("GET", place), ("GET", place + "/remove"), ("POST", place + "/remove")):
        assert fill_in(browser, csrf, method, "/o/alpha" + address).status_code == 404
    # Nor can it be claimed by writing its id into the record.
    claimed = api.patch(f"/organisations/alpha/processings/{own}", {"attachments": [{"id": secret["attachment"], "name": "secret.txt"}]}, headers={"If-Match": "*"})
    assert claimed.status_code == 422, claimed.text
    assert api.get("/organisations/alpha" + place).status_code == 404


def test_lists_exports_and_searches_show_only_ones_own(world, secret, shared_server, agent):
    api, browser = shared_server.api(world["alpha"]), agent[0]
    assert api.get("/organisations").json()["total"] == 1
    assert api.get("/organisations/alpha/processings", params={"q": "secret"}).json()["total"] == 0
    assert shared_server.api(world["beta"]).get(BETA, params={"q": "secret"}).json()["total"] == 2
    for format in ("json", "csv", "cnil-ods"):
        got = api.get(f"/organisations/alpha/processings/export?format={format}&id={secret['id']}")
        assert got.status_code == 404 or (format == "json" and got.json()["items"] == []), got.text[:200]
    for address in ("/organisations", "/organisations/search?q=beta", "/account", "/o/alpha/processings?q=secret", "/o/alpha/search?q=secret", "/search?q=secret", "/search?q=beta", "/notifications", "/favourites", "/o/alpha", "/o/alpha/people",
                    "/o/alpha/findings", "/o/alpha/findings.json", "/o/alpha/tokens", "/o/alpha/processings?deleted=yes"):
        page = browser.get(address)
        assert page.status_code == 200, address
        assert "Gérer un secret" not in page.text and "Ville Beta" not in page.text and STRANGER not in page.text, address


def test_a_stranger_cannot_end_anothers_session(secret, shared_server, agent):
    other = shared_server.browser()
    other.sign_in(STRANGER, STRANGER_PASSWORD)
    ends = re.findall(r'/account/sessions/([^/"]+)/end', other.get("/account").text)
    extra = shared_server.browser()
    extra.sign_in(STRANGER, STRANGER_PASSWORD)
    ends += re.findall(r'/account/sessions/([^/"]+)/end', extra.get("/account").text)
    assert ends
    for one in ends:
        fill_in(*agent, "POST", f"/account/sessions/{one}/end")
    assert other.get("/o/beta", allow_redirects=False).status_code == extra.get("/o/beta", allow_redirects=False).status_code == 200


def test_an_organisation_is_not_added_by_who_does_not_run_the_installation(world, agent):
    browser, csrf = agent
    refused = browser.get("/organisations/new")
    assert refused.status_code == 403 and "g-app" in refused.text, "who is signed in keeps their menus on a page that is refused"
    assert browser.post("/organisations", {"csrf": csrf, "name": "Gamma", "slug": "gamma"}).status_code == 403
    assert "gamma" not in [one["slug"] for one in listed(world["installation"], "organisation", "list")]


def test_nobody_signed_in_sees_a_page(routes, secret, shared_server, state):
    stranger, api, before = shared_server.browser(), shared_server.api(None), state()
    for method, address, pattern in addresses(routes, secret, api=False):
        answer = fill_in(stranger, "x", method, address)
        if pattern.startswith("/p/"):   # for strangers, and closed
            assert answer.status_code == 404, f"{method} {pattern}: {answer.status_code}"
            tells_nothing(answer, pattern)
            continue
        assert answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in"), f"{method} {pattern}: {answer.status_code}"
    for method, address, pattern in addresses(routes, secret, api=True):
        assert ask(api, method, address).status_code == 401, f"{method} {pattern}"
    assert state() == before
