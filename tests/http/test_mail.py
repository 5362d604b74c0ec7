"""Outgoing mail, against a real SMTP server on this machine: STARTTLS, sign-in, refusals, a server that goes away, programs
that die or are two. Time is the test clock's; POST /test/clock answers when what was due has been tried."""
import asyncio
import contextlib
import email
import email.policy
import html
import json
import os
import re
import signal
import sqlite3
import ssl
import subprocess
import threading

import pytest
import requests
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from harness import ENGINE, Installation, free_port, postgres_server, postgres_tool

OWNER, OWNER_PASSWORD = "premiere@ville.example", "Une installation a toujours un premier compte"
CLAIRE, CLAIRE_PASSWORD = "claire@ville.example", "Les sept nains dorment sous un vieux chene"
NEW_PASSWORD = "lanterne cobalt rivage muguet"
SENDER = "Greffier de la Ville <greffier@ville.example>"
WEEK = 7 * 24 * 3600


class Post:
    """An SMTP server, and what it received. `answers` are given to RCPT, one after the other, then all is accepted."""

    def __init__(self, port=None, **parameters):
        self.port, self.parameters = port or free_port(), parameters
        self.messages, self.answers, self.signed_in, self.over_tls = [], [], [], []
        self.arrived = threading.Condition()
        self.holding, self.held, self.hold = threading.Event(), threading.Event(), False
        self.controller = None
        self.start()

    def start(self):
        parameters = dict(self.parameters)
        if parameters.get("auth_required"):
            parameters["authenticator"] = self.authenticate
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, **parameters)
        self.controller.start()

    def stop(self):
        if self.controller is not None:
            self.controller.stop()
        self.controller = None

    def authenticate(self, server, session, envelope, mechanism, data):
        right = data.login == b"greffier" and data.password == "un mot ; de « passe »".encode()
        self.signed_in.append((mechanism, right))
        return AuthResult(success=right, handled=False)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.over_tls.append(session.ssl is not None)
        with self.arrived:
            self.messages.append((envelope.mail_from, envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.default)))
            self.arrived.notify_all()
        if self.hold:   # kept, and not yet said so
            self.holding.set()
            await asyncio.get_running_loop().run_in_executor(None, self.held.wait, 60)
        return "250 kept"

    def wait_for(self, count):
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.messages) >= count, 60), f"{len(self.messages)} of {count} came"
        return self.messages

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def addressees(self):
        return [to for _, rcpt, _ in self.messages for to in rcpt]


@pytest.fixture
def post():
    running = Post()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", "/CN=smtp.ville.test", "-addext",
                    "subjectAltName=IP:127.0.0.1,DNS:smtp.ville.test", "-out", folder / "cert.pem", "-keyout", folder / "key.pem"], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context, folder / "cert.pem"


