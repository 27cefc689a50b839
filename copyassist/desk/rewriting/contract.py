"""Proposals as JSON: the contract that other programs may rely on (assets/rewriting.schema.json)."""

from typing import Any

from copyassist.desk.rewriting.candidate import Rewriting, Variant
from copyassist.desk.rewriting.kinds import label_title
from copyassist.desk.rewriting.wording import word_did, word_faults, word_why
from copyassist.i18n import Language, say

SCHEMA = "copyassist.rewriting/1"

Json = dict[str, Any]


def rewriting_to_json(rewriting: Rewriting, language: Language) -> Json:
    """The document that `copyassist rewrite --format json` prints."""
    report = rewriting.report
    return {
        "schema": SCHEMA,
        "language": language,
        "title": report.title.raw,
        "platform": report.platform.id,
        "account": report.account.name if report.account else None,
        "types": _kinds(label_title(report.title.raw), language),
        "score": report.score.value,
        "fine": rewriting.fine,
        "faults": [
            {"code": one, "message": word_faults(language, rewriting, [one])}
            for one in rewriting.faults
        ],
        "keyword": rewriting.keyword or None,
        "fixes": [_variant(one, language) for one in rewriting.fixes],
        "variants": [_variant(one, language) for one in rewriting.variants],
        "dropped": dict(rewriting.dropped),
    }


def _kinds(kinds: tuple[str, ...], language: Language) -> list[Json]:
    return [{"id": kind, "name": say(language, f"title_types.{kind}")} for kind in kinds]


def _variant(one: Variant, language: Language) -> Json:
    candidate = one.candidate
    return {
        "title": one.title,
        "origin": candidate.origin,
        "code": candidate.code,
        "message": word_did(language, candidate),
        "why": word_why(language, candidate),
        "types": _kinds(one.kinds, language),
        "mends": list(one.mends),
        "score": one.report.score.value,
        "p_better": one.p_better,
        "fit": one.fit,
        "ai": candidate.origin == "model",
        "marks": list(one.marks),
    }
