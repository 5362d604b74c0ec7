"""What is kept about people ends by itself: told beforehand, held back with a reason, done at night, with the clock of the test."""
import re

import pytest
import requests

from harness import Installation

REQUESTS, BREACHES = "/organisations/ville/requests", "/organisations/ville/breaches"
CLAIRE, PASSWORD = "claire@ville.example", "une phrase assez longue 2026"


@pytest.fixture
def desk(binary, tmp_path):
    town = Installation(binary, tmp_path / "data", {"GREFFIER_CLOCK": "2026-03-05T11:00:00Z"})
    town.cli("organisation", "add", "ville", "--name", "Ville", "--test-clock")
    town.add_user(CLAIRE, PASSWORD, "--organisation", "ville", "--role", "dpo")
    with town.serve() as server:
        yield Desk(town, server)


class Desk:
    def __init__(self, town, server):
        self.town, self.server = town, server
        self.api = server.api(town.add_token("ville", "dpo"))

    def at(self, day):
        """The next morning after the night's work of that day."""
        moved = requests.post(self.server.address + "/test/clock", data={"now": f"{day}T06:00:00Z"}, timeout=60)
        assert moved.status_code == 200, moved.text

    def claire(self):
        browser = self.server.browser()
        browser.sign_in(CLAIRE, PASSWORD)
        return browser

    def closed_request(self):
        made = self.api.post(REQUESTS, {"received_at": "2026-03-05T09:00:00Z", "channel": "email", "rights": ["access"], "requester": {"name": "Odile Quirin", "email": "odile@courriel.example"}}).json()
        for status in ("answered", "closed"):
            if status == "answered":
                self.api.patch(f"{REQUESTS}/{made['id']}", {"decision": "satisfied", "answered_on": "2026-03-05", "answer_channel": "post"}, headers={"If-Match": "*"})
            moved = self.api.post(f"{REQUESTS}/{made['id']}/status", {"status": status}, headers={"If-Match": "*"})
            assert moved.status_code == 200, moved.text
        return made

    def read(self, made, register="requests", end=""):
        """The page of a record, by somebody who signs in anew: years pass, and tokens end."""
        page = self.claire().get(f"/o/ville/{register}/{made['id']}{end}")
        assert page.status_code == 200, page.status_code
        return page.text

    def person(self, made):
        return "Odile Quirin" if "Odile Quirin" in self.read(made) else None


def test_a_closed_request_is_told_of_then_purged(desk):
    made = desk.closed_request()
    desk.at("2031-01-15")
    assert desk.person(made) == "Odile Quirin"
    forecast = desk.claire().get("/o/ville/purge")
    assert forecast.status_code == 200 and made["reference"] in forecast.text and "5 mars 2031" in forecast.text
    assert "purgée" not in desk.claire().get("/notifications").text, "too early to be told"
    desk.at("2031-02-05")
    assert "bientôt purgée" in desk.claire().get("/notifications").text
    desk.at("2031-03-04")
    assert desk.person(made) == "Odile Quirin", "the day before"
    desk.at("2031-03-10")
    page = desk.read(made)
    assert "Odile" not in page and "Accès" in page and "Close" in page, "what is counted stays"
    assert "Durée de conservation échue" in desk.read(made, end="/history")
    assert made["reference"] not in desk.claire().get("/o/ville/purge").text
    assert "Odile" not in desk.read(made, end="/history")
    assert desk.town.cli.run("doctor").returncode in (0, 1)


def test_nobody_is_surprised_when_the_program_comes_late(desk):
    """Nobody was told for years (the program was not running): the notice comes first, the purge a month after it."""
    made = desk.closed_request()
    desk.at("2035-06-01")
    assert desk.person(made) == "Odile Quirin"
    assert "1 juillet 2035" in desk.claire().get("/o/ville/purge").text.replace("1er", "1")
    desk.at("2035-07-02")
    assert desk.person(made) is None


def test_a_dispute_holds_it_back(desk):
    made = desk.closed_request()
    claire = desk.claire()
    page = claire.get(f"/o/ville/purge/requests/{made['id']}")
    assert claire.post(f"/o/ville/purge/requests/{made['id']}", {"csrf": claire.csrf(page), "op": "hold", "reason": " "}).status_code == 422
    held = claire.post(f"/o/ville/purge/requests/{made['id']}", {"csrf": claire.csrf(page), "op": "hold", "reason": "Recours devant le tribunal"})
    assert held.status_code == 200
    desk.at("2031-02-05")
    desk.at("2031-06-01")
    assert desk.person(made) == "Odile Quirin"
    claire = desk.claire()
    assert "Recours devant le tribunal" in claire.get("/o/ville/purge").text
    page = claire.get(f"/o/ville/purge/requests/{made['id']}")
    claire.post(f"/o/ville/purge/requests/{made['id']}", {"csrf": claire.csrf(page), "op": "lift"})
    desk.at("2031-06-02")
    assert desk.person(made) == "Odile Quirin", "held back, it was told of nothing: now it is"
    desk.at("2031-07-03")
    assert desk.person(made) is None


def test_what_nobody_made_a_case_of_goes_after_a_year(desk):
    report = desk.api.post(BREACHES, {"title": "Signalement", "intake": "public_form", "detected_at": "2026-03-05T08:00:00Z", "reported_by": {"name": "Paul Martin"}})
    assert report.status_code == 201, report.text
    report = report.json()
    own = desk.api.post(BREACHES, {"title": "Interne", "intake": "staff", "detected_at": "2026-03-05T08:00:00Z", "reported_by": {"name": "Lucie"}}).json()
    for one in (report, own):
        moved = desk.api.post(f"{BREACHES}/{one['id']}/status", {"status": "incident", "reason": "Rien de personnel"}, headers={"If-Match": "*"})
        assert moved.status_code == 200, moved.text
    spam = desk.api.post(REQUESTS, {"received_at": "2026-03-05T09:00:00Z", "channel": "form", "rights": ["access"], "requester": {"name": "Robot Vendeur"}}).json()
    assert desk.api.delete(f"{REQUESTS}/{spam['id']}", headers={"If-Match": "*"}).status_code in (200, 204)
    desk.at("2027-02-20")
    desk.at("2027-04-01")
    assert "Paul Martin" not in desk.read(report, "breaches") and "Lucie" in desk.read(own, "breaches")
    claire = desk.claire()
    bin_page = claire.get("/o/ville/requests?deleted=1")
    assert "Robot" not in bin_page.text
    page = claire.get(f"/o/ville/requests/{spam['id']}/history")
    assert "Robot" not in page.text


def test_only_who_decides_holds_back(desk):
    made = desk.closed_request()
    desk.town.add_user("lea@ville.example", PASSWORD, "--organisation", "ville", "--role", "reader")
    lea = desk.server.browser()
    lea.sign_in("lea@ville.example", PASSWORD)
    assert lea.get("/o/ville/purge").status_code == 403
    assert lea.get(f"/o/ville/purge/requests/{made['id']}").status_code == 403
    assert desk.claire().get("/o/ville/purge/processings/" + made["id"]).status_code == 404
