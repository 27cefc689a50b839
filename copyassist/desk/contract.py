"""A report as JSON: the contract that other programs may rely on.

The schema is `assets/report.schema.json`. Fields are added within a version; a field that changes
its meaning or goes away makes a new one.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from copyassist.desk.coverage_words import name_pack, word_unchecked
from copyassist.desk.pattern_words import caution_patterns, name_trait
from copyassist.desk.patterns import Patterns, find_standing
from copyassist.desk.scoring.whatif import Edit
from copyassist.desk.seo.document import seo_to_json
from copyassist.desk.seo.result import SeoReport
from copyassist.desk.wording import (
    sum_by_group,
    word_advice,
    word_evidence,
    word_feature,
    word_finding,
)
from copyassist.i18n import Language, say
from copyassist.text import parse
from copyassist.types import (
    Comparable,
    Comparison,
    Contribution,
    Coverage,
    Finding,
    HiddenFinding,
    Interval,
    Match,
    Measure,
    Post,
    Purpose,
    Report,
)

SCHEMA = "copyassist.reports/1"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Beside:
    """What belongs beside a report: `edits` are better titles with their own reports, `mended` is the
    draft as it could be published, `patterns` what the account's own posts on its platform say,
    `seo` how the draft is found and read.
    """

    edits: Sequence[tuple[Edit, Report]] = ()
    mended: Report | None = None
    patterns: Patterns | None = None
    seo: SeoReport | None = None


def reports_to_json(
    reports: Sequence[Report],
    language: Language,
    comparison: Comparison | None = None,
    *,
    beside: Sequence[Beside] = (),
) -> Json:
    """The document that `copyassist score --format json` prints.

    `beside` has one for each report, or is left out.
    """
    documents = [report_to_json(report, language) for report in reports]
    for document, report, found in zip(documents, reports, beside, strict=False):
        patterns, mended = found.patterns, found.mended
        document["edits"] = [_edit(edit, edited, language) for edit, edited in found.edits]
        document["mended"] = None if mended is None else _mended(mended, language)
        document["patterns"] = None if patterns is None else _patterns(patterns, report, language)
        if found.seo is not None:
            document["seo"] = seo_to_json(found.seo, report, language)
    return {
        "schema": SCHEMA,
        "language": language,
        "reports": documents,
        "p_beats": None if comparison is None else [list(row) for row in comparison.p_beats],
    }


def report_to_json(report: Report, language: Language) -> Json:
    """One report. Numbers keep their full precision; unknown is null."""
    return {
        "title": report.title.raw,
        "platform": report.platform.id,
        "form": report.draft.form or report.platform.form.id,
        "facts": dict(report.draft.facts),
        "purpose": report.purpose.value,
        "purpose_given": report.draft.purpose is not Purpose.AUTO,
        "purpose_decided_by": signs_to_json(report),
        "account": report.account.name if report.account else None,
        "demo": bool(report.account and report.account.is_demo),
        "clickbait": lure_to_json(report),
        "metric": report.metric or None,
        "score": _score(report, language),
        "publishable": report.publishable,
        "worst": report.worst.value if report.worst else None,
        "findings": [finding_to_json(finding, report, language) for finding in report.findings],
        "hidden": [hidden_to_json(one, report, language) for one in report.hidden],
        "measures": [_measure(measure) for measure in report.measures],
        "keywords": [
            {"text": k.text, "weight": k.weight, "in_title": k.in_title, "in_body": k.in_body}
            for k in report.keywords
        ],
        "own_share": _own_share(report),
        "matches": [_match(match) for match in report.matches],
        "comparables": [_comparable(comparable) for comparable in report.comparables],
        "coverage": coverage_to_json(report.coverage, language),
    }


def _score(report: Report, language: Language) -> Json:
    score, evidence = report.score, report.score.evidence
    simulated = bool(report.account and report.account.is_demo)
    return {
        "value": score.value,
        "interval": _interval(score.interval),
        "reference": score.reference,
        "evidence": {
            "kind": evidence.kind,
            "reason": evidence.reason,
            "message": word_evidence(language, evidence, simulated=simulated),
            "own_posts": evidence.own_posts,
            "needed": evidence.needed,
            "model": evidence.model or None,
            # A hit rate on simulated posts says nothing about the score.
            "pairs_right": None if simulated else evidence.pairs_right,
            "measured_on": None if simulated else evidence.measured_on or None,
        },
        "contributions": [_contribution(one, language) for one in score.contributions],
        "groups": sum_by_group(score.contributions),
    }


def _interval(interval: Interval | None) -> Json | None:
    if interval is None:
        return None
    return {
        "low": interval.low,
        "high": interval.high,
        "coverage": interval.coverage,
        "low_value": interval.low_value,
        "high_value": interval.high_value,
        "source": interval.source,
    }


def _contribution(contribution: Contribution, language: Language) -> Json:
    evidence = contribution.evidence
    return {
        "feature": contribution.feature,
        "group": contribution.group,
        "name": word_feature(language, contribution),
        "text": contribution.text or None,
        "points": contribution.points,
        "advice": word_advice(language, contribution),
        "more": contribution.more,
        "missing": contribution.missing,
        "evidence": evidence
        and {
            "win_rate": evidence.win_rate,
            "low": evidence.low,
            "high": evidence.high,
            "pairs": evidence.pairs,
            "platform": evidence.platform,
            "causal": evidence.causal,
        },
    }


def _edit(edit: Edit, report: Report, language: Language) -> Json:
    return {
        "code": edit.code,
        "message": say(language, f"edits.{edit.code}"),
        "title": edit.title,
        "value": edit.score.value,
        "gain": edit.gain,
        "p_better": edit.p_better,
        "worst": report.worst.value if report.worst else None,
        "findings": [finding_to_json(finding, report, language) for finding in report.findings],
    }


def _mended(report: Report, language: Language) -> Json:
    return {
        "title": report.title.raw,
        "body": report.draft.body or None,
        "value": report.score.value,
        "worst": report.worst.value if report.worst else None,
        "findings": [finding_to_json(finding, report, language) for finding in report.findings],
    }


def _patterns(patterns: Patterns, report: Report, language: Language) -> Json:
    standing = find_standing(patterns, parse(report.draft))
    return {
        "metric": patterns.metric,
        "posts": patterns.posts,
        "median": asdict(patterns.median),
        "looks": patterns.looks,
        "caution": caution_patterns(language, patterns),
        "traits": [
            {
                **asdict(one),
                "message": name_trait(language, one.dimension, one.name),
                "here": (one.dimension, one.name) in standing,
            }
            for one in patterns.traits
        ],
        "best_posts": patterns.best_posts,
        "common": [asdict(one) for one in patterns.common],
    }


def signs_to_json(report: Report) -> list[Json]:
    """What decided the purpose, the weightiest first; negative points speak against an advert."""
    return [
        {
            "text": one.text,
            "purpose": one.purpose.value,
            "kind": one.kind or None,
            "points": one.points,
        }
        for one in report.signs
    ]


def lure_to_json(report: Report) -> Json | None:
    """How much the title lures, apart from the score, and by which constructions."""
    lure = report.clickbait
    return None if lure is None else {"value": lure.value, "kinds": list(lure.kinds)}


def coverage_to_json(coverage: Coverage, language: Language) -> Json:
    """Which packs of rules were asked, of which day they are, and what cannot be checked."""
    return {
        "packs": [
            {
                "id": pack.id,
                "name": name_pack(language, pack),
                "on": pack.on,
                "own": bool(pack.name),
                "as_of": pack.as_of.isoformat() if pack.as_of else None,
            }
            for pack in coverage.packs
        ],
        "as_of": coverage.as_of.isoformat() if coverage.as_of else None,
        "unchecked": list(coverage.unchecked),
        "message": word_unchecked(language, coverage),
    }


def hidden_to_json(hidden: HiddenFinding, report: Report, language: Language) -> Json:
    """A finding that an exemption keeps back, with its reason and day."""
    one = hidden.exemption
    return finding_to_json(hidden.finding, report, language) | {
        "exempt": {
            "rule": one.rule or None,
            "word": one.word or None,
            "account": one.account or None,
            "reason": one.reason or None,
            "since": one.since.isoformat() if one.since else None,
        }
    }


def finding_to_json(finding: Finding, report: Report, language: Language) -> Json:
    """One finding, with its sentences."""
    words = word_finding(language, finding)
    span = finding.span
    source = report.title.raw if span and span.field == "title" else report.draft.body
    return {
        "code": finding.code,
        "key": finding.key,
        "severity": finding.severity.value,
        "field": span.field if span else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "text": source[span.start : span.end] if span else None,
        "replacement": finding.replacement,
        "message": words.what,
        "why": words.why or None,
        "how": words.how or None,
        "basis": list(finding.basis),
        "basis_text": words.basis or None,
    }


def _measure(measure: Measure) -> Json:
    return {
        "field": measure.field,
        "counter": measure.counter,
        "value": measure.value,
        "minimum": measure.minimum,
        "maximum": measure.maximum,
        "severity": measure.severity.value if measure.severity else None,
        "confidence": measure.confidence,
    }


def _own_share(report: Report) -> Json | None:
    share = report.own_share
    if share is None:
        return None
    return {
        "share": round(share.share, 4),
        "letters": share.letters,
        "counted": share.counted,
        "apart": [list(span) for span in share.apart],
        "passages": [
            {
                "start": one.start,
                "end": one.end,
                "kept": round(one.kept, 3),
                "text": one.text,
                "other_text": one.other_text,
                "title": report.passages_of[one.source].title,
                "post": _post(report.passages_of[one.source]),
            }
            for one in share.passages
        ],
    }


def _match(match: Match) -> Json:
    return {
        "kind": match.kind,
        "similarity": match.similarity,
        "p_same": match.same,
        "relation": match.relation,
        "title": match.title,
        "post": _post(match.post) if match.post else None,
    }


def _comparable(comparable: Comparable) -> Json:
    rated = comparable.rated
    return {
        "similarity": comparable.similarity,
        "title": rated.post.title,
        "metric": rated.metric,
        "value": rated.value,
        "usual": rated.usual,
        "ratio": rated.ratio,
        "post": _post(rated.post),
    }


def _post(post: Post) -> Json:
    return {
        "platform": post.platform,
        "published_at": post.published_at.isoformat() if post.published_at else None,
        "url": post.url or None,
    }
