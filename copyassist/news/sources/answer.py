"""What came of a request, apart from the client that made it."""

from dataclasses import dataclass, field
from datetime import datetime

from copyassist.news.sources.source import Page
from copyassist.types import NO_PARAMS, Params
from copyassist.types.news import PollOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave to recognise its answer by, byte for byte (as Latin-1 text)."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a request: a page (GOOD), nothing new (SAME), or why there is none.

    `error` is a sentence code with `params`; `not_before` is when the server may be asked again.
    """

    outcome: PollOutcome
    page: Page | None = None
    validators: Validators = field(default_factory=Validators)
    not_before: datetime | None = None
    error: str = ""
    params: Params = field(default_factory=lambda: NO_PARAMS)
