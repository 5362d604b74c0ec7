"""Two people and one record: drafts that only their author reads, copies, and two changes that meet."""
import json
import re

import pytest

CLAIRE, SOPHIE = "claire@ville.example", "sophie@ville.example"
PASSWORD = "Un mot de passe assez long pour deux"
LIST = "/o/ville/processings"


@pytest.fixture(scope="module")
def town(shared_installation):
    shared_installation.cli("organisation", "add", "ville", "--name", "Ville")
    for email, name, role in ((CLAIRE, "Claire Delmas", "administrator"), (SOPHIE, "Sophie Lagrange", "contributor")):
        shared_installation.add_user(email, PASSWORD, "--name", name, "--organisation", "ville", "--role", role)
    return shared_installation


@pytest.fixture(scope="module")
def api(town, shared_server):
    return shared_server.api(town.add_token("ville", "dpo"))


@pytest.fixture
def claire(town, shared_server):
    return signed_in(shared_server, CLAIRE)


@pytest.fixture
def sophie(town, shared_server):
    return signed_in(shared_server, SOPHIE)


def signed_in(server, email):
    browser = server.browser()
    browser.sign_in(email, PASSWORD)
    return browser


def record(api, **fields):
    made = api.post("/organisations/ville/processings", {"name": "Gérer la cantine", **fields})
    assert made.status_code == 201, made.text
    return made.json()


def save(browser, page, values=None, **options):
    return browser.submit(page, values, field="_form", **options)


def keep(browser, page, values=None, accept="text/html"):
    """The draft button, or with another `accept` the page's script."""
    form = browser.form(page, field="_form")
    return browser.post(form.action + "/draft", {**form.fields, **(values or {}), "_keep": "stay"}, headers={"Origin": browser.address, "Referer": page.url, "Accept": accept})


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text.split("<main", 1)[1]))


# ---- drafts -----------------------------------------------------------------------------------------------

def test_a_draft_comes_back_on_another_device_with_what_could_not_be_read(api, sophie, shared_server):
    edit = f"{LIST}/{record(api)['id']}/edit"
    kept = keep(sophie, sophie.get(edit), {"name": "Gérer les cantines", "people_count": "beaucoup"})
    assert kept.status_code == 200 and kept.url.endswith("?draft=resume")
    assert "Brouillon enregistré le" in kept.text
    elsewhere = signed_in(shared_server, SOPHIE)
    opened = elsewhere.get(edit)
    assert "data-draft-offer" in opened.text and "Gérer les cantines" not in opened.text
    resumed = elsewhere.get(edit + "?draft=resume")
    form = elsewhere.form(resumed, field="_form")
    assert form.fields["name"] == "Gérer les cantines" and form.fields["people_count"] == "beaucoup"
    refused = save(elsewhere, resumed)
    assert refused.status_code == 422 and "Gérer les cantines" in refused.text
    saved = save(elsewhere, refused, {"people_count": "120"})
    assert "Gérer les cantines" in words(saved)
    assert "data-draft-offer" not in elsewhere.get(edit).text, "what was saved is not offered again"


def test_the_script_is_answered_in_its_own_words(api, sophie):
    edit = f"{LIST}/{record(api)['id']}/edit"
    page = sophie.get(edit)
    kept = keep(sophie, page, {"name": "Un"}, "application/json")
    assert kept.status_code == 200 and kept.json()["message"].startswith("Brouillon enregistré le")
    assert keep(sophie, page, {"name": "Deux"}, "application/json").status_code == 200, "the same page keeps again"
    other = keep(sophie, sophie.get(edit), {"name": "Trois"}, "application/json")
    assert other.status_code == 409 and other.json()["code"] == "draft_elsewhere"
    assert sophie.form(sophie.get(edit + "?draft=resume"), field="_form").fields["name"] == "Deux"
    # Without script the text that could not be kept stands in the page that says so.
    refused = keep(sophie, sophie.get(edit), {"name": "Trois"})
    assert refused.status_code == 409 and sophie.form(refused, field="_form").fields["name"] == "Trois"
    assert "data-draft-offer" in refused.text, "and offers the one that waits"
    large = keep(sophie, page, {"notes": "x" * 600_000}, "application/json")
    assert large.status_code == 413


