"""The server itself: what it refuses before any page, what it sends with each, sessions, and the doors it keeps shut."""
import json
import re
import signal
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
import requests

from harness import ENGINE, clean_environment

EMAIL, PASSWORD = "clerk@ville.test", "Quatre chats gris dorment sous le porche"
SHEETS = "/organisations/ville/processings"


@pytest.fixture(scope="module")
def town(shared_installation):
    shared_installation.cli("organisation", "add", "ville", "--name", "Ville")
    shared_installation.add_user(EMAIL, PASSWORD, "--organisation", "ville", "--role", "administrator")
    return shared_installation


@pytest.fixture
def person(town, shared_server):
    browser = shared_server.browser()
    browser.sign_in(EMAIL, PASSWORD)
    return browser


def connect(server):
    where = urlsplit(server.address)
    return socket.create_connection((where.hostname, where.port), timeout=30)


def say(server, request):
    """Bytes as they are; all that comes back until the server closes or the answer is whole."""
    with connect(server) as connection:
        try:
            connection.sendall(request)
        except OSError:
            pass   # refused before it was all sent
        return hear(connection)


def hear(connection):
    said = b""
    try:
        while piece := connection.recv(65536):
            said += piece
            head, _, body = said.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            if length and len(body) >= int(length[1]):
                break
    except OSError:
        pass
    return said


def status(answer):
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", answer)
    return int(found[1]) if found else None


