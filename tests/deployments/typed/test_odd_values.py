"""No value of any option or argument of any command gives a traceback, an internal error or half a deed."""

import io
import shutil
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
import time_machine
from cyclopts import App

from deployments.cli import commands, run
from deployments.service.entrances import require_free_port
from deployments.typed import values as typed
from models.database import engine_for
from models.settings import settings
from tasks.notices.delivery import deliver
from tests.places import DOCUMENTS
from tests.support.odd_values import TEXTS, paths
from tests.support.sheets import HEADER, edited

MORNING = datetime(2025, 7, 21, 2, 0, tzinfo=UTC)
SECONDS = 30  # for one call, on a busy machine
LINES, LONGEST = 40, 2_500  # of what a refusal prints
CHINESE = range(0x4E00, 0xA000)

# What each name stands for in a call that is right but for the value that is tried.
GOOD = {
    "source": "zengdu-2023",
    "unit": "市司法局",
    "subject": "W5",
    "scope": "W5",
    "code": "W5",
    "state": "进行中",
    "by": "创建办",
    "reason": "试",
    "tag": "创建办",
    "rule": "ledgers-out",
    "answer": "退回",
    "post": "组长",
    "to": "分管领导",
    "until": "2025-08-15",
    "start": "2025-08-01",
    "end": "2025-08-10",
}
GOOD_OF = {
    ("plan", "compile"): {"file": "方案.md"},
    ("plan", "merge"): {"table": "jinchang-2025", "take": "全部"},
    ("plan", "compare"): {"earlier": "zengdu-2023", "later": "jinchang-2025"},
    ("publicity", "check"): {"file": "方案.md"},
    ("publicity", "owe"): {"code": "D1"},
    ("publicity", "spare"): {"code": "D1"},
    ("publicity", "take"): {"code": "D1"},
    ("publicity", "take-back"): {"code": "D1"},
    ("publicity", "decide"): {"answer": "不发布"},
    ("publicity", "incident", "step"): {"step": "报告"},
    ("publicity", "incident", "responsible"): {"unit": "市司法局"},
    ("publicity", "venues", "load"): {"file": "venues.xlsx"},
    ("publicity", "items", "load"): {"file": "published.xlsx"},
    ("publicity", "words", "load"): {"file": "words.xlsx"},
    ("publicity", "slogans", "load"): {"file": "slogans.xlsx"},
    ("units", "load"): {"file": "units.xlsx"},
    ("posts", "load"): {"file": "posts.xlsx"},
    ("progress", "load"): {"file": "progress.xlsx"},
    ("indicators", "load"): {"file": "indicators.xlsx"},
    ("indicators", "compile"): {"file": "indicators.xlsx"},
    ("demands", "load"): {"file": "demands.xlsx"},
    ("groups", "load"): {"file": "groups.xlsx"},
    ("groups", "show"): {"group": "工作专班"},
    ("groups", "seat"): {"group": "工作专班", "who": "市委副书记", "role": "组长"},
    ("groups", "leave"): {"group": "工作专班", "who": "市司法局"},
    ("groups", "document"): {"code": "G1.1"},
    ("groups", "print"): {"out": "新.docx"},
    ("campaign", "parent"): {"name": "jc", "to": ""},
    ("campaign", "approval"): {"name": "jc", "number": "法办〔2025〕6号"},
    ("campaign", "hand-down"): {"to": "jc"},
    ("campaign", "kind"): {"name": "jc", "to": "创建活动"},
    ("campaign", "assign"): {"to": ""},
    ("campaign", "take-back"): {"from": "jc"},
    ("audit", "export"): {"file": "新.csv"},
    ("decision", "decide"): {"code": "AAAAAA"},
    ("campaign", "rename"): {"name": "jc", "new": "金昌 2025"},
    ("campaign", "close"): {"name": "jc"},
    ("campaign", "reopen"): {"name": "jc"},
    ("campaign", "archive"): {"name": "jc", "out": "新.zip"},
    ("campaign", "remove"): {"name": "jc"},
    ("holidays", "set"): {"deed": "照通知"},
    ("rehearse",): {"what": "jc", "from": "2026-06-03", "to": "2026-06-05"},
    ("ledger", "import"): {"path": "市司法局-台账-第1版.xlsx"},
    ("ledger", "settle"): {"number": "1", "take": "已登记"},
    ("evidence", "show"): {"code": "E0001"},
    ("evidence", "add"): {"item": "W1"},
    ("evidence", "load"): {"file": "pieces.xlsx"},
    ("evidence", "mask"): {"code": "E0001"},
    ("posts", "handover"): {"out": "新.docx"},
    ("papers", "write", "report"): {"out": "新.docx"},
    ("papers", "write", "problems"): {"out": "新.docx"},
    ("papers", "write", "rectification"): {"out": "新.docx"},
    ("papers", "write", "dispatch"): {"out": "新.docx"},
    ("papers", "write", "bulletin"): {"out": "新.docx"},
    ("papers", "write", "annual"): {"out": "新.docx", "year": "2025"},
    ("papers", "check"): {"kind": "annual", "file": "模板.docx", "year": "2025"},
    ("papers", "due"): {"year": "2025"},
    ("briefing", "draft"): {"out": "新.docx"},
    ("briefing", "confirm"): {"number": "1", "out": "新.docx"},
    ("briefing", "print"): {"number": "1", "out": "新.docx"},
    ("briefing", "withdraw"): {"number": "1"},
    ("briefing", "items", "add"): {"file": "模板.docx"},
    ("briefing", "items", "load"): {"file": "items.xlsx"},
    ("papers", "write", "checklist"): {"out": "新.docx"},
    ("papers", "template", "set"): {"kind": "通报", "file": "模板.docx"},
    ("papers", "template", "drop"): {"kind": "通报"},
    ("papers", "template", "sample"): {"kind": "通报", "out": "新.docx"},
    ("papers", "compare"): {"kind": "自评报告"},
    ("evidence", "submit"): {"codes": "E0001"},
    ("evidence", "accept"): {"codes": "E0001", "by": "创建办审核岗"},
    ("evidence", "return"): {"codes": "E0001"},
    ("evidence", "withdraw"): {"codes": "E0001"},
    ("evidence", "judge"): {"code": "E0001", "verdict": "属实", "by": "创建办审核岗"},
    ("evidence", "save"): {"code": "E0001", "out": "取出"},
    ("package", "make"): {"out": "新.zip"},
    ("package", "limits", "set"): {"kind": "图片"},
    ("package", "receipts", "load"): {"file": "receipts.xlsx"},
    ("figures", "load"): {"file": "figures.xlsx"},
    ("scores", "load"): {"file": "scores.xlsx"},
    ("scores", "rules", "load"): {"file": "rules.xlsx", "counts": "10/34/104"},
    ("law-test", "bank", "load"): {"file": "bank.xlsx"},
    ("law-test", "rules", "load"): {"file": "parts.xlsx"},
    ("law-test", "candidates", "load"): {"file": "seats.xlsx"},
    ("survey", "new"): {"kind": "电话回访"},
    ("survey", "strata", "load"): {"file": "strata.xlsx"},
    ("survey", "questions", "load"): {"file": "asked.xlsx"},
    ("survey", "talks", "load"): {"file": "talks.xlsx"},
    ("survey", "talks", "outline", "load"): {"file": "outline.xlsx"},
    ("inspection", "teams", "load"): {"file": "inspection.xlsx"},
    ("inspection", "teams", "add"): {"units": "市司法局、市财政局"},
    ("inspection", "round", "count"): {"count": "3"},
    ("inspection", "plan"): {"number": "1"},
    ("inspection", "show"): {"number": "1"},
    ("inspection", "move"): {"code": "V1.1", "day": "2025-08-06", "team": "第一督导组"},
    ("inspection", "away"): {"team": "第一督导组"},
    ("inspection", "checklist"): {
        "code": "V1.1",
        "out": "清单",
        "number": "1",
        "team": "第一督导组",
    },
    ("inspection", "results", "load"): {"file": "results.xlsx"},
    ("inspection", "results", "set"): {"code": "V1.1", "problems": "公示栏没有更新"},
    ("inspection", "results", "take-back"): {"code": "V1.1"},
    ("scores", "set"): {"points": "2.5"},
    ("assessment", "make"): {"title": "演练", "begin": "2025-08-01", "end": "2025-08-05"},
    ("assessment", "show"): {"drill": "M1"},
    ("assessment", "population"): {"method": "案卷评查"},
    ("assessment", "seed"): {"drill": "M1", "method": "实地核验"},
    ("assessment", "draw"): {"drill": "M1", "method": "资料核查"},
    ("assessment", "redraw"): {"drill": "M1", "method": "资料核查"},
    ("assessment", "search"): {"drill": "M1"},
    ("assessment", "records", "export"): {"drill": "M1", "method": "资料核查"},
    ("assessment", "records", "load"): {"file": "记录.xlsx"},
    ("assessment", "records", "take-back"): {
        "drill": "M1",
        "method": "资料核查",
        "reviewer": "评查组",
    },
    ("assessment", "tables", "sheets", "load"): {"file": "标准.xlsx"},
    ("assessment", "tables", "weights", "load"): {"file": "权重.xlsx"},
    ("assessment", "workpaper"): {"drill": "M1", "method": "资料核查"},
    ("assessment", "review"): {"drill": "M1", "method": "资料核查"},
    ("assessment", "revise"): {"drill": "M1", "method": "资料核查"},
    ("assessment", "findings"): {"drill": "M1"},
    ("assessment", "finish"): {"drill": "M1"},
    ("assessment", "drop"): {"drill": "M1"},
    ("papers", "write", "mock-assessment"): {"drill": "M1", "out": "新.docx"},
    ("scores", "deduct"): {"points": "0.5"},
    ("findings", "assign"): {"code": "F1"},
    ("findings", "uphold"): {"code": "F1"},
    ("findings", "promise"): {"code": "F1"},
    ("findings", "decline"): {"code": "F1"},
    ("findings", "move"): {"code": "F1"},
    ("findings", "rectify"): {"code": "F1"},
    ("findings", "refuse"): {"code": "F1"},
    ("findings", "verify"): {"code": "F1"},
    ("findings", "close"): {"code": "F1"},
    ("findings", "look-back"): {"code": "F1"},
    ("findings", "recur"): {"code": "F1"},
    ("findings", "end"): {"code": "F1"},
    ("findings", "take-back"): {"code": "F1"},
    ("findings", "show"): {"code": "F1"},
    ("findings", "add"): {"source": "自查"},
    ("findings", "ledger"): {"file": "新.xlsx"},
    ("findings", "load"): {"file": "findings.xlsx"},
    ("findings", "dispatches", "returned"): {"number": "2025-1"},
    ("findings", "dispatches", "confirm"): {"number": "2025-1"},
    ("findings", "dispatches", "refuse"): {"number": "2025-1"},
    ("findings", "dispatches", "void"): {"number": "2025-1"},
    ("findings", "dispatches", "take-back"): {"number": "2025-1"},
    ("complaints", "add"): {"source": "热线"},
    ("complaints", "hand-on"): {"code": "C1"},
    ("complaints", "answer"): {"code": "C1"},
    ("complaints", "raise"): {"code": "C1"},
    ("window", "account", "add"): {"role": "office"},
    ("window", "account", "lock"): {"name": "甲"},
    ("window", "account", "unlock"): {"name": "甲"},
    ("window", "account", "password"): {"name": "甲"},
    ("window", "enter"): {"name": "创建办"},
}
# Named although it need not be, so that a call neither writes eighty files nor gives every unit a duty.
ALSO = {
    "checklist --unit",
    "evidence add --item",
    "inspection checklist --code",
    "ledger export --unit",
    "publicity owe --units",
    "publicity spare --units",
    "rehearse --from",
    "rehearse --to",
}
# A wrong code is counted against those who guess: the only refusal that writes.
COUNTED = {("decision", "decide")}


