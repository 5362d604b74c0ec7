"""What people are told of their means of sign-in, sessions that end sooner, and a wave of sign-ins that keeps nobody out."""
import html
import re
import socket
import urllib.parse

import pytest
import requests

from test_see_as import CHEF, CLAIRE, Town
from test_second_factor import code_of, secret_in

NOW = 1772442000   # 2026-03-02T09:00:00Z


@pytest.fixture
def town(binary, tmp_path):
    made = Town(binary, tmp_path)
    with made.server:
        yield made


def subjects(town, who):
    return [subject for subject, _, _ in town.letters(who)]


def enrol(town, who, now):
    browser = town.signed_in(who)
    page = browser.submit(browser.get("/account"), action="/account/authenticator/new")
    secret = secret_in(page)
    done = browser.submit(page, {"code": code_of(secret, now)}, field="code")
    assert "codes" in done.text
    return browser, secret


def test_each_change_of_a_second_factor_is_told_and_cannot_be_refused(town):
    browser, secret = enrol(town, CLAIRE, NOW)
    (subject, text, message), = town.letters(CLAIRE)
    assert subject == "Votre second facteur a changé" and "application d’authentification protège" in text and message["List-Unsubscribe"] is None
    browser.submit(browser.get("/account"), action="/account/recovery-codes")
    assert "codes de secours" in town.letters(CLAIRE)[-1][1]
    browser.submit(browser.get("/account"), action="/account/authenticator/remove")
    assert "retirée" in town.letters(CLAIRE)[-1][1] and len(town.letters(CLAIRE)) == 3
    assert secret not in "".join(text for _, text, _ in town.letters(CLAIRE))


def test_the_letter_is_in_the_readers_language(town):
    browser = town.signed_in(CLAIRE)
    browser.submit(browser.get("/account"), {"language": "en"}, action="/account", field="theme")
    page = browser.submit(browser.get("/account"), action="/account/authenticator/new")
    browser.submit(page, {"code": code_of(secret_in(page), NOW)}, field="code")
    assert subjects(town, CLAIRE) == ["Your second factor has changed"]


def test_an_administrator_or_the_command_line_that_takes_it_back_is_told_too(town):
    enrol(town, CLAIRE, NOW)
    chef = town.signed_in(CHEF)
    chef.post(f"/o/alpha/people/{town.id_of(CLAIRE)}/factors/reset", {"csrf": chef.csrf(chef.get("/o/alpha/people"))})
    told = town.letters(CLAIRE)
    if "retiré par" not in told[-1][1]:   # she works in another town too: only the machine's keeper may
        town.installation.cli("user", "reset-factor", CLAIRE)
        told = town.letters(CLAIRE)
    assert "retiré par un administrateur" in told[-1][1]


def test_a_code_tried_twice_is_told_to_its_holder_once_an_hour(town):
    _, secret = enrol(town, CLAIRE, NOW)
    town.pass_time(60)
    code = code_of(secret, NOW + 60)
    first = town.signed_in(CLAIRE)
    page = first.get("/sign-in/second-factor")
    assert first.submit(page, {"code": code}, field="code").url.endswith(("/o/alpha", "/organisations"))
    thief = town.signed_in(CLAIRE)
    for _ in range(2):
        assert thief.submit(thief.get("/sign-in/second-factor"), {"code": code}, field="code").status_code == 422
    told = [subject for subject in subjects(town, CLAIRE) if "déjà utilisé" in subject]
    assert len(told) == 1, subjects(town, CLAIRE)


