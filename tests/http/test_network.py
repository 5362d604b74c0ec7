"""The server on the network: TLS, proxies in front, compressed pages, instruments, and the words of its refusals."""
import gzip
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import time
from urllib.parse import urlsplit

import pytest
import requests

from harness import clean_environment

EMAIL, PASSWORD = "clerk@ville.test", "Quatre chats gris dorment sous le porche"
SHEETS = "/organisations/ville/processings"


def make_certificate(folder, name="rgpd.ville.test", days=30):
    """A certificate that signed itself, for this machine and one name; the paths of it and of its key."""
    certificate, key = folder / "cert.pem", folder / "key.pem"
    fresh = [folder / "cert.new", folder / "key.new"]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", str(days), "-subj", "/CN=" + name,
                    "-addext", f"subjectAltName=IP:127.0.0.1,DNS:{name},DNS:localhost", "-out", fresh[0], "-keyout", fresh[1]], check=True, capture_output=True)
    for new, place in zip(fresh, (certificate, key)):
        os.replace(new, place)   # as renewal programs do: whole or not at all
    return certificate, key


@pytest.fixture
def town(installation):
    installation.cli("organisation", "add", "ville", "--name", "Ville")
    installation.add_user(EMAIL, PASSWORD, "--organisation", "ville", "--role", "administrator")
    return installation


@pytest.fixture(scope="module")
def shared_town(shared_installation):
    shared_installation.cli("organisation", "add", "ville", "--name", "Ville")
    shared_installation.add_user(EMAIL, PASSWORD, "--organisation", "ville", "--role", "administrator")
    return shared_installation


@pytest.fixture
def api(shared_town, shared_server):
    return shared_server.api(shared_town.add_token("ville", "dpo"))


def raw(server, request):
    """Bytes as they are over a connection of their own; all that comes back."""
    where = urlsplit(server.address)
    with socket.create_connection((where.hostname, where.port), timeout=30) as connection:
        connection.sendall(request)
        heard = b""
        while piece := connection.recv(65536):
            heard += piece
    return heard


