"""What falls due, by the test's clock: the ladder of a breach and of a request, over restarts and jumps, told once; the agenda as list,
month, API and calendar feed; what each person chose about letters and addresses."""
import datetime
import email
import email.policy
import html
import re
import threading

import pytest
import requests

from harness import ENGINE, Installation

try:
    import icalendar
except ImportError:   # named in tools/packages-test.txt
    icalendar = None

CLAIRE, MAYOR, PAUL, NADIA = "claire@ville.example", "maire@ville.example", "paul@ville.example", "nadia@ville.example"
PASSWORD = "Un mot de passe assez long pour une"
BREACHES, REQUESTS = "/organisations/ville/breaches", "/organisations/ville/requests"


class Town:
    """A town on 2 March 2026, its people, and what was written to them."""

    def __init__(self, binary, folder):
        self.mail = folder / "mail"
        self.installation = Installation(binary, folder / "data", {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z", "GREFFIER_MAIL_FROM": "Greffier <greffier@ville.example>",
                                                                   "GREFFIER_MAIL_DIRECTORY": str(self.mail)})
        cli = self.installation.cli
        cli("organisation", "add", "ville", "--name", "Ville d’Aubreuil", "--test-clock")
        cli("organisation", "add", "autre", "--name", "Commune voisine")
        self.installation.add_user("premiere@ville.example", PASSWORD)
        for who, role in ((CLAIRE, "dpo"), (MAYOR, "representative"), (PAUL, "contributor"), (NADIA, "reader")):
            self.installation.add_user(who, PASSWORD, "--organisation", "ville", "--role", role, "--name", who.split("@")[0].capitalize())
        self.token = self.installation.add_token("ville", "dpo")

    def letters(self):
        """(to, subject, text) of each, in no order."""
        found = []
        if self.mail.is_dir():
            for path in self.mail.iterdir():
                if path.suffix == ".eml":
                    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                    found.append((message["To"].addresses[0].addr_spec, str(message["Subject"]), message.get_body(("plain",)).get_content()))
        return found

    def to(self, who, word=""):
        return [subject for address, subject, _ in self.letters() if address == who and word in subject]


@pytest.fixture
def town(binary, tmp_path):
    return Town(binary, tmp_path)


@pytest.fixture
def server(town):
    with town.installation.serve() as running:
        yield running


@pytest.fixture
def api(town, server):
    return server.api(town.token)


def at(server, instant):
    moved = requests.post(server.address + "/test/clock", data={"now": instant}, timeout=60)
    assert moved.status_code == 200, moved.text


def signed_in(server, who=CLAIRE, path="/", language="fr"):
    browser = server.browser(language)
    browser.sign_in(who, PASSWORD, path)
    return browser


def words(page):
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page.text, flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).replace("\u202f", " ").replace("\u00a0", " ")


def a_breach(api, aware="2026-03-03T09:20:00Z", **more):
    made = api.post(BREACHES, {"title": "Clé USB perdue par Mme Quirin", "role": "controller", "aware_at": aware, "personal_data": True, **more})
    assert made.status_code == 201, made.text
    return made.json()


def a_request(api, received="2026-03-05T09:12:00Z", **more):
    made = api.post(REQUESTS, {"received_at": received, "channel": "email", "rights": ["access"], "capacity": "person", "requester": {"name": "Odile Quirin"}, **more})
    assert made.status_code == 201, made.text
    return made.json()


def noted(api, where, record, **fields):
    changed = api.patch(f"{where}/{record['id']}", fields, headers={"If-Match": "*"})
    assert changed.status_code == 200, changed.text
    return changed.json()


