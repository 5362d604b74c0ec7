"""Once a year somebody looks at who may enter, and what they decide is done and kept."""
import pytest

PASSWORD = "Un vieux pont de bois enjambe la riviere"


@pytest.fixture
def town(installation):
    installation.cli("organisation", "add", "vire", "--name", "Vire")
    installation.add_user("ines@installation.example", PASSWORD)
    installation.add_user("claire@vire.example", PASSWORD, "--organisation", "vire", "--role", "administrator", "--name", "Claire Delmas")
    installation.add_user("paul@vire.example", PASSWORD, "--organisation", "vire", "--role", "contributor", "--name", "Paul Martin")
    installation.add_token("vire", "reader")
    return installation


def visitor(server, email):
    browser = server.browser()
    browser.sign_in(email, PASSWORD)
    return browser


def test_a_review_from_its_beginning_to_its_evidence(town):
    with town.serve() as server:
        claire, paul = visitor(server, "claire@vire.example"), visitor(server, "paul@vire.example")
        assert paul.get("/o/vire/people/reviews").status_code == 403
        page = claire.get("/o/vire/people/reviews")
        assert "Aucune revue" in page.text
        page = claire.submit(page, action="/o/vire/people/reviews")
        address = page.url.replace(server.address, "").split("?")[0]
        assert "Paul Martin" in page.text and "Claire Delmas" in page.text and "Jeton" in page.text

        refused = claire.submit(page, {"op": "finish"}, action=address)
        assert refused.status_code == 409 and "Il reste 3" in refused.text
        again = claire.post("/o/vire/people/reviews", {"csrf": claire.csrf(page)})
        assert again.status_code == 409 and "déjà en cours" in again.text

        told = claire.get(address + "/export").json()
        assert [item["decision"] for item in told["items"]] == [None, None, None] and told["finished_at"] is None

        # Paul's radio, then all the rest at once.
        chosen = page.text.split(">Paul Martin</span><br>")[1].split('name="v-')[1].split('"')[0]
        page = claire.submit(page, {"op": "keep", "v-" + chosen: "removed"}, action=address)
        assert "done=kept" in page.url
        assert paul.get("/o/vire").status_code == 200, "nothing changes before the end"
        page = claire.submit(page, {"op": "finish"}, action=address)
        assert "done=review_finished" in page.url, page.text[:300]
        assert paul.get("/o/vire").status_code == 404

        told = claire.get(address + "/export").json()
        assert {item["name"]: item["decision"] for item in told["items"] if item["kind"] == "role"} == {"Claire Delmas": "kept", "Paul Martin": "removed"}
        assert told["finished_by"] == "Claire Delmas"
        page = claire.get("/o/vire/people/reviews")
        assert "La prochaine est attendue" in page.text and "1 retiré" in page.text.replace("\u00a0", " ")
        late = claire.post(address, {"csrf": claire.csrf(page), "op": "save"})
        assert late.status_code == 409, "evidence is not rewritten"
        events = claire.get("/o/vire/journal/export").text
        assert "review_started" in events and "review_answered" in events


def test_a_review_given_up_changes_nothing(town):
    with town.serve() as server:
        claire, paul = visitor(server, "claire@vire.example"), visitor(server, "paul@vire.example")
        page = claire.submit(claire.get("/o/vire/people/reviews"), action="/o/vire/people/reviews")
        address = page.url.replace(server.address, "").split("?")[0]
        gone = claire.submit(page, action=address + "/abandon")
        assert "done=review_abandoned" in gone.url
        assert claire.get(address).status_code == 404
        assert paul.get("/o/vire").status_code == 200


def test_the_last_administrator_is_not_reviewed_away(town):
    with town.serve() as server:
        claire = visitor(server, "claire@vire.example")
        page = claire.submit(claire.get("/o/vire/people/reviews"), action="/o/vire/people/reviews")
        address = page.url.replace(server.address, "").split("?")[0]
        chosen = page.text.split(">Claire Delmas</span><br>")[1].split('name="v-')[1].split('"')[0]
        refused = claire.submit(page, {"op": "keep", "v-" + chosen: "removed"}, action=address)
        refused = claire.submit(refused, {"op": "finish"}, action=address)
        assert refused.status_code == 409 and "au moins un administrateur" in refused.text
        assert claire.get("/o/vire/people").status_code == 200
