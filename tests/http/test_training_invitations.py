"""Invitations to a session of training: sent from the session by mail with an entry for the calendar, kept true by themselves afterwards,
and never the same twice. Messages go to a real SMTP server on this machine and are read by other programs' readers."""
import re

import pytest
import requests

from harness import Installation
from test_mail import Post

try:
    import icalendar
except ImportError:   # named in tools/packages-test.txt
    icalendar = None

TOWN = "/organisations/ville"
PASSWORD = "un mot de passe long et calme"
OWNER = {"name": "Claire Delmas", "email": "claire@ville.example"}
ANA, LUC = {"name": "Ana Roux", "service": "École", "email": "Ana@ville.example"}, {"name": "Luc Petit", "email": "luc@ville.example"}
QUARTER = 15 * 60


@pytest.fixture
def post():
    running = Post()
    yield running
    running.stop()


@pytest.fixture
def town(binary, tmp_path, post):
    town = Installation(binary, tmp_path / "data", {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z", "GREFFIER_MAIL_FROM": "Greffier <greffier@ville.example>", "GREFFIER_SMTP_URL": post.url})
    town.cli("organisation", "add", "ville", "--name", "Ville d’Aubreuil", "--test-clock")
    town.add_user("premiere@ville.example", PASSWORD)
    town.add_user("dpo@ville.example", PASSWORD, "--organisation", "ville", "--role", "dpo", "--name", "Nadia Brun")
    return town


@pytest.fixture
def server(town):
    with town.serve() as running:
        yield running


@pytest.fixture
def api(town, server):
    return server.api(town.add_token("ville", "dpo"))


@pytest.fixture
def officer(server):
    browser = server.browser()
    browser.sign_in("dpo@ville.example", PASSWORD)
    return browser


def session(api, **more):
    made = api.post(f"{TOWN}/trainings", {"title": "Les bons réflexes ; pièges, parades", "kind": "session", "audiences": ["all_staff"], "topics": ["phishing"], "objectives": "Reconnaître un message piégé.",
                                          "owner": OWNER, "starts_at": "2026-05-04T08:00:00Z", "minutes": 90, "place": "Salle du conseil", "attendees": [ANA, LUC, {"name": "Zoé Blanc"}], **more})
    assert made.status_code == 201, made.text
    return made.json()["id"]


def changed(api, record, **row):
    answer = api.patch(f"{TOWN}/trainings/{record}", row, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def plan(api, record):
    answer = api.get(f"{TOWN}/trainings/{record}/invitations")
    assert answer.status_code == 200, answer.text
    return {one["email"] or one["name"]: one for one in answer.json()["people"]}


def send(api, record):
    answer = api.post(f"{TOWN}/trainings/{record}/invitations", {}, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def pass_time(server, seconds=QUARTER):
    moved = requests.post(server.address + "/test/clock", data={"advance_seconds": str(seconds)}, timeout=60)
    assert moved.status_code == 200, moved.text


def to(post, address):
    return [message for _, rcpt, message in post.messages if rcpt == [address]]


def entry_of(message):
    """The calendar of a message, by Python's reader of messages; the part that programs act on, and the file, are the same."""
    assert message.get_content_type() == "multipart/mixed"
    words, file = message.iter_parts()
    assert words.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in words.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"], "the richest comes last"
    calendar = list(words.iter_parts())[2]
    assert calendar.get_content_charset() == "utf-8" and calendar["Content-Disposition"] is None
    assert file.get_content_type() == "application/ics" and file.get_filename().endswith(".ics")
    content = calendar.get_payload(decode=True)
    assert content == file.get_payload(decode=True)
    assert content.endswith(b"END:VCALENDAR\r\n") and b"\n" not in content.replace(b"\r\n", b"")
    return calendar.get_param("method"), content


def event_of(message):
    method, content = entry_of(message)
    if icalendar is None:
        pytest.skip("icalendar is not installed")
    read = icalendar.Calendar.from_ical(content)
    assert str(read["METHOD"]) == method, "RFC 6047, 2.4: the parameter is the method"
    (event,) = read.walk("VEVENT")
    return method, event


def test_the_page_says_who_would_be_invited_and_each_gets_an_entry_of_their_own(post, server, api, officer):
    record = session(api)
    address = f"/o/ville/trainings/{record}/invitation"
    page = officer.get(address)
    assert "2 personnes à inviter" in page.text and "1 personne sans adresse" in page.text and "Zoé Blanc" in page.text
    assert post.messages == [], "nothing leaves before somebody says so"
    sent = officer.submit(page, action=address)
    assert sent.status_code == 200 and "Les messages sont en route" in sent.text
    post.wait_for(2)
    assert sorted(post.addressees) == ["ana@ville.example", "luc@ville.example"]
    (letter,) = to(post, "ana@ville.example")
    assert str(letter["Subject"]).startswith("Invitation") and letter["Reply-To"].addresses[0].addr_spec == "claire@ville.example"
    words = letter.get_body(("plain",)).get_content()
    assert "4 mai 2026" in words and "Salle du conseil" in words and "Ville d’Aubreuil" in words
    method, event = event_of(letter)
    assert method == "REQUEST" and str(event["UID"]) == f"{record}@greffier"
    assert event.decoded("DTSTART").isoformat() == "2026-05-04T08:00:00+00:00" and event.decoded("DTEND").isoformat() == "2026-05-04T09:30:00+00:00"
    assert str(event["SUMMARY"]) == "Les bons réflexes ; pièges, parades" and str(event["LOCATION"]) == "Salle du conseil"
    assert str(event["ORGANIZER"]) == "mailto:claire@ville.example"
    assert str(event["ATTENDEE"]) == "mailto:ana@ville.example" and event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert "luc@" not in letter.as_string(), "nobody learns who else was asked"
    after = officer.get(address)
    assert "Il n’y a rien à envoyer" in after.text and "par Nadia Brun" in after.text and f'action="{address}"' not in after.text
    invited = {one["name"]: one.get("invited_on") for one in api.get(f"{TOWN}/trainings/{record}").json()["attendees"]}
    assert invited == {"Ana Roux": "2026-03-02", "Luc Petit": "2026-03-02", "Zoé Blanc": None}


def test_nobody_is_told_the_same_twice(post, server, api):
    record = session(api)
    assert send(api, record) == {"invited": 2, "updated": 0, "cancelled": 0}
    post.wait_for(2)
    assert send(api, record) == {"invited": 0, "updated": 0, "cancelled": 0}
    changed(api, record, notes="Prévoir des copies", support="Diaporama")
    pass_time(server)
    assert send(api, record)["updated"] == 0 and len(post.messages) == 2, "what changed is not what they were told"
    changed(api, record, attendees=[*api.get(f"{TOWN}/trainings/{record}").json()["attendees"], {"name": "Ali Noir", "email": "ali@ville.example"}])
    pass_time(server)
    assert len(post.messages) == 2, "somebody new is invited by a person, never by the clock"
    assert send(api, record) == {"invited": 1, "updated": 0, "cancelled": 0}
    post.wait_for(3)
    stale = api.post(f"{TOWN}/trainings/{record}/invitations", {}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412


def test_whoever_holds_an_invitation_is_told_that_the_session_moved_or_is_off(post, server, api):
    record = session(api)
    send(api, record)
    post.wait_for(2)
    _, first = event_of(to(post, "luc@ville.example")[0])
    changed(api, record, starts_at="2026-05-05T08:00:00Z")
    pass_time(server, 60)
    assert len(post.messages) == 2, "a slip that is mended at once reaches nobody"
    changed(api, record, starts_at="2026-05-06T08:00:00Z", place="Médiathèque")
    pass_time(server)
    post.wait_for(4)
    letter = to(post, "luc@ville.example")[1]
    method, second = event_of(letter)
    assert str(letter["Subject"]).startswith("Changement")
    assert method == "REQUEST" and second["UID"] == first["UID"] and second["SEQUENCE"] > first["SEQUENCE"]
    assert second.decoded("DTSTART").isoformat() == "2026-05-06T08:00:00+00:00" and str(second["LOCATION"]) == "Médiathèque"
    pass_time(server)
    assert len(post.messages) == 4

    off = api.post(f"{TOWN}/trainings/{record}/status", {"status": "called_off", "reason": "Formateur absent"}, headers={"If-Match": "*"})
    assert off.status_code == 200, off.text
    pass_time(server)
    post.wait_for(6)
    method, third = event_of(to(post, "luc@ville.example")[2])
    assert method == "CANCEL" and str(third["STATUS"]) == "CANCELLED" and third["UID"] == first["UID"] and third["SEQUENCE"] > second["SEQUENCE"]
    assert str(third["ORGANIZER"]) == "mailto:claire@ville.example" and third["ORGANIZER"].params["CN"] == "Claire Delmas", "whoever calls it off has the name under which they invited"
    letter = to(post, "luc@ville.example")[2]
    assert letter["Reply-To"].addresses[0].display_name == "Claire Delmas"
    assert "prévue le 6 mai 2026 à 10\u00a0h\u00a000." in letter.get_body(("plain",)).get_content(), "a sentence, and an hour that is not torn"
    assert plan(api, record)["luc@ville.example"]["standing"] == "off"
    again = api.post(f"{TOWN}/trainings/{record}/status", {"status": "scheduled"}, headers={"If-Match": "*"})
    assert again.status_code == 200, again.text
    assert send(api, record)["invited"] == 2, "it takes place after all"
    post.wait_for(8)
    assert event_of(to(post, "luc@ville.example")[3])[1]["SEQUENCE"] > third["SEQUENCE"]


def test_whoever_is_taken_off_is_told_so_and_a_session_thrown_away_is_off_for_all(post, server, api, officer):
    record = session(api)
    send(api, record)
    post.wait_for(2)
    kept = [one for one in api.get(f"{TOWN}/trainings/{record}").json()["attendees"] if one["name"] != "Luc Petit"]
    changed(api, record, attendees=kept)
    assert plan(api, record)["luc@ville.example"]["standing"] == "leaving"
    assert "1 personne à décommander" in officer.get(f"/o/ville/trainings/{record}/invitation").text
    pass_time(server)
    post.wait_for(3)
    letter = to(post, "luc@ville.example")[1]
    assert str(letter["Subject"]).startswith("Annulation") and event_of(letter)[0] == "CANCEL"
    assert len(to(post, "ana@ville.example")) == 1
    gone = api.delete(f"{TOWN}/trainings/{record}", headers={"If-Match": "*"})
    assert gone.status_code == 204, gone.text
    pass_time(server)
    post.wait_for(4)
    assert event_of(to(post, "ana@ville.example")[1])[0] == "CANCEL"
    pass_time(server)
    assert len(post.messages) == 4


def test_what_is_past_sends_nothing_and_who_invites_needs_an_address(post, server, api, officer):
    nobody = session(api, owner={"name": "Claire Delmas"})
    refused = api.post(f"{TOWN}/trainings/{nobody}/invitations", {}, headers={"If-Match": "*"})
    assert refused.status_code == 409 and refused.json()["code"] == "invitation_organiser"
    assert "Donnez d’abord une adresse" in officer.get(f"/o/ville/trainings/{nobody}/invitation").text
    record = session(api)
    send(api, record)
    post.wait_for(2)
    pass_time(server, 70 * 24 * 3600)
    changed(api, record, place="Ailleurs")
    pass_time(server)
    assert send(api, record) == {"invited": 0, "updated": 0, "cancelled": 0}
    assert [len(to(post, one)) for one in ("ana@ville.example", "luc@ville.example")] == [1, 1], "the officer alone hears of what seventy days bring"
    officer.sign_in("dpo@ville.example", PASSWORD)   # seventy days without a click end a session
    assert "La séance est passée" in officer.get(f"/o/ville/trainings/{record}/invitation").text
    campaign = session(api, kind="campaign")
    assert officer.get(f"/o/ville/trainings/{campaign}/invitation").status_code == 404


def test_the_file_and_the_message_are_one_entry(post, server, api, officer):
    record = session(api)
    file = officer.get(f"/o/ville/trainings/{record}/invitation.ics")
    assert re.search(r"text/calendar.*method=REQUEST", file.headers["Content-Type"])
    send(api, record)
    post.wait_for(2)
    mailed = entry_of(to(post, "ana@ville.example")[0])[1].decode()
    lines = lambda text: [line for line in text.replace("\r\n ", "").split("\r\n") if not line.startswith("ATTENDEE")]
    assert lines(mailed) == lines(file.text)


def test_a_reader_sends_nothing_and_a_server_without_mail_says_so(binary, tmp_path):
    town = Installation(binary, tmp_path / "data", {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z"})
    town.cli("organisation", "add", "ville", "--name", "Ville d’Aubreuil", "--test-clock")
    town.add_user("premiere@ville.example", PASSWORD)
    town.add_user("dpo@ville.example", PASSWORD, "--organisation", "ville", "--role", "dpo")
    town.add_user("lecteur@ville.example", PASSWORD, "--organisation", "ville", "--role", "reader")
    with town.serve() as server:
        api = server.api(town.add_token("ville", "dpo"))
        record = session(api)
        refused = api.post(f"{TOWN}/trainings/{record}/invitations", {}, headers={"If-Match": "*"})
        assert refused.status_code == 409 and refused.json()["code"] == "mail_not_set"
        assert server.api(town.add_token("ville", "reader")).post(f"{TOWN}/trainings/{record}/invitations", {}, headers={"If-Match": "*"}).status_code == 403
        reader, officer = server.browser(), server.browser()
        reader.sign_in("lecteur@ville.example", PASSWORD)
        officer.sign_in("dpo@ville.example", PASSWORD)
        address = f"/o/ville/trainings/{record}/invitation"
        shown = officer.get(address)
        assert "Aucun envoi de courriel n’est réglé" in shown.text and f'action="{address}"' not in shown.text
        assert f'action="{address}"' not in reader.get(address).text
        assert reader.post(address, {"csrf": reader.csrf(reader.get(address)), "_version": "1"}).status_code == 403
