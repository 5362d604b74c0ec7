"""Every register at once: lists and record pages when one installation holds hundreds of thousands of records of all kinds."""
import json
import re
import time
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
NOT_REGISTERS = {"README", "commands", "permissions", "rules", "settings", "profile", "notes"}   # the officer's notes are no register to the command line
HELD_BACK = {"id", "version", "created_at", "updated_at", "updated_by", "deleted_at", "status", "attachments"}
LIST_MS, RECORD_MS = 5, 10


def _slugs():
    return sorted(page.stem for page in REFERENCE.glob("*.md") if page.stem not in NOT_REGISTERS)


def _copies(items, register, count):
    for number in range(count):
        item = {name: value for name, value in items[number % len(items)].items() if name not in HELD_BACK}
        item["reference"] = f"B{number:06}"
        if "name" in item:
            item["name"] = f"{item['name']} – {number}"
        yield item


def _fill(bench, organisation, register, count):
    """The demonstration's records of a register, over and over; how many were written, and how many a second."""
    cli = bench.installation.cli
    source = json.loads(cli("export", "--organisation", organisation, "--register", register, "--format", "json", "-o", "-").stdout)
    if not source["items"]:
        return 0, 0.0
    copies, paths = list(_copies(source["items"], register, count)), []
    for first in range(0, len(copies), 2000):
        paths.append(bench.work / f"{register}-{first}.json")
        paths[-1].write_text(json.dumps({**source, "items": copies[first:first + 2000]}, ensure_ascii=False))
    start = time.monotonic()
    cli("import", *paths, "--organisation", organisation, "--register", register, timeout=7200)
    seconds = time.monotonic() - start
    for path in paths:
        path.unlink()
    return count, count / seconds


def every_register(bench):
    """Fills one organisation with `--all-registers` records over all registers, then asks each register's list and a record's page."""
    if not bench.wish.all_registers:
        return
    bench.stop()
    organisation = bench.organisations()[0]["slug"]
    slugs, held, rates = _slugs(), {}, {}
    marker = bench.work / "registers.json"
    if marker.exists():
        held = json.loads(marker.read_text())
    else:
        for slug in slugs:
            held[slug], rates[slug] = _fill(bench, organisation, slug, bench.wish.all_registers // len(slugs))
        marker.write_text(json.dumps(held))
        written = {slug: rate for slug, rate in rates.items() if rate}
        slowest = min(written, key=written.get)
        bench.row("import over all registers, slowest", written[slowest], "records/s", note=slowest)
    for empty in [slug for slug in slugs if not held.get(slug)]:
        bench.missed(f"register {empty}", "the demonstration has no record of it")
    kept = [slug for slug in slugs if held.get(slug)]
    lists, pages = {}, {}
    for slug in kept:
        address = f"/o/{organisation}/{slug}?per_page=50"
        lists[slug] = bench.median(lambda: bench.get(address, 100))
        record = re.search(rf"/o/{organisation}/{slug}/[0-9a-f-]{{36}}", bench.browser().get(address).text)[0]
        pages[slug] = bench.median(lambda: bench.get(record, 100))
    note = f"{sum(held.values())} records over {len(kept)} registers"
    for what, told, most in (("list page", lists, LIST_MS), ("record page", pages, RECORD_MS)):
        slowest = max(told, key=lambda slug: told[slug]["p99_us"])
        bench.row(f"{what} p99, slowest register", told[slowest]["p99_us"] / 1000, "ms", most, note=f"{slowest}; {note}")
    for slug in ("breaches", "requests"):
        if slug in pages:
            bench.row(f"record page of {slug}: server CPU", pages[slug]["server_us"] / 1000, "ms", RECORD_MS)
    for slug in kept:
        bench.row(f"{slug}: list p99", lists[slug]["p99_us"] / 1000, "ms", note=f"record page p99 {pages[slug]['p99_us'] / 1000:.1f} ms")
