"""The hints for being found as JSON: the field `seo` of a report."""

from typing import Any

from copyassist.desk.seo.result import EarlierPost, RelatedWord, SeoCheck, SeoReport, TitlePreview
from copyassist.desk.seo.wording import (
    word_check,
    word_origin,
    word_place,
    word_preview,
)
from copyassist.i18n import Language
from copyassist.types import Report

Json = dict[str, Any]


def seo_to_json(seo: SeoReport, report: Report, language: Language) -> Json:
    """Everything, with sentences; unknown is null."""
    focus = seo.focus
    return {
        "focus": focus
        and {
            "text": focus.text,
            "synonyms": list(focus.synonyms),
            "proposed": focus.proposed,
            "choices": list(focus.choices),
        },
        "counts": {light: seo.count(light) for light in ("red", "orange", "green", "grey")},
        "checks": [_check(check, report, language) for check in seo.checks],
        "previews": [_preview(preview, language) for preview in seo.previews],
        "related": [_related(word, language) for word in seo.related],
        "earlier": [_earlier(one) for one in seo.earlier],
        "tags": list(seo.tags),
        "copy": seo.copy,
    }


def _check(check: SeoCheck, report: Report, language: Language) -> Json:
    said = word_check(language, check)
    texts = {"title": report.title.raw, "body": report.draft.body}
    return {
        "code": check.code,
        "group": check.group,
        "light": check.light,
        "outcome": check.outcome,
        "name": said.name,
        "message": said.said,
        "value": check.value,
        "low": check.low,
        "high": check.high,
        "unit": check.unit or None,
        "source": check.source,
        "spans": [
            {
                "field": span.field,
                "start": span.start,
                "end": span.end,
                "text": texts[span.field][span.start : span.end],
            }
            for span in check.spans
        ],
    }


def _preview(preview: TitlePreview, language: Language) -> Json:
    return {
        "place": preview.place,
        "name": word_place(language, preview),
        "lines": list(preview.lines),
        "hidden": preview.hidden or None,
        "summary": preview.summary or None,
        "keyword_shown": preview.keyword_shown,
        "message": word_preview(language, preview),
        "width": preview.width,
        "rows": preview.rows,
        "source": preview.source,
        "confidence": preview.confidence,
    }


def _related(word: RelatedWord, language: Language) -> Json:
    return {
        "text": word.text,
        "origin": word.origin,
        "message": word_origin(language, word),
        "count": word.count,
        "source": word.source or None,
        "seen_at": word.seen_at.isoformat() if word.seen_at else None,
        "ratio": word.ratio,
    }


def _earlier(one: EarlierPost) -> Json:
    moment = one.post.published_at
    return {
        "title": one.post.title,
        "platform": one.post.platform,
        "published_at": moment.isoformat() if moment else None,
        "ratio": one.ratio,
    }
