"""Starts the real program for tests and talks to it as a person, a script or the command line would.

    def test_a_clerk_signs_in(installation, server):
        installation.cli("organisation", "add", "ville", "--name", "Ville")
        person = server.browser()
        person.sign_in("clerk@ville.test", password)
        assert person.get("/").ok

Everything listens on 127.0.0.1 on a port the system chose; every process ends with the test that began it.
"""
import atexit
import contextlib
import functools
import os
import re
import secrets
import socket
import sqlite3
import subprocess
import threading
import time
import weakref
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import requests

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60       # first start makes keys and migrates; a sanitizer build is slow
STOP_SECONDS = 30        # the server lets requests in flight finish


def find_binary():
    """GREFFIER_BIN, else the Debug build, else the Release build, else None."""
    named = os.environ.get("GREFFIER_BIN")
    candidates = [Path(named)] if named else [ROOT / "build" / preset / "greffier" for preset in ("dev", "release")]
    return next((path.resolve() for path in candidates if path.is_file() and os.access(path, os.X_OK)), None)


class CommandFailed(AssertionError):
    """A command that a test needed did not exit 0."""


class Cli:
    """Runs `greffier …` on one data directory: cli("organisation", "list") returns the finished process."""

    def __init__(self, binary, data_directory=None, environment=None):
        self.binary, self.data_directory = binary, data_directory
        self.environment = environment or {}

    def run(self, *arguments, stdin=None, timeout=120, **environment):
        """The finished process, whatever its exit code (.returncode, .stdout, .stderr as text)."""
        command = [str(self.binary), *map(str, arguments)]
        if self.data_directory is not None:
            command += ["--data", str(self.data_directory)]
        return subprocess.run(command, input=stdin if stdin is not None else "", capture_output=True, text=True,
                              timeout=timeout, env=clean_environment({**self.environment, **environment}))

    def __call__(self, *arguments, **options):
        """As run(), but anything except exit code 0 fails the test with what the command said."""
        done = self.run(*arguments, **options)
        if done.returncode != 0:
            raise CommandFailed(f"greffier {' '.join(map(str, arguments))} ended with {done.returncode}:\n"
                                f"{done.stdout}{done.stderr}")
        return done


def clean_environment(more):
    """The caller's environment without settings of Greffier of its own; French by default, as the product is."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GREFFIER_")}
    return {**kept, "LANG": "fr_FR.UTF-8", **more}


ENGINE = os.environ.get("GREFFIER_TEST_ENGINE", "sqlite")   # or postgres: the same tests on the other one


def postgres_tool(*arguments):
    return subprocess.run([str(ROOT / "tools" / "test_postgres"), *arguments], check=True, capture_output=True, text=True, timeout=120).stdout.strip()


@functools.cache
def postgres_server():
    """The address of the tests' server: the one ./test started, else one that ends with these tests."""
    given = os.environ.get("GREFFIER_TEST_POSTGRES")
    if given:
        return given
    address = postgres_tool("start")
    atexit.register(postgres_tool, "stop", address)
    return address


