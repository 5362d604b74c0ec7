"""What stands in the addresses of routes and is the same in every organisation: for the tests that ask every route there is.

A route with a new name in its address gets its value here, or, when it names something of an organisation, in each of them.
"""
PLAIN_VALUES = {"kind": "access", "instruction": "i", "model": "badges", "picture": "0" * 64 + ".png", "role": "reader", "page": "request", "year": "2026", "sheet": "reflex"}
