"""A second factor: what half a sign-in opens (nothing), how one enrols, and what is asked again before what is dangerous."""
import base64
import hashlib
import hmac
import html
import json
import re
import shutil
import struct
import subprocess
import time

import pytest

from harness import ENGINE, Installation
from test_isolation import fill

PERSON, ADMINISTRATOR = "claire@alpha.example", "chef@alpha.example"
OWNER = "premiere@mairie.example"


def code_of(secret, instant=None, step=0):
    """RFC 6238, written a second time."""
    counter = int(instant if instant is not None else time.time()) // 30 + step
    mac = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), struct.pack(">Q", counter), hashlib.sha1).digest()
    at = mac[19] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7fffffff) % 1000000:06d}"


def secret_in(page):
    return re.search(r'id="totp-secret">([A-Z2-7 ]+)<', page.text).group(1).replace(" ", "")


def recovery_in(page):
    return re.findall(r"<li>([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})\s*</li>", page.text)


class Town:
    """An installation with a clock of its own: the codes of a test do not depend on when it runs."""

    def __init__(self, binary, directory, *options):
        self.installation = Installation(binary, directory, {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z"})
        cli = self.installation.cli
        cli("organisation", "add", "alpha", "--name", "Ville Alpha", "--test-clock")
        cli("organisation", "add", "beta", "--name", "Ville Beta")
        self.passwords = {OWNER: self.installation.add_user(OWNER)}
        for email, role in ((PERSON, "dpo"), (ADMINISTRATOR, "administrator")):
            self.passwords[email] = self.installation.add_user(email, None, "--organisation", "alpha", "--role", role)
        self.server = self.installation.serve(*options)
        self.now = 1772442000   # 2026-03-02T09:00:00Z

    def pass_time(self, seconds):
        browser = self.server.browser()
        assert browser.post("/test/clock", {"advance_seconds": str(seconds)}).status_code == 200
        self.now += seconds

    def code(self, secret, step=0):
        return code_of(secret, self.now, step)

    def signed_in(self, email):
        browser = self.server.browser()
        browser.landed = browser.sign_in(email, self.passwords[email])
        return browser

    def enrolled(self, email):
        """Signs in, enrols an application; the browser, its secret and the recovery codes."""
        browser = self.signed_in(email)
        page = browser.submit(browser.get("/account"), action="/account/authenticator/new")
        secret = secret_in(page)
        done = browser.submit(page, {"code": self.code(secret)}, field="code")
        codes = recovery_in(done)
        assert len(codes) == 10, done.text[:3000]
        self.pass_time(60)   # the code that enrolled is used
        return browser, secret, codes


@pytest.fixture
def town(binary, tmp_path):
    made = Town(binary, tmp_path / "data")
    with made.server:
        yield made


def is_in(browser):
    return browser.get("/account", allow_redirects=False).status_code == 200


def test_after_the_password_comes_the_code(town):
    _, secret, _ = town.enrolled(PERSON)
    browser = town.signed_in(PERSON)
    page = browser.landed
    assert page.url.endswith("/sign-in/second-factor") and not is_in(browser)
    wrong = browser.submit(page, {"code": "000000"}, field="code")
    assert wrong.status_code == 422 and not is_in(browser)
    right = browser.submit(wrong, {"code": town.code(secret)}, field="code")
    assert right.status_code == 200 and "/o/alpha" in right.url and is_in(browser)
    # Whoever looked over the shoulder has the password and that code: too late.
    other = town.signed_in(PERSON)
    again = other.submit(other.landed, {"code": town.code(secret)}, field="code")
    assert again.status_code == 422 and "déjà servi" in again.text and not is_in(other)
    town.pass_time(30)
    assert other.submit(again, {"code": town.code(secret)}, field="code").status_code == 200 and is_in(other)


def test_the_codes_are_those_of_another_program(town):
    if not shutil.which("oathtool"):
        pytest.skip("oathtool is not installed")
    _, secret, _ = town.enrolled(PERSON)
    said = subprocess.run(["oathtool", "--totp", "-b", "-N", f"@{town.now}", secret], capture_output=True, text=True, check=True, timeout=30).stdout.strip()
    assert said == town.code(secret)
    browser = town.signed_in(PERSON)
    assert browser.submit(browser.landed, {"code": said}, field="code").status_code == 200 and is_in(browser)


def test_half_a_sign_in_opens_nothing(town):
    """Every route of the program, asked with the cookie of the first step alone."""
    town.enrolled(PERSON)
    routes = json.loads(town.installation.cli("doctor", "--routes", "--json").stdout)["routes"]
    api = town.server.api(town.installation.add_token("alpha", "dpo"))
    record = api.post("/organisations/alpha/processings", {"name": "Un secret"}).json()["id"]
    browser = town.signed_in(PERSON)
    page = browser.get("/sign-in/second-factor")
    csrf = browser.csrf(page)
    # Whatever a parameter is called: nothing is to be found.
    names = {name.rstrip("."): record for route in routes for name in re.findall(r"\{([a-z_.]+)\}", route["path"])}
    names |= {"organisation": "alpha", "register": "processings", "person": record, "api token": record, "gone": record, "number": "1", "what": "delete", "session": "00"}
    swept = 0
    for route in routes:
        if route["permission"] in ("public", "loopback", "monitor"):
            continue
        address = fill(route["path"], names)
        answer = browser.request(route["method"], address, data={"csrf": csrf} if route["method"] != "GET" else None, allow_redirects=False)
        about = f"{route['method']} {route['path']}: {answer.status_code}"
        if route["path"].startswith("/api/"):
            assert answer.status_code == 401, about
        else:
            assert answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in"), about
        assert "Un secret" not in answer.text and "Ville Alpha" not in answer.text, about
        swept += 1
    assert swept > 100
    assert browser.get("/", allow_redirects=False).headers["Location"] == "/sign-in"
    # Nor does it enrol a factor of its own beside the one there is.
    assert browser.get("/sign-in/enrol").url.endswith("/sign-in/second-factor")
    refused = browser.post("/sign-in/enrol", {"csrf": csrf, "code": "000000"}, allow_redirects=False)
    assert refused.status_code == 303 and refused.headers["Location"] == "/sign-in/second-factor"
    # And its token is no session's.
    half = next(cookie.value for cookie in browser.session.cookies if cookie.name == "greffier_half")
    browser.session.cookies.set("greffier_session", half)
    assert not is_in(browser)


def test_half_a_sign_in_ends_after_five_minutes_and_ten_tries(town):
    _, secret, _ = town.enrolled(PERSON)
    late = town.signed_in(PERSON)
    town.pass_time(5 * 60)
    assert late.submit(late.landed, {"code": town.code(secret)}, field="code").url.endswith("/sign-in") and not is_in(late)
    guesser, page, waited = town.signed_in(PERSON), None, 0
    page = guesser.landed
    for _ in range(40):
        answer = guesser.submit(page, {"code": "000000"}, field="code")
        if answer.status_code == 429:
            waited += 1
            town.pass_time(int(answer.headers["Retry-After"]))
            continue
        if answer.url.endswith("/sign-in"):
            break
        assert answer.status_code == 422
    else:
        pytest.fail("somebody may guess for ever")
    assert waited > 0 and not is_in(guesser)
    # The person herself, from where she signs in, waits for nobody.
    town.pass_time(15 * 60)
    claire = town.signed_in(PERSON)
    assert claire.submit(claire.landed, {"code": town.code(secret)}, field="code").status_code == 200 and is_in(claire)


def test_a_recovery_code_stands_in_once(town):
    _, _, codes = town.enrolled(PERSON)
    browser = town.signed_in(PERSON)
    assert browser.submit(browser.landed, {"code": codes[3].upper()}, field="code").status_code == 200 and is_in(browser)
    assert "Il en reste 9." in browser.get("/account").text
    again = town.signed_in(PERSON)
    assert again.submit(again.landed, {"code": codes[3]}, field="code").status_code == 422
    fresh = recovery_in(browser.submit(browser.get("/account"), action="/account/recovery-codes"))
    assert len(fresh) == 10 and not set(fresh) & set(codes)
    assert again.submit(again.get("/sign-in/second-factor"), {"code": codes[4]}, field="code").status_code == 422
    assert again.submit(again.get("/sign-in/second-factor"), {"code": fresh[0]}, field="code").status_code == 200 and is_in(again)


@pytest.mark.skipif(ENGINE != "sqlite", reason="looks into the files of the embedded engine")
def test_nothing_of_it_stands_in_clear_on_the_disk(town):
    _, secret, codes = town.enrolled(PERSON)
    raw = base64.b32decode(secret)
    looked_into = 0
    for path in town.installation.data_directory.rglob("*"):
        if not path.is_file():
            continue
        content = path.read_bytes()
        looked_into += 1
        for planted in (secret.encode(), raw, raw.hex().encode(), *(code.encode() for code in codes), *(code.replace("-", "").encode() for code in codes)):
            assert planted not in content, path
    assert looked_into > 2
    assert secret not in town.server.output


def test_a_role_that_asks_for_one_is_led_to_it_first(binary, tmp_path):
    town = Town(binary, tmp_path / "data", "--second-factor-required-for", "dpo,reader")
    with town.server:
        free = town.signed_in(ADMINISTRATOR)
        assert is_in(free), "a role that is not named signs in as before"
        browser = town.signed_in(PERSON)
        page = browser.landed
        assert page.url.endswith("/sign-in/enrol") and not is_in(browser)
        secret = secret_in(page)
        wrong = browser.submit(page, {"code": "000000"}, field="code")
        assert wrong.status_code == 422 and secret_in(wrong) == secret, "the same drawing after a slip"
        done = browser.submit(wrong, {"code": town.code(secret)}, field="code")
        assert len(recovery_in(done)) == 10 and is_in(browser)
        assert re.search(r'class="btn btn-primary" href="(/o/alpha)"', done.text)
        # The last one is not given up while the role asks for it.
        kept = browser.submit(browser.get("/account"), action="/account/authenticator/remove")
        assert kept.status_code == 409 and "Votre rôle demande" in kept.text
        assert "Elle est en service" in browser.get("/account").text
    said = town.installation.cli.run("serve", "--second-factor-required-for", "dpo,emperor")
    assert said.returncode != 0


def test_a_link_for_a_password_is_no_way_around(town):
    _, secret, _ = town.enrolled(PERSON)
    chief = town.signed_in(ADMINISTRATOR)
    people = chief.get("/o/alpha/people")
    person = next(one["id"] for one in json.loads(town.installation.cli("user", "list", "--json").stdout)["items"] if one["email"] == PERSON)
    link = re.search(r'id="secret">([^<]+)<', chief.submit(people, action=f"/people/{person}/link").text).group(1)
    thief = town.server.browser()
    page = thief.get(link.split("/", 3)[3])
    wanted = "lanterne cobalt rivage muguet"
    after = thief.submit(page, {"password": wanted, "password_again": wanted}, field="password")
    assert after.url.endswith("/sign-in/second-factor") and not is_in(thief)
    assert thief.submit(after, {"code": town.code(secret)}, field="code").status_code == 200 and is_in(thief)


def test_ten_minutes_later_what_is_dangerous_asks_again_and_loses_nothing(town):
    browser = town.signed_in(ADMINISTRATOR)
    town.pass_time(11 * 60)
    page = browser.get("/o/alpha/tokens")
    asked = browser.submit(page, {"name": "Export nocturne", "role": "reader", "days": "30"}, field="days")
    assert asked.status_code == 403 and "proof_password" in asked.text and "gft_" not in asked.text
    wrong = browser.submit(asked, {"proof_password": "pas celui-là"}, field="proof_password")
    assert wrong.status_code == 422 and "gft_" not in wrong.text
    made = browser.submit(wrong, {"proof_password": town.passwords[ADMINISTRATOR]}, field="proof_password")
    assert made.status_code == 200 and "gft_" in made.text and "Export nocturne" in made.text
    # For ten minutes, nothing more is asked.
    assert "gft_" in browser.submit(browser.get("/o/alpha/tokens"), {"name": "Un autre", "role": "reader", "days": "30"}, field="days").text
    town.pass_time(11 * 60)
    person = next(one["id"] for one in json.loads(town.installation.cli("user", "list", "--json").stdout)["items"] if one["email"] == PERSON)
    people = browser.get("/o/alpha/people")
    ordinary = browser.submit(people, {"role": ["dpo", "reader"]}, action=f"/people/{person}/role")
    assert "proof_password" not in ordinary.text, "a role without power over others is given as before"
    granted = browser.submit(people, {"role": ["dpo", "administrator"]}, action=f"/people/{person}/role")
    assert "proof_password" in granted.text
    assert browser.submit(granted, {"proof_password": town.passwords[ADMINISTRATOR]}, field="proof_password").url.endswith("done=role_changed")
    roles = next(one["roles"] for one in json.loads(town.installation.cli("user", "list", "--json").stdout)["items"] if one["email"] == PERSON)
    assert sorted(role["role"] for role in roles) == ["administrator", "dpo"]
    town.pass_time(11 * 60)
    for action in ("/account/authenticator/new", "/account/passkeys/new", "/account/authenticator", "/account/passkeys", "/account/recovery-codes", "/account/authenticator/remove"):
        csrf = browser.csrf(browser.get("/account"))
        assert "proof_password" in browser.post(action, {"csrf": csrf}).text, action


def test_a_code_proves_it_too_and_a_proof_is_throttled(town):
    browser, secret, _ = town.enrolled(PERSON)
    town.pass_time(11 * 60)
    asked = browser.submit(browser.get("/account"), action="/account/recovery-codes")
    assert "proof_code" in asked.text and not recovery_in(asked)
    assert len(recovery_in(browser.submit(asked, {"proof_code": town.code(secret)}, field="proof_code"))) == 10
    town.pass_time(11 * 60)
    asked = browser.submit(browser.get("/account"), action="/account/recovery-codes")
    for _ in range(5):
        assert browser.submit(asked, {"proof_password": "x"}, field="proof_password").status_code == 422
    assert browser.submit(asked, {"proof_password": town.passwords[PERSON]}, field="proof_password").status_code == 429


def test_an_administrator_takes_a_lost_factor_back_and_the_person_is_told(town):
    browser, _, _ = town.enrolled(PERSON)
    chief = town.signed_in(ADMINISTRATOR)
    people = chief.get("/o/alpha/people")
    assert "Second facteur" in people.text
    person = next(one["id"] for one in json.loads(town.installation.cli("user", "list", "--json").stdout)["items"] if one["email"] == PERSON)
    done = chief.submit(people, action=f"/people/{person}/factors/reset")
    assert done.url.endswith("done=factor_reset")
    assert not is_in(browser), "sessions end with it"
    again = town.signed_in(PERSON)
    assert is_in(again)
    told = again.get("/notifications").text
    assert "a retiré votre second facteur" in html.unescape(told)
    # One who works elsewhere too is not this town's alone.
    town.enrolled(PERSON)
    town.installation.cli("user", "grant", PERSON, "--organisation", "beta", "--role", "reader")
    refused = chief.submit(chief.get("/o/alpha/people"), action=f"/people/{person}/factors/reset")
    assert refused.status_code == 409
    assert town.signed_in(PERSON).landed.url.endswith("/sign-in/second-factor")
    # Whoever holds the machine may.
    town.installation.cli("user", "reset-factor", PERSON)
    assert is_in(town.signed_in(PERSON))


def test_sessions_are_told_apart_by_their_browser(town):
    browser = town.server.browser()
    browser.session.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    browser.sign_in(PERSON, town.passwords[PERSON])
    town.signed_in(PERSON)
    page = browser.get("/account").text
    assert "Firefox sur Linux" in page and "Navigateur inconnu" in page


def test_passkeys_are_not_offered_where_browsers_refuse_them(town):
    browser = town.signed_in(PERSON)
    page = browser.get("/account").text
    assert "adresse en chiffres" in page and "/account/passkeys/new" not in page
    assert "data-passkey" not in town.server.browser().get("/sign-in").text
    assert town.server.browser().get("/sign-in/passkey", headers={"Accept": "application/json"}).status_code == 404
    named = town.server.browser()
    named.address = town.server.address.replace("127.0.0.1", "localhost")
    assert "data-passkey" in named.get("/sign-in").text
    options = named.get("/sign-in/passkey", headers={"Accept": "application/json"}).json()
    assert options["rpId"] == "localhost" and options["userVerification"] == "required" and options["allowCredentials"] == []


def test_the_journal_tells_of_what_was_done_and_not_of_what_was_asked_for(town):
    def events():
        return [json.loads(line)["event"] for line in town.installation.cli("journal", "list").stdout.splitlines()]

    _, secret, _ = town.enrolled(PERSON)
    assert events() == ["signed_in", "factor_added"]
    browser = town.signed_in(PERSON)
    assert len(events()) == 2, "half a sign-in is none"
    wrong = browser.submit(browser.landed, {"code": "000000"}, field="code")
    assert browser.submit(wrong, {"code": town.code(secret)}, field="code").status_code == 200
    assert events()[2:] == ["sign_in_failed", "signed_in"]
    town.pass_time(11 * 60)
    asked = browser.submit(browser.get("/account"), action="/account/authenticator/remove")
    assert len(events()) == 4
    assert browser.submit(asked, {"proof_password": town.passwords[PERSON]}, field="proof_password").url.endswith("done=factor_removed")
    assert events()[4:] == ["factor_removed"]
