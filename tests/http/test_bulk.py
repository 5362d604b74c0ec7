"""One thing done to many records: from the ticks of a list to the report and back; views and columns beside it.

The browser of these tests runs no script: what they do, anyone can do.
"""
import csv
import io
import re
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

SHEETS = "/organisations/ville/processings"
LIST = "/o/ville/processings"


@pytest.fixture(scope="module")
def town(shared_installation):
    shared_installation.cli("organisation", "add", "ville", "--name", "Ville")
    return shared_installation


@pytest.fixture(scope="module")
def people(town):
    town.add_user("premiere@ville.test")   # the first account administers the installation
    return {role: (f"{role}@ville.test", town.add_user(f"{role}@ville.test", None, "--organisation", "ville", "--role", role)) for role in ("dpo", "contributor", "reader")}


@pytest.fixture
def api(town, shared_server):
    return shared_server.api(town.add_token("ville", "dpo"))


@pytest.fixture
def as_role(people, shared_server):
    def sign_in(role):
        person = shared_server.browser()
        person.sign_in(*people[role])
        return person
    return sign_in


def add(api, name, **fields):
    made = api.post(SHEETS, {"name": name, **fields})
    assert made.status_code == 201, made.text
    return made.json()


def shown(api, record):
    return api.get(f"{SHEETS}/{record['id']}").json()


def tick(person, act, records=(), address=LIST, **more):
    """The act pressed in the list with these rows ticked; the page that follows."""
    page = person.get(address)
    form = person.form(page, field="state")
    csrf = re.search(r'name="csrf" value="([^"]+)"', page.text).group(1)
    data = [("state", form.fields["state"]), ("csrf", csrf), *[("id", record["id"]) for record in records], *more.items()]
    return person.request("POST", f"{LIST}/bulk/{act}", data=data, headers={"Origin": person.address, "Referer": page.url})


def answer(person, page, **values):
    """The form of what is asked, or the confirmation; the page that follows."""
    action = re.sub(r"[?#].*", "", page.url).removeprefix(person.address)
    csrf = re.search(r'name="csrf" value="([^"]+)"', page.text).group(1)
    return person.request("POST", action, data={"csrf": csrf, **values}, headers={"Origin": person.address, "Referer": page.url})


def counts(page):
    """{"fiches changées": 2, …} of a report."""
    return {words.strip(): int(number) for words, number in re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page.text)}


# ---- acts -------------------------------------------------------------------------------------------------

def test_ticked_records_get_one_value_and_the_act_is_undone(api, as_role):
    first, second, other = add(api, "Cantine"), add(api, "Crèche", service="Enfance"), add(api, "Marchés")
    dpo = as_role("dpo")
    page = tick(dpo, "edit", [first, second])
    assert page.status_code == 200 and "Modifier un champ de 2 fiches" in page.text
    assert api.get("/organisations/ville/bulk-acts").json()["total"] == 0, "nobody did anything yet"
    page = dpo.get(page.url + "?field=service")
    page = answer(dpo, page, op="ask", field="service", how="set", service="Scolaire")
    assert counts(page) == {"fiches changeront": 2}
    assert shown(api, first)["service"] in (None, ""), "looking changes nothing"
    report = answer(dpo, page, op="confirm")
    assert counts(report) == {"fiches changées": 2}
    assert [shown(api, one)["service"] for one in (first, second, other)] == ["Scolaire", "Scolaire", None]
    undo = dpo.get(report.url + "/undo")
    back = dpo.submit(undo, action="/undo")
    assert "Cet acte a été annulé" in back.text
    assert shown(api, first)["service"] is None and shown(api, second)["service"] == "Enfance"
    versions = api.get(f"{SHEETS}/{second['id']}/versions").json()["items"]
    assert versions[0]["action"] == "undo" and versions[0]["version"] == 3 and "Annulation" in versions[0]["reason"]


def test_a_status_goes_where_each_record_may_go(api, as_role):
    ready, done = add(api, "À valider"), add(api, "Déjà")
    assert api.post(f"{SHEETS}/{done['id']}/status", {"status": "to_validate"}).status_code == 200
    dpo = as_role("dpo")
    page = answer(dpo, tick(dpo, "status", [ready, done]), op="ask", status="validated")
    assert "Son état ne mène pas à celui-là" in page.text
    report = answer(dpo, page, op="confirm")
    assert "Son état ne mène pas à celui-là" in report.text
    assert shown(api, ready)["status"] == "draft"


