"""An examination as lines for the terminal, and as a document for other programs."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from copyassist.doctor import CheckResult, Examination, Told
from copyassist.doctor.result import GROUPS
from copyassist.i18n import Language, fill, find_sentence, say, say_moment

SCHEMA = "copyassist.doctor/1"
MARKS = {"trouble": "✗", "note": "!"}


def write_lines(language: Language, found: Examination) -> Iterator[str]:
    """Troubles first, then notes, each with what to do; then what is fine, by group."""
    counts = {state: len(found.of(state)) for state in ("trouble", "note", "ok")}
    yield _say(language, "doctor.head", version=found.version, **counts)
    for state in ("trouble", "note"):
        results = found.of(state)
        if results:
            yield _say(language, f"doctor.state.{state}")
        for one in results:
            group = _say(language, f"doctor.group.{one.group}")
            what = describe_seen(language, one)
            yield f"  {MARKS[state]} {_say(language, 'doctor.line', group=group, what=what)}"
            if todo := describe_todo(language, one):
                yield f"      {_say(language, 'doctor.todo', what=todo)}"
    yield _say(language, "doctor.state.ok")
    for name in GROUPS:
        lines = [describe_seen(language, one) for one in found.of("ok") if one.group == name]
        if lines:
            yield f"  {_say(language, f'doctor.group.{name}')}"
            yield from (f"    {line}" for line in lines)


def make_document(language: Language, found: Examination) -> dict[str, object]:
    """The document of the contract copyassist.doctor/1."""
    return {
        "schema": SCHEMA,
        "language": language,
        "version": found.version,
        "checked_at": found.moment.isoformat(),
        "online": found.online,
        "state": found.state,
        "checks": [
            {
                "group": one.group,
                "name": one.name,
                "state": one.state,
                "code": one.code,
                "message": describe_seen(language, one),
                "todo": describe_todo(language, one) or None,
                "values": _plain(one.values),
            }
            for one in found.results
        ],
    }


def describe_seen(language: Language, result: CheckResult) -> str:
    """What was seen, in one sentence."""
    return _tell(language, ("doctor.seen", "errors"), result.code, result.values)


def describe_todo(language: Language, result: CheckResult) -> str:
    """What to do, "" where nothing is to be done."""
    if not result.todo:
        return ""
    return _tell(language, ("doctor.do",), result.todo, result.values)


def _tell(
    language: Language, areas: tuple[str, ...], code: str, values: Mapping[str, object]
) -> str:
    shown = {name: _word(language, value) for name, value in values.items()}
    for area in areas:
        sentence = find_sentence(language, f"{area}.{code}")
        if sentence is not None:
            return fill(sentence, shown)
    # Its sentence may be the very thing that is missing.
    return ", ".join([code, *(f"{name}={value}" for name, value in shown.items())])


def _say(language: Language, key: str, **params: object) -> str:
    try:
        return say(language, key, **params)
    except KeyError:  # as above
        return ", ".join([key, *map(str, params.values())])


def _word(language: Language, value: object) -> object:
    match value:
        case None:
            return _say(language, "doctor.never")
        case datetime():
            return say_moment(value) if value.year < 9999 else str(value.year)
        case Told():
            return _tell(language, ("sources.error", "errors"), value.code, value.params)
        case list():
            return _say(language, "doctor.between").join(map(str, value))
    return value


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case Told():
            return {"code": value.code, **{k: _plain(v) for k, v in value.params.items()}}
        case Mapping():
            return {str(name): _plain(one) for name, one in value.items()}
        case list():
            return [_plain(one) for one in value]
    return value
