"""Words as typst takes them: every text as a string, never as its markup."""

import json
from collections.abc import Callable

from models.papers.quoted import CountedRows, Missing, Quoted, RowsPlace, Run, Supplied
from notifications.paper_blocks import Runs

# A number leads to its rows; where a paper has it without them it stands as it is.
TO_ROWS = (
    "#let to-rows(place, said) = context { let there = query(label(place)); "
    "if there.len() > 0 { link(there.first().location(), said) } else { said } }"
)


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
        said.append(_led(run, typst_text(str(run))))
        if isinstance(run, Quoted):
            said.append(noted(run.note))
        elif isinstance(run, Supplied):
            said.append(noted(f"{run.by_post}提供的文字。"))
    return f"({' + '.join(said)})" if said else "[]"


def _led(run: Run, said: str) -> str:
    """Return what is said of ``run`` so that a number leads to its rows, where these are printed."""
    if isinstance(run, RowsPlace):
        return f"[#{said} #label({_place(run.key)})]"
    if isinstance(run, CountedRows) and run.rows:
        return f"to-rows({_place(run.place)}, {said})"
    return said


def _place(key: str) -> str:
    return typst_string(f"rows/{key}")


def typst_text(text: str) -> str:
    """Return ``text`` as content of typst's, nothing of it read as markup."""
    return f"text({typst_string(text)})" if text else "[]"


def typst_string(text: str) -> str:
    """Return ``text`` as a string of typst's, which escapes as JSON does but for control characters."""
    return json.dumps("".join(c if c.isprintable() else " " for c in text), ensure_ascii=False)
