"""Power goes, disks fill, twenty people save at once: what was acknowledged is there, and the history still adds up."""
import json
import os
import shutil
import signal
import subprocess
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from harness import ENGINE, Server, clean_environment
from writers import SHEETS, Book, Writers, healthy, kept

ROUNDS, WRITERS = 20, 4


@pytest.fixture
def town(installation):
    installation.cli("organisation", "add", "ville", "--name", "Ville")
    return installation


def test_what_was_acknowledged_survives_twenty_kills(town):
    token = town.add_token("ville", "dpo")
    book = Book()
    for round_number in range(ROUNDS):
        with town.serve() as server:
            writers = Writers(server, token, WRITERS)
            assert writers.enough.wait(120), server.output
            server.process.send_signal(signal.SIGKILL)   # while all four are at it
            server.process.wait()
            writers.end()
        book.add(writers)
        if round_number % 5 == 4:
            healthy(town)
    assert len(book.created) >= 8 * ROUNDS
    assert book.lost(town) == []
    assert book.attached
    with town.serve() as server:
        api = server.api(token)
        for record, piece, content in book.attached:
            assert api.get(f"{SHEETS}/{record}/attachments/{piece}").content == content
        assert api.post(SHEETS, {"name": "Après"}).status_code == 201
    healthy(town)


def test_each_version_has_one_author_and_no_acknowledged_write_is_lost(town):
    token = town.add_token("ville", "dpo")
    with town.serve() as server:
        record = server.api(token).post(SHEETS, {"name": "Partagée"}).json()["id"]
        address = f"{SHEETS}/{record}"
        rounds, threads = 5, 20
        gate = threading.Barrier(threads)

        def save(number):
            api, wins = server.api(token), []
            for turn in range(rounds):
                gate.wait(120)
                tag = f'"{turn + 1}"'
                gate.wait(120)
                answer = api.patch(address, {"service": f"{number}-{turn}"}, headers={"If-Match": tag})
                assert answer.status_code in (200, 412), answer.text
                if answer.status_code == 200:
                    wins.append((turn, answer.json()["version"], f"{number}-{turn}"))
                gate.wait(120)
            return wins
        with ThreadPoolExecutor(threads) as pool:
            wins = sorted(win for one in pool.map(save, range(threads)) for win in one)
        assert [(turn, version) for turn, version, _ in wins] == [(turn, turn + 2) for turn in range(rounds)], "exactly one wins each version"
        api = server.api(token)
        for _, version, text in wins:
            assert api.get(f"{address}/versions/{version}").json()["service"] == text
    healthy(town)


def test_two_people_on_one_form_and_only_one_is_saved_unasked(town):
    password = town.add_user("dpo@ville.test", None, "--organisation", "ville", "--role", "dpo")
    token = town.add_token("ville", "dpo")
    with town.serve() as server:
        record = server.api(token).post(SHEETS, {"name": "Partagée"}).json()["id"]
        people = []
        for _ in range(8):
            browser = server.browser()
            browser.sign_in("dpo@ville.test", password)
            people.append((browser, browser.get(f"/o/ville/processings/{record}/edit")))
        gate = threading.Barrier(len(people))

        def save(number):
            browser, page = people[number]
            gate.wait(60)
            return browser.submit(page, {"service": f"Service {number}"}, field="name", allow_redirects=False)
        with ThreadPoolExecutor(len(people)) as pool:
            answers = list(pool.map(save, range(len(people))))
        saved = [number for number, answer in enumerate(answers) if answer.status_code == 303]
        assert len(saved) == 1, [answer.status_code for answer in answers]
        for number, answer in enumerate(answers):
            if number not in saved:
                assert answer.status_code in (409, 412, 422) and f"Service {number}" in answer.text, "what the person typed is not lost"
        now = server.api(token).get(f"{SHEETS}/{record}").json()
        assert now["version"] == 2 and now["service"] == f"Service {saved[0]}"


def test_one_key_makes_one_record_across_a_kill(town):
    token, key = town.add_token("ville", "dpo"), {"Idempotency-Key": str(uuid.uuid4())}
    with town.serve() as server:
        def send(_):
            try:
                return server.api(token).post(SHEETS, {"name": "Une fois"}, headers=key)
            except requests.RequestException:
                return None
        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(send, range(20)))
        assert {answer.status_code for answer in answers} == {201} and len({answer.json()["id"] for answer in answers}) == 1
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
    with town.serve() as server:
        again = server.api(token).post(SHEETS, {"name": "Une fois"}, headers=key)
        assert again.status_code == 201 and again.json()["id"] == answers[0].json()["id"]
    assert len(kept(town)) == 1


def test_an_import_that_is_killed_is_taken_up_again(town, tmp_path):
    source = tmp_path / "many.json"
    source.write_text(json.dumps([{"reference": f"R-{number}", "name": f"Traitement {number}"} for number in range(2500)]))
    killed = 0
    for _ in range(3):
        process = subprocess.Popen([str(town.binary), "import", str(source), "--organisation", "ville", "--data", str(town.data_directory)],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=clean_environment(town.environment))
        try:
            process.wait(0.6)
        except subprocess.TimeoutExpired:
            killed += 1
        process.kill()
        process.wait()
    assert killed > 0, "the import was over before it could be killed"
    town.cli("import", source, "--organisation", "ville", timeout=300)
    names = [item["name"] for item in kept(town).values()]
    assert len(names) == len(set(names)) == 2500
    healthy(town)


# ---- no room, no right ----------------------------------------------------------------------------------