class Installation:
    """A data directory, and the command line on it; with GREFFIER_TEST_ENGINE=postgres, a database of its own too."""

    def __init__(self, binary, data_directory, environment=None):
        self.binary, self.data_directory = binary, Path(data_directory)
        self.environment = dict(environment or {})
        if ENGINE == "postgres" and "GREFFIER_DATABASE" not in self.environment:
            server = postgres_server()   # first: what is registered last goes first
            database = postgres_tool("create", server)
            self.environment["GREFFIER_DATABASE"] = database
            weakref.finalize(self, postgres_tool, "drop", database)
        self.cli = Cli(binary, data_directory, self.environment)

    def tamper(self, statement):
        """Changes the database behind the program's back."""
        if "GREFFIER_DATABASE" in self.environment:
            subprocess.run(["psql", "-X", "-q", self.environment["GREFFIER_DATABASE"], "-c", statement], check=True, capture_output=True, timeout=60)
            return
        with contextlib.closing(sqlite3.connect(self.data_directory / "greffier.db")) as database, database:
            database.execute(statement)

    def add_user(self, email, password=None, *arguments):
        """Creates an account; returns its password. More arguments go to `user add` as they are."""
        password = password or "mot de passe " + secrets.token_hex(8)
        self.cli("user", "add", email, "--password-stdin", *arguments, stdin=password + "\n")
        return password

    def add_token(self, organisation, role="administrator", *arguments):
        """An API token: the command prints it alone on standard output."""
        return self.cli("token", "add", "--organisation", organisation, "--role", role, *arguments).stdout.strip()

    def serve(self, *arguments):
        return Server(self, *arguments)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`greffier serve` on a free port. Use it in `with`, or call stop()."""

    def __init__(self, installation, *arguments):
        self.lines = []          # what it printed, standard error included
        given = [str(argument) for argument in arguments]
        # A certificate that signed itself is its own authority.
        self.verify = given[given.index("--tls-cert") + 1] if "--tls-cert" in given else True
        self._address_known = threading.Event()
        self.address = None
        if "--public-url" in given:   # what it prints is then another machine's address
            port = free_port()
            given += ["--listen", f"127.0.0.1:{port}"]
            self.address = f"http://127.0.0.1:{port}"
            self._address_known.set()
        elif "--listen" not in given:
            given += ["--listen", "127.0.0.1:0"]
        self.process = subprocess.Popen(
            [str(installation.binary), "serve", "--data", str(installation.data_directory), *given],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env=clean_environment(installation.environment))
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        try:
            self._wait_until_healthy()
        except BaseException:
            self.stop()
            raise

    def _read(self):
        # Whoever prints into a full pipe stands still: the output is always drained.
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            found = re.search(r"https?://(?:127\.0\.0\.1|localhost):[1-9]\d*", line)
            if found and self.address is None:
                self.address = found[0]
                self._address_known.set()
        self._address_known.set()

    def _wait_until_healthy(self):
        end = time.monotonic() + START_SECONDS
        self._address_known.wait(START_SECONDS)
        while self.address is not None and self.process.poll() is None and time.monotonic() < end:
            try:
                if requests.get(self.address + "/healthz", timeout=5, verify=self.verify).status_code == 200:
                    return
            except requests.RequestException:
                pass
            time.sleep(0.02)
        raise AssertionError("greffier serve did not answer /healthz; it said:\n" + self.output)

    @property
    def output(self):
        return "\n".join(self.lines)

    @property
    def setup_address(self):
        """The one-time address of a first start, as printed."""
        found = re.search(r"https?://\S*/set-?up/\S+", self.output)
        return found[0] if found else None

    def browser(self, language="fr"):
        return Browser(self.address, language, self.verify)

    def api(self, token):
        return Api(self.address, token)

    def stop(self):
        """Asks it to end (SIGTERM) and returns its exit code; one that does not end in time is killed."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._reader.join(5)
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Form:
    """One form of a page: where it goes, and what it would send untouched."""

    def __init__(self, attributes):
        self.action = attributes.get("action") or ""
        self.method = (attributes.get("method") or "get").lower()
        self.fields = {}         # name -> value; a repeated name keeps a list
        self.types = {}

    def add(self, name, value, kind):
        self.types[name] = kind
        if name in self.fields:
            before = self.fields[name]
            self.fields[name] = (before if isinstance(before, list) else [before]) + [value]
        else:
            self.fields[name] = value

    def name_of_type(self, *kinds):
        return next((name for name, kind in self.types.items() if kind in kinds), None)


