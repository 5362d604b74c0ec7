"""People talk about a record, are told of what concerns them, find things again, over the organisations they may read."""
import json
import re

import pytest

OWNER = ("premiere@mairie.example", "Une installation a toujours un premier compte")
CLAIRE = ("claire@syndicat.example", "Les girafes boivent du the vert le matin")
KARIM = ("karim@ville.example", "Une tortue traverse la route sans regarder")
NADIA = ("nadia@ville.example", "Le vieux moulin tourne encore sous la pluie")
STRANGER = ("zoe@ailleurs.example", "Trois parapluies rouges attendent dehors")
SHEETS = "/organisations/ville/processings"


@pytest.fixture(scope="module")
def town(shared_installation):
    """Two towns that Claire looks after, a contributor and a reader in one, somebody else's town."""
    one = shared_installation
    for slug, name in (("ville", "Ville de Brume"), ("voisine", "Commune voisine"), ("ailleurs", "Ville d’ailleurs")):
        one.cli("organisation", "add", slug, "--name", name)
    one.add_user(*OWNER)
    one.add_user(*CLAIRE, "--name", "Claire Delmas", "--organisation", "ville", "--organisation", "voisine", "--role", "dpo")
    one.add_user(*KARIM, "--name", "Karim Benali", "--organisation", "ville", "--role", "contributor")
    one.add_user(*NADIA, "--name", "Nadia Roche", "--organisation", "ville", "--role", "reader")
    one.add_user(*STRANGER, "--name", "Zoé Ailleurs", "--organisation", "ailleurs", "--role", "dpo")
    return one


@pytest.fixture(scope="module")
def api(town, shared_server):
    return shared_server.api(town.add_token("ville", "dpo"))


@pytest.fixture
def sheet(api):
    made = api.post(SHEETS, {"name": "Restauration scolaire"})
    assert made.status_code == 201, made.text
    return made.json()["id"]


@pytest.fixture
def arrive(town, shared_server):
    def sign_in(who):
        browser = shared_server.browser()
        browser.sign_in(*who)
        return browser
    return sign_in


def page_of(sheet):
    return f"/o/ville/processings/{sheet}/comments"


def say(browser, sheet, body, **more):
    page = browser.get(page_of(sheet))
    return browser.post(page_of(sheet), {"csrf": browser.csrf(page), "body": body, **more})


def unread(browser):
    label = re.search(r'class="g-iconlink g-bell"[^>]*aria-label="([^"]+)"', browser.get("/o/ville").text).group(1)
    number = re.search(r"(\d+|une|aucune) non", label)
    return {"une": 1, "aucune": 0}.get(number.group(1)) if not number.group(1).isdigit() else int(number.group(1))


def test_a_question_is_asked_answered_settled_and_leaves_the_record_alone(arrive, api, sheet):
    karim, claire = arrive(KARIM), arrive(CLAIRE)
    before = api.get(f"{SHEETS}/{sheet}/versions").json()["total"]
    asked = say(karim, sheet, "@Claire Delmas, faut-il le nom du médecin ?\n<script>alert(1)</script>")
    assert asked.status_code == 200 and "Votre message est publié." in asked.text
    assert '<span class="g-mention">@Claire Delmas</span>' in asked.text
    assert "<script>alert" not in asked.text and "&lt;script&gt;" in asked.text

    assert unread(claire) == 1
    inbox = claire.get("/notifications")
    assert "Karim Benali vous cite" in inbox.text and "Restauration scolaire" in inbox.text and "faut-il le nom" in inbox.text
    target = re.search(r'href="(/notifications/[0-9a-f-]{36})"', inbox.text).group(1)
    opened = claire.get(target)
    assert opened.url.split("#")[0].endswith(page_of(sheet))
    assert unread(claire) == 0

    thread = re.search(r'name="thread" value="([^"]+)"', opened.text).group(1)
    assert "Non, retirez-le." in say(claire, sheet, "Non, retirez-le.", thread=thread).text
    assert unread(karim) == 1
    settled = claire.post(f"{page_of(sheet)}/{thread}/resolve", {"csrf": claire.csrf(opened), "resolved": "yes"})
    assert "Un échange réglé" in settled.text
    assert api.get(f"{SHEETS}/{sheet}/versions").json()["total"] == before
    assert "médecin" not in api.get(f"{SHEETS}/{sheet}").text


