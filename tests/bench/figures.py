"""The figures, in the order they are taken: each measures one thing and its floor in the same run."""
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

from registers import every_register
from tools import LARGE, in_parallel, quantile, records_in


def filling(bench):
    """Demonstration data through the ordinary write, against bare inserts of the same rows."""
    wish = bench.wish
    if wish.keep and (bench.data / "demo-passwords.txt").exists():
        return
    start = time.monotonic()
    bench.installation.cli("demo", "--organisations", wish.organisations, "--processings", wish.processings, timeout=7200)
    seconds = time.monotonic() - start
    if wish.engine == "postgres":
        bench.row("demonstration data", wish.organisations * wish.processings / seconds, "records/s", note=f"{seconds:.0f} s in all")
        return
    written = records_in(bench.database_file)
    bare = bench.floor("insert", bench.database_file, bench.work / "bare.db")
    for left in bench.work.glob("bare.db*"):
        left.unlink()
    rate = written / seconds
    bench.row("demonstration data", rate, "records/s", note=f"{written} records in {seconds:.0f} s; bare inserts {bare['per_second']:.0f}/s")
    bench.row("demonstration data / bare inserts", rate / bare["per_second"], "×", 1 / 3, below=False)


def importing(bench):
    """One large organisation, from JSON files (of less than 50 MB, what an import takes) made of an ordinary one's records."""
    if any(each["slug"] == LARGE for each in bench.organisations()):
        return
    bench.stop()
    cli = bench.installation.cli
    source = json.loads(cli("export", "--organisation", bench.usual(), "--register", "processings", "--format", "json", "-o", "-").stdout)
    items = []
    for number in range(bench.wish.large):
        item = dict(source["items"][number % len(source["items"])])
        item.update(id=None, reference=f"G-{number:05}", name=f"{item['name']} – {number}")
        items.append({name: value for name, value in item.items() if name not in ("id", "version", "created_at", "updated_at", "updated_by", "deleted_at", "status")})
    paths = []
    for first in range(0, len(items), 5000):
        paths.append(bench.work / f"large-{first}.json")
        paths[-1].write_text(json.dumps({**source, "items": items[first:first + 5000]}, ensure_ascii=False))
    cli("organisation", "add", LARGE, "--name", "Grande collectivité")
    start = time.monotonic()
    cli("import", *paths, "--organisation", LARGE, "--register", "processings", timeout=7200)
    seconds = time.monotonic() - start
    size = sum(path.stat().st_size for path in paths) >> 20
    bench.row("import of JSON", bench.wish.large / seconds, "records/s", note=f"{bench.wish.large} records in {len(paths)} files, {size} MB, {seconds:.1f} s")
    bench.clerk = ("banc@greffier.example", bench.installation.add_user("banc@greffier.example", None, "--organisation", LARGE, "--role", "dpo"))
    (bench.work / "clerk").write_text("\t".join(bench.clerk))


def settling(bench):
    """PostgreSQL looks after new rows minutes later, of itself: done before the figures, not during them."""
    if bench.wish.engine == "postgres":
        bench.stop()
        subprocess.run(["psql", "-X", "-q", bench.wish.database, "-c", "VACUUM ANALYZE", "-c", "CHECKPOINT"], check=True)


def starting(bench):
    def once():
        bench.stop()
        start = time.monotonic()
        process = bench.server
        del process
        return {"seconds": time.monotonic() - start}

    bench.row("start-up to first answer", bench.median(once)["seconds"], "s", 0.3)


def list_page(bench):
    slug = bench.usual()
    path = f"/o/{slug}/processings?per_page=50"
    page = bench.median(lambda: bench.get(path))
    static_path, fixed = _static_near(bench, page["bytes"])
    fixed = bench.median(lambda: bench.get(static_path))
    bare = bench.median(lambda: bench.bare_list(slug))
    floor = fixed["server_us"] + bare["cpu_us"]
    bench.row("list page: server CPU", page["server_us"], "µs", note=f"{page['bytes']:.0f} bytes")
    bench.row("floor: static answer + bare statements", floor, "µs", note=f"{fixed['server_us']:.0f} + {bare['cpu_us']:.0f}; {fixed['bytes']:.0f} bytes")
    bench.row("list page / floor (CPU)", page["server_us"] / floor, "×", 2)
    bench.row("list page p99", page["p99_us"] / 1000, "ms", 5)
    bench.row("record page p99", bench.median(lambda: bench.get(_a_record(bench, slug)))["p99_us"] / 1000, "ms", 5)
    big = bench.median(lambda: bench.get(f"/o/{LARGE}/processings?per_page=50", 300))
    bench.row(f"list page p99, organisation of {bench.wish.large}", big["p99_us"] / 1000, "ms", 5)


