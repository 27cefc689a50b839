"""What went wrong, told in one sentence at the top of the page."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from copyassist.errors import CopyAssistError
from copyassist.i18n import say_error
from copyassist.ui.kit.escape import as_markdown
from copyassist.ui.kit.log import LOGGER
from copyassist.ui.kit.sentences import words
from copyassist.ui.kit.session import language

TROUBLE_KEY = "trouble"

Given = ParamSpec("Given")


def show_error(error: CopyAssistError) -> None:
    """The error's sentence in a red box."""
    st.error(as_markdown(say_error(language(), error)))


def guarded(callback: Callable[Given, None]) -> Callable[Given, None]:
    """A callback whose mistakes are told at the top of the page instead of breaking it."""

    @wraps(callback)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> None:
        try:
            callback(*args, **kwargs)
        except CopyAssistError as error:
            st.session_state[TROUBLE_KEY] = say_error(language(), error)
        except Exception:
            # As for a page: the reader gets a sentence, the log the trace.
            LOGGER.exception("%s failed", callback.__name__)
            st.session_state[TROUBLE_KEY] = words("trouble.unexpected")

    return run


def tell_trouble(text: str) -> None:
    """Has a plain sentence told at the top of the page. In a callback."""
    st.session_state[TROUBLE_KEY] = text


def show_trouble() -> None:
    """What a callback could not do, once."""
    trouble = st.session_state.pop(TROUBLE_KEY, "")
    if trouble:
        st.error(as_markdown(trouble))