def test_what_is_wrong_about_a_message_is_said_and_what_was_typed_stays(arrive, sheet):
    karim = arrive(KARIM)
    refused = say(karim, sheet, "   ")
    assert refused.status_code == 422 and "g-field--err" in refused.text
    long = say(karim, sheet, "à" * 5001)
    assert long.status_code == 422 and "à" * 5001 in long.text


def test_a_reader_reads_and_a_stranger_finds_nothing(arrive, sheet):
    say(arrive(KARIM), sheet, "Un mot pour la mairie")
    nadia, zoe = arrive(NADIA), arrive(STRANGER)
    page = nadia.get(page_of(sheet))
    assert "Un mot pour la mairie" in page.text and 'name="body"' not in page.text
    assert nadia.post(page_of(sheet), {"csrf": nadia.csrf(page), "body": "x"}).status_code == 403
    assert zoe.get(page_of(sheet)).status_code == 404
    assert zoe.get("/search?q=restauration").status_code == 200 and "Restauration" not in zoe.get("/search?q=restauration").text
    assert unread_of_nobody(zoe)


def unread_of_nobody(browser):
    return "Rien à lire" in browser.get("/notifications").text


def test_one_edits_ones_own_and_a_dpo_takes_anybodys_back(arrive, api, sheet):
    karim, claire = arrive(KARIM), arrive(CLAIRE)
    say(karim, sheet, "Premier jet")
    comment = api.get(f"{SHEETS}/{sheet}/comments").json()["items"][0]
    address = f"{page_of(sheet)}/{comment['id']}"
    assert claire.get(address + "/edit").status_code == 403
    form = karim.get(address + "/edit")
    assert "Premier jet" in form.text
    assert "Second jet" in karim.post(address, {"csrf": karim.csrf(form), "body": "Second jet"}).text
    question = claire.get(address + "/delete")
    assert "Second jet" in question.text
    gone = claire.post(address + "/delete", {"csrf": claire.csrf(question)})
    assert "Le message est retiré." in gone.text and "Second jet" not in gone.text


def test_a_record_sent_back_reaches_its_author_with_the_reason(arrive, api, sheet):
    karim, claire = arrive(KARIM), arrive(CLAIRE)
    here = f"/o/ville/processings/{sheet}"

    def move(browser, to, **more):
        page = browser.get(f"{here}/status?to={to}")
        answer = browser.post(here + "/status", {"csrf": browser.csrf(page), "to": to, **more})
        assert answer.status_code == 200, answer.text[:500]
        return answer
    move(karim, "to_validate")
    assert "Restauration scolaire" in claire.get("/o/ville").text.split('id="tasks"')[1].split("</section>")[0], "it waits for the DPO"
    move(claire, "draft", reason="La durée manque.")
    inbox = karim.get("/notifications").text
    assert "vous renvoie une fiche à corriger" in inbox and "La durée manque." in inbox
    tasks = karim.get("/o/ville").text.split('id="tasks"')[1].split("</section>")[0]
    assert "Restauration scolaire" in tasks and "renvoyée par Claire Delmas" in tasks
    move(karim, "to_validate")
    assert "renvoyée par" not in karim.get("/o/ville").text.split('id="tasks"')[1].split("</section>")[0], "done: it waits no more"


def test_notifications_are_marked_read_one_by_one_and_all_at_once(arrive, sheet):
    karim, claire = arrive(KARIM), arrive(CLAIRE)
    page = claire.get("/notifications")
    claire.post("/notifications/read", {"csrf": claire.csrf(page)})
    for n in range(3):
        say(karim, sheet, f"@Claire Delmas {n}")
    assert unread(claire) == 3
    page = claire.get("/notifications?unread=yes")
    one = re.search(r'action="(/notifications/[0-9a-f-]{36}/read)"', page.text).group(1)
    claire.post(one, {"csrf": claire.csrf(page)})
    assert unread(claire) == 2
    assert karim.post(one, {"csrf": karim.csrf(karim.get("/notifications"))}).status_code == 404, "they are nobody else's"
    done = claire.post("/notifications/read", {"csrf": claire.csrf(page)})
    assert "Toutes vos notifications sont lues." in done.text and unread(claire) == 0


