"""review(draft, desk) -> Report: the one pure function that says everything about a draft.

`prepare` does once what depends only on the account and the platform (title index, weights,
matchers); `review_many` is the primitive, `review` its case of one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from copyassist.checks import detect_purpose, find_findings, measure_lengths
from copyassist.context import Context
from copyassist.duplicates import Found, TitleIndex
from copyassist.keywords import extract_keywords
from copyassist.scoring import (
    Models,
    Scorer,
    choose_metric,
    find_comparables,
    p_beats,
    prepare_scorer,
    rate_posts,
)
from copyassist.text import parse
from copyassist.types import (
    Comparison,
    Draft,
    Finding,
    Match,
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
    ignored: frozenset[str] = frozenset()


def prepare(context: Context, models: Models, *, ignored: Sequence[str] = ()) -> Desk:
    """The desk of a context. `ignored` are the keys of findings that are not to be shown."""
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
        ignored=frozenset(ignored),
    )


def review_many(drafts: Sequence[Draft], desk: Desk) -> list[Report]:
    """The reports of the drafts, in their order. The drafts' platform is taken as the desk's."""
    parsed = [parse(draft) for draft in drafts]
    scores = desk.scorer.score_many(parsed)
    # All titles are looked up together: one by one the index takes five times as long.
    found = desk.index.find_many([one.title for one in parsed], limit=MAX_MATCHES)
    matches = [_to_matches(rows, desk) for rows in found]
    return [
        _report(one, score, similar, desk)
        for one, score, similar in zip(parsed, scores, matches, strict=True)
    ]


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


def _report(parsed: ParsedDraft, score: Score, matches: tuple[Match, ...], desk: Desk) -> Report:
    purpose = parsed.draft.purpose
    if purpose is Purpose.AUTO:
        purpose = detect_purpose(parsed)
    findings = [
        *find_findings(parsed, desk.context.platform, purpose),
        *_judge_matches(matches, desk),
    ]
    return Report(
        draft=parsed.draft,
        title=parsed.title,
        platform=desk.context.platform,
        purpose=purpose,
        account=desk.context.account,
        score=score,
        findings=_in_order(finding for finding in findings if finding.key not in desk.ignored),
        measures=tuple(measure_lengths(parsed, desk.context.platform)),
        keywords=tuple(extract_keywords(parsed)),
        matches=matches,
        comparables=tuple(find_comparables(desk.scorer, parsed)),
        metric=desk.context.metric,
    )


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: -finding.severity.rank))


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
