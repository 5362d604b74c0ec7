"""What people who have no account see and send: pages that do not exist until they are opened, forms that take what people write and
not what programs throw at them, and an address at which one follows a request."""
import io
import re
import zipfile

import pytest
import requests

from harness import Installation

OWNER, OWNER_PASSWORD = "premiere@mairie.example", "Une installation a toujours un premier compte"
ANNE, CLAIRE, HUGO, PASSWORD = "anne@vire.example", "claire@vire.example", "hugo@vire.example", "Les sept nains dorment sous un vieux chene"
PAGES = ("request", "incident", "register")
REQUEST = {"right": ["access", "erasure"], "message": "La cantine de ma fille", "for": "person", "name": "Jeanne Lefort", "email": "jeanne@courrier.example"}
INCIDENT = {"facts": "Un courriel avec des noms est parti chez un autre", "nature": ["confidentiality"], "personal": "yes", "noticed_on": "2026-03-02", "noticed_time": "09:40", "name": "Paul"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(scope="module")
def town(binary, tmp_path_factory):
    """A town whose profile says who answers for what is written, on a Monday at ten."""
    place = Installation(binary, tmp_path_factory.mktemp("public") / "data", {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z"})
    place.cli("organisation", "add", "vire", "--name", "Ville de Vire", "--test-clock")
    place.cli("organisation", "add", "caen", "--name", "Ville de Caen")
    place.add_user(OWNER, OWNER_PASSWORD)
    for email, role in ((ANNE, "administrator"), (CLAIRE, "dpo"), (HUGO, "ciso"), ("lea@vire.example", "reader")):
        place.add_user(email, PASSWORD, "--organisation", "vire", "--role", role)
    return place


@pytest.fixture(scope="module")
def server(town):
    with town.serve() as running:
        yield running


@pytest.fixture(scope="module")
def api(town, server):
    """A DPO's script; the profile is filled in by it."""
    made = server.api(town.add_token("vire", "dpo"))
    profile = made.get("/organisations/vire/profile").json()["items"][0]
    changed = made.patch(f"/organisations/vire/profile/{profile['id']}",
                         {"name": "Ville de Vire", "address": "1 place du Marché", "postcode": "14500", "city": "Vire", "email": "mairie@vire.example", "dpo": {"name": "Claire Delmas", "email": "dpo@vire.example"}},
                         headers={"If-Match": f'"{profile["version"]}"'})
    assert changed.status_code == 200, changed.text
    return made


def clock(server, **form):
    answer = requests.post(server.address + "/test/clock", data=form, timeout=30)
    assert answer.status_code == 200, answer.text


@pytest.fixture
def anne(server, api):
    person = server.browser()
    person.sign_in(ANNE, PASSWORD)
    return person


def switch(anne, page, op):
    settings = anne.get("/o/vire/settings/public")
    return anne.post(f"/o/vire/settings/public/{page}", {"csrf": anne.csrf(settings), "op": op})


@pytest.fixture
def opened(anne):
    """All pages open, closed again afterwards."""
    for page in (*PAGES, "follow-up"):
        done = switch(anne, page, "open")
        assert done.status_code == 200, done.text
    yield
    for page in (*PAGES, "follow-up"):
        switch(anne, page, "close")


def stranger(server):
    """A browser that nobody has seen, from a network of its own: a throttle of one test is not another's."""
    return server.browser()


def send(server, page, values, files=(), wait=True, browser=None, **more):
    """Opens a form as a stranger, waits as long as a person reads, sends it."""
    visitor = browser or stranger(server)
    form_page = visitor.get(f"/p/vire/{page}")
    assert form_page.status_code == 200, form_page.text
    form = visitor.form(form_page)
    if wait:
        clock(server, advance_seconds=70)
    data = {**form.fields, **values, **more}
    return visitor.post(f"/p/vire/{page}", [(name, each) for name, value in data.items() for each in (value if isinstance(value, list) else [value])],
                        files=[("files", file) for file in files] or [("none", ("", b""))])


def errors(page):
    return re.sub(r"<[^>]+>", " ", re.search(r'<div class="g-errors".*?</div>', page.text, re.S)[0])


def followed(page):
    return re.search(r'href="[^"]*(/p/vire/follow-up/[^"?]+)', page.text)[1]


# ---- closed, open ---------------------------------------------------------------------------------------------

def test_what_is_closed_does_not_exist(server, api):
    visitor = stranger(server)
    for path in ("", "/request", "/incident", "/register", "/follow-up/abcdef", "/look.css", "/logo/" + "0" * 64 + ".png"):
        answer = visitor.get("/p/vire" + path)
        assert answer.status_code == 404 and "Ville de Vire" not in answer.text, path
        assert visitor.get("/p/nulle-part" + path).status_code == 404
    for page in ("request", "incident", "follow-up/abcdef"):
        assert visitor.post(f"/p/vire/{page}", {"name": "x"}).status_code == 404


def test_one_opens_one_page_at_a_time_and_closes_it(server, anne, api):
    settings = anne.get("/o/vire/settings/public")
    assert settings.status_code == 200 and "Fermée" in settings.text
    opened = switch(anne, "request", "open")
    assert "La page est ouverte" in opened.text and "/p/vire/request" in opened.text
    visitor = stranger(server)
    assert visitor.get("/p/vire/request").status_code == 200
    assert visitor.get("/p/vire/incident").status_code == 404
    listed = visitor.get("/p/vire")
    assert listed.status_code == 200 and "/p/vire/request" in listed.text and "/p/vire/incident" not in listed.text
    # Who is signed in, here or elsewhere, is a visitor like another.
    assert anne.get("/p/vire/request").status_code == 200 and "anne@" not in anne.get("/p/vire/request").text
    switch(anne, "request", "close")
    assert visitor.get("/p/vire/request").status_code == 404


def test_only_who_runs_the_organisation_opens_pages(server, api):
    for email in (CLAIRE, "lea@vire.example"):
        person = server.browser()
        person.sign_in(email, PASSWORD)
        assert person.get("/o/vire/settings/public").status_code == 403
        page = person.get("/o/vire")
        assert person.post("/o/vire/settings/public/request", {"csrf": person.csrf(page), "op": "open"}).status_code == 403
    assert stranger(server).get("/p/vire/request").status_code == 404


def test_nothing_opens_before_the_profile_says_who_answers_for_it(town, server):
    owner = server.browser()
    owner.sign_in(OWNER, OWNER_PASSWORD)
    settings = owner.get("/o/caen/settings/public")
    assert "incomplète" in settings.text and "Ouvrir la page" not in settings.text
    refused = owner.post("/o/caen/settings/public/request", {"csrf": owner.csrf(settings), "op": "open"})
    assert refused.status_code == 409 and server.browser().get("/p/caen/request").status_code == 404


def test_a_page_is_seen_before_it_is_open_and_sends_nothing(anne, server):
    for page in ("request", "incident", "register", "follow-up"):
        preview = anne.get(f"/o/vire/settings/public/{page}/preview")
        assert preview.status_code == 200 and "Aperçu" in preview.text, page
        assert preview.text.count("<button") == preview.text.count(" disabled"), "no button does anything"
    assert anne.get("/o/vire/settings/public/cookies/preview").status_code == 404


def test_own_words_stand_on_the_page_as_text(anne, server, opened):
    settings = anne.get("/o/vire/settings/public")
    kept = anne.post("/o/vire/settings/public/request", {"csrf": anne.csrf(settings), "op": "keep", "words_fr": "Accueil le jeudi\n<b>matin</b>", "words_en": ""})
    assert kept.status_code == 200
    page = stranger(server).get("/p/vire/request")
    assert "Accueil le jeudi<br>&lt;b&gt;matin&lt;/b&gt;" in page.text
    long = anne.post("/o/vire/settings/public/request", {"csrf": anne.csrf(settings), "op": "keep", "words_fr": "a" * 2001, "words_en": ""})
    assert long.status_code == 422 and "2000" in long.text and "a" * 2001 in long.text


def test_a_former_slug_leads_on_once_a_page_is_open(town, server, anne):
    owner = server.browser()
    owner.sign_in(OWNER, OWNER_PASSWORD)
    town.cli("organisation", "add", "bayeux", "--name", "Ville de Bayeux")
    api = server.api(town.add_token("bayeux", "dpo"))
    profile = api.get("/organisations/bayeux/profile").json()["items"][0]
    api.patch(f"/organisations/bayeux/profile/{profile['id']}", {"email": "mairie@bayeux.example"}, headers={"If-Match": "*"})
    settings = owner.get("/o/bayeux/settings")
    owner.submit(settings, {"slug": "bayeux-ville"}, field="slug")
    assert server.browser().get("/p/bayeux/request", allow_redirects=False).status_code == 404, "closed: nothing is told of the name"
    page = owner.get("/o/bayeux-ville/settings/public")
    assert owner.post("/o/bayeux-ville/settings/public/request", {"csrf": owner.csrf(page), "op": "open"}).status_code == 200
    moved = server.browser().get("/p/bayeux/request?lang=en", allow_redirects=False)
    assert moved.status_code == 301 and moved.headers["Location"] == "/p/bayeux-ville/request?lang=en"
    owner.post("/o/bayeux-ville/close", {"csrf": owner.csrf(page)})
    assert server.browser().get("/p/bayeux-ville/request").status_code == 404, "an archived organisation receives nothing"


# ---- the frame ------------------------------------------------------------------------------------------------

def test_pages_need_no_cookie_no_script_and_tell_nobody_where_one_was(server, opened):
    for page in ("", "/request", "/incident", "/register"):
        answer = stranger(server).get("/p/vire" + page)
        assert answer.status_code == 200, page
        assert "Set-Cookie" not in answer.headers and "<script" not in answer.text
        assert answer.headers["Referrer-Policy"] == "no-referrer" and "no-store" in answer.headers["Cache-Control"]
        assert "g-public" in answer.text and "g-side" not in answer.text and "Ville de Vire" in answer.text
        assert 'href="/accessibility"' in answer.text


def test_both_languages_by_a_link(server, opened):
    french = stranger(server).get("/p/vire/request")
    assert 'lang="fr"' in french.text and "Envoyer ma demande" in french.text
    english = stranger(server).get("/p/vire/request?lang=en")
    assert '<html lang="en"' in english.text and "Send my request" in english.text and "/p/vire/request?lang=fr" in english.text
    assert "lang=en" in re.search(r'<form[^>]*action="([^"]+)"', english.text)[1], "the answer comes in the language of the form"


def test_the_form_says_what_becomes_of_what_one_writes(server, opened):
    page = stranger(server).get("/p/vire/request").text
    for words in ("1 place du Marché", "dpo@vire.example", "6(1)(c)", "six ans", "CNIL", "cnil.fr", "articles 15 à 18"):
        assert words in page, words


# ---- a rights request ------------------------------------------------------------------------------------------

def test_a_stranger_asks_and_has_a_number_at_once(server, api, opened):
    answer = send(server, "request", REQUEST, files=[("lettre.pdf", PDF, "application/x-whatever")])
    assert answer.status_code == 200, answer.text
    number = re.search(r"DEM-\d+", answer.text)[0]
    record = next(item for item in api.get("/organisations/vire/requests").json()["items"] if item["reference"] == number)
    record = api.get(f"/organisations/vire/requests/{record['id']}").json()
    assert record["status"] == "received" and record["channel"] == "form" and record["rights"] == ["access", "erasure"]
    assert record["requester"]["name"] == "Jeanne Lefort" and record["wording"] == "La cantine de ma fille"
    assert record["received_at"].startswith("2026-03-") and record["acknowledged_on"] == record["received_at"][:10]
    assert "Jeanne" not in record["subject"], "the title names nobody"
    [file] = record["attachments"]
    assert file["name"] == "lettre.pdf" and file["type"] == "application/pdf", "what the sender said of its kind is not believed"
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    versions = api.get(f"/organisations/vire/requests/{record['id']}/versions").json()["items"]
    assert len(versions) == 2


def test_the_officer_is_told(server, api, opened):
    send(server, "request", REQUEST)
    claire = server.browser()
    claire.sign_in(CLAIRE, PASSWORD)
    assert "page publique" in claire.get("/notifications").text
    hugo = server.browser()
    hugo.sign_in(HUGO, PASSWORD)
    assert "page publique" not in hugo.get("/notifications").text, "a request is none of the security officer's business"


@pytest.mark.parametrize("change, words", [
    ({"right": []}, "Que voulez-vous"),
    ({"name": ""}, "Nom et prénom"),
    ({"email": ""}, "au moins une façon"),
    ({"email": "pas une adresse"}, "adresse"),
    ({"for": "guardian"}, "Nom de la personne concernée"),
    ({"phone": "vingt-deux"}, "téléphone"),
    ({"message": "a" * 8001}, "8000"),
])
def test_what_is_missing_is_said_and_nothing_is_lost(server, api, opened, change, words):
    before = api.get("/organisations/vire/requests").json()["total"]
    answer = send(server, "request", {**REQUEST, **change})
    assert answer.status_code == 422 and words in errors(answer), answer.text
    assert "cantine" in answer.text or "aaaa" in answer.text, "what was typed is still there"
    assert api.get("/organisations/vire/requests").json()["total"] == before


def test_a_form_sent_twice_is_one_request(server, api, opened):
    visitor = stranger(server)
    form = visitor.form(visitor.get("/p/vire/request"))
    clock(server, advance_seconds=70)
    data = {**form.fields, **REQUEST}
    files = [("none", ("", b""))]
    before = api.get("/organisations/vire/requests").json()["total"]
    first, second = (visitor.post("/p/vire/request", data, files=files) for _ in range(2))
    assert first.status_code == second.status_code == 200
    number = re.search(r"DEM-\d+", first.text)[0]
    assert number in second.text and "follow-up/" not in second.text, "the address is shown once"
    assert api.get("/organisations/vire/requests").json()["total"] == before + 1


# ---- what is not people ------------------------------------------------------------------------------------------

def test_programs_are_told_from_people(server, api, opened):
    before = api.get("/organisations/vire/requests").json()["total"]
    fast = send(server, "request", REQUEST, wait=False)
    assert fast.status_code == 422 and "plus vite" in errors(fast)
    trapped = send(server, "request", REQUEST, website="http://spam.example")
    assert trapped.status_code == 422 and "ne voient pas" in errors(trapped)
    for word in ("", "0" * 112, "x"):
        forged = send(server, "request", REQUEST, word=word)
        assert forged.status_code == 422 and "cantine" in forged.text and 'name="word" value="' in forged.text
    visitor = stranger(server)
    form = visitor.form(visitor.get("/p/vire/request"))
    clock(server, advance_seconds=13 * 3600)
    stale = visitor.post("/p/vire/request", {**form.fields, **REQUEST}, files=[("none", ("", b""))])
    assert stale.status_code == 422 and "trop longtemps" in errors(stale) and form.fields["word"] not in stale.text
    other = send(server, "request", REQUEST, word=visitor.form(visitor.get("/p/vire/incident")).fields["word"])
    assert other.status_code == 422, "a word of another page"
    elsewhere = visitor.post("/p/vire/request", {**form.fields, **REQUEST}, headers={"Origin": "https://ailleurs.example"})
    assert elsewhere.status_code == 403, "another site's form"
    assert api.get("/organisations/vire/requests").json()["total"] == before


def test_a_flood_is_turned_away_and_the_register_stays_usable(server, api, opened):
    visitor = stranger(server)
    clock(server, advance_seconds=3600)
    words = [visitor.form(visitor.get("/p/vire/request")).fields["word"] for _ in range(60)]
    clock(server, advance_seconds=5)
    before = api.get("/organisations/vire/requests").json()["total"]
    codes = []
    for word in words * 5:
        answer = visitor.post("/p/vire/request", {**REQUEST, "word": word}, files=[("none", ("", b""))])
        codes.append(answer.status_code)
        if answer.status_code == 429:
            assert int(answer.headers["Retry-After"]) > 0 and "Jeanne Lefort" in answer.text and "mairie" not in errors(answer)
    assert 0 < api.get("/organisations/vire/requests").json()["total"] - before <= 8, "as many as a network may at once"
    assert codes.count(429) > 200 and set(codes) <= {200, 429}
    claire = server.browser()
    claire.sign_in(CLAIRE, PASSWORD)
    assert claire.get("/o/vire/requests").status_code == 200
    clock(server, advance_seconds=3600)


@pytest.mark.parametrize("name, content, words", [
    ("page.html", b"\x00\x01\x02\x03binaire", "sorte"),
    ("programme.exe", b"MZ\x90\x00\x03" + b"\x00" * 200, "sorte"),
    ("vide.pdf", b"", "vide"),
    ("gros.pdf", PDF + b" " * (10 * 1024 * 1024 + 1), "trop lourd"),
])
def test_files_are_judged_by_their_content(server, api, opened, name, content, words):
    before = api.get("/organisations/vire/requests").json()["total"]
    answer = send(server, "request", REQUEST, files=[(name, content, "application/pdf")])
    assert answer.status_code == 422 and words in errors(answer)
    assert api.get("/organisations/vire/requests").json()["total"] == before


def test_archives_and_too_many_files_are_refused(server, opened):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x.txt", "x")
    refused = send(server, "request", REQUEST, files=[("lot.zip", packed.getvalue(), "application/zip")])
    assert refused.status_code == 422 and "sorte" in errors(refused)
    many = send(server, "request", REQUEST, files=[(f"{n}.pdf", PDF, "application/pdf") for n in range(6)])
    assert many.status_code == 422 and "5" in errors(many)


def test_a_page_sent_as_a_file_comes_back_as_text_that_no_browser_runs(server, api, opened):
    answer = send(server, "request", REQUEST, files=[("x.html", b"<script>alert(1)</script>", "text/html")])
    assert answer.status_code == 200
    number = re.search(r"DEM-\d+", answer.text)[0]
    record = next(item for item in api.get("/organisations/vire/requests").json()["items"] if item["reference"] == number)
    claire = server.browser()
    claire.sign_in(CLAIRE, PASSWORD)
    [file] = api.get(f"/organisations/vire/requests/{record['id']}").json()["attachments"]
    given = claire.get(f"/o/vire/requests/{record['id']}/attachments/{file['id']}")
    assert given.headers["Content-Type"].startswith("text/plain") and given.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in given.headers["Content-Security-Policy"]


# ---- following it ------------------------------------------------------------------------------------------------

def test_a_request_is_followed_added_to_and_withdrawn(server, api, opened):
    answer = send(server, "request", REQUEST)
    path = followed(answer)
    visitor = stranger(server)
    page = visitor.get(path)
    assert page.status_code == 200 and "Arrivée" in page.text and "noindex" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer" and page.headers["X-Robots-Tag"].startswith("noindex") and "no-store" in page.headers["Cache-Control"]
    for words in ("Jeanne", "jeanne@", "cantine"):
        assert words not in page.text, "nothing of what was written is repeated"
    form = visitor.form(page, field="message")
    clock(server, advance_seconds=70)
    added = visitor.post(path, {**form.fields, "message": "Le numéro est le 4512"}, files=[("files", ("carte.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50, "image/png"))])
    assert added.status_code == 200 and "joint à votre demande" in added.text and "4512" not in added.text
    number = re.search(r"DEM-\d+", added.text)[0]
    record = next(item for item in api.get("/organisations/vire/requests").json()["items"] if item["reference"] == number)
    record = api.get(f"/organisations/vire/requests/{record['id']}").json()
    assert [exchange["text"] for exchange in record["exchanges"]] == ["Le numéro est le 4512"] and len(record["attachments"]) == 1
    form = next(form for form in visitor.forms(visitor.get(path)) if form.fields.get("op") == "withdraw")
    clock(server, advance_seconds=70)
    gone = visitor.post(path, form.fields, files=[("none", ("", b""))])
    assert gone.status_code == 200 and "retirée" in gone.text
    assert api.get(f"/organisations/vire/requests/{record['id']}").json()["status"] == "withdrawn"


def test_an_address_is_guessed_by_nobody_and_taken_back(server, api, anne, opened):
    answer = send(server, "request", REQUEST)
    path = followed(answer)
    visitor = stranger(server)
    assert visitor.get(path[:-1] + ("a" if path[-1] != "a" else "b")).status_code == 404
    assert visitor.get(path.replace("/p/vire/", "/p/caen/")).status_code == 404
    assert visitor.get("/p/vire/follow-up/x").status_code == 404
    number = re.search(r"DEM-\d+", answer.text)[0]
    record = next(item for item in api.get("/organisations/vire/requests").json()["items"] if item["reference"] == number)
    claire = server.browser()
    claire.sign_in(CLAIRE, PASSWORD)
    page = claire.get(f"/o/vire/requests/{record['id']}/follow-up")
    assert page.status_code == 200 and path.rsplit("/", 1)[1] not in page.text, "it was shown once"
    renewed = claire.submit(page, {"op": "renew"}, action="/follow-up")
    fresh = re.search(r"(/p/vire/follow-up/[^<\"?]+)", renewed.text)[1]
    assert visitor.get(path).status_code == 404 and visitor.get(fresh).status_code == 200
    claire.post(f"/o/vire/requests/{record['id']}/follow-up", {"csrf": claire.csrf(renewed), "op": "revoke"})
    assert visitor.get(fresh).status_code == 404
    lea = server.browser()
    lea.sign_in("lea@vire.example", PASSWORD)
    assert lea.get(f"/o/vire/requests/{record['id']}/follow-up").status_code == 403
    assert path.rsplit("/", 1)[1] not in server.output, "no token in the log"


# ---- an incident ---------------------------------------------------------------------------------------------------

def test_an_incident_is_reported_by_anybody(server, api, opened):
    now = requests.post(server.address + "/test/clock", data={"now": "2026-03-02T10:00:00Z"}, timeout=30).json()["now"]
    assert now.startswith("2026-03-02")
    answer = send(server, "incident", INCIDENT)
    assert answer.status_code == 200, answer.text
    number = re.search(r"VIO-\d+", answer.text)[0]
    record = next(item for item in api.get("/organisations/vire/breaches").json()["items"] if item["reference"] == number)
    record = api.get(f"/organisations/vire/breaches/{record['id']}").json()
    assert record["status"] == "reported" and record["intake"] == "public_form" and record["personal_data"] is True and record["nature"] == ["confidentiality"]
    assert record["detected_at"] == "2026-03-02T08:40:00.000Z", "the clock on the wall in Vire"
    assert record["aware_at"] is None, "whether it is a breach is for others to say"
    assert record["reported_by"]["name"] == "Paul" and "Paul" not in record["title"]
    for email in (CLAIRE, HUGO):
        person = server.browser()
        person.sign_in(email, PASSWORD)
        assert record["reference"] in person.get("/notifications").text, email


@pytest.mark.parametrize("what, title, causes", [("weakness", "Faiblesse signalée", []), ("stolen_equipment", "Vol signalé", ["stolen_equipment"]), ("lost_equipment", "Perte signalée", ["lost_equipment"]),
                                                 ("unheard_of", "Incident signalé", [])])
def test_a_weakness_a_theft_or_a_loss_is_told_by_the_same_form(server, api, opened, what, title, causes):
    requests.post(server.address + "/test/clock", data={"advance_seconds": 3600}, timeout=30)
    answer = send(server, "incident", {**INCIDENT, "what": what})
    assert answer.status_code == 200, answer.text
    number = re.search(r"VIO-\d+", answer.text)[0]
    record = next(item for item in api.get("/organisations/vire/breaches", params={"limit": 100}).json()["items"] if item["reference"] == number)
    record = api.get(f"/organisations/vire/breaches/{record['id']}").json()
    assert record["status"] == "reported" and record["title"].startswith(title) and record["causes"] == causes


PROJECT = {"project": "Inscriptions au sport en ligne", "description": "Un formulaire et un prestataire", "service": "Sport", "personal": "yes", "people_and_data": "Les enfants et leurs parents",
           "live_on": "2026-09-01", "name": "Ana Roux", "email": "ana@vire.example"}


def send_project(server, values, files=()):
    """As `send`, by the form to which the page of incidents leads."""
    visitor = stranger(server)
    way = re.search(r'href="([^"]*about=project)"', visitor.get("/p/vire/incident").text)[1]
    page = visitor.get(way.replace("&amp;", "&"))
    assert page.status_code == 200, page.text
    clock(server, advance_seconds=70)
    data = {**visitor.form(page).fields, **values}
    assert data["about"] == "project"
    return visitor.post("/p/vire/incident", list(data.items()), files=[("files", file) for file in files] or [("none", ("", b""))])


def test_a_project_is_told_of_before_it_begins(server, api, opened):
    clock(server, advance_seconds=3600)
    now = requests.post(server.address + "/test/clock", data={"advance_seconds": 0}, timeout=30).json()["now"]
    answer = send_project(server, PROJECT, files=[("devis.pdf", PDF, "application/pdf")])
    assert answer.status_code == 200, answer.text
    number = re.search(r"PRJ-\d+", answer.text)[0]
    record = next(item for item in api.get("/organisations/vire/projects").json()["items"] if item["reference"] == number)
    record = api.get(f"/organisations/vire/projects/{record['id']}").json()
    assert record["status"] == "draft" and record["name"] == PROJECT["project"] and record["description"] == PROJECT["description"]
    assert record["owner"]["name"] == "Ana Roux" and record["personal_data"] is True and record["live_on"] == "2026-09-01"
    assert record["dpo_asked_on"] == now[:10], "to tell the officer is to ask them"
    assert len(record["by_design"]) == 7 and len(record["by_default"]) == 8, "ready to be gone through"
    assert [one["name"] for one in record["attachments"]] == ["devis.pdf"]
    claire = server.browser()
    claire.sign_in(CLAIRE, PASSWORD)
    assert number in claire.get("/notifications").text


def test_the_form_of_a_project_says_what_becomes_of_it_and_loses_nothing(server, api, opened):
    clock(server, advance_seconds=3600)
    page = stranger(server).get("/p/vire/incident?about=project")
    assert "articles 6(1)(c), 25 et 38(1)" in page.text and "<script" not in page.text.split("<main", 1)[1] and "dpo@vire.example" in page.text
    before = api.get("/organisations/vire/projects").json()["total"]
    answer = send_project(server, {**PROJECT, "live_on": "à la rentrée", "description": ""})
    assert answer.status_code == 422 and "Ce que vous voulez faire" in errors(answer) and "à la rentrée" in answer.text and "Les enfants et leurs parents" in answer.text
    assert 'name="about" value="project"' in answer.text, "the form that comes back is the same form"
    assert api.get("/organisations/vire/projects").json()["total"] == before
    english = stranger(server).get("/p/vire/incident?lang=en")
    assert "Tell us before it begins" in english.text
    way = re.search(r'href="([^"]*about=project)"', english.text)[1].replace("&amp;", "&")
    assert "Name of the project" in stranger(server).get(way).text, "the way keeps the language"


def test_projects_are_throttled_as_incidents_are(server, api, opened):
    clock(server, advance_seconds=3600)
    visitor = stranger(server)
    words = [visitor.form(visitor.get("/p/vire/incident?about=project")).fields["word"] for _ in range(20)]
    clock(server, advance_seconds=5)
    answers = [visitor.post("/p/vire/incident", {**PROJECT, "about": "project", "word": word}, files=[("none", ("", b""))]) for word in words]
    codes = [answer.status_code for answer in answers]
    assert 0 < codes.count(200) <= 8 and codes.count(429) >= 12
    assert int(answers[-1].headers["Retry-After"]) > 0 and PROJECT["project"] in answers[-1].text
    assert send(server, "incident", INCIDENT, wait=False).status_code in (422, 429), "one limit for what the page takes"
    clock(server, advance_seconds=3600)
    again = visitor.post("/p/vire/incident", {**PROJECT, "about": "project", "word": words[0]}, files=[("none", ("", b""))])
    assert again.status_code == 200 and re.search(r"PRJ-\d+", again.text)[0] == re.search(r"PRJ-\d+", answers[0].text)[0], "sent twice, it is one project"


def test_without_a_register_of_projects_none_is_told_of(server, api, anne, opened):
    every = anne.form(anne.get("/o/vire/modules"), action="/modules").fields["on"]
    assert "projects" in every
    anne.submit(anne.get("/o/vire/modules"), {"on": [module for module in every if module != "projects"]}, action="/modules")
    page = stranger(server).get("/p/vire/incident?about=project")
    assert page.status_code == 200 and "about=project" not in page.text and 'name="facts"' in page.text
    anne.submit(anne.get("/o/vire/modules"), {"on": every}, action="/modules")


@pytest.mark.parametrize("change, words", [
    ({"noticed_on": "2026-03-03"}, "pas encore arrivé"),
    ({"noticed_time": "23:59"}, "pas encore arrivé"),
    ({"noticed_time": "25:00"}, "14:30"),
    ({"noticed_on": "31 février"}, "date"),
    ({"noticed_on": ""}, "Quel jour"),
    ({"facts": ""}, "Racontez"),
])
def test_a_clock_in_the_future_is_refused_in_plain_words(server, api, opened, change, words):
    requests.post(server.address + "/test/clock", data={"now": "2026-03-02T12:00:00Z"}, timeout=30)
    before = api.get("/organisations/vire/breaches").json()["total"]
    answer = send(server, "incident", {**INCIDENT, **change})
    assert answer.status_code == 422 and words in errors(answer), errors(answer)
    assert api.get("/organisations/vire/breaches").json()["total"] == before


def test_one_may_stay_anonymous(server, api, opened):
    requests.post(server.address + "/test/clock", data={"now": "2026-03-02T14:00:00Z"}, timeout=30)
    answer = send(server, "incident", {"facts": "Une armoire est restée ouverte", "noticed_on": "02/03/2026", "noticed_time": ""})
    assert answer.status_code == 200, answer.text


# ---- the published register ------------------------------------------------------------------------------------------

def test_the_register_shows_what_is_in_force_and_chosen(town, server, api, anne, opened):
    made = api.post("/organisations/vire/processings", {"name": "Gérer la cantine", "purposes": [{"kind": "main", "text": "Servir les repas", "basis": "e"}],
                                                       "recipients": [{"name": "La cuisine centrale"}], "notes": "Une note interne"})
    assert made.status_code == 201, made.text
    api.post("/organisations/vire/processings", {"name": "Un brouillon", "purposes": []})
    visitor = stranger(server)
    page = visitor.get("/p/vire/register")
    assert page.status_code == 200 and "Gérer la cantine" not in page.text and "Un brouillon" not in page.text
    record = made.json()["id"]
    for status in ("to_validate", "validated", "production"):
        moved = api.post(f"/organisations/vire/processings/{record}/status", {"status": status, "reason": "x", "decided_by": "Le maire", "decided_on": "2026-03-01"})
        assert moved.status_code == 200, moved.text
    page = visitor.get("/p/vire/register").text
    assert "Gérer la cantine" in page and "Servir les repas" in page
    assert "La cuisine centrale" not in page and "Une note interne" not in page
    settings = anne.get("/o/vire/settings/public")
    anne.post("/o/vire/settings/public/register", {"csrf": anne.csrf(settings), "op": "keep", "words_fr": "", "words_en": "", "shown": ["recipients", "notes"]})
    page = visitor.get("/p/vire/register").text
    assert "La cuisine centrale" in page and "Une note interne" not in page
    restricted = api.request("PUT", f"/organisations/vire/processings/{record}/access", json={"restricted": True, "people": [], "reason": "Affaire en cours"}, headers={"If-Match": "*"})
    assert restricted.status_code == 200, restricted.text
    assert "Gérer la cantine" not in visitor.get("/p/vire/register").text


def test_documents_in_force_and_chosen_are_published_with_the_contacts(server, api, anne):
    def document(name, status="in_force", **fields):
        made = api.post("/organisations/vire/policies", {"name": name, "text": f"# {name}\n\nPour <b>tous</b>.\n\n- un\n- deux", **fields})
        assert made.status_code == 201, made.text
        if status != "draft":
            moved = api.post(f"/organisations/vire/policies/{made.json()['id']}/status", {"status": status}, headers={"If-Match": "*"})
            assert moved.status_code == 200, moved.text
        return made.json()

    shown = document("Charte de la donnée", in_public=True, summary="Ce que nous promettons", edition="3", owner={"name": "Zzrésident"}, notes="Zznote")
    hidden = [document("Zzbrouillon", status="draft", in_public=True), document("Zzinterne"), document("Zzvide", in_public=True, text="")]
    visitor = stranger(server)
    assert visitor.get("/p/vire/policies").status_code == 404, "closed until opened"
    assert switch(anne, "policies", "open").status_code == 200
    page = visitor.get("/p/vire/policies")
    assert page.status_code == 200 and "Charte de la donnée" in page.text and "Ce que nous promettons" in page.text and "Édition 3" in page.text and "Zz" not in page.text
    assert "dpo@vire.example" in page.text and "mairie@vire.example" in page.text and "3 place de Fontenoy" in page.text
    one = visitor.get(f"/p/vire/policies/{shown['reference']}")
    assert "<h2>Charte de la donnée</h2>" in one.text and "&lt;b&gt;tous" in one.text and "<li>un</li>" in one.text and "Zz" not in one.text
    for other in hidden:
        assert visitor.get(f"/p/vire/policies/{other['reference']}").status_code == 404
    assert visitor.get("/p/vire/policies/POL-9999").status_code == 404
    index = visitor.get("/p/vire")
    assert 'href="/p/vire/policies"' in index.text and "dpo@vire.example" in index.text, "the page that gathers them says whom to reach"
    english = visitor.get(f"/p/vire/policies/{shown['reference']}?lang=en")
    assert "How to reach us" in english.text and '<div lang="fr"><h2>Charte' in english.text, "the document keeps its language"
    # another edition in the making is not in force, and what is not in force is out of sight
    redrafted = api.patch(f"/organisations/vire/policies/{shown['id']}?changes_validated=yes", {"text": "# Charte\n\nZznouveau"}, headers={"If-Match": "*"})
    assert redrafted.status_code == 200 and redrafted.json()["status"] == "draft", redrafted.text
    assert visitor.get(f"/p/vire/policies/{shown['reference']}").status_code == 404
    again = api.post(f"/organisations/vire/policies/{shown['id']}/status", {"status": "in_force"}, headers={"If-Match": "*"})
    assert again.status_code == 200 and "Zznouveau" in visitor.get(f"/p/vire/policies/{shown['reference']}").text
    ended = api.post(f"/organisations/vire/policies/{shown['id']}/status", {"status": "ended"}, headers={"If-Match": "*"})
    assert ended.status_code == 200, ended.text
    assert visitor.get(f"/p/vire/policies/{shown['reference']}").status_code == 404 and "Charte" not in visitor.get("/p/vire/policies").text
    assert switch(anne, "policies", "close").status_code == 200
    assert visitor.get("/p/vire/policies").status_code == 404


def test_a_script_settles_what_the_page_settles(town, server, api):
    admin = server.api(town.add_token("vire", "administrator"))
    here = "/organisations/vire/public-pages"
    listed = admin.get(here).json()
    assert {"request", "follow-up", "incident", "register"} <= {one["page"] for one in listed["items"]} and not any(one["open"] for one in listed["items"])
    opened = admin.put(here + "/register", {"open": True, "words_fr": "Bonjour", "words_en": "", "shown": ["basis"]})
    assert opened.status_code == 200 and opened.json()["open"] and opened.json()["opened_at"] and opened.json()["shown"] == ["basis"]
    assert "Bonjour" in stranger(server).get("/p/vire/register").text
    assert admin.put(here + "/register", {"open": False}).json()["words_fr"] == "Bonjour", "what is absent stays"
    assert stranger(server).get("/p/vire/register").status_code == 404
    assert admin.put(here + "/follow-up", {"downloads": 3, "days": 7}).json()["days"] == 7
    for wrong in ({"open": "yes"}, {"downloads": 3}, {"shown": ["basis"]}, {"surprise": 1}, {"words_fr": "a" * 2001}, []):
        assert admin.put(here + "/request", wrong).status_code == 422, wrong
    assert admin.put(here + "/follow-up", {"days": 1000}).status_code == 422
    assert admin.get(here + "/cookies").status_code == 404
    assert api.get(here).status_code == 403 and api.put(here + "/request", {"open": True}).status_code == 403, "an officer opens no page"
    caen = server.api(town.add_token("caen", "administrator"))
    assert caen.put("/organisations/caen/public-pages/request", {"open": True}).status_code == 409, "its profile says not who answers for it"
    assert caen.get(here).status_code == 404


def test_an_address_ends_after_a_year(server, api, opened):
    """The last one: the clock goes far, and every session ends."""
    path = followed(send(server, "request", REQUEST))
    assert stranger(server).get(path).status_code == 200
    clock(server, advance_seconds=366 * 24 * 3600)
    assert stranger(server).get(path).status_code == 404


def test_the_number_is_written_to_the_sender_and_word_to_the_officer(binary, tmp_path):
    """A mail server that never answers: what should leave waits, and its list says for whom."""
    place = Installation(binary, tmp_path / "data", {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z", "GREFFIER_SMTP_URL": "smtp://127.0.0.1:1", "GREFFIER_MAIL_FROM": "Greffier <greffier@vire.example>"})
    place.cli("organisation", "add", "vire", "--name", "Ville de Vire", "--test-clock")
    place.add_user(OWNER, OWNER_PASSWORD)
    for email, role in ((CLAIRE, "dpo"), (HUGO, "ciso")):
        place.add_user(email, PASSWORD, "--organisation", "vire", "--role", role)
    with place.serve() as server:
        api = server.api(place.add_token("vire", "dpo"))
        profile = api.get("/organisations/vire/profile").json()["items"][0]
        assert api.patch(f"/organisations/vire/profile/{profile['id']}", {"email": "mairie@vire.example"}, headers={"If-Match": "*"}).status_code == 200
        owner = server.browser()
        owner.sign_in(OWNER, OWNER_PASSWORD)
        settings = owner.get("/o/vire/settings/public")
        for page in ("request", "incident"):
            owner.post(f"/o/vire/settings/public/{page}", {"csrf": owner.csrf(settings), "op": "open"})
        answer = send(server, "request", REQUEST)
        assert answer.status_code == 200 and "part à votre adresse" in answer.text and "follow-up" not in answer.text, "the follow-up is closed: no address is promised"
        waiting = owner.get("/installation/mail").text
        assert REQUEST["email"] in waiting and CLAIRE in waiting and HUGO not in waiting
        assert send(server, "incident", INCIDENT).status_code == 200
        waiting = owner.get("/installation/mail").text
        assert HUGO in waiting and waiting.count(CLAIRE) >= 2
        assert "Jeanne" not in waiting and "cantine" not in waiting
