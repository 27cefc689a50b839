"""A server of the pages as a user starts it: a real process on a free port."""

import os
import selectors
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from websockets.sync.client import connect

ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.prefix) / "bin"
HOST = "127.0.0.1"
STARTS_WITHIN = 90  # seconds: a loaded machine is slow, a hanging prompt never comes


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port, what it wrote until it was ready, and its log file."""

    port: int
    output: str
    log: Path

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(command: Sequence[str], port: int, home: Path, cwd: Path = ROOT) -> Iterator[Server]:
    """Runs a command that serves the pages on `port`, and ends it with all its children."""
    home.mkdir(parents=True, exist_ok=True)
    environment = {name: v for name, v in os.environ.items() if not name.startswith("STREAMLIT_")}
    # HOME too is empty: no credentials file may stand in for the prompt that must not come.
    environment |= {"COPYASSIST_HOME": str(home), "HOME": str(home), "BROWSER": "true"}
    log = home / "server.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
        try:
            yield Server(port, _wait(process, port, log), log)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.communicate(timeout=30)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> str:
    """What the process wrote until it answered. Fails with its log when it does not."""
    assert process.stdout is not None
    written = b""
    deadline = time.monotonic() + STARTS_WITHIN
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        while time.monotonic() < deadline and process.poll() is None:
            if waiting.select(timeout=0.2):
                written += os.read(process.stdout.fileno(), 65536)
            if _answers(port):
                return written.decode("utf-8", "replace")
    raise AssertionError(f"no answer on {port}: {written!r} {log.read_text('utf-8', 'replace')}")


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def listening(port: int) -> set[str]:
    """The local addresses that listen on a port, as the kernel writes them (Linux)."""
    found: set[str] = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text("ascii").splitlines()[1:]:
            address, state = line.split()[1], line.split()[3]
            host, _, hexadecimal = address.partition(":")
            if state == "0A" and int(hexadecimal, 16) == port:
                found.add(host)
    return found


def first_message(server: Server) -> object:
    """The first message that the server sends to a browser: it carries the settings in force."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    with connect(
        f"ws://{HOST}:{server.port}/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        origin=server.url,  # type: ignore[arg-type]
        max_size=None,
        proxy=None,
    ) as stream:
        stream.send(BackMsg(rerun_script={}).SerializeToString())
        for _ in range(50):
            received = stream.recv(timeout=STARTS_WITHIN)
            message = ForwardMsg.FromString(received if isinstance(received, bytes) else b"")
            if message.HasField("new_session"):
                return message.new_session
    raise AssertionError("the server never opened a session")
