"""Deadlines of the law, asked on the command line and by the API: the same members, the same answers."""
import json

import pytest

from harness import Cli

CASES = [
    ("breach", {"aware": "2026-03-27T14:20", "zone": "Europe/Paris"}, {"strict_due": "2026-03-30T15:20:00+02:00", "legal_due": "2026-03-30T16:00:00+02:00", "rules": ["R3", "R9"]}),
    ("request", {"received": "2026-03-05"}, {"nominal": "2026-04-05", "due": "2026-04-07", "extension_notice_by": "2026-04-07", "rules": ["R4", "R6", "R10"]}),
    ("request", {"received": "2026-03-03", "calendar": "ALSACE_MOSELLE"}, {"nominal": "2026-04-03", "due": "2026-04-07"}),
    ("request", {"received": "2026-04-22", "calendar": "MQ"}, {"due": "2026-05-26", "zone": "America/Martinique"}),
    ("request", {"received": "2026-09-01", "pause": ["2026-09-04..2026-09-18"]}, {"due": "2026-10-15", "from_identity": "2026-10-19", "suspended": False}),
    ("request", {"received": "2026-11-30", "extended": True}, {"nominal": "2027-02-28", "due": "2027-03-01"}),
    ("consultation", {"received": "2026-03-19", "extended": True}, {"due": "2026-06-25", "extension_notice_by": "2026-04-20"}),
    ("indirect", {"obtained": "2026-03-26", "contact": "2026-04-07"}, {"due": "2026-04-07"}),
]


def as_options(members):
    for name, value in members.items():
        if value is True:
            yield f"--{name}"
        else:
            for one in value if isinstance(value, list) else [value]:
                yield from (f"--{name}", one)


@pytest.fixture(scope="module")
def api(shared_installation, shared_server):
    shared_installation.cli("organisation", "add", "ville", "--name", "Ville")
    return shared_server.api(shared_installation.add_token("ville", "reader"))


@pytest.mark.parametrize("kind, members, expected", CASES)
def test_the_command_and_the_api_give_the_same_answer(binary, tmp_path, api, kind, members, expected):
    said = Cli(binary, tmp_path / "none").run("deadline", kind, *as_options(members), "--json")
    assert said.returncode == 0, said.stderr
    answer = json.loads(said.stdout)
    assert {name: answer[name] for name in expected} == expected
    assert not (tmp_path / "none").exists(), "a deadline needs no data directory"

    sent = api.post(f"/deadlines/{kind}", members)
    assert sent.status_code == 200, sent.text
    assert sent.json() == answer


def test_people_read_the_steps_in_their_language(binary, tmp_path):
    for language, words in (("fr", ["À faire au plus tard le mardi 7 avril 2026", "dimanche 5 avril 2026", "[R10]"]), ("en", ["To be done by Tuesday 7 April 2026", "Sunday 5 April 2026", "[R10]"])):
        said = Cli(binary, tmp_path / "none").run("deadline", "request", "--received", "2026-03-05", "--lang", language)
        assert said.returncode == 0, said.stderr
        for each in words:
            assert each in said.stdout


def test_an_hour_that_the_clocks_skip_or_show_twice_is_told(binary, tmp_path):
    ask = Cli(binary, tmp_path / "none").run
    skipped = ask("deadline", "breach", "--aware", "2026-03-29T02:30")
    assert (skipped.returncode, skipped.stdout) == (2, "")
    assert "aware" in skipped.stderr
    twice = json.loads(ask("deadline", "breach", "--aware", "2026-10-25T02:30", "--json").stdout)
    assert twice["hour_shown_twice"] is True
    assert twice["steps"][0]["from"] == "2026-10-25T02:30:00+02:00"
    second = json.loads(ask("deadline", "breach", "--aware", "2026-10-25T02:30:00+01:00", "--json").stdout)
    assert second["hour_shown_twice"] is False
    assert second["strict_due"] == "2026-10-28T02:30:00+01:00"


@pytest.mark.parametrize("kind, members, field", [
    ("breach", {"aware": "hier"}, "aware"),
    ("breach", {}, "aware"),
    ("breach", {"aware": "2026-03-27T14:20", "zone": "Mars/Olympus"}, "zone"),
    ("request", {"received": "2026-02-30"}, "received"),
    ("request", {"received": "2026-09-10", "pause": ["2026-09-04..2026-09-18"]}, "pause"),
    ("request", {"received": "2026-09-01", "pause": ["2026-09-18..2026-09-04"]}, "pause"),
    ("request", {"received": "2026-09-01", "pause": ["septembre"]}, "pause"),
    ("consultation", {"received": "2026-03-02", "calendar": "PARIS"}, "calendar"),
    ("indirect", {"obtained": "2026-03-26", "disclosed": "2026-03-25"}, "disclosed"),
])
def test_facts_that_cannot_be_are_refused_at_their_member(binary, tmp_path, api, kind, members, field):
    sent = api.post(f"/deadlines/{kind}", members)
    assert sent.status_code == 422, sent.text
    assert [error["field"] for error in sent.json()["errors"]] == [field]
    if members:
        said = Cli(binary, tmp_path / "none").run("deadline", kind, *as_options(members))
        assert said.returncode == 2
        assert f"{field}\u00a0:" in said.stderr


def test_unknown_kinds_and_members_are_refused(api):
    assert api.post("/deadlines/holidays", {}).status_code == 404
    assert api.post("/deadlines/breach", {"received": "2026-03-05"}).status_code == 422