def test_only_its_author_reads_a_draft(api, sophie, claire, town, shared_server):
    made = record(api)
    edit = f"{LIST}/{made['id']}/edit"
    assert keep(sophie, sophie.get(edit), {"name": "Un mystère de Sophie"}).ok
    assert keep(sophie, sophie.get(LIST + "/new"), {"name": "Un autre mystère"}).ok
    for path in (edit, edit + "?draft=resume", LIST + "/new?draft=resume", "/o/ville/drafts", LIST + "?q=mystère", "/o/ville"):
        page = claire.get(path)
        assert page.status_code == 200 and "de Sophie" not in words(page) and "Un autre mystère" not in words(page), path
    hers = shared_server.api(town.add_token("ville", "contributor", "--user", SOPHIE))
    others = shared_server.api(town.add_token("ville", "administrator", "--user", CLAIRE))
    place = f"/organisations/ville/processings/{made['id']}/draft"
    assert hers.get(place).json()["form"]["name"] == ["Un mystère de Sophie"]
    assert others.get(place).status_code == 404 and others.delete(place).status_code == 404
    assert api.get(place).status_code == 403, "a token that is nobody's has no drafts"
    assert "mystère" not in api.get("/organisations/ville/processings/export?format=json").text
    mine = sophie.get("/o/ville/drafts")
    assert "Un mystère de Sophie" in mine.text and made["reference"] in mine.text and "Un autre mystère" in mine.text
    assert hers.get("/organisations/ville/drafts").json()["total"] >= 2
    # Discarded from the list and by the API.
    left = sophie.submit(mine, action=f"/{made['id']}/draft/discard")
    assert left.url.endswith("/o/ville/drafts?done=draft_discarded") and "Un mystère de Sophie" not in left.text
    assert hers.delete("/organisations/ville/processings/draft").status_code == 204
    assert hers.get("/organisations/ville/processings/draft").status_code == 404


def test_whoever_loses_their_role_reads_neither_their_drafts_nor_their_favourites_any_more(api, claire, town, shared_server):
    email = "parti@ville.example"
    town.add_user(email, PASSWORD, "--name", "Paul Parti", "--organisation", "ville", "--role", "contributor")
    paul = signed_in(shared_server, email)
    made = record(api, name="Fiche que Paul lisait")
    edit = f"{LIST}/{made['id']}/edit"
    assert keep(paul, paul.get(edit), {"name": "Un mystère de Paul"}).ok
    his = shared_server.api(town.add_token("ville", "contributor", "--user", email))
    assert his.put(f"/organisations/ville/processings/{made['id']}/favourite").status_code == 204
    assert "Un mystère de Paul" in paul.get("/o/ville/drafts").text and "Fiche que Paul lisait" in paul.get("/favourites").text

    people = json.loads(town.cli("user", "list", "--json").stdout)["items"]
    identity = next(person["id"] for person in people if person["email"] == email)
    people_page = claire.get("/o/ville/people")
    assert claire.post(f"/o/ville/people/{identity}/revoke", {"csrf": claire.csrf(people_page)}).status_code == 200
    for path in ("/o/ville/drafts", edit + "?draft=resume", f"{LIST}/{made['id']}", LIST):
        assert paul.get(path).status_code == 404, path
    for page in (paul.get("/favourites"), paul.get("/o/ville/drafts"), paul.get(edit + "?draft=resume")):
        assert "mystère" not in page.text and "Paul lisait" not in page.text
    for path in ("/organisations/ville/drafts", f"/organisations/ville/processings/{made['id']}/draft", "/favourites"):
        answer = his.get(path)
        assert answer.status_code in (401, 403, 404) and "mystère" not in answer.text and "Paul lisait" not in answer.text, path


def test_the_api_keeps_a_draft_that_the_page_takes_up(api, sophie, town, shared_server):
    made = record(api)
    hers = shared_server.api(town.add_token("ville", "contributor", "--user", SOPHIE))
    place = f"/organisations/ville/processings/{made['id']}/draft"
    for body, status in (({}, 422), ({"form": []}, 422), ({"form": {"name": 3}}, 422), ({"form": {}, "x": 1}, 422), ({"form": {}, "version": "1"}, 422)):
        assert hers.put(place, body).status_code == status, body
    assert hers.request("PUT", place, data="{", headers={"Content-Type": "application/json"}).status_code == 400
    kept = hers.put(place, {"version": 1, "form": {"name": "Écrit par un programme", "notes": ["x"]}})
    assert kept.status_code == 200 and kept.json()["title"] == "Écrit par un programme"
    assert sophie.form(sophie.get(f"{LIST}/{made['id']}/edit?draft=resume"), field="_form").fields["name"] == "Écrit par un programme"
    assert hers.put("/organisations/ville/profile/draft", {"form": {}}).status_code == 404, "a register of one record has no new one"


