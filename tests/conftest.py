"""What the tests of every folder may ask for. The classes are in harness.py."""
import pytest

from harness import Cli, Installation, find_binary


@pytest.fixture(scope="session")
def binary():
    """The program under test: GREFFIER_BIN, build/dev/greffier or build/release/greffier."""
    found = find_binary()
    if found is None:
        pytest.fail("no program to test: build it with ./test, or name it in GREFFIER_BIN")
    return found


@pytest.fixture(scope="session")
def command(binary):
    """The command line without a data directory: command.run("deadline", "breach", …)."""
    return Cli(binary)


@pytest.fixture
def installation(binary, tmp_path):
    """An empty data directory of this test's own, and its command line: installation.cli("user", "list")."""
    return Installation(binary, tmp_path / "data")
