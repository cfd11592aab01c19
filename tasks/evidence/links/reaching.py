"""Tell what is gone from what nobody could be asked for: one link cannot, the links of a round together can."""

from models.evidence.links import UNASKED, LinkSeen, WatchedLink
from tasks.evidence.links.fetching import Fetched
from tasks.evidence.links.resolving import NamesFound, NotFetched

Answered = tuple[WatchedLink, Fetched | NotFetched]
GIVE_UP = 6  # doubtful answers and no other: the way is shut, and nobody waits for each of the rest
NO_NAMES = "本机一个网站的地址也查不到（域名解析不通），没有看成；请检查网络和 DNS 设置"


class LinkRound:
    """What a round learns of the way out; holds the answers that may be the fault of the way.

    A name that is not found is gone only where names of outside can be looked up at all. A machine or
    proxy that lets nothing through says nothing of a page; where others answered, the look counts.
    """

    def __init__(self, *, inner: bool) -> None:
        """Begin a round; with ``inner`` networks allowed, some links need no way out."""
        self.names, self._inner = NamesFound(), inner
        self._held: list[tuple[WatchedLink, NotFetched]] = []
        self._answered = 0

    def holds(self, link: WatchedLink, answer: Fetched | NotFetched) -> bool:
        """Hold an answer that is in doubt; say whether it is."""
        if isinstance(answer, NotFetched) and (answer.unasked or answer.unnamed):
            self._held.append((link, answer))
            return True
        self._answered += isinstance(answer, Fetched) or answer.outcome == "dead"
        return False

    @property
    def is_shut(self) -> bool:
        """Say whether no further link need be tried; asks for a well-known name at most once a round."""
        if self._answered or self._inner or len(self._held) != GIVE_UP:
            return False
        return not any(self._counts(answer) for _, answer in self._held)

    def settled(self) -> tuple[list[Answered], list[LinkSeen]]:
        """Return the held answers that count after all, and what was not looked at, each with the reason."""
        counting: list[Answered] = []
        unasked: list[LinkSeen] = []
        for link, answer in self._held:
            if self._counts(answer):
                counting.append((link, answer))
            else:
                unasked.append(LinkSeen(link, UNASKED, self._why(answer)))
        return counting, unasked

    def _counts(self, answer: NotFetched) -> bool:
        return self._answered > 0 if answer.unasked else self.names.somebody_knows()

    @staticmethod
    def _why(answer: NotFetched) -> str:
        return str(answer) if answer.unasked else NO_NAMES
