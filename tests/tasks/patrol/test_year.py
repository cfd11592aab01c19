"""A year of a city with two counties under it, day by day on the test clock, as its office would live it."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from deployments.cli import run
from models.campaign.campaign import campaign_named, stages_of
from models.campaign.milestone import milestones_of
from models.campaign.progress import Report, register
from models.database import open_session
from models.database import run as query
from models.rules.decisions.answers import Answer, Said
from models.rules.words import REGISTERED_BY, MilestoneKind, Progress
from models.settings import local_day, moment_of, settings
from tasks.audit.chain import verify
from tasks.notices.delivery import deliver
from tasks.patrol.patrol import patrol_all
from tests.support.deciding import decide, decision, noon, open_questions
from tests.support.law_tests import KINDS, answer, put, question
from tests.support.surveys import phones, strata

pytestmark = pytest.mark.timeout(900)

CITY, COUNTIES = "金昌", ("永昌", "金川")
FIRST, LAST = date(2025, 6, 3), date(2026, 5, 29)
ONE_DAY = timedelta(days=1)


class Year:
    """The office's days: commands typed on a day, what they said, and how often each was typed."""

    def __init__(self, place: Path, clock_at: Callable, capsys) -> None:
        self.place, self.clock_at, self.capsys = place, clock_at, capsys
        self.day = FIRST
        self.typed: Counter[str] = Counter()

    def type(self, line: str, *more: str) -> str:
        """Type a command; it must be taken. Return what it said."""
        words = [*line.split(), *more]
        code = run(words)
        said = self.capsys.readouterr()
        assert code == 0, (self.day, words, said.err)
        self.typed[words[0]] += 1
        return said.out

    def morning(self) -> None:
        """Patrol everything and send what is to be sent, in the real order of a day."""
        now = noon(self.day)
        patrol_all(None, local_day(now), now)
        deliver(lambda: now)

    def fill(self, name: str, sheet: str, rows: list[dict[str, object]], at: str = "") -> None:
        """Write into a workbook that was sent out: new rows, or where ``at`` names a column, those it finds."""
        book = load_workbook(self.place / name)
        page = book[sheet]
        [head] = [
            n
            for n in range(1, 12)
            if set(rows[0]) <= {cell.value for cell in page[n] if cell.value}
        ]
        columns = {cell.value: cell.column for cell in page[head] if cell.value}
        free = head + 1
        for row in rows:
            number = free
            if at:
                number = next(
                    n
                    for n in range(head + 1, page.max_row + 1)
                    if page.cell(n, columns[at]).value == row[at]
                )
            free += 1
            for column, value in row.items():
                page.cell(number, columns[column]).value = value
        book.save(self.place / name)

    def fill_all(self, name: str, column: str, value: object) -> None:
        """Write the same into a column of every row of the first page that has it."""
        book = load_workbook(self.place / name)
        for page in book:
            for head in range(1, min(12, page.max_row) + 1):
                found = [cell.column for cell in page[head] if cell.value == column]
                if found:
                    for number in range(head + 1, page.max_row + 1):
                        if page.cell(number, 1).value is not None:
                            page.cell(number, found[0]).value = value
                    book.save(self.place / name)
                    return
        raise AssertionError(f"{name} has no column {column}")


@pytest.fixture
def year(database, tmp_path, monkeypatch, clock_at, capsys) -> Year:
    monkeypatch.chdir(tmp_path)
    return Year(tmp_path, clock_at, capsys)


def begin(year: Year) -> None:
    """The city loads its plan, two counties theirs under it; teams, rounds and duties are given out."""
    year.type("plan load jinchang-2025", "--slug", CITY)
    for county in COUNTIES:
        plan = "plan load zengdu-2023 --start 2025-06-09 --new --slug"  # two counties, one model
        year.type(plan, county, "--parent", CITY)
    year.type("campaign approval", CITY, "--number", "中法办函〔2025〕6号", "--by", "创建办")
    year.type("campaign hand-down W5 --by 创建办 --to", COUNTIES[0], "--campaign", CITY)
    for name, bodies in TEAMS.items():
        year.type(f"inspection teams add {name} --units {bodies} --by 创建办 --campaign {CITY}")
    for number, start, end in ((1, "2025-07-01", "2025-07-31"), (2, "2025-09-01", "2025-09-30")):
        days = f"--start {start} --end {end} --most 3"
        year.type(f"inspection round add {number} {days} --by 创建办 --campaign {CITY}")
    year.type(f"inspection plan --campaign {CITY}")
    year.type(f"publicity owe D2 --units {'、'.join(TRAINING)} --by 创建办 --campaign {CITY}")
    for county in COUNTIES:
        units = "、".join(SHOWING)
        year.type(f"publicity owe D1 --units {units} --by 创建办 --campaign {county}")


