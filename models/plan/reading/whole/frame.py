"""What stands around the items: the head as plan and the number of indicators."""

from models.plan.reading.text.numerals import TEN
from models.plan.reading.text.patterns import pattern
from models.plan.reading.whole.head import Head
from models.plan.schema import IndicatorCounts, Plan
from models.rules.words import DocumentKind


def read_frame(head: Head, source: str, text: str, kind: DocumentKind) -> Plan:
    years = [head.issued_on and head.issued_on.year, head.published_on and head.published_on.year]
    written = pattern(r"(?:19|20)\d{2}(?=年)").search(head.title) or pattern(
        r"(?:19|20)\d{2}(?=年)"
    ).search(text)
    year = next((y for y in years if y), int(written[0]) if written else None)
    return Plan(
        source=source,
        kind=kind,
        title=head.title or source or "(没有标题)",
        title_alternatives=[t for t in head.title_alternatives if t],
        notice_title=head.notice_title,
        issuer="、".join(head.issuers) or None,
        issuers=head.issuers if len(head.issuers) > 1 else [],
        document_number=head.document_number,
        issued_on=head.issued_on,
        published_on=head.published_on,
        year_context=year if year and 1949 <= year <= 2200 else None,
        addressees=head.addressees,
        issue_number=head.issue_number,
    )


def read_indicator_counts(text: str) -> IndicatorCounts | None:
    counts: dict[str, int] = {}
    for field_name, level in zip(("level1", "level2", "level3"), TEN, strict=False):
        if found := pattern(rf"(\d{{1,4}})[项个]{level}级指标").search(text):
            counts[field_name] = int(found[1])
    return IndicatorCounts(**counts) if counts else None
