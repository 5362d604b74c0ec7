"""Who may do what, where, and until when: roles as people give them, on a branch of the tree, for an audit, for the controller."""
import json
import re
from datetime import timedelta

import pytest
import requests

from harness import Installation

PASSWORD = "Un vieux pont de bois enjambe la riviere"
SHEETS = "/organisations/vire/processings"


@pytest.fixture
def agglo(installation):
    """A community, two towns below it, another one apart; Claire administers the community alone, Ines the installation."""
    cli = installation.cli
    cli("organisation", "add", "agglo", "--name", "Agglo")
    cli("organisation", "add", "vire", "--name", "Vire", "--parent", "agglo")
    cli("organisation", "add", "caen", "--name", "Caen")
    installation.add_user("ines@installation.example", PASSWORD)
    installation.add_user("claire@agglo.example", PASSWORD, "--organisation", "agglo", "--role", "administrator")
    return installation


def visitor(server, email):
    browser = server.browser()
    browser.sign_in(email, PASSWORD)
    return browser


def invite(browser, slug, **values):
    page = browser.get(f"/o/{slug}/people")
    assert page.status_code == 200, page.status_code
    return browser.submit(page, values, field="email", allow_redirects=True)


def test_a_role_on_a_branch_opens_the_towns_below_those_of_tomorrow_too(agglo):
    with agglo.serve() as server:
        ines = visitor(server, "ines@installation.example")
        agglo.add_user("dpo@agglo.example", PASSWORD)
        answer = invite(ines, "agglo", email="dpo@agglo.example", name="Dpo", role="dpo", branch="yes")
        assert "done=role_granted" in answer.url, answer.text[:400]
        dpo = visitor(server, "dpo@agglo.example")
        assert dpo.get("/o/agglo").status_code == 200
        assert dpo.get("/o/vire").status_code == 200
        assert dpo.get("/o/caen").status_code == 404
        agglo.cli("organisation", "add", "neuve", "--name", "Neuve", "--parent", "vire")
        assert dpo.get("/o/neuve").status_code == 200, "born below"

        people = ines.get("/o/vire/people").text
        assert "venu de Agglo" in people

        page = ines.get("/o/vire/settings")
        moved = ines.submit(page, {"parent": "caen"}, action="/o/vire/settings/place")
        assert "done=kept" in moved.url
        assert dpo.get("/o/vire").status_code == 404, "moved out of the branch"
        assert dpo.get("/o/neuve").status_code == 404, "and what stands below it"

        wrong = ines.submit(ines.get("/o/caen/settings"), {"parent": "neuve"}, action="/o/caen/settings/place")
        assert wrong.status_code == 422 and "ne peut pas être au-dessus" in wrong.text
        assert 'value="neuve"' in wrong.text, "what was typed is still there"
        unknown = ines.submit(ines.get("/o/caen/settings"), {"parent": "nulle-part"}, action="/o/caen/settings/place")
        assert unknown.status_code == 422 and 'value="nulle-part"' in unknown.text


def test_who_administers_the_community_alone_opens_no_town_below_it(agglo):
    with agglo.serve() as server:
        claire = visitor(server, "claire@agglo.example")
        page = claire.get("/o/agglo/people")
        assert 'name="branch"' not in page.text
        csrf = claire.csrf(page)
        answer = claire.post("/o/agglo/people", {"csrf": csrf, "email": "claire@agglo.example", "name": "Claire", "role": "dpo", "branch": "yes"}, allow_redirects=False)
        assert answer.status_code == 403
        assert claire.get("/o/vire").status_code == 404
        assert claire.post("/o/agglo/settings/place", {"csrf": csrf, "parent": "caen"}, allow_redirects=False).status_code == 403


