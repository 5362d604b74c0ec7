"""Every register at once: lists and record pages when one installation holds hundreds of thousands of records of all kinds."""
import json
import re
import time
from pathlib import Path

from tools import say

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
NOT_REGISTERS = {"README", "commands", "permissions", "rules", "settings", "profile", "notes"}   # the officer's notes are no register to the command line
HELD_BACK = {"id", "version", "created_at", "updated_at", "updated_by", "deleted_at", "status", "attachments"}
LIST_MS, RECORD_MS = 5, 10


def _slugs():
    return sorted(page.stem for page in REFERENCE.glob("*.md") if page.stem not in NOT_REGISTERS)


def _records_of(cli, organisation, register):
    told = json.loads(cli("export", "--organisation", organisation, "--register", register, "--format", "json", "-o", "-", timeout=600).stdout)
    return told, told["items"]


class Worlds:
    """The demonstration's records over and over. Each round is a world of its own: its records lead to one another, and its people
    are others, as in an organisation that grew; else all copies would lead to the same few records, which no organisation does."""

    def __init__(self, sources):
        self.sources = sources                                                   # register: its items
        self.home = {item["id"]: (slug, place) for slug, items in sources.items() for place, item in enumerate(items)}
        self.made = {}                                                           # register: ids of the copies, in their order

    def order(self):
        """What is linked to comes before what links to it, as far as there is such an order."""
        left = {slug: {self.home[value][0] for item in items for value in _texts(item) if value in self.home} - {slug} for slug, items in self.sources.items()}
        while left:
            slug = min(left, key=lambda each: (len(left[each] & left.keys()), each))
            del left[slug]
            yield slug

    def target(self, demonstrated, round_):
        slug, place = self.home[demonstrated]
        copies, period = self.made.get(slug, []), len(self.sources[slug])
        return copies[(round_ * period + place) % len(copies)] if copies else None

    def _moved(self, value, round_):
        if isinstance(value, dict):
            moved = {name: self._moved(each, round_) for name, each in value.items()}
            if {"name", "email", "phone"} <= value.keys():                       # a contact
                moved["name"] = moved["name"] and f"{moved['name']} {round_}"
                moved["email"] = moved["email"] and f"{round_}.{moved['email']}"
            return moved
        if isinstance(value, list):
            return [each for each in (self._moved(each, round_) for each in value) if each is not None]
        return self.target(value, round_) if isinstance(value, str) and value in self.home else value

    def copies(self, register, count):
        items = self.sources[register]
        for number in range(count):
            item = {name: self._moved(value, number // len(items)) for name, value in items[number % len(items)].items() if name not in HELD_BACK}
            item["reference"] = f"B{number:06}"
            if "name" in item:
                item["name"] = f"{item['name']} – {number}"
            yield item


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _fill(bench, organisation, worlds, head, register, count):
    """Writes `count` copies of a register; how many are there, and how many a second were written."""
    cli = bench.installation.cli
    copies, paths = list(worlds.copies(register, count)), []
    for first in range(0, len(copies), 2000):
        paths.append(bench.work / f"{register}-{first}.json")
        paths[-1].write_text(json.dumps({**head, "items": copies[first:first + 2000]}, ensure_ascii=False))
    start = time.monotonic()
    cli("import", *paths, "--organisation", organisation, "--register", register, timeout=7200)
    seconds = time.monotonic() - start
    for path in paths:
        path.unlink()
    worlds.made[register] = [item["id"] for item in _records_of(cli, organisation, register)[1] if item["reference"].startswith("B")]
    say(f"   {register}: {len(worlds.made[register])} written, {count / seconds:.0f} a second")
    return len(worlds.made[register]), count / seconds


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
        cli = bench.installation.cli
        exported = {slug: _records_of(cli, organisation, slug) for slug in slugs}
        worlds = Worlds({slug: items for slug, (_, items) in exported.items() if items})
        for slug in worlds.order():
            held[slug], rates[slug] = _fill(bench, organisation, worlds, exported[slug][0], slug, bench.wish.all_registers // len(worlds.sources))
        marker.write_text(json.dumps(held))
        slowest = min(rates, key=rates.get)
        bench.row("import over all registers, slowest", rates[slowest], "records/s", note=slowest)
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
        slowest = max(told, key=lambda slug: told[slug]["server_us"])
        bench.row(f"{what}: server CPU, slowest register", told[slowest]["server_us"] / 1000, "ms", most, note=f"{slowest}; {note}")
        slowest = max(told, key=lambda slug: told[slug]["p99_us"])
        bench.row(f"{what} p99, slowest register", told[slowest]["p99_us"] / 1000, "ms", most, note=slowest)
    for slug in ("breaches", "requests"):
        if slug in pages:
            bench.row(f"record page of {slug}: server CPU", pages[slug]["server_us"] / 1000, "ms", RECORD_MS)
    for slug in kept:
        bench.row(f"{slug}: list, server CPU", lists[slug]["server_us"] / 1000, "ms",
                  note=f"p99 {lists[slug]['p99_us'] / 1000:.1f} ms; record page {pages[slug]['server_us'] / 1000:.1f} ms, p99 {pages[slug]['p99_us'] / 1000:.1f} ms")
