"""Several scripts that write as fast as they can and remember what the server acknowledged, and what must hold after
the server was killed: shared by tests/http/test_crash.py and tests/endurance/run."""
import json
import os
import threading
import uuid

import requests

SHEETS = "/organisations/ville/processings"


def healthy(town):
    """`doctor` is clean; a key beside the data is only a warning, and what a killed upload left is no harm."""
    done = town.cli.run("doctor", "--json")
    report = json.loads(done.stdout)
    bad = [item for item in report["items"] if item["state"] not in ("ok", "warning")]
    assert done.returncode == 0 and not bad, bad or done.stderr
    ledger = [item for item in report["items"] if item["check"] == "ledger"]
    assert ledger and all(item["state"] == "ok" for item in ledger), "the ledger was recomputed"
    return report


def kept(town):
    return {item["id"]: item for item in json.loads(town.cli("export", "--organisation", "ville", "--register", "processings", "--format", "json", "-o", "-").stdout)["items"]}


class Writers:
    """Scripts that create, change and attach as fast as they can, and remember what the server acknowledged."""

    def __init__(self, server, token, count=4):
        self.created, self.changed, self.attached = {}, {}, []
        self.stopping, self.enough = threading.Event(), threading.Event()
        self.threads = [threading.Thread(target=self.write, args=(server.api(token), number), daemon=True) for number in range(count)]
        for thread in self.threads:
            thread.start()

    def write(self, api, number):
        count = 0
        while not self.stopping.is_set():
            name = f"Écrit par {number}, {uuid.uuid4()}"
            try:
                made = api.post(SHEETS, {"name": name})
                if made.status_code != 201:
                    continue
                record = made.json()["id"]
                self.created[record] = name
                text = str(uuid.uuid4())
                changed = api.patch(f"{SHEETS}/{record}", {"service": text}, headers={"If-Match": '"1"'})
                if changed.status_code == 200:
                    self.changed[record] = text
                count += 1
                if count % 3 == 1:
                    content = os.urandom(20_000)
                    piece = api.request("POST", f"{SHEETS}/{record}/attachments", files={"file": ("a.bin", content)})
                    if piece.status_code == 201:
                        self.attached.append((record, piece.json()["id"], content))
            except (requests.RequestException, ValueError):
                return
            if len(self.created) >= 8 and self.attached:
                self.enough.set()

    def end(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join(60)



class Book:
    """All that was acknowledged so far, over any number of kills."""

    def __init__(self):
        self.created, self.changed, self.attached = {}, {}, []

    def add(self, writers):
        self.created.update(writers.created)
        self.changed.update(writers.changed)
        self.attached += writers.attached

    def lost(self, town):
        """What was acknowledged and is not there; empty when all is well."""
        there = kept(town)
        missing = [f"created {record}" for record, name in self.created.items() if there.get(record, {}).get("name") != name]
        return missing + [f"changed {record}" for record, text in self.changed.items() if there.get(record, {}).get("service") != text]
