"""Asks sources for their answers, as a good reader does. The only place that knows the HTTP client.

One pool of connections; many hosts at once, one request at a time within a host, with a pause
between them; validators sent back as they came; limits on size and time; and no connection to an
address that was not checked, whatever a name resolves to and wherever a redirect leads.
"""

import asyncio
import logging
import re
import ssl
import time
import urllib.request
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from typing import Any

import httpcore
import httpx
import stamina

from copyassist.hiding import hide_secrets, strip_secrets
from copyassist.news.sources.addresses import AddressRefused, AllowList, find_proxy
from copyassist.news.sources.answer import Answer, Validators
from copyassist.news.sources.body import BodyBroken, BodyTooLarge, read_body
from copyassist.news.sources.caching import find_age, find_not_before
from copyassist.news.sources.source import Page, Way
from copyassist.types.news import PollOutcome

_MAX_REDIRECTS = 5
_MAX_ADDRESSES = 4  # tried one after the other when a host has several
_ACCEPT = (
    "application/json, application/feed+json, application/atom+xml, application/rss+xml, */*;q=0.8"
)
_QUOTED = re.compile(r"\bb(?P<mark>['\"]).*(?P=mark)", re.DOTALL)
_RETRY_STATUS = (500, 502, 503, 504)


def name_agent() -> str:
    """The User-Agent: who asks, in the form that crawlers use."""
    return f"Mozilla/5.0 (compatible; copyassist/{version('copyassist')}; hot-list reader)"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """Limits of fetching. Seconds and bytes; `pause` is between two requests to one host."""

    allowed: AllowList = field(default_factory=AllowList)
    connect_seconds: float = 5.0
    read_seconds: float = 10.0
    total_seconds: float = 20.0
    max_bytes: int = 8 * 1024 * 1024
    pause: float = 1.0
    attempts: int = 3
    agent: str = field(default_factory=name_agent)


class _Transient(Exception):  # noqa: N818 - carries an answer that another attempt may better
    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.error)
        self.answer = answer


