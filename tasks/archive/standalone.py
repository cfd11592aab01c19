"""Check an archive without this program; copied into every archive as 核对.py, so it imports nothing of ours."""

from __future__ import annotations  # whoever reads the archive in ten years may have any Python 3

import argparse
import hashlib
import hmac
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path, PurePath
from typing import NoReturn
from urllib.parse import quote

USAGE = """核对归档：不需要 Shifan，有 Python 3.8 以上就能运行。只读，不改动任何文件。

    python3 核对.py                              核对文件和记录链
    python3 核对.py --key audit.key              连链头的签名一起核对（密钥由创建办保管）
    python3 核对.py --head 另存的链头.json       与当时另存的链头比较

每一项写明“符合”或哪里不符；都符合时以 0 结束。"""
GENESIS = "0" * 64  # what the first entry of a chain follows
SHOWN = 5  # faults of a kind that are named
HEAD, DATA, SUMS = "记录链/链头.json", "数据.sqlite", "指纹.sha256"
NAMED = "hmac-sm3:"  # before a signature by SM3; one without a name is by SHA-256
LACKING = "这台电脑的 Python 没有 SM3；请换用 OpenSSL 1.1.1 以上的 Python 再核对"
NOT_WHOLE = "请把压缩包完整解开，在解开的文件夹里运行；还是这样，就是归档不完整或被改动"
LINKS = "SELECT id, previous, hash FROM chain_link ORDER BY id"
ENTRIES = """
    SELECT e.id, l.hash, e.hash, e.previous, e.campaign_id, e.at, e.day, e.who, e.what, e.subject, e.facts,
           e.algorithm
    FROM audit_entry e LEFT JOIN chain_link l ON l.id = e.id
    WHERE l.masked IS NOT 1 ORDER BY e.id"""
MISSING = "SELECT count(*) FROM chain_link WHERE own AND id NOT IN (SELECT id FROM audit_entry)"
MASKED = "SELECT count(*) FROM chain_link WHERE masked"


class Unreadable(Exception):
    """Something that is needed cannot be read; the message says what, in one line."""


class Arguments(argparse.ArgumentParser):
    """Reads what was typed; whatever is not understood ends with the usage."""

    def error(self, message: str) -> NoReturn:
        """Say how it is used, and end."""
        raise Unreadable(f"写法不对。{USAGE}")


def check_archive(folder: Path, arguments: list[str]) -> int:
    """Check the archive in ``folder`` and say what holds; return 0 where everything does, else 1."""
    try:
        return _check(folder, arguments)
    except Unreadable as why:
        _say(str(why))
    except sqlite3.DatabaseError as why:
        _say(f"{DATA} 读不出（{why}）。{NOT_WHOLE}")
    return 1


def _check(folder: Path, arguments: list[str]) -> int:
    """Check as `check_archive` does. Raises Unreadable, sqlite3.DatabaseError."""
    parser = Arguments(add_help=False)
    parser.add_argument("-h", "--help", action="store_true")
    parser.add_argument("--key", type=Path)
    parser.add_argument("--head", type=Path)
    given = parser.parse_args(arguments)
    if given.help:
        _say(USAGE)
        return 0
    head = _head(_text(folder / HEAD, NOT_WHOLE), HEAD)
    with closing(_read_only(folder / DATA)) as copy:
        checks = {"文件": file_faults(folder), "记录链": chain_faults(copy, head)}
        if given.key:
            checks["链头的签名"] = signature_faults(head, given.key)
        if given.head:
            checks["与另存的链头"] = head_faults(copy, given.head)
        [masked] = copy.execute(MASKED).fetchone()
    for what, faults in checks.items():
        _say_faults(what, faults)
    if more := files_besides(folder):
        named = "、".join(more[:SHOWN]) + (f"等 {len(more)} 个" if len(more) > SHOWN else "")
        _say(f"另有不属于归档的文件，没有核对：{named}")
    if masked:
        _say(f"有 {masked} 条记录里的号码已遮盖，只核对它们在链上的位置")
    _say(f"链头：{head['entries']} 条，末条指纹 {head['hash']}")
    return int(any(checks.values()))


def file_faults(folder: Path) -> list[str]:
    """Return the files that are missing or not as they were when the archive was made."""
    faults = []
    for digest, name in _sums(folder):
        path = folder / name
        if not path.is_file():
            faults.append(f"缺少文件 {name}")
        elif _digest(path) != digest:
            faults.append(f"文件被改动 {name}")
    return faults


def files_besides(folder: Path) -> list[str]:
    """Return the files that lie there and were not archived: nobody vouches for them."""
    known = {name for _, name in _sums(folder)} | {SUMS}
    there = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(
        name for name in there if name not in known and not name.startswith("__pycache__/")
    )


