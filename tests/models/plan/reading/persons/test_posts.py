"""Posts apart from the persons who hold them. The names are letters that nobody bears, or masked."""

import pytest

from models.plan.reading.persons.nameless import without_persons
from models.plan.reading.persons.names import is_name_of_a_person
from models.plan.reading.persons.people import WITHOUT, cleaned, posts_only
from models.plan.reading.persons.posts import holders_of


@pytest.mark.parametrize(
    ("text", "posts", "names"),
    [
        ("", [], []),
        ("县委书记", ["县委书记"], []),
        ("王某某", [], ["王某某"]),
        ("王某某同志", [], ["王某某"]),
        # The name before the post, behind it, in brackets, around the brackets.
        ("王某某　县委副书记、县长", ["县委副书记、县长"], ["王某某"]),
        ("王 某　县长", ["县长"], ["王某"]),
        ("王　甲　县长", ["县长"], ["王甲"]),
        ("沈甲会 县人大常委会副主任", ["县人大常委会副主任"], ["沈甲会"]),
        ("买买提·甲乙 县长", ["县长"], ["买买提·甲乙"]),
        ("李×× 副县长", ["副县长"], ["李××"]),
        ("张xx 县司法局局长", ["县司法局局长"], ["张xx"]),
        ("县司法局局长赵某某同志", ["县司法局局长"], ["赵某某"]),
        ("县委书记王甲乙", ["县委书记"], ["王甲乙"]),
        ("县长　王某", ["县长"], ["王某"]),
        ("王某某（县委副书记、县长）", ["县委副书记、县长"], ["王某某"]),
        ("王某某(县委副书记、县长)", ["县委副书记、县长"], ["王某某"]),
        ("王某某 （女，县长）", ["县长"], ["王某某"]),
        ("县长（王某某）", ["县长"], ["王某某"]),
        ("王某某，县委副书记、县长", ["县委副书记、县长"], ["王某某"]),
        ("王某某县委副书记", ["县委副书记"], ["王某某"]),
        # Of any family where a post stands beside it, or 同志 behind the last of several.
        ("副县长　阿甲", ["副县长"], ["阿甲"]),
        ("阿甲，县长", ["县长"], ["阿甲"]),
        ("阿甲、于乙同志", [], ["阿甲", "于乙"]),
        # Several persons: divided by ；, by ，, by their names, by blanks, by 、 between two posts.
        ("常务副县长；县委政法委书记", ["常务副县长", "县委政法委书记"], []),
        ("县长，副县长", ["县长", "副县长"], []),
        ("李某某　副县长　　张某　副县长", ["副县长", "副县长"], ["李某某", "张某"]),
        ("李某某（县委常委）、张某（副县长）", ["县委常委", "副县长"], ["李某某", "张某"]),
        (
            "李某（副县长）；张某（副县长、公安局局长）",
            ["副县长", "副县长、公安局局长"],
            ["李某", "张某"],
        ),
        ("县长李某某、副县长张某", ["县长", "副县长"], ["李某某", "张某"]),
        ("副县长　县司法局局长", ["副县长", "县司法局局长"], []),
        ("县财政局局长、县司法局局长", ["县财政局局长", "县司法局局长"], []),
        ("县教育局局长、县公安局政委", ["县教育局局长", "县公安局政委"], []),
        ("常务副县长、县委政法委书记", ["常务副县长", "县委政法委书记"], []),
        ("县委书记、县长", ["县委书记", "县长"], []),
        ("镇长、各村书记", ["镇长", "各村书记"], []),
        # One person with several posts.
        ("县委副书记、县长", ["县委副书记、县长"], []),
        ("县委常委、宣传部部长", ["县委常委、宣传部部长"], []),
        ("副县长、县公安局局长", ["副县长、县公安局局长"], []),
        ("州委常委、州纪委书记、州监委主任", ["州委常委、州纪委书记、州监委主任"], []),
        ("人大常委会副主任、总工会主席", ["人大常委会副主任、总工会主席"], []),
        ("县司法局党组书记、局长", ["县司法局党组书记、局长"], []),
        ("县司法局局长、一级调研员", ["县司法局局长、一级调研员"], []),
        (
            "县司法局局长、二级巡视员，县公安局局长",
            ["县司法局局长、二级巡视员", "县公安局局长"],
            [],
        ),
        ("县司法局副局长、县财政局四级调研员", ["县司法局副局长", "县财政局四级调研员"], []),
        # What looks like a name and is none; blanks within a post.
        ("高新区管委会主任", ["高新区管委会主任"], []),
        ("分管副县长", ["分管副县长"], []),
        ("其他班子成员", ["其他班子成员"], []),
        ("县司法局 局长", ["县司法局局长"], []),
        ("副 县 长", ["副县长"], []),
        ("县公安局局长（兼）", ["县公安局局长"], []),
        ("县公安局、县司法局", [], []),
    ],
)
def test_posts_are_kept_and_names_are_told_apart(text, posts, names):
    found = holders_of(text)

    assert (found.posts, found.names) == (posts, names)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("王某某", True),
        ("李××", True),
        ("欧阳甲", True),
        ("任甲", True),
        ("县司法局", False),
        ("金融办", False),
        ("高新区", False),
        ("各单位", False),
        ("王局长", False),
    ],
)
def test_a_name_is_known_by_its_family_name_or_its_mask(text, is_one):
    assert is_name_of_a_person(text) is is_one


def test_a_post_that_the_line_breaks_is_known_to_go_on():
    assert holders_of("刘某某 县委常委、县委办主任、直属机关").begun == "直属机关"


def test_a_leader_of_a_task_is_a_post():
    assert posts_only(["副县长李某某", "张某", "分管校领导"]) == (
        ["副县长", "分管校领导"],
        ["李某某", "张某"],
    )


@pytest.mark.parametrize(
    ("text", "names", "kept"),
    [
        ("组长：王某县长", ["王某"], f"组长：{WITHOUT}县长"),
        ("由县司法局局长钱甲乙同志兼任", [], f"由县司法局局长{WITHOUT}同志兼任"),
        ("由钱甲乙同志兼任", [], f"由{WITHOUT}同志兼任"),
        ("由县长任组长，副县长任副组长", [], "由县长任组长，副县长任副组长"),
        ("主任、各单位主要负责同志", [], "主任、各单位主要负责同志"),
    ],
)
def test_what_quotes_a_name_says_nobodys(text, names, kept):
    assert cleaned(text, names) == kept


@pytest.mark.parametrize(
    "blanks",
    ["分 管数 字政府建设的副市长", "分 管数字 政府建设的副市长", "分管 数字 政府建设的副市长"],
)
def test_blanks_within_a_post_make_no_name_of_its_letters(blanks):
    holders = holders_of(blanks)

    assert (holders.posts, holders.names) == (["分管数字政府建设的副市长"], [])
    assert without_persons(blanks) == blanks