def town_with(binary, folder, **environment):
    town = Installation(binary, folder, {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z", "GREFFIER_MAIL_FROM": SENDER, **environment})
    town.cli("organisation", "add", "ville", "--name", "Ville d’Aubreuil", "--test-clock")
    town.add_user(OWNER, OWNER_PASSWORD)
    town.add_user(CLAIRE, CLAIRE_PASSWORD, "--organisation", "ville", "--role", "administrator", "--name", "Claire Delmas")
    return town


@pytest.fixture
def town(binary, tmp_path, post):
    return town_with(binary, tmp_path / "data", GREFFIER_SMTP_URL=post.url)


def advance(server, seconds):
    moved = requests.post(server.address + "/test/clock", data={"advance_seconds": str(seconds)}, timeout=60)
    assert moved.status_code == 200, moved.text


def signed_in(server, who=CLAIRE, password=CLAIRE_PASSWORD, path="/"):
    browser = server.browser()
    browser.sign_in(who, password, path)
    return browser


def invite(browser, address, name="Paul Martin", **more):
    page = browser.get("/o/ville/people")
    return browser.submit(page, {"email": address, "name": name, "role": "reader", **more}, action="/o/ville/people")


def part(message, kind):
    return message.get_body(preferencelist=(kind,)).get_content()


def link_in(message):
    return re.search(r"https?://\S+/(?:welcome|reset)/\S+", part(message, "plain"))[0]


def bare(text):
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def stored(town):
    """Every byte of the installation's database, log of writes included."""
    if "GREFFIER_DATABASE" in town.environment:
        return subprocess.run(["psql", "-X", "-q", "-A", "-t", town.environment["GREFFIER_DATABASE"], "-c",
                               "SELECT encode(coalesce(sealed, ''), 'escape'), recipient, once_key, said FROM mail_outbox; SELECT encode(token_hash, 'escape') FROM one_time_link"],
                              check=True, capture_output=True, timeout=60).stdout
    return b"".join(path.read_bytes() for path in town.data_directory.glob("greffier.db*"))


# ---- what is sent -------------------------------------------------------------------------------------------


def test_someone_invited_chooses_a_password_by_the_mail_they_receive(town, post):
    with town.serve() as server:
        answer = invite(signed_in(server), "paul@ville.example")
        assert "done=invited_by_mail" in answer.url and "/welcome/" not in answer.text, "the address is for one pair of eyes"
        (sender, recipients, message), = post.wait_for(1)
        assert (sender, recipients) == ("greffier@ville.example", ["paul@ville.example"])
        assert str(message["From"]) == SENDER and message["To"].addresses[0].display_name == "Paul Martin"
        assert "Ville d’Aubreuil" in message["Subject"] and message["Auto-Submitted"] == "auto-generated" and message["Content-Language"] == "fr"
        assert message.get_content_type() == "multipart/alternative" and not message.defects
        assert message["List-Unsubscribe"] is None, "an invitation is no circular"
        assert [piece.get_content_type() for piece in message.iter_parts()] == ["text/plain", "text/html"]
        link = link_in(message)
        assert link.startswith(server.address + "/welcome/") and link in html.unescape(part(message, "html"))
        person = server.browser()
        page = person.get(link)
        assert page.status_code == 200 and "Paul Martin" in page.text
        page = person.submit(page, {"password": NEW_PASSWORD, "password_again": NEW_PASSWORD}, field="password")
        assert page.url.endswith("/o/ville"), page.url
        assert server.browser().get(link).status_code == 404, "it opens once"
        advance(server, 0)
        assert len(post.messages) == 1, "a first password is news to nobody"
    token = link.rsplit("/", 1)[1]
    assert token.encode() not in stored(town) and token not in server.output


def test_the_token_of_a_mail_that_waits_stands_nowhere_in_clear(town, post):
    post.stop()
    with town.serve() as server:
        invite(signed_in(server), "paul@ville.example")
        advance(server, 0)
        assert b"/welcome/" not in stored(town) and b"Paul Martin,".lower() not in stored(town).lower()
        post.start()
        advance(server, 60)
        token = link_in(post.wait_for(1)[0][2]).rsplit("/", 1)[1]
        assert token.encode() not in stored(town)
        assert token not in server.output and "paul@" not in server.output


def test_a_link_can_still_be_handed_over_by_hand(town, post):
    with town.serve() as server:
        answer = invite(signed_in(server), "paul@ville.example", how="show")
        assert re.search(r'id="secret">http[^<]+/welcome/', answer.text)
        advance(server, 0)
        assert post.messages == []


def test_without_mail_nothing_changes_and_nothing_waits(binary, tmp_path):
    town = town_with(binary, tmp_path / "data")
    with town.serve() as server:
        assert "/forgotten-password" not in server.browser().get("/sign-in").text
        page = server.browser().get("/forgotten-password")
        assert page.status_code == 200 and "n’envoie pas de courriels" in page.text and not server.browser().forms(page)[0].name_of_type("email")
        claire = signed_in(server)
        assert re.search(r'id="secret">http[^<]+/welcome/', invite(claire, "paul@ville.example").text)
        assert "M’écrire quand" not in claire.get("/account").text
        owner = signed_in(server, OWNER, OWNER_PASSWORD, "/installation/mail")
        page = owner.get("/installation/mail")
        assert "Aucun envoi n’est réglé" in page.text and "En attente : 0".replace(" :", "\u00a0:") in page.text


# ---- forgotten password ---------------------------------------------------------------------------------


def ask_reset(server, address):
    browser = server.browser()
    return browser.submit(browser.get("/forgotten-password"), {"email": address}, field="email")


def test_a_forgotten_password_is_chosen_again_within_the_hour(town, post):
    with town.serve() as server:
        busy = signed_in(server)
        assert "/forgotten-password" in server.browser().get("/sign-in").text
        assert ask_reset(server, " CLAIRE@ville.example ").status_code == 200
        link = link_in(post.wait_for(1)[0][2])
        assert "/reset/" in link
        person = server.browser()
        page = person.get(link)
        assert page.status_code == 200 and page.headers["Referrer-Policy"] == "no-referrer"
        assert person.get(link.replace("/reset/", "/welcome/")).status_code == 404
        page = person.submit(page, {"password": NEW_PASSWORD, "password_again": NEW_PASSWORD}, field="password")
        assert page.url.endswith("/o/ville")
        assert "/sign-in" in busy.get("/o/ville").url, "whoever was signed in is no more"
        told = post.wait_for(2)[1]
        assert told[1] == [CLAIRE] and "mot de passe a changé" in told[2]["Subject"]
        signed_in(server, CLAIRE, NEW_PASSWORD)
        advance(server, 6 * 60)
        ask_reset(server, CLAIRE)
        late = link_in(post.wait_for(3)[2][2])
        advance(server, 3600)
        assert server.browser().get(late).status_code == 404


def test_asking_tells_nothing_of_who_has_an_account(town, post):
    with town.serve() as server:
        town.cli("user", "add", "parti@ville.example", "--password-stdin", stdin="Un autre mot de passe assez long\n")
        town.cli("user", "disable", "parti@ville.example")
        pages = {}
        for address in (CLAIRE, "personne@ville.example", "parti@ville.example"):
            answer = ask_reset(server, address)
            names = sorted(name for name in answer.headers if name not in ("Date", "X-Request-Id", "Content-Length", "Set-Cookie"))
            text = re.sub(r'value="[^"]{20,}"|[0-9a-f]{8,}', "", answer.text).replace(address, "X")
            pages[address] = (answer.status_code, names, text)
        assert len(set(map(str, pages.values()))) == 1, pages
        advance(server, 0)
        assert post.addressees == [CLAIRE]
        again = ask_reset(server, CLAIRE)
        assert again.status_code == 200
        advance(server, 0)
        assert len(post.messages) == 1, "one letter in five minutes, whoever asks"
        advance(server, 300)
        ask_reset(server, CLAIRE)
        assert len(post.wait_for(2)) == 2
        assert "personne@" not in server.output and CLAIRE not in server.output
    assert b"personne@ville.example" not in stored(town)


def test_asking_is_slowed_down_like_signing_in(town, post):
    with town.serve() as server:
        answers = [ask_reset(server, "personne@ville.example") for _ in range(7)]
        assert [answer.status_code for answer in answers[:5]] == [200] * 5
        assert answers[-1].status_code == 429 and int(answers[-1].headers["Retry-After"]) > 0
        assert ask_reset(server, "pas une adresse").status_code == 422


# ---- sign-in from elsewhere, and what one does not want -----------------------------------------------------


def test_a_sign_in_from_a_new_device_is_told_and_may_be_refused_with_one_click(town, post):
    with town.serve() as server:
        signed_in(server)
        signed_in(server)
        advance(server, 0)
        assert post.messages == [], "the first place there is, and the same again"

        def from_elsewhere(agent, browser=None):
            browser = browser or server.browser()
            browser.session.headers["User-Agent"] = agent
            browser.sign_in(CLAIRE, CLAIRE_PASSWORD)
            return browser
        elsewhere = from_elsewhere("Mozilla/5.0 (elsewhere)")
        message = post.wait_for(1)[0][2]
        assert "nouvel appareil" in message["Subject"] and "127.0.0.1" in part(message, "plain")
        elsewhere.session.headers["User-Agent"] = "Mozilla/5.0 (updated)"   # the same browser, by its cookie
        elsewhere.submit(elsewhere.get("/o/ville"), action="/sign-out")
        from_elsewhere("Mozilla/5.0 (updated)", elsewhere)
        advance(server, 0)
        assert len(post.messages) == 1

        stop = re.fullmatch(r"<(\S+/mail/stop/[0-9a-f]+)>", str(message["List-Unsubscribe"]))[1]
        assert message["List-Unsubscribe-Post"] is None, "offered over https only"
        assert requests.post(stop, data={"nothing": "x"}, timeout=30).status_code == 403, "a page's form carries its token"
        assert requests.get(stop, timeout=30).status_code == 200
        from_elsewhere("Mozilla/5.0 (third)")
        assert len(post.wait_for(2)) == 2, "opening the page refuses nothing"
        done = requests.post(stop, data={"List-Unsubscribe": "One-Click"}, timeout=30)
        assert done.status_code == 200 and "C’est noté" in done.text
        assert requests.post(stop[:-1] + ("0" if stop[-1] != "0" else "1"), data={"List-Unsubscribe": "One-Click"}, timeout=30).status_code == 404
        back = from_elsewhere("Mozilla/5.0 (fourth)")
        advance(server, 0)
        assert len(post.messages) == 2
        account = back.get("/account")
        back.submit(account, {"kind": "sign_in_alert"}, action="/account/mail")
        from_elsewhere("Mozilla/5.0 (fifth)")
        assert len(post.wait_for(3)) == 3
        person = server.browser()
        page = person.submit(person.get(stop), action=stop.split("/", 3)[3].rsplit("/", 1)[1])
        assert page.status_code == 200 and "C’est noté" in page.text
    if "GREFFIER_DATABASE" not in town.environment:   # the journal of access alone knows an address, and for some months
        with contextlib.closing(sqlite3.connect(town.data_directory / "greffier.db")) as database:
            places = database.execute("SELECT * FROM sign_in_place").fetchall()
        assert places and "127.0.0.1" not in repr(places)


def test_over_https_a_mail_program_is_offered_one_click(binary, tmp_path, post):
    town = town_with(binary, tmp_path / "data", GREFFIER_SMTP_URL=post.url)
    with town.serve("--public-url", "https://rgpd.ville.test") as server:
        def sign_in(agent):
            session = requests.Session()
            session.headers.update({"User-Agent": agent, "Host": "rgpd.ville.test"})
            page = session.get(server.address + "/sign-in", timeout=30)
            token = re.search(r'name="csrf" value="([^"]+)"', page.text)[1]
            return session.post(server.address + "/sign-in", data={"csrf": token, "email": CLAIRE, "password": CLAIRE_PASSWORD}, allow_redirects=False, timeout=30)
        assert sign_in("one").status_code == 303 and sign_in("two").status_code == 303
        message = post.wait_for(1)[0][2]
        assert str(message["List-Unsubscribe"]).startswith("<https://rgpd.ville.test/mail/stop/")
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


# ---- how it leaves ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_by_starttls_and_signed_in(binary, tmp_path, certificate, mechanism):
    context, authority = certificate
    post = Post(tls_context=context, require_starttls=True, auth_required=True, auth_exclude_mechanism={"PLAIN", "LOGIN"} - {mechanism})
    try:
        town = town_with(binary, tmp_path / "data", GREFFIER_SMTP_URL=post.url, GREFFIER_SMTP_STARTTLS="required", GREFFIER_SMTP_CA=str(authority),
                         GREFFIER_SMTP_USER="greffier", GREFFIER_SMTP_PASSWORD="un mot ; de « passe »")
        with town.serve() as server:
            invite(signed_in(server), "paul@ville.example")
            post.wait_for(1)
            assert post.signed_in == [(mechanism, True)] and post.over_tls == [True]
            assert "STARTTLS" in signed_in(server, OWNER, OWNER_PASSWORD, "/installation/mail").get("/installation/mail").text
            assert "un mot ; de" not in server.output
        assert "un mot ; de" not in town.cli("config").stdout
    finally:
        post.stop()


def test_by_tls_from_the_start(binary, tmp_path, certificate):
    context, authority = certificate
    post = Post(ssl_context=context)
    try:
        town = town_with(binary, tmp_path / "data", GREFFIER_SMTP_URL=post.url.replace("smtp:", "smtps:"), GREFFIER_SMTP_CA=str(authority))
        done = town.cli("mail", "test", "paul@ville.example")
        assert "paul@ville.example" in done.stdout and "TLS" in done.stdout
        (sender, recipients, message), = post.messages
        assert recipients == ["paul@ville.example"] and "essai" in message["Subject"]
    finally:
        post.stop()


def tried(town, **environment):
    done = town.cli.run("mail", "test", "paul@ville.example", "--json", **environment)
    assert done.returncode == 1, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_the_command_says_exactly_what_failed(binary, tmp_path, post, certificate):
    context, authority = certificate
    town = town_with(binary, tmp_path / "data", GREFFIER_SMTP_URL=post.url)
    required = {"GREFFIER_SMTP_STARTTLS": "required"}
    assert tried(town, **required)["problem"] == "server_no_tls"
    assert post.messages == [], "nothing leaves in clear that should not"
    post.answers = ["550 5.1.1 Boîte inconnue".encode("ascii", "replace").decode()]
    refused = tried(town)
    assert (refused["problem"], refused["reply"]) == ("refused", 550) and "5.1.1" in refused["said"]
    post.answers = ["451 4.7.1 plus tard, voir https://ville.example/welcome/SECRET"]
    put_off = tried(town)
    assert (put_off["problem"], put_off["reply"]) == ("put_off", 451) and "SECRET" not in json.dumps(put_off)
    assert tried(town, GREFFIER_SMTP_URL=f"smtp://127.0.0.1:{free_port()}")["problem"] == "server_unreachable"
    assert tried(town, GREFFIER_SMTP_URL="smtp://nulle-part.invalid")["problem"] == "server_unknown"
    words = town.cli.run("mail", "test", "paul@ville.example", GREFFIER_SMTP_URL=f"smtp://127.0.0.1:{free_port()}")
    assert words.returncode == 1 and "ne répond pas" in words.stdout
    secure = Post(tls_context=context, require_starttls=True, auth_required=True)
    try:
        there = {"GREFFIER_SMTP_URL": secure.url, **required}
        assert tried(town, **there)["problem"] == "server_tls", "a certificate nobody vouches for"
        other_name = {**there, "GREFFIER_SMTP_URL": secure.url.replace("127.0.0.1", "localhost")}
        assert tried(town, **other_name, GREFFIER_SMTP_CA=str(authority))["problem"] == "server_tls", "nor one of another name"
        assert tried(town, **there, GREFFIER_SMTP_CA=str(authority))["problem"] == "server_sign_in", "it wants an account"
        wrong = tried(town, **there, GREFFIER_SMTP_CA=str(authority), GREFFIER_SMTP_USER="greffier", GREFFIER_SMTP_PASSWORD="hunter2")
        assert wrong["problem"] == "server_sign_in" and "hunter2" not in json.dumps(wrong)
        assert secure.messages == []
    finally:
        secure.stop()


def test_settings_that_contradict_each_other_are_refused(command, tmp_path):
    for environment, word in (({}, "smtp-url"), ({"GREFFIER_SMTP_URL": "smtp://mail.ville.example"}, "mail-from"),
                              ({"GREFFIER_SMTP_URL": "smtp://mail.ville.example", "GREFFIER_MAIL_FROM": SENDER, "GREFFIER_SMTP_STARTTLS": "off"}, "en clair"),
                              ({"GREFFIER_SMTP_URL": "smtp://mail.ville.example", "GREFFIER_MAIL_FROM": SENDER, "GREFFIER_SMTP_USER": "a"}, "smtp-password"),
                              ({"GREFFIER_SMTP_URL": "smtp://mail.ville.example", "GREFFIER_MAIL_FROM": SENDER, "GREFFIER_MAIL_DIRECTORY": "/tmp/x"}, "mail-directory"),
                              ({"GREFFIER_SMTP_URL": "smtp://a:hunter2@mail.ville.example", "GREFFIER_MAIL_FROM": SENDER}, "smtp-url"),
                              ({"GREFFIER_SMTP_URL": "smtp://mail.ville.example", "GREFFIER_MAIL_FROM": "x\r\nBcc: y"}, "mail-from")):
        done = command.run("mail", "test", "paul@ville.example", "--data", tmp_path / "none", **environment)
        assert done.returncode == 2 and word in done.stderr, (environment, done.stderr)
        assert "hunter2" not in done.stderr
    done = command.run("serve", "--data", tmp_path / "served", "--listen", "127.0.0.1:0", "--smtp-url", "smtp://mail.ville.example", timeout=60)
    assert done.returncode == 2 and "mail-from" in done.stderr
    assert command.run("mail", "test", "rien", "--data", tmp_path / "none").returncode == 2


def test_while_developing_mail_is_files_to_look_at(binary, tmp_path):
    town = town_with(binary, tmp_path / "data", GREFFIER_MAIL_DIRECTORY=str(tmp_path / "mail"))
    with town.serve() as server:
        invite(signed_in(server), "paul@ville.example")
        advance(server, 0)
    written, = (tmp_path / "mail").iterdir()
    assert written.suffix == ".eml" and written.stat().st_mode & 0o777 == 0o600
    message = email.message_from_bytes(written.read_bytes(), policy=email.policy.default)
    assert not message.defects and "/welcome/" in part(message, "plain") and message["Message-ID"] == f"<{written.stem}@ville.example>"


# ---- what goes wrong, and time ------------------------------------------------------------------------------


def outbox(owner):
    page = owner.get("/installation/mail")
    assert page.status_code == 200
    return page, bare(page.text)


def test_what_is_put_off_goes_later_and_what_is_refused_waits_for_somebody(town, post):
    post.answers = ["451 4.3.2 plus tard", "550 5.1.1 inconnu"]
    with town.serve() as server:
        claire, owner = signed_in(server), signed_in(server, OWNER, OWNER_PASSWORD, "/organisations")
        invite(claire, "paul@ville.example")
        advance(server, 0)
        assert "plus tard" in outbox(owner)[1] and post.messages == []
        advance(server, 59)
        assert len(post.answers) == 1, "not before its time"
        advance(server, 1)
        assert post.answers == [] and post.messages == []
        page, words = outbox(owner)
        assert 'greffier_mail{state="failed"} 1' in requests.get(server.address + "/metrics", timeout=30).text
        assert "Non parti" in words and "5.1.1 inconnu" in words and "paul@ville.example" in words
        assert "/welcome/" not in page.text and "choisir" not in words, "what it says is shown to nobody"
        advance(server, 24 * 3600)
        assert post.messages == [], "a refusal for good is not tried again"
        owner = signed_in(server, OWNER, OWNER_PASSWORD, "/organisations")
        page = outbox(owner)[0]
        owner.submit(page, action="/retry")
        assert post.wait_for(1)[0][1] == ["paul@ville.example"]
        assert server.browser().get(link_in(post.messages[0][2])).status_code == 200
        for _ in range(200):   # the server has it before it is written down here that it has
            if "paul@ville.example" not in outbox(owner)[1]:
                break
        assert "paul@ville.example" not in outbox(owner)[1]


def test_whoever_does_not_run_the_installation_sees_none_of_it(town, post):
    post.answers = ["550 non"]
    with town.serve() as server:
        claire, owner = signed_in(server), signed_in(server, OWNER, OWNER_PASSWORD, "/organisations")
        invite(claire, "paul@ville.example")
        advance(server, 0)
        page, words = outbox(owner)
        assert "paul@ville.example" in words
        action = owner.form(page, action="/remove").action
        csrf = claire.csrf(claire.get("/account"))
        assert claire.get("/installation/mail").status_code == 403
        for act in (action, action.replace("/remove", "/retry")):
            assert claire.post(act, {"csrf": csrf}).status_code == 403
        assert "/installation/mail" not in claire.get("/account").text
        owner.submit(page, action="/remove")
        assert "paul@ville.example" not in outbox(owner)[1]


def test_a_server_that_goes_away_gets_everything_when_it_is_back(town, post):
    post.stop()
    with town.serve() as server:
        claire = signed_in(server)
        for number in range(3):
            invite(claire, f"agent{number}@ville.example")
        for _ in range(6):
            advance(server, 60)
        owner = signed_in(server, OWNER, OWNER_PASSWORD, "/organisations")
        assert "ne répond pas" in outbox(owner)[1]
        post.start()
        advance(server, 60 * 5)
        assert sorted(post.addressees) == [f"agent{number}@ville.example" for number in range(3)]
        advance(server, 3600)
        assert len(post.messages) == 3, "each once"


def test_a_program_killed_between_two_mails_loses_none_and_repeats_at_most_the_one_under_way(town, post):
    with town.serve() as server:
        claire = signed_in(server)
        invite(claire, "agent0@ville.example")
        post.wait_for(1)
        advance(server, 0)
        post.hold = True
        invite(claire, "agent1@ville.example")
        assert post.holding.wait(60)
        invite(claire, "agent2@ville.example")
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait(30)
    post.hold = False
    post.held.set()
    with town.serve() as server:
        advance(server, 360)   # on a server's database, the dead one's lease runs out first
        assert set(post.addressees) == {f"agent{number}@ville.example" for number in range(3)}
        assert post.addressees.count("agent0@ville.example") == post.addressees.count("agent2@ville.example") == 1
        twice = [message["Message-ID"] for _, rcpt, message in post.messages if rcpt == ["agent1@ville.example"]]
        assert len(twice) <= 2 and len(set(twice)) == 1, "a copy that the receiver knows for one"


@pytest.mark.skipif(ENGINE != "postgres", reason="needs PostgreSQL: GREFFIER_TEST_ENGINE=postgres")
def test_two_programs_on_one_database_send_each_mail_once(town, post):
    with town.serve() as first, town.serve() as second:
        claire = signed_in(first)
        for number in range(12):
            invite(claire, f"agent{number}@ville.example")
        threads = [threading.Thread(target=advance, args=(server, 0)) for server in (first, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        post.wait_for(12)
        advance(first, 3600)
        advance(second, 3600)
        assert sorted(post.addressees) == sorted(f"agent{number}@ville.example" for number in range(12))
