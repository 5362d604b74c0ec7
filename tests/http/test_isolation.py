"""Sealed rooms: whoever calls any route with another organisation's ids meets a 404, as if there were nothing.

The sweep asks the program for its own table of routes (`greffier doctor --routes --json`), so a route that is
added without a value for one of its parameters, or that leaks, fails here.
"""
import json
import re

import pytest

PERSON, PASSWORD = "agent@alpha.example", "Les sept nains dorment sous un vieux chene"

# What stands for each parameter of a path: something that exists, in the organisation the caller may not see.
KNOWN = {"organisation", "register", "id", "number", "attachment", "token", "file", "rest", "person", "session", "finding", "run"}

# Routes that name no organisation: swept apart, or reached by a secret of their own.
WITHOUT_ORGANISATION = re.compile(
    r"^/($|healthz|sign-in|sign-out|setup/|welcome/|organisations|account|preferences|test/clock|api/v1/openapi\.json|api/v1/organisations$)")


@pytest.fixture(scope="module")
def world(shared_installation):
    """Two towns; a person and a token of the first; a record with an attachment and two versions in the second."""
    cli = shared_installation.cli
    cli("organisation", "add", "alpha", "--name", "Ville Alpha")
    cli("organisation", "add", "beta", "--name", "Ville Beta")
    shared_installation.add_user(PERSON, PASSWORD, "--organisation", "alpha", "--role", "administrator")
    return {"installation": shared_installation,
            "alpha": shared_installation.add_token("alpha", "dpo"),
            "beta": shared_installation.add_token("beta", "dpo")}


@pytest.fixture(scope="module")
def routes(world):
    listed = json.loads(world["installation"].cli("doctor", "--routes", "--json").stdout)["routes"]
    assert len(listed) > 30
    return listed


@pytest.fixture(scope="module")
def secret(world, shared_server):
    """The ids of beta, made through its own API."""
    api = shared_server.api(world["beta"])
    made = api.post("/api/v1/organisations/beta/processings", json={"name": "Gérer un secret", "purposes": []})
    assert made.status_code == 201, made.text
    record = made.json()["id"]
    changed = api.patch(f"/api/v1/organisations/beta/processings/{record}", json={"service": "Accueil"}, headers={"If-Match": made.headers["ETag"]})
    assert changed.status_code == 200, changed.text
    kept = api.post(f"/api/v1/organisations/beta/processings/{record}/attachments", files={"file": ("secret.txt", b"le secret de Beta", "text/plain")},
                    headers={"If-Match": changed.headers["ETag"]})
    assert kept.status_code in (200, 201), kept.text
    attachment = api.get(f"/api/v1/organisations/beta/processings/{record}/attachments").json()["items"][0]["id"]
    return {"organisation": "beta", "register": "processings", "id": record, "number": "1", "attachment": attachment,
            "token": "0" * 8, "file": "x", "rest": "x", "person": "00000000-0000-7000-8000-000000000000",
            "session": "00", "finding": "REG-001", "run": record}


def fill(path, values):
    def one(match):
        name = match.group(1).rstrip(".")
        assert name in values, f"the sweep has no value for {{{name}}} of {path}: add one"
        return values[name]
    return re.sub(r"\{([a-z_.]+)\}", one, path)


def addresses(routes, values):
    for route in routes:
        if "{organisation}" in route["path"]:
            yield route["method"], fill(route["path"], values), route["path"]


def test_every_route_is_covered(routes):
    for route in routes:
        names = set(name.rstrip(".") for name in re.findall(r"\{([a-z_.]+)\}", route["path"]))
        assert names <= KNOWN, f"{route['path']}: say what stands for {names - KNOWN}"
        assert "{organisation}" in route["path"] or WITHOUT_ORGANISATION.match(route["path"]), f"{route['path']} is not swept: why?"


def test_a_person_of_another_town_meets_nothing(world, routes, secret, shared_server):
    browser = shared_server.browser()
    browser.sign_in(PERSON, PASSWORD)
    own = browser.get("/o/alpha/processings")
    assert own.status_code == 200
    csrf = re.search(r'name="csrf" value="([^"]+)"', own.text).group(1)
    swept = 0
    for method, address, pattern in addresses(routes, secret):
        if pattern.startswith("/api/"):
            continue
        answer = browser.request(method, address, data={"csrf": csrf} if method != "GET" else None, allow_redirects=False)
        assert answer.status_code == 404, f"{method} {pattern}: {answer.status_code}"
        assert "Gérer un secret" not in answer.text and "Ville Beta" not in answer.text, pattern
        swept += 1
    assert swept > 15


def test_the_record_of_another_town_is_not_found_under_ones_own_address(world, routes, secret, shared_server):
    """The caller's own organisation in the path, the other's record in the id."""
    browser = shared_server.browser()
    browser.sign_in(PERSON, PASSWORD)
    csrf = re.search(r'name="csrf" value="([^"]+)"', browser.get("/o/alpha/processings").text).group(1)
    api = shared_server.api(world["alpha"])
    values = dict(secret, organisation="alpha")
    for method, address, pattern in addresses(routes, values):
        if "{id}" not in pattern:
            continue
        if pattern.startswith("/api/"):
            answer = api.request(method, address, json={"status": "to_validate"} if method in ("POST", "PUT", "PATCH") else None, headers={"If-Match": '"1"'})
        else:
            answer = browser.request(method, address, data={"csrf": csrf, "to": "to_validate"} if method != "GET" else None, allow_redirects=False)
        assert answer.status_code == 404, f"{method} {pattern}: {answer.status_code} {answer.text[:300]}"


def test_a_token_of_another_town_meets_nothing(world, routes, secret, shared_server):
    api = shared_server.api(world["alpha"])
    swept = 0
    for method, address, pattern in addresses(routes, secret):
        if not pattern.startswith("/api/"):
            continue
        answer = api.request(method, address, json={} if method in ("POST", "PUT", "PATCH") else None, headers={"If-Match": '"1"'})
        assert answer.status_code == 404, f"{method} {pattern}: {answer.status_code}"
        assert "Gérer un secret" not in answer.text, pattern
        swept += 1
    assert swept > 10


def test_lists_and_searches_show_only_ones_own(world, secret, shared_server):
    api = shared_server.api(world["alpha"])
    assert api.get("/api/v1/organisations").json()["total"] == 1
    assert api.get("/api/v1/organisations/alpha/processings", params={"q": "secret"}).json()["total"] == 0
    assert shared_server.api(world["beta"]).get("/api/v1/organisations/beta/processings", params={"q": "secret"}).json()["total"] == 1


def test_nobody_signed_in_sees_no_page(world, routes, secret, shared_server):
    stranger = shared_server.browser()
    for method, address, pattern in addresses(routes, secret):
        answer = stranger.request(method, address, allow_redirects=False)
        assert answer.status_code in ((401,) if pattern.startswith("/api/") else (303,)), f"{method} {pattern}: {answer.status_code}"
