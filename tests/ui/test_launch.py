"""However the pages are started, they listen on this machine alone and report to nobody."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from copyassist.errors import UsageError
from copyassist.ui.launch import find_port
from tests.ui.server import (
    BIN,
    HOST,
    ROOT,
    STARTS_WITHIN,
    first_message,
    free_port,
    listening,
    serve,
)

LOOPBACK = "0100007F"


def commands(port: int) -> dict[str, list[str]]:
    """The three ways of starting, by name."""
    return {
        "copyassist ui": [str(BIN / "copyassist"), "ui", "--no-browser", "--port", str(port)],
        "make run": [
            *("make", "run", f"PORT={port}", f"VENV={sys.prefix}"),
            *("-o", f"{sys.prefix}/.runs"),  # installed already: these tests run there
        ],
        "streamlit run": [
            *(str(BIN / "streamlit"), "run", "app_streamlit.py"),
            f"--server.port={port}",
        ],
    }


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads Linux's table of sockets")
@pytest.mark.parametrize("way", list(commands(0)))
def test_it_listens_on_loopback_and_reports_to_nobody(way: str, tmp_path: Path) -> None:
    if way == "make run" and not (shutil.which("make") and (ROOT / "Makefile").is_file()):
        pytest.skip("there is no make here: install it, or use the pip lines of the README")
    port = free_port()
    with serve(commands(port)[way], port, tmp_path / "home") as server:
        assert listening(port) == {LOOPBACK}
        session = first_message(server)
        assert session.config.gather_usage_stats is False  # type: ignore[attr-defined]
        assert "toolbar_mode: MINIMAL" in str(session.config)  # type: ignore[attr-defined]
        assert "mail" not in server.output.casefold()
        assert "network url" not in server.output.casefold()
        assert ("300" in server.output) == (way == "make run")  # the demo, into an empty store


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads Linux's table of sockets")
def test_a_config_file_in_the_users_folder_opens_nothing(tmp_path: Path) -> None:
    (tmp_path / ".streamlit").mkdir()
    config = '[server]\naddress = "0.0.0.0"\n[browser]\ngatherUsageStats = true\n'
    (tmp_path / ".streamlit" / "config.toml").write_text(config, "utf-8")
    port = free_port()
    command = commands(port)["copyassist ui"]
    with serve(command, port, tmp_path / "home", cwd=tmp_path) as server:
        assert listening(port) == {LOOPBACK}
        assert first_message(server).config.gather_usage_stats is False  # type: ignore[attr-defined]


def test_a_taken_port_is_said() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError) as caught:
            find_port(port)
    assert caught.value.code == "port_taken"


def test_a_taken_port_ends_the_command_with_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        command = [str(BIN / "copyassist"), "ui", "--no-browser", "--port"]
        ended = subprocess.run(
            [*command, str(taken.getsockname()[1])],
            env={**os.environ, "COPYASSIST_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=STARTS_WITHIN,
            check=False,
        )
    assert ended.returncode == 2
    assert "已被占用" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_without_a_wish_the_first_free_port_is_taken() -> None:
    assert 8501 <= find_port(None) < 8551


@pytest.mark.skipif(os.name != "posix", reason="streams as POSIX has them")
@pytest.mark.parametrize("streams", [">&-", "<&- >&- 2>&-", "> /dev/full"])
def test_pages_start_where_nobody_reads_the_address(streams: str, home: Path) -> None:
    if "/dev/full" in streams and not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    code = (
        "import sys; from copyassist.ui import __main__ as pages; started = [];"
        "pages.launch = lambda *_, **__: started.append(1);"
        "sys.argv = ['ui', '--no-browser']; code = pages.main();"
        "sys.exit(7 if started == [1] and code == 0 else 1)"
    )
    line = f'"$0" -c "$1" {streams}'
    done = subprocess.run(
        ["bash", "-c", line, sys.executable, code], cwd=ROOT, capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 7, done.stderr.decode()
