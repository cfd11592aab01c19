"""What is said of a dispatch: yes or no to what came back, void, or that this was a wrong word; what may be said when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from models.rules.findings.numbers import DispatchState
from models.rules.registrar import unit_of_post
from models.rules.words import Worded, post_fault


class DispatchWord(Worded):
    """What is said of a dispatch; the values are the kinds of its entries."""

    ANSWERED = "dispatch-answered", "确认"
    REFUSED = "dispatch-refused", "不作数"
    VOID = "dispatch-void", "作废"
    TAKEN_BACK = "dispatch-taken-back", "撤回"


_OUT, _BACK = DispatchState.ISSUED, DispatchState.RETURNED
# From which states each is said, and where it leads.
_FROM: Mapping[DispatchWord, Collection[DispatchState]] = {
    DispatchWord.ANSWERED: {_BACK},
    DispatchWord.REFUSED: {_BACK},
    DispatchWord.VOID: {_OUT, _BACK},
    DispatchWord.TAKEN_BACK: {_OUT, DispatchState.ANSWERED, DispatchState.VOID},
}
_LEADS_TO: Mapping[DispatchWord, DispatchState] = {
    DispatchWord.ANSWERED: DispatchState.ANSWERED,
    DispatchWord.REFUSED: _OUT,
    DispatchWord.VOID: DispatchState.VOID,
}
_NOT_YET = {
    DispatchWord.ANSWERED: "还没有收到回件或已经办结",
    DispatchWord.REFUSED: "还没有收到回件或已经办结",
    DispatchWord.VOID: "不能再作废",
}


@dataclass(frozen=True, slots=True)
class DispatchVerdict:
    """What a post says of a dispatch."""

    what: DispatchWord
    by_post: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DispatchAsIs:
    """A dispatch as it stands before a word; ``has_return``: a scan came back, one that was refused too.

    ``is_doubtful``: what came back may be no scan.
    """

    name: str
    state: DispatchState
    has_return: bool
    is_doubtful: bool = False


def is_said_already(one: DispatchAsIs, what: DispatchWord) -> bool:
    """Say whether that stands already, so that it is no news."""
    if what is DispatchWord.TAKEN_BACK:
        return one.state is _BACK or (one.state is _OUT and not one.has_return)
    return one.state is _LEADS_TO[what] and what is not DispatchWord.REFUSED


def state_after(one: DispatchAsIs, what: DispatchWord) -> DispatchState:
    """Return where a dispatch stands after a word that may be said."""
    if what is not DispatchWord.TAKEN_BACK:
        return _LEADS_TO[what]
    return _BACK if one.has_return else _OUT


def word_faults(one: DispatchAsIs, said: DispatchVerdict, units: Mapping[str, str]) -> list[str]:
    """Return why that may not be said, a line each; ``units`` gives each name's unit."""
    faults = [fault] if (fault := post_fault(said.by_post, "确认")) else []
    if one.state not in _FROM[said.what]:
        faults.append(f"{one.name} 现在是“{one.state.chinese}”，{_NOT_YET[said.what]}")
    if own := unit_of_post(said.by_post, units):
        faults.append(f"督办单由创建办、领导或工作组确认，{own}不能确认")
    if said.what is not DispatchWord.ANSWERED and not said.reason.strip():
        faults.append("没有写理由")
    if said.what is DispatchWord.ANSWERED and one.is_doubtful and not said.reason.strip():
        faults.append(f"{one.name} 的回件看不出是扫描仪扫描的，确认的请写明怎样核对的（--note）")
    return faults