def test_a_star_keeps_a_record_at_hand_and_what_was_opened_comes_back(arrive, sheet):
    karim = arrive(KARIM)
    page = karim.get(f"/o/ville/processings/{sheet}")
    kept = karim.post(f"/o/ville/processings/{sheet}/favourite", {"csrf": karim.csrf(page), "on": "yes", "next": f"/o/ville/processings/{sheet}"})
    assert 'aria-pressed="true"' in kept.text and "dans vos favoris" in kept.text
    hand = karim.get("/favourites").text
    assert hand.count(f"/processings/{sheet}") == 2, "as a favourite, and as one opened"
    dropped = karim.post(f"/o/ville/processings/{sheet}/favourite", {"csrf": karim.csrf(kept), "on": "no", "next": "//evil.example"})
    assert dropped.url.startswith(karim.get("/favourites").url.split("/favourites")[0])
    assert karim.get("/favourites").text.count(f"/processings/{sheet}") == 1


def test_what_is_ticked_in_a_list_becomes_favourite(arrive, api, sheet):
    other = api.post(SHEETS, {"name": "Transport scolaire"}).json()["id"]
    nadia = arrive(NADIA)
    page = nadia.get("/o/ville/processings")
    assert 'formaction="/o/ville/processings/favourites"' in page.text
    done = nadia.post("/o/ville/processings/favourites", {"csrf": nadia.csrf(page), "id": [sheet, other, "nobody", "0" * 8 + "-0000-0000-0000-" + "0" * 12], "state": "q=scolaire"})
    assert "q=scolaire" in done.url and "dans vos favoris" in done.text
    hand = nadia.get("/favourites").text
    assert sheet in hand and other in hand


def test_search_goes_over_organisations_pages_and_names(town, arrive, api, shared_server, sheet):
    neighbour = shared_server.api(town.add_token("voisine", "dpo"))
    assert neighbour.post("/organisations/voisine/processings", {"name": "Restauration du personnel"}).status_code == 201
    other = shared_server.api(town.add_token("ailleurs", "dpo"))
    assert other.post("/organisations/ailleurs/processings", {"name": "Restauration secrète"}).status_code == 201
    claire = arrive(CLAIRE)
    for address in ("/search?q=RESTAUR", "/o/ville/search?q=restaur"):
        page = claire.get(address)
        assert page.status_code == 200 and "Restauration scolaire" in page.text and "Restauration du personnel" in page.text
        assert "secrète" not in page.text and "Ville d’ailleurs" not in page.text
    here = claire.get("/o/ville/search?q=restaur").text
    assert here.index("Restauration scolaire") < here.index("Restauration du personnel"), "one's own organisation first"
    assert "/o/voisine" in claire.get("/search?q=commune voi").text
    assert "/o/ville/findings" in claire.get("/o/ville/search?q=constats").text
    assert "Rien ne correspond" in claire.get("/search?q=zzzzzz").text
    assert "au moins trois lettres" in claire.get("/search?q=zq").text
    rows = claire.get("/o/ville/search?q=restaur", headers={"X-Fragment": "true"})
    assert rows.text.startswith('<div role="group"') and 'role="option"' in rows.text and "<html" not in rows.text
    for hostile in ('"', "' OR 1=1", "*", "restaur* NEAR(", "\u0000", "a" * 5000, "(((" * 50, "' & | !"):
        assert claire.get("/search", params={"q": hostile}).status_code in (200, 400)


