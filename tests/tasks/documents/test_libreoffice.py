"""LibreOffice is given one file, a profile in which every way out is closed, and an end."""

import os
import re
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tasks.documents import libreoffice as office
from tasks.documents.checks import DocumentError
from tasks.documents.libreoffice import FOLDER, Patience, to_word
from tasks.documents.own_folder import STALE_SECONDS
from tasks.guarded.guard import ROOT
from tests.tasks.guarded.test_guard import gone

RTF = b"{\\rtf1 text}"


@pytest.fixture
def soffice(tmp_path, monkeypatch):
    """Put a program of a few lines in LibreOffice's place; it stands where a conversion's folder lies."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))

    def put(lines: str) -> Path:
        program = tmp_path / "bin" / "soffice"
        told = f"#!{sys.executable}\nimport os, sys, time\nfrom pathlib import Path\n"
        told += f"notes = Path({str(tmp_path)!r})\n"
        program.write_text(told + textwrap.dedent(lines), encoding="utf-8")
        program.chmod(0o755)
        return tmp_path

    return put


CONVERT = """
out = Path(sys.argv[sys.argv.index("--outdir") + 1])
out.mkdir()
(out / "in.docx").write_bytes(b"made of " + Path(sys.argv[-1]).read_bytes())
"""


def left(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "tmp").iterdir())


def test_what_comes_back_is_what_was_made_of_the_file_and_nothing_is_left(soffice):
    folder = soffice(CONVERT)

    assert to_word(RTF, "方案.doc") == b"made of " + RTF
    assert left(folder) == []


def test_every_way_out_leads_to_a_door_that_is_closed(soffice, monkeypatch):
    monkeypatch.setenv("SHIFAN_PASSWORD", "x")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "x")
    folder = soffice(
        """
        import socket
        (notes / "environment").write_text("\\n".join(f"{k}={v}" for k, v in os.environ.items()))
        home = next(w for w in sys.argv if w.startswith("-env:UserInstallation=file://"))
        profile = Path(home.partition("file://")[2]) / "user" / "registrymodifications.xcu"
        text = profile.read_text(encoding="utf-8")
        (notes / "profile").write_text(text, encoding="utf-8")
        port = int(text.partition('ooInetHTTPProxyPort')[2].partition("<value>")[2].partition("<")[0])
        with socket.socket() as door:
            (notes / "answer").write_text(str(door.connect_ex(("127.0.0.1", port))))
        """
        + textwrap.indent(CONVERT, " " * 8)
    )

    to_word(RTF, "方案.doc")

    said = (folder / "profile").read_text(encoding="utf-8")
    settings = dict(re.findall(r'oor:name="(\w+)" oor:op="fuse"><value>(.*?)</value>', said))
    port = settings["ooInetHTTPProxyPort"]
    assert settings["ooInetProxyType"] == "1"  # by hand, as below
    for way in ("HTTP", "HTTPS", "FTP"):
        assert settings[f"ooInet{way}ProxyName"] == "127.0.0.1"
        assert settings[f"ooInet{way}ProxyPort"] == port
    assert settings["ooInetNoProxy"] == ""
    assert settings["DisableMacrosExecution"] == "true"
    assert settings["Link"] == "2"
    assert (folder / "answer").read_text() != "0"  # nobody listens
    lines = (folder / "environment").read_text().splitlines()
    told = dict(line.split("=", 1) for line in lines if "=" in line)
    for way in ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"):
        assert told[way] == f"http://127.0.0.1:{port}"
    assert told["no_proxy"] == ""
    assert FOLDER in told["HOME"]
    assert not {name for name in told if name.startswith(("SHIFAN", "DBUS"))}


STUCK = """
import subprocess
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
(notes / "pids").write_text(f"{os.getpid()} {child.pid}")
(notes / "pids").rename(notes / "both")
child.wait()
"""


def pids(folder: Path) -> list[int]:
    end = time.monotonic() + 20
    while not (folder / "both").exists():
        assert time.monotonic() < end
        time.sleep(0.02)
    return [int(pid) for pid in (folder / "both").read_text().split()]


def test_libreoffice_ends_with_its_time_and_so_does_what_it_started(soffice):
    folder = soffice(STUCK)

    with pytest.raises(DocumentError, match=r"“方案.doc”读了太久，没有读完.*另存为 .docx"):
        to_word(RTF, "方案.doc", Patience(wall=3))

    assert all(gone(pid) for pid in pids(folder))
    assert left(folder) == []


def test_its_time_is_what_it_worked(soffice):
    folder = soffice("while True:\n    pass\n")

    with pytest.raises(DocumentError, match="读了太久"):
        to_word(RTF, "方案.doc", Patience(processor=1, wall=60))

    assert left(folder) == []


@pytest.mark.parametrize("lines", ["sys.exit(0)\n", "sys.exit(1)\n"])
def test_a_file_it_cannot_open_is_one_line(soffice, lines):
    folder = soffice(lines)

    with pytest.raises(DocumentError, match="LibreOffice 打不开“方案.doc”"):
        to_word(RTF, "方案.doc")

    assert left(folder) == []


def test_nothing_stays_behind_when_we_are_killed(soffice):
    folder = soffice(STUCK)
    program = "from tasks.documents.libreoffice import to_word\nto_word(b'x', '方案.doc')\n"
    ours = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
    both = pids(folder)
    assert len(left(folder)) == 1

    ours.kill()
    ours.wait()

    assert all(gone(pid) for pid in both)
    end = time.monotonic() + 10
    while left(folder) and time.monotonic() < end:
        time.sleep(0.05)
    assert left(folder) == []


def test_what_a_power_cut_left_goes_with_a_later_conversion(soffice, monkeypatch):
    folder = soffice(CONVERT)
    old, young = (folder / "tmp" / f"{FOLDER}{name}" for name in ("old", "young"))
    for one in (old, young):
        (one / "profile").mkdir(parents=True)
    day = STALE_SECONDS
    os.utime(old, (time.time() - day - 60, time.time() - day - 60))

    to_word(RTF, "方案.doc")

    assert left(folder) == [young]


def test_the_closed_door_is_closed_and_taken():
    with office._closed_door() as port:
        with socket.socket() as visitor:
            assert visitor.connect_ex(("127.0.0.1", port)) != 0
        with socket.socket() as other, pytest.raises(OSError, match="in use"):
            other.bind(("127.0.0.1", port))
