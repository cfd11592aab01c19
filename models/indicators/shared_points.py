"""Points in a cell merged over several indicators: those of the heading above them, not of each."""

from collections.abc import Iterator, Sequence
from itertools import product
from operator import mul

from models.indicators.columns import SCORE
from models.indicators.nodes import Forest, SystemNode, SystemPiece
from models.indicators.points import cell_points, points_within, share_within

SHARED = "这个分值在原表里是几项合用的一格，记在第一项上，请核对"
UNSURE = "这几项的分值相同，看不出是各有一格还是合用一格，按各有一格读了，请核对"
MOST_RUNS = 10  # of which each is tried as shared and as not
LEAST = 0.001  # points that make a difference
Run = list[SystemNode]


def settle_shared(forest: Forest, total: float) -> None:
    """Give points that several indicators share to the heading of just these, else to the first of them.

    A workbook says which cells are merged. Another file shows the same number in each row: then it is
    shared where only so the sum is the one stated above, or ``total``; what fits neither way is a doubt.
    """
    parents = {id(child): node for node in forest.walk() for child in node.children}
    for top in forest.tops:
        leaves = [node for node in top.walk() if not node.children]
        for run in _runs(leaves, sure=True):
            _share(run, parents, forest)
    unsure = {id(top): _unsure(top, parents) for top in forest.tops}
    if all(_stated(top) is None for top in forest.tops):
        every = [run for top in forest.tops for run in unsure[id(top)]]
        _decide(every, [leaf for top in forest.tops for leaf in top.walk()], total, parents, forest)
        return
    for top in forest.tops:
        wanted = _stated(top)
        if wanted is not None:
            _decide(unsure[id(top)], list(top.walk())[1:], wanted, parents, forest)


def _unsure(top: SystemNode, parents: dict[int, SystemNode]) -> list[Run]:
    """Return the runs that fill a heading without points of its own, of files that tell no merged cells."""
    leaves = [node for node in top.walk() if not node.children]
    found = []
    for run in _runs(leaves, sure=False):
        parent = parents.get(id(run[0]))
        if parent and parent is not top and parent.children == run and _stated(parent) is None:
            found.append(run)
    return found


def _runs(leaves: Sequence[SystemNode], *, sure: bool) -> Iterator[Run]:
    """Yield the indicators, two or more in a row, whose points are or may be one cell."""
    run: Run = []
    for leaf in leaves:
        if run and _goes_on(run[-1], leaf, sure=sure):
            run.append(leaf)
            continue
        if len(run) > 1:
            yield run
        run = [leaf]
    if len(run) > 1:
        yield run


def _goes_on(before: SystemNode, leaf: SystemNode, *, sure: bool) -> bool:
    one, other = before.pieces(SCORE), leaf.pieces(SCORE)
    if len(other) != 1 or not one:
        return False
    if sure:
        return other[0].joined is True
    return (
        len(one) == 1
        and other[0].joined is None
        and other[0].cell is not None
        and (one[0].cell, one[0].text.strip()) == (other[0].cell, other[0].text.strip())
    )


def _decide(
    runs: Sequence[Run],
    nodes: Sequence[SystemNode],
    wanted: float,
    parents: dict[int, SystemNode],
    forest: Forest,
) -> None:
    if not runs:
        return
    leaves = [node for node in nodes if not node.children]
    each = sum(_stated(leaf) or 0 for leaf in leaves)
    if abs(each - wanted) < LEAST:
        return
    saved = [(len(run) - 1) * (_stated(run[0]) or 0) for run in runs]
    fitting = [
        chosen
        for chosen in product((False, True), repeat=min(len(runs), MOST_RUNS))
        if abs(each - sum(map(mul, saved, chosen)) - wanted) < LEAST
    ]
    if len(runs) > MOST_RUNS or len(fitting) != 1:
        for run in runs:
            forest.doubt(run[0].pieces(SCORE)[0], UNSURE)
        return
    for run, shared in zip(runs, fitting[0], strict=True):
        if shared:
            _share(run, parents, forest)


def _share(run: Run, parents: dict[int, SystemNode], forest: Forest) -> None:
    first, others = run[0], run[1:]
    parent = parents.get(id(first))
    whole = parent is not None and parent.children == run and not parent.pieces(SCORE)
    holder = parent if whole and parent is not None else first
    if holder is not first:
        holder.fields[SCORE] = first.fields.pop(SCORE)
    else:
        forest.doubt(_only(first), SHARED)
    for node in others:
        for piece in node.fields.pop(SCORE):
            holder.add("again", piece)


def _only(node: SystemNode) -> SystemPiece:
    return node.pieces(SCORE)[0]


def _stated(node: SystemNode) -> float | None:
    """Return the points that stand with an indicator itself."""
    said = [
        points for piece in node.pieces(SCORE) if (points := cell_points(piece.text)) is not None
    ]
    if said:
        return sum(said)
    text = "".join(piece.text for piece in node.pieces("text"))
    share = share_within(text)
    return share if share is not None else (sum(points_within(text)) or None)