def _static_near(bench, size):
    page = bench.server.browser().get("/sign-in").text
    best = None
    for path in set(re.findall(r"/static/[\w./-]+", page)):
        told = bench.get(path, 20)
        if best is None or abs(told["bytes"] - size) < abs(best[1]["bytes"] - size):
            best = (path, told)
    return best


def _a_record(bench, slug):
    page = bench.browser().get(f"/o/{slug}/processings").text
    return re.search(rf"/o/{slug}/processings/[0-9a-f-]{{36}}", page)[0]


def throughput(bench):
    slug = bench.usual()
    path = f"/o/{slug}/processings?per_page=50"
    size = bench.get(path, 20)["bytes"]
    static_path, _ = _static_near(bench, size)
    bare = bench.bare_list(slug)
    pages = bench.median(lambda: bench.wrk(path))
    fixed = bench.median(lambda: bench.wrk(static_path))
    floor = 1 / (1 / fixed["per_second"] + bare["cpu_us"] / 1e6 / 2)
    bench.row("list pages, 32 connections", pages["per_second"], "/s", note=f"p99 {pages['p99_ms']:.1f} ms")
    bench.row("floor, 32 connections", floor, "/s", note=f"static {fixed['per_second']:.0f}/s, bare statements on two cores")
    bench.row("throughput / floor", pages["per_second"] / floor, "×", 0.6, below=False)


def searching(bench):
    slug = bench.usual()
    lite = bench.wish.engine == "sqlite"

    def p99(path):
        return bench.median(lambda: bench.get(path, 300))["p99_us"] / 1000

    inside = 5 if lite else 15
    bench.row("search in one organisation, broad word, p99", p99(f"/o/{slug}/processings?q=don"), "ms", inside)
    bench.row("search in one organisation, rare word, p99", p99(f"/o/{slug}/processings?q=vid%C3%A9oprotection"), "ms", inside)
    bench.row(f"search in an organisation of {bench.wish.large}, broad word, p99", p99(f"/o/{LARGE}/processings?q=donn%C3%A9es"), "ms", 20 if lite else 40)
    bench.row("search over all organisations, rare word, p99", p99("/search?q=vid%C3%A9oprotection"), "ms", 5 if lite else 100)
    bench.row("search over all organisations, broad word, p99", p99("/search?q=donn%C3%A9es"), "ms", 150 if lite else 400)


def switching(bench):
    """The switch of organisations, at each letter typed, for the officer of them all."""
    for what, letters in (("nothing typed", ""), ("three letters", "com"), ("two words", "saint-a val"), ("no match", "zzzz")):
        told = bench.median(lambda: bench.get("/organisations/search?q=" + letters.replace(" ", "+"), 300))
        bench.row(f"organisation switch, {what}, p99", told["p99_us"] / 1000, "ms", 10)


class _Caller:
    """One keep-alive connection of the API: as little of the client as Python allows."""

    def __init__(self, bench, token):
        self.http = http.client.HTTPConnection("127.0.0.1", bench.port)
        self.headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}

    def ask(self, method, path, body=None, **headers):
        self.http.request(method, "/api/v1" + path, json.dumps(body) if body is not None else None,
                          {**self.headers, **({"Content-Type": "application/json"} if body is not None else {}), **headers})
        answer = self.http.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:200]!r}")
        return answer, text

    def drafts(self, slug, count):
        items = json.loads(self.ask("GET", f"/organisations/{slug}/processings?per_page=200")[1])["items"]
        return [item for item in items if item["status"] in ("draft", "to_validate")][:count]

    def save(self, slug, item, text):
        answer, _ = self.ask("PATCH", f"/organisations/{slug}/processings/{item['id']}", {"name": text}, **{"If-Match": item.get("etag") or f'"{item["version"]}"'})
        item["etag"] = answer.getheader("ETag")