def eventually(what, seconds=30):
    """Waits for a state that the server reaches by itself; fails when it never does."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)


def sample(text, name):
    """The value of a metric without labels, or with exactly these."""
    found = re.search(r"^" + re.escape(name) + r" (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else None


# ---- TLS ------------------------------------------------------------------------------------------------


def test_everything_works_over_tls(town, tmp_path):
    certificate, key = make_certificate(tmp_path)
    with town.serve("--tls-cert", certificate, "--tls-key", key) as server:
        assert server.address.startswith("https://127.0.0.1:")
        person = server.browser()
        page = person.sign_in(EMAIL, PASSWORD)
        assert page.status_code == 200 and "/o/ville" in page.url
        assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
        cookie = next(cookie for cookie in person.session.cookies if "session" in cookie.name)
        assert cookie.name.startswith("__Host-") and cookie.secure
        created = requests.post(f"{server.address}/api/v1{SHEETS}", json={"name": "Chiffré"}, timeout=30, verify=str(certificate),
                                headers={"Authorization": f"Bearer {town.add_token('ville', 'dpo')}"})
        assert created.status_code == 201
        wrong_site = person.post("/o/ville/processings", {"csrf": "x"}, headers={"Origin": server.address.replace("https", "http")}, allow_redirects=False)
        assert wrong_site.status_code in (403, 405)


def test_clear_text_at_an_https_port_is_told_so(town, tmp_path):
    certificate, key = make_certificate(tmp_path)
    with town.serve("--tls-cert", certificate, "--tls-key", key) as server:
        heard = raw(server, b"GET /o/ville HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert heard.startswith(b"HTTP/1.1 400 ") and b"https" in heard
        # And somebody who never greets hinders nobody.
        where = urlsplit(server.address)
        silent = [socket.create_connection((where.hostname, where.port)) for _ in range(60)]
        assert requests.get(server.address + "/healthz", verify=str(certificate), timeout=10).ok
        for connection in silent:
            connection.close()


def served_certificate(server):
    where = urlsplit(server.address)
    return ssl.get_server_certificate((where.hostname, where.port))


def test_a_renewed_certificate_is_taken_without_a_pause_and_a_bad_one_is_not(town, tmp_path):
    certificate, key = make_certificate(tmp_path)
    with town.serve("--tls-cert", certificate, "--tls-key", key) as server:
        keeping = server.browser()
        assert keeping.get("/healthz").ok
        first = served_certificate(server)
        make_certificate(tmp_path)
        server.process.send_signal(signal.SIGHUP)
        eventually(lambda: served_certificate(server) != first)
        second = served_certificate(server)
        assert second.strip() in certificate.read_text()
        assert keeping.get("/healthz").ok, "a connection that stands keeps its own"
        certificate.write_text("-----BEGIN CERTIFICATE-----\nabîmé\n-----END CERTIFICATE-----\n")
        server.process.send_signal(signal.SIGHUP)
        eventually(lambda: "certificate_kept" in server.output)
        assert served_certificate(server) == second
        make_certificate(tmp_path)   # noticed by itself
        eventually(lambda: served_certificate(server) != second)
        eventually(lambda: server.output.count("event=certificate_loaded") == 2)


def test_a_certificate_that_cannot_serve_is_said_before_anything_is_touched(installation, tmp_path):
    certificate, key = make_certificate(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    wrong_key = make_certificate(other)[1]
    for arguments, word in (((certificate, wrong_key), "n’est pas celle du certificat"), ((certificate, tmp_path / "absent.pem"), "absent.pem"), ((key, key), "certificat")):
        done = installation.cli.run("serve", "--listen", "127.0.0.1:0", "--tls-cert", arguments[0], "--tls-key", arguments[1], timeout=60)
        assert done.returncode == 2 and word in done.stderr and len(done.stderr.strip().splitlines()) == 1, done.stderr
        assert not installation.data_directory.exists()
    alone = installation.cli.run("serve", "--listen", "127.0.0.1:0", "--tls-cert", certificate, timeout=60)
    assert alone.returncode == 2 and "--tls-key" in alone.stderr


def test_with_a_certificate_it_listens_beyond_this_machine_under_the_names_of_the_certificate(town, tmp_path):
    certificate, key = make_certificate(tmp_path)
    with town.serve("--listen", "0.0.0.0:0", "--tls-cert", certificate, "--tls-key", key) as server:
        def status(host):
            return requests.get(server.address + "/healthz", verify=str(certificate), headers={"Host": host}, timeout=30).status_code
        assert status("rgpd.ville.test") == 200 and status("evil.example") == 421


# ---- proxies --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trusted", [True, False])
def test_the_visitor_behind_a_proxy_is_slowed_not_the_proxy(binary, tmp_path, trusted):
    from harness import Installation
    installation = Installation(binary, tmp_path / "data")
    installation.cli("organisation", "add", "ville", "--name", "Ville")
    installation.add_user(EMAIL, PASSWORD, "--organisation", "ville", "--role", "dpo")
    with installation.serve(*(["--trusted-proxy", "127.0.0.1/32", "--trusted-proxy", "2001:db8::/32"] if trusted else [])) as server:
        def tries(forwarded):
            browser = server.browser()
            statuses = []
            for _ in range(8):
                form = browser.form(browser.get("/sign-in", headers=forwarded), field="password")
                statuses.append(browser.post("/sign-in", {**form.fields, "email": EMAIL, "password": "faux"}, headers=forwarded, allow_redirects=False).status_code)
            return statuses
        assert 429 in tries({"X-Forwarded-For": "9.9.9.9, 192.0.2.1, 2001:db8::5"})
        # Another visitor, whatever was written left of the address that the proxy saw.
        other = tries({"X-Forwarded-For": "192.0.2.1, 192.0.2.2"})
        assert (other[0] == 422) == trusted, other
        if trusted:
            assert tries({"X-Forwarded-For": "8.8.8.8, 192.0.2.1"})[0] == 429, "the left part is the visitor's own invention"
            assert tries({"Forwarded": 'for=1.2.3.4, for="[2a00:db8::9]:51000"'})[0] == 422
        server.stop()
        assert "192.0.2" not in server.output and "2a00:db8" not in server.output, "no address of a person in the log"


def test_the_scheme_and_the_host_are_believed_of_a_declared_proxy_alone(town):
    with town.serve("--trusted-proxy", "127.0.0.1", "--public-url", "https://rgpd.ville.test") as server:
        secure = requests.get(server.address + "/sign-in", headers={"X-Forwarded-Proto": "https", "X-Forwarded-Host": "rgpd.ville.test"}, timeout=30)
        assert secure.status_code == 200 and "Strict-Transport-Security" in secure.headers and "__Host-" in secure.headers["Set-Cookie"]
        assert requests.get(server.address + "/sign-in", headers={"X-Forwarded-Host": "evil.example"}, timeout=30).status_code == 421
        assert "Strict-Transport-Security" not in requests.get(server.address + "/sign-in", timeout=30).headers
    with town.serve("--trusted-proxy", "10.0.0.0/8", "--public-url", "https://rgpd.ville.test") as server:
        spoofed = requests.get(server.address + "/sign-in", headers={"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example", "Forwarded": "for=1.1.1.1;proto=https"}, timeout=30)
        assert spoofed.status_code == 200 and "Strict-Transport-Security" not in spoofed.headers


def test_a_proxy_that_is_no_network_is_refused(installation):
    done = installation.cli.run("serve", "--trusted-proxy", "10.0.0.0/33", timeout=60)
    assert done.returncode == 2 and "trusted-proxy" in done.stderr


# ---- compressed pages -----------------------------------------------------------------------------------


def test_a_list_of_fifty_travels_within_its_budget(installation):
    """150 KB for a first visit: the page and every style, script, font and picture it names, as they travel."""
    installation.cli("demo", "--organisations", "1", "--processings", "60")
    slug = json.loads(installation.cli("organisation", "list", "--json").stdout)["items"][0]["slug"]
    installation.add_user(EMAIL, PASSWORD, "--organisation", slug, "--role", "dpo")
    with installation.serve() as server:
        person = server.browser()
        person.sign_in(EMAIL, PASSWORD)
        page = person.get(f"/o/{slug}/processings?per_page=50", stream=True)
        travelled = page.raw.read(decode_content=False)
        assert page.headers["Content-Encoding"] == "gzip"
        text = gzip.decompress(travelled).decode()
        assert text.count("<tr") >= 51
        parts = {"the page": len(travelled)}
        wanted = set(re.findall(r'(?:href|src)="/static/([^"#?]+)', text))
        while wanted:
            name = wanted.pop()
            asset = person.get("/static/" + name, stream=True)
            content = asset.raw.read(decode_content=False)
            assert asset.status_code == 200, name
            parts[name] = len(content)
            if name.endswith(".css"):
                style = gzip.decompress(content).decode() if asset.headers.get("Content-Encoding") == "gzip" else content.decode()
                # The letters of French and English; the other file is for those beyond, when a page holds one.
                wanted |= {font for font in re.findall(r"([\w.-]+\.woff2)", style) if "ext" not in font and font not in parts}
        assert sum(parts.values()) <= 150 * 1024, parts
        assert len(travelled) < len(text) / 4


def test_packed_pages_hide_the_forms_secret_under_another_mask_each_time(shared_town, shared_server):
    person = shared_server.browser()
    person.sign_in(EMAIL, PASSWORD)
    pages = [person.get("/o/ville/processings") for _ in range(4)]
    tokens = [person.csrf(page) for page in pages]
    assert pages[0].headers["Content-Encoding"] == "gzip" and len(set(tokens)) == 4
    assert len({token[:8] for token in tokens}) == 4 and len({token[-8:] for token in tokens}) == 4, "no part of it stands still"
    for token in tokens:   # and each opens
        assert person.post("/preferences", {"csrf": token, "theme": "light", "next": "/"}, allow_redirects=False).status_code == 303
    assert person.post("/preferences", {"csrf": tokens[0][:43] + tokens[1][43:], "theme": "light"}, allow_redirects=False).status_code == 403
    from_elsewhere = person.get("/o/ville/processings", headers={"Sec-Fetch-Site": "cross-site"})
    assert from_elsewhere.status_code == 200 and "Content-Encoding" not in from_elsewhere.headers


def test_tags_of_records_are_the_same_packed_or_not(api):
    made = api.post(SHEETS, {"name": "Étiqueté"})
    assert made.status_code == 201, made.text
    address = f"{SHEETS}/{made.json()['id']}"
    known = api.get(address)
    tag = known.headers["ETag"]
    assert tag == api.get(address, headers={"Accept-Encoding": "identity"}).headers["ETag"] == made.headers["ETag"]
    changed = api.patch(address, {"service": "Accueil"}, headers={"If-Match": tag})
    assert changed.status_code == 200, changed.text
    assert api.patch(address, {"service": "Autre"}, headers={"If-Match": tag}).status_code == 412
    # A proxy that packs weakens or marks the tag, and the script sends back what it was given.
    for number, form in enumerate(("W/{}", '{}-gzip"', "{}")):
        now = api.get(address).headers["ETag"]
        sent = form.format(now[:-1] if "gzip" in form else now)
        assert api.patch(address, {"service": f"Service {number}"}, headers={"If-Match": sent}).status_code == 200, sent
    assert api.patch(address, {"service": "Autre"}, headers={"If-Match": "W/" + tag}).status_code == 412
    listed = api.get(SHEETS)
    assert listed.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in listed.headers["Vary"]
    plain = api.get(SHEETS, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in plain.headers and "Accept-Encoding" in plain.headers["Vary"] and plain.json() == listed.json()


def test_packing_is_switched_off_by_a_setting(town):
    with town.serve("--no-gzip") as server:
        page = server.browser().get("/sign-in")
        assert page.status_code == 200 and "Content-Encoding" not in page.headers


# ---- instruments ----------------------------------------------------------------------------------------


def test_metrics_count_by_route_and_name_nobody(town):
    with town.serve() as server:
        person = server.browser()
        person.sign_in(EMAIL, PASSWORD, "/o/ville/processings?q=recherche-intime")
        person.get("/nowhere/chemin-inconnu")
        for _ in range(2):
            answer = requests.get(server.address + "/metrics", timeout=30)
        assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        text = answer.text
        assert sample(text, 'greffier_requests_total{method="GET",route="/o/{organisation}/{register}",status="2xx"}') == 1
        assert sample(text, 'greffier_requests_total{method="GET",route="-",status="4xx"}') == 1
        assert sample(text, 'greffier_requests_total{method="GET",route="/metrics",status="2xx"}') == 1
        assert sample(text, "greffier_sessions") == 1
        assert sample(text, "greffier_requests_in_flight") == 1, "this one"
        assert sample(text, "greffier_write_queue") == 0 and sample(text, "greffier_writes_total") >= sample(text, "greffier_commits_total") > 0
        for name in ("greffier_connections", "greffier_workers", "greffier_database_size_bytes", "greffier_disk_free_bytes", "process_resident_memory_bytes", "process_open_fds", "process_max_fds",
                     "process_start_time_seconds", "process_cpu_seconds_total", "greffier_answer_bytes_total"):
            assert sample(text, name) > 0, name
        assert sample(text, "greffier_worker_queue") == 0 and sample(text, "greffier_throttled_total") == 0
        steps = [float(value) for value in re.findall(r'^greffier_request_duration_seconds_bucket\{kind="page",le="[^"]+"\} (\S+)$', text, re.MULTILINE)]
        assert steps == sorted(steps) and steps[-1] == sample(text, 'greffier_request_duration_seconds_count{kind="page"}') > 0
        assert re.search(r'^greffier_build_info\{version="[^"]+",engine="(sqlite|postgresql)"\} 1$', text, re.MULTILINE)
        for word in ("ville", "Ville", EMAIL, "recherche-intime", "chemin-inconnu", "127.0.0.1"):
            assert word not in text, word
        names = re.findall(r"^# TYPE (\S+) ", text, re.MULTILINE)
        assert len(names) == len(set(names))
        for line in text.splitlines():
            assert line.startswith("# ") or re.fullmatch(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [-+0-9.e]+', line), line


def test_metrics_are_for_this_machine_or_for_the_token(town):
    relayed = {"X-Forwarded-For": "192.0.2.1"}
    with town.serve() as server:
        assert requests.get(server.address + "/metrics", headers=relayed, timeout=30).status_code == 404
        assert requests.get(server.address + "/metrics", headers={"Via": "1.1 proxy"}, timeout=30).status_code == 404
        assert requests.get(server.address + "/readyz", headers=relayed, timeout=30).text == "ready\n"
        assert requests.get(server.address + "/readyz", timeout=30).json()["ready"] is True
    town.environment["GREFFIER_METRICS_TOKEN"] = "un-jeton-assez-long-pour-servir"
    with town.serve("--trusted-proxy", "127.0.0.1") as server:
        assert requests.get(server.address + "/metrics", headers=relayed, timeout=30).status_code == 401
        assert requests.get(server.address + "/metrics", headers={**relayed, "Authorization": "Bearer un-jeton-assez-long-pour-servi"}, timeout=30).status_code == 401
        opened = {**relayed, "Authorization": "Bearer un-jeton-assez-long-pour-servir"}
        assert "greffier_sessions" in requests.get(server.address + "/metrics", headers=opened, timeout=30).text
        checks = requests.get(server.address + "/readyz", headers=opened, timeout=30).json()["checks"]
        assert {check["name"] for check in checks} == {"database", "disk", "jobs", "serving"} and all(check["ok"] and check["reason"] is None for check in checks)
        organisations = requests.get(server.address + "/api/v1/organisations", headers=opened, timeout=30)
        assert organisations.status_code == 401, "it opens nothing else"
        server.stop()
        assert "un-jeton" not in server.output
    told = {"GREFFIER_METRICS_TOKEN": town.environment["GREFFIER_METRICS_TOKEN"]}
    shown = town.cli("config", **told).stdout + town.cli("config", "--json", **told).stdout
    assert "un-jeton" not in shown and "***" in shown
    assert town.cli.run("serve", "--metrics-token", "un-jeton-assez-long-pour-servir", timeout=60).returncode == 2, "never on a command line"
    short = town.cli.run("config", GREFFIER_METRICS_TOKEN="court")
    assert short.returncode == 2 and "court" not in short.stderr


def test_it_is_not_ready_without_a_place_to_write_nor_while_it_ends(town):
    with town.serve() as server:
        uploads = town.data_directory / "tmp"
        uploads.rename(town.data_directory / "tmp-away")
        answer = requests.get(server.address + "/readyz", timeout=30)
        assert answer.status_code == 503 and [check["reason"] for check in answer.json()["checks"] if not check["ok"]] == ["not_writable"]
        assert requests.get(server.address + "/healthz", timeout=30).ok, "alive all the same"
        (town.data_directory / "tmp-away").rename(uploads)
        assert requests.get(server.address + "/readyz", timeout=30).status_code == 200
        where = urlsplit(server.address)
        with socket.create_connection((where.hostname, where.port), timeout=30) as begun:
            begun.sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\n")
            assert requests.get(server.address + "/healthz", timeout=30).ok   # answered after the bytes above were read
            server.process.send_signal(signal.SIGTERM)
            eventually(lambda: connection_refused(where))
            begun.sendall(b"\r\n")
            heard = b""
            while piece := begun.recv(65536):
                heard += piece
        assert heard.startswith(b"HTTP/1.1 503 ") and b'"stopping"' in heard and b"Connection: close" in heard
        assert server.process.wait(60) == 0


def connection_refused(where):
    try:
        socket.create_connection((where.hostname, where.port), timeout=5).close()
        return False
    except (ConnectionRefusedError, ConnectionResetError):   # reset: it stood in the queue of a listener that closed
        return True


def test_the_service_manager_hears_of_it(town, tmp_path):
    path = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(path)
        manager.settimeout(60)
        process = subprocess.Popen([str(town.binary), "serve", "--listen", "127.0.0.1:0", "--data", str(town.data_directory)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env=clean_environment({"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "200000"}))
        try:
            heard = manager.recv(200).decode()
            assert heard == "READY=1"
            assert [manager.recv(200) for _ in range(2)] == [b"WATCHDOG=1"] * 2
            process.terminate()
            while heard != "STOPPING=1":
                heard = manager.recv(200).decode()
            assert process.wait(60) == 0
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


# ---- the words of refusals ------------------------------------------------------------------------------


def test_each_refusal_of_the_server_has_words_of_its_own(shared_server):
    person = b"Host: localhost\r\nAccept: text/html\r\nAccept-Language: %s\r\nConnection: close\r\n"
    requests_ = {
        414: b"GET /o/ville?q=" + b"a" * 9000 + b" HTTP/1.1\r\n" + person + b"\r\n",
        431: b"GET /o/ville HTTP/1.1\r\n" + person + b"Cookie: a=" + b"b" * 40000 + b"\r\n\r\n",
        415: b"POST /sign-in HTTP/1.1\r\n" + person + b"Content-Encoding: br\r\nContent-Length: 1\r\n\r\nx",
        413: b"POST /sign-in HTTP/1.1\r\n" + person + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999\r\n\r\n",
    }
    seen = set()
    for language, mark in ((b"fr", 'lang="fr"'), (b"en", 'lang="en"')):
        for status, request in requests_.items():
            heard = raw(shared_server, request.replace(b"%s", language)).decode()
            assert heard.startswith(f"HTTP/1.1 {status} "), heard[:200]
            assert mark in heard and "text/html" in heard
            main = re.search(r'<section class="g-error".*?</section>', heard, re.DOTALL)[0]
            words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main.split("g-error-ref")[0]))
            assert "[" not in words and "aaaa" not in words and "bbbb" not in words, words
            seen.add(words)
    assert len(seen) == 8, "each its own, in each language"
    script = raw(shared_server, b"GET /api/v1/organisations?q=" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").decode()
    assert script.startswith("HTTP/1.1 414 ") and json.loads(script.split("\r\n\r\n", 1)[1])["code"] == "address_too_long"
