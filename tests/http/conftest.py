"""What every test over HTTP may ask for. The classes are in tests/harness.py."""
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


@pytest.fixture
def server(installation):
    """The program serving this test's own data directory."""
    with installation.serve() as running:
        yield running


@pytest.fixture(scope="module")
def shared_installation(binary, tmp_path_factory):
    """One data directory for all tests of a file that do not mind each other's records."""
    return Installation(binary, tmp_path_factory.mktemp("shared") / "data")


@pytest.fixture(scope="module")
def shared_server(shared_installation):
    with shared_installation.serve() as running:
        yield running


@pytest.fixture
def browser(server):
    """A person who is not signed in: browser.sign_in(email, password)."""
    return server.browser()
