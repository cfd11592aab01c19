"""Have an office's template filled in, or looked at, in a process under limits."""

import marshal
from collections.abc import Mapping
from typing import Any

from models.errors import PlanError
from models.evidence.vault.keeping import read_kept
from models.papers.paper_text import PaperText
from tasks.guarded.guard import GivenUp, Limits, worker

FILLER = "tasks.papers.templates.filled:filled_template"
NAMER = "tasks.papers.templates.filled:names_of_template"
READER = "tasks.papers.templates.reading:word_texts"
LIMITS = Limits(memory=1 << 30, part=15, whole=30)
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
    found = _parts(FILLER, name, (content, dict(values)))
    [paper] = [bytes(one) for kind, one in found if kind == "paper"]
    return paper


def names_used(name: str, content: bytes, known: Mapping[str, Any]) -> list[str]:
    """Return the names that a template uses; ``known`` are plain values with a row in every list.

    Raises PlanError where it cannot be one, or with every name that is not there, also in branches that
    are not taken today.
    """
    found = _parts(NAMER, name, (content, dict(known)))
    return [str(one) for kind, one in found if kind == "name"]


def paper_text(name: str, content: bytes) -> PaperText:
    """Return what the paper ``content`` says that a template made; raises PlanError where it cannot be read."""
    found = dict(_worked(READER, name, content))
    return PaperText(**{kind: list(map(str, texts)) for kind, texts in found.items()})


def _parts(parser: str, name: str, message: tuple[bytes, dict[str, Any]]) -> list[tuple[str, Any]]:
    found = _worked(parser, name, marshal.dumps(message))
    faults = [str(words) for kind, words in found if kind == "fault"]
    if faults:
        raise PlanError(f"模板 {name} ", [*faults[:-1], f"{faults[-1]}；{HOW}"])
    return found


def _worked(parser: str, name: str, message: bytes) -> list[tuple[str, Any]]:
    with worker(parser, LIMITS) as child:
        try:
            return list(child.parts(message))
        except GivenUp as fault:
            raise PlanError(f"模板 {name} ", [str(fault)]) from None
