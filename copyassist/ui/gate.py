"""The door of the server: only a browser that was pointed at this machine comes in.

A website can let its own name resolve to 127.0.0.1 and then read what answers there (DNS
rebinding), or open a connection from its own page. So a request must name a host that the user
allowed (`server.allowedHosts`), and where a browser says which page it comes from, that page must
be ours. Streamlit itself looks at connections only, and asks an address on the internet for the
machine's own before it refuses a foreign page; here that never gets so far.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from copyassist.i18n import LANGUAGES, say

FORBIDDEN = 403
POLICY_VIOLATION = 1008  # RFC 6455: why a connection is closed
# No page may show ours in a frame, and no link gives away where the reader came from.
HEADERS = (
    (b"content-security-policy", b"frame-ancestors 'none'"),
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


class Gate:
    """ASGI middleware: refuses foreign hosts and foreign pages, and adds the headers above."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif is_allowed(scope, st.get_option("server.allowedHosts")):
            await self._app(scope, receive, _with_headers(send))
        elif scope["type"] == "http":
            await _refuse()(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})


GATE = (Middleware(Gate),)


def is_allowed(scope: Scope, allowed: Iterable[str]) -> bool:
    """Whether a request names one allowed host, and comes from no other page than ours.

    `allowed` are host names without a port; "*" allows every host, never a foreign page.
    """
    hosts = _find_headers(scope, b"host")
    if len(hosts) != 1:
        return False
    host = _host_name(f"//{hosts[0]}")
    wanted = {name.strip().lower().rstrip(".") for name in allowed}
    if not host or not ("*" in wanted or host in wanted):
        return False
    ours = {f"{scheme}://{hosts[0].lower()}" for scheme in ("http", "https")}
    return all(origin.lower() in ours for origin in _find_headers(scope, b"origin"))


def _find_headers(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


def _host_name(address: str) -> str:
    """The host of `//host:port`, lower case, "" for what is no such address."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises where it is no number
    except ValueError:
        return ""
    plain = not (parts.username or parts.password or parts.path or parts.query or parts.fragment)
    return (parts.hostname or "").lower().rstrip(".") if plain else ""


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.accept"):
            message["headers"] = [*message.get("headers", ()), *HEADERS]
        await send(message)

    return send_with_headers


def _refuse() -> PlainTextResponse:
    text = "\n".join(say(language, "errors.host_refused") for language in LANGUAGES)
    return PlainTextResponse(text, status_code=FORBIDDEN)