class Fetcher:
    """Fetches ways. Use as an async context manager; it holds the pool and the hosts' turns."""

    def __init__(self, options: FetchOptions | None = None) -> None:
        _quiet_libraries()
        self._options = options or FetchOptions()
        self._turns: dict[str, asyncio.Lock] = {}
        self._free_at: dict[str, float] = {}
        self._client = httpx.AsyncClient(
            transport=_Transport(self._options.allowed),
            timeout=httpx.Timeout(
                self._options.read_seconds, connect=self._options.connect_seconds, pool=None
            ),
            headers={
                "User-Agent": self._options.agent,
                "Accept": _ACCEPT,
                "Accept-Encoding": "gzip, deflate",
                "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
            },
        )

    async def __aenter__(self) -> "Fetcher":
        await self._client.__aenter__()
        return self

    async def __aexit__(self, *failure: Any) -> None:
        await self._client.__aexit__(*failure)

    async def fetch(self, way: Way, validators: Validators | None = None) -> Answer:
        """The answer of one way; failures are answers too, never exceptions.

        Refused connections, time-outs and 5xx are tried again with back-off and jitter; what a
        server asks to wait for (429, or 503 with Retry-After) is not.
        """
        try:
            request = self._build(way, validators or Validators())
        except (httpx.InvalidURL, ValueError):
            return _fail(PollOutcome.NETWORK, "source_bad_address", url=hide_secrets(way.url))
        try:
            async for attempt in stamina.retry_context(
                _Transient,
                attempts=self._options.attempts,
                timeout=2 * self._options.total_seconds,
                wait_initial=0.5,
                wait_max=5.0,
                wait_jitter=1.0,
            ):
                with attempt:
                    return await self._try(request, way.max_bytes or self._options.max_bytes)
        except _Transient as last:
            return last.answer
        raise AssertionError("a retry loop ends with an answer")

    def _build(self, way: Way, validators: Validators) -> httpx.Request:
        body = way.body.replace("{now_ms}", str(time.time_ns() // 1_000_000))
        headers = {name.encode(): text.encode() for name, text in way.headers.items()}
        if validators.etag:
            headers[b"If-None-Match"] = validators.etag.encode("latin-1")
        if validators.last_modified:
            headers[b"If-Modified-Since"] = validators.last_modified.encode("latin-1")
        content = body.encode() if body else None
        return self._client.build_request(way.method, way.url, headers=headers, content=content)

    async def _try(self, request: httpx.Request, limit: int) -> Answer:
        """One attempt. Raises _Transient where another may do better."""
        host = request.url.host
        try:
            async with self._turn(request.url), asyncio.timeout(self._options.total_seconds):
                return await self._follow(request, limit)
        except AddressRefused as refused:
            return _fail(
                PollOutcome.BLOCKED, "source_blocked", host=refused.host, address=refused.address
            )
        except ImportError as error:  # a SOCKS proxy needs a package that is not installed
            return _fail(PollOutcome.NETWORK, "source_proxy", reason=_say(error))
        except BodyTooLarge:
            megabytes = round(limit / 2**20, 1)
            return _fail(PollOutcome.NETWORK, "source_too_large", host=host, limit=f"{megabytes:g}")
        except (TimeoutError, httpx.TimeoutException):
            raise _Transient(_fail(PollOutcome.NETWORK, "source_timeout", host=host)) from None
        except (BodyBroken, httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            answer = _fail(PollOutcome.NETWORK, "source_unreachable", host=host, reason=_say(error))
            raise _Transient(answer) from None

    @asynccontextmanager
    async def _turn(self, url: httpx.URL) -> AsyncIterator[None]:
        """This request's turn at its host: alone, and a pause after the one before."""
        loop, host = asyncio.get_running_loop(), url.netloc.decode("ascii")
        async with self._turns.setdefault(host, asyncio.Lock()):
            await asyncio.sleep(max(0.0, self._free_at.get(host, 0.0) - loop.time()))
            try:
                yield
            finally:
                self._free_at[host] = loop.time() + self._options.pause

    async def _follow(self, request: httpx.Request, limit: int) -> Answer:
        """Follows redirects by hand: the client would read their bodies without a limit."""
        next_request: httpx.Request | None = request
        for _ in range(_MAX_REDIRECTS + 1):
            response = await self._client.send(next_request, stream=True)  # type: ignore[arg-type]
            try:
                next_request = response.next_request
                if next_request is None:
                    return await self._read(response, limit)
                if next_request.url.scheme in ("http", "https"):  # no other is followed anyway
                    self._options.allowed.check_redirect(request.url, next_request.url)
            finally:
                await response.aclose()
        return _fail(PollOutcome.NETWORK, "source_redirects", host=request.url.host)

    async def _read(self, response: httpx.Response, limit: int) -> Answer:
        now, headers = datetime.now(UTC), {k.lower(): v for k, v in response.headers.items()}
        not_before = find_not_before(response.status_code, headers, now)
        validators = _find_validators(response)
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return Answer(outcome=PollOutcome.SAME, validators=validators, not_before=not_before)
        if response.status_code != httpx.codes.OK:
            return _refuse(response, not_before)
        encoding = headers.get("content-encoding", "")
        body = await read_body(response.aiter_raw(), encoding, limit)
        page = Page(
            body=body,
            url=strip_secrets(str(response.url)),  # what links in the answer are counted from
            content_type=headers.get("content-type", ""),
            seen_at=now,
            cached=find_age(headers),
        )
        return Answer(
            outcome=PollOutcome.GOOD, page=page, validators=validators, not_before=not_before
        )


def _refuse(response: httpx.Response, not_before: datetime | None) -> Answer:
    answer = Answer(
        outcome=PollOutcome.HTTP,
        error="source_http",
        params={"host": response.url.host, "status": response.status_code},
        not_before=not_before,
    )
    if response.status_code in _RETRY_STATUS and not_before is None:
        raise _Transient(answer)
    return answer


def _fail(outcome: PollOutcome, code: str, **params: object) -> Answer:
    return Answer(outcome=outcome, error=code, params=params)


def _say(error: Exception) -> str:
    text = _QUOTED.sub("…", str(error))  # what was sent: headers may hold keys
    return hide_secrets(text or type(error).__name__)[:200]


def _find_validators(response: httpx.Response) -> Validators:
    raw = {name.lower(): value for name, value in response.headers.raw}
    return Validators(
        etag=raw.get(b"etag", b"").decode("latin-1"),
        last_modified=raw.get(b"last-modified", b"").decode("latin-1"),
    )


# --- connections -------------------------------------------------------------------------------


class _CheckedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a host once, checks the addresses and connects to one that passed.

    Checking the name and letting the library resolve it again would leave the door open to a
    name server that answers differently the second time.
    """

    def __init__(self, allowed: AllowList) -> None:
        self._allowed = allowed
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            addresses = await resolve(host, port)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        failure: Exception = httpcore.ConnectError(host)
        for address in self._allowed.choose(host, addresses)[:_MAX_ADDRESSES]:
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the system's order. Raises OSError for an unknown name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=1)  # SOCK_STREAM
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class _Direct(httpx.AsyncBaseTransport):
    """Connections that go through the checked backend.

    httpx's own transport has no parameter for the network backend; the pool below it has.
    """

    def __init__(self, allowed: AllowList, context: ssl.SSLContext) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=100,
            max_keepalive_connections=20,
            keepalive_expiry=5.0,
            network_backend=_CheckedBackend(allowed),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _renamed_errors():
            answer = await self._pool.handle_async_request(asked)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    """The body of an answer, as it comes in."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _renamed_errors():
            async for part in self._answer.aiter_stream():
                yield part

    async def aclose(self) -> None:
        await self._answer.aclose()


@contextmanager
def _renamed_errors() -> Iterator[None]:
    """The pool's errors as the client names them."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.TimeoutException(str(error)) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise httpx.TransportError(str(error)) from error


class _Transport(httpx.AsyncBaseTransport):
    """Direct connections through the checked backend, or the environment's proxy for the address."""

    def __init__(self, allowed: AllowList) -> None:
        self._allowed = allowed
        self._ssl = _make_ssl()
        self._proxies = urllib.request.getproxies()  # walks the environment: once, not per request
        self._direct = _Direct(allowed, self._ssl)
        self._proxied: dict[str, httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        proxy = find_proxy(request.url.scheme, request.url.host, self._proxies)
        if not proxy:
            return await self._direct.handle_async_request(request)
        await self._check(request.url)
        if proxy not in self._proxied:
            self._proxied[proxy] = httpx.AsyncHTTPTransport(verify=self._ssl, proxy=proxy)
        return await self._proxied[proxy].handle_async_request(request)

    async def _check(self, url: httpx.URL) -> None:
        """Behind a proxy the proxy resolves names; what we can see must still be public."""
        try:
            addresses = await resolve(url.host, url.port or 443)
        except OSError:
            return
        self._allowed.choose(url.host, addresses)

    async def aclose(self) -> None:
        for transport in (self._direct, *self._proxied.values()):
            await transport.aclose()


@cache
def _quiet_libraries() -> None:
    """The poll tells what failed; Python would print each retry on standard error besides.

    The client logs every address that it asks: without logins and keys.
    """
    logging.getLogger("stamina").addHandler(logging.NullHandler())
    for name in ("httpx", *(f"httpcore.{part}" for part in ("http11", "connection", "proxy"))):
        logging.getLogger(name).addFilter(_hide_in_log)


def _hide_in_log(record: logging.LogRecord) -> bool:
    record.msg, record.args = hide_secrets(record.getMessage()), ()
    return True


@cache
def _make_ssl() -> ssl.SSLContext:
    """Reading the certificates takes 50 ms: once for all collections of a process."""
    return httpx.create_ssl_context()
