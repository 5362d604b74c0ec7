"""What only PostgreSQL brings: a server that goes away, several programs on one database, an installation that moves."""
import html
import json
import re
import threading

import pytest

from harness import ENGINE, Installation, postgres_server, postgres_tool
from writers import Book, Writers, healthy

pytestmark = pytest.mark.skipif(ENGINE != "postgres", reason="needs PostgreSQL: GREFFIER_TEST_ENGINE=postgres")

SHEETS = "/organisations/ville/processings"


@pytest.fixture
def own_server():
    """A database server that this test may stop."""
    address = postgres_tool("start")
    yield address
    postgres_tool("stop", address)


def town_on(binary, directory, database):
    town = Installation(binary, directory, {"GREFFIER_DATABASE": database})
    town.cli("organisation", "add", "ville", "--name", "Ville")
    return town


@pytest.fixture
def new_database():
    made = []

    def make():
        made.append(postgres_tool("create", postgres_server()))
        return made[-1]
    yield make
    for address in made:
        postgres_tool("drop", address)


def test_a_database_that_goes_away_is_said_and_nothing_typed_is_lost(binary, tmp_path, own_server):
    town = town_on(binary, tmp_path / "data", own_server)
    password = town.add_user("dpo@ville.test", None, "--name", "Claire", "--role", "dpo", "--organisation", "ville")
    token = town.add_token("ville", "dpo")
    with town.serve() as server:
        person = server.browser()
        person.sign_in("dpo@ville.test", password)
        form_page = person.get("/o/ville/processings/new")
        assert form_page.status_code == 200

        postgres_tool("halt", own_server)
        page = person.get("/o/ville/processings")
        assert page.status_code == 503 and page.headers["Retry-After"]
        assert "base de données" in page.text and not re.search(r"SQL|SELECT|libpq|host=|socket", page.text)
        assert 'href="/o/ville/processings"' in page.text, "the same page again"
        problem = server.api(token).get(SHEETS)
        assert problem.status_code == 503 and problem.headers["Content-Type"].startswith("application/problem+json")
        lost = person.submit(form_page, {"name": "Écrit pendant la panne"}, field="name")
        assert lost.status_code == 503

        postgres_tool("resume", own_server)
        assert person.get("/o/ville/processings").status_code == 200, "the same session, without a restart"
        again = person.submit(lost, field="name")
        assert again.status_code == 200 and "done=created" in again.url, again.text[:500]
        found = server.api(token).get(SHEETS).json()["items"]
        assert [item["name"] for item in found] == ["Écrit pendant la panne"]


def test_a_password_typed_while_the_database_is_away_is_not_written_into_a_page(binary, tmp_path, own_server):
    town = town_on(binary, tmp_path / "data", own_server)
    with town.serve() as server:
        person = server.browser()
        page = person.get("/sign-in")
        postgres_tool("halt", own_server)
        answer = person.submit(page, {"email": "a@ville.test", "password": "un secret bien à moi"}, field="password")
        assert answer.status_code == 503
        assert "un secret" not in html.unescape(answer.text)
        postgres_tool("resume", own_server)


def test_a_database_restarted_under_load_loses_no_acknowledged_write(binary, tmp_path, own_server):
    town = town_on(binary, tmp_path / "data", own_server)
    token = town.add_token("ville", "dpo")
    with town.serve() as server:
        writers = Writers(server, token, 5)
        assert writers.enough.wait(60)
        for _ in range(4):
            postgres_tool("halt", own_server)
            postgres_tool("resume", own_server)
            before, patience = len(writers.changed), threading.Event()
            for _ in range(600):
                if len(writers.changed) > before + 10:
                    break
                patience.wait(0.1)
            assert len(writers.changed) > before + 10, "the same program goes on by itself"
        writers.end()
    book = Book()
    book.add(writers)
    assert len(book.created) > 40 and book.lost(town) == []
    healthy(town)


def test_two_programs_serve_one_database_and_one_of_them_signs(binary, tmp_path, new_database):
    town = town_on(binary, tmp_path / "data", new_database())
    password = town.add_user("dpo@ville.test", None, "--name", "Claire", "--role", "dpo", "--organisation", "ville")
    token = town.add_token("ville", "dpo")
    with town.serve() as first, town.serve() as second:
        person = first.browser()
        person.sign_in("dpo@ville.test", password)
        for server in (first, second, first, second):
            assert server.api(token).post(SHEETS, {"name": "Fiche"}).status_code == 201
        person.address = second.address
        assert person.get("/o/ville/processings").status_code == 200, "signed in on one, known to the other"
        references = [item["reference"] for item in second.api(token).get(SHEETS).json()["items"]]
        assert sorted(references) == ["TRT-0001", "TRT-0002", "TRT-0003", "TRT-0004"]
    done = town.cli.run("doctor", "--json")
    assert done.returncode == 0, done.stdout
    notes = next((town.data_directory / "checkpoints").glob("*.txt")).read_text()
    sizes = re.findall(r"^greffier\.log/\S+\n(\d+)$", notes, re.MULTILINE)
    assert sizes and len(sizes) == len(set(sizes)), "each head is signed once"


