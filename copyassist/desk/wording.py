"""Turns the core's codes and parameters into sentences: one place for the shells to ask.

Everything returned is plain text that may hold the user's own words: escape it for HTML.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from copyassist.i18n import Language, fill, find_sentence, say
from copyassist.types import (
    Contribution,
    Evidence,
    FeatureEvidence,
    Finding,
    Params,
    Report,
    Severity,
)


@dataclass(frozen=True, slots=True)
class FindingWords:
    """What a finding's card says: what is wrong, why it matters, what to do, which law says so."""

    what: str
    why: str
    how: str
    basis: str


def word_finding(language: Language, finding: Finding) -> FindingWords:
    """The sentences of a finding; `why`, `how` and `basis` are "" where there is nothing to say."""
    return FindingWords(
        what=word_what(language, finding),
        why=_fill(language, f"lexicon.{finding.rule}.why", finding.params)
        or _fill(language, f"findings.{finding.code}.why", finding.params),
        how=_fill(language, f"lexicon.{finding.rule}.how", finding.params)
        or _fill(language, f"findings.{finding.code}.how", finding.params),
        basis=say(language, "law.separator").join(
            _fill(language, f"law.{name}", {}) or name for name in finding.basis
        ),
    )


def word_what(language: Language, finding: Finding) -> str:
    """What is wrong, in one sentence: all that a table has room for."""
    return _fill(language, f"findings.{finding.code}.what", finding.params) or finding.code


def pick_title_findings(report: Report) -> list[Finding]:
    """The findings about the title or the whole draft, without those that lie in the body."""
    return [one for one in report.findings if one.span is None or one.span.field == "title"]


def word_verdict(language: Language, report: Report) -> str:
    """That the draft cannot be published as it is, and what must go first; "" where it can."""
    if report.publishable:
        return ""
    errors = [one.code for one in report.findings if one.severity is Severity.ERROR]
    what = word_codes(language, " ".join(errors))
    return say(language, "verdict.blocked", count=len(errors), what=what)


def word_codes(language: Language, codes: str) -> str:
    """The names of findings by their codes, which are separated by spaces; each once."""
    names = [_fill(language, f"findings.{code}.name", {}) or code for code in codes.split()]
    return say(language, "law.separator").join(dict.fromkeys(names))


def word_evidence(language: Language, evidence: Evidence, *, simulated: bool = False) -> str:
    """What the score rests on, in one or two sentences.

    On `simulated` figures (the demo account) no hit rate is quoted: it would measure our invention.
    """
    if simulated and evidence.kind != "none":
        return say(language, "evaluate.simulated_evidence")
    params = {
        "own_posts": evidence.own_posts,
        "needed": evidence.needed,
        "percent": round(100 * evidence.pairs_right) if evidence.pairs_right else "—",
        "measured_on": _fill(language, f"evidence.sets.{evidence.measured_on}", {})
        or evidence.measured_on,
        **evidence.params,
    }
    return _fill(language, f"evidence.{evidence.reason}", params) or evidence.reason


def word_feature(language: Language, contribution: Contribution) -> str:
    """The name of what a contribution is about, with the piece of the title where there is one."""
    name = _fill(language, f"features.{contribution.feature}", {}) or contribution.feature
    if contribution.missing:
        return say(language, "features.missing", name=name)
    if not contribution.text:
        return name
    return say(language, "features.with_text", name=name, text=contribution.text)


def word_advice(language: Language, contribution: Contribution) -> str:
    """What to do about a reason, or why it cannot be changed."""
    end = "up" if contribution.points > 0 else "down"
    how = "missing" if contribution.missing else "more" if contribution.more else "less"
    feature, group = contribution.feature, contribution.group
    for name in (f"{feature}_{how}", feature, f"group_{group}"):
        if said := _fill(language, f"advice.{name}_{end}", {}):
            return said
    return ""


def pick_reasons(contributions: Sequence[Contribution]) -> list[Contribution]:
    """The reasons to show, the strongest first: without what is summed up as the rest, and without
    where the account stands, which is no matter of the title; both stand among the sums."""
    named = [one for one in contributions if one.feature not in ("rest", "usual")]
    return sorted(named, key=lambda one: -abs(one.points))


def word_proof(language: Language, proof: FeatureEvidence) -> str:
    """How often more of a feature won: win rate, interval, pairs, where, experiment or observed."""
    return say(
        language,
        "evaluate.proof_causal" if proof.causal else "evaluate.proof_observed",
        percent=100 * proof.win_rate,
        low=100 * proof.low,
        high=100 * proof.high,
        pairs=proof.pairs,
        platform=_fill(language, f"evaluate.source.{proof.platform}", {}) or proof.platform,
    )


def sum_by_group(contributions: Sequence[Contribution]) -> dict[str, float]:
    """The points of each group, the heaviest first; what is summed up as the rest comes last."""
    sums: dict[str, float] = {}
    for one in contributions:
        group = "rest" if one.feature == "rest" else one.group
        sums[group] = sums.get(group, 0.0) + one.points
    return dict(sorted(sums.items(), key=lambda item: (item[0] == "rest", -abs(item[1]))))


def word_group(language: Language, group: str) -> str:
    """The name of a group of reasons."""
    return say(language, f"evaluate.reason_group.{group}")


def _fill(language: Language, key: str, params: Params) -> str:
    sentence = find_sentence(language, key)
    return "" if sentence is None else fill(sentence, params)
