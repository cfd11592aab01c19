"""Where nothing is encrypted, let Prefect's clients read one root certificate instead of all.

Each client reads every root that certifi knows (16 ms of a core) whatever its address is, and a run
makes ten clients. Not asked to verify nothing: where an address ever became https, a client refuses.
"""

from collections.abc import Mapping
from pathlib import Path

from models.files.whole_file import write_whole

ROOTS = "PREFECT_API_SSL_CERT_FILE"
FILE = Path("prefect", "one-root.pem")  # in the home
_END = "-----END CERTIFICATE-----\n"


def with_few_roots(surroundings: Mapping[str, str], home: Path) -> dict[str, str]:
    """Return ``surroundings`` with the first of certifi's roots alone, where the server is asked by http.

    What the office set by itself stays. The file is written anew at each start, whole or not at all.
    """
    if ROOTS in surroundings or not surroundings["PREFECT_API_URL"].startswith("http://"):
        return dict(surroundings)
    import certifi

    file = home / FILE
    file.parent.mkdir(exist_ok=True)
    first = certifi.contents().partition(_END)[0] + _END
    write_whole(file, first.encode(), lasting=False)
    return {**surroundings, ROOTS: str(file)}
