"""What every test over HTTP may ask for, beside ../conftest.py."""
import pytest

from harness import Installation


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
