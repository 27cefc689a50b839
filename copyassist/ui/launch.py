"""Starts the pages on this machine alone: loopback only, no statistics, no e-mail prompt."""

import socket
import threading
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from copyassist.errors import UsageError
from copyassist.resources import find_asset

HOST = "127.0.0.1"
FIRST_PORT = 8501
PORTS_TRIED = 50
# The same values as .streamlit/config.toml, which serves `streamlit run app_streamlit.py`; as
# flags they also win over a config.toml of whatever folder the user happens to be in.
OPTIONS: Mapping[str, str | tuple[str, ...]] = MappingProxyType(
    {
        "server.address": HOST,
        "server.allowedHosts": ("localhost", HOST),
        "server.headless": "true",
        "server.maxUploadSize": "200",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "client.showErrorLinks": "false",
    }
)


def launch(port: int | None = None, *, hosts: Sequence[str] = (), browser: bool = True) -> None:
    """Serves the pages until interrupted. Raises UsageError for a port that is taken.

    `hosts` are further names under which the pages may be asked for.
    """
    from streamlit.web.cli import main  # only this command pays for it

    chosen = find_port(port)
    if browser:
        threading.Thread(target=_open_when_ready, args=(chosen,), daemon=True).start()
    main(arguments(chosen, hosts), prog_name="streamlit")


def arguments(port: int, hosts: Sequence[str] = ()) -> list[str]:
    """The arguments of `streamlit` that start the pages on `port`, for some more host names."""
    script = Path(__file__).parent / "entry" / "copyassist_app.py"
    options = {
        **OPTIONS,
        "server.allowedHosts": (*OPTIONS["server.allowedHosts"], *hosts),
        "server.port": str(port),
        "theme.base": str(find_asset("ui", "theme.toml")),
    }
    return ["run", str(script), *_write_flags(options)]


def _write_flags(options: Mapping[str, str | tuple[str, ...]]) -> Iterator[str]:
    for name, value in options.items():
        for one in (value,) if isinstance(value, str) else value:
            yield f"--{name}={one}"


def find_port(wanted: int | None) -> int:
    """The wanted port if it is free, else the first free one from 8501. Raises UsageError."""
    candidates = [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    for candidate in candidates:
        with socket.socket() as probe:
            # As the server itself does: a port that only lingers in TIME_WAIT is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, candidate))
            except OSError:
                continue
            return candidate
    raise UsageError("port_taken", port=wanted or FIRST_PORT)


def _open_when_ready(port: int) -> None:
    waiting = threading.Event()
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/_stcore/health", timeout=2):
                webbrowser.open(f"http://{HOST}:{port}")
                return
        except (urllib.error.URLError, OSError):
            waiting.wait(0.2)
