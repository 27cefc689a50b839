"""The account that the pages speak of: which one is chosen, its name, and adding one."""

import streamlit as st

from copyassist.i18n import say
from copyassist.types import Account, Relation
from copyassist.ui.kit.choices import read_choice, set_choice
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import get_assistant
from copyassist.ui.kit.trouble import guarded

ACCOUNT_KEY = "account_name"
RELATIONS: tuple[Relation, ...] = ("own", "followed")


def account_label(account: Account) -> str:
    """The account's name with what is special about it: simulated, or followed."""
    if account.is_demo:
        # The demo's name says so already, in Chinese.
        return account.name.removesuffix(say("zh", "ui.account.demo")) + words("account.demo")
    return account.name + (words("account.followed") if account.relation == "followed" else "")


def current_account() -> Account | None:
    """The account chosen in the sidebar, None where there is none."""
    name = read_choice(ACCOUNT_KEY, "")
    return next((a for a in get_assistant().posts.accounts() if a.name == name), None)


def own_account() -> Account | None:
    """The chosen account where it is the writer's own: followed ones never judge a draft."""
    account = current_account()
    return account if account is not None and account.relation == "own" else None


def choose_account(account: Account) -> None:
    """Lets the pages speak of an account; the first one of the writer's own, from now on. A callback."""
    assistant = get_assistant()
    set_choice(ACCOUNT_KEY, account.name)
    chosen = assistant.settings.default_account
    known = any(one.name == chosen for one in assistant.posts.accounts())
    if account.relation == "own" and not account.is_demo and not known:
        assistant.change_settings(default_account=account.name)


def show_add_account(place: str) -> None:
    """The form that adds an account and chooses it. `place` keeps the widgets of two pages apart."""
    with st.form(f"add_account_{place}", border=False, clear_on_submit=True, width=520):
        st.text_input(words("accounts.name"), key=f"new_name_{place}", max_chars=80)
        st.radio(
            words("accounts.relation"),
            RELATIONS,
            format_func=lambda relation: label(f"accounts.relation_{relation}"),
            key=f"new_relation_{place}",
            horizontal=True,
        )
        st.form_submit_button(label("accounts.add_button"), on_click=_add, args=(place,))


@guarded
def _add(place: str) -> None:
    account = get_assistant().posts.add_account(
        st.session_state[f"new_name_{place}"], st.session_state[f"new_relation_{place}"]
    )
    choose_account(account)
