"""What a briefing says, as it is kept with its draft: articles, and which items they are made of."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.papers.quoted import Quoted, Run

Paragraph = Sequence[Run]


@dataclass(frozen=True, slots=True)
class BriefingArticle:
    """One article; ``unit`` is who sent it, empty where the office's own data speak."""

    title: str
    paragraphs: Sequence[Paragraph]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class BriefingContent:
    """The articles of a briefing, the days they are about, and the key of every item in them."""

    first: date
    last: date
    articles: Sequence[BriefingArticle]
    keys: Sequence[str]


def content_kept(content: BriefingContent) -> str:
    """Return ``content`` as canonical JSON: the same content is the same text."""
    said = {
        "first": content.first.isoformat(),
        "last": content.last.isoformat(),
        "keys": list(content.keys),
        "articles": [
            {
                "title": one.title,
                "unit": one.unit,
                "paragraphs": [[_kept(run) for run in line] for line in one.paragraphs],
            }
            for one in content.articles
        ],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_of(kept: str) -> BriefingContent:
    """Return the content that `content_kept` made a text of."""
    said = json.loads(kept)
    return BriefingContent(
        date.fromisoformat(said["first"]),
        date.fromisoformat(said["last"]),
        [
            BriefingArticle(
                one["title"], [tuple(map(_run, line)) for line in one["paragraphs"]], one["unit"]
            )
            for one in said["articles"]
        ],
        said["keys"],
    )


def _kept(run: Run) -> str | list[str]:
    return [run.key, run.text, run.note] if isinstance(run, Quoted) else str(run)


def _run(kept: Any) -> Run:
    return kept if isinstance(kept, str) else Quoted(*kept)