def agenda(api, **query):
    answer = api.get("/organisations/ville/agenda", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def told(town, who=CLAIRE, kind=None):
    """Letters of one person that are about one deadline."""
    return [subject for subject in town.to(who) if kind is None or kind in subject]


def test_a_breach_is_reminded_at_24_48_60_and_71_hours_once_each_over_restarts_and_jumps(town):
    with town.installation.serve() as server:
        api = server.api(town.token)
        at(server, "2026-03-03T09:25:00Z")
        breach = a_breach(api)
        what = next(item["what"] for item in agenda(api)["items"] if item["kind"] == "breach.notification")
        at(server, "2026-03-03T09:26:00Z")
        assert len(told(town, CLAIRE, what)) == 1, "as soon as it is known"
        at(server, "2026-03-04T09:19:00Z")
        assert len(told(town, CLAIRE, what)) == 1
        at(server, "2026-03-04T09:20:00Z")
        assert len(told(town, CLAIRE, what)) == 2
        at(server, "2026-03-04T15:00:00Z")
        assert len(told(town, CLAIRE, what)) == 2
    with town.installation.serve() as server:   # its clock begins at 2 March again: nothing of that is told anew
        at(server, "2026-03-04T15:30:00Z")
        assert len(told(town, CLAIRE, what)) == 2
        assert not told(town, MAYOR, what)
        at(server, "2026-03-05T09:20:00Z")
        assert len(told(town, CLAIRE, what)) == 3
        assert len(told(town, MAYOR, what)) == 1, "nothing moved in two days: the controller is called"
        at(server, "2026-03-06T08:30:00Z")   # over 60 hours and 71: one letter, of the last
        assert len(told(town, CLAIRE, what)) == 4
        at(server, "2026-03-06T09:20:00Z")
        assert len(told(town, CLAIRE, what)) == 5 and any("En retard" in subject for subject in told(town, CLAIRE, what))
        inbox = words(signed_in(server, path="/notifications").get("/notifications"))
        assert what in inbox and breach["reference"] in inbox
    with town.installation.serve() as server:
        at(server, "2026-03-06T09:30:00Z")
        api = server.api(town.token)
        noted(api, BREACHES, breach, notifications=[{"type": "complete", "sent_at": "2026-03-06T09:25:00Z", "receipt": "CNIL-1", "author": "Claire"}])
        before = len(told(town, CLAIRE, what))
        at(server, "2026-04-20T09:30:00Z")
        assert len(told(town, CLAIRE, what)) == before, "it was done"
    assert not any("Quirin" in subject + text or "Clé USB" in subject + text for _, subject, text in town.letters()), "letters name neither person nor title"


def test_a_request_is_reminded_by_its_own_ladder_and_an_extension_moves_it(town, server, api):
    at(server, "2026-03-05T10:00:00Z")
    request = a_request(api, owner={"name": "Paul", "email": PAUL})
    what = next(item["what"] for item in agenda(api)["items"] if item["kind"] == "request.answer")
    at(server, "2026-03-31T05:00:00Z")   # a week before 7 April, at seven in Paris
    inbox = words(signed_in(server, PAUL).get("/notifications"))
    assert inbox.count(what) >= 1
    assert not told(town, PAUL, what), "gathered, not written one by one"
    at(server, "2026-03-31T06:05:00Z")
    assert any("échéance" in subject for subject in town.to(PAUL)), "the letter of the morning"
    assert len(town.to(PAUL, "à voir")) == 1
    at(server, "2026-03-31T12:00:00Z")
    assert len(town.to(PAUL, "à voir")) == 1
    # told in time, the extension holds: the ladder of the first month ends here
    noted(api, REQUESTS, request, extended=True, extension_reasons=["complexity"], extension_told_on="2026-03-31")
    due = next(item for item in agenda(api)["items"] if item["kind"] == "request.answer")
    assert due["day"] == "2026-06-05"
    at(server, "2026-04-08T09:00:00Z")
    assert not told(town, PAUL, "En retard") and not told(town, CLAIRE, "En retard")
    at(server, "2026-06-03T05:00:00Z")
    assert len(told(town, PAUL, what)) == 1, "two days before the new one"
    at(server, "2026-06-06T05:00:00Z")
    assert any("En retard" in subject for subject in told(town, PAUL, what))
    assert any("En retard" in subject for subject in told(town, MAYOR, what)), "overdue: who decides is called"


def test_a_request_whose_clock_stands_still_is_silent(town, server, api):
    at(server, "2026-03-05T10:00:00Z")
    request = a_request(api, acknowledged_on="2026-03-05", identity_doubt="Adresse inconnue.", identity_asked_on="2026-03-05")
    at(server, "2026-03-06T10:00:00Z")
    kinds = {item["kind"] for item in agenda(api)["items"]}
    assert "request.suspended" in kinds and "request.answer" not in kinds
    for day in ("2026-03-19", "2026-04-05", "2026-04-06", "2026-04-07", "2026-04-08"):
        at(server, day + "T10:00:00Z")
    assert not [subject for subject in town.to(CLAIRE) if "Répondre" in subject]
    noted(api, REQUESTS, request, identity_received_on="2026-04-08", identity_result="confirmed")
    assert next(item for item in agenda(api)["items"] if item["kind"] == "request.answer")["day"] >= "2026-05-09"
    at(server, "2026-05-11T21:00:00Z")
    assert [subject for subject in town.to(CLAIRE) if "Répondre" in subject], "it runs again"


@pytest.mark.skipif(ENGINE != "postgres", reason="needs PostgreSQL: GREFFIER_TEST_ENGINE=postgres")
def test_two_programs_on_one_database_remind_once(town):
    with town.installation.serve() as first, town.installation.serve() as second:
        api = first.api(town.token)
        for server in (first, second):
            at(server, "2026-03-03T09:25:00Z")
        for _ in range(3):
            a_breach(api)
        for instant in ("2026-03-03T09:30:00Z", "2026-03-04T09:20:00Z", "2026-03-05T09:20:00Z"):
            threads = [threading.Thread(target=at, args=(server, instant)) for server in (first, second)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    subjects = [subject for subject in town.to(CLAIRE) if "VIO-" in subject]
    assert len(subjects) == 9, subjects


# ---- pages --------------------------------------------------------------------------------------------------


def test_the_agenda_lists_by_day_and_says_who_answers(town, server, api):
    at(server, "2026-03-03T10:00:00Z")
    a_breach(api, aware="2026-02-20T09:00:00Z")
    a_request(api, received="2026-03-03T09:00:00Z")
    made = api.post("/organisations/ville/processings", {"name": "Paie", "purposes": [], "next_review": "2026-03-03"})
    assert made.status_code == 201, made.text
    browser = signed_in(server)
    page = browser.get("/o/ville/agenda")
    text = words(page)
    assert text.index("En retard") < text.index("Aujourd’hui") < text.index("Dans les sept jours") < text.index("Plus tard")
    assert "Relire la fiche" in text and "Paie" in text and "Sans responsable" in text and "Pourquoi cette date" in text
    assert 'href="/o/ville/agenda"' in browser.get("/o/ville").text, "it stands in the menu"
    only = words(browser.get("/o/ville/agenda?register=requests&legal=yes"))
    assert "Paie" not in only.split("Filtrer")[-1] and "DEM-0001" in only
    late = words(browser.get("/o/ville/agenda?when=late"))
    assert "Paie" not in late and "DEM-0001" not in late
    month = browser.get("/o/ville/agenda?month=2026-04")
    assert "<table" in month.text and "Avril 2026" in words(month) and "DEM-0001" in month.text
    everywhere = words(browser.get("/agenda"))
    assert "DEM-0001" in everywhere and "Ville d’Aubreuil" in everywhere
    browser.submit(browser.get("/account"), {"language": "en"}, action="/account")
    english = words(browser.get("/o/ville/agenda"))
    assert "Overdue" in english and "Review the record" in english


def test_taking_it_in_hand_is_a_button_for_who_writes(town, server, api):
    at(server, "2026-03-03T10:00:00Z")
    made = api.post("/organisations/ville/processings", {"name": "Paie", "purposes": [], "next_review": "2026-03-20"})
    assert made.status_code == 201
    browser = signed_in(server)
    page = browser.submit(browser.get("/o/ville/agenda"), action="/agenda/taken")
    assert "Pris en charge" in words(page)
    assert agenda(api)["items"][0]["taken_at"]
    nadia = signed_in(server, NADIA).get("/o/ville/agenda")
    assert "Je m’en occupe" not in words(nadia) and "Paie" in nadia.text


def test_the_api_filters_and_pages(town, server, api):
    at(server, "2026-03-03T10:00:00Z")
    for number in range(5):
        api.post("/organisations/ville/processings", {"name": f"Fiche {number}", "purposes": [], "next_review": f"2026-03-0{number + 1}"})
    all_of_it = agenda(api)
    assert all_of_it["total"] == 5 and [item["day"] for item in all_of_it["items"]] == sorted(item["day"] for item in all_of_it["items"])
    assert all_of_it["late"] == 2 and all_of_it["items"][0]["late"]
    second = agenda(api, per_page="2", page="2")
    assert [item["title"] for item in second["items"]] == ["Fiche 2", "Fiche 3"]
    assert agenda(api, legal="yes")["total"] == 0 and agenda(api, kind="review")["total"] == 5
    assert agenda(api, **{"from": "2026-03-04", "until": "2026-03-05"})["total"] == 1
    assert api.get("/organisations/ville/agenda", params={"register": "nothing"}).status_code == 422
    assert api.get("/organisations/ville/agenda", params={"from": "hier"}).status_code == 422
    stranger = server.api(town.installation.add_token("autre", "dpo"))
    assert stranger.get("/organisations/ville/agenda").status_code == 404


def test_a_house_sets_its_own_steps_and_cannot_silence_the_law(town, server, api):
    at(server, "2026-03-03T10:00:00Z")
    browser = signed_in(server)
    page = browser.get("/o/ville/settings/reminders")
    assert page.status_code == 200 and "71 heures après le point de départ" in words(page)
    csrf = browser.csrf(page)
    refused = browser.post("/o/ville/settings/reminders", {"csrf": csrf, "op": "leave_out", "kind": "breach.notification", "rung": "start+71h"})
    assert refused.status_code == 409 and "ne s’éteint pas" in words(refused)
    page = browser.submit(page, {"kind": "review", "amount": "12", "unit": "d", "side": "before", "told": "controller"}, field="amount")
    assert "12 jours avant l’échéance" in words(page) and "Ajoutée ici" in words(page)
    assert browser.submit(page, {"amount": "beaucoup"}, field="amount").status_code == 422
    browser.post("/o/ville/settings/reminders", {"csrf": csrf, "op": "leave_out", "kind": "review", "rung": "due-30d"})
    assert "Retirée" in words(browser.get("/o/ville/settings/reminders"))
    api.post("/organisations/ville/processings", {"name": "Paie", "purposes": [], "next_review": "2026-03-25"})
    at(server, "2026-03-13T07:00:00Z")
    assert "Relire la fiche" in words(signed_in(server, MAYOR).get("/notifications"))
    assert signed_in(server, PAUL).get("/o/ville/settings/reminders").status_code == 403


# ---- the calendar feed --------------------------------------------------------------------------------------


def lines_of(text):
    """A strict reader: CR LF alone ends a line, 75 bytes at most, a blank continues."""
    assert text.endswith("\r\n")
    lines = []
    for raw in text[:-2].split("\r\n"):
        assert "\r" not in raw and "\n" not in raw and len(raw.encode()) <= 75, raw
        if raw.startswith(" "):
            lines[-1] += raw[1:]
        else:
            lines.append(raw)
    return lines


def make_feed(browser, **more):
    page = browser.submit(browser.get("/account/calendar"), {"name": "Bureau", **more}, field="name")
    found = re.search(r'id="secret">(http[^<]+/calendar/[^<]+\.ics)', page.text)
    assert found, page.text[:3000]
    return html.unescape(found[1])


def test_a_session_lasts_in_the_feed_as_its_invitation_says(town, server, api):
    """A program that is told no end shows an hour, or nothing: seen with khal and Thunderbird."""
    made = [api.post("/organisations/ville/trainings", {"title": "Réflexes", "kind": "session", "audiences": ["all_staff"], "topics": ["phishing"], "starts_at": instant, **more})
            for instant, more in (("2026-05-04T08:00:00Z", {"minutes": 90}), ("2026-05-05T08:00:00Z", {}))]
    assert [answer.status_code for answer in made] == [201, 201], made[0].text
    a_breach(api, aware="2026-03-02T08:20:00Z")
    lines = lines_of(requests.get(make_feed(signed_in(server)), timeout=30).content.decode())
    ends = {line: lines[at + 1] for at, line in enumerate(lines) if line.startswith("DTSTART:")}
    assert ends["DTSTART:20260504T080000Z"] == "DTEND:20260504T093000Z" and ends["DTSTART:20260505T080000Z"] == "DTEND:20260505T090000Z"
    assert not ends["DTSTART:20260305T082000Z"].startswith("DTEND"), "what falls due is an instant"


def test_a_calendar_program_reads_what_its_person_may_see(town, server, api):
    at(server, "2026-03-03T10:00:00Z")
    breach = a_breach(api, aware="2026-03-03T09:20:00Z")
    request = a_request(api, received="2026-03-03T09:12:00Z")
    browser = signed_in(server)
    address = make_feed(browser)
    assert "/calendar/" not in words(browser.get("/account/calendar")), "shown once"
    answer = requests.get(address, timeout=30)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/calendar")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    text = answer.content.decode()
    lines = lines_of(text)
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR" and "METHOD:PUBLISH" in lines
    assert breach["reference"] in text and request["reference"] in text
    assert "Quirin" not in text and "USB" not in text, "no name, no title"
    assert "DTSTART:20260306T092000Z" in lines, "72 hours after 9:20 UTC"
    if icalendar:
        calendar = icalendar.Calendar.from_ical(answer.content)
        events = list(calendar.walk("VEVENT"))
        assert len({str(event["UID"]) for event in events}) == len(events) >= 2
        answer_due = next(event for event in events if request["reference"] in event["SUMMARY"] and "Répondre" in event["SUMMARY"])
        assert answer_due["DTSTART"].dt == datetime.date(2026, 4, 3) and answer_due["DTEND"].dt == datetime.date(2026, 4, 4)
        uid = str(answer_due["UID"])
    same = requests.get(address, headers={"If-None-Match": answer.headers["ETag"]}, timeout=30)
    assert same.status_code == 304 and not same.content
    noted(api, REQUESTS, request, extended=True, extension_reasons=["complexity"], extension_told_on="2026-03-03")
    moved = requests.get(address, headers={"If-None-Match": answer.headers["ETag"]}, timeout=30)
    assert moved.status_code == 200 and "DTSTART;VALUE=DATE:20260603" in lines_of(moved.content.decode())
    if icalendar:
        events = {str(event["UID"]): event for event in icalendar.Calendar.from_ical(moved.content).walk("VEVENT")}
        assert events[uid]["SEQUENCE"] == 1, "the same event, moved"
    # a reader without a role reads nothing more
    page = browser.get("/account/calendar")
    browser.submit(page, action="/revoke")
    assert requests.get(address, timeout=30).status_code == 404
    assert address.rsplit("/", 1)[1] not in server.output


def test_a_wrong_address_is_not_found_and_soon_not_answered(server, town):
    wrong = [requests.get(f"{server.address}/calendar/{'A' * 31}{letter}.ics", timeout=30).status_code for letter in "abcdefghijklmno"]
    assert wrong[:10] == [404] * 10 and wrong[-1] == 429
    browser = signed_in(server)
    address = make_feed(browser)
    assert requests.get(address, timeout=30).status_code == 200, "a right one is never made to wait"
    assert requests.get(address.removesuffix(".ics"), timeout=30).status_code == 429


def test_a_limited_reader_s_feed_holds_their_records_alone(town, server, api):
    at(server, "2026-03-03T10:00:00Z")
    secret = api.post("/organisations/ville/processings", {"name": "Restreint", "purposes": [], "next_review": "2026-03-20"}).json()
    api.post("/organisations/ville/processings", {"name": "Ouvert", "purposes": [], "next_review": "2026-03-21"})
    closed = api.put(f"/organisations/ville/processings/{secret['id']}/access", {"restricted": True, "people": [], "reason": "Contentieux"}, headers={"If-Match": "*"})
    assert closed.status_code == 200, closed.text
    nadia = signed_in(server, NADIA)
    text = requests.get(make_feed(nadia), timeout=30).text
    assert secret["reference"] not in text and "TRT-0002" in text
    assert "Restreint" not in nadia.get("/o/ville/agenda").text
    at(server, "2026-04-25T10:00:00Z")
    assert "Restreint" not in signed_in(server, NADIA).get("/notifications").text


def test_a_person_chooses_the_pace_of_letters(town, server, api):
    at(server, "2026-03-03T10:00:00Z")
    browser = signed_in(server)
    page = browser.submit(browser.get("/account/calendar"), {"pace": "weekly"}, field="pace")
    assert page.status_code == 200 and re.search(r'value="weekly"[^>]* selected', page.text)
    api.post("/organisations/ville/processings", {"name": "Paie", "purposes": [], "next_review": "2026-03-01"})
    at(server, "2026-03-04T10:00:00Z")
    assert not town.to(CLAIRE, "à voir")
    at(server, "2026-03-09T10:00:00Z")   # Monday
    assert len(town.to(CLAIRE, "à voir")) == 1
