"""The answer to a request behind its follow-up address: a code by another way, so many downloads until a day, and the trace of it.
Hostile visitors guess, replay, come late and come together."""
import re
import threading

import pytest

from harness import Installation
from test_public_pages import ANNE, CLAIRE, PASSWORD, OWNER, OWNER_PASSWORD, PDF, REQUEST, clock, followed, send, stranger, switch

HERE = "/organisations/vire/requests"


@pytest.fixture(scope="module")
def server(binary, tmp_path_factory):
    place = Installation(binary, tmp_path_factory.mktemp("delivery") / "data", {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z"})
    place.cli("organisation", "add", "vire", "--name", "Ville de Vire", "--test-clock")
    place.add_user(OWNER, OWNER_PASSWORD)
    for email, role in ((ANNE, "administrator"), (CLAIRE, "dpo"), ("lea@vire.example", "reader")):
        place.add_user(email, PASSWORD, "--organisation", "vire", "--role", role)
    with place.serve() as running:
        running.town = place
        running.rest = running.api(place.add_token("vire", "dpo"))
        profile = running.rest.get("/organisations/vire/profile").json()["items"][0]
        running.rest.patch(f"/organisations/vire/profile/{profile['id']}", {"email": "mairie@vire.example", "dpo": {"name": "Claire Delmas", "email": "dpo@vire.example"}}, headers={"If-Match": "*"})
        anne = running.browser()
        anne.sign_in(ANNE, PASSWORD)
        for page in ("request", "follow-up"):
            assert switch(anne, page, "open").status_code == 200
        yield running


class Case:
    """A request that a stranger sent, with an answer of the officer's among its files."""

    def __init__(self, server):
        self.server = server
        sent = send(server, "request", REQUEST)
        self.path = followed(sent)
        number = re.search(r"DEM-\d+", sent.text)[0]
        self.id = next(item["id"] for item in server.rest.get(HERE).json()["items"] if item["reference"] == number)
        self.claire = server.browser()
        self.claire.sign_in(CLAIRE, PASSWORD)
        self.attach("Réponse de Mme Lefort.pdf")

    def attach(self, name, content=PDF):
        page = self.claire.get(f"/o/vire/requests/{self.id}/attachments")
        form = self.claire.form(page, field="description")
        done = self.claire.post(f"/o/vire/requests/{self.id}/attachments", form.fields, files=[("file", (name, content, "application/pdf"))])
        assert done.status_code == 200, done.text

    def record(self):
        return self.server.rest.get(f"{HERE}/{self.id}").json()

    def give(self, **values):
        page = self.claire.get(f"/o/vire/requests/{self.id}/delivery")
        assert page.status_code == 200
        files = [file["id"] for file in self.record()["attachments"]]
        data = {"csrf": self.claire.csrf(page), "op": "make", "files": files, "way": "phone", "downloads": "2", "days": "10", **values}
        return self.claire.post(f"/o/vire/requests/{self.id}/delivery", [(name, each) for name, value in data.items() for each in (value if isinstance(value, list) else [value])])

    def code(self, **values):
        given = self.give(**values)
        assert given.status_code == 200, given.text
        return re.search(r"(?<![\w-])\d{4}-\d{4}-\d{2}(?![\w-])", given.text)[0]

    def form(self, visitor):
        page = visitor.get(self.path)
        return next(form for form in visitor.forms(page) if form.fields.get("op") == "fetch")

    def fetch(self, code, file=None, visitor=None, fields=None):
        visitor = visitor or stranger(self.server)
        if fields is None:
            fields = self.form(visitor).fields
            clock(self.server, advance_seconds=4)
        file = file or self.record()["attachments"][0]["id"]
        return visitor.post(self.path, {**fields, "code": code, "file": file}, files=[("none", ("", b""))])

    def state(self):
        return stranger(self.server).get(self.path).text

    def trace(self):
        return self.claire.get(f"/o/vire/requests/{self.id}/delivery").text


@pytest.fixture
def case(server):
    return Case(server)


def test_the_answer_is_fetched_with_its_code_and_leaves_a_trace(case):
    code = case.code()
    page = case.state()
    assert "Votre réponse" in page and "Lefort" not in page, "the name of the file may say whom it is about"
    given = case.fetch(code.replace("-", " "))
    assert given.status_code == 200 and given.content == PDF
    assert given.headers["Content-Disposition"].startswith("attachment") and given.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given.headers["Content-Security-Policy"] and "no-store" in given.headers["Cache-Control"] and given.headers["Referrer-Policy"] == "no-referrer"
    trace = case.trace()
    assert "téléchargée" in trace and "127.0.0.0/24" in trace and "127.0.0.1<" not in trace
    assert case.record()["attachments"][0]["sha256"] in trace and code not in trace, "the code was shown once"
    assert "Téléchargée sur la page de suivi" in case.record()["delivery_proof"]
    assert case.fetch(code).status_code == 200
    used = case.fetch(code, fields={"op": "fetch", "word": "x"})
    assert used.status_code in (409, 422)
    assert "autant de fois que permis" in case.state()
    assert code not in case.server.output and code.replace("-", "") not in case.server.output


def test_nobody_has_it_without_the_code(case):
    case.code()
    for code in ("", "0000-0000-00", "' or 1=1 --", "9" * 5000):
        answer = case.fetch(code)
        assert answer.status_code in (409, 422) and PDF not in answer.content, code
        clock(case.server, advance_seconds=400)
    assert stranger(case.server).get(case.path + "?op=fetch").content.find(PDF) < 0


def test_guessing_is_slowed_and_ends_locked_and_the_officer_hears_of_it(case):
    code = case.code()
    visitor = stranger(case.server)
    fields = case.form(visitor).fields
    clock(case.server, advance_seconds=4)
    first = case.fetch("0000-0000-00", fields=fields, visitor=visitor)
    assert first.status_code == 422 and "7 essais" in first.text
    waits = case.fetch(code, fields=fields, visitor=visitor)
    assert waits.status_code == 422 and PDF not in waits.content, "at once: too soon, even with the right one"
    for _ in range(7):
        clock(case.server, advance_seconds=400)
        last = case.fetch("0000-0000-00")
    assert last.status_code == 409 and "Trop de codes faux" in last.text
    clock(case.server, advance_seconds=400)
    page = case.state()
    assert "Trop de codes faux" in page and 'name="code"' not in page
    refused = case.fetch(code, fields=fields)
    assert refused.status_code in (409, 422) and PDF not in refused.content
    assert "bloquée" in case.trace()
    fresh = case.code()
    assert case.fetch(code).status_code == 422, "the former code is nothing any more"
    clock(case.server, advance_seconds=400)
    assert case.fetch(fresh).content == PDF


def test_it_ends_and_is_taken_back_and_says_so(case):
    code = case.code(days="1")
    clock(case.server, advance_seconds=24 * 3600 + 1)
    assert "ce délai est passé" in case.state()
    case.claire = case.server.browser()
    case.claire.sign_in(CLAIRE, PASSWORD)
    code = case.code()
    page = case.claire.get(f"/o/vire/requests/{case.id}/delivery")
    taken = case.claire.post(f"/o/vire/requests/{case.id}/delivery", {"csrf": case.claire.csrf(page), "op": "withdraw"})
    assert taken.status_code == 200 and "a été retirée" in case.state()
    assert PDF not in case.fetch(code, fields={"op": "fetch"}).content


def test_the_last_download_is_one_whoever_comes_together(case):
    code = case.code(downloads="1")
    visitors = [stranger(case.server) for _ in range(6)]
    forms = [case.form(visitor).fields for visitor in visitors]
    clock(case.server, advance_seconds=4)
    file = case.record()["attachments"][0]["id"]
    answers = []
    together = [threading.Thread(target=lambda v=v, f=f: answers.append(case.fetch(code, file=file, visitor=v, fields=f))) for v, f in zip(visitors, forms)]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    assert sorted(answer.content == PDF for answer in answers) == [False] * 5 + [True]


def test_only_files_that_were_chosen_are_given(case):
    case.attach("Note interne.pdf", PDF + b"%internal")
    [answer, internal] = [file["id"] for file in case.record()["attachments"]]
    code = case.code(files=[answer])
    refused = case.fetch(code, file=internal)
    assert refused.status_code == 409 and b"internal" not in refused.content
    assert case.fetch(code, file="../../etc/passwd").status_code == 409
    other = Case(case.server)
    theirs = other.code()
    assert other.fetch(code).status_code == 422, "a code opens one request alone"
    clock(case.server, advance_seconds=400)
    assert PDF not in case.fetch(theirs, file=other.record()["attachments"][0]["id"]).content


@pytest.mark.parametrize("change, field", [({"files": []}, "Fichiers"), ({"downloads": "0"}, "50"), ({"days": "91"}, "90"), ({"days": "dix"}, "90")])
def test_what_cannot_be_is_refused(case, change, field):
    refused = case.give(**change)
    assert refused.status_code == 422 and field in refused.text


def test_readers_give_nothing(case):
    lea = case.server.browser()
    lea.sign_in("lea@vire.example", PASSWORD)
    assert lea.get(f"/o/vire/requests/{case.id}/delivery").status_code == 403


def test_a_letter_is_kept_and_given(case):
    page = case.claire.get(f"/o/vire/requests/{case.id}/letters/acknowledgement")
    kept = case.claire.submit(page, action="/letters/acknowledgement")
    assert kept.status_code == 200 and ".html" in kept.text
    letter = case.record()["attachments"][-1]
    code = case.code(files=[letter["id"]])
    given = case.fetch(code, file=letter["id"])
    assert given.status_code == 200 and b"<!doctype html>" in given.content
    assert given.headers["Content-Type"].startswith("text/plain") and given.headers["Content-Disposition"].startswith("attachment")


def test_another_way_is_noted_with_its_proof(case):
    page = case.claire.get(f"/o/vire/requests/{case.id}/delivery")
    assert case.claire.post(f"/o/vire/requests/{case.id}/delivery", {"csrf": case.claire.csrf(page), "op": "handed", "proof": " "}).status_code == 422
    done = case.claire.post(f"/o/vire/requests/{case.id}/delivery", {"csrf": case.claire.csrf(page), "op": "handed", "proof": "Lettre recommandée 1A 123"})
    assert done.status_code == 200
    record = case.record()
    assert record["delivery_proof"] == "Lettre recommandée 1A 123" and record["answered_on"]


def test_the_person_complains_on_the_page(case):
    visitor = stranger(case.server)
    form = next(form for form in visitor.forms(visitor.get(case.path)) if form.fields.get("op") == "complain")
    clock(case.server, advance_seconds=70)
    done = visitor.post(case.path, {**form.fields, "complaint": "Vous avez oublié la cantine"}, files=[("none", ("", b""))])
    assert done.status_code == 200 and "réclamation est arrivée" in done.text and "oublié" not in done.text
    record = case.record()
    assert record["complaint_on"] and record["exchanges"][-1]["text"].endswith("Vous avez oublié la cantine")


def test_limits_are_the_organisations(case):
    anne = case.server.browser()
    anne.sign_in(ANNE, PASSWORD)
    settings = anne.get("/o/vire/settings/public")
    wrong = anne.post("/o/vire/settings/public/follow-up", {"csrf": anne.csrf(settings), "op": "keep", "words_fr": "", "words_en": "", "downloads": "99", "days": "5"})
    assert wrong.status_code == 422
    kept = anne.post("/o/vire/settings/public/follow-up", {"csrf": anne.csrf(settings), "op": "keep", "words_fr": "", "words_en": "", "downloads": "3", "days": "7"})
    assert kept.status_code == 200
    fields = next(form for form in case.claire.forms(case.claire.get(f"/o/vire/requests/{case.id}/delivery")) if form.fields.get("op") == "make").fields
    assert fields["downloads"] == "3" and fields["days"] == "7"


def test_a_program_gives_the_answer_sees_its_trace_and_takes_it_back(case):
    api, here = case.server.rest, f"{HERE}/{case.id}/deliveries"
    assert api.get(here).json() == {"items": [], "total": 0}
    (file,) = case.record()["attachments"]
    refused = api.post(here, {"files": ["00000000-0000-7000-8000-000000000000"], "way": "pigeon", "downloads": "2", "colour": "red"})
    assert refused.status_code == 422 and {problem["field"] for problem in refused.json()["errors"]} == {"files", "way", "downloads", "colour"}
    assert api.post(here, {"files": []}).status_code == 422 and api.post(here, {"files": [file["id"]], "days": 91}).status_code == 422
    assert api.post(here, {"files": [file["id"]], "way": "mail"}).status_code == 422, "no mail leaves from here"
    assert api.get(here).json()["total"] == 0, "what is refused gives nothing"
    given = api.post(here, {"files": [file["id"]], "way": "desk", "downloads": 2, "days": 10})
    assert given.status_code == 201 and given.json()["reachable"] is True and "no-store" in given.headers["Cache-Control"]
    code = given.json()["code"]
    assert case.fetch(code).content == PDF
    one = api.get(here).json()["items"][0]
    assert one == {**given.json()["delivery"], "files": one["files"], "trace": one["trace"]} and one["state"] == "ready"
    assert one["way"] == "desk" and one["most_downloads"] == 2 and one["files"] == [{"attachment": file["id"], "sha256": file["sha256"], "size": len(PDF), "downloads": 1}]
    assert [line["what"] for line in one["trace"]] == ["made", "downloaded"] and one["trace"][1]["network"] == "127.0.0.0/24"
    assert code not in api.get(here).text, "told once"
    taken_back = api.post(here + "/withdraw", {})
    assert taken_back.status_code == 200 and taken_back.json()["items"][0]["state"] == "withdrawn"
    assert case.fetch(code, fields={"op": "fetch", "word": "x"}).content != PDF


def test_a_reader_gives_no_answer_by_the_api(case):
    reader = case.server.api(case.server.town.add_token("vire", "reader"))
    here = f"{HERE}/{case.id}/deliveries"
    (file,) = case.record()["attachments"]
    assert reader.post(here, {"files": [file["id"]]}).status_code == 403 and reader.get(here).status_code == 403
    assert case.server.rest.get(here).json()["total"] == 0
