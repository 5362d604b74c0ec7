"""Signing in with the password of a directory: a real slapd, on this machine alone."""
import html
import json
import re

import pytest

from directory import BASE, SEARCHER, SEARCHER_PASSWORD, SLAPD, Directory
from harness import Installation

pytestmark = pytest.mark.skipif(SLAPD is None, reason="slapd is not installed")
OWNER, CLAIRE = "premiere@mairie.example", "claire@ville.example"
PASSWORD = "le mot de passe de l annuaire"


class Town:
    def __init__(self, binary, folder, directory, **changes):
        self.directory, self.installation = directory, Installation(binary, folder, {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z"})
        cli = self.installation.cli
        cli("organisation", "add", "ville", "--name", "Ville d’Aubreuil", "--test-clock")
        self.passwords = {OWNER: self.installation.add_user(OWNER), CLAIRE: self.installation.add_user(CLAIRE, None, "--organisation", "ville", "--role", "reader")}
        self.write(**changes)
        self.server = None

    def write(self, top="", **changes):
        values = {"kind": "ldap", "label": "Annuaire", "url": self.directory.url, "ca": self.directory.authority, "bind-dn": SEARCHER, "bind-password": SEARCHER_PASSWORD, "base": f"ou=people,{BASE}",
                  "roles": ["rgpd-dpo = ville/dpo", f"cn=chefs,ou=groups,{BASE} = ville/ciso"], **{name.replace("_", "-"): value for name, value in changes.items()}}
        values = {name: value for name, value in values.items() if value is not None}
        lines = [top, 'sign-in-ways = ["annuaire"]', "[sign-in.annuaire]", *(f"{name} = {json.dumps(value)}" for name, value in values.items())]
        (self.installation.data_directory / "greffier.toml").write_text("\n".join(lines), encoding="utf-8")

    def start(self):
        self.server = self.installation.serve()
        return self

    def restart(self, *arguments, **changes):
        self.server.stop()
        self.write(*arguments, **changes)
        return self.start()

    def sign_in(self, name, password):
        browser = self.server.browser()
        browser.landed = browser.sign_in(name, password)
        return browser

    def roles(self, email=CLAIRE):
        people = json.loads(self.installation.cli("user", "list", "--json").stdout)["items"]
        return sorted(role["role"] for person in people if person["email"] == email for role in person["roles"])

    def check(self):
        return self.installation.cli.run("sign-in", "check")

    def journal(self, event):
        return [note for note in map(json.loads, reversed(self.installation.cli("journal", "list").stdout.splitlines())) if note["event"] == event]


@pytest.fixture
def directory(tmp_path):
    with Directory(tmp_path / "ldap") as made:
        made.add_person("claire", CLAIRE, "Claire Delmas", PASSWORD)
        made.add_person("paul", "paul@ville.example", "Paul Martin", PASSWORD)
        yield made


@pytest.fixture
def town(binary, tmp_path, directory):
    made = Town(binary, tmp_path / "data", directory).start()
    yield made
    made.server.stop()


def words(page):
    return html.unescape(re.sub(r"<[^>]+>", " ", page.text))


def is_in(browser):
    return browser.get("/account", allow_redirects=False).status_code == 200


def test_the_password_of_the_directory_opens_by_name_or_by_mail_over_starttls(town):
    assert "Adresse électronique ou identifiant" in words(town.server.browser().get("/sign-in"))
    for name in ("claire", CLAIRE, " CLAIRE "):
        browser = town.sign_in(name, PASSWORD)
        assert browser.landed.url.endswith("/o/ville") and is_in(browser), name
    assert [note["by"] for note in town.journal("signed_in")] == ["annuaire"] * 3
    assert len(town.journal("identity_linked")) == 1
    # That of Greffier still opens, and a wrong one does not.
    assert is_in(town.sign_in(CLAIRE, town.passwords[CLAIRE]))
    assert town.sign_in("claire", PASSWORD + "x").landed.status_code == 422
    for secret in (SEARCHER_PASSWORD, PASSWORD):
        assert secret not in town.server.output


def test_roles_follow_the_groups_of_the_directory(town, directory):
    directory.add_group("rgpd-dpo", ["claire"])
    directory.add_group("chefs", ["claire", "paul"])
    assert is_in(town.sign_in("claire", PASSWORD)) and town.roles() == ["ciso", "dpo", "reader"]
    directory.remove_group("rgpd-dpo")
    assert is_in(town.sign_in("claire", PASSWORD)) and town.roles() == ["ciso", "reader"]
    # Searched where the directory does not tell them of a person.
    town.restart(group_attribute="none", group_base=f"ou=groups,{BASE}")
    assert is_in(town.sign_in("claire", PASSWORD)) and town.roles() == ["ciso", "reader"]
    directory.remove_group("chefs")
    assert is_in(town.sign_in("claire", PASSWORD)) and town.roles() == ["reader"]


def test_an_empty_password_opens_nothing_and_is_not_sent(town):
    for name in ("claire", CLAIRE, "*"):
        assert not is_in(town.sign_in(name, ""))


@pytest.mark.parametrize("name", ["*", "*)(uid=*", "claire)(|(uid=*", "cl*", "claire\\2a", "(&", "\x01claire", "claire)(objectClass=*))(&(uid=x", "uid=claire,ou=people," + BASE, "é" * 300, "\\"])
def test_a_name_that_would_be_a_filter_is_a_name(town, name):
    browser = town.sign_in(name, PASSWORD)
    assert browser.landed.status_code in (400, 422) and not is_in(browser)
    if browser.landed.status_code == 422:
        assert "annuaire" not in words(browser.landed).lower() or "ne répond pas" not in words(browser.landed)


def test_one_name_for_two_people_is_nobodys(town, directory):
    directory.add(f"dn: ou=autres,ou=people,{BASE}\nobjectClass: organizationalUnit\nou: autres")
    directory.add_person("claire", "autre@ville.example", "Autre Claire", PASSWORD, "autres,ou=people")
    assert town.sign_in("claire", PASSWORD).landed.status_code == 422
    assert is_in(town.sign_in(CLAIRE, PASSWORD)), "the address is one person’s"


def test_whoever_is_closed_there_stays_out(town, directory):
    directory.modify(f"dn: {directory.dn('claire')}\nchangetype: modify\nadd: userAccountControl\nuserAccountControl: 514")
    refused = town.sign_in("claire", PASSWORD)
    assert refused.landed.status_code == 422 and not is_in(refused)
    directory.modify(f"dn: {directory.dn('claire')}\nchangetype: modify\nreplace: userAccountControl\nuserAccountControl: 512")
    assert is_in(town.sign_in("claire", PASSWORD))


def test_somebody_without_an_account_here_is_told_so_and_let_in_by_rule(town):
    refused = town.sign_in("paul", PASSWORD)
    assert refused.landed.status_code == 422 and "Demandez une invitation" in words(refused.landed)
    unknown, wrong = town.sign_in("nobody", PASSWORD), town.sign_in("paul", "faux")
    assert words(unknown.landed).split("nobody")[0] == words(wrong.landed).split("paul")[0], "an unknown name and a wrong password read alike"
    town.restart(first_sign_in="create")
    assert is_in(town.sign_in("paul", PASSWORD))


def test_a_directory_that_is_away_is_named_and_other_passwords_still_open(town, directory):
    directory.stop()
    refused = town.sign_in("claire", PASSWORD)
    assert refused.landed.status_code == 503 and "ne répond pas" in words(refused.landed) and not is_in(refused)
    assert is_in(town.sign_in(CLAIRE, town.passwords[CLAIRE]))
    assert town.journal("sign_in_failed")[0]["reason"] == "way_directory_away"
    directory.start()
    assert is_in(town.sign_in("claire", PASSWORD))


def test_tls_is_verified_and_demanded(town, directory):
    assert town.check().returncode == 0, town.check().stdout
    town.restart(url=directory.tls_url)
    assert is_in(town.sign_in("claire", PASSWORD)), "ldaps"
    for changes in ({"url": directory.tls_url, "ca": None}, {"ca": None}):
        town.restart(**changes)
        said = town.check()
        assert said.returncode == 1 and "pas de TLS" in said.stdout or "ne répond pas" in said.stdout, said.stdout
        assert not is_in(town.sign_in("claire", PASSWORD)), "a certificate nobody here trusts"
    town.restart(url=directory.url, starttls=False)
    assert is_in(town.sign_in("claire", PASSWORD)), "in clear, on this machine alone"
    town.write(url="ldap://annuaire.ville.example", starttls=False)
    said = town.check()
    assert said.returncode == 2 and "en clair" in said.stdout + said.stderr


def test_the_check_says_what_is_wrong(town):
    for changes, told in (({"bind_password": "faux"}, "compte de recherche"), ({"base": "ou=nowhere," + BASE}, "refuse"), ({"user_filter": "(uid={name}"}, ""), ({"url": "ldap://127.0.0.1:1"}, "ne répond pas")):
        town.write(**changes)
        said = town.check()
        assert said.returncode == 1 and told in said.stdout, (changes, said.stdout, said.stderr)
        assert SEARCHER_PASSWORD not in said.stdout
    for changes, told in (({"bind_password": ""}, "bind-password manque"), ({"user_filter": "(uid=x)"}, "user-filter"), ({"url": "http://x"}, "url"), ({"timeout": "0"}, "timeout")):
        town.write(**changes)
        said = town.check()
        assert said.returncode == 2 and told in said.stdout + said.stderr, (changes, said.stdout, said.stderr)
    town.write()
    assert SEARCHER_PASSWORD not in town.installation.cli("config").stdout + town.installation.cli("config", "--json").stdout


def test_guesses_are_slowed_as_ours_are(town):
    for _ in range(5):
        assert town.sign_in("claire", "faux").landed.status_code == 422
    assert town.sign_in("claire", PASSWORD).landed.status_code == 429


def test_the_password_of_the_directory_proves_anew_who_one_is(town):
    browser = town.sign_in("claire", PASSWORD)
    assert browser.post("/test/clock", {"advance_seconds": "660"}).status_code == 200
    asked = browser.submit(browser.get("/account"), action="/account/authenticator/new")
    assert asked.status_code == 403 and "proof_password" in asked.text
    assert browser.submit(asked, {"proof_password": "faux"}, field="proof_password").status_code == 422
    assert browser.submit(asked, {"proof_password": PASSWORD}, field="proof_password").status_code == 200


def test_where_passwords_are_off_that_of_the_directory_opens(town):
    town.restart('passwords = "installation"')
    assert not is_in(town.sign_in(CLAIRE, town.passwords[CLAIRE]))
    assert is_in(town.sign_in("claire", PASSWORD)) and is_in(town.sign_in(OWNER, town.passwords[OWNER]))