TEAMS = {
    "第一督导组": "市司法局、市委编办",
    "第二督导组": "市政府办公室、市财政局",
    "第三督导组": "市审计局、市统计局",
    "第四督导组": "市委政法委、市人社局",
}
TRAINING = ("市司法局", "市公安局", "市人社局", "市住建局")
SHOWING = ("区司法局", "区财政局", "区教育局")


def due_today(slug: str, kind: MilestoneKind, day: date) -> list[str]:
    """Return the codes of what is open and due by ``day``, of one kind."""
    with open_session(read_only=True) as session:
        campaign = campaign_named(session, slug)
        return [
            one.code
            for one in milestones_of(session, campaign.id or 0)
            if one.kind == kind and one.state == Progress.OPEN and one.due and one.due <= day
        ]


def visits(year: Year) -> None:
    """What was planned for today is visited, and every sixth visit lists a problem."""
    for code in due_today(CITY, MilestoneKind.VISIT, year.day):
        found = "--nothing"
        if int(code.partition(".")[2]) % 6 == 0:
            found = "--problems 公示栏没有更新"
        said = f"--on {year.day} --by 第一督导组组长 {found} --campaign {CITY}"
        year.type(f"inspection results set {code} {said}")


def decisions(year: Year) -> None:
    """Who was asked yesterday answers: yes where nothing stands against it, else the stage is forced."""
    for slug in (CITY, *COUNTIES):
        for number in open_questions(slug).values():
            if decision(number).asked_on == year.day:
                continue
            outcome = decide(number, Said(Answer.APPROVE), year.day)
            if not outcome.done:
                outcome = decide(number, Said(Answer.FORCE, "按期推进"), year.day)
            assert outcome.done, (year.day, slug, outcome.line)


def found(year: Year) -> list[tuple[str, str, str, str, str]]:
    """Return code, state, unit and days of what was found in the city and has not ended."""
    sql = """SELECT f.code, f.state, u.name, c.rectified_on, c.watch_until, c.looked_on
             FROM finding f JOIN finding_cycle c ON c.finding_id = f.id AND c.number = f.cycle
             JOIN campaign k ON k.id = f.campaign_id LEFT JOIN unit u ON u.id = f.unit_id
             WHERE k.slug = :slug AND f.kind = 'problem' ORDER BY f.id"""
    with open_session(read_only=True) as session:
        return [tuple(row) for row in query(session, sql, {"slug": CITY})]


def findings(year: Year) -> None:
    """Units rectify, the team verifies, the office closes; one comes back and is closed again."""
    city, day = f"--campaign {CITY}", str(year.day)
    for code, state, unit, rectified, watched, looked in found(year):
        if state == "assigned":
            proof = f"{code}整改{year.typed['findings']}.txt"
            (year.place / proof).write_text(f"{unit}{code}整改情况：已更新公示栏。{day}", "utf-8")
            said = f"--measure 已更新公示栏 --by {unit}联络员 {city}"
            year.type(f"findings rectify {code} {proof} {said}")
        elif state == "rectified" and str(rectified) < day:
            year.type(f"findings verify {code} --by 督导组 {city}")
        elif state == "watched" and str(watched) < day:
            year.type(f"findings close {code} --by 创建办 {city}")
        elif state == "closed" and not looked and year.day > date(2025, 10, 15):
            if code == "F1" and not year.typed["recurred"]:
                year.type(f"findings recur F1 --by 督导组 --reason 公示栏又没有更新 {city}")
                year.typed["recurred"] += 1
            else:
                year.type(f"findings look-back {code} --by 督导组 {city}")


def submissions(year: Year) -> None:
    """A day before it is due two units of a county hand in, one a day late; in the city one never does."""
    tomorrow = year.day + ONE_DAY
    for county in COUNTIES:
        for late, units in ((ONE_DAY, SHOWING[:2]), (-ONE_DAY, SHOWING[2:])):
            due = year.day + late
            if (due + ONE_DAY).month != due.month:
                for unit in units:
                    said = f"--on {year.day} --by 创建办 --campaign {county}"
                    year.type(f"publicity take D1.{due} --unit {unit} {said}")
    if tomorrow == date(2025, 12, 31):
        for unit in TRAINING[:3]:
            said = f"--on {year.day} --by 创建办 --campaign {CITY}"
            year.type(f"publicity take D2.2025-12-31 --unit {unit} {said}")


def complaint(year: Year) -> None:
    """Somebody complains; it goes to a first unit, from hand to hand, and is answered in time."""
    city, number = f"--campaign {CITY}", year.typed["complained"] + 1
    year.typed["complained"] += 1
    year.type(f"complaints add 窗口中午没有人{number} --unit 市司法局 --by 创建办 {city}")
    year.type(f"complaints hand-on C{number} --unit 市政府办公室 --by 创建办 {city}")
    said = f"--text 已安排中午轮值 --by 市政府办公室联络员 {city}"
    year.type(f"complaints answer C{number} {said}")


