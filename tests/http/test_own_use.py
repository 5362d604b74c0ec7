"""Greffier's own use is a processing: its record is ready to adopt, its notice to hand over; and it says how accessible it is."""
import pytest

PASSWORD = "Un vieux pont de bois enjambe la riviere"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_record_is_adopted_once_and_is_a_good_one(installation, language):
    installation.cli("organisation", "add", "vire", "--name", "Ville de Vire", "--language", language)
    installation.add_user("ines@installation.example", PASSWORD)
    installation.add_user("claire@vire.example", PASSWORD, "--organisation", "vire", "--role", "dpo")
    installation.add_user("lecteur@vire.example", PASSWORD, "--organisation", "vire", "--role", "reader")
    token = installation.add_token("vire", "dpo")
    with installation.serve() as server:
        reader = server.browser()
        reader.sign_in("lecteur@vire.example", PASSWORD)
        page = reader.get("/o/vire/own-use")
        assert page.status_code == 200 and "Ville de Vire" in page.text and 'action="/o/vire/own-use"' not in page.text
        claire = server.browser()
        claire.sign_in("claire@vire.example", PASSWORD)
        page = claire.get("/o/vire/own-use")
        made = claire.submit(page, action="/o/vire/own-use")
        assert made.status_code == 200 and "done=created" in made.url
        again = claire.post("/o/vire/own-use", {"csrf": claire.csrf(page)})
        assert again.url == made.url, "once"
        records = server.api(token).get("/organisations/vire/processings").json()
        assert records["total"] == 1 and records["items"][0]["status"] == "draft"
        findings = server.api(token).get(f"/organisations/vire/processings/{records['items'][0]['id']}/findings").json()["items"]
        assert not [finding for finding in findings if finding["severity"] in ("blocking", "major") and not finding["rule"].startswith(("REG-006", "RIG-010"))], findings
        assert made.url.split("?")[0].replace(server.address, "") in claire.get("/o/vire/own-use").text


def test_the_notice_names_what_the_organisations_file_says(installation):
    installation.cli("organisation", "add", "vire", "--name", "Ville de Vire")
    token = installation.add_token("vire", "dpo")
    installation.add_user("ines@installation.example", PASSWORD)
    installation.add_user("claire@vire.example", PASSWORD, "--organisation", "vire", "--role", "dpo")
    with installation.serve("--journal-months", "9") as server:
        claire = server.browser()
        claire.sign_in("claire@vire.example", PASSWORD)
        assert "à compléter" in claire.get("/o/vire/own-use").text
        api = server.api(token)
        profile = api.get("/organisations/vire/profile").json()["items"][0]
        changed = api.patch(f"/organisations/vire/profile/{profile['id']}", {"email": "mairie@vire.example", "rights_contact": "droits@vire.example", "dpo": {"name": "Claire Delmas"}},
                            headers={"If-Match": f'"{profile["version"]}"'})
        assert changed.status_code == 200, changed.text
        page = claire.get("/o/vire/own-use").text
        for words in ("mairie@vire.example", "droits@vire.example", "Claire Delmas", "9 mois"):
            assert words in page, words


def test_anybody_may_read_how_accessible_it_is(installation):
    with installation.serve() as server:
        page = server.browser().get("/accessibility")
        assert page.status_code == 200 and "RGAA" in page.text
        assert 'href="/accessibility"' in server.browser().get("/sign-in").text
