"""Open a wheelhouse on a machine without a network: check all of it, lay out what this machine installs.

Run by the set-up before there is any library, so the standard library is all there is:

    python3 deployments/wheelhouse/opening.py ARCHIVE FOLDER

ARCHIVE is the one file, or the `wheelhouse` folder of it unpacked. Nothing is laid out unless every sum
is right. What is wrong is said in one Chinese line: what, where, what was expected, what to do.
"""

import hashlib
import json
import os
import platform
import shutil
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

FOLDER, SUMS, TARGETS, LOCK = "wheelhouse", "SHA256SUMS", "targets.json", "requirements.lock"
_BLOCK = 1 << 20
_AGAIN = "请重新复制离线包，再运行一次"


class Unusable(Exception):
    """Why this archive cannot be installed here, in one Chinese line."""


@dataclass(frozen=True)
class Machine:
    """A machine as far as it matters here; no C library: it is another than glibc."""

    processor: str
    python: str  # 3.11
    program: str  # where that Python is
    glibc: tuple[int, ...] | None


@dataclass(frozen=True)
class Purpose:
    """What an archive is for: its kinds of machines with their wheels, and the lock of its checkout."""

    wheels: dict[tuple[str, str], list[str]]  # by processor and Python
    glibc: tuple[int, ...]
    lock: str  # its SHA-256


Files = Iterator[tuple[str, IO[bytes]]]


def files_of(archive: Path) -> Files:
    """Yield the name (below the top folder) and the open content of every file of the archive."""
    if archive.is_dir():
        root = archive.parent
        listed = archive / SUMS
        if not listed.is_file():
            raise Unusable(f"{archive} 不是离线包：里面没有 {SUMS}，请核对 OFFLINE= 后面的路径")
        inside = {str(one.relative_to(root)) for one in archive.rglob("*") if one.is_file()}
        for name in sorted(inside | set(_listed(listed.read_text(encoding="utf-8")))):
            if (root / name).is_file():
                with (root / name).open("rb") as opened:
                    yield name, opened
        return
    if not archive.is_file():
        raise Unusable(f"没有找到离线包 {archive}：请核对 OFFLINE= 后面的路径")
    with tarfile.open(archive, "r:") as packed:
        for one in packed:
            content = packed.extractfile(one) if one.isfile() else None
            if content:
                yield one.name.partition("/")[2], content


def checked(archive: Path) -> Purpose:
    """Return what the archive says it is for, after every file in it was found as its sums say.

    Raises Unusable naming the first file that is missing, changed or not on the list.
    """
    try:
        sums, told, found = _taken(archive)
    except (tarfile.TarError, EOFError) as error:
        raise Unusable(f"离线包 {archive} 已损坏或没有复制完整：{_AGAIN}") from error
    if not sums:
        raise Unusable(f"{archive} 不是离线包，或没有复制完整：里面没有 {SUMS}。{_AGAIN}")
    _compared(_listed(sums), found)
    said = json.loads(told)
    wheels = {(one["machine"], one["python"]): one["wheels"] for one in said["targets"]}
    return Purpose(wheels, tuple(said["glibc"]), said["lock"])


def _taken(archive: Path) -> tuple[str, str, dict[str, str]]:
    """Return the list of sums, what the archive is for, and the sum of every file as it is."""
    found: dict[str, str] = {}
    sums = told = ""
    for name, content in files_of(archive):
        kept = name in (f"{FOLDER}/{SUMS}", f"{FOLDER}/{TARGETS}")
        whole = content.read() if kept else b""
        if name == f"{FOLDER}/{SUMS}":
            sums = whole.decode()
            continue
        if kept:
            told = whole.decode()
        found[name] = hashlib.sha256(whole).hexdigest() if kept else _sum(content)
    return sums, told, found


def _compared(listed: dict[str, str], found: dict[str, str]) -> None:
    for name, expected in listed.items():
        if name not in found:
            raise Unusable(f"离线包里缺少 {name}：{_AGAIN}")
        if found[name] != expected:
            raise Unusable(
                f"离线包里的 {name} 与校验值不符：应为 {expected[:16]}……，实为 {found[name][:16]}……。{_AGAIN}"
            )
    if more := sorted(set(found) - set(listed)):
        raise Unusable(f"离线包里多出了 {more[0]}，不在 {SUMS} 里：请移走它，或{_AGAIN[1:]}")


def _listed(sums: str) -> dict[str, str]:
    lines = (line.split("  ", 1) for line in sums.splitlines() if line)
    return {name: expected for expected, name in lines}


def _sum(content: IO[bytes]) -> str:
    made = hashlib.sha256()
    while block := content.read(_BLOCK):
        made.update(block)
    return made.hexdigest()


def wheels_for(purpose: Purpose, lock: bytes, here: Machine) -> set[str]:
    """Return which wheels a machine installs; raises Unusable where the archive is for others."""
    processors = sorted({processor for processor, _ in purpose.wheels})
    if here.processor not in processors:
        raise Unusable(
            f"这份离线包给 {'、'.join(processors)} 的电脑用，这台是 {here.processor}："
            f"请另取一份给 {here.processor} 的离线包"
        )
    wheels = purpose.wheels.get((here.processor, here.python))
    if wheels is None:
        pythons = [python for processor, python in purpose.wheels if processor == here.processor]
        raise Unusable(
            f"这份离线包要用 Python {' 或 '.join(pythons)}，{here.program} 是 {here.python}："
            "请装好其中一个，再用 PYTHON=解释器路径 指定"
        )
    if here.glibc is None or here.glibc < purpose.glibc:
        own = f" {_dotted(here.glibc)}" if here.glibc else "别的 C 库"
        raise Unusable(
            f"这份离线包要求 C 库 glibc {_dotted(purpose.glibc)} 或更高，这台电脑是{own}：请换一台系统较新的电脑"
        )
    if hashlib.sha256(lock).hexdigest() != purpose.lock:
        raise Unusable(
            "这份离线包是给另一版程序的：请解开它，在它自己的文件夹里运行 make up OFFLINE=wheelhouse"
        )
    return set(wheels)


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def this_machine() -> Machine:
    """Return the machine that runs this, with this Python."""
    try:
        kind, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
    except (ValueError, OSError):
        kind = version = ""
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    glibc = tuple(map(int, version.split("."))) if kind == "glibc" else None
    return Machine(platform.machine(), python, sys.executable, glibc)


def lay_out(archive: Path, wheels: set[str], folder: Path) -> None:
    """Write the lock and ``wheels`` into ``folder``, emptied before."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in files_of(archive):
        place, _, last = name.rpartition("/")
        if name == f"{FOLDER}/{LOCK}" or (place == f"{FOLDER}/wheels" and last in wheels):
            with (folder / last).open("wb") as target:
                shutil.copyfileobj(content, target, _BLOCK)


def open_archive(archive: Path, folder: Path) -> int:
    """Check, choose, lay out; 1 after a line that says why not."""
    try:
        wheels = wheels_for(
            checked(archive), Path("requirements.lock").read_bytes(), this_machine()
        )
        lay_out(archive, wheels, folder)
    except Unusable as why:
        sys.stderr.write(f"{why}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"打不开或写不下离线包里的文件：{error.strerror}（{error.filename}）\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(open_archive(Path(sys.argv[1]), Path(sys.argv[2])))
