"""What every page shares within one browser session: assistant, language, account, link targets."""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec

import streamlit as st

from copyassist.assistant import Assistant
from copyassist.errors import CopyAssistError
from copyassist.home import find_home
from copyassist.i18n import Language, find_sentence, say
from copyassist.settings import load_settings
from copyassist.types import Account, Platform
from copyassist.ui.kit.escape import as_markdown, html_params, markdown_params

LOGGER = logging.getLogger("copyassist.ui")
ACCOUNT_KEY = "account_name"
TROUBLE_KEY = "trouble"
ASSISTANT_KEY = "assistant"

Given = ParamSpec("Given")


class _ToStandardError(logging.Handler):
    """Writes to whatever standard error is at the time: tests and servers exchange it."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stderr.write(self.format(record) + "\n")


def start_log() -> None:
    """Lets the pages' own log be read in the terminal that they were started from."""
    if not LOGGER.handlers:
        handler = _ToStandardError()
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
        LOGGER.addHandler(handler)
        LOGGER.setLevel(logging.INFO)


def get_assistant() -> Assistant:
    """The one assistant of this process for the user's data folder. Raises SettingsError.

    A session asks a hundred times a page: it keeps what it was given.
    """
    held = st.session_state.get(ASSISTANT_KEY)
    if not isinstance(held, Assistant):
        held = st.session_state[ASSISTANT_KEY] = _open_assistant(str(find_home()))
    return held


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


def words(key: str, /, **params: Any) -> str:
    """A sentence of the pages as plain text, for widgets and table cells that parse nothing."""
    return say(language(), f"ui.{key}", **params)


def label(key: str, /, **params: Any) -> str:
    """A sentence of the pages as Markdown; whatever fills it is shown literally."""
    return say(language(), f"ui.{key}", **markdown_params(params))


def markup(key: str, /, **params: Any) -> str:
    """A sentence of the pages as HTML; whatever fills it is escaped. Sentences are our own."""
    return say(language(), f"ui.{key}", **html_params(params))


def describe(error: CopyAssistError) -> str:
    """The error in one sentence of plain text that says what to do."""
    key = f"errors.{error.code}"
    if find_sentence(language(), key) is None:
        return str(error)
    return say(language(), key, **error.params)


def show_error(error: CopyAssistError) -> None:
    """The error's sentence in a red box."""
    st.error(as_markdown(describe(error)))


def platform_name(platform: Platform) -> str:
    """The platform's name in the user's language."""
    return platform.name_zh if language() == "zh" else platform.name_en


def metric_name(metric: str) -> str:
    """The metric's name in the user's language, its id where it has none."""
    return find_sentence(language(), f"metrics.{metric}") or metric


def account_label(account: Account) -> str:
    """The account's name with what is special about it: simulated, or followed."""
    if account.is_demo:
        # The demo's name says so already, in Chinese.
        return account.name.removesuffix(say("zh", "ui.account.demo")) + words("account.demo")
    return account.name + (words("account.followed") if account.relation == "followed" else "")


def current_account() -> Account | None:
    """The account chosen in the sidebar, None where there is none."""
    name = st.session_state.get(ACCOUNT_KEY, "")
    return next((a for a in get_assistant().posts.accounts() if a.name == name), None)


def own_account() -> Account | None:
    """The chosen account where it is the writer's own: followed ones never judge a draft."""
    account = current_account()
    return account if account is not None and account.relation == "own" else None


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Logs how long the server worked on a request that the user is waiting for."""
    start = time.perf_counter()
    try:
        yield
    finally:
        LOGGER.info("%s took %.0f ms", step, 1000 * (time.perf_counter() - start))


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
