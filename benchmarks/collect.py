"""One collection of 30 loopback sources that answer after 200 ms, beside asking one by one.

Everything counts: claiming, fetching, reading 50 rows each, storing them in an SQLite file. Wall
time, because most of it is waiting: run it on a machine that does nothing else. The bar is 0.5 s.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from benchmarks.data import print_table
from copyassist.news.collecting import CollectOptions, choose_sources, collect
from copyassist.news.sources.own import OwnSources, load_own
from copyassist.store import Store

SOURCES = 30
ROWS = 50
DELAY = 0.2
ROUNDS = 9


def main() -> None:
    command = [sys.executable, "-c", "from benchmarks.collect import serve; serve()"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="ascii") as server:
        assert server.stdout is not None
        ports = json.loads(server.stdout.readline())
        with tempfile.TemporaryDirectory() as name:
            own = _make_sources(Path(name), ports)
            _measure_collection(Path(name), own, ports)  # the first one loads the libraries
            times = [_measure_collection(Path(name), own, ports) for _ in range(ROUNDS)]
        one_by_one = _measure_one_by_one(ports)
        server.kill()
    print(f"{SOURCES} sources of {ROWS} rows, each answers after {DELAY * 1000:.0f} ms\n")
    rows = [
        ["one by one, fetching only", f"{one_by_one:.2f}"],
        [f"one collection, median of {ROUNDS}", f"{statistics.median(times):.2f}"],
        ["one collection, fastest and slowest", f"{min(times):.2f} .. {max(times):.2f}"],
    ]
    print_table(["", "seconds"], rows)


def serve() -> None:
    """A process of its own: one port per source, each answer after DELAY, never the same twice."""

    async def run() -> None:
        servers = [await asyncio.start_server(answer, "127.0.0.1", 0) for _ in range(SOURCES)]
        print(json.dumps([server.sockets[0].getsockname()[1] for server in servers]), flush=True)
        await asyncio.Event().wait()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(DELAY)
                now = time.time_ns()
                rows = [{"title": f"第{n}条热搜的标题 {now}", "hot": n} for n in range(ROWS)]
                body = json.dumps({"data": rows}).encode()
                head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(head.encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionResetError):
            writer.close()

    asyncio.run(run())


def _make_sources(folder: Path, ports: list[int]) -> OwnSources:
    own = load_own(folder).allow("127.0.0.1")
    for port in ports:
        own = own.add(
            {
                "id": f"s{port}",
                "name_zh": f"s{port}",
                "url": f"http://127.0.0.1:{port}/",
                "rows": "data",
                "fields": {"title": "title", "heat": "hot"},
            }
        )
    return own


def _measure_collection(folder: Path, own: OwnSources, ports: list[int]) -> float:
    with Store.open(folder / "hot.db") as store:
        start = time.perf_counter()
        sources = choose_sources(own, [f"s{port}" for port in ports])
        done = collect(store.hot, own, sources, CollectOptions(force=True))
        seconds = time.perf_counter() - start
    assert done.rows == SOURCES * ROWS
    return seconds


def _measure_one_by_one(ports: list[int]) -> float:
    start = time.perf_counter()
    with httpx.Client(trust_env=False) as client:
        for port in ports:
            client.get(f"http://127.0.0.1:{port}/").raise_for_status()
    return time.perf_counter() - start
