"""The command line, as a script uses it: exit codes, shapes, what is said where."""
import json
import os
import stat

import pytest

from harness import ENGINE, Installation

PASSWORD = "quatre mots sans aucun rapport 42\n"


@pytest.fixture
def town(installation):
    installation.cli("organisation", "add", "ville", "--name", "Ville de Test", "--kind", "commune")
    return installation


def one_line(done, code=2):
    assert done.returncode == code, done.stderr
    assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr and "SELECT" not in done.stderr
    assert "[" not in done.stderr, "a sentence is missing from the catalogue"
    return done.stderr


# --- organisations ------------------------------------------------------------------------------------

def test_an_organisation_is_added_listed_and_shown(town):
    listed = json.loads(town.cli("organisation", "list", "--json").stdout)
    assert set(listed) == {"items", "page", "per_page", "total"}
    assert listed["total"] == 1
    item = listed["items"][0]
    assert (item["slug"], item["name"], item["kind"], item["parent"]) == ("ville", "Ville de Test", "commune", None)
    shown = json.loads(town.cli("organisation", "show", "ville", "--json").stdout)
    assert {"register": "profile", "total": 1} in shown["registers"]
    assert shown["ledger"]["size"] == 1 and shown["ledger"]["checkpoint_at"]


@pytest.mark.parametrize("slug", ["a", "Ville", "deux mots", "été", "x" * 41, "api", "healthz"])
def test_a_slug_that_cannot_be_an_address_is_refused(town, slug):
    one_line(town.cli.run("organisation", "add", slug, "--name", "X"))


def test_a_slug_is_taken_once(town):
    one_line(town.cli.run("organisation", "add", "ville", "--name", "Autre"))


def test_a_reader_does_not_make_a_data_directory(installation):
    said = one_line(installation.cli.run("organisation", "list"))
    assert str(installation.data_directory) in said
    assert not installation.data_directory.exists()


