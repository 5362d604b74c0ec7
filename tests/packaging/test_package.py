"""What is shipped: the service's unit, the container's recipe, and the Debian package when one has been built
(cpack --config build/release/CPackConfig.cmake -G DEB -B build/package)."""
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGING = ROOT / "packaging"


def unit_settings():
    settings = {}
    for line in (PACKAGING / "greffier.service").read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            name, value = line.split("=", 1)
            settings.setdefault(name, []).append(value)
    return settings


def test_the_service_may_touch_nothing_but_its_data():
    unit = unit_settings()
    assert unit["Type"] == ["notify"] and unit["User"] == ["greffier"] and unit["StateDirectory"] == ["greffier"]
    for name in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "ProtectKernelTunables", "ProtectControlGroups", "RestrictNamespaces", "MemoryDenyWriteExecute", "LockPersonality"):
        assert unit[name] == ["yes"], name
    assert unit["ProtectSystem"] == ["strict"] and unit["SystemCallFilter"] == ["@system-service", "~@privileged @resources"]
    assert unit["CapabilityBoundingSet"] == ["CAP_NET_BIND_SERVICE"] and unit["UMask"] == ["0077"]
    assert int(unit["TimeoutStopSec"][0]) > 20, "requests in flight have 20 seconds"


def test_systemd_reads_the_unit_without_a_complaint(tmp_path):
    unit = tmp_path / "greffier.service"
    unit.write_text((PACKAGING / "greffier.service").read_text().replace("/usr/bin/greffier", "/bin/true"))
    try:
        done = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, timeout=60)
    except FileNotFoundError:
        pytest.skip("systemd-analyze is not installed here")
    assert done.returncode == 0 and "greffier.service" not in done.stderr, done.stderr


def test_the_container_names_no_registry_and_runs_as_nobody_special():
    recipe = (PACKAGING / "Containerfile").read_text()
    assert re.findall(r"^FROM (\S+)", recipe, re.MULTILINE) == ["debian:bookworm", "debian:bookworm-slim"]
    assert re.search(r"^USER greffier$", recipe, re.MULTILINE) and "HEALTHCHECK" in recipe and "VOLUME /var/lib/greffier" in recipe


def test_purging_the_package_removes_no_register():
    script = (PACKAGING / "debian" / "postrm").read_text()
    commands = [line.strip() for line in script.splitlines() if not line.strip().startswith(("#", "echo"))]
    assert not any(re.search(r"\brm\b|\bdeluser\b|\bfind\b", line) for line in commands), commands
    for name in ("postinst", "prerm", "postrm"):
        assert os.access(PACKAGING / "debian" / name, os.X_OK), name
        assert subprocess.run(["sh", "-n", PACKAGING / "debian" / name]).returncode == 0


def test_every_setting_offered_to_the_operator_exists():
    known = set(re.findall(r'\{"([a-z-]+)", "', (ROOT / "src/app/config.cpp").read_text()))
    for file in (PACKAGING / "debian/greffier.default", PACKAGING / "greffier.service", PACKAGING / "Containerfile"):
        for name in re.findall(r"GREFFIER_([A-Z_]+)=", file.read_text()):
            assert name.lower().replace("_", "-") in known, f"{file.name}: GREFFIER_{name}"


def test_what_the_front_end_holds_of_others_is_credited():
    notices = (PACKAGING / "debian/copyright").read_text()
    bundled = {"@fontsource-variable/inter": "Inter Project", "@tabler/core": "Tabler Authors", "@tabler/icons": "icons"}
    builders = {"esbuild", "postcss", "purgecss"}   # make the bundle, are not in it
    declared = set(json.loads((ROOT / "web/package.json").read_text())["dependencies"])
    assert declared - builders == set(bundled), "a new package of the front end needs its line in packaging/debian/copyright"
    for words in bundled.values():
        assert words in notices


# ---- the package itself ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def package():
    named = os.environ.get("GREFFIER_DEB")
    found = [Path(named)] if named else sorted((ROOT / "build" / "package").glob("greffier_*.deb"))
    if not found:
        pytest.skip("no package was built (GREFFIER_DEB, build/package/)")
    return found[-1]


def ask(package, *arguments):
    return subprocess.run(["dpkg-deb", *arguments, str(package)], capture_output=True, text=True, check=True).stdout


def test_the_package_says_what_it_needs(package):
    control = ask(package, "--field")
    fields = dict(re.findall(r"^([A-Z][\w-]*): (.*)$", control, re.MULTILINE))
    assert fields["Package"] == "greffier" and fields["Maintainer"]
    needed = {re.split(r"[ (|]", item.strip())[0] for item in fields["Depends"].split(",")}
    assert {"adduser", "tzdata", "libc6", "libssl3", "libsodium23", "libsqlite3-0"} <= needed
    assert not any(name.endswith("-dev") for name in needed)


def test_the_package_holds_program_service_settings_and_papers(package):
    listing = {line.split()[5].lstrip("."): (line.split()[0], line.split()[1]) for line in ask(package, "--contents").splitlines()}
    for path in ("/usr/bin/greffier", "/usr/lib/systemd/system/greffier.service", "/etc/default/greffier", "/usr/share/man/man1/greffier.1.gz", "/usr/share/man/fr/man1/greffier.1.gz",
                 "/usr/share/doc/greffier/copyright", "/usr/share/doc/greffier/LICENSE.gz", "/usr/share/doc/greffier/OFL-Inter.txt", "/usr/share/doc/greffier/changelog.gz"):
        assert path in listing, path
    assert listing["/usr/bin/greffier"][0] == "-rwxr-xr-x"
    assert all(owner == "root/root" for _, owner in listing.values())
    assert not any(path.startswith(("/var", "/usr/local", "/home", "/opt", "/root")) for path in listing)


def test_the_packages_scripts_and_settings_are_declared(package, tmp_path):
    subprocess.run(["dpkg-deb", "--control", package, tmp_path], check=True)
    for name in ("postinst", "prerm", "postrm"):
        assert os.access(tmp_path / name, os.X_OK), name
    assert (tmp_path / "conffiles").read_text().split() == ["/etc/default/greffier"]
    assert "usr/bin/greffier" in (tmp_path / "md5sums").read_text()
