"""One town for the tests of a file: who works there, the API under the officer's token, and the few words that all their stories use.

A test file takes the fixtures by importing them: `from town import api, claire, town  # noqa: F401`."""
import re

import pytest

CLAIRE, SOPHIE, ADRIEN = "claire@ville.example", "sophie@ville.example", "adrien@ville.example"
PASSWORD = "Un mot de passe assez long pour deux"
BASE = "/organisations/ville"
DECISION = {"decided_by": "Paul Marchand, maire", "decided_on": "2026-01-05"}


@pytest.fixture(scope="module")
def town(shared_installation):
    shared_installation.cli("organisation", "add", "ville", "--name", "Ville")
    for email, name, role in ((CLAIRE, "Claire Delmas", "dpo"), (SOPHIE, "Sophie Lagrange", "contributor"), (ADRIEN, "Adrien Auber", "reader")):
        shared_installation.add_user(email, PASSWORD, "--name", name, "--organisation", "ville", "--role", role)
    return shared_installation


@pytest.fixture(scope="module")
def api(town, shared_server):
    return shared_server.api(town.add_token("ville", "dpo"))


@pytest.fixture
def claire(town, shared_server):
    browser = shared_server.browser()
    browser.sign_in(CLAIRE, PASSWORD)
    return browser


def made(api, register, **fields):
    answer = api.post(f"{BASE}/{register}", fields)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def change(api, register, id, **fields):
    address = f"{BASE}/{register}/{id}"
    answer = api.patch(address, fields, headers={"If-Match": api.get(address).headers["ETag"]})
    assert answer.status_code == 200, answer.text


def to(api, register, id, status, **more):
    return api.post(f"{BASE}/{register}/{id}/status", {"status": status, **more})


def rules(api, register, id):
    """What the linter says of a record: the finding of each rule, by the rule."""
    return {item["rule"]: item for item in api.get(f"{BASE}/{register}/{id}/findings").json()["items"]}


def words(page):
    """The words of a page, without its frame."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text.split("<main", 1)[1]))