def test_a_draft_of_an_older_version_is_merged_when_it_is_taken_up(api, sophie):
    made = record(api)
    edit = f"{LIST}/{made['id']}/edit"
    keep(sophie, sophie.get(edit), {"notes": "Note de Sophie", "hosting": "Salle de la mairie"})
    place = f"/organisations/ville/processings/{made['id']}"
    assert api.patch(place, {"notes": "Note d’un programme", "service": "Enfance"}, headers={"If-Match": '"1"'}).status_code == 200
    assert "La fiche a changé depuis" in words(sophie.get(edit))
    page = sophie.get(edit + "?draft=resume")
    assert page.status_code == 200 and "Note d’un programme" in words(page) and "Salle de la mairie" in words(page) and "Enfance" in words(page)
    saved = save(sophie, page, {"_choice.notes": "mine"})
    assert saved.status_code == 200, words(saved)
    now = api.get(place).json()
    assert (now["notes"], now["service"], now["hosting"], now["version"]) == ("Note de Sophie", "Enfance", "Salle de la mairie", 3)


# ---- two changes that meet --------------------------------------------------------------------------------

def test_two_changes_of_different_fields_meet_without_a_question(api, sophie, claire):
    made = record(api, purposes=[{"kind": "main", "text": "Servir des repas"}])
    edit = f"{LIST}/{made['id']}/edit"
    first, second = claire.get(edit), sophie.get(edit)
    assert save(claire, first, {"service": "Enfance", "purposes.0.text": "Servir des repas et des goûters"}).ok
    met = save(sophie, second, {"hosting": "Salle de la mairie", "people_count": "beaucoup"})
    assert met.status_code == 409
    assert "Claire Delmas a enregistré avant vous" in words(met) and "Vous n’avez rien à choisir" in words(met)
    assert "Servir des repas et des goûters" in words(met) and "Salle de la mairie" in words(met)
    refused = save(sophie, met)
    assert refused.status_code == 422, "what could not be read is still to be mended"
    assert sophie.form(refused, field="_form").fields["purposes.0.text"] == "Servir des repas et des goûters", "the merge is kept"
    saved = save(sophie, refused, {"people_count": "120"})
    assert saved.status_code == 200
    now = api.get(f"/organisations/ville/processings/{made['id']}").json()
    assert (now["service"], now["hosting"], now["people_count"], now["version"]) == ("Enfance", "Salle de la mairie", 120, 3)
    assert now["purposes"][0]["text"] == "Servir des repas et des goûters" and now["purposes"][0]["id"] == made["purposes"][0]["id"]


def test_what_both_changed_is_asked_until_it_is_answered(api, sophie, claire):
    made = record(api, notes="Avant", service="Accueil")
    edit = f"{LIST}/{made['id']}/edit"
    first, second = claire.get(edit), sophie.get(edit)
    save(claire, first, {"notes": "De Claire", "service": "Service de Claire", "hosting": "Chez Claire"})
    met = save(sophie, second, {"notes": "De Sophie", "service": "Service de Sophie", "hosting": "Chez Sophie"})
    assert met.status_code == 409
    for word in ("Avant, en version 1", "De Claire", "De Sophie", "Service de Claire", "Chez Sophie"):
        assert word in words(met), word
    half = save(sophie, met, {"_choice.notes": "edit", "_edit.notes": "De Claire et de Sophie", "_choice.service": "theirs"})
    assert half.status_code == 422 and "Il reste un choix à faire" in words(half)
    form = sophie.form(half, field="_form")
    assert form.fields["_choice.notes"] == "edit" and form.fields["_edit.notes"] == "De Claire et de Sophie"
    # Somebody saves once more before the choice is made: what is new is asked, nothing is overwritten.
    place = f"/organisations/ville/processings/{made['id']}"
    assert api.patch(place, {"notes": "Encore une note"}, headers={"If-Match": "*"}).status_code == 200
    again = save(sophie, half, {"_choice.hosting": "mine"})
    assert again.status_code == 409 and "Encore une note" in words(again) and "De Claire et de Sophie" in words(again)
    saved = save(sophie, again, {"_choice.notes": "mine"})
    assert saved.status_code == 200, words(saved)
    now = api.get(place).json()
    assert (now["notes"], now["service"], now["hosting"], now["version"]) == ("De Claire et de Sophie", "Service de Claire", "Chez Sophie", 4)


