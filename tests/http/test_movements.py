"""Arrivals, changes and departures: lists that are ticked and kept, and a departure that takes everything back in one act."""
import html
import json
import re

import pytest

from harness import Installation

OWNER, CHEF, CLAIRE, PAUL = "premiere@mairie.example", "chef@alpha.example", "claire@alpha.example", "paul@alpha.example"


class Town:
    def __init__(self, binary, directory):
        self.installation = Installation(binary, directory, {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z"})
        cli = self.installation.cli
        cli("organisation", "add", "alpha", "--name", "Ville Alpha", "--test-clock")
        self.passwords = {OWNER: self.installation.add_user(OWNER)}
        for who, role, name in ((CHEF, "administrator", "Chef Dupont"), (CLAIRE, "dpo", "Claire Delmas"), (PAUL, "contributor", "Paul Martin")):
            self.passwords[who] = self.installation.add_user(who, None, "--organisation", "alpha", "--role", role, "--name", name)
        self.token = self.installation.add_token("alpha", "dpo")
        self.server = self.installation.serve()

    def signed_in(self, who):
        browser = self.server.browser()
        browser.sign_in(who, self.passwords[who])
        return browser

    def id_of(self, who):
        return next(person["id"] for person in json.loads(self.installation.cli("user", "list", "--json").stdout)["items"] if person["email"] == who)


@pytest.fixture
def town(binary, tmp_path):
    made = Town(binary, tmp_path / "data")
    with made.server:
        yield made


def words(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)))


def links(page):
    return re.findall(r'href="(/o/alpha/people/movements/[0-9a-f-]{36})"', page.text)


def tick_all(browser, address):
    while True:
        page = browser.get(address)
        form = next((form for form in browser.forms(page) if "op=tick" in form.action), None)
        if form is None:
            return page
        browser.post(form.action, form.fields)


def test_whoever_arrives_or_changes_post_has_a_list_and_it_is_kept(town):
    browser = town.signed_in(CHEF)
    empty = browser.get("/o/alpha/people/movements")
    assert "Aucune arrivée" in words(empty) and not links(empty)
    invited = browser.submit(browser.get("/o/alpha/people"), {"email": "nouveau@alpha.example", "name": "Nora Nouveau", "role": "reader"}, action="/o/alpha/people")
    assert invited.status_code == 200
    listed = browser.get("/o/alpha/people/movements")
    one, = links(listed)
    assert "Nora Nouveau" in words(listed) and "0 sur 4" in words(listed)
    refused = browser.post(one + "?op=close", {"csrf": browser.csrf(browser.get(one))})
    assert refused.status_code == 409 and "4 ligne" in words(refused)
    page = tick_all(browser, one)
    assert words(page).count("Chef Dupont") >= 4
    closed = browser.post(one + "?op=close", {"csrf": browser.csrf(page)})
    assert "done=movement_closed" in closed.url and not [form for form in browser.forms(closed) if "op=" in form.action]
    kept = json.loads(browser.get(one + "/export").text)
    assert kept["kind"] == "joiner" and kept["closed_by"] == "Chef Dupont" and {step["done_by"] for step in kept["items"]} == {"Chef Dupont"}
    person = town.id_of(PAUL)
    browser.post(f"/o/alpha/people/{person}/role", {"csrf": browser.csrf(closed), "role": "reader"})
    assert "Changement de poste" in words(browser.get("/o/alpha/people/movements"))


def test_the_organisation_says_in_its_own_words_what_is_to_be_done(town):
    browser = town.signed_in(CHEF)
    page = browser.get("/o/alpha/people/movements/items")
    fields = browser.form(page, field="joiner-0-words").fields
    emptied = {name: "" for name in fields if name.endswith("-words")}
    saved = browser.submit(page, {**emptied, "joiner-0-words": "Remettre le badge", "joiner-0-who": "Accueil", "joiner-0-days": "-2"}, field="joiner-0-words")
    assert "done=kept" in saved.url
    page = browser.get("/o/alpha/people/movements")
    opened = browser.submit(page, {"person": town.id_of(PAUL), "kind": "joiner", "day": "2026-03-10"}, field="kind")
    assert "Remettre le badge" in words(opened) and "8 mars 2026" in words(opened)
    nothing = browser.submit(browser.get("/o/alpha/people/movements"), {"person": town.id_of(PAUL), "kind": "mover", "day": "2026-03-10"}, field="kind")
    assert nothing.status_code == 409
    wrong = browser.submit(browser.get("/o/alpha/people/movements/items"), {"joiner-0-days": "demain"}, field="joiner-0-words")
    assert wrong.status_code == 422


def test_a_departure_is_looked_at_then_takes_everything_back_and_hands_it_over(town):
    api = town.server.api(town.token)
    made = api.post("/organisations/alpha/processings", {"name": "Gérer la cantine", "owner": {"name": "Paul Martin", "email": "Paul@alpha.example"}})
    assert made.status_code == 201, made.text
    place = "/organisations/alpha/processings/" + made.json()["id"]
    others = api.post("/organisations/alpha/processings", {"name": "Gérer le reste", "owner": {"name": "Chef Dupont", "email": CHEF}})
    paul, browser = town.signed_in(PAUL), town.signed_in(CHEF)
    assert paul.get("/o/alpha").status_code == 200
    address = f"/o/alpha/people/{town.id_of(PAUL)}/departure"
    page = browser.get(address)
    assert "1 fiche dont elle répond" in words(page) and "1 session ouverte" in words(page) and "nulle part ailleurs" in words(page)
    assert paul.get("/o/alpha").status_code == 200, "looking changes nothing"
    done = browser.submit(page, {"successor": town.id_of(CLAIRE), "day": "2026-03-02"}, field="successor")
    assert "done=departure_done" in done.url, done.text[:3000]
    assert "1 fiche confiée" in words(done) and "mot de passe effacé" in words(done) and "Repris par Claire Delmas" in words(done)
    assert paul.get("/o/alpha", allow_redirects=False).headers["Location"].startswith("/sign-in")
    again = town.server.browser()
    again.sign_in(PAUL, town.passwords[PAUL])
    assert again.get("/account", allow_redirects=False).status_code == 303, "nothing opens it any more"
    now = api.get(place).json()
    assert now["owner"]["email"] == CLAIRE and now["owner"]["name"] == "Claire Delmas"
    assert api.get(place + "/versions").json()["items"][0]["reason"] == "Départ de Paul Martin"
    assert api.get("/organisations/alpha/processings/" + others.json()["id"]).json()["owner"]["email"] == CHEF
    assert "Paul Martin" in words(browser.get("/o/alpha/people/movements")), "the evidence stays"
    assert browser.get(address).status_code == 404
    assert any(json.loads(line)["event"] == "person_left" for line in town.installation.cli("journal", "list").stdout.splitlines())


def test_the_last_administrator_does_not_leave(town):
    browser = town.signed_in(CHEF)
    page = browser.get(f"/o/alpha/people/{town.id_of(CHEF)}/departure")
    refused = browser.submit(page, {"day": "2026-03-02"}, field="successor")
    assert refused.status_code == 409
    assert browser.get("/o/alpha/people").status_code == 200