def test_a_field_that_cannot_hold_the_value_is_said_at_the_field(api, as_role):
    dpo = as_role("dpo")
    page = dpo.get(tick(dpo, "edit", [add(api, "Une")]).url + "?field=start_date")
    wrong = answer(dpo, page, op="ask", field="start_date", how="set", start_date="31/02/2026")
    assert wrong.status_code == 422 and "31/02/2026" in wrong.text, "what was typed is shown again"


def test_what_changed_since_the_confirmation_is_refused(api, as_role):
    first, second = add(api, "Une"), add(api, "Deux")
    dpo = as_role("dpo")
    page = dpo.get(tick(dpo, "edit", [first, second]).url + "?field=service")
    page = answer(dpo, page, op="ask", field="service", how="set", service="Accueil")
    api.patch(f"{SHEETS}/{first['id']}", {"service": "Écrit entre-temps"}, headers={"If-Match": '"1"'})
    report = answer(dpo, page, op="confirm")
    assert "Quelqu’un l’a changée depuis" in report.text
    assert shown(api, first)["service"] == "Écrit entre-temps" and shown(api, second)["service"] == "Accueil"


def test_two_people_one_list_one_act_at_once_and_nobody_loses_a_word(api, as_role):
    records = [add(api, f"Partagée {number}") for number in range(40)]
    asked = []
    for service in ("Culture", "Sport"):
        person = as_role("dpo")
        page = person.get(tick(person, "edit", records).url + "?field=service")
        asked.append((person, service, answer(person, page, op="ask", field="service", how="set", service=service)))
    gate = threading.Barrier(3)

    def confirm(number):
        person, _, page = asked[number]
        gate.wait(60)
        return answer(person, page, op="confirm")

    def write(_):
        gate.wait(60)
        return [api.patch(f"{SHEETS}/{record['id']}", {"name": record["name"] + ", écrit à la main"}, headers={"If-Match": '"1"'}) for record in records[:10]]
    with ThreadPoolExecutor(3) as pool:
        by_hand = pool.submit(write, 0)
        reports = list(pool.map(confirm, range(2)))
        written = by_hand.result()
    changed = sum(counts(report).get("fiches changées", counts(report).get("fiche changée", 0)) for report in reports)
    kept = sum(one.status_code == 200 for one in written)
    assert changed + kept == len(records), "each record took exactly one of the three"
    for number, record in enumerate(records):
        now = shown(api, record)
        assert now["version"] == 2
        by_hand_too = number < 10 and written[number].status_code == 200
        assert (now["service"] in ("Culture", "Sport")) != by_hand_too and (now["name"].endswith("à la main")) == by_hand_too


def test_an_act_sent_twice_is_done_once(api, as_role):
    record = add(api, "Une fois")
    dpo = as_role("dpo")
    page = tick(dpo, "delete", [record])
    first, second = answer(dpo, page, op="confirm"), answer(dpo, page, op="confirm")
    assert counts(first) == counts(second) and second.status_code == 200
    assert api.get(f"{SHEETS}/{record['id']}?deleted=yes").json()["version"] == 2


def test_the_whole_filter_is_taken_on_every_page_of_it(api, as_role):
    for number in range(30):
        add(api, f"Inventaire {number}")
    dpo = as_role("dpo")
    page = tick(dpo, "review", address=LIST + "?q=inventaire&per_page=25", all="yes")
    assert "Inscrire la relecture de 30 fiches" in page.text
    page = tick(dpo, "review", address=LIST + "?q=inventaire&per_page=25", whole_page="yes")
    assert "Inscrire la relecture de 25 fiches" in page.text
    report = answer(dpo, page, op="confirm", next_review="2031-05-01")
    assert counts(report)["fiches changées"] == 25


def test_the_bin_gives_back_what_is_ticked(api, as_role):
    records = [add(api, f"Jetée {number}") for number in range(3)]
    dpo = as_role("dpo")
    assert counts(answer(dpo, tick(dpo, "delete", records), op="confirm"))["fiches changées"] == 3
    report = answer(dpo, tick(dpo, "restore", records[:2], address=LIST + "?deleted=yes"), op="confirm")
    assert counts(report)["fiches changées"] == 2
    assert [api.get(f"{SHEETS}/{one['id']}").status_code for one in records] == [200, 200, 404]


