"""Consent from where it is asked to its withdrawal by the person: points, proofs, the page of preferences, old agreements asked
again, and the list of who objects to marketing."""
import datetime
import email
import email.policy
import re

import pytest
import requests

from harness import ENGINE, Installation

ANNE, CLAIRE, PASSWORD = "anne@vire.example", "claire@vire.example", "Les sept nains dorment sous un vieux chene"
POINTS, CONSENTS, OBJECTIONS = (f"/organisations/vire/{slug}" for slug in ("consent-points", "consents", "objections"))
LETTER, AGENDA = "Recevoir la lettre", "Recevoir l’agenda"
KNOWN, UNKNOWN = "odile@courriel.example", "personne@courriel.example"


@pytest.fixture(scope="module")
def town(binary, tmp_path_factory):
    folder = tmp_path_factory.mktemp("consents")
    (folder / "mail").mkdir()
    place = Installation(binary, folder / "data", {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z", "GREFFIER_MAIL_DIRECTORY": str(folder / "mail"), "GREFFIER_MAIL_FROM": "Ville <ville@vire.example>"})
    place.cli("organisation", "add", "vire", "--name", "Ville de Vire", "--test-clock")
    place.cli("organisation", "add", "caen", "--name", "Ville de Caen")
    for address, role in ((ANNE, "administrator"), (CLAIRE, "dpo")):
        place.add_user(address, PASSWORD, "--organisation", "vire", "--role", role)
    place.letters = folder / "mail"
    return place


@pytest.fixture(scope="module")
def server(town):
    with town.serve() as running:
        yield running


@pytest.fixture(scope="module")
def api(town, server):
    made = server.api(town.add_token("vire", "dpo"))
    profile = made.get("/organisations/vire/profile").json()["items"][0]
    changed = made.patch(f"/organisations/vire/profile/{profile['id']}", {"name": "Ville de Vire", "address": "1 place du Marché", "postcode": "14500", "city": "Vire", "email": "mairie@vire.example",
                                                                          "dpo": {"name": "Claire Delmas", "email": "dpo@vire.example"}}, headers={"If-Match": "*"})
    assert changed.status_code == 200, changed.text
    return made


@pytest.fixture(scope="module")
def point(api):
    sheet = api.post("/organisations/vire/processings", {"name": "Lettre d’information", "purposes": [{"kind": "main", "text": "Envoyer la lettre", "basis": "a"}]}).json()["id"]
    made = api.post(POINTS, {"name": "Formulaire du site", "processing": sheet, "kind": "web_form", "acts": ["ticked_box"], "granular": True, "give_again": True, "refresh_months": 12,
                             "purposes": [{"name": LETTER, "details": "Une lettre par mois"}, {"name": AGENDA}], "owner": {"name": "Claire", "email": CLAIRE},
                             "wordings": [{"version": "3", "wording_fr": "Je veux recevoir la lettre de la ville.", "used_from": "2024-01-01", "notice_version": "2024-01"}]})
    assert made.status_code == 201, made.text
    assert api.post(f"{POINTS}/{made.json()['id']}/status", {"status": "in_use"}, headers={"If-Match": "*"}).status_code == 200
    return {"id": made.json()["id"], "processing": sheet}


@pytest.fixture(scope="module")
def opened(server, api):
    anne = server.browser()
    anne.sign_in(ANNE, PASSWORD)
    settings = anne.get("/o/vire/settings/public")
    preview = anne.get("/o/vire/settings/public/preferences/preview")
    assert preview.status_code == 200 and "Aperçu" in preview.text
    assert server.browser().get("/p/vire/preferences").status_code == 404, "closed until opened"
    assert anne.post("/o/vire/settings/public/preferences", {"csrf": anne.csrf(settings), "op": "open"}).status_code == 200


def consent(api, point, identifier, purpose=LETTER, **more):
    body = {"identifier": identifier, "purpose": purpose, "point": point["id"], "wording_version": "3", "given_at": "2026-01-10T09:00:00Z", "act": "ticked_box", "evidence": "Journal du site", **more}
    made = api.post(CONSENTS, body)
    assert made.status_code == 201, made.text
    return made.json()["id"]


def clock(server, **form):
    assert requests.post(server.address + "/test/clock", data=form, timeout=60).status_code == 200


def rules(api, register, record):
    return {one["rule"] for one in api.get(f"/organisations/vire/{register}/{record}/findings").json()["items"]}


def link(api, server, identifier):
    given = api.post(f"{CONSENTS}/link", {"identifier": identifier})
    assert given.status_code == 201, given.text
    return given.json()["address"].removeprefix(server.address)


def press(server, path, act, browser=None, wait=True):
    visitor = browser or server.browser()
    page = visitor.get(path)
    assert page.status_code == 200, page.text
    if wait:
        clock(server, advance_seconds=70)
    form = visitor.form(page)
    return visitor.post(path, [*form.fields.items(), ("act", act)], files=[("none", ("", b""))])


def letters(town):
    read = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in sorted(town.letters.rglob("*.eml"))]
    return [(message["To"], message.get_body(("plain",)).get_content()) for message in read]


# ---- points and proofs -----------------------------------------------------------------------------------------

def test_a_point_says_what_makes_its_agreements_worthless(api):
    made = api.post(POINTS, {"name": "Conditions", "kind": "cgv", "acts": ["pre_ticked", "terms_accepted"], "purposes": [{"name": "Un"}, {"name": "Deux"}], "give_steps": 1, "withdraw_steps": 4}).json()["id"]
    assert {"CON-001", "CON-002", "CON-004", "CON-007"} <= rules(api, "consent-points", made)
    refused = api.post(f"{POINTS}/{made}/status", {"status": "in_use"}, headers={"If-Match": "*"})
    assert refused.status_code == 409, "a box ticked in advance is never put in use by the way"
    mended = api.patch(f"{POINTS}/{made}", {"kind": "web_form", "acts": ["ticked_box"], "granular": True, "withdraw_steps": 1}, headers={"If-Match": "*"})
    assert mended.status_code == 200 and not rules(api, "consent-points", made) & {"CON-001", "CON-002", "CON-004", "CON-007"}


def test_the_page_of_a_point_gives_the_reason_of_each_refusal(api, server):
    made = api.post(POINTS, {"name": "Capteurs", "acts": ["proximity", "silence"], "staff": True}).json()["id"]
    claire = server.browser()
    claire.sign_in(CLAIRE, PASSWORD)
    page = claire.get(f"/o/vire/consent-points/{made}").text
    assert "Bluetooth allumé" in page and "Ne rien dire" in page and "ose rarement refuser" in page and "226-19" in page


def test_a_processing_on_consent_wants_proofs_that_are_kept(api, point):
    for status in ("to_validate", "validated", "production"):
        api.post(f"/organisations/vire/processings/{point['processing']}/status", {"status": status, "decided_by": "Le maire", "decided_on": "2026-03-02"}, headers={"If-Match": "*"})
    sheet = api.get(f"/organisations/vire/processings/{point['processing']}").json()
    assert sheet["status"] == "production"
    assert "LAW-011" in rules(api, "processings", point["processing"])
    consent(api, point, "abonne-1")
    # A consent judges no processing; a write of the sheet, of its point, or the night does.
    api.patch(f"{POINTS}/{point['id']}", {"notes": "Relu"}, headers={"If-Match": "*"})
    assert "LAW-011" not in rules(api, "processings", point["processing"])


def test_who_agreed_lies_sealed_and_is_found_by_its_identifier_alone(api, point, server, town):
    record = consent(api, point, "abonne-secret-77")
    claire = server.browser()
    claire.sign_in(CLAIRE, PASSWORD)
    assert LETTER in claire.get("/o/vire/consents").text and "abonne-secret-77" not in claire.get("/o/vire/consents").text
    if ENGINE != "postgres":
        assert not any(b"abonne-secret-77" in path.read_bytes() for path in town.data_directory.glob("greffier.db*")), "nowhere in clear"
    found = api.post(f"{CONSENTS}/lookup", {"field": "identifier", "value": "ABONNE-secret-77"}).json()
    assert [one["id"] for one in found["items"]] == [record]


def test_a_file_brings_consents_of_another_system(api, point):
    rows = [{"identifier": f"import-{i}", "purpose": LETTER, "point": point["id"], "wording_version": "3", "given_at": "2026-02-01T08:00:00Z", "act": "ticked_box"} for i in range(40)]
    answer = api.request("POST", f"{CONSENTS}/import", json=rows)
    assert answer.status_code == 200, answer.text
    assert api.post(f"{CONSENTS}/withdraw", {"identifier": "import-12"}).json() == {"withdrawn": 1}


def test_a_program_withdraws_without_reading(api, point):
    first, second = consent(api, point, "abonne-2"), consent(api, point, "abonne-2", AGENDA)
    answer = api.post(f"{CONSENTS}/withdraw", {"identifier": "abonne-2", "purpose": "recevoir l’AGENDA", "channel": "link"})
    assert answer.status_code == 200 and answer.json() == {"withdrawn": 1}
    gone = api.get(f"{CONSENTS}/{second}").json()
    assert gone["status"] == "withdrawn" and gone["withdrawal_channel"] == "link" and gone["withdrawn_at"].startswith("2026-03-02T")
    assert api.get(f"{CONSENTS}/{first}").json()["status"] == "given"
    assert api.post(f"{CONSENTS}/withdraw", {"identifier": "abonne-2"}).json() == {"withdrawn": 1}
    assert api.post(f"{CONSENTS}/withdraw", {"identifier": "abonne-2"}).json() == {"withdrawn": 0}, "there is nothing left"
    assert api.post(f"{CONSENTS}/withdraw", {"identifier": "nobody"}).json() == {"withdrawn": 0}
    assert api.post(f"{CONSENTS}/withdraw", {}).status_code == 422
    assert api.post(f"{CONSENTS}/withdraw", {"identifier": "abonne-2", "channel": "pigeon"}).status_code == 422


def test_a_use_after_the_withdrawal_is_told(api, point):
    record = consent(api, point, "abonne-3")
    api.post(f"{CONSENTS}/withdraw", {"identifier": "abonne-3"})
    at = api.get(f"{CONSENTS}/{record}").json()["withdrawn_at"]
    api.patch(f"{CONSENTS}/{record}", {"last_use": at}, headers={"If-Match": "*"})
    assert "CON-005" not in rules(api, "consents", record)
    api.patch(f"{CONSENTS}/{record}", {"last_use": "2026-03-09T09:00:00Z"}, headers={"If-Match": "*"})
    assert "CON-005" in rules(api, "consents", record)


def test_a_receipt_follows_the_standard(api, point, server):
    record = consent(api, point, "abonne-4", evidence_hash="ab" * 32)
    receipt = api.get(f"{CONSENTS}/{record}/receipt").json()
    kept = receipt["consent_record"]
    assert receipt["schema_version"] == "ISO/IEC TS 27560:2023" and kept["record_id"] == record and kept["pii_principal_id"] == "abonne-4"
    assert kept["purposes"][0]["purpose"] == LETTER and kept["purposes"][0]["description"] == "Une lettre par mois"
    assert kept["privacy_notice"]["wording_fr"].startswith("Je veux") and kept["party_identification"][0]["party_name"] == "Ville de Vire"
    assert [event["event_state"] for event in kept["events"]] == ["given"] and kept["evidence_hash"] == "ab" * 32
    claire = server.browser()
    claire.sign_in(CLAIRE, PASSWORD)
    assert claire.get(f"/o/vire/consents/{record}/receipt").json()["consent_record"]["reference"] == kept["reference"]


# ---- the page of preferences -----------------------------------------------------------------------------------

def test_a_person_sees_withdraws_and_agrees_again(api, point, server, opened):
    first, second = consent(api, point, "abonne-5"), consent(api, point, "abonne-5", AGENDA)
    consent(api, point, "abonne-6")
    path = link(api, server, "abonne-5")
    visitor = server.browser()
    page = visitor.get(path)
    assert page.status_code == 200 and LETTER in page.text and AGENDA in page.text and "Je veux recevoir" in page.text
    assert "Set-Cookie" not in page.headers and "<script" not in page.text and page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.text or "noindex" in page.headers.get("X-Robots-Tag", "")
    assert "abonne-5" not in page.text and "abonne-6" not in page.text, "an address may fall into other hands"
    done = press(server, path, f"withdraw {first}")
    assert done.status_code == 200 and "votre accord est retiré" in done.text
    kept = api.get(f"{CONSENTS}/{first}").json()
    assert kept["status"] == "withdrawn" and kept["withdrawal_channel"] == "preferences_page"
    assert api.get(f"{CONSENTS}/{second}").json()["status"] == "given"
    claire = server.browser()
    claire.sign_in(CLAIRE, PASSWORD)
    assert kept["reference"] in claire.get("/notifications").text or LETTER in claire.get("/notifications").text, "who answers for it is told"
    again = press(server, path, f"again {first}")
    assert again.status_code == 200 and "de nouveau donné" in again.text
    all_of = api.post(f"{CONSENTS}/lookup", {"field": "identifier", "value": "abonne-5"}).json()["items"]
    assert sorted(one["status"] for one in all_of) == ["given", "given", "withdrawn"], "another consent, with a proof of its own"
    new = next(one for one in all_of if one["id"] not in (first, second))
    assert new["wording_version"] == "3" and new["act"] == "button"
    everything = press(server, path, "withdraw all")
    assert everything.status_code == 200
    assert {one["status"] for one in api.post(f"{CONSENTS}/lookup", {"field": "identifier", "value": "abonne-5"}).json()["items"]} == {"withdrawn"}
    receipt = visitor.get(f"{path}/receipt/{second}")
    assert receipt.status_code == 200 and receipt.json()["consent_record"]["state"] == "withdrawn"


def test_an_address_opens_one_persons_choices_and_nothing_else(api, point, server, opened):
    mine, other = consent(api, point, "abonne-7"), consent(api, point, "abonne-8")
    path = link(api, server, "abonne-7")
    refused = press(server, path, f"withdraw {other}")
    assert refused.status_code == 422 and api.get(f"{CONSENTS}/{other}").json()["status"] == "given"
    assert server.browser().get(f"{path}/receipt/{other}").status_code == 404
    for act in ("again " + mine, "withdraw", "destroy all", "again all", "withdraw " + mine[:-1]):
        assert press(server, path, act).status_code == 422, act
    asked = api.post("/organisations/vire/requests", {"received_at": "2026-03-02T08:00:00Z", "rights": ["access"], "requester": {"name": "X"}}).json()["id"]
    token = path.split("/")[-1].split("?")[0]
    assert server.browser().get(f"/p/vire/follow-up/{token}").status_code == 404 and asked
    assert server.browser().get(f"/p/caen/preferences/{token}").status_code == 404, "another town's"


def test_a_token_is_neither_guessed_nor_of_use_when_it_has_ended(api, point, server, opened):
    consent(api, point, "abonne-9")
    path = link(api, server, "abonne-9")
    token = path.split("/")[-1]
    unknown = [server.browser().get("/p/vire/preferences/" + guess) for guess in (token[:-1], token + "a", "A" * len(token), "..%2f", "a" * 4000)]
    assert {answer.status_code for answer in unknown} <= {404, 414, 400}
    # The same form sent twice is one act.
    visitor = server.browser()
    page = visitor.get(path)
    clock(server, advance_seconds=70)
    record = api.post(f"{CONSENTS}/lookup", {"field": "identifier", "value": "abonne-9"}).json()["items"][0]["id"]
    fields = [*visitor.form(page).fields.items(), ("act", f"withdraw {record}")]
    assert visitor.post(path, fields, files=[("none", ("", b""))]).status_code == 200
    version = api.get(f"{CONSENTS}/{record}").json()["version"]
    visitor.post(path, fields, files=[("none", ("", b""))])
    assert api.get(f"{CONSENTS}/{record}").json()["version"] == version
    # A form of another person's page is none of this one.
    consent(api, point, "abonne-10")
    assert visitor.post(link(api, server, "abonne-10"), fields, files=[("none", ("", b""))]).status_code == 422


def test_a_known_and_an_unknown_address_get_the_same_bytes(api, point, server, town, opened):
    made = consent(api, point, "abonne-11", email=KNOWN)
    # Letters are counted by the hour of the clock: the whole of this test stands in one.
    now = datetime.datetime.fromisoformat(api.get(f"{CONSENTS}/{made}").json()["created_at"].replace("Z", "+00:00"))
    clock(server, advance_seconds=3605 - now.minute * 60 - now.second)
    before = len(letters(town))

    def asked(address):
        visitor = server.browser()
        form = visitor.form(visitor.get("/p/vire/preferences"))
        clock(server, advance_seconds=70)
        return visitor.post("/p/vire/preferences", [*{**form.fields, "email": address}.items()], files=[("none", ("", b""))])

    known, unknown = asked(KNOWN), asked(UNKNOWN)
    changing = {"Date", "X-Request-Id", "Content-Security-Policy"}
    assert known.status_code == unknown.status_code == 200 and known.content == unknown.content
    assert {name: value for name, value in known.headers.items() if name not in changing} == {name: value for name, value in unknown.headers.items() if name not in changing}
    clock(server, advance_seconds=60)
    written = letters(town)[before:]
    assert [to for to, _ in written] == [KNOWN], "and only who is known is written to"
    path = re.search(r"(/p/vire/preferences/\S+)", written[0][1])[1]
    assert server.browser().get(path).status_code == 200
    asked(KNOWN)
    clock(server, advance_seconds=60)
    assert len(letters(town)) - before == 1, "one letter an hour, whoever asks"
    assert "abonne-11" not in written[0][1]
    clock(server, advance_seconds=15 * 24 * 3600)
    assert server.browser().get(path).status_code == 404, "after two weeks it is none"


def test_asking_too_often_is_refused_and_lengthens_nothing(server, api, opened):
    answers = []
    for _ in range(12):
        visitor = server.browser()
        form = visitor.form(visitor.get("/p/vire/preferences"))
        clock(server, advance_seconds=4)
        answers.append(visitor.post("/p/vire/preferences", [*{**form.fields, "email": UNKNOWN}.items()], files=[("none", ("", b""))]))
    assert answers[0].status_code == 200 and answers[-1].status_code == 429 and int(answers[-1].headers["Retry-After"]) > 0
    assert sum(answer.status_code == 200 for answer in answers) <= 9
    clock(server, advance_seconds=3600)


def test_without_the_module_there_is_no_page(api, point, server, opened):
    consent(api, point, "abonne-12")
    path = link(api, server, "abonne-12")
    anne = server.browser()
    anne.sign_in(ANNE, PASSWORD)
    every = anne.form(anne.get("/o/vire/modules"), action="/modules").fields["on"]
    assert "done=kept" in anne.submit(anne.get("/o/vire/modules"), {"on": [module for module in every if module != "consents"]}, action="/modules").url
    assert server.browser().get(path).status_code == 404 and server.browser().get("/p/vire/preferences").status_code == 404
    assert api.post(f"{CONSENTS}/withdraw", {"identifier": "abonne-12"}).status_code == 404
    anne.submit(anne.get("/o/vire/modules"), {"on": every}, action="/modules")
    assert server.browser().get(path).status_code == 200


# ---- old agreements --------------------------------------------------------------------------------------------

def test_old_agreements_are_asked_again_confirmed_or_ended(api, point, server, town, opened):
    old = consent(api, point, "ancien-1", email="ancien@courriel.example", given_at="2024-01-10T09:00:00Z")
    silent = consent(api, point, "ancien-2", given_at="2024-01-10T09:00:00Z")
    assert "CON-006" in rules(api, "consents", old)
    claire = server.browser()
    claire.sign_in(CLAIRE, PASSWORD)
    address = f"/o/vire/consent-points/{point['id']}/refresh"
    page = claire.get(address)
    assert page.status_code == 200 and "Écrire à ceux qui ont une adresse" in page.text
    before = len(letters(town))
    done = claire.post(address, {"csrf": claire.csrf(page), "op": "mail"})
    assert done.status_code == 200 and "1 accord noté" in done.text
    clock(server, advance_seconds=60)
    [(to, words)] = letters(town)[before:]
    assert to == "ancien@courriel.example"
    path = re.search(r"(/p/vire/preferences/\S+)", words)[1]
    assert "Confirmer mon accord" in server.browser().get(path).text
    assert press(server, path, f"confirm {old}").status_code == 200
    assert "CON-006" not in rules(api, "consents", old)
    claire.post(address, {"csrf": claire.csrf(page), "op": "mark"})
    assert api.get(f"{CONSENTS}/{silent}").json()["asked_again_on"]
    assert "Noter comme expirés" not in claire.get(address).text
    clock(server, advance_seconds=32 * 24 * 3600)
    claire.sign_in(CLAIRE, PASSWORD)
    page = claire.get(address)
    assert "Noter comme expirés" in page.text
    claire.post(address, {"csrf": claire.csrf(page), "op": "expire"})
    assert api.get(f"{CONSENTS}/{silent}").json()["status"] == "expired" and api.get(f"{CONSENTS}/{old}").json()["status"] == "given"


# ---- the list of objections ------------------------------------------------------------------------------------

def test_a_file_is_held_against_the_list_and_only_its_lines_are_told(api, server):
    for body in ({"scopes": ["email"], "since": "2026-01-05", "email": "Bernard.Lamy@courriel.example"}, {"scopes": ["all"], "since": "2026-01-05", "identifier": "client-9", "phone": "+33102030405"}):
        made = api.post(OBJECTIONS, body)
        assert made.status_code == 201, made.text
        assert "Opposition" in made.json()["subject"] and "Lamy" not in made.json()["subject"]
    lifted = api.post(OBJECTIONS, {"scopes": ["email"], "since": "2026-01-05", "email": "revenue@courriel.example"}).json()["id"]
    assert api.post(f"{OBJECTIONS}/{lifted}/status", {"status": "ended", "reason": "Elle l’a demandé"}, headers={"If-Match": "*"}).status_code == 200
    lines = ["jean@courriel.example", "bernard.lamy@courriel.example", "", "CLIENT-9", "revenue@courriel.example"]
    answer = api.post(f"{OBJECTIONS}/check", {"lines": lines})
    assert answer.status_code == 200 and answer.json() == {"checked": 5, "matches": [2, 4]}
    assert api.post(f"{OBJECTIONS}/check", {"lines": ["a"] * 5001}).status_code == 422
    assert api.post(f"{OBJECTIONS}/check", {"lines": [1]}).status_code == 422 and api.post(f"{OBJECTIONS}/check", {"lines": []}).status_code == 422
    claire = server.browser()
    claire.sign_in(CLAIRE, PASSWORD)
    page = claire.get("/o/vire/objections/check")
    found = claire.post("/o/vire/objections/check", {"csrf": claire.csrf(page), "lines": "\r\n".join(lines)})
    assert found.status_code == 200 and "2 lignes sont sur la liste" in found.text and "Ligne 2" in found.text and "Ligne 4" in found.text
    assert "Ligne 5" not in found.text
    assert claire.post("/o/vire/objections/check", {"csrf": claire.csrf(page), "lines": " "}).status_code == 422


def test_another_town_matches_nothing_here(town, server, api):
    caen = server.api(town.add_token("caen", "dpo"))
    assert caen.post("/organisations/caen/objections/check", {"lines": ["bernard.lamy@courriel.example"]}).json()["matches"] == []
    assert caen.post(f"{OBJECTIONS}/check", {"lines": ["x"]}).status_code == 404
    assert caen.post("/organisations/caen/consents/withdraw", {"identifier": "abonne-1"}).json() == {"withdrawn": 0}
