"""The last day's topics as a file to send on."""

from datetime import timedelta
from functools import partial

import streamlit as st

from copyassist.news.board.report import report_to_html, report_to_markdown
from copyassist.news.board.views import Wanted
from copyassist.types import Account
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.news.sentences import label, words

DAY = timedelta(days=1)
WRITERS = {"html": (report_to_html, "text/html"), "md": (report_to_markdown, "text/markdown")}


def show_report(account: Account | None) -> None:
    """The report in two forms, written when it is asked for."""
    with st.popover(label("report.title"), help=words("report.note")):
        for form, (_, mime) in WRITERS.items():
            st.download_button(
                label(f"report.{form}"),
                data=partial(_write, form, account),
                file_name=f"copyassist-hot.{form}",
                mime=mime,
                key=f"report_{form}",
                on_click="ignore",
            )


def _write(form: str, account: Account | None) -> bytes:
    board = get_assistant().news.topics.board(account=account, wanted=Wanted(within=DAY))
    return WRITERS[form][0](board, language()).encode()
