"""Seeing the product as somebody else: with consent alone, to read alone, told to everybody it concerns (docs/decisions/0039)."""
import email
import email.policy
import html
import json
import re

import pytest

from harness import Installation
from test_isolation import fill

OWNER, CHEF, CLAIRE, MAIRE, PAUL = "premiere@mairie.example", "chef@alpha.example", "claire@alpha.example", "maire@alpha.example", "paul@alpha.example"
NAMES = {CHEF: "Chef Dupont", CLAIRE: "Claire Delmas", MAIRE: "Maire Morel", PAUL: "Paul Martin", OWNER: "Machiniste"}
ROLES = {CHEF: "administrator", CLAIRE: "dpo", MAIRE: "representative", PAUL: "reader"}


class Town:
    def __init__(self, binary, directory, *options):
        self.mail = directory / "mail"
        self.mail.mkdir(parents=True)
        self.installation = Installation(binary, directory / "data", {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z", "GREFFIER_MAIL_DIRECTORY": str(self.mail), "GREFFIER_MAIL_FROM": "Greffier <greffier@mairie.example>"})
        cli = self.installation.cli
        cli("organisation", "add", "alpha", "--name", "Ville Alpha", "--test-clock")
        cli("organisation", "add", "beta", "--name", "Ville Beta")
        self.passwords = {OWNER: self.installation.add_user(OWNER, None, "--name", NAMES[OWNER])}
        for who, role in ROLES.items():
            self.passwords[who] = self.installation.add_user(who, None, "--organisation", "alpha", "--role", role, "--name", NAMES[who])
        cli("user", "grant", CLAIRE, "--organisation", "beta", "--role", "dpo")
        self.server = self.installation.serve(*options)

    def signed_in(self, who):
        browser = self.server.browser()
        browser.sign_in(who, self.passwords[who])
        return browser

    def pass_time(self, seconds):
        assert self.server.browser().post("/test/clock", {"advance_seconds": str(seconds)}).status_code == 200

    def letters(self, to):
        """(subject, text) of what was sent to somebody, in order."""
        self.pass_time(0)
        found = []
        for path in sorted(self.mail.glob("*.eml"), key=lambda each: each.stat().st_mtime_ns):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if to in message["To"]:
                found.append((message["Subject"], message.get_body(preferencelist=("plain",)).get_content(), message))
        return found

    def ask(self, who, about, **more):
        browser = self.signed_in(who)
        page = browser.get("/o/alpha/see-as")
        answer = browser.submit(page, {"person": self.id_of(about), "reason": "Un écran reste vide", "days": "7", **more}, field="reason")
        return browser, answer

    def id_of(self, who):
        people = json.loads(self.installation.cli("user", "list", "--json").stdout)["items"]
        return next(person["id"] for person in people if person["email"] == who)

    def answer(self, who, op="give", **more):
        browser = self.signed_in(who)
        page = browser.get("/o/alpha/see-as")
        reasons = {name: more["answer"] for name in browser.form(page, action="/answer").fields if name.startswith("answer-")}
        return browser.submit(page, {"op": op, **reasons}, action="/answer")

    def seeing(self, who=CHEF, about=CLAIRE):
        """A browser of `who` that sees as `about`, who consented."""
        browser, _ = self.ask(who, about)
        assert "done=see_as_given" in self.answer(about).url
        landed = browser.submit(browser.get("/o/alpha/see-as"), action="/start")
        assert "g-seeing" in landed.text, landed.url
        return browser


@pytest.fixture
def town(binary, tmp_path):
    made = Town(binary, tmp_path)
    with made.server:
        yield made


def journal(town):
    return [json.loads(line) for line in town.installation.cli("journal", "list").stdout.splitlines()]


def events(town):
    return [line["event"] for line in journal(town)]


def test_the_person_is_asked_consents_is_seen_and_told(town):
    asker, asked = town.ask(CHEF, CLAIRE)
    assert "done=see_as_asked" in asked.url and not [form for form in asker.forms(asked) if form.action.endswith("/start")], "asking opens nothing"
    subject, text, message = town.letters(CLAIRE)[0]
    assert "Chef Dupont" in subject and "Un écran reste vide" in text and message["List-Unsubscribe"] is None
    claire = town.signed_in(CLAIRE)
    assert "/o/alpha/see-as" in claire.get(re.search(r"/notifications/[0-9a-f-]{36}", claire.get("/notifications").text)[0]).url
    given = town.answer(CLAIRE)
    assert "done=see_as_given" in given.url
    landed = asker.submit(asker.get("/o/alpha/see-as"), action="/start")
    words = html.unescape(re.sub(r"<[^>]+>", "", landed.text))
    assert landed.url.endswith("/o/alpha") and "comme Claire Delmas, en lecture seule" in words
    for path in ("/o/alpha/processings", "/o/alpha/processings/new", "/o/alpha/findings", "/o/alpha/terms"):
        page = asker.get(path)
        assert page.status_code == 200 and "g-seeing" in page.text, path
    assert "Ville Beta" not in landed.text and asker.get("/o/beta").status_code == 404, "her other town is none of theirs"
    back = asker.submit(asker.get("/o/alpha"), action="/see-as/end")
    assert "done=see_as_ended" in back.url and "g-seeing" not in back.text
    assert asker.get("/o/alpha/people").status_code == 200, "their own rights are back"
    told = journal(town)
    assert [line["event"] for line in told if line["event"].startswith("see_as")] == ["see_as_asked", "see_as_answered", "see_as_started", "see_as_ended"]
    read = [line for line in told if line["event"] == "read_as"]
    assert [line["subject"] for line in read[:3]] == [None, "processings", "processings/new"] and {line["person"] for line in read} == {town.id_of(CHEF)}
    assert all(line["actor"] not in (None, line["person"]) for line in read), "as whom"
    subject, text, _ = town.letters(CLAIRE)[-1]
    assert "Chef Dupont a vu Greffier comme vous" in subject and f"{len(read)} pages" in text
    page = html.unescape(re.sub(r"<[^>]+>", " ", asker.get("/o/alpha/journal").text))
    assert "comme Claire Delmas" in page
    assert "Un écran reste vide" in html.unescape(claire.get("/o/alpha/see-as").text), "she sees what was done in her name"


def test_no_account_route_opens_while_one_sees_as_another(town):
    """Every route of the program, tried with such a session: what is not named in the guard refuses."""
    browser = town.seeing()
    routes = json.loads(town.installation.cli("doctor", "--routes", "--json").stdout)["routes"]
    csrf = browser.csrf(browser.get("/o/alpha"))
    values = {name: "0190f3a2-7c41-7d10-8a55-1c2d3e4f5061" for name in ("id", "person", "api token", "gone", "review", "consent", "movement", "session", "passkey", "comment", "attachment", "run", "view", "act", "job",
                                                                         "mapping", "token")}
    values |= {"organisation": "alpha", "register": "processings", "number": "1", "list": "subject_category", "code": "x", "what": "delete"}
    open_pages, refused, own = {"/", "/healthz", "/readyz", "/accessibility"}, 0, {"/see-as/end", "/sign-out", "/preferences"}
    for route in routes:
        path = route["path"]
        if path.startswith(("/api/", "/test/", "/p/")) or path == "/metrics" or (route["method"] == "POST" and path in own):
            continue
        reads = route["method"] == "GET" and (path in open_pages or route["permission"] in ("read_records", "write_records", "shape_records"))
        for name in re.findall(r"\{([a-z_]+)", path):
            values.setdefault(name, "0190f3a2-7c41-7d10-8a55-1c2d3e4f5061")
        answer = browser.request(route["method"], fill(path, values), allow_redirects=False, **({"data": {"csrf": csrf, "op": "give"}} if route["method"] == "POST" else {}))
        if reads:
            assert answer.status_code in (200, 301, 303, 404, 422), f"{path}: {answer.status_code}"
        else:
            assert answer.status_code == 403, f"{route['method']} {path}: {answer.status_code}"
            assert "g-seeing" in answer.text, f"{path}: no way back on the page that refuses"
            refused += 1
    assert refused > 60
    for path in ("/account", "/o/alpha/people", "/o/alpha/tokens", "/o/alpha/settings", "/o/alpha/journal", "/o/alpha/see-as", "/o/alpha/processings/export?format=json", "/notifications", "/organisations", "/search?q=x"):
        assert browser.get(path).status_code == 403, path
    claire = town.signed_in(CLAIRE)
    assert claire.get("/account").status_code == 200, "her password is what it was"
    assert "refused" in events(town)


def test_the_sweep_names_the_permissions_as_the_program_does(town):
    names = {route["permission"] for route in json.loads(town.installation.cli("doctor", "--routes", "--json").stdout)["routes"]}
    assert {"read_records", "write_records", "shape_records", "administer_organisation", "signed_in"} <= names


def test_nothing_is_written_under_the_name_of_another(town):
    browser = town.seeing()
    page = browser.get("/o/alpha/processings/new")
    answer = browser.submit(page, {"name": "Écrit pour une autre"}, field="name")
    assert answer.status_code == 403
    assert json.loads(town.installation.cli("export", "--organisation", "alpha", "--register", "processings", "--format", "json", "-o", "-").stdout)["items"] == []


def test_it_ends_by_itself_after_half_an_hour(town):
    browser = town.seeing()
    town.pass_time(29 * 60)
    assert "g-seeing" in browser.get("/o/alpha").text
    town.pass_time(61)
    page = browser.get("/o/alpha")
    assert "g-seeing" not in page.text and page.status_code == 200
    assert browser.get("/account").status_code == 200
    assert events(town)[-1] == "see_as_ended" or "see_as_ended" in events(town)
    assert "a vu Greffier comme vous" in town.letters(CLAIRE)[-1][0]


def test_the_person_takes_consent_back_at_any_moment(town):
    browser = town.seeing()
    claire = town.signed_in(CLAIRE)
    assert "/o/alpha/see-as" in claire.get("/account").text
    assert "done=see_as_withdrawn" in claire.submit(claire.get("/o/alpha/see-as"), action="/withdraw").url
    assert "g-seeing" not in browser.get("/o/alpha").text
    page = browser.get("/o/alpha/see-as")
    assert not [form for form in browser.forms(page) if form.action.endswith("/start")]


def test_a_consent_is_for_who_asked_and_nobody_consents_for_another(town):
    town.ask(CHEF, CLAIRE)
    consent = re.search(r"/see-as/([0-9a-f-]{36})/answer", town.signed_in(CLAIRE).get("/o/alpha/see-as").text)[1]
    paul = town.signed_in(PAUL)
    page = paul.get("/o/alpha/see-as")
    assert page.status_code == 200 and "Claire Delmas" not in page.text
    for op in ("answer", "withdraw"):
        assert paul.post(f"/o/alpha/see-as/{consent}/{op}", {"csrf": paul.csrf(page), "op": "give", "answer": "Oui"}).status_code == 404
    assert paul.post(f"/o/alpha/see-as/{consent}/start", {"csrf": paul.csrf(page)}).status_code == 403


def test_whoever_runs_the_installation_comes_in_by_the_controller_alone(town):
    browser, asked = town.ask(OWNER, CLAIRE)
    assert "done=see_as_asked" in asked.url
    assert town.answer(CLAIRE).status_code == 409, "it is not hers to open the registers to the machine's keeper"
    assert town.answer(MAIRE, answer=" ").status_code == 422, "the controller says why"
    assert "done=see_as_given" in town.answer(MAIRE, answer="Panne signalée ce matin").url
    landed = browser.submit(browser.get("/o/alpha/see-as"), action="/start")
    assert "g-seeing" in landed.text and browser.get("/o/alpha/processings").status_code == 200
    browser.submit(browser.get("/o/alpha"), action="/see-as/end")
    assert browser.get("/o/alpha/processings").status_code == 403, "they read no register by their own right"
    subject, text, _ = town.letters(CLAIRE)[-1]
    assert "Machiniste" in subject and "responsable du traitement" in text
    assert "Panne signalée ce matin" in html.unescape(town.signed_in(CLAIRE).get("/o/alpha/see-as").text)


def test_signing_out_ends_it_too(town):
    browser = town.seeing()
    browser.submit(browser.get("/o/alpha"), action="/sign-out")
    assert "see_as_ended" in events(town)
    browser.sign_in(CHEF, town.passwords[CHEF])
    assert "g-seeing" not in browser.get("/o/alpha").text
