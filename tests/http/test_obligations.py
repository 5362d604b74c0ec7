"""docs/obligations.md is held by tools/check_obligations: it must see every slip, and know the program's addresses as they are."""
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAD = "| id | obligation | article | state | by | missing |\n|---|---|---|---|---|---|\n"


def check(*arguments):
    return subprocess.run([sys.executable, ROOT / "tools" / "check_obligations", *arguments], capture_output=True, text=True)


def said_of(tmp_path, *rows):
    """What is said of a page of these rows, without its name; the last line counts."""
    page = tmp_path / "page.md"
    page.write_text(HEAD + "\n".join(rows) + "\n")
    done = check("--page", page)
    *problems, verdict = done.stdout.splitlines()
    assert done.returncode == (1 if problems else 0), done.stdout + done.stderr
    assert f"{len(problems)} problem(s)" in verdict or not problems
    return [problem.removeprefix("page.md:") for problem in problems]


def row(by, number=1, state="fulfilled", missing=""):
    return f"| S-{number:03} | Keep a register | 30(1) | {state} | {by} | {missing} |"


def test_the_page_that_is_there_is_sound_and_counted():
    done = check()
    assert done.returncode == 0, done.stdout
    counts = re.search(r"(\d+) fulfilled, (\d+) in part, (\d+) not yet, nothing to mend", done.stdout)
    assert counts and sum(map(int, counts.groups())) >= 282


def test_the_addresses_read_from_the_sources_are_those_of_the_program(installation):
    installation.cli("migrate")
    served = {route["path"] for route in json.loads(installation.cli("doctor", "--routes", "--json").stdout)["routes"]}
    assert set(check("--routes").stdout.split()) == served | {"/test/clock"}


def test_each_kind_of_reference_is_known(tmp_path):
    there = ["page:/o/{organisation}/processings/{id}/history", "page:/o/{organisation}/{register}", "page:/search", "command:greffier lint",
             "command:greffier deadline breach", "test:tests/http/test_obligations.py::test_each_kind_of_reference_is_known",
             "test:src/law/periods_test.cpp::Easter.falls_on_the_days_of_the_almanac", "test:tests/browser/pages.test.mjs::the forms",
             "field:processings.name", "field:processings.data_categories.nir", "field:profile.dpo.kind", "rule:REG-011", "rule:REG-006",
             "doc:docs/user/delais.md"]
    assert said_of(tmp_path, *(row(by, number) for number, by in enumerate(there, 1))) == []


def test_a_reference_that_leads_nowhere_is_named_with_its_line(tmp_path):
    reasons = {
        "page:/o/{organisation}/recipes": "no route",
        "page:/o/{organisation}/processings/{id}/recipes": "no route",
        "page:/o/{organisation}/samples": "no route",
        "command:greffier bake": "no such row",
        "command:greffier deadline": "no such row",
        "test:tests/http/test_obligations.py::test_nothing": "no test of that name",
        "test:tests/http/test_obligations.py::row": "no test of that name",
        "test:src/law/periods_test.cpp::Easter.moves": "no test of that name",
        "test:tests/http/test_gone.py::test_x": "there is no tests/http/test_gone.py",
        "test:src/law/periods.cpp::Easter.moves": "holds no tests",
        "test:../escape.py::test_x": "there is no",
        "test:tests/http/test_obligations.py": "FILE::NAME",
        "field:processings.colour": "no such field",
        "field:processings.name.length": "no such field",
        "field:processings": "name a field",
        "field:samples.name": "no register is called samples",
        "rule:REG-999": "no table of rules",
        "doc:docs/user/cuisine.md": "no such page",
        "rule:REG-011, rule:REG-012": "one reference is enough",
        "idea:later": "a reference begins with",
        "greffier lint": "a reference begins with",
    }
    problems = said_of(tmp_path, *(row(by, number) for number, by in enumerate(reasons, 1)))
    assert len(problems) == len(reasons)
    for number, ((by, why), problem) in enumerate(zip(reasons.items(), problems), 1):
        assert problem.startswith(f"{number + 2}: S-{number:03}: {by}: ") and why in problem


def test_a_state_says_what_it_needs_and_no_more(tmp_path):
    lint = "command:greffier lint"
    assert said_of(tmp_path, row("", state="not yet"), row(lint, 2, "in part", "the half")) == []
    slips = {
        "the state is fulfilled, in part or not yet: it is missing": row(lint, 1, ""),
        "not nearly": row(lint, 2, "nearly"),
        "what is not yet has no reference": row(lint, 3, "not yet"),
        "a reference must say": row("", 4, "fulfilled"),
        "say what is missing": row(lint, 5, "in part"),
        "only when": row(lint, 6, "fulfilled", "the half"),
        "the obligation is not said": f"| S-007 | | 30(1) | fulfilled | {lint} | |",
        "6 cells": f"| S-008 | Keep a register | fulfilled | {lint} |",
    }
    problems = said_of(tmp_path, *slips.values())
    assert len(problems) == len(slips)
    for number, (why, problem) in enumerate(zip(slips, problems), 1):
        assert problem.startswith(f"{number + 2}: S-{number:03}: ") and why in problem


def test_no_id_is_given_twice_or_left_out(tmp_path):
    def not_yet(identifier):
        return f"| {identifier} | Keep a register | 30(1) | not yet | | |"

    assert said_of(tmp_path, *map(not_yet, ["S-001", "S-002", "L-001", "S-003", "L-002"])) == []
    assert said_of(tmp_path, *map(not_yet, ["S-001", "S-001"])) == ["4: S-001: the id stands already in line 3"]
    assert said_of(tmp_path, *map(not_yet, ["S-001", "S-003", "S-004"])) == ["4: S-003: S-002 is expected here"]
    assert said_of(tmp_path, not_yet("S-002")) == ["3: S-002: S-001 is expected here"]
    assert said_of(tmp_path, not_yet("S1")) == ["3: S1: the id is a letter, a dash and three figures, such as S-001"]
    assert said_of(tmp_path) == ["1: no obligation is listed"]