def briefing(year: Year) -> None:
    """On Fridays a draft is made; what has news is confirmed and gets the next number."""
    number = year.typed["briefing"] // 2 + 1
    year.type(f"briefing draft --out 稿{year.day}.docx --campaign {CITY}")
    year.type(f"briefing confirm {number} --out 简报{number}.docx --by 创建办 --campaign {CITY}")


def law_test(year: Year) -> None:
    """A bank, papers for two kinds of staff, six people of two units, and their answers."""
    city = f"--campaign {CITY}"
    year.type(f"law-test bank export 题库.xlsx {city}")
    book = load_workbook(year.place / "题库.xlsx")
    put(book["题库"], [question(kind, n) for kind in KINDS for n in range(70)])
    book.save(year.place / "题库.xlsx")
    year.type(f"law-test bank load 题库.xlsx {city}")
    year.type(f"law-test new --on {year.day} --by 创建办 {city}")
    year.type(f"law-test candidates export 考生人数.xlsx {city}")
    seats = [{"单位": unit, "执法人员": 2, "其他人员": 1} for unit in TRAINING[:2]]
    year.fill("考生人数.xlsx", "考生人数", seats, at="单位")
    year.type(f"law-test candidates load 考生人数.xlsx {city}")
    year.type(f"law-test papers 试卷 --by 创建办 {city}")
    year.type(f"law-test answers export 答卷.xlsx {city}")
    filled = answer(year.place / "答卷.xlsx", lambda _number, n: "A" if n == 1 else "")
    year.type(f"law-test answers load {filled.name} --by 创建办 {city}")
    assert "通过率" in year.type(f"law-test show {city}")


def survey(year: Year) -> None:
    """People are asked by telephone; after the set days no number of theirs is kept."""
    city = f"--campaign {CITY}"
    year.type(f"survey new 满意度测评 --by 评估测评组 --margin 5 --callers 2 {city}")
    strata(year.place / "分层.xlsx")
    year.type(f"survey strata load 分层.xlsx {city}")
    phones(year.place / "号码.xlsx")
    year.type(f"survey numbers load 号码.xlsx --by 评估测评组 {city}")
    year.type(f"survey calls 电话清单.xlsx --by 评估测评组 {city}")
    assert list((settings().home / "survey-phones").iterdir())


def drill(year: Year) -> None:
    """A mock assessment: seed, draw, records, workpaper, review, and its end."""
    city = f"--campaign {CITY}"
    begin, end = year.day, year.day + 7 * ONE_DAY
    days = f"--begin {begin} --end {end} --by 创建办 {city}"
    year.type(f"assessment make 第一次模拟评估 {days}")
    year.type(f"assessment seed M1 资料核查 --size 8 --by 评估测评组 {city}")
    year.type(f"assessment draw M1 资料核查 --by 评估测评组 {city}")
    assert "与登记的样本相同" in year.type(f"assessment redraw M1 资料核查 {city}")
    year.type(f"assessment records export M1 资料核查 记录.xlsx {city}")
    year.fill_all("记录.xlsx", "结果", "符合")
    year.type(f"assessment records load 记录.xlsx --by 评查一组 {city}")
    said = f"--by 评估测评组 --conclusion 材料齐全 {city}"
    year.type(f"assessment workpaper M1 资料核查 {said}")
    year.type(f"assessment review M1 资料核查 --by 创建办审核岗 {city}")
    year.type(f"assessment finish M1 --by 创建办 {city}")


def evidence(year: Year) -> None:
    """What a unit has done is proved by a piece of evidence that another post accepts."""
    number = year.typed["evidence"] // 2 + 1
    file = f"材料{number}.txt"
    (year.place / file).write_text(f"第{number}份：关于政务服务的情况说明。{year.day}", "utf-8")
    item = f"W{number}"
    said = f"--item {item} --title 情况说明{number} --on {year.day} --by 创建办 --campaign {CITY}"
    year.type(f"evidence add {file} {said}")
    year.type(f"evidence accept E{number:04d} --by 创建办审核岗 --campaign {CITY}")


def all_done(year: Year, slug: str, prefix: str) -> None:
    """Register what a stage has as done: nothing but steps, work and duties, the rest has its own life."""
    with open_session() as session:
        campaign = campaign_named(session, slug)
        for one in milestones_of(session, campaign.id or 0):
            here = one.code.startswith(prefix) and one.state == Progress.OPEN
            if here and MilestoneKind(one.kind) not in REGISTERED_BY:
                report = Report(one.code, Progress.DONE, "创建办", done_on=year.day)
                at = moment_of(noon(year.day), year.day)
                register(session, campaign.id or 0, report, moment=at)


