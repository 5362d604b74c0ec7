#!/usr/bin/env python3
"""Wrong sign-ins, so many at once, until told to stop (a line on standard input): prints JSON of what became of them.

    tests/bench/sign_ins.py PORT COUNT

Each comes from an address of its own (the server trusts this machine to name it), for an account of its own, so that no delay
for guessing turns it away; each comes again at once, or after as many seconds as it was told to wait.
"""
import asyncio
import json
import re
import sys
import urllib.parse
import urllib.request


async def attempts(number, port, cookie, csrf, stop, tally):
    body = urllib.parse.urlencode({"csrf": csrf, "email": f"personne{number}@banc.example", "password": "faux"}).encode()
    turn = 0
    while not stop.is_set():
        turn += 1
        address = f"10.{turn % 200}.{number // 250}.{number % 250}"
        head = (f"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nX-Forwarded-For: {address}\r\nCookie: {cookie}\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n")
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(head.encode() + body)
            told = (await reader.read()).split(b"\r\n\r\n", 1)[0].decode("latin-1")
            writer.close()
        except OSError:
            tally["failed"] += 1
            continue
        status = int(told.split()[1])
        tally[status] = tally.get(status, 0) + 1
        wait = re.search(r"(?i)retry-after: (\d+)", told)
        if wait:
            try:
                await asyncio.wait_for(stop.wait(), int(wait[1]))
            except (TimeoutError, asyncio.TimeoutError):
                pass


async def main(port, count):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in") as page:
        cookie = "; ".join(each.split(";")[0] for each in page.headers.get_all("Set-Cookie"))
        csrf = re.search(r'name="csrf" value="([^"]+)"', page.read().decode())[1]
    stop, tally = asyncio.Event(), {"failed": 0}
    asyncio.get_running_loop().add_reader(sys.stdin, stop.set)
    await asyncio.gather(*(attempts(number, port, cookie, csrf, stop, tally) for number in range(count)))
    print(json.dumps(tally))


asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