class Limited:
    """An installation whose server may not write a file larger than `size`: what a full disk looks like, without a disk."""

    def __init__(self, town, size):
        self.data_directory, self.environment = town.data_directory, town.environment
        self.binary = town.data_directory.parent / "limited"
        self.binary.write_text(f'#!/bin/sh\ntrap "" XFSZ\nulimit -f {size // 512}\nexec "{town.binary}" "$@"\n')
        self.binary.chmod(0o755)


def fill_up(api):
    """Writes until the server says there is no room; what it acknowledged, and its refusals."""
    made, refusals = {}, []
    for number in range(3000):
        name = f"{number} " + "x" * 250
        answer = api.post(SHEETS, {"name": name, "security_description": "texte " * 1500})
        if answer.status_code == 201:
            made[answer.json()["id"]] = name
        else:
            refusals.append(answer)
            if len(refusals) > 3:
                break
    return made, refusals


def says_no_room(answer):
    assert answer.status_code == 507, answer.status_code
    assert "espace" in answer.text or "disque" in answer.text or "place" in answer.text, answer.text[-1500:]
    assert "sqlite" not in answer.text.lower() and "SQL" not in answer.text


@pytest.mark.skipif(ENGINE == "postgres", reason="the disk that fills is the database server's")
def test_a_full_disk_is_said_and_loses_nothing_acknowledged(town):
    password, token = town.add_user("dpo@ville.test", None, "--organisation", "ville", "--role", "dpo"), town.add_token("ville", "dpo")
    with Server(Limited(town, 3 << 20)) as server:
        person = server.browser()
        person.sign_in("dpo@ville.test", password)
        form = person.get("/o/ville/processings/new")
        made, refusals = fill_up(server.api(token))
        assert made and refusals, "the limit was reached"
        for refusal in refusals:
            says_no_room(refusal)
        page = person.submit(form, {"name": "Plus de place", "security_description": "texte " * 1500}, field="name")
        if page.status_code != 200:
            says_no_room(page)
        assert person.get("/o/ville/processings").status_code == 200, "what is there can still be read"
        upload = server.api(token).request("POST", f"{SHEETS}/{next(iter(made))}/attachments", files={"file": ("gros.bin", os.urandom(6 << 20))})
        says_no_room(upload)
    there = kept(town)
    assert [record for record, name in made.items() if there.get(record, {}).get("name") != name] == []
    healthy(town)
    with town.serve() as server:
        assert server.api(token).post(SHEETS, {"name": "De la place"}).status_code == 201


@pytest.mark.skipif(ENGINE == "postgres", reason="the disk that fills is the database server's")
def test_a_full_file_system_is_said_and_loses_nothing_acknowledged(town, tmp_path):
    place = tmp_path / "small"
    place.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], capture_output=True).returncode != 0:
        pytest.skip("no small file system can be mounted here")
    try:
        shutil.copytree(town.data_directory, place / "data")
        town.data_directory = town.cli.data_directory = place / "data"
        token = town.add_token("ville", "dpo")
        with town.serve() as server:
            made, refusals = fill_up(server.api(token))
            assert made and refusals
            for refusal in refusals:
                says_no_room(refusal)
            assert server.api(token).get(SHEETS).status_code == 200
        roomy = tmp_path / "roomy"
        shutil.copytree(place / "data", roomy)
        town.data_directory = town.cli.data_directory = roomy
        there = kept(town)
        assert [record for record in made if record not in there] == []
        healthy(town)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def unprivileged(installation, *command):
    """As somebody who is not root, whom permissions would not stop."""
    return subprocess.run(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", str(installation.binary), *command, "--data", str(installation.data_directory)],
                          capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)


@pytest.mark.skipif(ENGINE == "postgres", reason="the database is not in the directory")
def test_a_directory_that_cannot_be_written_is_said(town, tmp_path):
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root is stopped by no permission, and setpriv is not here")
        run = lambda *command: unprivileged(town, *command)
        for folder in (tmp_path, *tmp_path.parents):
            if str(folder).startswith("/tmp/"):
                folder.chmod(0o755)
        town.data_directory.chmod(0o755)
        os.chmod(town.data_directory / "greffier.db", 0o644)
    else:
        town.data_directory.chmod(0o555)
        run = lambda *command: town.cli.run(*command)
    try:
        for command in (("serve", "--listen", "127.0.0.1:0"), ("organisation", "list"), ("organisation", "add", "autre", "--name", "Autre")):
            done = run(*command)
            assert done.returncode == 2 and str(town.data_directory) in done.stderr, done.stderr
            assert "terminate" not in done.stderr and len(done.stderr.strip().splitlines()) == 1
    finally:
        town.data_directory.chmod(0o700)


def test_a_damaged_key_or_database_is_said_and_never_served(town):
    keys = town.data_directory / "keys"
    for name, content in (("ledger.key", b"short"), ("data.key", b"")):
        whole = (keys / name).read_bytes()
        (keys / name).write_bytes(content)
        done = town.cli.run("serve", "--listen", "127.0.0.1:0", timeout=60)
        assert done.returncode == 2 and name in done.stderr, done.stderr
        (keys / name).write_bytes(whole)
    if ENGINE == "postgres":
        return
    database = town.data_directory / "greffier.db"
    database.write_bytes(b"not a database" * 1000)
    for end in ("-wal", "-shm"):
        town.data_directory.joinpath("greffier.db" + end).unlink(missing_ok=True)
    for command in (("serve", "--listen", "127.0.0.1:0"), ("doctor",), ("organisation", "list")):
        done = town.cli.run(*command, timeout=60)
        assert done.returncode in (1, 2) and (done.stderr + done.stdout).strip() and "terminate" not in done.stderr, done.stderr