def test_rows_added_by_both_stay_and_a_row_one_removed_and_the_other_changed_is_asked(api, sophie, claire):
    made = record(api, recipients=[{"name": "Trésorerie"}, {"name": "Préfecture"}])
    edit = f"{LIST}/{made['id']}/edit"
    first, second = claire.get(edit), sophie.get(edit)
    gone = {name: None for name in claire.form(first, field="_form").fields if name.startswith("recipients.0.")}
    assert save(claire, first, {**gone, "recipients.7.name": "Département"}).ok
    met = save(sophie, second, {"recipients.0.name": "Trésorerie publique", "recipients.5.name": "Région"})
    assert met.status_code == 409 and "Garder la ligne" in words(met) and "Retirer la ligne" in words(met)
    question = next(name for name in sophie.form(met, field="_form").types if name.startswith("_choice.recipients."))
    assert save(sophie, met, {question: "mine"}).status_code == 200
    names = [row["name"] for row in api.get(f"/organisations/ville/processings/{made['id']}").json()["recipients"]]
    assert sorted(names) == ["Département", "Préfecture", "Région", "Trésorerie publique"]


def test_a_reference_both_changed_is_asked_too(api, sophie, claire):
    made = record(api)
    edit = f"{LIST}/{made['id']}/edit"
    first, second = claire.get(edit), sophie.get(edit)
    save(claire, first, {"reference": f"A-{made['reference']}"})
    met = save(sophie, second, {"reference": f"B-{made['reference']}"})
    assert met.status_code == 409
    assert save(sophie, met, {"_choice.reference": "theirs"}).status_code == 200
    assert api.get(f"/organisations/ville/processings/{made['id']}").json()["reference"] == f"A-{made['reference']}"


def test_a_forged_version_overwrites_nothing(api, sophie):
    made = record(api, notes="Ce qui est là")
    page = sophie.get(f"{LIST}/{made['id']}/edit")
    met = save(sophie, page, {"_version": "99", "notes": "Autre chose"})
    assert met.status_code == 409 and "Ce qui est là" in words(met)
    assert save(sophie, page, {"_base": "98", "_version": "99", "notes": "Autre chose"}).status_code in (409, 422)
    assert api.get(f"/organisations/ville/processings/{made['id']}").json()["notes"] == "Ce qui est là"


# ---- copies -----------------------------------------------------------------------------------------------

def test_a_copy_is_a_new_record_that_says_where_it_comes_from(api, sophie):
    made = record(api, purposes=[{"kind": "main", "text": "Servir des repas"}], notes="x")
    place = f"/organisations/ville/processings/{made['id']}"
    api.post(place + "/status", {"status": "to_validate"})
    before = api.get("/organisations/ville/processings").json()["total"]
    form = sophie.get(f"{LIST}/{made['id']}/duplicate")
    assert sophie.form(form, field="_form").fields["name"] == "Gérer la cantine (copie)"
    assert api.get("/organisations/ville/processings").json()["total"] == before, "nothing is written before it is saved"
    saved = save(sophie, form)
    assert saved.status_code == 200
    copy = api.get("/organisations/ville/processings/" + saved.url.split("?")[0].rsplit("/", 1)[1]).json()
    assert copy["status"] == "draft" and copy["reference"] != made["reference"] and copy["notes"] == "x"
    assert copy["purposes"][0]["text"] == "Servir des repas" and copy["purposes"][0]["id"] != made["purposes"][0]["id"]
    history = sophie.get(saved.url.split("?")[0] + "/history")
    assert f"Copie de la fiche {made['reference']}" in words(history)


def test_the_api_copies_once_for_one_key_and_leaves_attachments_behind(api):
    made = record(api)
    place = f"/organisations/ville/processings/{made['id']}"
    assert api.request("POST", place + "/attachments", files={"file": ("a.txt", b"x", "text/plain")}).status_code == 201
    key = {"Idempotency-Key": "copy-" + made["id"]}
    first, again = api.post(place + "/duplicate", {}, headers=key), api.post(place + "/duplicate", {}, headers=key)
    assert first.status_code == again.status_code == 201 and first.json()["id"] == again.json()["id"] != made["id"]
    assert not first.json()["attachments"]
    assert api.post(place + "/duplicate", {"name": "x"}).status_code == 422
    profile = api.get("/organisations/ville/profile").json()["items"][0]["id"]
    assert api.post(f"/organisations/ville/profile/{profile}/duplicate", {}).status_code == 409
