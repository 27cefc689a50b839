"""The addresses of the pages: each has its name, and none of them leads to a dialog in English.

Streamlit shows its start page at "/" alone and tells of any other address that it does not know in
English only. Here "/" leads to the first page by its name, and so does what nobody knows.
"""

from collections.abc import Sequence
from urllib.parse import quote

from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from copyassist.ui.pages import PAGES

NAMES = tuple(page.id for page in PAGES)
# Where Streamlit itself answers, under any page too, besides files, whose names have an ending.
STREAMLIT = ("_stcore", "static", "component", "media", "app", "vendor", "healthz")


class Addresses:
    """ASGI middleware: sends a browser on to the page that an address means."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted = find_page(scope["path"], NAMES) if scope["type"] == "http" else None
        if wanted is None or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        query = scope["query_string"].decode("latin-1")
        await RedirectResponse(f"{quote(wanted)}{'?' if query else ''}{query}")(
            scope, receive, send
        )


def find_page(path: str, names: Sequence[str]) -> str | None:
    """Where an address leads instead, None where it is right: a page's own, or not a page's."""
    parts = [part for part in path.split("/") if part]
    if any(part in STREAMLIT or "." in part for part in parts):
        return None
    name = next((part.lower() for part in parts if part.lower() in names), names[0])
    return None if path == f"/{name}" else f"/{name}"


ADDRESSES = (Middleware(Addresses),)
