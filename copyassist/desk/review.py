"""review(draft, desk) -> Report: the one pure function that says everything about a draft.

`prepare` does once what depends only on the account and the platform (title index, weights,
matchers); `review_many` is the primitive, `review` its case of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from copyassist.desk.checks import detect_purpose, find_findings, measure_lengths
from copyassist.desk.context import Context
from copyassist.desk.duplicates import Found, TitleIndex
from copyassist.desk.patterns import Patterns, find_patterns
from copyassist.desk.scoring import (
    Models,
    Scorer,
    choose_metric,
    find_comparables,
    p_beats,
    prepare_scorer,
    rate_posts,
)
from copyassist.keywords import Extractor, build_extractor
from copyassist.keywords.known import learn_names
from copyassist.once import Once
from copyassist.text import parse
from copyassist.types import (
    Comparable,
    Comparison,
    Draft,
    Finding,
    Keyword,
    Match,
    Measure,
    ParsedDraft,
    Post,
    Purpose,
    RatedPost,
    Report,
    Score,
    Severity,
)

MAX_MATCHES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What one account's drafts on one platform are judged with. Cheap to use, dear to build."""

    context: Context
    scorer: Scorer
    index: TitleIndex
    rated: tuple[RatedPost, ...]
    patterns: Once[Patterns | None]
    extractor: Once[Extractor]
    ignored: frozenset[str] = frozenset()


def prepare(
    context: Context, models: Models, *, ignored: Sequence[str] = (), words: Sequence[str] = ()
) -> Desk:
    """The desk of a context. `ignored` are the keys of findings that are not to be shown, `words`
    the user's own dictionary."""
    metric = choose_metric(context.posts, context.platform, context.metric)
    context = replace(context, metric=metric)
    rated = tuple(
        rate_posts(context.posts, metric, mature_days=context.platform.mature_days, now=context.now)
    )
    return Desk(
        context=context,
        scorer=prepare_scorer(models, context, rated),
        index=TitleIndex.build([post.title for post in context.history]),
        rated=rated,
        patterns=Once(lambda: find_patterns(rated)),
        extractor=Once(lambda: build_extractor(find_names(context, words))),
        ignored=frozenset(ignored),
    )


def find_names(context: Context, words: Sequence[str]) -> dict[str, str]:
    """Names that the extractor of keywords is to know, each with where it is from."""
    learnt = learn_names([post.title for post in context.history])
    return dict.fromkeys(learnt, "account") | dict.fromkeys(words, "user")


def review_many(drafts: Sequence[Draft], desk: Desk) -> list[Report]:
    """The reports of the drafts, in their order. The drafts' platform is taken as the desk's."""
    parsed = [parse(draft) for draft in drafts]
    platform = desk.context.platform
    scores = desk.scorer.score_many(parsed)
    # All titles are looked up together: one by one the index takes five times as long.
    found = desk.index.find_many([one.title for one in parsed], limit=MAX_MATCHES)
    # Step by step, not draft by draft: a step's code and tables then stay in the processor's cache,
    # which is worth a third of the time.
    purposes = [_settle_purpose(one) for one in parsed]
    checked = [
        (find_findings(one, platform, purpose), tuple(measure_lengths(one, platform)))
        for one, purpose in zip(parsed, purposes, strict=True)
    ]
    keywords = [tuple(found) for found in desk.extractor.get().extract_many(parsed)]
    comparables = [tuple(find_comparables(desk.scorer, one)) for one in parsed]
    columns = zip(parsed, scores, found, purposes, checked, keywords, comparables, strict=True)
    return [_report(_Steps(*row), desk) for row in columns]


def review(draft: Draft, desk: Desk) -> Report:
    """Everything about one draft."""
    return review_many([draft], desk)[0]


def compare(drafts: Sequence[Draft], desk: Desk) -> Comparison:
    """The drafts side by side, with P(i beats j) wherever there is evidence for it."""
    reports = review_many(drafts, desk)
    scores = [report.score for report in reports]
    return Comparison(
        reports=tuple(reports),
        p_beats=tuple(
            tuple(p_beats(desk.scorer, first, second) for second in scores) for first in scores
        ),
    )


def _settle_purpose(parsed: ParsedDraft) -> Purpose:
    purpose = parsed.draft.purpose
    return detect_purpose(parsed) if purpose is Purpose.AUTO else purpose


class _Steps(NamedTuple):
    """What each step found about one draft."""

    parsed: ParsedDraft
    score: Score
    found: Sequence[Found]
    purpose: Purpose
    checked: tuple[list[Finding], tuple[Measure, ...]]
    keywords: tuple[Keyword, ...]
    comparables: tuple[Comparable, ...]


def _report(steps: _Steps, desk: Desk) -> Report:
    matches = _to_matches(steps.found, desk) if steps.found else ()
    findings, measures = steps.checked
    return Report(
        draft=steps.parsed.draft,
        title=steps.parsed.title,
        platform=desk.context.platform,
        purpose=steps.purpose,
        account=desk.context.account,
        score=steps.score,
        findings=_in_order([*findings, *_judge_matches(matches, desk)], desk.ignored),
        measures=measures,
        keywords=steps.keywords,
        matches=matches,
        comparables=steps.comparables,
        metric=desk.context.metric,
    )


def _in_order(findings: Sequence[Finding], ignored: frozenset[str]) -> tuple[Finding, ...]:
    shown = [one for one in findings if one.key not in ignored] if ignored else findings
    return tuple(sorted(shown, key=_measure_gravity, reverse=True) if len(shown) > 1 else shown)


def _measure_gravity(finding: Finding) -> int:
    return finding.severity.rank


def _to_matches(found: Sequence[Found], desk: Desk) -> tuple[Match, ...]:
    posts: Sequence[Post] = desk.context.history
    return tuple(
        Match(kind=kind, similarity=similarity, title=posts[row].title, post=posts[row])
        for row, similarity, kind in found
    )


def _judge_matches(matches: Sequence[Match], desk: Desk) -> list[Finding]:
    """The nearest earlier title, where it is so near that readers have seen it.

    The same title on another platform is ordinary cross-posting: worth knowing, not a fault.
    """
    nearest = matches[0] if matches else None
    if nearest is None or nearest.post is None or nearest.kind == "similar":
        return []
    here = nearest.post.platform == desk.context.platform.id
    return [
        Finding(
            code=f"duplicate_{nearest.kind}" if here else "duplicate_elsewhere",
            severity=Severity.WARNING if here and nearest.kind == "identical" else Severity.INFO,
            params={
                "title": nearest.title,
                "percent": round(100 * nearest.similarity),
                "platform": nearest.post.platform,
            },
        )
    ]