def every_command(app: App = commands, chain: tuple[str, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield (words, arguments) of every command there is."""
    if app.default_command:
        # `*` is no argument but the form that several commands share; its own fields follow it.
        asked = [one for one in app.assemble_argument_collection() if one.parse]
        yield chain, [one for one in asked if one.names != ("*",)]
    for name in app:
        if not name.startswith("-"):
            yield from every_command(app[name], (*chain, name))


ARGUMENTS = [(chain, one, all_) for chain, all_ in every_command() for one in all_]


# An option that many commands have (--by, --campaign) is read by one type and looked up by one function:
# each command gets a share of the values, the next command the next, and each value is tried in so many.
COMMANDS_EACH, SHARES = 6, 12


# A walk takes two seconds, and each folder that can be made is walked for: a share is enough beside
# what `test_values` says of the type.
WALKS = {("rehearse", "--out")}


def form_of(argument: Any) -> tuple[Any, ...]:
    return argument.names[0], argument.parameter.converter, str(argument.hint)


def shares() -> dict[tuple[Any, ...], tuple[int, int]]:
    """Return of each command and option which share of the values is its own, and of how many."""
    forms = Counter(form_of(argument) for _, argument, _ in ARGUMENTS)
    seen, found = Counter[Any](), {}
    for chain, argument, _ in ARGUMENTS:
        form = form_of(argument)
        parts = max(1, min(SHARES, forms[form] // COMMANDS_EACH))
        if (*chain, argument.names[0]) in WALKS:
            parts = SHARES
        found[*chain, argument.names[0]] = seen[form] % parts, parts
        seen[form] += 1
    return found


SHARE_OF = shares()


def named(case: tuple[Any, ...]) -> str:
    chain, argument, _ = case
    return f"{' '.join(chain)} {argument.names[0]}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home after a morning's work, with lists to load and a question to decide; copied per test."""
    home = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch, time_machine.travel(MORNING, tick=True):
        patch.setenv("SHIFAN_HOME", str(home))
        patch.setenv("SHIFAN_CHANNELS", str(channels_in(home)))
        patch.chdir(home)
        for words in (
            "plan load jinchang-2025 --slug jc",
            "patrol",
            "silence add W6 --until 2025-08-15 --by 创建办 --reason 试",
            "decision ask 2 --by 创建办",
            "gate confirm ledgers-out --by 创建办",
            "decision delegate 组长 --to 分管领导 --start 2025-07-21 --end 2025-08-10 --by 组长",
            "units export units.xlsx",
            "posts export posts.xlsx",
            "groups export groups.xlsx",
            "publicity owe D1 --units 市司法局 --by 创建办",
            "publicity items add 启动 --channel 报纸 --by 创建办",
            "publicity venues export venues.xlsx",
            "publicity items export published.xlsx",
            "publicity words export words.xlsx",
            "publicity slogans export slogans.xlsx",
            "publicity incident add 网帖 --by 创建办",
            "progress export progress.xlsx",
            "indicators template indicators.xlsx",
            "demands export demands.xlsx",
            "evidence template pieces.xlsx",
            "package receipts export receipts.xlsx",
            "figures export figures.xlsx",
            "findings add 窗口无人 --unit 市司法局 --by 创建办",
            "complaints add 窗口无人 --unit 市司法局 --by 创建办",
            "findings export findings.xlsx",
            "scores export scores.xlsx",
            "scores rules export rules.xlsx",
            "law-test bank export bank.xlsx",
            "law-test rules export parts.xlsx",
            "law-test new --on 2025-08-15 --by 创建办",
            "law-test candidates export seats.xlsx",
            "survey new 满意度测评 --by 创建办",
            "survey strata export strata.xlsx",
            "survey questions export asked.xlsx",
            "survey talks export talks.xlsx",
            "survey talks outline export outline.xlsx",
            "inspection teams export inspection.xlsx",
            "inspection teams add 第一督导组 --units 市司法局、市财政局 --by 创建办",
            "inspection teams add 第二督导组 --units 市公安局、市审计局 --by 创建办",
            "inspection round add 1 --start 2025-08-01 --end 2025-09-30 --most 3 --by 创建办",
            "inspection plan 1",
            "inspection checklist V1.1 --out .",
            "ledger export 市司法局 --out .",
            "papers template sample 通报 --out 模板.docx",
            "assessment make 演练 --begin 2025-07-21 --end 2025-07-31 --by 创建办",
            "assessment seed M1 资料核查 --size 5 --by 创建办",
            "assessment draw M1 资料核查 --by 创建办",
            "assessment records export M1 资料核查 记录.xlsx",
            "assessment tables sheets export 标准.xlsx",
            "assessment tables weights export 权重.xlsx",
            "briefing items add 模板.docx --by 创建办",
            "briefing items export items.xlsx",
            "briefing draft --out 稿.docx",
            "evidence add units.xlsx --item W1 --title 名册 --by 创建办",
        ):
            assert run(words.split()) == 0, words
        of_markdown = DOCUMENTS / "82-zhendi-fenjie-md.md"
        shutil.copy(of_markdown, "方案.md")
        deliver(lambda: MORNING)  # what the patrol has to say is said: each call sends its own
        edited(home / "indicators.xlsx", one_indicator, "指标.xlsx").replace("indicators.xlsx")
        next(home.glob("V1.1-*.xlsx")).rename("results.xlsx")
        engine_for(settings().database).dispose()
    yield home


def channels_in(folder: Path) -> Path:
    """Write a file of channels: the office has one at which nobody listens."""
    path = folder / "channels.yaml"
    path.write_text(
        "version: 1\nurls:\n  - json://127.0.0.1:9?rto=1&cto=1:\n    - tag: 创建办\n", "utf-8"
    )
    path.chmod(0o600)
    return path


def one_indicator(book: Any) -> None:
    for column, value in enumerate(("1", "1", "", "制度建设"), start=1):
        book["指标"].cell(HEADER + 1, column).value = value


class Desk:
    """One command tried many times on a copy of the office, put back whenever something was written."""

    def __init__(self, office: Path, place: Path, capsys: Any) -> None:
        self.office, self.home, self.capsys = office, place / "home", capsys
        self.texts, self.paths = list(TEXTS.values()), list(paths(place).values())
        self.place = place
        shutil.copytree(office, self.home)
        for file in (*office.glob("*.xlsx"), office / "方案.md", office / "模板.docx"):
            shutil.copy(file, place)
        self.watch = sqlite3.connect(self.home / "shifan.db")
        self.seen, self.known = self.version(), self.files()

    def begin(self) -> None:
        """Lay the database out as the office left it, under whatever connections there are.

        The log is emptied, for what stands in it from before is another database's.
        """
        with (
            closing(sqlite3.connect(self.office / "shifan.db")) as source,
            closing(sqlite3.connect(self.home / "shifan.db")) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.office / "audit-heads.jsonl", self.home)
        self.seen = self.version()

    def odd_for(self, argument: Any) -> list[str]:
        """Return what to feed ``argument``: the whole table, and odd paths where it names a file."""
        return self.texts + (self.paths if names_a_file(argument) else [])

    def version(self) -> int:
        """Return a number that is another one after anybody else wrote."""
        return int(self.watch.execute("PRAGMA data_version").fetchone()[0])

    def files(self) -> set[Path]:
        """Return what lies in the folder, without the home."""
        tops = [path for path in self.place.iterdir() if path != self.home]
        return {path for top in tops for path in (top, *(top.rglob("*") if top.is_dir() else ()))}

    def tried(self, words: list[str], *, counted: bool) -> None:
        """Run a command and assert what holds for every command, whatever it is given."""
        began = time.monotonic()
        sys.stdin = io.StringIO("AAAAAA\n")  # the human, who has no code
        try:
            code = run(words)
        except SystemExit as end:
            code = end.code
        took = time.monotonic() - began
        said = self.capsys.readouterr()
        shown = [word[:60] for word in words]

        assert code in (0, 1, 3), shown
        assert "Traceback" not in said.out + said.err, shown
        assert "程序内部出错" not in said.err, (shown, said.err)
        assert took < SECONDS, shown
        wrote, files = self.version() != self.seen, self.files()
        if code:
            lines = said.err.splitlines()
            assert 0 < len(lines) <= LINES, shown
            assert max(map(len, lines)) <= LONGEST, shown
            assert any(ord(mark) in CHINESE for mark in lines[0]), (shown, lines)
            assert files == self.known, shown
            assert not wrote or counted, shown
        self.put_back(files - self.known, wrote=wrote)

    def put_back(self, made: set[Path], *, wrote: bool) -> None:
        """Clear away what a call made, in the folder and in the database."""
        for path in made:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        if wrote:
            self.begin()


@pytest.fixture(scope="module")
def above(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which every desk is laid out anew, by the same name: one engine serves them all."""
    return tmp_path_factory.mktemp("above")


@pytest.fixture(scope="module")
def _taken_apart_once() -> Iterator[None]:
    """Let the library look at each command's signature once; every call gets a copy without words.

    It would look again at each call, most of what a refusal costs, and see the same.
    """
    look, seen = App.assemble_argument_collection, dict[int, Any]()

    def assembled(app: App, **asked: Any) -> Any:
        if asked:
            return look(app, **asked)
        if id(app) not in seen:
            seen[id(app)] = app, look(app)  # held, so that no other gets its id
        return without_words(seen[id(app)][1])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(App, "assemble_argument_collection", assembled)
        yield


def without_words(arguments: Any) -> Any:
    """Return a copy to which nothing was given yet; the fields of a form belong to the form's copy."""
    copies = arguments.copy(reset_tokens=True)
    own = dict(zip(map(id, arguments), copies, strict=True))
    for one in copies:
        one.children = type(copies)(own[id(child)] for child in one.children)
    return copies


@pytest.fixture
def desk(office, above, _taken_apart_once, monkeypatch, capsys) -> Iterator[Desk]:
    shutil.rmtree(above)  # also what a call wrote two folders up
    place = above / "一" / "二"
    place.mkdir(parents=True)
    monkeypatch.setenv("SHIFAN_HOME", str(place / "home"))
    monkeypatch.setenv("SHIFAN_CHANNELS", str(channels_in(place)))
    monkeypatch.setattr("sys.stdin", sys.stdin)  # put back at the end
    monkeypatch.setattr("getpass.getpass", lambda *_: "AAAAAA")
    monkeypatch.setattr("deployments.service.up.run_up", start_nothing)
    monkeypatch.setattr("deployments.service.window_alone.run_alone", start_nothing)
    monkeypatch.chdir(place)
    with time_machine.travel(MORNING, tick=True):
        made = Desk(office, place, capsys)
        yield made
    made.watch.close()
    engine_for(settings().database).dispose()


def start_nothing(host: str, port: int, _moment: object, *, asks: bool = False) -> None:
    """Look at what `shifan up` was given as it does itself, and start nothing that would stay."""
    require_free_port(host, port)


def good(chain: tuple[str, ...], argument: Any) -> str:
    """Return a right value for an argument of a command, also of one that is not thought of yet."""
    name = argument.names[0].removeprefix("--")
    told = GOOD_OF.get(chain, {}).get(name) or GOOD.get(name)
    if told:
        return told
    if argument.parameter.converter is typed.InFile.__metadata__[0].converter:
        return "units.xlsx"
    kinds = {int: "1", date: "2025-07-21", Path: "新.xlsx"}
    return next((value for kind, value in kinds.items() if kind in kinds_of(argument)), "甲")


def kinds_of(argument: Any) -> set[Any]:
    return {argument.hint, *get_args(argument.hint)}


def names_a_file(argument: Any) -> bool:
    kinds = (typed.Source, typed.InFile, typed.OutFile, typed.OutFileAnywhere, typed.OutFolder)
    named = argument.parameter.converter in {one.__metadata__[0].converter for one in kinds}
    return named or Path in kinds_of(argument)


def calls(
    chain: tuple[str, ...], argument: Any, arguments: list[Any], odd: str
) -> Iterator[list[str]]:
    """Yield a way to give ``odd`` to ``argument``, every one of what looks like an option.

    The other arguments that must be there are right.
    """
    others = [
        one
        for one in arguments
        if one is not argument and (one.required or named((chain, one, ())) in ALSO)
    ]
    named_ = [f"{one.names[0]}={good(chain, one)}" for one in others]
    dashed = odd.startswith("-")
    if argument.index is None or dashed:
        yield [*chain, *named_, f"{argument.names[0]}={odd}"]
    if bool in kinds_of(argument):
        return
    if argument.index is None:
        if dashed:
            yield [*chain, *named_, argument.names[0], odd]
        return
    before = [
        good(chain, one)
        for one in arguments
        if one.index is not None and one.index < argument.index
    ]
    rest = [f"{one.names[0]}={good(chain, one)}" for one in others if one.index is None]
    yield [*chain, *rest, *before, odd]
    if dashed:
        yield [*chain, *rest, "--", *before, odd]


@pytest.mark.parametrize("command", list(every_command()), ids=lambda command: " ".join(command[0]))
def test_an_odd_value_is_taken_or_refused_in_chinese_with_nothing_half_done(desk, command):
    chain, arguments = command
    for argument in arguments:
        own, parts = SHARE_OF[*chain, argument.names[0]]
        for odd in desk.odd_for(argument)[own::parts]:
            for words in calls(chain, argument, arguments, odd):
                desk.tried(words, counted=chain in COUNTED)


def test_each_odd_value_is_tried_with_each_option():
    tried = Counter(
        (form_of(one), SHARE_OF[*chain, one.names[0]])
        for chain, one, _ in ARGUMENTS
        if (*chain, one.names[0]) not in WALKS
    )
    for form, (_, parts) in {(form, share) for form, share in tried}:
        assert all(tried[form, (own, parts)] for own in range(parts)), form


def test_what_is_named_also_is_an_option_of_its_command():
    assert {named(case) for case in ARGUMENTS} >= ALSO


def test_every_option_has_a_type_that_bounds_it():
    ours = {
        getattr(typed, name).__metadata__[0].converter
        for name in vars(typed)
        if hasattr(getattr(typed, name), "__metadata__")
    }
    for chain, argument, _ in ARGUMENTS:
        bounded = argument.parameter.converter in ours
        chosen = kinds_of(argument) & {bool} or argument.get_choices()
        assert bounded or chosen, (chain, argument.names)


def test_a_call_that_is_right_but_for_nothing_is_done(desk):
    """The other test would prove nothing if its calls were wrong in more than the value tried."""
    refused = []
    for chain, arguments in every_command():
        code = run([*chain, *(f"{a.names[0]}={good(chain, a)}" for a in arguments if a.required)])
        if code:
            refused.append(" ".join(chain))
        desk.put_back(desk.files() - desk.known, wrote=desk.version() != desk.seen)

    # The campaign is under way and was patrolled, no unit is gone, nobody listens at the channel of
    # the test, a list of units is no notice and no backup, the leader has no code, nothing was decided,
    # no indicators are loaded or scored, nothing stands below the campaign, nobody sits in its
    # group, which has no papers to write, no ledgers disagree, no file came of no campaign, no package was
    # made, no paper was written, nothing is public or judged in the drill, no law test was sat, nobody was
    # asked, no step of an incident was registered, evidence without a file proves nothing, nobody has an account
    # of the window, and what stands at the prompt is too short for the password of one. No server is there to
    # copy to, to deploy to or to work for, none of one's own starts without a password, and an installation
    # like this one is not well.
    assert refused == [
        "campaign reopen",
        "campaign archive",
        "campaign remove",
        "campaign hand-down",
        "campaign assign",
        "campaign take-back",
        "units succeed",
        "groups leave",
        "groups document",
        "ledger settle",
        "evidence reconsider",
        "evidence add",
        "findings uphold",
        "findings rectify",
        "findings refuse",
        "findings verify",
        "findings close",
        "findings recur",
        "findings look-back",
        "findings take-back",
        "findings dispatches returned",
        "findings dispatches confirm",
        "findings dispatches refuse",
        "findings dispatches void",
        "findings dispatches take-back",
        "scores set",
        "scores deduct",
        "package make",
        "package changes",
        "papers template drop",
        "papers compare",
        "assessment search",
        "assessment records take-back",
        "assessment review",
        "assessment revise",
        "assessment finish",
        "law-test answers export",
        "law-test answers load",
        "law-test repeat",
        "law-test papers",
        "law-test key",
        "law-test hand-in",
        "survey numbers load",
        "survey numbers forget",
        "survey answers export",
        "survey answers load",
        "survey talks hand-in",
        "survey calls",
        "survey hand-in",
        "briefing print",
        "briefing withdraw",
        "inspection results set",
        "inspection move",
        "publicity slogans rotate",
        "publicity incident take-back",
        "publicity check",
        "publicity decide",
        "channels test",
        "channels selftest",
        "intake place",
        "mailbox check",
        "holidays load",
        "db restore",
        "db copy",
        "decision decide",
        "decision object",
        "window account add",
        "window account lock",
        "window account unlock",
        "window account password",
        "doctor",
        "server",
        "deploy",
        "worker",
    ]


def test_words_that_are_no_command_are_refused_too(desk):
    for odd in desk.texts + desk.paths:
        for words in ([odd], ["plan", odd], ["patrol", odd], ["patrol", f"--{odd}"]):
            desk.tried(words, counted=False)


def test_the_watch_sees_what_is_written(desk):
    with closing(sqlite3.connect(desk.home / "shifan.db")) as other, other:
        other.execute("UPDATE campaign SET title = '甲'")
    assert desk.version() != desk.seen