def test_nothing_ticked_is_said_and_a_reader_has_no_boxes(api, as_role):
    add(api, "Une")
    assert tick(as_role("dpo"), "delete").status_code == 422
    reader = as_role("reader")
    page = reader.get(LIST)
    assert page.status_code == 200
    csrf = re.search(r'name="csrf" value="([^"]+)"', page.text).group(1)
    assert reader.post(LIST + "/bulk/delete", {"csrf": csrf, "id": add(api, "Deux")["id"]}, headers={"Origin": reader.address}).status_code == 403


def test_only_its_author_confirms_and_a_dpo_may_undo(api, as_role):
    record = add(api, "Une")
    clerk, dpo = as_role("contributor"), as_role("dpo")
    page = clerk.get(tick(clerk, "edit", [record]).url + "?field=service")
    page = answer(clerk, page, op="ask", field="service", how="set", service="Accueil")
    act = re.sub(r"[?#].*", "", page.url)
    assert dpo.get(act).status_code == 404, "it waits for its author"
    assert counts(answer(clerk, page, op="confirm")) == {"fiche changée": 1}
    listed = dpo.get("/o/ville/bulk-acts")
    assert act.removeprefix(dpo.address) in listed.text
    assert "Cet acte a été annulé" in dpo.submit(dpo.get(act + "/undo"), action="/undo").text


# ---- more than 200: in the background ---------------------------------------------------------------------

def test_a_long_act_survives_a_kill_and_is_done_once(installation):
    installation.cli("organisation", "add", "ville", "--name", "Ville")
    token = installation.add_token("ville", "dpo")
    names = [{"name": f"Traitement {number}"} for number in range(700)]
    with installation.serve() as server:
        api = server.api(token)
        assert api.post(SHEETS + "/import", names, timeout=120).status_code == 200
        started = api.post(SHEETS + "/bulk", {"act": "edit", "filter": "", "field": "service", "value": "Tous"})
        assert started.status_code == 202, started.text
        act = started.headers["Location"].removeprefix("/api/v1")
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
    with installation.serve() as server:
        api = server.api(token)
        for _ in range(1800):   # on a database server the dead program's lease has to end first
            now = api.get(act).json()
            if now["state"] != "running":
                break
            threading.Event().wait(0.1)
        assert (now["state"], now["done"], now["refused"]) == ("done", 700, 0)
        page, versions = 1, []
        while len(versions) < 700:
            items = api.get(f"{SHEETS}?per_page=200&page={page}").json()["items"]
            versions += [(item["version"], item["service"]) for item in items]
            page += 1
        assert set(versions) == {(2, "Tous")}, "each exactly once"
        assert api.post(act + "/undo").status_code == 202
        for _ in range(600):
            now = api.get(act).json()
            if now["state"] != "undoing":
                break
            threading.Event().wait(0.1)
        assert (now["state"], now["undone"]) == ("undone", 700)
    assert installation.cli.run("doctor").returncode in (0, 1)


# ---- export of what is shown ------------------------------------------------------------------------------

def rows(answer):
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_an_export_follows_the_columns_and_the_ticks(api, as_role):
    first, second = add(api, "Exportée A", service="Accueil"), add(api, "Exportée B")
    dpo = as_role("dpo")
    table = rows(dpo.get(f"{LIST}/export?format=csv&q=exportée&columns=service,status"))
    assert [len(row) for row in table] == [4, 4, 4]
    assert [row[0] for row in table[1:]] == ["Exportée A", "Exportée B"] and table[1][2] == "Accueil"
    page = dpo.get(LIST + "?q=exportée&columns=service")
    state = dpo.form(page, field="state").fields["state"]
    ticked = rows(dpo.get(f"{LIST}/bulk/export", params=[("state", state), ("format", "csv columns"), ("id", second["id"])]))
    assert ticked[1:] == [["Exportée B", second["reference"], ""]]
    whole = rows(dpo.get(f"{LIST}/bulk/export", params=[("state", state), ("format", "csv"), ("all", "yes")]))
    assert len(whole) == 3 and len(whole[0]) > 20
    page_full = [("id", second["id"])] * 200
    one_known = rows(dpo.get(f"{LIST}/bulk/export", params=[("state", state), ("format", "csv columns"), *page_full]))
    assert one_known[1:] == [["Exportée B", second["reference"], ""]], "an address that holds a full page of ticks is taken"


# ---- columns and views ------------------------------------------------------------------------------------

