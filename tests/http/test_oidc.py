"""Signing in through an OpenID Connect provider: a small one of the tests', which conforms until it is told not to."""
import html
import json
import re
import subprocess
import threading
from urllib.parse import parse_qs, urlsplit

import pytest

from harness import ENGINE, Installation
from provider import Key, Provider, token

OWNER, CLAIRE = "premiere@mairie.example", "claire@ville.example"
START = 1772442000   # 2026-03-02T09:00:00Z


class Town:
    """An installation with a clock of its own, and a provider that has the same."""

    def __init__(self, binary, directory, settings="", providers=None, **environment):
        self.now = START
        self.providers = providers if providers is not None else {"keycloak": Provider(clock=lambda: self.now)}
        for provider in self.providers.values():
            provider.clock = lambda: self.now
        allowed = ",".join(provider.address for provider in self.providers.values())
        self.installation = Installation(binary, directory, {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z", "GREFFIER_OUTBOUND_ALLOW": allowed, **environment})
        cli = self.installation.cli
        cli("organisation", "add", "ville", "--name", "Ville d’Aubreuil", "--test-clock")
        cli("organisation", "add", "autre", "--name", "Autre Ville")
        self.passwords = {OWNER: self.installation.add_user(OWNER)}
        self.passwords[CLAIRE] = self.installation.add_user(CLAIRE, None, "--organisation", "ville", "--role", "reader")
        self.settings = settings
        self.write()
        self.server = None

    def write(self, **changes):
        lines = ['sign-in-ways = [' + ", ".join(f'"{name}"' for name in self.providers) + ']', self.settings if not self.settings.startswith("in:") else ""]
        inside = self.settings.removeprefix("in:") if self.settings.startswith("in:") else ""
        for name, provider in self.providers.items():
            values = {"label": name.title(), "issuer": provider.issuer, "client-id": provider.client, "client-secret": provider.secret, **changes}
            lines += [f"[sign-in.{name}]", *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()), inside]
        (self.installation.data_directory / "greffier.toml").write_text("\n".join(lines), encoding="utf-8")

    def start(self, *options):
        self.server = self.installation.serve(*options)
        return self

    def stop(self):
        if self.server is not None:
            self.server.stop()
        for provider in self.providers.values():
            provider.close()

    @property
    def provider(self):
        return next(iter(self.providers.values()))

    def pass_time(self, seconds):
        assert self.server.browser().post("/test/clock", {"advance_seconds": str(seconds)}).status_code == 200
        self.now += seconds

    def departure(self, browser, name="keycloak", path=""):
        """The address of the provider that the browser is sent to."""
        answer = browser.get(path or f"/sign-in/with/{name}", allow_redirects=False)
        assert answer.status_code == 303, (answer.status_code, words(answer))
        return answer.headers["Location"]

    def back(self, browser, name="keycloak", path=""):
        """Where the provider sends the browser back to, the person having said yes."""
        return self.providers[name].consent(urlsplit(self.departure(browser, name, path)).query)

    def come(self, browser=None, name="keycloak"):
        browser = browser or self.server.browser()
        browser.landed = browser.get(self.back(browser, name))
        return browser

    def people(self):
        return {person["email"]: person for person in json.loads(self.installation.cli("user", "list", "--json").stdout)["items"]}

    def in_journal(self, event):
        """Those of a kind, the newest first."""
        lines = self.installation.cli("journal", "list").stdout.splitlines()
        return [note for note in map(json.loads, reversed(lines)) if note["event"] == event]


def words(answer):
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.text))


def is_in(browser):
    return browser.get("/account", allow_redirects=False).status_code == 200


@pytest.fixture
def town(binary, tmp_path):
    made = Town(binary, tmp_path / "data").start()
    yield made
    made.stop()


@pytest.fixture
def make(binary, tmp_path):
    towns = []

    def one(settings="", providers=None, options=(), changes=None, **environment):
        made = Town(binary, tmp_path / f"data{len(towns)}", settings, providers, **environment)
        towns.append(made)
        if changes:
            made.write(**changes)
        return made.start(*options)
    yield one
    for made in towns:
        made.stop()


