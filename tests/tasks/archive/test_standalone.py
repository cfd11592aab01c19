"""The check that an archive brings along, in the hands of somebody who has nothing else of this program."""

import hashlib
import hmac
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from tasks.archive import standalone
from tasks.archive.standalone import GENESIS, uri_of
from tests.support.no_sm3 import without_sm3

SAID = ["2025-07-01T01:00:00+00:00", "2025-07-01", "创建办", "progress", "W5", "{}"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Make an archive by hand, as small as one can be: an entry, its link, a head, a file."""
    return make(tmp_path_factory.mktemp("made"), [GENESIS, 1, *SAID], "sha256")


def make(root, content, algorithm):
    (root / "记录链").mkdir()
    said = json.dumps(content, ensure_ascii=False).encode()
    hash_ = hashlib.new(algorithm, said).hexdigest()
    head = {"entries": 1, "last_id": 1, "hash": hash_, "signature": "无"}
    (root / "记录链" / "链头.json").write_text(json.dumps(head), "utf-8")
    with closing(sqlite3.connect(root / "数据.sqlite")) as copy:
        copy.execute("CREATE TABLE chain_link (id, own, previous, hash, masked)")
        copy.execute("INSERT INTO chain_link VALUES (1, 1, ?, ?, 0)", (GENESIS, hash_))
        copy.execute(
            "CREATE TABLE audit_entry (id, campaign_id, at, day, who, what, subject, facts, previous, hash,"
            " algorithm)"
        )
        copy.execute(
            "INSERT INTO audit_entry VALUES (1, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*SAID, GENESIS, hash_, algorithm),
        )
        copy.commit()
    shutil.copy(standalone.__file__, root / "核对.py")
    (root / "audit.key").write_text("ab" * 32)
    names = ("记录链/链头.json", "数据.sqlite", "核对.py", "audit.key")
    sums = (f"{hashlib.sha256((root / name).read_bytes()).hexdigest()}  {name}" for name in names)
    (root / "指纹.sha256").write_text("\n".join(sums) + "\n", "utf-8")
    return root


@pytest.fixture
def archive(made, tmp_path):
    """Return a copy that a test may spoil."""
    return shutil.copytree(made, tmp_path / "归档")


@pytest.fixture
def checked(archive, capsys):
    """Return what runs the check over the archive; gives its code and lines."""

    def run(*more):
        code = standalone.check_archive(archive, [*map(str, more)])
        return code, capsys.readouterr().out.splitlines()

    return run


def test_what_holds_is_said_line_by_line(checked):
    code, said = checked()

    assert (code, said[:2]) == (0, ["文件：符合", "记录链：符合"])
    assert len(said) == 3


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        ("指纹.sha256", "读不出 指纹.sha256"),
        ("数据.sqlite", "缺少 数据.sqlite"),
        ("记录链/链头.json", "读不出 链头.json"),
    ],
)
def test_an_archive_that_is_not_whole_is_said_in_one_line(archive, checked, spoiled, said):
    (archive / spoiled).unlink()

    code, [line] = checked()

    assert code == 1
    assert line.startswith(said)
    assert "完整解开" in line


def test_tables_that_are_none_any_more_are_said_in_one_line(archive, checked):
    (archive / "数据.sqlite").write_bytes(b"x" * 4096)

    code, [line] = checked()

    assert (code, line[:12]) == (1, "数据.sqlite 读不")


@pytest.mark.parametrize(
    ("option", "content", "said"),
    [
        ("--key", None, "读不出 另外.txt"),
        ("--key", "不是密钥", "不是密钥文件"),
        ("--key", "cd" * 32, "不是用这把密钥签的"),
        ("--head", None, "读不出 另外.txt"),
        ("--head", "不是链头", "里没有链头"),
        ("--head", "", "里没有链头"),
        ("--head", "[]", "里没有链头"),
        ("--head", '{"last_id": 1}', "里没有链头"),
    ],
)
def test_what_is_held_against_it_and_is_none_is_named(
    archive, checked, tmp_path, option, content, said
):
    beside = tmp_path / "另外.txt"
    if content is not None:
        beside.write_text(content, "utf-8")

    code, lines = checked(option, beside)

    assert code == 1
    assert any(said in line for line in lines)


def test_a_head_is_read_as_it_was_exported_and_as_it_was_printed(archive, checked, tmp_path):
    head = json.loads((archive / "记录链" / "链头.json").read_text("utf-8"))
    for kept in (json.dumps(head), json.dumps({"head": head, "file": "记录.csv"}, indent=1)):
        (tmp_path / "另存.json").write_text(kept, "utf-8-sig")
        code, said = checked("--head", tmp_path / "另存.json")
        assert (code, said[2]) == (0, "与另存的链头：符合")


def test_a_file_that_was_put_there_later_is_named_and_vouched_for_by_nobody(archive, checked):
    (archive / "材料").mkdir()
    (archive / "材料" / "后来的.pdf").write_bytes(b"x")

    code, said = checked()

    assert code == 0
    assert "另有不属于归档的文件，没有核对：材料/后来的.pdf" in said


def test_a_wrong_word_and_a_poor_console_end_in_lines_too(archive, checked):
    code, [line, *_] = checked("--nonsense")
    assert (code, line[:5]) == (1, "写法不对。")

    plain = [sys.executable, "-I", "-X", "utf8=0", str(archive / "核对.py"), "--help"]
    done = subprocess.run(plain, capture_output=True, check=False, env={"LC_ALL": "C"})
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/tmp/甲 乙?.sqlite"), "file:///tmp/%E7%94%B2%20%E4%B9%99%3F.sqlite"),
        (PureWindowsPath(r"C:\归档\a.sqlite"), "file:///C:/%E5%BD%92%E6%A1%A3/a.sqlite"),
        (PureWindowsPath(r"\\server\share\a.sqlite"), "file:////server/share/a.sqlite"),
    ],
)
def test_a_file_is_opened_on_every_system(path, uri):
    assert uri_of(path) == f"{uri}?mode=ro&immutable=1"


def test_an_entry_by_sm3_is_checked_and_where_there_is_none_that_is_said(tmp_path):
    (tmp_path / "sm3").mkdir()
    root = make(tmp_path / "sm3", [GENESIS, 1, *SAID, "sm3"], "sm3")

    plain = subprocess.run(
        [sys.executable, "-I", str(root / "核对.py")], capture_output=True, text=True, check=False
    )
    lacking = without_sm3(tmp_path, "-I", str(root / "核对.py"))

    assert (plain.returncode, plain.stdout.splitlines()[1]) == (0, "记录链：符合")
    assert (lacking.returncode, lacking.stderr) == (1, "")
    assert "1 条记录没有核对：它们的指纹用 SM3 计算" in lacking.stdout


def test_a_head_that_sm3_signed_is_checked_and_where_there_is_none_that_is_said(
    archive, checked, tmp_path
):
    place = archive / "记录链" / "链头.json"
    head = json.loads(place.read_text("utf-8"))
    del head["signature"]
    over = json.dumps(head, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    made = hmac.new(bytes.fromhex("ab" * 32), over, "sm3").hexdigest()
    key = str(archive / "audit.key")
    results = []
    for name in ("hmac-sm3:", "", "hmac-md5:"):
        place.write_text(json.dumps(head | {"signature": name + made}), "utf-8")
        results.append("链头的签名：符合" in checked("--key", key)[1])
    place.write_text(json.dumps(head | {"signature": f"hmac-sm3:{made}"}), "utf-8")

    lacking = without_sm3(tmp_path, "-I", str(archive / "核对.py"), "--key", key)

    assert results == [True, False, False]
    assert "  没有核对：签名用 SM3 计算，这台电脑的 Python 没有 SM3" in lacking.stdout
    assert (lacking.returncode, lacking.stderr) == (1, "")


@pytest.mark.parametrize("name", ["sm3", "md5", None])
def test_an_entry_under_another_algorithm_than_its_own_does_not_fit(archive, checked, name):
    with closing(sqlite3.connect(archive / "数据.sqlite")) as copy:
        copy.execute("UPDATE audit_entry SET algorithm = ?", (name,))
        copy.commit()

    code, said = checked()

    assert (code, "  第 1 条的内容与指纹不符" in said) == (1, True)