def asked_twice(slug: str) -> list[tuple]:
    """Return what a unit's post was told more than once: by the same rule of the same thing and day, or
    of two things that are called the same and are due on the same day."""
    sql = """
        SELECT p.tag, n.subject_kind, n.subject_id, n.rule, n.occurrence, count(*) AS times
        FROM notice n JOIN post p ON p.id = n.post_id JOIN campaign k ON k.id = n.campaign_id
        WHERE k.slug = :slug AND p.unit_id IS NOT NULL AND n.reason <> 'dates-changed'
        GROUP BY p.tag, n.subject_kind, n.subject_id, n.rule, n.occurrence HAVING count(*) > 1
        UNION ALL
        SELECT p.tag, m.title, 0, n.rule, n.occurrence, count(*)
        FROM notice n JOIN post p ON p.id = n.post_id JOIN campaign k ON k.id = n.campaign_id
        JOIN milestone m ON n.subject_kind = 'milestone' AND m.id = n.subject_id
        WHERE k.slug = :slug AND p.unit_id IS NOT NULL AND n.reason <> 'dates-changed'
        GROUP BY p.tag, m.title, n.rule, n.occurrence HAVING count(*) > 1"""
    with open_session(read_only=True) as session:
        return [tuple(row) for row in query(session, sql, {"slug": slug})]


def after_it_was_settled(slug: str) -> list[tuple]:
    """Return what a unit was told of after it had done it."""
    sql = """
        SELECT p.tag, m.code, n.rule, n.day, m.done_on FROM notice n
        JOIN post p ON p.id = n.post_id JOIN campaign k ON k.id = n.campaign_id
        JOIN milestone m ON n.subject_kind = 'milestone' AND m.id = n.subject_id
        WHERE k.slug = :slug AND p.unit_id IS NOT NULL AND m.state = 'done' AND n.day > m.done_on
          AND n.reason <> 'dates-changed'"""
    with open_session(read_only=True) as session:
        return [tuple(row) for row in query(session, sql, {"slug": slug})]


ON: dict[date, Callable[[Year], object]] = {
    date(2025, 6, 16): lambda year: all_done(year, CITY, "S1."),
    date(2025, 7, 28): lambda year: [all_done(year, CITY, code) for code in ("S2.", "W")],
    date(2025, 8, 25): lambda year: all_done(year, CITY, "S3."),
    date(2025, 10, 20): lambda year: all_done(year, CITY, "S4."),
    date(2025, 11, 10): drill,
    date(2025, 11, 20): law_test,
    date(2025, 11, 24): survey,
    date(2025, 12, 29): lambda year: all_done(year, CITY, "D"),
    date(2026, 1, 5): lambda year: year.type(
        f"publicity take D2.2025-12-31 --unit {TRAINING[3]} --on {year.day} --by 创建办 --campaign {CITY}"
    ),
    date(2026, 1, 12): lambda year: year.type(
        f"papers write annual --year 2025 --out 年度报告.docx --campaign {CITY}"
    ),
    date(2026, 5, 18): lambda year: [all_done(year, county, "") for county in COUNTIES],
    date(2026, 5, 20): lambda year: all_done(year, CITY, "S5."),
}


def live(year: Year) -> None:
    """Do what a day brings, after its patrol."""
    weekday = year.day.weekday()
    if weekday < 5:
        decisions(year)
        visits(year)
        findings(year)
    submissions(year)
    if year.day.day == 14:
        complaint(year)
        evidence(year)
    if weekday == 4 and year.day.day < 8:
        briefing(year)
    if year.day in ON:
        ON[year.day](year)


def test_a_year_of_a_city_with_two_counties(year):
    year.clock_at(noon(FIRST))
    begin(year)

    while year.day <= LAST:
        year.clock_at(noon(year.day))
        year.morning()
        live(year)
        year.day += ONE_DAY

    assert not list((settings().home / "survey-phones").glob("*"))
    assert found(year)
    assert {state for _, state, *_ in found(year)} == {"closed"}
    for slug in (CITY, *COUNTIES):
        assert not asked_twice(slug)
        assert not after_it_was_settled(slug)
        with open_session(read_only=True) as session:
            campaign = campaign_named(session, slug)
            left = [s.name for s in stages_of(session, campaign.id or 0) if s.status != "closed"]
            assert not left, (slug, left)
    year.type("campaign close --by 创建办 --reason 已获命名", CITY)
    year.type("campaign archive --by 创建办 --out 档案.zip", CITY)
    assert verify().lines == []
    assert (year.place / "档案.zip").stat().st_size > 10_000