# ---- the way there and back ------------------------------------------------------------------------------------


def test_somebody_invited_signs_in_and_is_known_ever_after(town):
    browser = town.server.browser()
    page = browser.get("/sign-in?next=/o/ville/processings")
    assert "Se connecter avec Keycloak" in words(page)
    start = re.search(r'href="(/sign-in/with/keycloak[^"]*)"', page.text)[1]
    landed = browser.get(town.back(browser, path=html.unescape(start)))
    assert landed.status_code == 200 and landed.url.endswith("/o/ville/processings") and is_in(browser)
    asked = town.provider.asked[-1]
    assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256" and asked["scope"] == "openid email profile" and asked["client_id"] == "greffier"
    assert len(asked["state"]) >= 32 and len(asked["nonce"]) >= 32 and asked["redirect_uri"] == town.server.address + "/sign-in/with/keycloak/back"
    assert [note["by"] for note in town.in_journal("signed_in")] == ["keycloak"]
    assert len(town.in_journal("identity_linked")) == 1
    # The address changes hands at the provider: it is the subject that counts.
    town.provider.person["email"] = OWNER
    again = town.come()
    assert is_in(again) and CLAIRE in again.get("/account").text
    assert town.provider.secret not in town.server.output


def test_two_requests_share_nothing(town):
    first, second = town.server.browser(), town.server.browser()
    for browser in (first, second):
        town.back(browser)
    one, two = town.provider.asked[-2:]
    assert all(one[name] != two[name] for name in ("state", "nonce", "code_challenge"))


def test_a_provider_with_other_keys_and_another_proof(make):
    provider = Provider(kind="EC")
    provider.proofs = ("post",)
    made = make(providers={"keycloak": provider}, changes={"client-proof": "post"})
    assert is_in(made.come())


def test_userinfo_may_be_signed_as_proconnect_does(make):
    provider = Provider()
    provider.person = {"sub": "agent", "email": CLAIRE, "given_name": "Claire", "usual_name": "Delmas"}
    provider.signed_userinfo = True
    made = make(providers={"proconnect": provider}, changes={"trust-mail": "always", "acr-values": "eidas1", "scopes": "openid given_name usual_name email", "claims": '{"id_token":{"amr":null}}'})
    assert is_in(made.come(name="proconnect"))
    assert provider.asked[-1]["acr_values"] == "eidas1" and provider.asked[-1]["claims"] == '{"id_token":{"amr":null}}'


@pytest.mark.parametrize("said", [{"sub": "somebody else"}, {"iss": "https://other.example"}, {"aud": "other"}])
def test_userinfo_of_somebody_else_is_not_believed(make, said):
    provider = Provider()
    provider.signed_userinfo, provider.userinfo = True, said
    made = make(providers={"keycloak": provider})
    browser = made.come()
    assert browser.landed.status_code == 422 and not is_in(browser)


# ---- hostile -------------------------------------------------------------------------------------------------


def refused(town, browser, reason, status=422):
    assert browser.landed.status_code == status, words(browser.landed)
    assert not is_in(browser)
    assert town.in_journal("sign_in_failed")[0]["reason"] == reason
    assert "Traceback" not in browser.landed.text and CLAIRE not in browser.landed.text


