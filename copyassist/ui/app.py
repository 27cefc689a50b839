"""The application: one look, the sidebar, and the page that the address names."""

import streamlit as st

from copyassist.errors import CopyAssistError
from copyassist.i18n import LANGUAGES, Language
from copyassist.ui.kit.accounts import ACCOUNT_KEY, account_label
from copyassist.ui.kit.choices import choose_one
from copyassist.ui.kit.components import say_in_our_words, set_page_language
from copyassist.ui.kit.log import LOGGER, start_log, timed
from copyassist.ui.kit.page import PAGES_KEY, PageSpec
from copyassist.ui.kit.parts import apply_style
from copyassist.ui.kit.platforms import follow_account
from copyassist.ui.kit.sentences import label, markup, words
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded, show_error, show_trouble
from copyassist.ui.pages import PAGES

LANGUAGE_NAMES = {"zh": "中文", "en": "English"}
SIDEBAR_WIDTH = 232  # pixels: the longest account name of the demo, on one line


def run() -> None:
    """Draws the application once, for one run of the script."""
    start_log()
    st.set_page_config(
        page_title="copyassist",
        page_icon="✍️",
        layout="wide",
        initial_sidebar_state=SIDEBAR_WIDTH,
    )
    apply_style()
    specs = {spec.id: spec for spec in PAGES}
    pages = {spec.id: _page(spec) for spec in PAGES}
    st.session_state[PAGES_KEY] = pages
    chosen = st.navigation([_start(), *pages.values()])
    page = specs[chosen.url_path or PAGES[0].id]
    try:
        with timed(f"page {page.id}"):
            _show(page)
    except CopyAssistError as error:
        show_error(error)
    except Exception:
        # The reader gets a sentence, the log the trace: nobody can act on a trace in a page.
        LOGGER.exception("the page %s failed", page.id)
        st.error(label("trouble.unexpected"))


def _show(page: PageSpec) -> None:
    if page.prepare is not None:
        page.prepare()
    _show_sidebar()
    # A place of its own: what stands below must not move, or open tabs would close.
    with st.container():
        show_trouble()
    page.show()


def _page(spec: PageSpec) -> "st.Page":
    def show() -> None:
        spec.show()

    return st.Page(show, title=words(f"{spec.id}.title"), icon=spec.icon, url_path=spec.id)


def _start() -> "st.Page":
    """The first page at the address "/", which Streamlit wants: all others go by their names."""

    def show() -> None:
        PAGES[0].show()

    name = words(f"{PAGES[0].id}.title")
    return st.Page(show, title=name, url_path="start", default=True, visibility="hidden")


def _show_sidebar() -> None:
    with st.sidebar:
        _show_account()
        st.session_state["language"] = language()
        st.segmented_control(
            "语言 / Language",
            LANGUAGES,
            format_func=LANGUAGE_NAMES.__getitem__,
            required=True,
            key="language",
            on_change=_switch_language,
        )
        st.html(f'<p class="ca-muted">{markup("sidebar.local")}</p>')
        set_page_language(language())
        say_in_our_words()


@guarded
def _switch_language() -> None:
    chosen: Language = st.session_state["language"]
    if chosen in LANGUAGES:
        get_assistant().change_settings(language=chosen)


def _show_account() -> None:
    accounts = get_assistant().posts.accounts()
    names = ["", *(account.name for account in accounts)]
    shown = {account.name: account_label(account) for account in accounts}
    choose_one(
        words("sidebar.account"),
        names,
        ACCOUNT_KEY,
        lambda name: shown.get(name, words("sidebar.no_account")),
        first=get_assistant().settings.default_account,
        on_change=guarded(follow_account),
    )
