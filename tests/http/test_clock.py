"""A machine whose clock jumps: weeks ahead, then put right. Nothing is lost, nobody is locked out, and the history never
goes backwards."""
import threading

import requests

from harness import Installation
from writers import healthy

SHEETS = "/organisations/ville/processings"
DAY = 24 * 3600


def jump(server, seconds):
    moved = requests.post(server.address + "/test/clock", data={"advance_seconds": str(seconds)}, timeout=30)
    assert moved.status_code == 200, moved.text


def ends(api, act):
    """The state an act on many records comes to."""
    for _ in range(1200):
        now = api.get(act).json()
        if now["state"] != "running":
            return now["state"], now["done"]
        threading.Event().wait(0.05)
    return "still running", now["done"]


def rename_all(api, service):
    started = api.post(SHEETS + "/bulk", {"act": "edit", "filter": "", "field": "service", "value": service})
    assert started.status_code in (200, 202), started.text
    return ends(api, started.headers["Location"].removeprefix("/api/v1"))


def test_a_clock_that_jumps_and_is_put_right_stops_nobody(binary, tmp_path):
    town = Installation(binary, tmp_path / "data", {"GREFFIER_CLOCK": "2026-01-15T09:00:00Z"})
    town.cli("organisation", "add", "ville", "--name", "Ville", "--test-clock")
    password = town.add_user("dpo@ville.test", None, "--organisation", "ville", "--role", "dpo")
    token = town.add_token("ville", "dpo")
    with town.serve() as server:
        api, person = server.api(token), server.browser()
        person.sign_in("dpo@ville.test", password)
        made = api.post(SHEETS, {"name": "Avant"}).json()
        for number in range(150):
            assert api.post(SHEETS, {"name": f"Fiche {number}"}).status_code == 201

        jump(server, 40 * DAY)   # a battery that died
        assert "/sign-in" in person.get("/o/ville/processings").url, "the session ended long ago"
        person.sign_in("dpo@ville.test", password)
        assert person.get("/o/ville/processings").url.endswith("/o/ville/processings")
        assert rename_all(api, "Demain") == ("done", 151)
        late = api.post(SHEETS, {"name": "Dans quarante jours"}).json()
        assert late["created_at"].startswith("2026-02-24")

        jump(server, -40 * DAY)   # and the clock was put right
        assert person.get("/o/ville/processings").status_code == 200
        again = server.browser()
        again.sign_in("dpo@ville.test", password)
        assert again.get("/o/ville/processings").url.endswith("/o/ville/processings")
        after = api.post(SHEETS, {"name": "Après"})
        assert after.status_code == 201 and after.json()["created_at"] >= late["created_at"], "a history never goes backwards"
        assert rename_all(api, "Aujourd’hui") == ("done", 153)
        times = [act["recorded_at"] for act in api.get(f"{SHEETS}/{made['id']}/versions").json()["items"]]
        assert len(times) == 3 and times == sorted(times, reverse=True)
    with town.serve() as server:   # and a restart on a clock that is behind what was signed
        assert server.api(token).post(SHEETS, {"name": "Le lendemain"}).status_code == 201
    healthy(town)
