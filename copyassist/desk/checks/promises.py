"""What the title promises and the body does not keep; nothing without a body."""

from collections.abc import Iterator

from copyassist.desk.checks.family import Case, Family, mark
from copyassist.desk.promises import Promise, find_promises
from copyassist.types import Finding, Severity

_CODES = {
    "fewer": "promise_fewer",
    "deferred": "promise_uncounted",
    "too_short": "promise_uncounted",
    "other": "promise_other",
    "longer": "promise_other",
    "absent": "promise_absent",
}
# Said of what can be counted; the others are a reader's guess.
_SURE = frozenset({"promise_fewer", "promise_other"})


def _find(case: Case) -> Iterator[Finding]:
    if case.parsed.body is None:
        return
    for promise in find_promises(case.parsed):
        if promise.state == "broken":
            yield _judge(promise, case)


def _judge(promise: Promise, case: Case) -> Finding:
    code = _CODES.get(promise.reason, "promise_unanswered")
    if promise.kind == "attachment":
        code = "promise_unattached"
    start, end = case.parsed.title.raw_span(promise.start, promise.end)
    severity = Severity.WARNING if code in _SURE else Severity.INFO
    text, found = case.parsed.title.raw[start:end], promise.found
    params = {"text": text, "wanted": promise.wanted, "found": found}
    return mark(code, severity, ("title", start, end), **params)


FAMILY = Family(
    id="promises",
    codes=(
        "promise_fewer",
        "promise_uncounted",
        "promise_other",
        "promise_absent",
        "promise_unanswered",
        "promise_unattached",
    ),
    find=_find,
)