def test_an_auditor_reads_until_the_last_day_and_changes_nothing(binary, tmp_path):
    town = Installation(binary, tmp_path / "data", {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z"})
    town.cli("organisation", "add", "vire", "--name", "Vire", "--test-clock")
    town.add_user("ines@installation.example", PASSWORD)
    town.add_user("claire@vire.example", PASSWORD, "--organisation", "vire", "--role", "administrator")
    town.add_user("audit@cabinet.example", PASSWORD)
    with town.serve() as server:
        claire = visitor(server, "claire@vire.example")
        forgotten = invite(claire, "vire", email="audit@cabinet.example", name="Audit", role="auditor")
        assert forgotten.status_code == 422 and "prend fin un jour" in forgotten.text
        past = invite(claire, "vire", email="audit@cabinet.example", name="Audit", role="auditor", until="2026-03-01")
        assert past.status_code == 422 and "Ce jour est passé" in past.text
        granted = invite(claire, "vire", email="audit@cabinet.example", name="Audit", role="auditor", until="2026-03-06")
        assert "done=role_granted" in granted.url
        assert "6 mars 2026" in granted.text.replace("\u00a0", " ").replace("\u202f", " ")

        auditor = visitor(server, "audit@cabinet.example")
        assert auditor.get("/o/vire/processings").status_code == 200
        assert auditor.get("/o/vire/processings/new").status_code == 403
        assert auditor.get("/o/vire/people").status_code == 403

        assert town.cli.run("token", "add", "--organisation", "vire", "--role", "auditor", "--user", "audit@cabinet.example").returncode == 2, "no token reads in an auditor's stead"
        assert town.cli.run("token", "add", "--organisation", "vire", "--role", "reader", "--user", "audit@cabinet.example").returncode == 2

        later(server, days=4, hours=13, minutes=57)   # 6 March, 23.57 in Paris
        auditor = visitor(server, "audit@cabinet.example")
        assert auditor.get("/o/vire/processings").status_code == 200, "the last day counts whole, in Paris"
        later(server, minutes=4)
        assert auditor.get("/o/vire/processings").status_code == 404
        assert "Audit" not in claire_again(server).get("/o/vire/people").text.split("<main", 1)[1].split("Inviter")[0]


def later(server, **span):
    moved = requests.post(server.address + "/test/clock", data={"advance_seconds": str(int(timedelta(**span).total_seconds()))}, timeout=30)
    assert moved.status_code < 300, moved.text


def claire_again(server):
    return visitor(server, "claire@vire.example")


def make_ready(api, kinds=("to_validate",)):
    made = api.post(SHEETS, {"name": "Gérer les inscriptions à la cantine", "purposes": [{"kind": "main", "text": "Inscrire les enfants", "basis": "e", "legal_text": "code de l'éducation"}],
                             "subject_categories": [{"category": "service_users"}], "no_recipient_confirmed": True})
    assert made.status_code == 201, made.text
    for kind in kinds:
        assert api.post(f"{SHEETS}/{made.json()['id']}/status", {"status": kind}).status_code == 200
    return made.json()["id"]


def test_where_the_controller_is_represented_they_decide_and_the_officer_advises(agglo):
    agglo.add_user("dpo@vire.example", PASSWORD, "--organisation", "vire", "--role", "dpo")
    agglo.add_user("maire@vire.example", PASSWORD, "--name", "Paule Maire")
    token = agglo.add_token("vire", "dpo")
    with agglo.serve() as server:
        record = make_ready(server.api(token))
        ask = f"/o/vire/processings/{record}/status?to=validated"
        dpo = visitor(server, "dpo@vire.example")
        assert dpo.get(ask).status_code == 200, "nobody represents the controller: the officer writes their decision down"

        agglo.cli("user", "grant", "maire@vire.example", "--organisation", "vire", "--role", "representative")
        assert dpo.get(ask).status_code == 403
        refused = server.api(token).post(f"{SHEETS}/{record}/status", {"status": "validated", "decided_by": "Paule Maire", "decided_on": "2026-03-02"})
        assert refused.status_code == 403, refused.text
        assert dpo.get(f"/o/vire/processings/{record}/edit").status_code == 200, "and works on as before"

        mayor = visitor(server, "maire@vire.example")
        page = mayor.get(ask)
        assert page.status_code == 200
        done = mayor.submit(page, {"reason": "Vu en bureau."}, field="reason")
        assert done.status_code == 200, re.sub(r"<[^>]+>", " ", done.text)[:800]
        assert server.api(token).get(f"{SHEETS}/{record}").json()["status"] == "validated"


def test_the_assistant_prepares_and_decides_nothing(agglo):
    agglo.add_user("aide@vire.example", PASSWORD, "--organisation", "vire", "--role", "dpo_assistant")
    token = agglo.add_token("vire", "dpo")
    with agglo.serve() as server:
        record = make_ready(server.api(token))
        aide = visitor(server, "aide@vire.example")
        assert aide.get(f"/o/vire/processings/{record}/edit").status_code == 200
        assert aide.get("/o/vire/processings/import").status_code == 200
        assert aide.get(f"/o/vire/processings/{record}/status?to=validated").status_code == 403
        assert aide.get("/o/vire/people").status_code == 403


def test_everybody_may_read_what_each_role_may_do(agglo):
    agglo.add_user("lecteur@vire.example", PASSWORD, "--organisation", "vire", "--role", "reader")
    with agglo.serve() as server:
        page = visitor(server, "lecteur@vire.example").get("/o/vire/people/permissions")
        assert page.status_code == 200
        for words in ("Représentant du responsable de traitement", "Responsable de la sécurité", "Valider, mettre en production"):
            assert words in page.text


def test_the_command_line_limits_a_contributor_and_lifts_no_limit_by_silence(installation):
    cli = installation.cli
    cli("organisation", "add", "ville", "--name", "Ville")
    installation.add_user("premier@ville.example", "girafe tambour lagune cerise")
    installation.add_user("karim@ville.example", "girafe tambour lagune cerise", "--organisation", "ville", "--role", "contributor", "--service", "École")

    def services(*options):
        cli("user", "grant", "karim@ville.example", "--organisation", "ville", "--role", "contributor", *options)
        people = json.loads(cli("user", "list", "--json").stdout)["items"]
        return next(person for person in people if person["email"] == "karim@ville.example")["roles"][0].get("services", [])

    assert services() == ["École"]
    assert services("--until", "2099-12-31") == ["École"], "another day, the same services"
    assert services("--service", "Voirie", "--service", "École") == ["École", "Voirie"]
    assert services("--all-services") == []
    for refused in (["--service", "École", "--all-services"], ["--role", "reader", "--service", "École"]):
        role = [] if "--role" in refused else ["--role", "contributor"]
        assert cli.run("user", "grant", "karim@ville.example", "--organisation", "ville", *role, *refused).returncode != 0
