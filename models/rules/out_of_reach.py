"""Why a database server lets nobody in, from what it says itself, in words that an office can act on."""

# What PostgreSQL and its driver say, in their words; the first that is found decides.
_SAID = (
    (("password", "authentication", "pg_hba"), "口令不对，或它不让这个用户从这里进来"),
    (("too many", "connection slots"), "它的连接已经满了，请少开几个程序，或请管理员放宽"),
    (("starting up", "shutting down", "in recovery"), "它正在启动或停止，请过一会儿再试"),
    (("does not exist",), "它没有这个库或这个用户，请先让管理员建好"),
    (("not known", "translate host", "resolve"), "找不到这个主机，请检查主机名"),
)
_SILENT = "请检查主机名、端口和网络，以及数据库是否在运行"


def why_out_of_reach(said: str) -> str:
    """Return in words why the server that ``said`` this, or that nobody heard of, is out of reach."""
    lower = said.lower()
    return next((why for words, why in _SAID if any(word in lower for word in words)), _SILENT)


def is_refused(said: str) -> bool:
    """Say whether the server that ``said`` this knows the user by another password, or not from here."""
    return why_out_of_reach(said) == _SAID[0][1]
