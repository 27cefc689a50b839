"""What went wrong, told in one sentence at the top of the page."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from copyassist.errors import CopyAssistError
from copyassist.i18n import find_sentence, say
from copyassist.ui.kit.escape import as_markdown
from copyassist.ui.kit.log import LOGGER
from copyassist.ui.kit.sentences import words
from copyassist.ui.kit.session import language

TROUBLE_KEY = "trouble"

Given = ParamSpec("Given")


def describe(error: CopyAssistError) -> str:
    """The error in one sentence of plain text that says what to do."""
    key = f"errors.{error.code}"
    if find_sentence(language(), key) is None:
        return str(error)
    return say(language(), key, **error.params)


def show_error(error: CopyAssistError) -> None:
    """The error's sentence in a red box."""
    st.error(as_markdown(describe(error)))


def guarded(callback: Callable[Given, None]) -> Callable[Given, None]:
    """A callback whose mistakes are told at the top of the page instead of breaking it."""

    @wraps(callback)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> None:
        try:
            callback(*args, **kwargs)
        except CopyAssistError as error:
            st.session_state[TROUBLE_KEY] = describe(error)
        except Exception:
            # As for a page: the reader gets a sentence, the log the trace.
            LOGGER.exception("%s failed", callback.__name__)
            st.session_state[TROUBLE_KEY] = words("trouble.unexpected")

    return run


def show_trouble() -> None:
    """What a callback could not do, once."""
    trouble = st.session_state.pop(TROUBLE_KEY, "")
    if trouble:
        st.error(as_markdown(trouble))
