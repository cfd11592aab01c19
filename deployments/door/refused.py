"""A call that the door does not let through: why, in one line, with the status it answers with."""

from dataclasses import dataclass

from starlette.responses import JSONResponse, Response


@dataclass(frozen=True, slots=True)
class Reason:
    """Why calls are refused: a word for the audit, an HTTP status, one Chinese line with the mend."""

    word: str
    status: int
    line: str
    detail: str = "（{}）"  # how what exactly was wrong follows the line


UNKNOWN_HOST = Reason(
    "host",
    421,
    "这个网址不在允许之列；请用 shifan up 启动时给出的网址打开，别的网址请先写进 SHIFAN_PUBLIC_URL",
)
OTHER_PAGE = Reason("origin", 403, "别的网页发来的请求不受理；请在示范自己的页面里操作")
OTHER_USER = Reason(
    "user",
    403,
    "示范是这台电脑的另一个用户启动的；要一起用，请他停止后用 shifan up --ask-password 启动，再给您添加账号",
)
PROXIED = Reason("proxy", 403, "经过转发的访问需要账号；请停止后用 shifan up --ask-password 启动")
NOBODY = Reason("login", 401, "请先登录：在浏览器里打开示范的网址，用自己的账号登录")
WRONG_PASSWORD = Reason("password", 401, "没有登录成", "：{}")
ONLY_READS = Reason("role", 403, "您的账号只能查看，不能改动")
NOT_OFFERED = Reason(
    "call",
    403,
    "界面上不提供这个操作：可以查看、运行已有的任务、填写表单、取消运行、停用和启用定时；其余只由系统自己做",
)
WRONG_BODY = Reason("body", 403, "请求的内容超出了表单的范围，没有执行")
NOT_SO = Reason("form", 409, "没有提交", "：{}")
BUSY = Reason("busy", 503, "系统正忙，没有执行；请过几秒再点一次")
UNSURE = Reason(
    "busy",
    503,
    "系统很久没有应答，不知道有没有执行；请先在界面上看一看，没有执行的再点一次",
)
TOO_LARGE = Reason("size", 413, "请求的内容太大，没有执行")


class Refused(Exception):
    """Raised where a call ends; ``detail`` says what exactly was wrong, in Chinese or a field's name."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason.word)
        self.reason, self.detail = reason, detail

    @property
    def line(self) -> str:
        """Return the one line that whoever called reads."""
        return self.reason.line + (self.reason.detail.format(self.detail) if self.detail else "")

    def response(self) -> Response:
        """Return the answer; both UIs show one of these two fields."""
        said = {"detail": self.line, "exception_message": self.line}
        return JSONResponse(said, self.reason.status)
