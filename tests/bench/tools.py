"""What the figures share: the program under test, the floor, a table of results."""
import json
import os
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import harness

HERE = Path(__file__).resolve().parent
LARGE = "grande-collectivite"


def say(text):
    print(text, file=sys.stderr, flush=True)


def quantile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * (len(ordered) - 1) + 0.5))]


class Bench:
    def __init__(self, wish, work):
        self.wish, self.work = wish, Path(work)
        self.data = self.work / "data"
        self.rows, self._server, self._browsers = [], None, {}
        environment = {"GREFFIER_DATABASE": wish.database} if wish.engine == "postgres" else {}
        self.installation = harness.Installation(wish.binary, self.data, environment)

    # the floor -----------------------------------------------------------------------------------------------
    def build_floor(self):
        self.floor_program, self.slow_sync = self.work / "floor", self.work / "slow_sync.so"
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "sqlite3", "libpq"], capture_output=True, text=True, check=True).stdout.split()
        subprocess.run(["g++", "-std=c++20", "-O2", str(HERE / "floor.cpp"), "-o", str(self.floor_program), *flags], check=True)
        subprocess.run(["gcc", "-O2", "-shared", "-fPIC", str(HERE / "slow_sync.c"), "-o", str(self.slow_sync), "-ldl"], check=True)

    def floor(self, *words, slow=False):
        environment = {**os.environ, **({"LD_PRELOAD": str(self.slow_sync), "SLOW_SYNC_US": str(self.wish.sync)} if slow else {})}
        done = subprocess.run([str(self.floor_program), *map(str, words)], capture_output=True, text=True, env=environment)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip())
        return json.loads(done.stdout)

    # the program ---------------------------------------------------------------------------------------------
    @property
    def passwords(self):
        return [line.split("\t") for line in (self.data / "demo-passwords.txt").read_text().splitlines()]

    @property
    def officer(self):
        """The person of the most organisations: the shared officer."""
        return max(self.passwords, key=lambda line: line[3].count(","))

    @property
    def server(self):
        if self._server is None:
            self._server = self.installation.serve()
        return self._server

    def restart(self, **environment):
        """Serves anew, with more environment (a slowed disk); returns the server."""
        self.stop()
        before = self.installation.environment
        self.installation.environment = {**before, **environment}
        try:
            self._server = self.installation.serve()
        finally:
            self.installation.environment = before
        return self._server

    def slowed(self):
        self.log = self.work / "sync.log"
        return self.restart(LD_PRELOAD=str(self.slow_sync), SLOW_SYNC_US=str(self.wish.sync), SLOW_SYNC_LOG=str(self.log))

    def counted(self):
        """Syncs and pages of the write-ahead log so far (only on a slowed server)."""
        self.log.unlink(missing_ok=True)
        self.server.process.send_signal(signal.SIGUSR2)
        for _ in range(200):
            if self.log.exists() and self.log.read_text().endswith("\n"):
                return [int(word) for word in self.log.read_text().split()]
            time.sleep(0.01)
        raise RuntimeError("the preloaded library did not answer")

    def stop(self):
        if self._server is not None:
            self._server.stop()
        self._server, self._browsers = None, {}

    @property
    def port(self):
        return int(self.server.address.rsplit(":", 1)[1])

    def browser(self, large=False):
        """A signed-in person: the shared officer, or the clerk of the one large organisation."""
        if large not in self._browsers:
            browser = self.server.browser()
            email, password = (self.work / "clerk").read_text().split("\t") if large else self.officer[:2]
            assert browser.sign_in(email, password).ok
            self._browsers[large] = browser
        return self._browsers[large]

    def cookie(self, path):
        """The header line of whoever may read that address."""
        jar = self.browser(path.startswith(f"/o/{LARGE}")).session.cookies
        return "Cookie: " + "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar) + "\r\n"

    def token(self, organisation):
        return self.installation.add_token(organisation, "dpo")

    def cpu_ns(self):
        """Nanoseconds of processor the server has used, all threads."""
        return sum(int((task / "schedstat").read_text().split()[0]) for task in Path(f"/proc/{self.server.process.pid}/task").iterdir())

    def resident_mb(self):
        return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.server.process.pid}/status").read_text())[1]) / 1024

    def get(self, path, count=1000):
        """One client, one request at a time: p50_us and p99_us of each, bytes, and the server's CPU per request."""
        cookie = self.cookie(path)
        self.floor("get", self.port, path, cookie, 50)
        before = self.cpu_ns()
        told = self.floor("get", self.port, path, cookie, count)
        return {**told, "server_us": (self.cpu_ns() - before) / 1000 / (count + 30)}

    def median(self, act):
        """The median of each figure over the runs."""
        told = [act() for _ in range(self.wish.runs)]
        return {name: statistics.median(each[name] for each in told) for name in told[0]}

    def wrk(self, path, seconds=5, connections=32):
        done = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-H", self.cookie(path).strip(), f"{self.server.address}{path}"],
                              capture_output=True, text=True, check=True)
        units = {"us": 0.001, "ms": 1, "s": 1000}
        p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", done.stdout)
        errors = re.search(r"Non-2xx or 3xx responses: (\d+)", done.stdout)
        if errors:
            raise RuntimeError(f"{errors[1]} requests of {path} were refused")
        return {"per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1]), "p99_ms": float(p99[1]) * units[p99[2]]}

    # the data ------------------------------------------------------------------------------------------------
    def organisations(self):
        answer = self.installation.cli("organisation", "list", "--json").stdout
        told = json.loads(answer)
        return told["items"] if isinstance(told, dict) else told

    def usual(self):
        """A body of the ordinary size, away from the first ones."""
        return self.organisations()[min(100, self.wish.organisations - 1)]["slug"]

    def id_of(self, slug):
        return next(each["id"] for each in self.organisations() if each["slug"] == slug).replace("-", "")

    @property
    def database_file(self):
        return self.data / "greffier.db"

    def bare_list(self, slug, count=2000):
        if self.wish.engine == "postgres":
            return self.floor("list-postgres", self.wish.database, self.id_of(slug), "processings", count)
        return self.floor("list", self.database_file, self.id_of(slug), "processings", count)

    # results -------------------------------------------------------------------------------------------------
    def row(self, name, value, unit, target=None, below=True, note=""):
        kept = None if target is None else (value <= target if below else value >= target)
        self.rows.append({"figure": name, "value": round(value, 3), "unit": unit, "target": target, "below": below, "kept": kept, "note": note})
        say(f"   {name}: {value:.2f} {unit}" + ("" if target is None else f" (target {'<=' if below else '>='} {target})") + (f"  {note}" if note else ""))

    def missed(self, name, problem):
        self.rows.append({"figure": name, "value": None, "unit": "", "target": None, "below": True, "kept": None, "note": f"not measured: {problem}"[:300]})
        say(f"   not measured: {problem}")

    def print_table(self):
        print("| figure | measured | target | kept | note |\n|---|---|---|---|---|")
        for row in self.rows:
            value = "" if row["value"] is None else f"{row['value']:,.2f} {row['unit']}"
            target = "" if row["target"] is None else f"{'≤' if row['below'] else '≥'} {row['target']:,} {row['unit']}"
            kept = {True: "yes", False: "**no**", None: ""}[row["kept"]]
            print(f"| {row['figure']} | {value} | {target} | {kept} | {row['note']} |")


def in_parallel(count, act):
    """act(number) in as many threads; the first failure is raised."""
    failures = []

    def guarded(number):
        try:
            act(number)
        except BaseException as problem:
            failures.append(problem)

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def records_in(path):
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute("SELECT count(*) FROM record").fetchone()[0]
