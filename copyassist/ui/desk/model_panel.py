"""A language model asked from the desk, where one is switched on: what is sent is shown first."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from copyassist.desk.rewriting.candidate import Candidate
from copyassist.desk.rewriting.llm.answer import read_titles
from copyassist.desk.rewriting.llm.ask import fetch_answer
from copyassist.desk.rewriting.llm.request import Request
from copyassist.desk.rewriting.llm.service import Service, find_service
from copyassist.errors import CopyAssistError, InputError
from copyassist.i18n import say, say_error
from copyassist.types import Report
from copyassist.ui.kit.parts import show_note
from copyassist.ui.kit.sentences import label
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded

KEPT = "desk_model_titles"  # (what was asked about, what came)


def kept_titles(report: Report) -> Sequence[Candidate]:
    """What the model proposed for this very draft in this session."""
    about, found = st.session_state.get(KEPT, (None, ()))
    return found if about == _about(report) else ()


def _about(report: Report) -> tuple[str, str, str]:
    return report.draft.title, report.draft.body, report.platform.id


def show_model(report: Report) -> None:
    """The question as it would be sent, and the button that sends it; nothing where none is on."""
    try:
        service = find_service()
    except CopyAssistError as error:
        show_note(say_error(language(), error))
        return
    if service is None:
        return
    request = get_assistant().desk.request_titles(report.draft, report.account)
    with st.expander(label("rewriting.model")):
        where = {"model": service.model, "base_url": service.base_url}
        show_note(say(language(), "rewriting.model.sending", **where))
        st.code(request.shown, language=None, wrap_lines=True)
        st.button(
            label("rewriting.send"),
            key="model_send",
            on_click=partial(_send, report, service, request),
        )


@guarded
def _send(report: Report, service: Service, request: Request) -> None:
    found = read_titles(fetch_answer(service, request))
    if not found:
        raise InputError("llm_unreadable")
    st.session_state[KEPT] = (_about(report), tuple(found))
