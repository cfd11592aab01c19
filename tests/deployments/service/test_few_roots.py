"""Where a server is asked without encryption its clients read one root; with it, all of them or the office's own."""

import ssl

import certifi
import pytest

from deployments.service.few_roots import ROOTS, with_few_roots

HTTP = {"PREFECT_API_URL": "http://127.0.0.1:4200/api"}
HTTPS = {"PREFECT_API_URL": "https://prefect.example.cn/api"}


def roots(file: str) -> list[dict[str, object]]:
    return [dict(one) for one in ssl.create_default_context(cafile=file).get_ca_certs()]


def test_a_client_that_encrypts_nothing_reads_one_root_and_would_refuse_others(tmp_path):
    given = with_few_roots(HTTP, tmp_path)

    [one] = roots(given[ROOTS])
    assert one in roots(certifi.where())
    context = ssl.create_default_context(cafile=given[ROOTS])
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname


@pytest.mark.parametrize(
    "surroundings", [HTTPS, HTTP | {ROOTS: "/etc/own.pem"}, HTTPS | {ROOTS: "/etc/own.pem"}]
)
def test_an_encrypted_server_and_an_office_s_own_roots_are_left_as_they_are(tmp_path, surroundings):
    assert with_few_roots(surroundings, tmp_path) == surroundings
    assert not list(tmp_path.iterdir())


def test_a_second_start_writes_the_same_file_anew(tmp_path):
    first = with_few_roots(HTTP, tmp_path)
    (tmp_path / "prefect" / "one-root.pem").write_text("damaged")

    assert with_few_roots(HTTP, tmp_path) == first
    assert len(roots(first[ROOTS])) == 1
