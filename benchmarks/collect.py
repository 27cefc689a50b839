"""One collection of 30 loopback sources that answer after 200 ms, beside asking one by one.

    python benchmarks/collect.py [--rounds 5] [--max-seconds 0.5]

Everything counts: claiming, fetching, reading 50 rows each, storing them in an SQLite file. Exits
with 1 where the median is above the bar.
"""

import argparse
import asyncio
import json
import multiprocessing
import statistics
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

import httpx

from copyassist.collecting import CollectOptions, choose_sources, collect
from copyassist.sources.own import OwnSources, load_own
from copyassist.store import Store

SOURCES = 30
ROWS = 50
DELAY = 0.2


def serve(tell: Connection) -> None:
    """A process of its own: one port per source, each answer after DELAY seconds, never the same."""

    async def run() -> None:
        servers = [await asyncio.start_server(answer, "127.0.0.1", 0) for _ in range(SOURCES)]
        tell.send([server.sockets[0].getsockname()[1] for server in servers])
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


def make_sources(folder: Path, ports: list[int]) -> OwnSources:
    """The sources' choices, with the loopback address allowed."""
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


def measure_collection(folder: Path, own: OwnSources, ports: list[int]) -> float:
    """Seconds of one collection into the database in `folder`."""
    with Store.open(folder / "hot.db") as store:
        start = time.perf_counter()
        done = collect(
            store.hot,
            own,
            choose_sources(own, [f"s{p}" for p in ports]),
            CollectOptions(force=True),
        )
        seconds = time.perf_counter() - start
    if done.rows != SOURCES * ROWS:
        sys.exit(f"only {done.rows} rows of {SOURCES * ROWS}")
    return seconds


def measure_one_by_one(ports: list[int]) -> float:
    """Seconds of asking one source after the other over one client, reading nothing."""
    start = time.perf_counter()
    with httpx.Client(trust_env=False) as client:
        for port in ports:
            client.get(f"http://127.0.0.1:{port}/").raise_for_status()
    return time.perf_counter() - start


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--max-seconds", type=float, default=0.5)
    options = parser.parse_args()
    here, there = multiprocessing.Pipe(duplex=False)
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    server.start()
    ports = here.recv()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = make_sources(folder, ports)
        measure_collection(folder, own, ports)  # the first one loads the libraries
        times = [measure_collection(folder, own, ports) for _ in range(options.rounds)]
    one_by_one = measure_one_by_one(ports)
    server.kill()
    median = statistics.median(times)
    print(f"| {SOURCES} sources x {ROWS} rows, answers after {DELAY * 1000:.0f} ms | seconds |")
    print("|---|---|")
    print(f"| one by one, fetching only | {one_by_one:.2f} |")
    print(f"| collect: fetch, read, store; median of {len(times)} | {median:.2f} |")
    print(f"| collect: fastest, slowest | {min(times):.2f}, {max(times):.2f} |")
    return int(median > options.max_seconds)


if __name__ == "__main__":
    sys.exit(main())
