"""The cards of the rules: packs on and off by account, lists of words brought, and what is allowed."""

import streamlit as st

from copyassist.desk.coverage_words import name_pack, word_exemption
from copyassist.types import Exemption, PackState
from copyassist.ui.kit.choices import choose_many, choose_one, read_choice, set_choice
from copyassist.ui.kit.escape import as_markdown
from copyassist.ui.kit.parts import card, show_card_title, show_note
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded

OWNER, PACKS, FILE = "packs_owner", "packs_on", "packs_file"


def show_packs() -> None:
    """Which packs are asked for which account."""
    with card("packs"):
        show_card_title(words("packs.title"))
        show_note(words("packs.note"))
        accounts = [one.name for one in get_assistant().posts.accounts() if one.relation == "own"]
        owner = choose_one(
            words("packs.account"),
            ["", *accounts],
            OWNER,
            lambda name: name or words("packs.everybody"),
        )
        packs = {pack.id: pack for pack in get_assistant().rules.rules(owner).coverage.packs}
        set_choice(PACKS, [id for id in packs if not get_assistant().rules.is_off(id, owner)])
        choose_many(
            words("packs.on"),
            list(packs),
            PACKS,
            lambda id: _name(packs[id]),
            on_change=_save_packs,
            placeholder=words("packs.none_on"),
        )
        _show_own()


def _name(pack: PackState) -> str:
    return name_pack(language(), pack)


@guarded
def _save_packs() -> None:
    owner, chosen = read_choice(OWNER, ""), set(read_choice(PACKS, ()))
    rules = get_assistant().rules
    packs = [pack.id for pack in rules.rules(owner).coverage.packs]
    rules.switch([id for id in packs if id in chosen], owner, on=True)
    rules.switch([id for id in packs if id not in chosen], owner, on=False)


def _show_own() -> None:
    with st.expander(label("packs.own")):
        show_note(words("packs.own_note"))
        for id, pack in get_assistant().rules.own_packs().items():
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                show_note(words("packs.own_row", name=pack.name, count=len(pack.words)))
                st.button(
                    label("packs.remove"), key=f"pack_remove_{id}", on_click=_remove, args=(id,)
                )
        given = st.file_uploader(words("packs.file"), type=["txt", "csv", "tsv", "toml"], key=FILE)
        if given is not None:
            st.button(label("packs.add", name=given.name), key="pack_add", on_click=_add)


@guarded
def _add() -> None:
    given = st.session_state.get(FILE)
    if given is None:
        return
    name = given.name.rpartition(".")[0]
    pack, read = get_assistant().rules.import_words(name, given.getvalue(), given.name)
    st.toast(label("packs.added", count=len(pack.words), dropped=read.dropped))


@guarded
def _remove(id: str) -> None:
    get_assistant().rules.remove_pack(id)


def show_exemptions() -> None:
    """What is not told any more, by its word, with the reason; and the form for one more word."""
    with card("ignored"):
        show_card_title(words("ignored.title"))
        found = get_assistant().rules.exemptions()
        if not found:
            show_note(words("ignored.none"))
        for number, one in enumerate(found):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(as_markdown(_describe(one)), width="stretch")
                st.button(
                    label("ignored.restore"),
                    key=f"restore_{number}",
                    on_click=_restore,
                    args=(one,),
                )
        with (
            st.expander(label("ignored.add")),
            st.form("allow", border=False, clear_on_submit=True),
        ):
            st.text_input(words("ignored.word"), key="allow_word", max_chars=40)
            st.text_input(words("ignored.reason"), key="allow_reason", max_chars=100)
            st.form_submit_button(label("ignored.add_button"), on_click=_allow)


def _describe(one: Exemption) -> str:
    what = word_exemption(language(), one)
    who = one.account or words("packs.everybody")
    since = one.since.isoformat() if one.since else "—"
    key = "ignored.row" if one.reason else "ignored.row_unreasoned"
    return words(key, what=what, account=who, reason=one.reason, since=since)


@guarded
def _restore(one: Exemption) -> None:
    get_assistant().rules.take_back(one)


@guarded
def _allow() -> None:
    state = st.session_state
    get_assistant().rules.exempt(Exemption(word=state["allow_word"], reason=state["allow_reason"]))
