"""Which locked packages an office installs: the lock, less what only building and testing needs."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# What an office may choose; `dev` builds and tests, and the checkout itself is put in by setuptools.
EXTRAS = ("postgres", "redis", "ocr", "pdf")
BUILDER = "setuptools"

_HEAD = re.compile(r"([A-Za-z0-9._-]+)==(\S+)(?: ; (.+?))? \\")


@dataclass(frozen=True, slots=True)
class Locked:
    """One package of the lock: what it is, where it is wanted, its sums, who asks for it."""

    name: str
    version: str
    marker: str
    sums: frozenset[str]
    asked_by: frozenset[str]  # names of the lock, or "shifan"
    text: str  # as the lock has it

    def wanted_on(self, machine: str, python: str) -> bool:
        """Say whether a Linux of ``machine`` with ``python`` (3.11) installs it."""
        if not self.marker:
            return True
        where = {
            "python_version": python,
            "python_full_version": f"{python}.99",  # the newest of its line; no office has its first
            "platform_machine": machine,
            "platform_system": "Linux",
            "sys_platform": "linux",
            "os_name": "posix",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }
        return Marker(self.marker).evaluate(where)


def read_lock(text: str) -> list[Locked]:
    """Return the packages of a lock as `make lock` writes it, in its order."""
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", text)
    return [_package(block) for block in blocks if _HEAD.match(block)]


def _package(block: str) -> Locked:
    found = _HEAD.match(block)
    assert found
    name, version, marker = found.groups()
    asked = re.findall(r"(?m)^    #(?: via|  ) +([A-Za-z0-9._-]+)", block)
    return Locked(
        canonicalize_name(name),
        version,
        marker or "",
        frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", block)),
        frozenset(canonicalize_name(one) for one in asked),
        block,
    )


def roots(pyproject: str, extras: Sequence[str] = EXTRAS) -> set[str]:
    """Return the names that the project itself asks for, with ``extras`` and what installs it."""
    project = tomllib.loads(pyproject)["project"]
    lines = list(project["dependencies"])
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return {canonicalize_name(Requirement(line).name) for line in lines} | {BUILDER}


def for_an_office(lock: str, pyproject: str) -> list[Locked]:
    """Return what an office installs: the project's own wishes and whatever these ask for in turn.

    What asks for a package under a condition of its own is taken as asking: one package too many is no harm.
    """
    every = read_lock(lock)
    own = roots(pyproject)
    chosen: set[str] = set()
    while True:
        more = {
            one.name
            for one in every
            if one.name not in chosen
            and (one.asked_by & chosen or ("shifan" in one.asked_by and one.name in own))
        }
        if not more:
            return [one for one in every if one.name in chosen]
        chosen |= more
