"""The machines an archive is for: their processor, their Python, the oldest C library of the field."""

import re
from dataclasses import dataclass

MACHINES = ("x86_64", "aarch64")
PYTHONS = ("3.11", "3.12")
GLIBC = (2, 28)  # 麒麟 V10, UOS 20; nothing in the archive may ask for more

_OLD_NAMES = {"manylinux2014": (2, 17), "manylinux2010": (2, 12), "manylinux1": (2, 5)}
_NEEDED = re.compile(rb"GLIBC_(\d+)\.(\d+)")


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of machine: processor and Python."""

    machine: str
    python: str

    def __str__(self) -> str:
        return f"{self.machine} 的 Python {self.python}"

    @property
    def abi(self) -> str:
        return "cp" + self.python.replace(".", "")

    def platforms(self) -> list[str]:
        """Return what a wheel for this machine may call it, the newest first; never above GLIBC."""
        numbered = [f"manylinux_2_{minor}_{self.machine}" for minor in range(GLIBC[1], 4, -1)]
        return [*numbered, *(f"{name}_{self.machine}" for name in _OLD_NAMES)]


TARGETS = tuple(Target(machine, python) for machine in MACHINES for python in PYTHONS)


def newest_glibc(library: bytes) -> tuple[int, int]:
    """Return the newest C library whose symbols a compiled file asks for, (0, 0) for none."""
    asked = [(int(major), int(minor)) for major, minor in _NEEDED.findall(library)]
    return max(asked, default=(0, 0))