def test_the_api_does_what_the_pages_do(town, api, sheet, shared_server):
    place = f"{SHEETS}/{sheet}/comments"
    made = api.post(place, {"body": "Par un programme"})
    assert made.status_code == 201 and made.headers["Location"].endswith(made.json()["id"])
    assert api.get(made.headers["Location"].removeprefix("/api/v1")).json()["body"] == "Par un programme"
    answer = api.post(place, {"body": "Réponse", "thread": made.json()["id"]})
    assert answer.json()["thread"] == made.json()["id"]
    assert api.post(place, {"body": "x", "thread": "nobody"}).status_code == 422
    assert api.post(place, {}).status_code == 422
    assert api.post(place, {"body": "x", "loud": "yes"}).status_code == 422
    assert api.patch(f"{place}/{made.json()['id']}", {"body": "Mieux dit"}).json()["body"] == "Mieux dit"
    assert api.post(f"{place}/{made.json()['id']}/resolve", {}).status_code == 200
    assert api.get(place).json()["items"][0]["resolved_at"]
    assert api.post(f"{place}/{made.json()['id']}/reopen", {}).status_code == 200
    assert api.delete(f"{place}/{answer.json()['id']}").status_code == 204
    reader = shared_server.api(town.add_token("ville", "reader"))
    assert reader.get(place).status_code == 200 and reader.post(place, {"body": "x"}).status_code == 403

    found = api.get("/search", params={"q": "restauration scol"}).json()
    assert found["total"] >= 1 and found["items"][0]["organisation"] == "ville" and {"register", "id", "title", "status", "updated_at"} <= set(found["items"][0])
    assert api.get("/search").status_code == 422
    assert api.get("/search", params={"q": "re"}).json()["errors"][0]["code"] == "search_too_short"
    assert api.get("/search", params={"q": "secrete"}).json()["total"] == 0

    claire = shared_server.api(town.add_token("ville", "dpo", "--user", CLAIRE[0]))
    assert api.post(place, {"body": "@Claire Delmas"}).status_code == 201
    told = claire.get("/notifications", params={"unread": "yes"}).json()
    assert told["unread"] >= 1 and told["items"][0]["kind"] == "mention" and told["items"][0]["record"] == sheet
    assert claire.post(f"/notifications/{told['items'][0]['id']}/read", None).status_code == 204
    assert claire.get("/notifications", params={"unread": "yes"}).json()["unread"] == told["unread"] - 1
    assert claire.post("/notifications/read", None).status_code == 204
    assert claire.get("/notifications", params={"unread": "yes"}).json()["unread"] == 0
    assert claire.put(f"{SHEETS}/{sheet}/favourite").status_code == 204
    assert [one["id"] for one in claire.get("/favourites").json()["items"]] == [sheet]
    assert claire.delete(f"{SHEETS}/{sheet}/favourite").status_code == 204
    assert claire.get("/recent").status_code == 200
    assert api.put(f"{SHEETS}/{sheet}/favourite").status_code == 403, "this token is nobody's"
    assert api.get("/notifications").json()["total"] == 0


def test_whoever_loses_their_role_sees_nothing_of_it_any_more(town, arrive, api, sheet):
    paul = ("parti@ville.example", "Un canard jaune sans parapluie flotte encore")
    town.add_user(*paul, "--name", "Paul Parti", "--organisation", "ville", "--organisation", "voisine", "--role", "contributor")
    paul = arrive(paul)
    say(arrive(KARIM), sheet, "@Paul Parti, un secret entre nous")
    paul.get(f"/o/ville/processings/{sheet}")
    assert "un secret entre nous" in paul.get("/notifications").text
    owner = arrive(OWNER)
    people = json.loads(town.cli("user", "list", "--json").stdout)["items"]
    identity = next(person["id"] for person in people if person["email"] == "parti@ville.example")
    page = owner.get("/o/ville/people")
    assert owner.post(f"/o/ville/people/{identity}/revoke", {"csrf": owner.csrf(page)}).status_code == 200
    for address in ("/notifications", "/favourites", "/search?q=restauration"):
        shown = paul.get(address)
        assert shown.status_code == 200 and "secret" not in shown.text and "Restauration scolaire" not in shown.text, address
