"""Check an archive without this program; copied into every archive as 核对.py, so it imports nothing of ours."""

from __future__ import annotations  # whoever reads the archive in ten years may have any Python 3

import argparse
import hashlib
import hmac
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

USAGE = """核对归档：不需要 Shifan，有 Python 3.8 以上就能运行。只读，不改动任何文件。

    python3 核对.py                              核对文件和记录链
    python3 核对.py --key audit.key              连链头的签名一起核对（密钥由创建办保管）
    python3 核对.py --head 另存的链头.json       与当时另存的链头比较

每一项写明“符合”或哪里不符；都符合时以 0 结束。"""
GENESIS = "0" * 64  # what the first entry of a chain follows
SHOWN = 5  # faults of a kind that are named
LINKS = "SELECT id, previous, hash FROM chain_link ORDER BY id"
ENTRIES = """
    SELECT e.id, l.hash, e.hash, e.previous, e.campaign_id, e.at, e.day, e.who, e.what, e.subject, e.facts
    FROM audit_entry e LEFT JOIN chain_link l ON l.id = e.id
    WHERE l.masked IS NOT 1 ORDER BY e.id"""
MISSING = "SELECT count(*) FROM chain_link WHERE own AND id NOT IN (SELECT id FROM audit_entry)"
MASKED = "SELECT count(*) FROM chain_link WHERE masked"


def check_archive(folder: Path, arguments: list[str]) -> int:
    """Check the archive in ``folder`` and say what holds; return 0 where everything does, else 1."""
    parser = argparse.ArgumentParser(usage=USAGE, add_help=False)
    parser.add_argument("-h", "--help", action="help")
    parser.add_argument("--key", type=Path)
    parser.add_argument("--head", type=Path)
    given = parser.parse_args(arguments)
    head = json.loads((folder / "记录链" / "链头.json").read_text(encoding="utf-8"))
    with closing(_read_only(folder / "数据.sqlite")) as copy:
        checks = {"文件": file_faults(folder), "记录链": chain_faults(copy, head)}
        if given.key:
            checks["链头的签名"] = signature_faults(head, given.key)
        if given.head:
            checks["与另存的链头"] = head_faults(copy, given.head)
        [masked] = copy.execute(MASKED).fetchone()
    for what, faults in checks.items():
        _say(f"{what}：{'不符' if faults else '符合'}")
        for fault in faults[:SHOWN]:
            _say(f"  {fault}")
        if len(faults) > SHOWN:
            _say(f"  共 {len(faults)} 处")
    if masked:
        _say(f"有 {masked} 条记录里的号码已遮盖，只核对它们在链上的位置")
    _say(f"链头：{head['entries']} 条，末条指纹 {head['hash']}")
    return int(any(checks.values()))


def file_faults(folder: Path) -> list[str]:
    """Return the files that are missing or not as they were when the archive was made."""
    faults = []
    with (folder / "指纹.sha256").open(encoding="utf-8") as lines:
        for line in lines:
            digest, name = line.rstrip("\n").split("  ", 1)
            path = folder / name
            if not path.is_file():
                faults.append(f"缺少文件 {name}")
            elif _digest(path) != digest:
                faults.append(f"文件被改动 {name}")
    return faults


def chain_faults(copy: sqlite3.Connection, head: dict[str, object]) -> list[str]:
    """Return what is wrong with the chain: links that do not follow, contents that do not fit, another end."""
    faults, count, last, before = [], 0, 0, GENESIS
    for number, previous, hash_ in copy.execute(LINKS):
        if previous != before:
            faults.append(f"第 {number} 条与前一条接不上")
        count, last, before = count + 1, number, hash_
    if (count, last, before) != (head["entries"], head["last_id"], head["hash"]):
        faults.append(f"链头是 {head['entries']} 条，这里有 {count} 条，或者末条不同")
    for number, linked, own, *content in copy.execute(ENTRIES):
        said = json.dumps(content, ensure_ascii=False).encode()
        if linked != own or hashlib.sha256(said).hexdigest() != own:
            faults.append(f"第 {number} 条的内容与指纹不符")
    [missing] = copy.execute(MISSING).fetchone()
    return faults + ([f"缺少本活动的 {missing} 条记录"] if missing else [])


def signature_faults(head: dict[str, object], key_file: Path) -> list[str]:
    """Return what is wrong with the signature of the head, which only the office's key can tell."""
    key = bytes.fromhex(key_file.read_text(encoding="ascii").strip())
    signed = {name: value for name, value in head.items() if name != "signature"}
    said = json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    expected = hmac.new(key, said.encode(), hashlib.sha256).hexdigest()
    same = hmac.compare_digest(expected, str(head["signature"]))
    return [] if same else ["不是用这把密钥签的，或者内容被改动"]


def head_faults(copy: sqlite3.Connection, kept_file: Path) -> list[str]:
    """Return whether the chain does not go through a head that was kept elsewhere.

    The file holds one head, or one a line, the newest last.
    """
    text = kept_file.read_text(encoding="utf-8-sig")
    kept = json.loads(text if text.startswith("{\n") else text.splitlines()[-1])
    kept = kept.get("head", kept)
    query = "SELECT count(*) FROM chain_link WHERE id = ? AND hash = ?"
    [found] = copy.execute(query, (kept["last_id"], kept["hash"])).fetchone()
    return [] if found else [f"这里的记录链没有经过它（第 {kept['last_id']} 条）"]


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def _say(line: str) -> None:
    """Say a line; what the console cannot show becomes a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(line.encode(encoding, "replace").decode(encoding) + "\n")


if __name__ == "__main__":
    sys.exit(check_archive(Path(__file__).resolve().parent, sys.argv[1:]))
