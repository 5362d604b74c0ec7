"""Ten thousand submissions by machines on many networks, and three hundred that nobody has read: the public page slows and closes,
what it keeps is bounded, and the register stays one that people work with."""
import http.client
import re
import threading
import time
import urllib.parse

import pytest
import requests

from harness import Installation
from test_public_pages import ANNE, CLAIRE, INCIDENT, OWNER, OWNER_PASSWORD, PASSWORD, clock, send, stranger, switch

HERE = "/organisations/vire/breaches"
SUBMISSIONS, HANDS = 10_000, 8


@pytest.fixture(scope="module")
def server(binary, tmp_path_factory):
    place = Installation(binary, tmp_path_factory.mktemp("flood") / "data", {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z", "GREFFIER_TRUSTED_PROXY": "127.0.0.0/8"})
    place.cli("organisation", "add", "vire", "--name", "Ville de Vire", "--test-clock")
    place.add_user(OWNER, OWNER_PASSWORD)
    for email, role in ((ANNE, "administrator"), (CLAIRE, "dpo")):
        place.add_user(email, PASSWORD, "--organisation", "vire", "--role", role)
    with place.serve() as running:
        running.rest = running.api(place.add_token("vire", "dpo"))
        profile = running.rest.get("/organisations/vire/profile").json()["items"][0]
        running.rest.patch(f"/organisations/vire/profile/{profile['id']}", {"email": "mairie@vire.example", "dpo": {"name": "Claire Delmas", "email": "dpo@vire.example"}}, headers={"If-Match": "*"})
        anne = running.browser()
        anne.sign_in(ANNE, PASSWORD)
        assert switch(anne, "incident", "open").status_code == 200
        yield running


def test_ten_thousand_submissions_leave_the_register_usable(server):
    claire = server.browser()
    claire.sign_in(CLAIRE, PASSWORD)
    words = []
    for _ in range(200):
        page = stranger(server).get("/p/vire/incident").text
        words.append(re.search(r'name="word" value="([^"]+)"', page)[1])
    clock(server, advance_seconds=70)
    host = urllib.parse.urlsplit(server.address).netloc
    statuses, lock = {}, threading.Lock()

    def hand(number):
        connection = http.client.HTTPConnection(host, timeout=60)
        for at in range(number, SUBMISSIONS, HANDS):
            body = urllib.parse.urlencode({"word": words[at % len(words)], "lang": "fr", "website": "", "facts": "Une machine écrit", "noticed_on": "2026-03-02"})
            connection.request("POST", "/p/vire/incident", body, {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": f"10.{at >> 8 & 255}.{at & 255}.7"})
            answer = connection.getresponse()
            answer.read()
            with lock:
                statuses[answer.status] = statuses.get(answer.status, 0) + 1
        connection.close()

    begun = time.monotonic()
    hands = [threading.Thread(target=hand, args=(number,)) for number in range(HANDS)]
    for each in hands:
        each.start()
    looks, slowest = 0, 0.0
    while any(each.is_alive() for each in hands):
        before = time.monotonic()
        assert claire.get("/o/vire/breaches").status_code == 200, "people work on"
        slowest = max(slowest, time.monotonic() - before)
        looks += 1
    taken = time.monotonic() - begun
    kept = server.rest.get(HERE).json()["total"]
    print(f"{SUBMISSIONS} submissions in {taken:.1f} s, {statuses}; {kept} kept; the list was read {looks} times meanwhile, {slowest * 1000:.0f} ms at most")
    assert sum(statuses.values()) == SUBMISSIONS and set(statuses) <= {200, 422, 429}, statuses
    assert 1 <= kept <= 70, "what an organisation takes at once, and little more"
    assert looks > 0
    made = server.rest.post(HERE, {"title": "Un vrai incident"})
    assert made.status_code == 201
    assert requests.get(server.address + "/health", timeout=30).status_code in (200, 404)


def test_three_hundred_unread_close_the_page_until_somebody_reads(server):
    while server.rest.get(HERE + "?status=reported&per_page=1").json()["total"] < 300:
        assert server.rest.post(HERE, {"title": "Signalement"}).status_code == 201
    clock(server, advance_seconds=3600)
    before = server.rest.get(HERE).json()["total"]
    refused = send(server, "incident", INCIDENT)
    assert refused.status_code == 429 and "attendent d’être lus" in refused.text and "mairie@vire.example" in refused.text, "the other ways are named"
    assert INCIDENT["facts"] in refused.text, "nothing typed is lost"
    assert server.rest.get(HERE).json()["total"] == before
    for one in server.rest.get(HERE + "?status=reported&per_page=2").json()["items"]:
        moved = server.rest.post(f"{HERE}/{one['id']}/status", {"status": "incident", "reason": "Lu"}, headers={"If-Match": "*"})
        assert moved.status_code == 200, moved.text
    clock(server, advance_seconds=3600)
    assert send(server, "incident", INCIDENT).status_code == 200
