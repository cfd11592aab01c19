"""What is known of weaknesses, asked of a database of the test's own; and nobody there is not "none"."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from deployments.wheelhouse.audit import NONE, NOT_ASKED, SOME, audit
from tests.places import ROOT

WEAK = {
    "id": "PYSEC-2000-1",
    "summary": "made up",
    "affected": [
        {
            "package": {"name": "jinja2", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.1"}]}],
        }
    ],
}


class Database(BaseHTTPRequestHandler):
    """Knows one weakness, of jinja2."""

    asked: list[str] = []

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        name = json.loads(self.rfile.read(length))["package"]["name"]
        Database.asked.append(name)
        said = json.dumps({"vulns": [WEAK]} if name == "jinja2" else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def database() -> Iterator[str]:
    """Where a database of weaknesses answers."""
    Database.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Database) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()


@pytest.fixture
def lock(tmp_path):
    """Return what writes a lock of the named libraries, as they stand in ours."""
    from deployments.wheelhouse.locked import read_lock

    every = read_lock((ROOT / "requirements.lock").read_text("utf-8"))

    def write(*names):
        file = tmp_path / "some.lock"
        file.write_text("".join(one.text for one in every if one.name in names))
        return file

    return write


def test_a_known_weakness_is_named_with_the_version_that_mends_it(lock, database, capsys):
    assert audit(lock("jinja2", "markupsafe"), database) == SOME

    said = capsys.readouterr().out
    assert "PYSEC-2000-1，改好的版本：99.1" in said
    assert "2 个库里有 1 个有已知漏洞" in said


def test_none_is_said_only_where_every_library_was_asked_for(lock, database, capsys):
    assert audit(lock("click", "markupsafe"), database) == NONE

    assert sorted(Database.asked) == ["click", "markupsafe"]
    assert capsys.readouterr().out == "2 个库，没有已知漏洞\n"


def test_where_no_database_answers_that_is_said_within_seconds_and_is_no_success(lock, capsys):
    began = time.monotonic()

    assert audit(lock("click"), "http://127.0.0.1:9/v1/query") == NOT_ASKED

    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert said.err.startswith("没有核对，不等于没有漏洞")
    assert time.monotonic() - began < 15


def test_an_empty_lock_is_no_success_either(tmp_path, database, capsys):
    (tmp_path / "empty.lock").write_text("")

    assert audit(tmp_path / "empty.lock", database) == NOT_ASKED
