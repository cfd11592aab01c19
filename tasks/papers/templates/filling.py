"""Have an office's template filled in, or looked at, in a process under limits."""

import marshal
from collections.abc import Mapping
from typing import Any

from models.errors import PlanError
from models.evidence.vault.keeping import read_kept
from tasks.guarded.guard import GivenUp, Limits, worker

PARSER = "tasks.papers.templates.filled:filled_template"
LIMITS = Limits(memory=1 << 30, part=30, whole=60)
LARGEST = 20_000_000  # bytes of a template
HOW = "可用的名字见 shifan papers template sample 生成的样本"


def template_bytes(sha256: str) -> bytes:
    """Return the file of a template."""
    return read_kept(sha256, LARGEST)


def filled_paper(name: str, content: bytes, values: Mapping[str, Any]) -> bytes:
    """Return the paper that the template ``content`` makes of plain ``values``.

    Raises PlanError with every name that is not there and its place, every mark that is wrong, or what a
    template may not bring; nothing is made then.
    """
    found = _parts(name, (content, dict(values)))
    [paper] = [bytes(one) for kind, one in found if kind == "paper"]
    return paper


def names_used(name: str, content: bytes) -> list[str]:
    """Return the names that a template uses. Raises PlanError where it cannot be one."""
    return [str(one) for kind, one in _parts(name, (content, None)) if kind == "name"]


def _parts(name: str, message: tuple[bytes, dict[str, Any] | None]) -> list[tuple[str, Any]]:
    with worker(PARSER, LIMITS) as child:
        try:
            found = list(child.parts(marshal.dumps(message)))
        except GivenUp as fault:
            raise PlanError(f"模板 {name} ", [str(fault)]) from None
    faults = [str(words) for kind, words in found if kind == "fault"]
    if faults:
        raise PlanError(f"模板 {name} ", [*faults[:-1], f"{faults[-1]}；{HOW}"])
    return found
