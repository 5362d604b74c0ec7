"""The first gestures after an attack: ticked on the record, kept in its history, and on a card that needs no screen."""
import re

from town import ADRIEN, BASE, PASSWORD, api, claire, made, town, words  # noqa: F401


def breach(api):
    return made(api, "breaches", title="Rançongiciel à l’accueil", detected_at="2026-03-09T10:00:00Z")


def tick(browser, record, step, op="done"):
    page = browser.get(f"/o/ville/breaches/{record}")
    return browser.post(f"/o/ville/breaches/{record}/first-steps", {"csrf": browser.csrf(page), "step": step, "op": op})


def steps_of(api, record):
    return {row["step"]: row for row in api.get(f"{BASE}/breaches/{record}").json()["first_steps"]}


def test_a_new_report_shows_what_to_do_first(api, claire):
    page = claire.get(f"/o/ville/breaches/{breach(api)}")
    assert page.text.index("Couper du réseau") < page.text.index("Garder les traces") < page.text.index("Porter plainte")
    assert "0 sur 14" in words(page) and "L. 12-10-1" in page.text and "17cyber.gouv.fr" in page.text
    assert re.search(r'id="first-steps".*?<details class="g-disclose" open', page.text, re.S)


def test_a_tick_says_who_and_when_and_stays_in_the_history(api, claire):
    record = breach(api)
    page = tick(claire, record, "disconnect")
    assert page.status_code == 200 and "1 sur 14" in words(page)
    done = steps_of(api, record)["disconnect"]
    assert done["done_by"] == "Claire Delmas" and done["done_at"]
    assert "Claire Delmas" in words(page)
    tick(claire, record, "disconnect")
    assert len(api.get(f"{BASE}/breaches/{record}").json()["first_steps"]) == 1, "ticked twice is ticked once"
    tick(claire, record, "alert")
    assert tick(claire, record, "disconnect", "undo").status_code == 200
    assert set(steps_of(api, record)) == {"alert"}
    versions = api.get(f"{BASE}/breaches/{record}/versions").json()["items"]
    assert len(versions) == 4, "made, ticked, ticked another, taken back"


def test_who_may_not_write_sees_the_ticks_and_ticks_nothing(api, claire, town, shared_server):
    record = breach(api)
    tick(claire, record, "backups")
    adrien = shared_server.browser()
    adrien.sign_in(ADRIEN, PASSWORD)
    page = adrien.get(f"/o/ville/breaches/{record}")
    assert "Claire Delmas" in words(page) and "/first-steps" not in page.text
    token = adrien.csrf(page)
    assert adrien.post(f"/o/ville/breaches/{record}/first-steps", {"csrf": token, "step": "alert", "op": "done"}).status_code == 403


def test_a_step_that_is_none_is_refused(api, claire):
    record = breach(api)
    assert tick(claire, record, "panic").status_code == 422
    assert tick(claire, record, "alert", "maybe").status_code == 422
    assert steps_of(api, record) == {}


def test_the_card_bears_the_call_list_and_the_authorities(api, claire):
    made(api, "responsibilities", role="Astreinte informatique", escalation=1, holder={"name": "Ines Garonne", "phone": "+33 5 00 00 00 01"}, out_of_hours="+33 6 00 00 00 02")
    page = claire.get("/o/ville/sheets/attack")
    text = words(page)
    assert text.index("Astreinte informatique") < text.index("17Cyber") and "Ines Garonne" in text and "+33 6 00 00 00 02" in text
    assert "72 heures" in text and "Emergency card" in claire.get("/o/ville/sheets/attack?lang=en").text
