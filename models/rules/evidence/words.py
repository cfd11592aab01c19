"""The fixed vocabularies of evidence and ledgers, with the words an office uses for them."""

from models.rules.words import Worded


class EvidenceKind(Worded):
    """What a piece of evidence is."""

    FILE = "file", "文件"
    PICTURE = "picture", "图片"
    VIDEO = "video", "音像"
    LINK = "link", "网址"


class EvidenceState(Worded):
    """Where a revision stands: a draft, handed in, returned with a reason, accepted."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已报"
    RETURNED = "returned", "退回"
    ACCEPTED = "accepted", "通过"


# From where a revision may go where; what was returned or accepted gets a new revision.
EVIDENCE_MOVES = {
    EvidenceState.DRAFT: (EvidenceState.SUBMITTED,),
    EvidenceState.SUBMITTED: (EvidenceState.RETURNED, EvidenceState.ACCEPTED),
    # A person was wrong, and says so; a wrong click is taken back, and the revision waits again.
    EvidenceState.RETURNED: (EvidenceState.ACCEPTED, EvidenceState.SUBMITTED),
    EvidenceState.ACCEPTED: (EvidenceState.RETURNED, EvidenceState.SUBMITTED),
}


class Via(Worded):
    """The way a file came in."""

    COMMAND = "command", "命令"
    FOLDER = "folder", "收件文件夹"
    MAIL = "mail", "邮件"


class Reception(Worded):
    """What became of a file that came in."""

    TAKEN = "taken", "已收"
    PARTLY = "partly", "部分收下"
    REPEATED = "repeated", "以前收过"
    REFUSED = "refused", "没有收"
    SECRET = "secret", "涉密，未保存"
    OLDER = "older", "版本较旧，并存待定"


class Verdict(Worded):
    """What a person said of a mark that a machine made."""

    OPEN = "", "待定"
    UPHELD = "upheld", "属实"
    OVERRULED = "overruled", "不成立"
    LAPSED = "lapsed", "不再适用"  # no person said so: what it was measured by has changed

    @property
    def is_judgement(self) -> bool:
        """Say whether a person may say it."""
        return self in (Verdict.UPHELD, Verdict.OVERRULED)


class CopyPurpose(Worded):
    """What a copy of a revision was made for; the revision itself is never changed."""

    MASKED = "masked", "遮盖个人信息"
    SCALED = "scaled", "缩小"
