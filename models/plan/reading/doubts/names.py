"""What stands where a body or a post should: blanks that nobody filled, and what may be somebody's name."""

from collections.abc import Iterator, Sequence

from models.plan.doubt import Doubt
from models.plan.reading.persons.nameless import WITHOUT
from models.plan.reading.persons.names import FAMILY, POST, is_place, is_word
from models.plan.reading.roles.roles import Roles
from models.plan.reading.roles.units import ends_like_a_unit, is_group
from models.plan.reading.text.document import Document, Line
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, squeeze
from models.plan.schema import Plan, PlanGroup, PlanTask, Source
from models.plan.vocabulary import Vocabulary

# Towns are too many to be told from names: 某某某镇长, 某某某城关镇党委书记.
_OF_A_TOWN = rf"[{FAMILY}](?!家)(?:{{H}}?[^镇乡](?=副?[镇乡]长)|{{H}}{{3,5}}(?=[镇乡](?:党|人大|政府|人民政府|[镇乡]长|副[镇乡]长)))"
_NATIONAL = r"族|自治|苏木|嘎查"
_OF_A_PLACE = r"{区划}(?:{五套}|{局名}|人民)"  # the beginning of a post whose place is missing
# Who is meant where no post is written: 业主, 法人, 村民, 教师, 双方.
_SOMEBODY = r"[人者员长师工主民户体方生代手众们等家队组]$|^[各全本待详另无由按]"

# What Word and WPS show in an empty content control, and what drafts print in place of a name.
PROMPT = (
    r"(?:请)?选择(?:一项|一个项目|项目|日期|单位)|(?:请)?(?:单击|点击|轻触)(?:或(?:单击|点击|轻触))?(?:此处|这里).{0,12}"
    r"|请?(?:在此)?(?:输入|填写|键入)(?:文字|内容|单位|名称|姓名)?|(?:Click|Choose|Tap).{4,40}|[XxＸ×*＊_＿…]{2,}|○{2,}"
)


def is_prompt(text: str) -> bool:
    """Say whether ``text`` as a whole is a blank that waits to be filled; 某某局 and XX局 are bodies."""
    return bool(pattern(PROMPT).fullmatch(text.strip("。.、 ")))


def take_prompts(roles: Roles, ordinal: int, sentence: str) -> list[Doubt]:
    """Take the blanks out of ``roles``, in place, and return a doubt about each of them."""
    named = [roles.lead, roles.responsible, roles.cooperating, roles.posts]
    blanks = dict.fromkeys(name for names in named for name in names if is_prompt(name))
    for names in named:
        names[:] = [name for name in names if name not in blanks]
    why = "是没有填写的空，没有当作单位或职务，请补上"
    return [Doubt("task", ordinal, f"“{blank}”{why}", sentence) for blank in blanks]


def name_doubts(plan: Plan, words: Vocabulary) -> list[Doubt]:
    """Return the posts of tasks and groups that may be, or begin with, a person's name."""
    doubts: list[Doubt] = []
    for task in plan.tasks:
        doubts += _about("task", task.ordinal, task.lead_posts, task.source, words)
    for number, group in enumerate(plan.groups, start=1):
        doubts += _about("group", number, _posts(group), group.source, words)
    return doubts


def half_masked(
    plan: Plan, document: Document, lines: Sequence[Line], passages: Sequence[Passage]
) -> Iterator[Doubt]:
    """Yield bodies and posts in whose names letters were taken for somebody's name: 某某间生态修复处.

    So may be those before a post of a place (云麓|区人民法院院长). What the document itself writes so
    (某某市司法局) is none of them.
    """
    told = [("task", task.ordinal, _bodies_and_posts(task)) for task in plan.tasks]
    told += [("group", at, _held(group)) for at, group in enumerate(plan.groups, start=1)]
    if not any(WITHOUT in line.text for line in lines):
        return
    written = squeeze("".join(line.text for line in document.lines))
    glued = "\n".join(line.text for line in lines)  # a blank parts a name from a post
    for about, ordinal, names in told:
        for name in dict.fromkeys(names):
            if WITHOUT in name and name not in written:
                why = f"“{name}”里的“{WITHOUT}”不像人名，是单位名称里的字；请照原文补上单位名称"
                yield Doubt(about, ordinal, why, _sentence(name, passages))
        cut = [
            each
            for each in names
            if pattern(_OF_A_PLACE).match(each)
            and WITHOUT + each in glued
            and WITHOUT + each not in written
        ]
        if cut:
            sentence = _sentence(WITHOUT + cut[0], passages)
            why = f"“{cut[0]}”前面的字当作姓名隐去了；如果是地名，请照原文补上"
            yield Doubt(about, ordinal, why, sentence)


def _sentence(name: str, passages: Sequence[Passage]) -> str:
    """Return the sentence that holds ``name``; empty for none."""
    for passage in passages:
        if (at := passage.text.find(name)) >= 0:
            return passage.source(at, at + len(name)).sentence
    return ""


def _bodies_and_posts(task: PlanTask) -> list[str]:
    return [*task.lead_units, *task.responsible_units, *task.cooperating_units, *task.lead_posts]


def _held(group: PlanGroup) -> list[str]:
    return [*_posts(group), *group.lead_units, *group.member_units]


def _posts(group: PlanGroup) -> list[str]:
    one = [each for each in (group.head_post, group.liaison_post) if each]
    return [*one, *group.executive_deputy_posts, *group.deputy_posts, *group.member_posts]


def _about(
    about: str, ordinal: int, posts: Sequence[str], source: Source | None, words: Vocabulary
) -> Iterator[Doubt]:
    for post in dict.fromkeys(posts):
        if _is_no_post(post, words):
            why = f"“{post}”不像职务；如果是姓名，请删去"
        elif _begins_like_a_name(post):
            why = f"“{post}”开头可能是姓名，请核对；是姓名的请删去"
        else:
            continue
        yield Doubt(about, ordinal, why, source.sentence if source else "")


def _is_no_post(post: str, words: Vocabulary) -> bool:
    """Say whether a text of two to five letters is neither a post nor a body nor anybody's part in a thing."""
    if not pattern(r"{H}{2,5}").fullmatch(post) or pattern(rf"{POST}|{_SOMEBODY}").search(post):
        return False
    return not (ends_like_a_unit(post, words) or is_group(post) or is_word(post))


def _begins_like_a_name(post: str) -> bool:
    place = is_place(post[:2]) or is_word(post[:2]) or pattern(_NATIONAL).search(post)
    return bool(pattern(_OF_A_TOWN).match(post)) and not place
