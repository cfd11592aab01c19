"""Keep what a rehearsal came to as files: in a folder that somebody names, or in the home for the window."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import NotFoundError, ProgressError
from models.files.whole_file import FileFault, read_whole, write_whole
from models.rules.rehearsal.comparing import ChangedMessage, compared
from models.rules.rehearsal.values import Rehearsal
from models.rules.rehearsal.values_json import NoRehearsal, as_values, from_values
from tasks.rehearsal.pages import html_of, markdown_of, rehearsal_page_of
from tasks.rehearsal.workbook import workbook_of

WORKBOOK, PAGE, MARKDOWN, VALUES = "演练.xlsx", "演练.html", "演练.md", "演练.json"
FILES = (WORKBOOK, PAGE, MARKDOWN, VALUES)
LARGEST = 300_000_000  # bytes of a result that is compared with


@dataclass(frozen=True, slots=True)
class Result:
    """A rehearsal, and how it differs from another where it was compared with one."""

    found: Rehearsal
    changes: Sequence[ChangedMessage] | None = None

    def as_json(self) -> Mapping[str, Any]:
        """Return it as ``--json`` prints it; keys are added, never renamed."""
        return as_values(self.found)


def json_of(found: Rehearsal) -> bytes:
    """Return the file that a later rehearsal is compared with; the same bytes for the same one."""
    return (json.dumps(as_values(found), ensure_ascii=False, indent=1) + "\n").encode()


def read_result(path: Path) -> Rehearsal:
    """Return the rehearsal that ``path`` holds; raises CampaignError in one line for what is none."""
    try:
        return from_values(json.loads(read_whole(path, LARGEST).decode("utf-8")))
    except FileFault as fault:
        raise NotFoundError(f"演练结果 {path} {fault.why.value}") from None
    except (UnicodeDecodeError, RecursionError):
        raise ProgressError(f"{path} 不是演练的结果（{VALUES}），没有比较") from None
    except NoRehearsal as error:
        raise ProgressError(f"{path} {error}；没有比较") from None
    except ValueError:
        raise ProgressError(f"{path} 不是 JSON，没有比较；请用以前 --out 写成的 {VALUES}") from None


def result_of(found: Rehearsal, old: Rehearsal | None) -> Result:
    """Return what ``found`` came to, beside the ``old`` one where there is one."""
    return Result(found, compared(old, found) if old else None)


def files_of(result: Result) -> dict[str, bytes]:
    """Return every file of a rehearsal by its name; the same bytes for the same result."""
    page = rehearsal_page_of(result.found, result.changes)
    return {
        WORKBOOK: workbook_of(result.found, result.changes),
        PAGE: html_of(page).encode(),
        MARKDOWN: markdown_of(page).encode(),
        VALUES: json_of(result.found),
    }


def write_files(result: Result, folder: Path) -> list[Path]:
    """Write every file of a rehearsal into ``folder``, in the place of those of an earlier one; return them.

    All are made before the first is written, and each is there whole or not at all.
    """
    made = files_of(result)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        write_whole(folder / name, content, lasting=False)
    return [folder / name for name in made]