class FormReader(HTMLParser):
    """The forms of a page, with the values a browser would send."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.forms, self._form, self._area, self._select = [], None, None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        name = attributes.get("name")
        if tag == "form":
            self._form = Form(attributes)
            self.forms.append(self._form)
        elif self._form is None or "disabled" in attributes:
            return
        elif tag == "input" and name:
            kind = (attributes.get("type") or "text").lower()
            if kind in ("submit", "button", "image", "reset", "file"):
                return
            if kind in ("checkbox", "radio") and "checked" not in attributes:
                self._form.types.setdefault(name, kind)
                return
            value = attributes.get("value")
            self._form.add(name, value if value is not None else "on" if kind in ("checkbox", "radio") else "", kind)
        elif tag == "textarea" and name:
            self._area = (name, [])
        elif tag == "select" and name:
            self._select = (name, [], "multiple" in attributes)
        elif tag == "option" and self._select:
            self._select[1].append((attributes.get("value"), "selected" in attributes))

    def handle_data(self, data):
        if self._area:
            self._area[1].append(data)

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area:
            self._form.add(self._area[0], "".join(self._area[1]).removeprefix("\n"), "textarea")
            self._area = None
        elif tag == "select" and self._select:
            name, choices, several = self._select
            chosen = [value for value, selected in choices if selected]
            if not chosen and choices and not several:
                chosen = [choices[0][0]]
            for value in chosen:
                self._form.add(name, value or "", "select")
            self._form.types.setdefault(name, "select")
            self._select = None
        elif tag == "form":
            self._form = None


class Browser:
    """A person with a browser that runs no script: cookies, redirects, forms."""

    def __init__(self, address, language="fr", verify=True):
        self.address = address
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = verify
        self.session.headers["Accept-Language"] = language
        self.session.headers["Accept"] = "text/html"

    def request(self, method, path, **options):
        options.setdefault("timeout", 30)
        return self.session.request(method, urljoin(self.address + "/", path), **options)

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def post(self, path, data=None, **options):
        """A POST as it is, without a CSRF token unless `data` holds one."""
        return self.request("POST", path, data=data, **options)

    def forms(self, page):
        return FormReader(page.text).forms

    def form(self, page, action=None, field=None):
        """The form whose action ends with `action`, or that has `field`; else the first that posts."""
        for form in self.forms(page):
            if action is not None and not form.action.split("?")[0].endswith(action):
                continue
            if field is not None and field not in form.types:
                continue
            if action is None and field is None and form.method != "post":
                continue
            return form
        raise AssertionError(f"{page.url} has no such form (action {action}, field {field}):\n{page.text[:2000]}")

    def submit(self, page, values=None, action=None, field=None, **options):
        """Sends a form of a page as a browser would, with `values` over what it held (None leaves a field out)."""
        form = self.form(page, action, field)
        data = {name: value for name, value in {**form.fields, **(values or {})}.items() if value is not None}
        target = urljoin(page.url, form.action) if form.action else page.url
        options.setdefault("headers", {"Origin": self.address, "Referer": page.url})
        return self.request(form.method.upper(), target, **{"data" if form.method == "post" else "params": data},
                            **options)

    def csrf(self, page):
        """The hidden token of the first form that has one."""
        return next((form.fields["csrf"] for form in self.forms(page) if "csrf" in form.fields), None)

    def sign_in(self, email, password, path="/"):
        """Opens `path`, which leads to the sign-in page, and fills it in; returns the page that follows."""
        page = self.get(path)
        form = next((form for form in self.forms(page) if form.name_of_type("password")), None)
        assert form is not None, f"{page.url} ({page.status_code}) shows no sign-in form:\n{page.text[:2000]}"
        secret = form.name_of_type("password")
        who = form.name_of_type("email") or form.name_of_type("text")
        return self.submit(page, {who: email, secret: password}, field=secret)


class Api:
    """A script with a token: api.get("/organisations/ville/processings").json()"""

    def __init__(self, address, token=None):
        self.base = address + "/api/v1"
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Accept"] = "application/json"
        if token is not None:
            self.session.headers["Authorization"] = f"Bearer {token}"

    def request(self, method, path, **options):
        options.setdefault("timeout", 30)
        return self.session.request(method, self.base + path, **options)

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def post(self, path, json=None, **options):
        return self.request("POST", path, json=json, **options)

    def put(self, path, json=None, **options):
        return self.request("PUT", path, json=json, **options)

    def patch(self, path, json=None, **options):
        return self.request("PATCH", path, json=json, **options)

    def delete(self, path, **options):
        return self.request("DELETE", path, **options)