def headings(page):
    return re.findall(r'role="columnheader" scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', page.text)


def test_columns_are_chosen_in_order_in_the_address_and_kept_when_asked(api, as_role):
    add(api, "Une")
    person = as_role("contributor")
    usual = headings(person.get(LIST))
    page = person.get(LIST + "?columns=updated,service,status")
    assert [word.strip() for word in headings(page)[1:]] == ["Modifiée le", "Service", "État"]
    choose = person.get(LIST + "/columns?columns=updated,service")
    moved = person.get(LIST + "/columns", params=[("columns", "updated"), ("columns", "service"), ("order", "updated"), ("order", "service"), ("_down", "updated")])
    assert moved.text.index('value="service"') < moved.text.index('value="updated"')
    csrf = re.search(r'name="csrf" value="([^"]+)"', choose.text).group(1)
    kept = person.request("POST", LIST + "/columns", data=[("csrf", csrf), ("columns", "service"), ("columns", "created")], headers={"Origin": person.address})
    assert kept.status_code == 200
    assert [word.strip() for word in headings(person.get(LIST))[1:]] == ["Service", "Créée le"]
    assert headings(as_role("dpo").get(LIST)) == usual, "another person's list is as it was"
    assert person.get(LIST + "?columns=nothing&columns=../../etc").status_code == 200


def test_a_view_is_saved_opened_changed_and_shared(api, as_role):
    add(api, "Vue de loin", service="Accueil")
    dpo, clerk = as_role("dpo"), as_role("contributor")
    page = dpo.get(LIST + "/views?new=yes&q=loin&columns=service")
    opened = dpo.submit(page, {"name": "De loin", "shared": "yes"}, action="/views")
    assert "view=" in opened.url and "Vue de loin" in opened.text and "modifiée" not in opened.text
    address = re.search(r"view=([0-9a-f-]{36})", opened.url).group(1)
    shared = clerk.get(f"{LIST}?view={address}")
    assert shared.status_code == 200 and [word.strip() for word in headings(shared)[1:]] == ["Service"]
    changed = dpo.get(f"{LIST}?view={address}&q=loin&sort=-updated")
    assert "modifiée" in changed.text and f"{LIST}?view={address}" in changed.text
    saved = dpo.submit(changed, action=f"/views/{address}")
    assert "modifiée" not in saved.text
    assert "Enregistrer pour tous" not in clerk.get(f"{LIST}?view={address}&q=").text, "who may not change it is not asked to"
    csrf = re.search(r'name="csrf" value="([^"]+)"', shared.text).group(1)
    assert clerk.post(f"{LIST}/views/{address}/delete", {"csrf": csrf}, headers={"Origin": clerk.address}).status_code == 403


def test_a_refused_view_keeps_what_was_typed(api, as_role):
    add(api, "Vue refusée")
    dpo = as_role("dpo")
    long = "Un nom bien trop long pour une vue, " * 4
    refused = dpo.submit(dpo.get(LIST + "/views?new=yes&q=refus"), {"name": long}, action="/views")
    assert refused.status_code == 422 and long.strip() in refused.text
    for name in ("Une", "Deux"):
        opened = dpo.submit(dpo.get(LIST + f"/views?new=yes&q={name}"), {"name": name}, action="/views")
        assert "view=" in opened.url
    address = re.search(r"view=([0-9a-f-]{36})", opened.url).group(1)
    manage = dpo.get(LIST + "/views")
    for name, status in ((long, 422), ("Une", 422), (" ", 422)):
        refused = dpo.submit(manage, {"name": name}, action=f"/views/{address}")
        assert refused.status_code == status, name
        form = dpo.form(refused, field="state")
        assert form.fields["name"] == name and form.action.endswith(f"/views/{address}") and "q=Deux" in form.fields["state"]
    assert 'aria-invalid="true"' in refused.text
    saved = dpo.submit(refused, {"name": "Trois"}, field="state")
    assert saved.status_code == 200 and ">Trois</a>" in saved.text and ">Deux</a>" not in saved.text
    # Changed from another page meanwhile: said, with the name it has now; nothing is replaced before one says so again.
    met = dpo.submit(manage, {"name": "Quatre"}, action=f"/views/{address}")
    assert met.status_code == 409 and "Quelqu’un a modifié cette vue" in met.text and "Trois" in met.text
    assert dpo.form(met, field="state").fields["name"] == "Quatre"
    assert ">Quatre</a>" in dpo.submit(met, field="state").text


