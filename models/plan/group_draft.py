"""A group while it is being read, and the lists of its members."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.plan.document import Line
from models.plan.patterns import pattern
from models.plan.units import is_group, split_units
from models.plan.vocabulary import Vocabulary

HEADS = r"组长|指挥长|总指挥|主任|召集人|总召集人|政委|总负责"


POST = r"(?:书记|市长|县长|区长|州长|旗长|镇长|乡长|主任|局长|部长|主席|院长|检察长|科长|股长|处长|厅长|主任委员|会长|行长|总经理|董事长|秘书长|队长|支队长|大队长|所长|站长|负责人|负责同志|领导|干部|委员|组长|指挥长|成员|专员|台长|社长|总编辑|经理|校长|常委|助理|调研员|联络员|工作人员|巡视员|总工程师)"
BODY = r"(?:领导小组|指挥部|工作专班|专班|委员会|联席会议|工作组|协调小组|推进组|专项组|工作领导小组|工作推进组)"


@dataclass
class Draft:
    name: str
    parent: str | None
    line: Line
    located_in: str | None = None
    posts: dict[str, list[str]] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    stated: int | None = None
    duties: list[str] = field(default_factory=list)
    unit_text: str = ""  # the list of member units, which may run over several lines
    announced: bool = False  # 成立…领导小组, with nothing said of it

    def add(self, key: str, values: Sequence[str]) -> None:
        self.posts.setdefault(key, []).extend(values)

    @property
    def has_content(self) -> bool:
        return bool(self.posts or self.units or self.groups or self.duties or self.announced)


def add_members(text: str, draft: Draft, words: Vocabulary) -> None:
    text = pattern(
        r"(?:等)?(?:各?(?:有关|相关))?(?:主要|分管)?(?:负责人|负责同志|领导|人员|股室|科室|处室)+$"
    ).sub("", text)
    for name in split_units(text, words):
        name = pattern(r"(?:有关|相关)?(?:主要|分管)?(?:负责人|负责同志|人员|股室|科室)+$").sub(
            "", name
        )
        if len(name) < 2:
            continue
        (draft.groups if is_group(name) else draft.units).append(name)