def chain_faults(copy: sqlite3.Connection, head: dict[str, object]) -> list[str]:
    """Return what is wrong with the chain: links that do not follow, contents that do not fit, another end."""
    faults, count, last, before = [], 0, 0, GENESIS
    for number, previous, hash_ in copy.execute(LINKS):
        if previous != before:
            faults.append(f"第 {number} 条与前一条接不上")
        count, last, before = count + 1, number, hash_
    if (count, last, before) != (head["entries"], head["last_id"], head["hash"]):
        faults.append(f"链头是 {head['entries']} 条，这里有 {count} 条，或者末条不同")
    lacking = 0
    for number, linked, own, *content, algorithm in copy.execute(ENTRIES):
        try:
            fits = linked == own and _seal(algorithm, content) == own
        except ValueError:
            lacking += 1
            continue
        if not fits:
            faults.append(f"第 {number} 条的内容与指纹不符")
    if lacking:
        faults.append(f"{lacking} 条记录没有核对：它们的指纹用 SM3 计算，{LACKING}")
    [missing] = copy.execute(MISSING).fetchone()
    return faults + ([f"缺少本活动的 {missing} 条记录"] if missing else [])


def _seal(algorithm: str, content: list[object]) -> str:
    """Return the hash that an entry must bear. Raises ValueError where this Python has no SM3."""
    if algorithm == "sha256":
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
    if algorithm != "sm3":
        return ""
    said = json.dumps([*content, algorithm], ensure_ascii=False).encode()
    return hashlib.new(algorithm, said).hexdigest()


def signature_faults(head: dict[str, object], key_file: Path) -> list[str]:
    """Return what is wrong with the signature of the head, which only the office's key can tell."""
    try:
        key = bytes.fromhex(_text(key_file, "请核对文件名").strip())
    except ValueError:
        raise Unreadable(f"{key_file} 不是密钥文件（audit.key）") from None
    signed = {name: value for name, value in head.items() if name != "signature"}
    said = json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    signature = str(head.get("signature"))
    by, name = ("sm3", NAMED) if signature.startswith(NAMED) else ("sha256", "")
    try:
        expected = name + hmac.new(key, said.encode(), by).hexdigest()
    except ValueError:
        return [f"没有核对：签名用 SM3 计算，{LACKING}"]
    same = hmac.compare_digest(expected.encode(), signature.encode())
    return [] if same else ["不是用这把密钥签的，或者内容被改动"]


def head_faults(copy: sqlite3.Connection, kept_file: Path) -> list[str]:
    """Return whether the chain does not go through a head that was kept elsewhere.

    The file holds one head, or one a line, the newest last.
    """
    text = _text(kept_file, "请核对文件名").strip()
    kept = _head(text if text.startswith("{\n") else text.rpartition("\n")[2], str(kept_file))
    query = "SELECT count(*) FROM chain_link WHERE id = ? AND hash = ?"
    [found] = copy.execute(query, (kept["last_id"], kept["hash"])).fetchone()
    return [] if found else [f"这里的记录链没有经过它（第 {kept['last_id']} 条）"]


def uri_of(file: PurePath) -> str:
    """Return how SQLite opens ``file`` to read it only: on a drive or a share of Windows, from a disc too."""
    said = file.as_posix()
    return (
        f"file://{'' if said.startswith('/') else '/'}{quote(said, safe='/:')}?mode=ro&immutable=1"
    )


def _read_only(file: Path) -> sqlite3.Connection:
    if not file.is_file():
        raise Unreadable(f"缺少 {DATA}。{NOT_WHOLE}")
    return sqlite3.connect(uri_of(file.resolve()), uri=True)


def _text(file: Path, otherwise: str) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Unreadable(f"读不出 {file.name}。{otherwise}") from None


def _head(text: str, name: str) -> dict[str, object]:
    """Return the head that ``text`` holds, by itself or within what was exported with it."""
    try:
        said = json.loads(text)
        head = said.get("head", said)
        if head.keys() >= {"entries", "last_id", "hash"}:
            return dict(head)
    except (ValueError, AttributeError):
        pass
    raise Unreadable(f"{name} 里没有链头")


def _sums(folder: Path) -> list[tuple[str, str]]:
    """Return the hash and the name of every file that was archived."""
    lines = _text(folder / SUMS, NOT_WHOLE).splitlines()
    return [(line[:64], line[66:]) for line in lines if line]


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def _say_faults(what: str, faults: list[str]) -> None:
    _say(f"{what}：{'不符' if faults else '符合'}")
    for fault in faults[:SHOWN]:
        _say(f"  {fault}")
    if len(faults) > SHOWN:
        _say(f"  共 {len(faults)} 处")


def _say(line: str) -> None:
    """Say a line; what the console cannot show becomes a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(line.encode(encoding, "replace").decode(encoding) + "\n")


if __name__ == "__main__":
    sys.exit(check_archive(Path(__file__).resolve().parent, sys.argv[1:]))
