"""A service that speaks OpenAI's protocol on this machine, and misbehaves when it is told to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TITLES = ["戚风蛋糕不塌的秘诀，先看四个细节", "想让戚风蛋糕不塌？四个细节说清楚"]


class ModelServer(ThreadingHTTPServer):
    """Answers every question with `pieces`, in the way that `manner` says; keeps what it was asked."""

    daemon_threads = True

    def __init__(self, pieces: list[str], manner: str = "stream") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pieces, self.manner = pieces, manner
        self.asked: list[dict[str, Any]] = []
        self.release = threading.Event()  # what stalls goes on when the test is over

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: ModelServer

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.server.asked.append(json.loads(self.rfile.read(length)))
        manner = self.server.manner
        if manner.isdigit():
            self._refuse(int(manner))
            return
        if manner == "silent":
            self.server.release.wait()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            self._stream(manner)
        except OSError:
            return  # the client had enough

    def _refuse(self, status: int) -> None:
        body = json.dumps({"error": {"message": "sk-secret is wrong"}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, manner: str) -> None:
        for piece in self.server.pieces:
            self._send({"role": "assistant", "content": piece})
        if manner == "stall":
            self.server.release.wait()
        while manner == "endless":
            self._send({"content": "很长很长" * 50})
        if manner == "tool":
            self._send(
                {"tool_calls": [{"index": 0, "function": {"name": "rm", "arguments": "{}"}}]}
            )
        if manner == "garbage":
            self.wfile.write(b"data: {not json\n\n")
        if manner != "cut":
            self.wfile.write(b"data: [DONE]\n\n")

    def _send(self, delta: dict[str, Any]) -> None:
        chunk = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "m",
            "choices": [{"index": 0, "delta": delta, "finish_reason": None}],
        }
        self.wfile.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def serve(pieces: list[str], manner: str = "stream") -> Iterator[ModelServer]:
    server = ModelServer(pieces, manner)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.release.set()
        server.shutdown()
        server.server_close()
        thread.join()
