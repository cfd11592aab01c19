"""The last rehearsal of a campaign as the window finds it: its files, and a small account of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from models.campaign.campaign import campaign_named
from models.database import open_session
from models.files.home import home
from models.files.whole_file import FileFault, read_whole, write_whole
from models.rules.rehearsal.findings import findings, heaviest, rehearsal_line
from models.rules.rehearsal.values import Rehearsal
from models.settings import local_minute
from tasks.rehearsal.keeping import PAGE, WORKBOOK, Result, write_files

FOLDER, ACCOUNT = "rehearsals", "account.json"
LARGEST_ACCOUNT, LARGEST_FILE = 1_000_000, 300_000_000  # bytes
FINDINGS_SHOWN, QUESTIONS_SHOWN = 60, 30
DOWNLOADS: Mapping[str, tuple[str, str]] = {
    "book": (WORKBOOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "page": (PAGE, "text/html; charset=utf-8"),
}


@dataclass(frozen=True, slots=True)
class KeptRehearsal:
    """What the window shows of the last rehearsal; its lists are those of the account in the home."""

    made_at: str
    line: str
    account: Mapping[str, Any]


def keep_for_window(result: Result, made_at: datetime) -> str:
    """Keep a rehearsal's files in the home in the place of the last one's; return the campaign's part of an address.

    The account is written last: killed before that, the window tells of what was there. Raises NotFoundError
    where the campaign is gone meanwhile.
    """
    with open_session(read_only=True) as session:
        address = campaign_named(session, result.found.slug).address
    folder = home() / FOLDER / address
    write_files(result, folder)
    said = json.dumps(_account(result.found, made_at), ensure_ascii=False)
    write_whole(folder / ACCOUNT, said.encode(), lasting=False)
    return address


def kept_rehearsal(address: str) -> KeptRehearsal | None:
    """Return the last rehearsal of the campaign with this part of an address; None where there was none."""
    try:
        found = json.loads(read_whole(home() / FOLDER / address / ACCOUNT, LARGEST_ACCOUNT))
        return KeptRehearsal(str(found["made_at"]), str(found["line"]), found)
    except (FileFault, ValueError, KeyError, TypeError):
        return None


def kept_download(address: str, which: str) -> tuple[bytes, str, str] | None:
    """Return a file of the last rehearsal with its kind and its name; None where there is none."""
    if which not in DOWNLOADS:
        return None
    name, kind = DOWNLOADS[which]
    path: Path = home() / FOLDER / address / name
    try:
        return read_whole(path, LARGEST_FILE), kind, name
    except FileFault:
        return None


def _account(found: Rehearsal, made_at: datetime) -> dict[str, Any]:
    every = findings(found)
    return {
        "made_at": local_minute(made_at),
        "line": rehearsal_line(found),
        "findings": [
            {"topic": one.topic.chinese, "what": one.what, "todo": one.todo}
            for one in every[:FINDINGS_SHOWN]
        ],
        "findings_more": max(0, len(every) - FINDINGS_SHOWN),
        "heaviest": [
            {"day": one.day.isoformat(), "messages": one.messages, "recipients": one.recipients}
            for one in heaviest(found)
        ],
        "questions": [
            {
                "stage": f"{one.stage} {one.name}",
                "asked_on": one.asked_on.isoformat(),
                "of": "、".join(one.of),
                "due": one.due.isoformat(),
                "answer": one.answer,
            }
            for one in found.questions[:QUESTIONS_SHOWN]
        ],
        "months": _months(found),
        "notes": list(found.notes),
    }


def _months(found: Rehearsal) -> list[dict[str, Any]]:
    counts: dict[str, list[int]] = {}
    for one in found.days:
        month = counts.setdefault(f"{one.day.year} 年 {one.day.month} 月", [0, 0])
        month[0] += one.messages
        month[1] += bool(one.messages)
    return [{"month": name, "messages": n, "days": days} for name, (n, days) in counts.items()]
