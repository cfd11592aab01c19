"""Put questions to those who decide: as many as there are by the same statements, with a code of their own each."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models.campaign.campaign import Stage
from models.campaign.moves import Occasion
from models.decisions.asking import NewQuestion, ask_each, deciders
from models.decisions.decision import all_campaign_posts
from models.decisions.hearing import Hearing
from models.decisions.question_codes import codes_held, codes_out
from models.keys import key_of
from models.notices.writing import Word, tell_all
from models.rules.decisions.decisions import Why
from models.units.unit import Post
from tasks.decisions.codes.codes import send_codes
from tasks.decisions.deputies.entanglements import all_entanglements
from tasks.decisions.rounds import Round


@dataclass(frozen=True, slots=True)
class Put:
    """A question to put on whose ``word``, which says what is in the way.

    Those of ``again`` are asked, where it is put a second time, else whom the plan names; ``together`` says
    whether all must agree, where that is not the plan's to say.
    """

    one: Round
    stage: Stage
    why: Why
    word: Occasion
    again: Sequence[Post] = ()
    together: bool | None = None

    def question(self, posts: Sequence[Post]) -> NewQuestion:
        """Return what is asked, of the first who can be: ``posts`` are the campaign's own."""
        one, plan = self.one, self.one.plan
        filled = [post for post in self.again if not post.vacant]
        due = one.calendar.last_workday(
            one.calendar.due_within(one.moment.today, plan.answer_workdays)
        )
        return NewQuestion(
            campaign=one.campaign,
            stage=self.stage,
            posts=filled or deciders(posts, plan),
            why=self.why,
            due=due,
            together=plan.all_must_agree if self.together is None else self.together,
            said=self.word,
        )


@dataclass(frozen=True, slots=True)
class Telling:
    """Posts that are told of a question by a rule, and sent a code where they hold none."""

    one: Round
    asked: Hearing
    posts: Sequence[Post]
    rule: str
    occurrence: str = ""

    @property
    def word(self) -> Word:
        """Return what they are told."""
        why, due = Why(self.asked.decision.why).chinese, self.asked.decision.due
        detail = f"{why}；请在 {due} 前答复：打开链接办理，验证码另发"
        return self.asked.word(self.rule, self.occurrence, detail)


def put_question(put: Put) -> Hearing | None:
    """Ask; None where nobody could be asked, or it is asked already.

    The deciders are told, and each is sent a code of its own.
    """
    [asked] = put_questions(put.one.session, [put])
    return asked


def put_questions(session: Session, puts: Sequence[Put]) -> list[Hearing | None]:
    """Ask questions of any campaigns as `put_question` does; return each, by constantly many statements."""
    if not puts:
        return []
    campaigns = {key_of(put.one.campaign): put.one.campaign for put in puts}
    posts = all_campaign_posts(session, list(campaigns))
    questions = [put.question(posts[key_of(put.one.campaign)]) for put in puts]
    asked = iter(ask_each(session, [one for one in questions if one.posts]))
    found = [next(asked) if one.posts else None for one in questions]
    tellings = []
    for put, question, one in zip(puts, questions, found, strict=True):
        if not question.posts:
            put.one.news.nobody.append(put.stage.name)
        elif one is not None:
            put.one.news.asked.append(one.title)
            tellings.append(Telling(put.one, one, question.posts, "decision_asked"))
    tell_posts(session, tellings)
    rounds = {key_of(telling.one.campaign): telling.one for telling in tellings}
    today = puts[0].one.moment.today
    for id, lines in all_entanglements(session, [campaigns[id] for id in rounds], today).items():
        rounds[id].news.noted += lines
    return found


def tell_posts(session: Session, tellings: Sequence[Telling]) -> None:
    """Tell posts that they are asked, and send a code to each that holds none; constantly many statements."""
    if not tellings:
        return
    rounds = {key_of(telling.one.campaign): telling.one for telling in tellings}
    moment = tellings[0].one.moment
    words = [(key_of(post), telling.word) for telling in tellings for post in telling.posts]
    for id, new in tell_all(session, list(rounds), words, moment).items():
        rounds[id].news.told += new
    held = codes_held(codes_out(session, {telling.asked.id for telling in tellings}), moment.now)
    without = [
        (telling.asked, post)
        for telling in tellings
        for post in telling.posts
        if (telling.asked.id, key_of(post)) not in held
    ]
    send_codes(session, without)
