"""What every page of a browser session asks first: the assistant, and the language it speaks."""

import streamlit as st

from copyassist.assistant import Assistant
from copyassist.errors import CopyAssistError
from copyassist.home import find_home
from copyassist.i18n import Language
from copyassist.settings import load_settings
from copyassist.ui.kit.log import LOGGER

ASSISTANT_KEY = "assistant"


def get_assistant() -> Assistant:
    """The one assistant of this process for the user's data folder. Raises SettingsError.

    A session asks a hundred times a page: it keeps what it was given.
    """
    held = st.session_state.get(ASSISTANT_KEY)
    if not isinstance(held, Assistant):
        held = st.session_state[ASSISTANT_KEY] = _open_assistant(str(find_home()))
    return held


def forget_session() -> None:
    """Forgets what this browser session remembers of data that are no longer there. A callback."""
    for key in list(st.session_state):
        if key != ASSISTANT_KEY:
            del st.session_state[key]


@st.cache_resource(show_spinner=False)
def _open_assistant(home: str) -> Assistant:
    LOGGER.info("opening %s", home)
    return Assistant(load_settings())


def language() -> Language:
    """The language of the pages; Chinese where the settings themselves cannot be read."""
    try:
        return get_assistant().settings.language
    except CopyAssistError:
        return "zh"
