"""The life of a piece in lines that a person reads."""

from collections.abc import Iterator, Mapping, Sequence

from models.evidence.life import Life, LifeMark, LifeRevision, Likened
from models.hashing import IN_WORDS, SHA256
from models.rules.evidence.findings import CHECKS
from models.rules.evidence.words import CopyPurpose, EvidenceState, Verdict, Via
from models.rules.said import inside
from models.settings import local_minute
from tasks.evidence.looking_up import file_words, size_words

SHOWN = 120  # letters of a passage


def life_in_words(life: Life, passages: Mapping[int, Sequence[str]] | None = None) -> list[str]:
    """Return what a piece is, and what became of each of its revisions, oldest first.

    ``passages`` are by mark what its text shares with the other's (`passages_of`).
    """
    line = life.line
    said = [f"{line.code} {line.title}（{line.kind_in_words}，{line.state_in_words}）"]
    for name, value in (
        ("提供单位", line.unit or "创建办"),
        ("证明", "、".join(line.uses)),
        ("文件或网址", file_words(line)),
        ("时间地点人物事由", line.caption),
        ("证明段落", line.passage),
        ("事实发生日期", line.fact_on),
        ("生效日期", line.effective_on),
        ("有效期至", line.expires_on),
        ("承诺日期", line.promised_on),
        ("对外公开", "是" if line.to_publish else ""),
    ):
        said += [f"  {name}：{value}"] if value else []
    for revision in life.revisions:
        said += _revision(revision)
        said += [
            text
            for mark in life.marks
            if mark.revision == revision.number
            for text in (*_mark(mark), *_passages((passages or {}).get(mark.id, ())))
        ]
        said += [_likened(one) for one in life.likened if one.revision == revision.number]
        said += [
            f"    副本：{CopyPurpose(copy.purpose).chinese}，{size_words(copy.size)}，"
            f"{copy.made_by} {local_minute(copy.made_at)}，SHA-256 指纹 {copy.sha256[:12]}"
            for copy in life.copies
            if copy.revision == revision.number
        ]
    return said


def _revision(one: LifeRevision) -> Iterator[str]:
    what = f"{one.file_name}，{size_words(one.size)}，{_prints(one)}" if one.sha256 else one.url
    came = f"{local_minute(one.received_at)} {one.uploaded_by}（{Via(one.via).chinese}）"
    yield f"  第 {one.number} 版：{came}{'，' if what else ''}{what}"
    if one.state_at and one.state != EvidenceState.DRAFT:
        why = f"，{inside(one.reason)}" if one.reason else ""
        yield f"    {EvidenceState(one.state).chinese}：{one.state_by} {local_minute(one.state_at)}{why}"


def _prints(one: LifeRevision) -> str:
    by = IN_WORDS.get(one.algorithm, one.algorithm)
    other = f"，{by} 指纹 {one.digest[:12]}" if one.digest else ""
    return f"{IN_WORDS[SHA256]} 指纹 {one.sha256[:12]}{other}"


def _mark(one: LifeMark) -> Iterator[str]:
    check = CHECKS.get(one.check_id)
    told = one.measure is None or one.measure >= 1 or "%" in one.detail
    near = "" if told else f"（程度 {one.measure:.0%}）"
    yield f"    标记 {one.id} {check.name if check else one.check_id}：{one.detail}{near}"
    if one.verdict:
        why = f"，{one.why}" if one.why else ""
        when = local_minute(one.judged_at) if one.judged_at else ""
        yield f"      {Verdict(one.verdict).chinese}：{one.judged_by} {when}{why}"
    elif check:
        yield f"      {check.todo}"


def _passages(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        cut = f"{text[:SHOWN]}……" if len(text) > SHOWN else text
        yield f"      相同的段落（{len(text)} 字）：“{cut}”"


def _likened(one: Likened) -> str:
    check = CHECKS.get(one.check_id)
    near = f"相似 {one.measure:.0%}，" if one.measure is not None else ""
    stands = Verdict(one.verdict).chinese if one.verdict else "待认定"
    name = check.name if check else one.check_id
    return f"    后报的 E{one.other:04d} 被标记与这一版相像：{name}（{near}{stands}）"
