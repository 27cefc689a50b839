"""A real server on loopback that answers as sites do: well, badly, slowly, without end."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that arrived; header names are lower case, values as sent (Latin-1)."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What to answer. `slow` waits until the site closes; `endless` never ends."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    slow: bool = False
    endless: bool = False
    cut: bool = False


Answering = Reply | Callable[[Asked], Reply]


class _Quiet(ThreadingHTTPServer):
    """A caller that hangs up in the middle is what the tests want: no trace of it on the terminal."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass


class Site:
    """The server: set `routes`, read `asked`."""

    def __init__(self) -> None:
        self.routes: dict[str, Answering] = {}
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self.arrived = threading.Event()
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        self._server = _Quiet(("127.0.0.1", 0), self._make_handler())
        self.port = int(self._server.server_address[1])

    def url(self, path: str = "/", *, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked_for(self, path: str) -> list[Asked]:
        return [one for one in self.asked if one.path == path]

    def answer(self, asked: Asked) -> Reply:
        with self._lock:
            self.asked.append(asked)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        self.arrived.set()
        found = self.routes.get(asked.path, Reply(b"not found", status=404))
        return found(asked) if callable(found) else found

    def answered(self) -> None:
        with self._lock:
            self._now -= 1

    def _make_handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, self.rfile.read(length))
                try:
                    self._reply(site.answer(asked))
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True
                finally:
                    site.answered()

            do_POST = do_GET  # noqa: N815

            def _reply(self, reply: Reply) -> None:
                if reply.slow:
                    site.closing.wait()
                    self.close_connection = True
                    return
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.endless:
                    self.end_headers()
                    while not site.closing.is_set():
                        self.wfile.write(reply.body or b"x" * 65536)
                    return
                length = len(reply.body) * (2 if reply.cut else 1)
                self.send_header("Content-Length", str(length))
                self.end_headers()
                self.wfile.write(reply.body)
                self.close_connection = reply.cut

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def serve() -> Iterator[Site]:
    """A running site, closed afterwards."""
    site = Site()
    site.start()
    try:
        yield site
    finally:
        site.close()