def test_what_is_written_can_be_read_by_its_owner_alone(town):
    for path in [town.data_directory, *town.data_directory.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


# --- people and tokens --------------------------------------------------------------------------------

def test_the_first_account_administers_the_installation_and_the_next_holds_what_it_is_given(town):
    town.cli("user", "add", "a@ville.test", "--password-stdin", stdin=PASSWORD)
    town.cli("user", "add", "b@ville.test", "--password-stdin", "--organisation", "ville", "--role", "dpo", stdin=PASSWORD)
    people = {person["email"]: person["roles"] for person in json.loads(town.cli("user", "list", "--json").stdout)["items"]}
    assert people == {"a@ville.test": [{"organisation": None, "role": "installation_administrator"}],
                      "b@ville.test": [{"organisation": "ville", "role": "dpo"}]}


def test_a_password_is_asked_on_a_terminal_only(town):
    said = one_line(town.cli.run("user", "add", "a@ville.test"))
    assert "--password-stdin" in said


def test_a_weak_password_is_refused_and_never_repeated(town):
    said = one_line(town.cli.run("user", "add", "a@ville.test", "--password-stdin", stdin="soleil\n"))
    assert "soleil" not in said


def test_an_account_is_disabled_and_enabled(town):
    town.add_user("a@ville.test")
    assert json.loads(town.cli("user", "disable", "a@ville.test", "--json").stdout)["disabled"] is True
    assert json.loads(town.cli("user", "enable", "a@ville.test", "--json").stdout)["disabled"] is False
    one_line(town.cli.run("user", "disable", "nobody@ville.test"))


def test_a_token_stands_alone_on_standard_output(town):
    done = town.cli("token", "add", "--organisation", "ville", "--role", "reader")
    assert done.stderr == ""
    token = done.stdout
    assert token.endswith("\n") and token.count("\n") == 1 and " " not in token and len(token) > 25
    assert token.strip() not in town.cli("token", "list", "--organisation", "ville", "--json").stdout


def test_a_token_is_revoked_by_its_identifier(town):
    town.add_token("ville")
    identifier = json.loads(town.cli("token", "list", "--organisation", "ville", "--json").stdout)["items"][0]["id"]
    town.cli("token", "revoke", identifier, "--organisation", "ville")
    assert json.loads(town.cli("token", "list", "--organisation", "ville", "--json").stdout)["items"][0]["revoked_at"]
    one_line(town.cli.run("token", "revoke", "0190f3a2-7c41-7d10-8a55-1c2d3e4f5061", "--organisation", "ville"))


def test_a_token_needs_a_role_that_exists(town):
    said = one_line(town.cli.run("token", "add", "--organisation", "ville", "--role", "king"))
    assert "administrator" in said


# --- settings -----------------------------------------------------------------------------------------

def settings(installation, *arguments, **environment):
    done = installation.cli("config", "--json", *arguments, **environment)
    return {item["name"]: (item["value"], item["source"]) for item in json.loads(done.stdout)["items"]}


def test_a_setting_comes_from_option_environment_file_default_in_that_order(installation):
    assert settings(installation)["listen"] == ("127.0.0.1:8080", "default")
    installation.data_directory.mkdir()
    (installation.data_directory / "greffier.toml").write_text('listen = "127.0.0.1:3"\n')
    assert settings(installation)["listen"] == ("127.0.0.1:3", "file")
    assert settings(installation, GREFFIER_LISTEN="127.0.0.1:2")["listen"] == ("127.0.0.1:2", "environment")
    assert settings(installation, "--listen", "127.0.0.1:1", GREFFIER_LISTEN="127.0.0.1:2")["listen"] == ("127.0.0.1:1", "option")


def test_a_slip_in_the_file_is_told_with_its_line(installation):
    installation.data_directory.mkdir()
    (installation.data_directory / "greffier.toml").write_text('\nlisten = 8080\n')
    assert "2" in one_line(installation.cli.run("config"))


# --- arguments ----------------------------------------------------------------------------------------

def test_an_unknown_option_and_an_unknown_command_exit_2(command):
    one_line(command.run("version", "--frob"))
    one_line(command.run("frobnicate"))
    one_line(command.run())


def test_help_is_on_standard_output_in_the_language_asked(command):
    assert "Organismes servis" in command("organisation", "--help").stdout
    assert "Organisations served" in command("--lang", "en", "organisation", "--help").stdout
    assert "Organisations served" in command("organisation", "--help", LANG="en_GB.UTF-8").stdout


def test_json_does_not_change_with_the_language(town):
    french = town.cli("organisation", "list", "--json", "--lang", "fr").stdout
    assert french == town.cli("organisation", "list", "--json", "--lang", "en").stdout


# --- doctor and the clock -----------------------------------------------------------------------------

def test_doctor_is_content_with_a_sound_installation(town):
    found = json.loads(town.cli("doctor", "--json").stdout)
    assert found["state"] == "warning"
    expected = {"key_beside_data", "server"} if ENGINE == "postgres" else {"key_beside_data"}   # the tests' server syncs nothing
    assert {item["check"] for item in found["items"] if item["state"] == "warning"} == expected


def test_doctor_exits_1_when_a_key_is_open_to_others(town):
    (town.data_directory / "keys" / "data.key").chmod(0o644)
    done = town.cli.run("doctor", "--json")
    assert done.returncode == 1
    assert [item["check"] for item in json.loads(done.stdout)["items"] if item["state"] == "failed"] == ["key"]


def test_doctor_finds_a_record_changed_behind_the_programs_back(town):
    town.tamper("UPDATE record_body SET body=replace(body, 'Ville de Test', 'Ville de Toto')")
    done = town.cli.run("doctor", "--json")
    assert done.returncode == 1
    assert "versions" in [item["check"] for item in json.loads(done.stdout)["items"] if item["state"] == "failed"]


def test_doctor_finds_a_history_rewritten(town):
    town.tamper("UPDATE ledger_entry SET entry=replace(entry, '\"create\"', '\"update\"')")
    done = town.cli.run("doctor", "--json")
    assert done.returncode == 1
    assert "ledger" in [item["check"] for item in json.loads(done.stdout)["items"] if item["state"] == "failed"]


def test_doctor_without_installation_exits_2(installation):
    one_line(installation.cli.run("doctor"))


def test_the_clock_is_set_only_in_a_directory_made_for_tests(installation, binary, tmp_path):
    add = ("organisation", "add", "ville", "--name", "V", "--json")
    made = json.loads(installation.cli(*add, "--test-clock", GREFFIER_CLOCK="2025-01-02T03:04:05Z").stdout)
    assert made["created_at"] == "2025-01-02T03:04:05.000Z"
    ordinary = Installation(binary, tmp_path / "ordinary")
    made = json.loads(ordinary.cli(*add, GREFFIER_CLOCK="2025-01-02T03:04:05Z").stdout)
    assert not made["created_at"].startswith("2025-01-02")


# --- serve --------------------------------------------------------------------------------------------

@pytest.mark.skipif(ENGINE == "postgres", reason="several may serve one database of a server")
def test_a_second_server_on_the_same_directory_is_refused(installation, server):
    one_line(installation.cli.run("serve", "--listen", "127.0.0.1:0"))


def test_beyond_this_machine_an_encrypted_public_address_is_needed(installation):
    one_line(installation.cli.run("serve", "--listen", "0.0.0.0:0"))


def test_demonstration_data_are_not_served_beyond_this_machine(installation):
    installation.cli("demo", "--organisations", "1")
    one_line(installation.cli.run("serve", "--listen", "0.0.0.0:0", "--public-url", "https://rgpd.example"))


def test_the_server_stops_on_sigterm_and_prints_a_set_up_address_once(installation):
    with installation.serve() as running:
        assert running.setup_address
        assert running.stop() == 0
    installation.add_user("a@ville.test")
    with installation.serve() as running:
        assert running.setup_address is None


# --- import, export, lint -----------------------------------------------------------------------------

@pytest.fixture
def demo(installation):
    installation.cli("demo", "--organisations", "2")
    return installation


def test_a_register_leaves_as_a_workbook_and_comes_back_elsewhere(demo, tmp_path):
    book = tmp_path / "registre.ods"
    demo.cli("export", "--organisation", "marsange", "--register", "processings", "--format", "cnil-ods", "-o", book)
    demo.cli("organisation", "add", "ville", "--name", "Ville")
    trial = json.loads(demo.cli("import", book, "--organisation", "ville", "--dry-run", "--json").stdout)
    assert trial["dry_run"] is True and trial["counts"]["created"] > 0
    done = json.loads(demo.cli("import", book, "--organisation", "ville", "--json").stdout)
    assert done["counts"]["created"] == trial["counts"]["created"]
    again = json.loads(demo.cli("import", book, "--organisation", "ville", "--json").stdout)
    assert again["counts"]["created"] == 0 and again["counts"]["unchanged"] == done["counts"]["created"]


def test_the_organisation_of_a_file_is_found_by_the_name_it_gives(demo, tmp_path):
    book = tmp_path / "registre.ods"
    demo.cli("export", "--organisation", "marsange", "--register", "processings", "--format", "cnil-ods", "-o", book)
    done = json.loads(demo.cli("import", book, "--organisation", "auto", "--json").stdout)
    assert done["counts"]["created"] == 0 and done["counts"]["unchanged"] > 0


def test_two_exports_of_one_state_are_the_same_bytes(demo):
    export = ("export", "--organisation", "marsange", "--register", "processings", "--format", "json")
    first = demo.cli(*export).stdout
    assert first == demo.cli(*export).stdout
    assert len(json.loads(demo.cli(*export, "--at", "2001-01-01").stdout)["items"]) == 0
    one_line(demo.cli.run(*export, "--at", "2999-01-01"))


def test_an_export_is_told_which_formats_there_are(demo):
    said = one_line(demo.cli.run("export", "--organisation", "marsange", "--register", "processings", "--format", "doc"))
    assert "json" in said and "cnil-ods" in said


def test_what_is_no_ordinary_file_is_not_replaced_by_an_export(demo, tmp_path):
    pipe = tmp_path / "tube"
    os.mkfifo(pipe)
    for command in (("export", "--organisation", "marsange", "--register", "processings", "--format", "json", "-o", pipe),
                    ("organisation", "export", "marsange", "-o", pipe)):
        assert str(pipe) in one_line(demo.cli.run(*command))
        assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_lint_exits_by_severity(demo):
    def code(severity):
        return demo.cli.run("lint", "--organisation", "val-d-aubreuil", "--fail-on", severity, "--json").returncode

    found = json.loads(demo.cli.run("lint", "--organisation", "val-d-aubreuil", "--json").stdout)
    severities = {finding["severity"] for item in found["items"] for finding in item["findings"]}
    order = ["advice", "minor", "major", "blocking"]
    for at, severity in enumerate(order):
        assert code(severity) == (1 if severities & set(order[at:]) else 0), severity


def test_lint_of_a_file_needs_no_data_directory(demo, command, tmp_path):
    book = tmp_path / "registre.ods"
    demo.cli("export", "--organisation", "marsange", "--register", "processings", "--format", "cnil-ods", "-o", book)
    done = command.run("lint", book, "--format", "sarif", "--data", tmp_path / "none")
    assert done.returncode in (0, 1) and json.loads(done.stdout)["version"] == "2.1.0"
    assert not (tmp_path / "none").exists()
    one_line(command.run("lint", tmp_path / "absent.ods"))


def test_a_file_that_cannot_be_read_does_not_stop_the_others(demo, tmp_path):
    book, bad = tmp_path / "registre.ods", tmp_path / "bad.ods"
    demo.cli("export", "--organisation", "marsange", "--register", "processings", "--format", "cnil-ods", "-o", book)
    bad.write_bytes(b"not a workbook")
    done = demo.cli.run("import", bad, book, "--organisation", "marsange", "--json")
    assert done.returncode == 2 and "bad.ods" in done.stderr
    assert json.loads(done.stdout)["total"] == 1


# --- demonstration data -------------------------------------------------------------------------------

def test_demonstration_data_have_histories_and_passwords_kept_for_their_owner(installation):
    filled = json.loads(installation.cli("demo", "--json").stdout)
    assert filled["organisations"] == 8
    kept = installation.data_directory / "demo-passwords.txt"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert all(person["password"] in kept.read_text() for person in filled["people"])
    found = json.loads(installation.cli("doctor", "--json").stdout)
    assert not [item for item in found["items"] if item["state"] == "failed"]
    one_line(installation.cli.run("demo"))


def test_the_same_seed_tells_the_same_story(binary, tmp_path):
    from harness import Cli

    def names(folder, seed):
        cli = Cli(binary, tmp_path / folder)
        cli("demo", "--organisations", "2", "--processings", "30", "--seed", seed)
        slug = json.loads(cli("organisation", "list", "--json").stdout)["items"][0]["slug"]
        exported = json.loads(cli("export", "--organisation", slug, "--register", "processings", "--format", "json").stdout)
        return [(item["reference"], item["name"], item["status"]) for item in exported["items"]]

    first = names("a", 7)
    assert len(first) == 30
    assert first == names("b", 7)
    assert first != names("c", 8)
