"""Accounts read from a directory: new, changed and gone, compared before anything is written. A real slapd, on this machine alone."""
import re

import pytest

from directory import BASE, SLAPD, Directory
from test_ldap import CLAIRE, PASSWORD, Town

pytestmark = pytest.mark.skipif(SLAPD is None, reason="slapd is not installed")
DISABLED = "userAccountControl: 514\n"


@pytest.fixture
def directory(tmp_path):
    with Directory(tmp_path / "ldap") as made:
        made.add_person("claire", CLAIRE, "Claire Delmas", PASSWORD)
        made.add_person("hugo", "hugo@ville.example", "Hugo Blin", PASSWORD, more="departmentNumber: Voirie\n")
        made.add_person("parti", "parti@ville.example", "Paul Parti", PASSWORD, more=DISABLED)
        made.add_group("rgpd-dpo", ["claire"])
        yield made


@pytest.fixture
def town(binary, tmp_path, directory):
    made = Town(binary, tmp_path / "data", directory, roles=["rgpd-dpo = ville/dpo"])
    made.installation.cli("organisation", "add", "voisine", "--name", "Ville voisine")
    yield made.start()
    made.server.stop()


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text.split("<main", 1)[1]))


def section(page, title):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", next(part for part in page.text.split("<section") if title in part)))


def act(browser, op):
    page = browser.get("/o/ville/accounts/directory")
    return browser.post("/o/ville/accounts/directory", {"csrf": browser.csrf(page), "directory": "annuaire", "op": op})


def accounts(town):
    api = town.server.api(town.installation.add_token("ville", "dpo"))
    return {item["identifier"]: item for item in api.get("/organisations/ville/accounts").json()["items"]}


def test_a_directory_is_compared_then_taken_and_who_is_gone_is_said(town, directory):
    claire = town.sign_in("claire", PASSWORD)
    look = act(claire, "look")
    assert look.status_code == 200, look.text
    assert "hugo" in section(look, "Nouveaux") and "parti" not in look.text and accounts(town) == {}, "nothing is written yet"
    taken = act(claire, "take")
    assert "sont inscrits" in words(taken)
    found = accounts(town)
    assert set(found) == {"claire", "hugo"}
    assert (found["hugo"]["holder"], found["hugo"]["service"], found["hugo"]["system"], found["hugo"]["kind"]) == ("Hugo Blin", "Voirie", "Annuaire", "named")
    assert found["claire"]["groups"] == ["rgpd-dpo"]
    assert "2 sans changement" in words(act(claire, "take")), "a second reading changes nothing"
    directory.run("ldapdelete", "", f"uid=hugo,ou=people,{BASE}")
    again = act(claire, "take")
    assert "hugo" in section(again, "Disparus")
    assert accounts(town)["hugo"]["missing_since"] == "2026-03-02" and accounts(town)["hugo"]["status"] == "enabled"
    assert "Absent de l’annuaire" in words(claire.get("/o/ville/accounts/matrix"))


def test_a_directory_of_another_organisation_is_not_read(town):
    town.installation.add_user("dpo@voisine.example", PASSWORD, "--organisation", "voisine", "--role", "dpo")
    other = town.server.browser()
    other.sign_in("dpo@voisine.example", PASSWORD)
    page = other.get("/o/voisine/accounts/directory")
    assert "Aucun annuaire" in words(page)
    assert other.post("/o/voisine/accounts/directory", {"csrf": other.csrf(page), "directory": "annuaire", "op": "look"}).status_code == 404


def test_more_accounts_than_one_answer_holds_are_read_page_by_page(binary, tmp_path):
    """A server that gives 500 at once and any number by pages, as Active Directory does."""
    with Directory(tmp_path / "ldap", limits="limits * size.soft=500 size.hard=500 size.prtotal=unlimited") as directory:
        directory.add_person("claire", CLAIRE, "Claire Delmas", PASSWORD)
        directory.add_group("rgpd-dpo", ["claire"])
        directory.add("\n\n".join(f"dn: uid=agent{n},ou=people,{BASE}\nobjectClass: inetOrgPerson\nuid: agent{n}\ncn: Agent {n}\nsn: {n}\nmail: agent{n}@ville.example" for n in range(620)))
        town = Town(binary, tmp_path / "data", directory, roles=["rgpd-dpo = ville/dpo"]).start()
        try:
            assert "Nouveaux 621" in words(act(town.sign_in("claire", PASSWORD), "look"))
        finally:
            town.server.stop()
