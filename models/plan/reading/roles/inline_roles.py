"""Roles marked within sentences: 由A牵头，B、C配合; 由A会同B对…."""

from models.plan.reading.roles.roles import COOPERATING, LEAD, Grammar, Roles
from models.plan.reading.roles.units import ends_like_a_unit, is_group, split_units
from models.plan.reading.text.patterns import pattern

# 由甲局会同乙局、丙局…
_JOINTLY = r"(?:^|[，：由])([^，。；：]{2,60}?)(?<!、)会同([^，。；：]{2,80})"
# What begins behind a name: 市城市管理局 is one, 市住建局开展…的市 is not.
_DOES_IT = r"{做}|建设(?!局)|和|的"
# A role word behind the bodies that begin a clause, and what they do: 区民政局负责设施建设.
DOES = r"(?:具体|共同|分别)?(?P<word>{角色})(?:负责)?(?![人同制编书任])(?={H})"


def read_inline(text: str, grammar: Grammar) -> Roles:
    """Read roles within sentences: 由A牵头，B、C配合; 由A会同B、C对…; marked bodies only."""
    roles = Roles()
    manner = "具体|共同|积极|密切|主动|予以|给予|做好|分别"
    suffix = rf"(?:按.{{0,6}}分工)?(?:{manner})?(?P<word>{grammar.words.role_pattern})"
    for sentence in pattern(r"[。；！]").split(text):
        if found := pattern(_JOINTLY).search(sentence):
            roles.add(LEAD, _complete_names(found[1].split("由")[-1], grammar))
            roles.add(COOPERATING, _names_at_head(found[2], grammar))
            _clauses_behind(sentence, found.end(), suffix, grammar, roles)
            continue
        if "由" not in sentence:  # 各街道负责，…
            for clause in pattern("，").split(sentence):
                if whole := pattern(rf"^([^，。；：]{{2,60}}?){suffix}$").match(clause):
                    roles.add(grammar.role(whole["word"]), _complete_names(whole[1], grammar))
                elif begun := pattern(rf"^([^，。；：]{{2,60}}?){DOES}").match(clause):
                    roles.add(grammar.role(begun["word"]), _complete_names(begun[1], grammar))
            continue
        for found in pattern(rf"由([^，。；：由]{{2,240}}?){suffix}").finditer(sentence):
            roles.add(grammar.role(found["word"]), _complete_names(found[1], grammar))
            _clauses_behind(sentence, found.end(), suffix, grammar, roles)
    return roles


def _clauses_behind(sentence: str, at: int, suffix: str, grammar: Grammar, roles: Roles) -> None:
    """Read the clauses that go on with bodies and their role: …，乙局、丙局配合，各镇具体实施."""
    at = _clause_end(sentence, at)
    while follows := pattern(rf"[，](?:会同)?([^，。；：]{{2,300}}?){suffix}").match(sentence, at):
        names = _complete_names(follows[1], grammar)
        if not names:
            return
        roles.add(grammar.role(follows["word"]), names)
        at = _clause_end(sentence, follows.end())


def _clause_end(text: str, at: int) -> int:
    found = pattern(r"[，；。]").search(text, at)
    return found.start() if found else len(text)


def _complete_names(text: str, grammar: Grammar) -> list[str]:
    names = split_units(text, grammar.words)
    whole = [n for n in names if ends_like_a_unit(n, grammar.words) or is_group(n)]
    return whole if len(whole) == len(names) else []


def _names_at_head(text: str, grammar: Grammar) -> list[str]:
    """Return the names at the head of 市生态环境局、市市场监管局对建成区…."""
    names: list[str] = []
    for piece in pattern(r"、|和|及").split(text):
        ends = [
            at
            for at in range(3, min(len(piece), 16) + 1)
            if ends_like_a_unit(piece[:at], grammar.words)
            and not pattern(r"[对按将就把从向]").search(piece[:at])
        ]
        if is_group(piece[:16]) and (
            found := pattern(r".{0,12}?(?:{单位}|政府|乡镇|街道)").match(piece)
        ):
            names.append(found[0])
        elif ends:
            names.append(piece[: _name_end(piece, ends)])
        if not ends or len(piece) > (ends[-1] if ends else 0):
            break
    return names


def _name_end(piece: str, ends: list[int]) -> int:
    """Prefer 市委政法委 to 市委, but 市发改委 to 市发改委开展…的单位."""
    best = ends[0]
    for end in ends[1:]:
        if (
            end - best <= 5
            and piece[:best].endswith(("委", "府", "会"))
            and best <= 4
            or (end - best == 1 and piece[end : end + 1] not in set("理好结成"))
            or end - best <= 6
            and pattern(r"[{区划}]").fullmatch(piece[best - 1])
            and not pattern(_DOES_IT).search(piece[best:end])
        ):
            best = end
    return best