def test_whoever_holds_a_token_is_written_to_two_weeks_before_it_ends(town):
    chef = town.signed_in(CHEF)
    page = chef.get("/o/alpha/tokens")
    assert chef.submit(page, {"name": "Extraction de nuit", "role": "reader", "days": "30"}, field="days").status_code == 200
    chef.submit(chef.get("/o/alpha/tokens"), {"name": "Essai", "role": "reader", "days": "7"}, field="days")

    def warnings():
        return [text for subject, text, _ in town.letters(CHEF) if "prend bientôt fin" in subject]

    town.pass_time(15 * 86400)
    assert warnings() == []
    town.pass_time(2 * 86400)
    for _ in range(200):   # the keeper's next round
        if warnings():
            break
        town.server.browser().get("/healthz")
    town.pass_time(86400)
    assert len(warnings()) == 1 and "Extraction de nuit" in warnings()[0] and "1er avril 2026" in warnings()[0], warnings()


def test_a_session_ends_sooner_for_those_who_decide(binary, tmp_path):
    made = Town(binary, tmp_path, "--session-idle", "60", "--session-idle-for", "dpo=30")
    with made.server:
        claire, chef = made.signed_in(CLAIRE), made.signed_in(CHEF)
        assert "après 30 minutes" in html.unescape(claire.get("/account").text) and "après 60 minutes" in html.unescape(chef.get("/account").text)
        made.pass_time(31 * 60)
        assert claire.get("/account", allow_redirects=False).headers["Location"].startswith("/sign-in")
        assert chef.get("/account", allow_redirects=False).status_code == 200
        made.pass_time(61 * 60)
        assert chef.get("/account", allow_redirects=False).status_code == 303


def test_a_value_that_makes_no_sense_is_refused_in_words(town):
    for option, value, said in (("--journal-months", "13", "de 6 à 12 mois"), ("--journal-months", "3", "de 6 à 12 mois"), ("--session-idle", "1", "de 5 à 720"), ("--session-idle-for", "roi=30", "RÔLE=MINUTES")):
        refused = town.installation.cli.run("serve", option, value, "--listen", "127.0.0.1:0")
        assert refused.returncode == 2 and said in refused.stderr, refused.stderr


def attempt(address, cookie, csrf, who, password):
    """The bytes of a sign-in; sent at once with many others."""
    host = address.removeprefix("http://")
    body = urllib.parse.urlencode({"csrf": csrf, "email": who, "password": password})
    return (f"POST /sign-in HTTP/1.1\r\nHost: {host}\r\nOrigin: {address}\r\nCookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}").encode()


def answer_of(connection):
    told = b""
    while piece := connection.recv(65536):
        told += piece
    head, _, body = told.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.decode("latin-1"), body.decode("utf-8", "replace")


def test_a_full_queue_answers_429_and_keeps_nobody_out(town):
    """Forty at once, each for another account: more than wait their turn, fewer than the delays of an address allow."""
    server = town.server
    visitor = server.browser()
    page = visitor.get("/sign-in")
    cookie = "; ".join(f"{each.name}={each.value}" for each in visitor.session.cookies)
    csrf = visitor.csrf(page)
    port = int(server.address.rsplit(":", 1)[1])
    connections = [socket.create_connection(("127.0.0.1", port), timeout=60) for _ in range(40)]
    for number, connection in enumerate(connections):
        connection.sendall(attempt(server.address, cookie, csrf, f"personne{number}@alpha.example", "faux"))
    told = [answer_of(connection) for connection in connections]
    busy = [head for status, head, body in told if status == 429 and "rien n’a été compté" in html.unescape(body)]
    looked_at = [status for status, _, _ in told if status == 422]
    assert len(busy) + len(looked_at) == 40 and len(looked_at) >= 12, [status for status, _, _ in told]
    assert busy and all(re.search(r"(?im)^retry-after: [1-9]\d*\r?$", head) for head in busy), "nobody was sent away"
    # The same account that was sent away comes again with the right password: nothing was held against it.
    browser = town.signed_in(CHEF)
    assert browser.get("/o/alpha", allow_redirects=False).status_code == 200
    for number in range(3):
        answer = requests.post(server.address + "/sign-in", data={"csrf": csrf, "email": f"personne{number}@alpha.example", "password": "faux"}, headers={"Cookie": cookie, "Origin": server.address}, timeout=60)
        assert answer.status_code == 422, "refused for the password alone"
