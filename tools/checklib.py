"""What the tools/check_* scripts share: their options, and which files changed."""
import argparse
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def options(description):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changed", action="store_true",
                        help="only files that differ from the published branch, or are not committed yet")
    return parser


def git(*arguments):
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True)
    return done.stdout.split("\0") if done.returncode == 0 else None


def changed_files():
    """Paths from the root; None when git cannot tell (then everything is checked)."""
    base = "HEAD"
    for published in ("@{upstream}", "origin/main"):
        common = git("merge-base", "HEAD", published)
        if common:
            base = common[0].strip()
            break
    differing = git("diff", "--name-only", "-z", base)
    new = git("ls-files", "--others", "--exclude-standard", "-z")
    if differing is None or new is None:
        return None
    return {path for path in differing + new if path}


def conclude(name, problems, checked):
    """Prints the problems, then one line; returns the exit code."""
    for problem in problems:
        print(problem)
    verdict = f"{len(problems)} problem(s)" if problems else "nothing to mend"
    print(f"{name}: {checked}, {verdict}")
    return 1 if problems else 0