def saving(bench):
    slug = bench.usual()
    bench.slowed()
    token = bench.token(slug)
    sync = bench.floor("sync", bench.work, 300, slow=True)
    caller = _Caller(bench, token)
    items = caller.drafts(slug, 20)
    times, pages, saves = [], 0, 0
    for warm in range(20):
        caller.save(slug, items[warm % len(items)], f"Échauffement {warm}")
    _, before = bench.counted()
    for number in range(400):
        start = time.perf_counter()
        caller.save(slug, items[number % len(items)], f"Gestion des inscriptions, essai {number}")
        times.append((time.perf_counter() - start) * 1000)
        saves += 1
    _, after = bench.counted()
    one = sync["p50_us"] / 1000
    bench.row("save p50", quantile(times, 0.5), "ms", 2 + one, note=f"one fsync of this run: {one:.2f} ms")
    bench.row("save p99", quantile(times, 0.99), "ms", 15 + 2 * one)
    if bench.wish.engine == "sqlite":
        bench.row("pages written to the log per save", (after - before) / saves, "pages", 30)
    done = []

    def writer(number):
        mine = _Caller(bench, token)
        own = items[number::8]
        for turn in range(150):
            start = time.perf_counter()
            mine.save(slug, own[turn % len(own)], f"Écrivain {number}, tour {turn}")
            done.append((time.perf_counter() - start) * 1000)

    start = time.monotonic()
    in_parallel(8, writer)
    bench.row("saves, 8 writers", len(done) / (time.monotonic() - start), "/s", 400, below=False, note=f"p99 {quantile(done, 0.99):.1f} ms")
    bench.stop()


def memory(bench):
    path = f"/o/{bench.usual()}/processings?per_page=50"
    bench.restart()
    seen = 0
    while seen < 10_000:
        seen += int(bench.wrk(path, seconds=3, connections=8)["per_second"] * 3)
    bench.row("resident after 10,000 page views", bench.resident_mb(), "MB", 150 + 64, note=f"{seen} views; 64 MB of it may be argon2's buffer")


def exporting(bench):
    bench.stop()
    for form in ("json", "csv", "xlsx", "ods", "html"):
        path = bench.work / f"large.{form}"

        def once():
            start = time.monotonic()
            bench.installation.cli("export", "--organisation", LARGE, "--register", "processings", "--format", form, "-o", path, timeout=600)
            return {"seconds": time.monotonic() - start}

        seconds = statistics.median(once()["seconds"] for _ in range(min(bench.wish.runs, 3)))
        per_6000 = seconds * 6000 / bench.wish.large
        bench.row(f"export {form}, per 6,000 records", per_6000, "s", 1 if form == "xlsx" else None, note=f"{bench.wish.large} records in {seconds:.1f} s, {path.stat().st_size >> 20} MB")
        path.unlink()


def linting(bench):
    bench.stop()
    start = time.monotonic()
    database = {"GREFFIER_DATABASE": bench.wish.database} if bench.wish.engine == "postgres" else {}
    done = subprocess.run([str(bench.wish.binary), "lint", "--organisation", LARGE, "--data", str(bench.data), "--format", "json"], capture_output=True, text=True, env={**os.environ, **database})
    seconds = time.monotonic() - start
    bench.row(f"lint of {bench.wish.large} records", seconds, "s", note=f"exit {done.returncode}")


def signing_in(bench):
    """Pages of people at work while five hundred strangers try passwords, against the same pages without them."""
    bench.restart(GREFFIER_TRUSTED_PROXY="127.0.0.1/32")
    path = f"/o/{bench.usual()}/processings?per_page=50"

    def once():
        quiet, before = bench.get(path), bench.resident_mb()
        strangers = subprocess.Popen([sys.executable, str(Path(__file__).parent / "sign_ins.py"), str(bench.port), "500"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        time.sleep(2)   # all of them have come once
        loud, after = bench.get(path, 3000), bench.resident_mb()
        told = json.loads(strangers.communicate("\n", timeout=120)[0])
        return {"quiet": quiet["p99_us"], "loud": loud["p99_us"], "ratio": loud["p99_us"] / quiet["p99_us"], "before": before, "after": after, "looked_at": told.get("422", 0), "sent_away": told.get("429", 0)}

    told = bench.median(once)
    bench.row("list page p99 with 500 sign-ins at once / without", told["ratio"], "×", 5, note=f"{told['loud'] / 1000:.2f} ms / {told['quiet'] / 1000:.2f} ms; {told['looked_at']:.0f} passwords looked at, {told['sent_away']:.0f} sent away")
    bench.row("resident with 500 sign-ins at once", told["after"], "MB", told["before"] + 100, note=f"{told['before']:.0f} MB before; 64 MB of it may be argon2's buffer")
    bench.stop()


ALL = [("filling", filling), ("importing", importing), ("settling", settling), ("starting", starting), ("list", list_page), ("throughput", throughput), ("switch", switching), ("search", searching),
       ("save", saving), ("memory", memory), ("sign-ins", signing_in), ("export", exporting), ("lint", linting), ("registers", every_register)]