REFUSED = [
    (b"GET / HTTP/1.1\r\n\r\n", 400, "no Host"),
    (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400, "two Hosts"),
    (b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n", 421, "another Host"),
    (b"GET http://elsewhere.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "an address of elsewhere"),
    (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414, "a long address"),
    (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", 431, "a long header"),
    (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 8000 + b"\r\n", 431, "many headers"),
    (b"GET / HTTP/1.1\nHost: localhost\n\n", 400, "bare line feeds"),
    (b"GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "NUL"),
    (b"GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "NUL in the address"),
    (b"GET /o/../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "dots"),
    (b"GET /static/%2e%2e/greffier.db HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "coded dots"),
    (b"GET /static/..%2fgreffier.db HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "a coded slash"),
    (b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", (400, 505), "another version"),
    (b"BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n", 501, "another method"),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\n" * 30, 400, "TLS"),
    (b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "two framings"),
    (b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n", 400, "a negative length"),
    (b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5, 5\r\n\r\nabcde", 400, "two lengths"),
    (b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501, "another coding"),
    (b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400, "a bad chunk"),
    (b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", 415, "a packed body"),
    (b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999\r\n\r\n", 413, "a large form"),
    (b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999999999999999999\r\n\r\n", 400, "an endless length"),
    (b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\n%ff", 400, "a form that is not UTF-8"),
]


@pytest.mark.parametrize("request_bytes, expected, what", REFUSED, ids=[what for _, _, what in REFUSED])
def test_what_the_server_refuses_before_any_page(shared_server, request_bytes, expected, what):
    answer = say(shared_server, request_bytes)
    assert status(answer) in (expected if isinstance(expected, tuple) else (expected,)), answer[:300]
    assert requests.get(shared_server.address + "/healthz", timeout=30).text == "ok\n"


def test_a_second_request_hidden_in_the_first_is_not_answered(shared_server):
    hidden = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    answer = say(shared_server, b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % len(hidden) + hidden)
    assert status(answer) == 400 and answer.count(b"HTTP/1.1 ") == 1


def is_served(connection):
    """One more request on a connection that stays."""
    connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    heard = b""
    while not heard.endswith(b"ok\n"):
        piece = connection.recv(65536)
        if not piece:
            return False
        heard += piece
    return heard.startswith(b"HTTP/1.1 200 ")


def test_sixty_slow_and_two_hundred_idle_clients_keep_nobody_waiting(town, shared_server):
    slow = [connect(shared_server) for _ in range(260)]
    idle = [slow.pop() for _ in range(200)]
    try:
        for one in idle:   # each was answered once, and stays
            assert is_served(one)
        for number, one in enumerate(slow):
            one.sendall(b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na" if number % 2 else b"GET / HTT")
        quick = shared_server.browser()
        for _ in range(10):
            assert quick.get("/sign-in").status_code == 200
        assert quick.sign_in(EMAIL, PASSWORD).status_code == 200
        for one in slow:   # they still hold their connection: nobody was thrown out to serve the others
            one.setblocking(False)
            with pytest.raises(BlockingIOError):
                one.recv(1)
        for one in idle[:20]:   # and who was idle is served again
            assert is_served(one)
    finally:
        for one in slow + idle:
            one.close()


# ---- headers --------------------------------------------------------------------------------------------


def test_every_page_carries_its_protections(town, person, shared_server):
    stranger = shared_server.browser()
    for page in (stranger.get("/sign-in"), stranger.get("/nowhere"), person.get("/o/ville"), person.get("/o/ville/processings"), person.get("/o/ville/processings/new"), person.get("/account"),
                 person.get("/o/ville/nowhere"), person.post("/sign-in", {}), shared_server.api(None).get(SHEETS)):
        headers = page.headers
        assert headers["X-Content-Type-Options"] == "nosniff", page.url
        policy = headers["Content-Security-Policy"]
        assert "default-src" in policy and "unsafe-inline" not in policy and "unsafe-eval" not in policy and "frame-ancestors 'none'" in policy, policy
        assert "no-store" in headers["Cache-Control"], f"{page.url}: {headers['Cache-Control']}"
        assert headers["Referrer-Policy"] in ("same-origin", "no-referrer", "strict-origin-when-cross-origin")
        assert "Strict-Transport-Security" not in headers and "Server" not in headers
        assert len(headers["X-Request-Id"]) >= 16
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+=|<style|\sstyle=", page.text), page.url
    names = re.findall(r'(?:href|src)="(/static/[^"]+)"', person.get("/o/ville").text)
    assert names
    for name in set(names):
        file = person.get(name)
        assert file.status_code == 200 and "max-age" in file.headers["Cache-Control"] and "no-store" not in file.headers["Cache-Control"], name
        assert file.headers["X-Content-Type-Options"] == "nosniff" and "Set-Cookie" not in file.headers


def test_behind_https_cookies_are_sealed_and_hsts_is_said(installation):
    installation.add_user(EMAIL, PASSWORD)
    # The public address is what is announced, so the port is chosen here.
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([str(installation.binary), "serve", "--listen", f"127.0.0.1:{port}", "--data", str(installation.data_directory), "--public-url", "https://rgpd.ville.test",
                                "--trusted-proxy", "127.0.0.0/8"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=clean_environment({}))
    try:
        for line in process.stdout:
            if "rgpd.ville.test" in line:
                break
        through = {"Host": "rgpd.ville.test", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        page = requests.get(f"http://127.0.0.1:{port}/sign-in", headers=through, timeout=30)
        assert page.status_code == 200 and "max-age" in page.headers["Strict-Transport-Security"]
        cookie = page.headers["Set-Cookie"]
        assert cookie.startswith("__Host-") and "; Secure" in cookie and "; HttpOnly" in cookie and "; Path=/" in cookie and "SameSite" in cookie and "Domain" not in cookie
        plain = requests.get(f"http://127.0.0.1:{port}/sign-in", timeout=30)
        assert "Strict-Transport-Security" not in plain.headers
    finally:
        process.terminate()
        process.communicate(timeout=60)


# ---- sessions -------------------------------------------------------------------------------------------


def cookies_of(browser):
    return {cookie.name: cookie for cookie in browser.session.cookies}


def session_name(browser):
    return next(name for name in cookies_of(browser) if "session" in name)


def test_the_session_cookie_is_for_the_browser_alone(town, shared_server):
    browser = shared_server.browser()
    page = browser.get("/sign-in")
    form = browser.form(page, field="password")
    answer = browser.post("/sign-in", {**form.fields, "email": EMAIL, "password": PASSWORD}, allow_redirects=False)
    assert answer.status_code == 303
    cookie = next(value for value in answer.headers["Set-Cookie"].split(", ") if "session" in value)
    assert "HttpOnly" in cookie and "SameSite" in cookie and "Path=/" in cookie and "Domain" not in cookie and "Secure" not in cookie
    assert len(cookie.split("=")[1].split(";")[0]) >= 22


def test_a_session_planted_before_signing_in_is_worth_nothing_after(town, shared_server, person):
    name = session_name(person)
    first = cookies_of(person)[name].value
    for planted in (first, "a" * 43):             # the attacker's own, and one that never was
        victim = shared_server.browser()
        page = victim.get("/sign-in")
        form = victim.form(page, field="password")
        jar = "; ".join(f"{cookie.name}={cookie.value}" for cookie in victim.session.cookies)
        answer = requests.post(shared_server.address + "/sign-in", {**form.fields, "email": EMAIL, "password": PASSWORD}, headers={"Cookie": f"{jar}; {name}={planted}"}, allow_redirects=False, timeout=30)
        if answer.status_code == 303:
            given = re.search(name + r"=([^;]*)", answer.headers["Set-Cookie"])[1]
            assert given not in (planted, first) and len(given) >= 22
        else:
            assert answer.status_code == 403 and planted == first, "the form was a stranger's: the one signed in has a secret of their own"
    planted = shared_server.browser()
    planted.session.cookies.set(name, "a" * 43)
    assert planted.get("/o/ville", allow_redirects=False).status_code == 303
    again = shared_server.browser()
    again.sign_in(EMAIL, PASSWORD)
    assert cookies_of(again)[name].value != first


def test_signing_out_ends_the_session_everywhere(town, shared_server, person):
    name = session_name(person)
    token = cookies_of(person)[name].value
    copy = shared_server.browser()
    copy.session.cookies.set(name, token)
    assert copy.get("/o/ville", allow_redirects=False).status_code == 200
    assert person.submit(person.get("/o/ville"), action="/sign-out").url.endswith("/sign-in")
    assert name not in cookies_of(person)
    assert copy.get("/o/ville", allow_redirects=False).status_code == 303


def test_a_new_password_or_a_closed_account_ends_sessions(installation):
    installation.cli("organisation", "add", "ville", "--name", "Ville")
    installation.add_user("first@ville.test", PASSWORD)
    installation.add_user(EMAIL, PASSWORD, "--organisation", "ville", "--role", "dpo")
    with installation.serve() as server:
        for command in (("user", "password", EMAIL, "--password-stdin"), ("user", "disable", EMAIL)):
            browser = server.browser()
            browser.sign_in(EMAIL, PASSWORD)
            assert browser.get("/o/ville", allow_redirects=False).status_code == 200
            installation.cli(*command, stdin=PASSWORD + "\n")
            assert browser.get("/o/ville", allow_redirects=False).status_code == 303
        closed = server.browser()
        assert closed.sign_in(EMAIL, PASSWORD).status_code == 422


# ---- forged requests ------------------------------------------------------------------------------------


def test_every_form_refuses_what_does_not_come_from_its_page(town, person, shared_server):
    api = shared_server.api(town.add_token("ville", "dpo"))
    record = api.post(SHEETS, {"name": "Cible"}).json()["id"]
    piece = api.request("POST", f"{SHEETS}/{record}/attachments", files={"file": ("a.txt", b"x")}).json()["id"]
    people, tokens = (json.loads(town.cli(*command, "--json").stdout)["items"] for command in (("user", "list"), ("token", "list", "--organisation", "ville")))
    values = {"organisation": "ville", "register": "processings", "id": record, "attachment": piece, "session": "x", "token": "x"}
    stranger = shared_server.browser()
    page = person.get("/o/ville/processings")
    token, foreign = person.csrf(page), stranger.csrf(stranger.get("/sign-in"))
    routes = [route["path"] for route in json.loads(town.cli("doctor", "--routes", "--json").stdout)["routes"] if route["method"] != "GET" and not route["path"].startswith(("/api/", "/test/"))]
    assert len(routes) > 20
    routes.remove("/sign-in/with/{provider}/logout")   # a program posts there, with what its provider signed: test_oidc.py
    before = api.get(f"{SHEETS}/{record}").json()
    for path in routes:
        own = {**values, "id": people[0]["id"] if "/people/" in path else tokens[0]["id"] if "/tokens/" in path else record}
        address = re.sub(r"\{([a-z_.]+)\}", lambda match: own.get(match[1].rstrip("."), "0190a1b2-0000-7000-8000-00000000ffff"), path)
        data = {"name": "Forgé", "to": "to_validate", "role": "reader", "confirm": "yes"}
        forged = [
            ("no token", data, {}),
            ("an empty token", {**data, "csrf": ""}, {}),
            ("a wrong token", {**data, "csrf": "A" * 86}, {}),
            ("a stranger's token", {**data, "csrf": foreign}, {}),
            ("another site", {**data, "csrf": token}, {"Origin": "https://evil.example"}),
            ("another port", {**data, "csrf": token}, {"Origin": "http://127.0.0.1:1"}),
            ("another site, as the browser says", {**data, "csrf": token}, {"Sec-Fetch-Site": "cross-site"}),
            ("a sister site", {**data, "csrf": token}, {"Sec-Fetch-Site": "same-site"}),
        ]
        if path.startswith("/p/"):   # pages of strangers hold a signed word of their own (test_public_pages.py), and look at where a form comes from all the same
            forged = [one for one in forged if one[2]]
        for what, fields, headers in forged:
            answer = person.post(address, fields, headers=headers, allow_redirects=False)
            assert answer.status_code == 403, f"{path} with {what}: {answer.status_code}"
        if path.startswith("/p/"):
            continue
        sent_as_file = person.request("POST", address, files={"x": ("x", b"x")}, allow_redirects=False)
        assert sent_as_file.status_code == 403, path
        assert person.post(address, json.dumps(data), headers={"Content-Type": "text/plain"}, allow_redirects=False).status_code == 403, path
    assert api.get(f"{SHEETS}/{record}").json() == before
    assert person.get("/o/ville", allow_redirects=False).status_code == 200, "a forged sign-out passed"


def test_a_token_in_a_cookie_and_a_session_at_the_api_open_nothing(town, person, shared_server):
    assert person.get("/api/v1" + SHEETS, headers={"Accept": "application/json"}).status_code == 401
    token = town.add_token("ville", "dpo")
    assert requests.get(shared_server.address + "/o/ville", headers={"Authorization": f"Bearer {token}"}, allow_redirects=False, timeout=30).status_code == 303


ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "http:evil.example", "javascript:alert(1)", "/\t/evil.example", "/%09/evil.example", "/%5cevil.example", "///evil.example",
             "evil.example", "/..//evil.example", "@evil.example", "/\r\nLocation: https://evil.example", " //evil.example", "/%2f/evil.example", "data:text/html,x"]


def test_nobody_is_sent_elsewhere_after_signing_in(town, shared_server):
    for target in ELSEWHERE:
        browser = shared_server.browser()
        page = browser.get("/sign-in", params={"next": target})
        assert page.status_code in (200, 400), target
        if page.status_code == 400:
            continue
        form = browser.form(page, field="password")
        for asked in (form.fields.get("next", ""), target):
            answer = browser.post("/sign-in", {**form.fields, "next": asked, "email": EMAIL, "password": PASSWORD}, allow_redirects=False)
            if answer.status_code != 303:
                continue   # signed in already
            where = answer.headers["Location"]
            assert where.startswith("/") and not where.startswith(("//", "/\\")) and "evil.example" not in urlsplit(where.replace("\\", "/")).netloc, f"{target!r}: {where}"
            assert not re.search(r"[\x00-\x1f]", where)
            browser = shared_server.browser()
            form = browser.form(browser.get("/sign-in"), field="password")
    known = shared_server.browser()
    assert known.sign_in(EMAIL, PASSWORD, "/o/ville/processings?q=a").url.endswith("/o/ville/processings?q=a")


# ---- the way in -----------------------------------------------------------------------------------------


def try_in(browser, email, password):
    page = browser.get("/sign-in")
    form = browser.form(page, field="password")
    return browser.post("/sign-in", {**form.fields, "email": email, "password": password}, allow_redirects=False)


def test_guessing_is_slowed_and_nobody_is_locked_out(binary, tmp_path):
    from harness import Installation
    installation = Installation(binary, tmp_path / "data", {"GREFFIER_CLOCK": "2026-01-15T09:00:00Z"})
    installation.cli("organisation", "add", "ville", "--name", "Ville", "--test-clock")
    installation.add_user(EMAIL, PASSWORD, "--organisation", "ville", "--role", "dpo")
    with installation.serve() as server:
        browser, answers = server.browser(), []
        for _ in range(40):
            answers.append(try_in(browser, EMAIL, "faux"))
            if answers[-1].status_code == 429:
                break
        assert [answer.status_code for answer in answers[:3]] == [422, 422, 422]
        slowed = answers[-1]
        assert slowed.status_code == 429 and int(slowed.headers["Retry-After"]) > 0
        wait = int(slowed.headers["Retry-After"])
        for _ in range(20):   # hammering lengthens nothing
            again = try_in(browser, EMAIL, "faux")
            assert again.status_code == 429 and int(again.headers["Retry-After"]) <= wait
        assert wait <= 3600
        moved = requests.post(server.address + "/test/clock", data={"advance_seconds": str(wait + 1)}, timeout=30)
        assert moved.status_code == 200, moved.text
        assert try_in(browser, EMAIL, PASSWORD).status_code == 303, "the person is never locked out"
        unknown = server.browser()
        assert try_in(unknown, "nobody@ville.test", "faux").text.count("nobody@ville.test") <= 2


def test_the_set_up_link_dies_with_its_use(installation):
    with installation.serve() as server:
        address = server.setup_address
        assert address and len(address.rsplit("/", 1)[1]) >= 22
        path = urlsplit(address).path
        browser = server.browser()
        page = browser.get(path)
        assert page.status_code == 200 and page.headers["Referrer-Policy"] == "no-referrer" and "noindex" in (page.headers.get("X-Robots-Tag", "") + page.text) and "no-store" in page.headers["Cache-Control"]
        form = browser.form(page, field="password")
        weak = browser.submit(page, {name: "x" for name, kind in form.types.items() if kind in ("password", "email", "text")}, field="password")
        assert weak.status_code == 422 and browser.get(path).status_code == 200, "a refused form kills nothing"
        given = {name: PASSWORD if kind == "password" else EMAIL if kind == "email" else "Ville" for name, kind in form.types.items() if kind in ("password", "email", "text")}
        if "slug" in given:
            given["slug"] = "ville"
        done = browser.submit(page, given, field="password")
        assert done.status_code == 200 and "/setup/" not in done.url, done.text[:800]
        late = server.browser()
        for wrong in (path, path[:-1] + ("a" if path[-1] != "a" else "b"), "/setup/x", "/welcome/x"):
            assert late.get(wrong).status_code in (404, 410), wrong
            secret = late.csrf(late.get("/sign-in"))
            assert late.post(wrong, {**given, "csrf": secret}).status_code in (404, 410), wrong
        assert try_in(late, EMAIL, PASSWORD).status_code == 303
        token = path.rsplit("/", 1)[1]
        assert sum(token in line for line in server.lines) == 1, "only the line that announces it"
    with installation.serve() as server:
        assert server.setup_address is None




def test_the_log_holds_no_token_query_or_address(installation):
    installation.cli("organisation", "add", "ville", "--name", "Ville")
    installation.add_user(EMAIL, PASSWORD, "--organisation", "ville", "--role", "dpo")
    token = installation.add_token("ville", "dpo")
    with installation.serve() as server:
        browser = server.browser()
        browser.sign_in(EMAIL, PASSWORD, "/o/ville/processings?q=recherche-intime")
        try_in(server.browser(), "intrus@ailleurs.test", "mot-de-passe-tape")
        browser.get("/setup/jeton-de-mise-en-route")
        browser.get("/nowhere/chemin-inconnu?x=chose-secrete")
        server.api(token).get(SHEETS + "?q=recherche-intime")
        server.api("gft_faux-jeton-entier").get(SHEETS)
        server.api(token).post(SHEETS, {"name": "Titre confidentiel"})
        browser.post("/sign-in", {"email": EMAIL, "password": "mot-de-passe-tape", "csrf": "x"})
        session = next(cookie.value for cookie in browser.session.cookies if "session" in cookie.name)
        server.stop()
        log = server.output
    assert "event=request" in log and "/o/{organisation}/{register}" in log
    for word in (token, session, "recherche-intime", EMAIL, "intrus", "mot-de-passe", "jeton", "chemin-inconnu", "chose-secrete", "confidentiel", PASSWORD):
        assert word not in log, word


# ---- starting and stopping ------------------------------------------------------------------------------


def serve_once(installation, *arguments):
    return installation.cli.run("serve", *arguments, timeout=60)


def test_beyond_this_machine_only_behind_https_and_never_with_demonstration_data(installation):
    for listen in ("0.0.0.0:0", "[::]:0"):
        for more in ((), ("--public-url", "http://rgpd.ville.test")):
            done = serve_once(installation, "--listen", listen, *more)
            assert done.returncode == 2 and "https" in done.stderr, done.stderr
    installation.cli("demo", "--organisations", "1", "--processings", "1")
    for arguments in (("--listen", "0.0.0.0:0", "--public-url", "https://rgpd.ville.test"), ("--listen", "127.0.0.1:0", "--public-url", "https://rgpd.ville.test")):
        done = serve_once(installation, *arguments)
        assert done.returncode == 2 and "--allow-demo" in done.stderr, done.stderr


@pytest.mark.skipif(ENGINE == "postgres", reason="several may serve one database of a server")
def test_a_second_server_on_the_same_data_is_refused(town, shared_server):
    done = serve_once(town, "--listen", "127.0.0.1:0")
    assert done.returncode == 2 and done.stderr.strip()
    assert requests.get(shared_server.address + "/healthz", timeout=30).ok


def test_a_port_that_is_taken_is_said(installation, shared_server):
    done = serve_once(installation, "--listen", urlsplit(shared_server.address).netloc)
    assert done.returncode == 2 and "listen" in done.stderr.lower() or "écout" in done.stderr, done.stderr


def test_commands_work_beside_a_running_server(town, shared_server, tmp_path):
    source = tmp_path / "one.json"
    source.write_text(json.dumps([{"reference": "CLI-1", "name": "Par la commande"}]))
    api = shared_server.api(town.add_token("ville", "dpo"))
    with ThreadPoolExecutor(3) as pool:
        answers = [pool.submit(api.post, SHEETS, {"name": f"Par l’API {number}"}) for number in range(20)]
        town.cli("import", source, "--organisation", "ville")
        assert all(answer.result().status_code == 201 for answer in answers)
    assert api.get(SHEETS, params={"q": "commande"}).json()["total"] == 1
    report = json.loads(town.cli("doctor", "--json").stdout)
    assert report["state"] != "failure"


def test_asked_to_stop_it_finishes_what_it_began(installation):
    installation.cli("organisation", "add", "ville", "--name", "Ville")
    token = installation.add_token("ville", "dpo")
    with installation.serve() as server:
        body = json.dumps({"name": "Commencé avant l’arrêt"}).encode()
        with connect(server) as begun, connect(server) as idle:
            begun.sendall(b"POST /api/v1%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (SHEETS.encode(), token.encode(), len(body)) + body[:5])
            # A request answered after the bytes above shows that they have been read.
            assert requests.get(server.address + "/healthz", timeout=30).ok
            server.process.send_signal(signal.SIGTERM)
            assert hear(idle) == b"", "a connection that asked nothing is closed"
            begun.sendall(body[5:])
            answer = hear(begun)
            assert status(answer) == 201, answer[:300]
        assert server.process.wait(60) == 0
    kept = json.loads(installation.cli("export", "--organisation", "ville", "--register", "processings", "--format", "json", "-o", "-").stdout)["items"]
    assert [item["name"] for item in kept] == ["Commencé avant l’arrêt"]


def test_a_former_slug_leads_on_even_when_it_begins_a_word_of_the_address(installation):
    installation.cli("organisation", "add", "ap", "--name", "Ville")
    installation.add_user(EMAIL, PASSWORD, "--organisation", "ap", "--role", "administrator")
    token = installation.add_token("ap", "dpo")
    with installation.serve() as server:
        browser = server.browser()
        browser.sign_in(EMAIL, PASSWORD)
        renamed = browser.submit(browser.get("/o/ap/settings"), {"slug": "apres"}, field="slug")
        assert renamed.status_code == 200, renamed.text[:800]
        api = server.api(token)
        moved = api.get("/organisations/ap/processings?q=ap", allow_redirects=False)
        assert (moved.status_code, moved.headers["Location"]) == (301, "/api/v1/organisations/apres/processings?q=ap")
        assert browser.get("/o/ap/processings", allow_redirects=False).headers["Location"] == "/o/apres/processings"
