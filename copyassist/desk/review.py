"""review(draft, desk) -> Report: the one pure function that says everything about a draft.

`prepare` does once what depends only on the account and the platform (title index, weights,
matchers); `review_many` is the primitive, `review` its case of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from copyassist.desk.bodies import Bodies, Compared, judge_body
from copyassist.desk.checks import find_findings, measure_lengths
from copyassist.desk.context import Context
from copyassist.desk.deciding import decide_purpose
from copyassist.desk.duplicates import Found, TitleIndex
from copyassist.desk.habits import find_habits
from copyassist.desk.law.clickbait import measure_clickbait
from copyassist.desk.law.purpose import Decision
from copyassist.desk.patterns import Patterns, find_patterns
from copyassist.desk.rules import Rules
from copyassist.desk.scoring import (
    Models,
    Scorer,
    choose_metric,
    find_comparables,
    p_beats,
    prepare_scorer,
    rate_posts,
)
from copyassist.desk.scoring.phrases import join_phrases
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
    RatedPost,
    Report,
    Score,
    Severity,
)

MAX_MATCHES = 3
_MOST_COMPARED = 20  # drafts whose bodies are looked at by the passage; of more only the same ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What one account's drafts on one platform are judged with. Cheap to use, dear to build."""

    context: Context
    scorer: Scorer
    index: TitleIndex
    rated: tuple[RatedPost, ...]
    patterns: Once[Patterns | None]
    bodies: Once[Bodies]
    extractor: Once[Extractor]
    rules: Rules = field(default_factory=Rules)


def prepare(
    context: Context,
    models: Models,
    *,
    rules: Rules | None = None,
    words: Sequence[str] = (),
) -> Desk:
    """The desk of a context. `rules` are the packs that are asked and the writer's exemptions,
    `words` the user's own dictionary."""
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
        bodies=Once(lambda: Bodies.of(context.history)),
        extractor=Once(lambda: build_extractor(find_names(context, words))),
        rules=rules or Rules(),
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
    decided = [decide_purpose(one) for one in parsed]
    checked = [
        (find_findings(one, platform, found.purpose), tuple(measure_lengths(one, platform)))
        for one, found in zip(parsed, decided, strict=True)
    ]
    keywords = [tuple(found) for found in desk.extractor.get().extract_many(parsed)]
    scores = [
        replace(score, contributions=join_phrases(score.contributions, words, len(one.title.norm)))
        for score, words, one in zip(scores, keywords, parsed, strict=True)
    ]
    comparables = [tuple(find_comparables(desk.scorer, one)) for one in parsed]
    bodies = _look_at_bodies(parsed, desk)
    columns = zip(
        parsed, scores, found, decided, checked, keywords, comparables, bodies, strict=True
    )
    return [_report(_Steps(*row), desk) for row in columns]


def review(draft: Draft, desk: Desk) -> Report:
    """Everything about one draft."""
    return review_many([draft], desk)[0]


def compare(drafts: Sequence[Draft], desk: Desk) -> Comparison:
    """The drafts side by side, with P(i beats j) wherever there is evidence for it."""
    reports = review_many(drafts, desk)
    reports = _tell_rows_apart(reports, desk)
    scores = [report.score for report in reports]
    return Comparison(
        reports=tuple(reports),
        p_beats=tuple(
            tuple(p_beats(desk.scorer, first, second) for second in scores) for first in scores
        ),
    )


def _tell_rows_apart(reports: Sequence[Report], desk: Desk) -> list[Report]:
    """The reports, with a finding where a title repeats one that stands before it."""
    # Turned around, so that of equal titles the first one is found.
    index = TitleIndex.build([report.title.raw for report in reversed(reports)])
    last = len(reports) - 1
    told: list[Report] = []
    for place, hits in enumerate(index.find_many([report.title for report in reports])):
        rows = [last - hit.row for hit in hits if hit.kind != "similar" and last - hit.row < place]
        report = reports[place]
        if rows:
            params = {"row": min(rows) + 1, "title": reports[min(rows)].title.raw}
            finding = Finding(code="duplicate_row", severity=Severity.INFO, params=params)
            shown, _ = desk.rules.apply(parse(report.draft), [finding])
            report = replace(report, findings=_in_order([*report.findings, *shown]))
        told.append(report)
    return told


class _Steps(NamedTuple):
    """What each step found about one draft."""

    parsed: ParsedDraft
    score: Score
    found: Sequence[Found]
    decision: Decision
    checked: tuple[list[Finding], tuple[Measure, ...]]
    keywords: tuple[Keyword, ...]
    comparables: tuple[Comparable, ...]
    body: "_Body"


class _Body(NamedTuple):
    """What earlier posts hold of a body."""

    compared: Compared | None = None
    same: Post | None = None


def _look_at_bodies(parsed: Sequence[ParsedDraft], desk: Desk) -> list[_Body]:
    posts = desk.context.history
    if not any(one.body for one in parsed) or not any(post.body for post in posts):
        return [_Body()] * len(parsed)
    bodies = desk.bodies.get()
    few = len(parsed) <= _MOST_COMPARED
    texts = [one.draft.body for one in parsed]
    return [_Body(bodies.compare(t) if few else None, bodies.find_same(t)) for t in texts]


def _report(steps: _Steps, desk: Desk) -> Report:
    matches = _to_matches(steps.found, desk) if steps.found else ()
    findings, measures = steps.checked
    compared = steps.body.compared
    found = [
        *findings,
        *_judge_matches(matches, desk),
        *find_habits(steps.parsed.title, steps.keywords, desk.rated, desk.context.now),
        *judge_body(compared, steps.body.same, desk.context.platform.id),
    ]
    shown, hidden = desk.rules.apply(steps.parsed, found)
    return Report(
        draft=steps.parsed.draft,
        title=steps.parsed.title,
        platform=desk.context.platform,
        purpose=steps.decision.purpose,
        account=desk.context.account,
        score=steps.score,
        findings=_in_order(shown),
        measures=measures,
        keywords=steps.keywords,
        matches=matches,
        comparables=steps.comparables,
        metric=desk.context.metric,
        signs=steps.decision.signs,
        hidden=hidden,
        coverage=desk.rules.coverage,
        clickbait=measure_clickbait(steps.parsed.title.norm),
        own_share=compared.share if compared else None,
        passages_of=compared.posts if compared else (),
    )


def _in_order(shown: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(shown, key=_measure_gravity, reverse=True) if len(shown) > 1 else shown)


def _measure_gravity(finding: Finding) -> int:
    return finding.severity.rank


def _to_matches(found: Sequence[Found], desk: Desk) -> tuple[Match, ...]:
    posts: Sequence[Post] = desk.context.history
    return tuple(
        Match(
            kind=one.kind,
            similarity=one.similarity,
            title=posts[one.row].title,
            post=posts[one.row],
            same=one.same,
            relation=one.relation,
        )
        for one in found
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
