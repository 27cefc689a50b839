"""Nobody but a browser that was pointed at this machine comes in, and no request leaves it."""

import http.client
from collections.abc import Iterator

import pytest

from copyassist.ui.gate import HEADERS, is_allowed
from copyassist.ui.launch import OPTIONS
from tests.ui.server import BIN, HOST, Server, first_message, free_port, serve

ALLOWED = OPTIONS["server.allowedHosts"]
WAYS = ("copyassist ui", "streamlit run")


def scope(**headers: str) -> dict[str, object]:
    return {"headers": [(name.encode(), text.encode()) for name, text in headers.items()]}


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "127.0.0.1:1", "LOCALHOST.:8501"])
def test_own_names_come_in(host: str) -> None:
    assert is_allowed(scope(host=host), ALLOWED)
    assert is_allowed(scope(host=host, origin=f"http://{host}"), ALLOWED)


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8501", "127.0.0.1.evil.example", "localhost.evil.example"),
        *("", "localhost:no", "user@localhost", "localhost/x", "169.254.1.1", "[::1"),
    ],
)
def test_other_names_stay_out(host: str) -> None:
    assert not is_allowed(scope(host=host), ALLOWED)


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:9999", "", "file://", "http://[::1"]
)
def test_other_pages_stay_out(origin: str) -> None:
    assert not is_allowed(scope(host="localhost:8501", origin=origin), (*ALLOWED, "*"))


def test_a_request_without_or_with_two_hosts_stays_out() -> None:
    assert not is_allowed({"headers": []}, ALLOWED)
    twice = {"headers": [(b"host", b"localhost"), (b"Host", b"evil.example")]}
    assert not is_allowed(twice, ALLOWED)


def test_a_name_that_the_user_added_comes_in() -> None:
    assert is_allowed(scope(host="nas.home:8501"), (*ALLOWED, "NAS.home"))
    assert is_allowed(scope(host="any.name"), ("*",))


@pytest.fixture(scope="module", params=WAYS)
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The pages as each way of starting serves them, with a trap where the internet would be."""
    port = free_port()
    commands = {
        "copyassist ui": [
            *(str(BIN / "copyassist"), "ui", "--no-browser", "--port", str(port)),
            *("--allow-host", "nas.home"),
        ],
        "streamlit run": [
            *(str(BIN / "streamlit"), "run", "app_streamlit.py", f"--server.port={port}"),
            "--server.allowedHosts=nas.home",
            *(f"--server.allowedHosts={host}" for host in ALLOWED),
        ],
    }
    folder = tmp_path_factory.mktemp("served")
    with serve(commands[request.param], port, folder) as running:
        yield running


def ask(server: Server, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(HOST, server.port, timeout=60)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


@pytest.mark.parametrize("path", ["/desk", "/_stcore/health", "/_stcore/host-config"])
def test_every_path_refuses_a_foreign_name(server: Server, path: str) -> None:
    assert ask(server, path, Host=f"evil.example:{server.port}").status == 403
    assert ask(server, path, Host=f"{HOST}:{server.port}").status == 200
    assert ask(server, path, Host=f"nas.home:{server.port}").status == 200


def test_no_page_shows_ours_in_a_frame(server: Server) -> None:
    answer = ask(server, "/desk")
    for name, text in HEADERS:
        assert answer.headers[name.decode()] == text.decode()


@pytest.mark.parametrize(
    ("host", "origin"),
    [("evil.example", "http://evil.example"), (HOST, "http://evil.example"), (HOST, "null")],
)
def test_a_foreign_page_opens_no_connection_and_asks_nobody(
    server: Server, host: str, origin: str
) -> None:
    handshake = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec-WebSocket-Protocol": "streamlit",
    }
    answer = ask(
        server, "/_stcore/stream", Host=f"{host}:{server.port}", Origin=origin, **handshake
    )
    assert answer.status == 403
    # Streamlit's own refusal asks the internet for this machine's address, and says so in the log.
    assert "external IP" not in server.log.read_text("utf-8", "replace")


def test_our_own_page_opens_one(server: Server) -> None:
    assert first_message(server) is not None