HOSTILE = {
    "wrong issuer": ("token_issuer", lambda claims: {**claims, "iss": "https://other.example"}),
    "wrong audience": ("token_audience", lambda claims: {**claims, "aud": "other"}),
    "two audiences, given to another": ("token_audience", lambda claims: {**claims, "aud": ["greffier", "other"], "azp": "other"}),
    "wrong nonce": ("token_nonce", lambda claims: {**claims, "nonce": "another"}),
    "no nonce": ("token_nonce", lambda claims: {**claims, "nonce": None}),
    "expired": ("token_expired", lambda claims: {**claims, "iat": claims["iat"] - 600, "exp": claims["iat"] - 300}),
    "not yet valid": ("token_too_early", lambda claims: {**claims, "iat": claims["iat"] + 300, "exp": claims["iat"] + 600}),
    "nbf later": ("token_too_early", lambda claims: {**claims, "nbf": claims["iat"] + 300}),
    "made an hour ago": ("token_old", lambda claims: {**claims, "iat": claims["iat"] - 3600}),
    "another access token": ("token_at_hash", lambda claims: {**claims, "at_hash": "77QmUPtjPfzWtF2AnpK9RQ"}),
    "nobody": ("token_subject", lambda claims: {**claims, "sub": None}),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_token_that_says_something_else_is_refused(town, what):
    reason, town.provider.change = HOSTILE[what]
    refused(town, town.come(), reason)


def test_a_token_that_is_not_signed_is_refused(town):
    town.provider.make = town.provider.unsigned
    refused(town, town.come(), "token_algorithm")


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(town):
    town.provider.make = town.provider.by_public_key_as_secret
    refused(town, town.come(), "token_algorithm")


def test_a_token_of_a_key_that_is_not_published_is_refused_and_we_do_not_ask_again_and_again(town):
    stranger = Key("unheard-of")
    town.provider.make = lambda claims: token(claims, stranger)
    for _ in range(3):
        refused(town, town.come(), "token_unknown_key")
    assert town.provider.seen.count("GET /keys") <= 2
    # Named as a key that is published, it is simply wrong.
    town.provider.make = lambda claims: token(claims, stranger, {"kid": "first"})
    refused(town, town.come(), "token_signature")


def test_a_new_key_of_the_provider_is_fetched(town):
    assert is_in(town.come())
    town.pass_time(61)
    town.provider.keys.append(Key("second"))
    assert is_in(town.come())
    assert town.provider.seen.count("GET /keys") == 2


def test_an_answer_is_taken_once(town):
    browser = town.server.browser()
    address = town.back(browser)
    kept = browser.session.cookies.copy()
    assert browser.get(address).url.endswith("/o/ville")
    thief = town.server.browser()
    thief.session.cookies.update(kept)   # the cookie too, and the very same address
    thief.landed = thief.get(address)
    refused(town, thief, "journey_over")
    # A fresh request with the code that was used: the provider knows it no more.
    other = town.server.browser()
    state = parse_qs(urlsplit(town.departure(other)).query)["state"][0]
    other.landed = other.get("/sign-in/with/keycloak/back", params={"code": parse_qs(urlsplit(address).query)["code"][0], "state": state})
    refused(town, other, "provider_code")


def test_an_answer_to_another_browser_is_refused(town):
    victim, attacker = town.server.browser(), town.server.browser()
    theirs = town.back(attacker)
    victim.landed = victim.get(theirs)
    refused(town, victim, "journey_over")
    town.back(victim)   # with a request of one's own under way
    victim.landed = victim.get(theirs)
    refused(town, victim, "journey_over")


def test_a_request_that_took_too_long_is_over(town):
    browser = town.server.browser()
    address = town.back(browser)
    town.pass_time(600)
    browser.landed = browser.get(address)
    refused(town, browser, "journey_over")


def test_two_providers_are_not_mixed_up(make):
    honest, other = Provider(), Provider()
    other.person = {**honest.person, "sub": "attacker"}
    made = make(providers={"honest": honest, "other": other})
    # The answer of one, at the address of the other.
    browser = made.server.browser()
    address = made.back(browser, "honest")
    browser.landed = browser.get(address.replace("/with/honest/", "/with/other/"))
    refused(made, browser, "journey_over")
    # One that says who it is must say the right one (RFC 9207).
    honest.describe = lambda said: {**said, "authorization_response_iss_parameter_supported": True}
    made.pass_time(3601)
    browser = made.server.browser()
    address = made.back(browser, "honest")
    browser.landed = browser.get(address)
    refused(made, browser, "token_issuer")
    honest.iss_in_answer = True
    browser = made.server.browser()
    address = made.back(browser, "honest")
    browser.landed = browser.get(address.rsplit("iss=", 1)[0] + "iss=" + other.issuer)
    refused(made, browser, "token_issuer")
    assert is_in(made.come(name="honest"))
    # A token of the other's, signed by the other's key, handed out by the honest one's exchange.
    honest.make = lambda claims: other.id_token({"nonce": claims["nonce"]}, "x")
    refused(made, made.come(name="honest"), "token_signature")   # both call their key "first"


def test_an_address_nobody_vouches_for_takes_no_account(town, make):
    town.provider.person["email_verified"] = False
    browser = town.come()
    refused(town, browser, "way_unverified_mail")
    assert "n’a pas vérifié" in words(browser.landed)
    town.provider.person.pop("email_verified")
    refused(town, town.come(), "way_unverified_mail")
    # A provider whose word on addresses counts for nothing presents the address of the first account of all.
    untrusted = Provider()
    untrusted.person["email"] = OWNER
    made = make(providers={"public": untrusted}, changes={"trust-mail": "never"})
    refused(made, made.come(name="public"), "way_unknown_account")
    assert not made.in_journal("identity_linked")


def test_a_stranger_is_let_in_only_where_the_rule_says_so(town, make):
    town.provider.person.update(sub="new", email="nouveau@ville.example", name="Nouveau Venu")
    browser = town.come()
    refused(town, browser, "way_unknown_account")
    assert "Demandez une invitation" in words(browser.landed)
    provider = Provider()
    provider.person.update(sub="new", email="nouveau@ville.example", name="Nouveau Venu", groups=["agents", "other"])
    made = make('in:roles = ["agents = ville/reader"]', {"keycloak": provider}, changes={"first-sign-in": "create"})
    browser = made.come()
    assert browser.landed.url.endswith("/o/ville") and is_in(browser)
    person = made.people()["nouveau@ville.example"]
    assert person["name"] == "Nouveau Venu" and person["roles"] == [{"organisation": "ville", "role": "reader"}]
    # Lists of people call the provider as its button does.
    boss = made.server.browser()
    boss.sign_in(OWNER, made.passwords[OWNER])
    assert "Keycloak" in words(boss.get("/o/ville/people")) and "keycloak" not in words(boss.get("/o/ville/people"))
    # Who has no other way in does not close the only one; and there is no password to change.
    assert 'name="current_password"' not in browser.get("/account").text
    assert browser.submit(browser.get("/account"), action="/unlink").status_code == 409 and is_in(made.come())
    # The group is gone: so is the role, at the next sign-in.
    provider.person["groups"] = []
    assert made.come().landed.url.endswith("/organisations")
    assert made.people()["nouveau@ville.example"]["roles"] == []
    assert [len(made.in_journal(event)) for event in ("account_created", "role_mapped", "role_unmapped")] == [1, 1, 1]


def test_the_last_administrator_is_left_to_an_organisation_and_the_journal_says_so(make):
    provider = Provider()
    provider.person["groups"] = ["chefs"]
    made = make('in:roles = ["chefs = autre/administrator"]', {"keycloak": provider})
    assert is_in(made.come())
    provider.person["groups"] = []
    assert is_in(made.come())
    assert {"organisation": "autre", "role": "administrator"} in made.people()[CLAIRE]["roles"]
    kept = made.in_journal("last_administrator_kept")
    assert len(kept) == 1 and kept[0]["role"] == "administrator"


def test_a_closed_account_is_not_opened_by_a_provider(town):
    town.installation.cli("user", "disable", CLAIRE)
    refused(town, town.come(), "way_closed_account")


# ---- a provider that fails ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("what, answer", {
    "another issuer": lambda self: self.give(200, {"issuer": "https://other.example"}),
    "no description": lambda self: self.give(500, "no"),
    "no JSON": lambda self: self.give(200, "<html>"),
    "oversized": lambda self: self.give(200, "x" * 2_000_000),
    "redirecting": lambda self: self.give(302, "", headers=[("Location", "http://127.0.0.1:1/")]),
    "inside": lambda self: self.give(200, {**dict.fromkeys(("authorization_endpoint", "token_endpoint"), "http://169.254.169.254/x"), "issuer": f"http://{self.headers['Host']}", "jwks_uri": "http://169.254.169.254/k"}),
}.items(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_description_that_cannot_be_believed_sends_nobody_anywhere(town, what, answer):
    town.provider.answers["/.well-known/openid-configuration"] = answer
    browser = town.server.browser()
    page = browser.get("/sign-in/with/keycloak", allow_redirects=False)
    assert page.status_code in (422, 503) and "ne répond pas comme il le devrait" in words(page) and "Location" not in page.headers
    said = town.installation.cli.run("sign-in", "check")
    assert said.returncode == 1, said.stdout
    # Passwords still work.
    assert town.server.browser().sign_in(CLAIRE, town.passwords[CLAIRE]).url.endswith("/o/ville")


@pytest.mark.parametrize("path, answer", [
    ("/token", lambda self: self.give(200, {"access_token": "x"})), ("/token", lambda self: self.give(200, "x" * 2_000_000)), ("/token", lambda self: self.give(307, "", headers=[("Location", "http://127.0.0.1:1/")])),
    ("/keys", lambda self: self.give(200, "[]")), ("/keys", lambda self: self.give(200, {"keys": []})), ("/keys", lambda self: self.give(404, "")),
    ("/userinfo", lambda self: self.give(403, "")), ("/userinfo", lambda self: self.give(200, "no")), ("/token", lambda self: self.connection.close()),
])
def test_an_answer_that_cannot_be_believed_signs_nobody_in(town, path, answer):
    town.provider.answers[path] = answer
    browser = town.come()
    assert browser.landed.status_code in (422, 503) and not is_in(browser)


def test_a_provider_that_hangs_holds_up_no_page(town):
    hold = threading.Event()
    town.provider.answers["/token"] = lambda self: (hold.wait(30), self.connection.close())
    browsers = [town.server.browser() for _ in range(3)]
    waiting = [threading.Thread(target=browser.get, args=(town.back(browser),), daemon=True) for browser in browsers]
    try:
        for thread in waiting:
            thread.start()
        for _ in range(5):
            assert town.server.browser().get("/sign-in", timeout=5).status_code == 200
    finally:
        hold.set()
        for thread in waiting:
            thread.join(30)


def test_nothing_is_called_that_is_not_listed(binary, tmp_path):
    with Provider() as provider:
        made = Town(binary, tmp_path / "data", providers={"keycloak": provider}, GREFFIER_OUTBOUND_ALLOW="http://127.0.0.1:1")
        said = made.installation.cli.run("serve", "--listen", "127.0.0.1:0")
        assert said.returncode == 2 and "outbound-allow" in said.stdout + said.stderr
        made.write(issuer="https://127.0.0.1:" + str(provider.server.server_port))
        checked = made.installation.cli.run("sign-in", "check")
        assert checked.returncode == 1 and "réseau privé" in checked.stdout
        assert provider.seen == []


# ---- second factor, fresh proof, signing out ----------------------------------------------------------------------


def enrol(town, browser):
    from test_second_factor import code_of, secret_in
    page = browser.submit(browser.get("/account"), action="/account/authenticator/new")
    secret = secret_in(page)
    browser.submit(page, {"code": code_of(secret, town.now)}, field="code")
    town.pass_time(60)
    return lambda: code_of(secret, town.now)


def test_the_second_factor_is_ours_unless_the_providers_counts(make):
    made = make(changes={"second-factor": ["mfa", "eidas2"]})
    code = enrol(made, made.come())
    asked = made.come()
    assert asked.landed.url.endswith("/sign-in/second-factor") and not is_in(asked)
    assert asked.submit(asked.landed, {"code": code()}, field="code").url.endswith("/o/ville") and is_in(asked)
    assert [note["by"] for note in made.in_journal("signed_in")] == ["keycloak"] * 2, "what came between the two steps remembers"
    for said in ({"amr": ["pwd", "mfa"]}, {"acr": "eidas2"}):
        made.provider.extra = said
        assert is_in(made.come()), said
    made.provider.extra = {"amr": ["pwd"], "acr": "eidas1"}
    assert not is_in(made.come())


def test_who_one_is_is_proved_anew_at_the_provider(town):
    browser = town.come()
    town.pass_time(11 * 60)
    asked = browser.submit(browser.get("/account"), action="/account/authenticator/new")
    assert asked.status_code == 403 and "Confirmer avec Keycloak" in words(asked)
    again = html.unescape(re.search(r'href="(/account/proof/keycloak[^"]*)"', asked.text)[1])
    # A session there is not enough: the person must have authenticated since.
    town.provider.auth_time = town.now - 3600
    stale = browser.get(town.back(browser, path=again))
    assert stale.status_code == 409 and town.provider.asked[-1]["prompt"] == "login" and town.provider.asked[-1]["max_age"] == "0"
    assert browser.submit(browser.get("/account"), action="/account/authenticator/new").status_code == 403
    # Nor is another person there.
    town.provider.auth_time = None
    town.provider.person["sub"] = "somebody else"
    other = browser.get(town.back(browser, path=again))
    assert other.status_code == 409 and "n’est pas celui de la personne connectée" in words(other)
    assert browser.submit(browser.get("/account"), action="/account/authenticator/new").status_code == 403
    town.provider.person["sub"] = "248289761001"
    landed = browser.get(town.back(browser, path=again))
    assert landed.url.endswith("/account")
    assert browser.submit(browser.get("/account"), action="/account/authenticator/new").status_code == 200


def test_signing_out_ends_the_session_there_too(town):
    browser = town.come()
    page = browser.submit(browser.get("/account"), action="/sign-out")
    assert page.status_code == 200 and not is_in(browser)
    address = page.headers["Refresh"].removeprefix("0; url=")
    assert address.startswith(town.provider.address + "/end?")
    said = parse_qs(urlsplit(address).query)
    assert said["id_token_hint"][0].count(".") == 2 and said["post_logout_redirect_uri"] == [town.server.address + "/sign-in"] and said["client_id"] == ["greffier"]
    assert html.unescape(re.search(r'class="btn btn-primary" href="([^"]+)"', page.text)[1]) == address
    # Whoever came by a password leaves by the usual way.
    other = town.server.browser()
    other.sign_in(CLAIRE, town.passwords[CLAIRE])
    assert other.submit(other.get("/account"), action="/sign-out").url.endswith("/sign-in")


@pytest.mark.skipif(ENGINE != "sqlite", reason="looks into the files of the embedded engine")
def test_the_token_kept_for_signing_out_stands_nowhere_in_clear(town):
    made, given = [], town.provider.id_token
    town.provider.id_token = lambda *arguments: made.append(given(*arguments)) or made[-1]
    browser = town.come()
    assert is_in(browser)
    hint = made[0].rsplit(".", 1)[1].encode()   # its signature
    looked_into = 0
    for path in town.installation.data_directory.rglob("*"):
        if path.is_file():
            content, looked_into = path.read_bytes(), looked_into + 1
            assert hint not in content, path
            assert town.provider.secret.encode() not in content or path.name == "greffier.toml", path
    assert looked_into > 2 and hint.decode() not in town.server.output
    # And yet it is handed back.
    assert made[0] in browser.submit(browser.get("/account"), action="/sign-out").headers["Refresh"]


def test_the_provider_ends_our_session_when_one_signs_out_there(town):
    browser, other = town.come(), town.server.browser()
    other.sign_in(CLAIRE, town.passwords[CLAIRE])
    program = town.server.browser()
    for bad in ("", "x", town.provider.logout_token(aud="other"), town.provider.logout_token(nonce="n"), town.provider.logout_token(events={})):
        assert program.post("/sign-in/with/keycloak/logout", {"logout_token": bad}).status_code == 400
    assert is_in(browser)
    good = town.provider.logout_token()
    town.pass_time(60)
    answer = program.post("/sign-in/with/keycloak/logout", {"logout_token": good})
    assert answer.status_code == 200 and not is_in(browser) and is_in(other)
    assert program.post("/sign-in/with/keycloak/logout", {"logout_token": good}).status_code == 400, "taken once"


def test_an_account_is_linked_and_unlinked_from_ones_own_page(make):
    made = make(changes={"first-sign-in": "never"})
    refused(made, made.come(), "way_unknown_account")
    browser = made.server.browser()
    browser.sign_in(CLAIRE, made.passwords[CLAIRE])
    page = browser.submit(browser.get("/account"), action="/account/identities/keycloak/link")
    assert page.status_code == 200
    address = page.headers["Refresh"].removeprefix("0; url=")
    landed = browser.get(made.provider.consent(urlsplit(address).query))
    assert landed.url.endswith("done=identity_linked") and "Le compte est lié" in words(landed)
    there = made.come()
    assert is_in(there)
    # Somebody else cannot take it.
    thief = made.server.browser()
    thief.sign_in(OWNER, made.passwords[OWNER])
    page = thief.submit(thief.get("/account"), action="/account/identities/keycloak/link")
    taken = thief.get(made.provider.consent(urlsplit(page.headers["Refresh"].removeprefix("0; url=")).query))
    assert taken.status_code == 409 and "déjà lié" in words(taken)
    made.pass_time(11 * 60)
    asked = browser.submit(landed, action="/unlink")
    assert asked.status_code == 403 and "proof_password" in asked.text
    assert browser.submit(asked, {"proof_password": made.passwords[CLAIRE]}, field="proof_password").url.endswith("done=identity_unlinked")
    refused(made, made.come(), "way_unknown_account")


def test_passwords_are_for_those_who_run_the_installation_where_it_says_so(make):
    made = make('passwords = "installation"')
    browser = made.server.browser()
    page = browser.get("/sign-in")
    assert "réservé à l’administration" in words(page) and "forgotten-password" not in page.text
    assert browser.sign_in(CLAIRE, made.passwords[CLAIRE]).status_code == 422 and not is_in(browser)
    chief = made.server.browser()
    chief.sign_in(OWNER, made.passwords[OWNER])
    assert is_in(chief)
    assert is_in(made.come())
    # A link to choose a password is no way around.
    people = made.people()
    page = chief.get("/o/ville/people")
    link = re.search(r'id="secret">([^<]+)<', chief.submit(page, action=f"/people/{people[CLAIRE]['id']}/link").text)[1]
    visitor = made.server.browser()
    opened = visitor.get(urlsplit(link).path)
    assert "Pas de mot de passe ici" in words(opened) and 'type="password"' not in opened.text


# ---- settings -------------------------------------------------------------------------------------------------


def test_the_check_says_what_is_wrong(town):
    check = lambda **changes: (town.write(**changes), town.installation.cli.run("sign-in", "check"))[1]   # noqa: E731
    good = check()
    assert good.returncode == 0 and "/sign-in/with/keycloak/back" in good.stdout and "reconnaît client-id et client-secret" in good.stdout
    assert town.provider.secret not in good.stdout
    wrong = check(**{"client-secret": "another"})
    assert wrong.returncode == 1 and "invalid_client" in wrong.stdout
    other = check(issuer=town.provider.issuer + "/realms/x")
    assert other.returncode == 1 and "se dit" in other.stdout
    roles = check(roles=["a = nowhere/dpo"])
    assert roles.returncode == 1 and "nowhere" in roles.stdout
    for changes, told in (({"roles": ["a = ville/emperor"]}, "groupe = organisme/rôle"), ({"issuer": ""}, "issuer manque"), ({"client-secret": ""}, "client-secret manque"), ({"claims": "{"}, "claims"),
                          ({"scopes": "email"}, "scopes"), ({"issuer": "http://sso.ville.example"}, "https")):
        said = check(**changes)
        assert said.returncode == 2 and told in said.stdout + said.stderr, (changes, said.stdout, said.stderr)
        assert town.installation.cli.run("serve", "--listen", "127.0.0.1:0").returncode == 2
    assert town.installation.cli.run("sign-in", "check", "nobody").returncode == 2
    town.write()
    shown = town.installation.cli("config").stdout + town.installation.cli("config", "--json").stdout
    assert town.provider.secret not in shown and "sign-in.keycloak.issuer" in shown
    assert town.installation.cli("config", GREFFIER_SIGN_IN_KEYCLOAK_LABEL="Autrement").stdout.count("Autrement") == 1


def test_an_unknown_setting_of_a_provider_is_refused_with_its_line(town):
    (town.installation.data_directory / "greffier.toml").write_text('sign-in-ways = ["x"]\n[sign-in.x]\nisuer = "y"\n')
    said = town.installation.cli.run("config")
    assert said.returncode == 2 and "isuer" in said.stdout + said.stderr and "3" in said.stdout + said.stderr