def test_a_second_data_directory_has_other_keys_and_is_refused(binary, tmp_path, new_database):
    database = new_database()
    town_on(binary, tmp_path / "data", database)
    other = Installation(binary, tmp_path / "other", {"GREFFIER_DATABASE": database})
    done = other.cli.run("organisation", "add", "bourg", "--name", "Bourg")
    assert done.returncode == 2 and "clés" in done.stderr


def test_an_address_shows_no_password_and_a_wrong_one_is_told(binary, tmp_path):
    town = Installation(binary, tmp_path / "data", {"GREFFIER_DATABASE": "postgresql://ana:hunter2@127.0.0.1:1/nothing?password=hunter2"})
    shown = town.cli("config")
    assert "hunter2" not in shown.stdout and "postgresql://ana:***@127.0.0.1:1/nothing" in shown.stdout
    done = town.cli.run("organisation", "list")
    assert done.returncode == 2 and "hunter2" not in done.stderr + done.stdout
    done = town.cli.run("organisation", "list", "--database", "mysql://ana:hunter2@x/y")
    assert done.returncode == 2 and "hunter2" not in done.stderr + done.stdout


def filled(town):
    with town.serve() as server:
        api = server.api(town.add_token("ville", "dpo"))
        for number in range(5):
            made = api.post(SHEETS, {"name": f"Fiche n° {number} d’été", "tags": []} if number else {"name": "Première"}).json()
            api.patch(f"{SHEETS}/{made['id']}", {"service": "État civil \U0001f5c2"}, headers={"If-Match": '"1"'})
        assert api.request("POST", f"{SHEETS}/{made['id']}/attachments", files={"file": ("a.txt", b"contenu")}).status_code == 201
        api.delete(f"{SHEETS}/{api.get(SHEETS).json()['items'][0]['id']}", headers={"If-Match": '"2"'})


def exported(town):
    texts = {}
    for register in ("processings", "profile"):
        texts[register] = town.cli("export", "--organisation", "ville", "--register", register, "--format", "json", "-o", "-").stdout
    return texts


def ledger_of(town):
    report = json.loads(town.cli("doctor", "--json").stdout)
    return [item for item in report["items"] if item["check"] == "ledger" and item["state"] == "ok"]


def test_an_installation_goes_to_a_server_and_comes_back_the_same(binary, tmp_path, new_database):
    embedded = {"GREFFIER_DATABASE": ""}
    town = Installation(binary, tmp_path / "data", embedded)
    town.cli("organisation", "add", "ville", "--name", "Ville")
    filled(town)
    before = exported(town)
    database = new_database()
    there = json.loads(town.cli("migrate", "--to", database, "--json").stdout)
    on_server = Installation(binary, tmp_path / "data", {"GREFFIER_DATABASE": database})
    assert exported(on_server) == before and ledger_of(on_server)

    refused = town.cli.run("migrate", "--to", database)
    assert refused.returncode == 2, "the target holds something by now"
    back = json.loads(on_server.cli("migrate", "--to", f"sqlite:{tmp_path / 'back'}", "--json").stdout)
    home = Installation(binary, tmp_path / "back", embedded)
    assert exported(home) == before and ledger_of(home)
    same = {table["name"]: table["digest"] for table in there["tables"] if table["name"] != "installation"}
    assert same == {table["name"]: table["digest"] for table in back["tables"] if table["name"] != "installation"}
    assert there["histories"] == back["histories"] == 1
    with home.serve() as server:
        api = server.api(home.add_token("ville", "dpo"))
        item = next(item for item in api.get(SHEETS).json()["items"] if api.get(f"{SHEETS}/{item['id']}/attachments").json()["total"])
        piece = api.get(f"{SHEETS}/{item['id']}/attachments").json()["items"][0]["id"]
        assert api.get(f"{SHEETS}/{item['id']}/attachments/{piece}").content == b"contenu"


def test_a_running_server_is_not_moved(binary, tmp_path, new_database):
    town = Installation(binary, tmp_path / "data", {"GREFFIER_DATABASE": ""})
    town.cli("organisation", "add", "ville", "--name", "Ville")
    target = new_database()
    with town.serve():
        assert town.cli.run("migrate", "--to", target).returncode == 2
    town.cli("migrate", "--to", target)
    moved = Installation(binary, tmp_path / "data", {"GREFFIER_DATABASE": target})
    with moved.serve():
        assert moved.cli.run("migrate", "--to", f"sqlite:{tmp_path / 'back'}").returncode == 2
