"""Acceptance tests use the real files of ../shared/samples; without that folder each says so and is skipped."""
import pytest

from harness import ROOT, Cli, Installation, find_binary

SAMPLES = ROOT.parent / "shared" / "samples"


@pytest.fixture(scope="session")
def samples():
    if not SAMPLES.is_dir():
        pytest.skip("the folder ../shared/samples is not here")
    return SAMPLES


@pytest.fixture(scope="session")
def binary():
    found = find_binary()
    if found is None:
        pytest.fail("no program to test: build it with ./test, or name it in GREFFIER_BIN")
    return found


@pytest.fixture(scope="session")
def command(binary):
    return Cli(binary)


@pytest.fixture
def installation(binary, tmp_path):
    return Installation(binary, tmp_path / "data")
