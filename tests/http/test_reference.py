"""The reference documentation is written by the program itself: what is committed must be what it says today."""
from pathlib import Path

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "reference"


def test_the_committed_reference_is_todays(command, tmp_path):
    command("doctor", "--reference", tmp_path)
    written = {page.name: page.read_text() for page in tmp_path.iterdir()}
    assert len(written) > 3
    kept = {page.name: page.read_text() for page in COMMITTED.iterdir()}
    assert sorted(kept) == sorted(written)
    for name in written:
        assert kept[name] == written[name], f"docs/reference/{name}: run  greffier doctor --reference docs/reference"
