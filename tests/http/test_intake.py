"""Messages that come by mail become records, once each, whatever stands in them: by the page, the API, the command line, and from a
mailbox of a real IMAP server on this machine."""
import grp
import imaplib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from email.message import EmailMessage
from pathlib import Path

import pytest
import requests

from harness import Installation, free_port

CLAIRE, PASSWORD = "claire@ville.example", "une phrase assez longue 2026"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def letter(number=1, text="Bonjour, que savez-vous de moi ?", subject="Mes données", **headers):
    message = EmailMessage()
    message["From"] = "Léa Roux <lea@courriel.example>"
    message["To"] = "dpo@ville.example"
    message["Subject"] = subject
    message["Date"] = "Mon, 02 Mar 2026 08:30:00 +0100"
    message["Message-ID"] = f"<{number}@courriel.example>"
    for name, value in headers.items():
        del message[name]
        message[name] = value
    message.set_content(text)
    return message


@pytest.fixture(scope="module")
def town(binary, tmp_path_factory):
    place = Installation(binary, tmp_path_factory.mktemp("intake") / "data", {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z"})
    place.cli("organisation", "add", "ville", "--name", "Ville", "--test-clock")
    place.add_user(CLAIRE, PASSWORD, "--organisation", "ville", "--role", "dpo")
    place.add_user("lea@ville.example", PASSWORD, "--organisation", "ville", "--role", "reader")
    return place


@pytest.fixture(scope="module")
def server(town):
    with town.serve() as running:
        running.rest = running.api(town.add_token("ville", "dpo"))
        yield running


def take(server, register, message, **more):
    """By the API: what it answers."""
    data = message if isinstance(message, bytes) else message.as_bytes()
    return requests.post(f"{server.address}/api/v1/organisations/ville/{register}/messages", data=data, timeout=60,
                         headers={"Authorization": server.rest.session.headers["Authorization"], "Content-Type": "message/rfc822", **more})


def record(server, register, answer):
    return server.rest.get(f"/organisations/ville/{register}/{answer.json()['id']}").json()


def test_a_message_becomes_a_request_and_stays_with_it(server):
    message = letter("request")
    message.add_attachment(PDF, maintype="application", subtype="octet-stream", filename="../../carte.pdf")
    message.add_attachment(b"MZ\x90\x00" + b"\0" * 100, maintype="application", subtype="pdf", filename="facture.pdf")
    taken = take(server, "requests", message)
    assert taken.status_code == 201, taken.text
    assert taken.json()["files_left_out"] == 1 and taken.json()["message_kept"]
    made = record(server, "requests", taken)
    assert made["channel"] == "email" and made["received_at"].startswith("2026-03-02T07:30") and made["requester"] == {**made["requester"], "name": "Léa Roux", "email": "lea@courriel.example"}
    assert "que savez-vous" in made["wording"] and "Léa" not in made["subject"] and "données" not in made["subject"], "the title names nobody"
    assert [(file["name"], file["type"]) for file in made["attachments"]] == [("message.eml", made["attachments"][0]["type"]), ("carte.pdf", "application/pdf")]


def test_a_message_becomes_a_report_of_an_incident(server):
    taken = take(server, "breaches", letter("breach", text="Le serveur est chiffré", subject="Urgent"))
    assert taken.status_code == 201, taken.text
    made = record(server, "breaches", taken)
    assert made["status"] == "reported" and made["intake"] == "e_mail" and made["facts"].startswith("Urgent") and made["aware_at"] is None


def test_the_same_message_is_one_record(server):
    first, second = take(server, "requests", letter("twice")), take(server, "requests", letter("twice", text="autre"))
    assert (first.status_code, second.status_code) == (201, 200) and second.json()["known"] and first.json()["id"] == second.json()["id"]
    without = b"From: a@b.example\r\nSubject: sans identifiant\r\n\r\nx\r\n"
    assert take(server, "requests", without).json()["id"] == take(server, "requests", without).json()["id"]


@pytest.mark.parametrize("name, data", [
    ("nothing", b""), ("a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 100), ("a page", b"<html><script>alert(1)</script></html>"), ("noise", bytes(range(256)) * 40),
])
def test_what_is_no_message_is_refused(server, name, data):
    assert take(server, "requests", data).status_code == 422, name


def bombs():
    nested = b"From: a@b.example\r\nMessage-ID: <nest@x>\r\n"
    for depth in range(3000):
        nested += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth)
    yield "nested", nested + b"Content-Type: text/plain\r\n\r\nau fond"
    yield "charset", b"From: a@b.example\r\nMessage-ID: <cs@x>\r\nContent-Type: text/plain; charset=klingon-8\r\n\r\nd\xe9j\xe0"
    yield "many parts", b"From: a@b.example\r\nMessage-ID: <mp@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\nContent-Type: text/plain; name=x.txt\r\n\r\nx\r\n" * 5000
    yield "no body", b"From: a@b.example\r\nMessage-ID: <nb@x>\r\n"
    yield "long header", b"From: a@b.example\r\nMessage-ID: <lh@x>\r\nSubject: " + b"a" * 200_000 + b"\r\n\r\nx"
    yield "html", b"From: a@b.example\r\nMessage-ID: <ht@x>\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script><img src=x onerror=alert(1)>Bonjour"
    yield "future", b"From: a@b.example\r\nMessage-ID: <fu@x>\r\nDate: Fri, 01 Jan 2100 00:00:00 +0000\r\n\r\nx"
    yield "nul", b"From: a\0@b.example\r\nMessage-ID: <nu@x>\r\nSubject: a\0b\r\n\r\nx\0y"


@pytest.mark.parametrize("name, data", bombs(), ids=lambda value: value if isinstance(value, str) else "")
def test_hostile_mail_is_survived(server, name, data):
    taken = take(server, "requests", data)
    assert taken.status_code == 201, taken.text
    made = record(server, "requests", taken)
    assert len(made["attachments"]) <= 21 and made["received_at"] <= "2026-03-02T10"
    if name == "html":
        assert made["wording"] == "Bonjour"
    if name == "charset":
        assert "déjà" in made["wording"]


def test_too_large_is_refused_and_other_registers_take_none(server):
    assert take(server, "requests", b"From: a@b.example\r\n\r\n" + b"a" * 60_000_000).status_code == 413
    assert take(server, "processings", letter("elsewhere")).status_code == 404
    assert take(server, "requests", letter("nobody"), Authorization="Bearer x").status_code == 401


def test_the_page_takes_a_file(server):
    claire = server.browser()
    claire.sign_in(CLAIRE, PASSWORD)
    page = claire.get("/o/ville/intake/breaches")
    form = next(form for form in claire.forms(page) if "csrf" in form.fields and form.action.endswith("/intake/breaches"))
    done = claire.post("/o/ville/intake/breaches", form.fields, files=[("file", ("m.eml", letter("page").as_bytes(), "message/rfc822"))])
    assert done.status_code == 200 and "est devenu cette fiche" in done.text
    again = claire.post("/o/ville/intake/breaches", form.fields, files=[("file", ("m.eml", letter("page").as_bytes(), "message/rfc822"))])
    assert "déjà été pris" in again.text
    for content in (b"", b"%PDF-1.7"):
        assert claire.post("/o/ville/intake/breaches", form.fields, files=[("file", ("m.eml", content, "message/rfc822"))]).status_code == 422
    lea = server.browser()
    lea.sign_in("lea@ville.example", PASSWORD)
    assert lea.get("/o/ville/intake/breaches").status_code == 403


def test_the_command_takes_a_file(binary, tmp_path):
    place = Installation(binary, tmp_path / "data")
    place.cli("organisation", "add", "ville", "--name", "Ville")
    (tmp_path / "m.eml").write_bytes(letter("cli").as_bytes())
    taken = place.cli("intake", tmp_path / "m.eml", "--organisation", "ville", "--register", "breaches")
    assert "VIO-" in taken.stdout
    assert "déjà" in place.cli("intake", tmp_path / "m.eml", "--organisation", "ville", "--register", "breaches").stdout
    (tmp_path / "x.eml").write_bytes(b"%PDF")
    assert place.cli.run("intake", tmp_path / "x.eml", "--organisation", "ville", "--register", "breaches").returncode != 0


# ---- a real mailbox ------------------------------------------------------------------------------------------

class Mailbox:
    """Dovecot for one account; never as root, whose part `nobody` plays."""

    def __init__(self):
        self.port, self.place = free_port(), Path(tempfile.mkdtemp(prefix="greffier-dovecot-"))
        place = self.place
        root = os.getuid() == 0
        account = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.getuid())
        user, group = account.pw_name, grp.getgrgid(account.pw_gid).gr_name
        (place / "users").write_text("boite:{PLAIN}un secret de boite\n")
        (place / "dovecot.conf").write_text(f"""
protocols = imap
listen = 127.0.0.1
base_dir = {place}/run
state_dir = {place}/state
log_path = {place}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
mail_location = maildir:{place}/mail/%u
mail_uid = {account.pw_uid}
mail_gid = {account.pw_gid}
first_valid_uid = {account.pw_uid}
first_valid_gid = {account.pw_gid}
passdb {{
  driver = passwd-file
  args = {place}/users
}}
userdb {{
  driver = static
  args = uid={account.pw_uid} gid={account.pw_gid} home={place}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {self.port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
""")
        command = [shutil.which("dovecot") or "/usr/sbin/dovecot", "-F", "-c", str(place / "dovecot.conf")]
        if root:
            for each in (place, *place.iterdir()):
                shutil.chown(each, user, group)
        self.errors = (place / "stderr").open("w")
        self.process = subprocess.Popen(["setpriv", "--reuid", user, "--regid", group, "--clear-groups", *command] if root else command, stdout=subprocess.DEVNULL, stderr=self.errors)

    def client(self):
        made = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        made.login("boite", "un secret de boite")
        return made

    def wait(self):
        for _ in range(100):
            if self.process.poll() is not None:
                return False
            try:
                self.client().logout()
                return True
            except (OSError, imaplib.IMAP4.error):
                time.sleep(0.1)   # waits for another program, not for ours
        return False

    def add(self, *messages):
        client = self.client()
        for message in messages:
            client.append("INBOX", None, None, message if isinstance(message, bytes) else message.as_bytes())
        client.logout()

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        self.errors.close()
        shutil.rmtree(self.place, ignore_errors=True)

    def log(self):
        return "".join(file.read_text() for file in (self.place / "log", self.place / "stderr") if file.exists())[-400:]


@pytest.fixture
def mailbox():
    if not (shutil.which("dovecot") or Path("/usr/sbin/dovecot").exists()):
        pytest.skip("no dovecot here (Debian: dovecot-imapd)")
    box = Mailbox()
    try:
        if not box.wait():
            pytest.skip("dovecot does not start here: " + box.log())
        yield box
    finally:
        box.stop()


def boxed(binary, tmp_path, mailbox, **more):
    settings = {"GREFFIER_CLOCK": "2026-03-02T09:00:00Z", "GREFFIER_INTAKE_BOXES": "ecoute", "GREFFIER_INTAKE_ECOUTE_URL": f"imap://127.0.0.1:{mailbox.port}", "GREFFIER_INTAKE_ECOUTE_USER": "boite",
                "GREFFIER_INTAKE_ECOUTE_PASSWORD": "un secret de boite", "GREFFIER_INTAKE_ECOUTE_ORGANISATION": "ville", "GREFFIER_INTAKE_ECOUTE_REGISTER": "breaches", **more}
    place = Installation(binary, tmp_path / "data", settings)
    place.cli("organisation", "add", "ville", "--name", "Ville", "--test-clock")
    return place


def read_now(server):
    assert requests.post(server.address + "/test/clock", data={"advance_seconds": 61}, timeout=60).status_code == 200


def test_a_mailbox_is_read_once_and_goes_on(binary, tmp_path, mailbox):
    bomb = dict(bombs())["nested"]
    mailbox.add(letter("imap-1"), b"Subject: sans expediteur\r\n\r\nx", bomb, letter("imap-1"))
    place = boxed(binary, tmp_path, mailbox)
    with place.serve() as server:
        api = server.api(place.add_token("ville", "dpo"))
        read_now(server)
        listed = api.get("/organisations/ville/breaches").json()
        assert listed["total"] == 3, server.output
        mailbox.add(letter("imap-2", text="A" * 3_000_000))
        read_now(server)
        read_now(server)
        assert api.get("/organisations/ville/breaches").json()["total"] == 4, server.output
        assert "un secret" not in server.output and "Léa" not in server.output and "courriel.example" not in server.output
    with place.serve() as server:
        read_now(server)
        assert server.api(place.add_token("ville", "dpo")).get("/organisations/ville/breaches").json()["total"] == 4, "a restart takes nothing twice"


def test_a_wrong_password_is_told_and_stops_nothing(binary, tmp_path, mailbox):
    place = boxed(binary, tmp_path, mailbox, GREFFIER_INTAKE_ECOUTE_PASSWORD="un autre")
    with place.serve() as server:
        read_now(server)
        assert "intake_box_not_read" in server.output and "server_sign_in" in server.output and "un autre" not in server.output
        assert server.browser().get("/").status_code == 200


@pytest.mark.parametrize("change, words", [
    ({"GREFFIER_INTAKE_ECOUTE_URL": "ftp://x"}, "url"), ({"GREFFIER_INTAKE_ECOUTE_USER": ""}, "user"),
    ({"GREFFIER_INTAKE_ECOUTE_URL": "imap://courrier.example", "GREFFIER_INTAKE_ECOUTE_STARTTLS": "off"}, "clair"), ({"GREFFIER_INTAKE_ECOUTE_REGISTER": "processings"}, "register"),
])
def test_settings_that_cannot_be_are_told_at_the_start(binary, tmp_path, change, words):
    class Nowhere:
        port = 1
    place = boxed(binary, tmp_path, Nowhere)
    place.cli.environment.update(change)
    refused = place.cli.run("serve", "--listen", "127.0.0.1:0", timeout=60)
    assert refused.returncode != 0 and words in refused.stderr
