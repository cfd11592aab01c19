"""Words as typst takes them: every text as a string, never as its markup."""

import json
from collections.abc import Callable

from models.papers.quoted import Missing, Quoted, Supplied
from notifications.paper_blocks import Runs


def typst_footnote(note: str) -> str:
    """Return a source as a note at the foot of the page."""
    return f"footnote({typst_text(note)})"


def typst_runs(runs: Runs, noted: Callable[[str], str] = typst_footnote) -> str:
    """Return ``runs`` as one expression: strings with their sources as ``noted``, blanks on yellow."""
    said = []
    for run in runs:
        if isinstance(run, Missing):
            said.append(f"highlight(fill: yellow, {typst_text(str(run))})")
            continue
        said.append(typst_text(str(run)))
        if isinstance(run, Quoted):
            said.append(noted(run.note))
        elif isinstance(run, Supplied):
            said.append(noted(f"{run.by_post}提供的文字。"))
    return f"({' + '.join(said)})" if said else "[]"


def typst_text(text: str) -> str:
    """Return ``text`` as content of typst's, nothing of it read as markup."""
    return f"text({typst_string(text)})" if text else "[]"


def typst_string(text: str) -> str:
    """Return ``text`` as a string of typst's, which escapes as JSON does but for control characters."""
    return json.dumps("".join(c if c.isprintable() else " " for c in text), ensure_ascii=False)