def test_the_past_shows_no_count_of_today(api, as_role):
    made = add(api, "Compter hier")
    person = as_role("dpo")
    address = f"{LIST}/{made['id']}"
    chips = lambda page: page.text.split('class="g-views"')[1].split("</ul>")[0]
    tabs = lambda page: page.text.split('class="g-tabs"')[1].split("</ul>")[0]
    assert "g-num" in chips(person.get(LIST)) and "g-count" in tabs(person.get(address))
    then = person.get(LIST, params={"at": made["updated_at"]})
    assert then.status_code == 200 and "Compter hier" in then.text
    assert "g-num" not in chips(then)
    links = [link for link in re.findall(r'href="(/o/[^"]+)"', chips(then)) if "view=" not in link]
    assert len(links) > 3 and all("at=" in link for link in links), "a chip stays in the past"
    assert "Corbeille" not in chips(then)
    assert "g-count" not in tabs(person.get(address, params={"at": made["updated_at"]}))
    for place in (LIST, address):
        wrong = person.get(place, params={"at": "avant-hier"})
        assert wrong.status_code == 422 and "Moment demandé" in wrong.text
        assert not re.search(r"\bat\s*:", wrong.text)


def test_a_default_view_opens_the_register_and_everything_stays_one_click_away(api, as_role):
    add(api, "Ouverture")
    reader = as_role("reader")
    page = reader.submit(reader.get(LIST + "/views?new=yes&q=ouverture"), {"name": "Au début", "opens": "yes"}, action="/views")
    assert page.status_code == 200
    opened = reader.get(LIST)
    assert "view=" in opened.url and "Ouverture" in opened.text
    assert "view=" not in reader.get(LIST + "?q=").url


def test_views_and_choices_by_api(api):
    made = api.post(SHEETS + "/views", {"name": "Par script", "state": "sort=-updated&status=draft&nothing=1", "shared": True})
    assert made.status_code == 201 and made.json()["state"] == "status=draft&sort=-updated"
    one = made.headers["Location"].removeprefix("/api/v1")
    assert api.put(one, {"name": "Par script", "state": "status=nowhere"}).status_code in (200, 422)
    assert api.put(one, {"name": "Autre nom", "state": ""}, headers={"If-Match": '"9"'}).status_code == 412
    assert api.get(SHEETS + "/views").json()["total"] >= 1
    assert api.put(SHEETS + "/list-choice", {"columns": ["service", "status"], "default_view": made.json()["id"]}).json()["columns"] == ["service", "status"]
    assert api.put(SHEETS + "/list-choice", {"columns": ["secret"]}).status_code == 422
    assert api.put(SHEETS + "/list-choice", {}).status_code == 200
    assert api.delete(one).status_code == 204 and api.get(one).status_code == 404


def test_bulk_by_api(api):
    records = [add(api, f"Script {number}")["id"] for number in range(3)]
    dry = api.post(SHEETS + "/bulk", {"act": "edit", "ids": records, "field": "service", "value": "Essai", "dry_run": True}).json()
    assert (dry["would_change"], dry["would_refuse"]) == (3, 0)
    done = api.post(SHEETS + "/bulk", {"act": "edit", "ids": records, "field": "service", "value": "Essai"})
    assert done.status_code == 200 and done.json()["done"] == 3
    act = done.headers["Location"].removeprefix("/api/v1")
    steps = api.get(act + "/steps").json()
    assert steps["total"] == 3 and {step["outcome"] for step in steps["items"]} == {"done"}
    api.patch(f"{SHEETS}/{records[0]}", {"service": "Depuis"}, headers={"If-Match": '"2"'})
    undone = api.post(act + "/undo").json()
    assert (undone["state"], undone["undone"], undone["not_undone"]) == ("undone", 2, 1)
    assert api.get(f"{SHEETS}/{records[0]}").json()["service"] == "Depuis"
    for body, status in (({"act": "edit"}, 422), ({"act": "burn", "ids": records}, 422), ({"act": "edit", "ids": records, "field": "purposes", "value": []}, 422),
                         ({"act": "delete", "ids": ["x"]}, 404), ({"act": "delete", "ids": [], "filter": ""}, 422), ({"act": "delete", "ids": [], "colour": 1}, 422)):
        assert api.post(SHEETS + "/bulk", body).status_code == status, body
