"""Get the wheels of locked packages for every target: by pip, by their sums, each only once."""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from deployments.wheelhouse.locked import Locked
from deployments.wheelhouse.targets import GLIBC, Target, newest_glibc
from models.errors import CampaignError

# When a wheel of a source archive is built, all its files bear this time: 1980-01-01, the zip's first.
ZIP_EPOCH = "315532800"
_PIP = (sys.executable, "-m", "pip")
_NONE = re.compile(r"No matching distribution found for ([A-Za-z0-9._-]+)==")


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


class Store:
    """The folder of wheels that were fetched: what lies there with a locked sum is not fetched again."""

    def __init__(self, folder: Path) -> None:
        """Open the folder, made where it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._sums: dict[str, str] = {}

    def wheel(self, package: Locked, target: Target) -> Path | None:
        """Return the wheel of ``package`` that ``target`` would install, None where none lies here."""
        order = {name: rank for rank, name in enumerate(_tags(target))}
        fitting = []
        for file in self.folder.glob("*.whl"):
            try:
                name, version, _, tags = parse_wheel_filename(file.name)
            except InvalidWheelFilename:
                continue
            ranks = [order[str(tag)] for tag in tags if str(tag) in order]
            if name == package.name and str(version) == package.version and ranks:
                fitting.append((min(ranks), file))
        return next((file for _, file in sorted(fitting) if self._sum(file) in package.sums), None)

    def _sum(self, file: Path) -> str:
        known = f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}"
        if known not in self._sums:
            self._sums[known] = sha256_of(file)
        return self._sums[known]


def _tags(target: Target) -> list[str]:
    """Return what a wheel for ``target`` may be tagged, the best first, as pip orders them."""
    from packaging.tags import compatible_tags, cpython_tags

    major, minor = map(int, target.python.split("."))
    platforms = target.platforms()
    own = cpython_tags((major, minor), [target.abi], platforms)
    return list(map(str, own)) + list(
        map(str, compatible_tags((major, minor), target.abi, platforms))
    )


def fetch(store: Store, packages: Sequence[Locked], target: Target) -> list[Path]:
    """Return the wheels of ``packages`` for one target; what is not there yet is fetched.

    May be stopped and run again. Raises CampaignError naming package, version and target of every wheel
    that nobody offers.
    """
    lacking: list[Locked] = []
    while missing := [
        one for one in packages if one not in lacking and not store.wheel(one, target)
    ]:
        fault = _pip(("download", "--only-binary", ":all:", *_of(target)), store.folder, missing)
        named = _NONE.search(fault)
        lost = [one for one in missing if named and one.name == canonicalize_name(named[1])]
        if not lost and (fault or not any(store.wheel(one, target) for one in missing)):
            raise CampaignError(f"下载给 {target} 的安装包时出错：{fault or missing[0].name}")
        lacking += lost
    if lacking:
        names = "、".join(f"{one.name} {one.version}" for one in lacking)
        raise CampaignError(f"没有给 {target} 的安装包：{names}")
    return [wheel for one in packages if (wheel := store.wheel(one, target))]


def _of(target: Target) -> list[str]:
    fixed = ["--implementation", "cp", "--python-version", target.python]
    abis = [part for abi in (target.abi, "abi3", "none") for part in ("--abi", abi)]
    return fixed + abis + [part for name in target.platforms() for part in ("--platform", name)]


def build(store: Store, package: Locked) -> None:
    """Build the wheel of a package that is offered as source alone, from the locked source.

    Raises CampaignError where that cannot be, or where it is not the same on every machine.
    """
    wheel = _built_wheel(store, package)
    fault = _pip(("wheel", "--no-build-isolation"), store.folder, [package])
    if fault or not wheel.is_file():
        why = f"：{fault}" if fault else ""
        raise CampaignError(
            f"{package.name} {package.version} 只有源码，构建不出各种电脑通用的安装包{why}"
        )
    _origin(wheel).write_text(_pedigree(package, wheel))


def with_built(store: Store, package: Locked) -> Locked:
    """Return ``package`` with the sum of its wheel that was built here, unchanged where none was."""
    wheel = _built_wheel(store, package)
    if not (wheel.is_file() and _origin(wheel).is_file()):
        return package
    if _origin(wheel).read_text() != _pedigree(package, wheel):
        return package
    own = sha256_of(wheel)
    head, _, rest = package.text.partition("\n")
    text = f"{head}\n    --hash=sha256:{own} \\\n{rest}"
    return replace(package, sums=package.sums | {own}, text=text)


def _built_wheel(store: Store, package: Locked) -> Path:
    name = package.name.replace("-", "_")
    return store.folder / f"{name}-{package.version}-py3-none-any.whl"


def _origin(wheel: Path) -> Path:
    return wheel.with_suffix(".source")


def _pedigree(package: Locked, wheel: Path) -> str:
    return f"{' '.join(sorted(package.sums))}\n{sha256_of(wheel)}\n"


def _pip(how: Sequence[str], folder: Path, packages: Sequence[Locked]) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as wanted:
        for one in packages:
            sums = " ".join(f"--hash=sha256:{each}" for each in sorted(one.sums))
            wanted.write(f"{one.name}=={one.version} {sums}\n")
        wanted.flush()
        into = ("-w" if how[0] == "wheel" else "-d", str(folder))
        always = ("-q", "--disable-pip-version-check", "--no-deps", "--require-hashes")
        command = (*_PIP, *how, *always, *into, "-r", wanted.name)
        around = {**os.environ, "SOURCE_DATE_EPOCH": ZIP_EPOCH, "PYTHONHASHSEED": "0"}
        ran = subprocess.run(command, capture_output=True, text=True, env=around, check=False)
    if ran.returncode == 0:
        return ""
    errors = [line for line in ran.stderr.splitlines() if line.startswith("ERROR: ")]
    return (errors or ran.stderr.splitlines() or ["?"])[-1].removeprefix("ERROR: ")


def too_new(wheels: Iterable[Path]) -> list[str]:
    """Return, in words, which wheels ask for a newer C library than the field has, by what is in them."""
    said = []
    for wheel in sorted(wheels):
        newest = (0, 0)
        with ZipFile(wheel) as opened:
            for name in opened.namelist():
                with opened.open(name) as file:
                    if file.read(4) == b"\x7fELF":
                        newest = max(newest, newest_glibc(opened.read(name)))
        if newest > GLIBC:
            said.append(f"{wheel.name} 要求 glibc {newest[0]}.{newest[1]}")
    return said
