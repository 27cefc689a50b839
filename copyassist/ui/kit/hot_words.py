"""The sentences of the hot pages: area ui_hot, besides those shared with the command line."""

from typing import Any

from copyassist.i18n import find_sentence, say
from copyassist.ui.kit.escape import as_html, html_params, markdown_params
from copyassist.ui.kit.session import language


def words(key: str, /, **params: Any) -> str:
    """A sentence as plain text."""
    return say(language(), f"ui_hot.{key}", **params)


def label(key: str, /, **params: Any) -> str:
    """A sentence as Markdown; whatever fills it is shown literally."""
    return say(language(), f"ui_hot.{key}", **markdown_params(params))


def markup(key: str, /, **params: Any) -> str:
    """A sentence as HTML; whatever fills it is escaped."""
    return say(language(), f"ui_hot.{key}", **html_params(params))


def describe_source_error(code: str, params: Any) -> str:
    """Why a source gave nothing, as HTML."""
    key = f"sources.error.{code}"
    if find_sentence(language(), key) is None:
        return as_html(code)
    return say(language(), key, **html_params(params))
