"""The sentences of the hot pages: area ui_hot, besides those shared with the command line."""

from typing import Any

from copyassist.hiding import hide_secrets
from copyassist.i18n import find_sentence, say
from copyassist.ui.kit.escape import as_html, html_params
from copyassist.ui.kit.sentences import Sentences
from copyassist.ui.kit.session import language

HOT_SAYS = Sentences("ui_hot")
words, label, markup = HOT_SAYS.words, HOT_SAYS.label, HOT_SAYS.markup


def describe_source_error(code: str, params: Any) -> str:
    """Why a source gave nothing, as HTML, without what only a programmer reads."""
    keys = (f"ui_hot.error.{code}", f"sources.error.{code}")
    key = next((one for one in keys if find_sentence(language(), one)), None)
    if key is None:
        return as_html(code)
    shown = {name: hide_secrets(v) if isinstance(v, str) else v for name, v in params.items()}
    return say(language(), key, **html_params(shown))
