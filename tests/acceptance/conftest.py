"""Acceptance tests use the real files of ../shared/samples; without that folder each says so and is skipped."""
import pytest

from harness import ROOT

SAMPLES = ROOT.parent / "shared" / "samples"


@pytest.fixture(scope="session")
def samples():
    if not SAMPLES.is_dir():
        pytest.skip("the folder ../shared/samples is not here")
    return SAMPLES
