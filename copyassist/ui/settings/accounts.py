"""The card that keeps the accounts: add, choose the default, rename, export, delete."""

import streamlit as st

from copyassist.types import Account
from copyassist.ui.kit.accounts import ACCOUNT_KEY, account_label, show_add_account
from copyassist.ui.kit.choices import choose_one, read_choice, set_choice
from copyassist.ui.kit.escape import as_markdown
from copyassist.ui.kit.files import export_bytes
from copyassist.ui.kit.parts import card, show_card_title, show_note
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import get_assistant
from copyassist.ui.kit.trouble import guarded


def show_accounts() -> None:
    """All accounts, and the form for one more."""
    accounts = get_assistant().posts.accounts()
    with card("accounts"):
        show_card_title(words("accounts.title"))
        if accounts:
            _show_default(accounts)
        else:
            show_note(words("accounts.none"))
        for account in accounts:
            _show_account(account)
        with st.expander(label("accounts.add"), expanded=not accounts):
            show_add_account("preferences")


def _show_default(accounts: list[Account]) -> None:
    assistant = get_assistant()
    names = ["", *(account.name for account in accounts if account.relation == "own")]
    chosen = assistant.settings.default_account
    shown = {account.name: account_label(account) for account in accounts}
    set_choice("default_account", chosen if chosen in names else "")
    choose_one(
        words("accounts.default"),
        names,
        "default_account",
        lambda name: shown.get(name, words("accounts.no_default")),
        on_change=_save_default,
    )


@guarded
def _save_default() -> None:
    get_assistant().change_settings(default_account=read_choice("default_account"))


def _show_account(account: Account) -> None:
    assistant = get_assistant()
    count = sum(assistant.posts.account_platforms(account).values())
    with st.expander(as_markdown(words("accounts.row", name=account_label(account), count=count))):
        with st.form(f"rename_{account.id}", border=False):
            st.text_input(
                words("accounts.rename"), value=account.name, key=f"name_{account.id}", max_chars=80
            )
            st.form_submit_button(
                label("accounts.rename_button"), on_click=_rename, args=(account,)
            )
        with st.container(horizontal=True, gap="small"):
            st.download_button(
                label("accounts.export"),
                data=lambda: export_bytes(assistant, account),
                file_name="copyassist-posts.csv",
                mime="text/csv",
                key=f"export_{account.id}",
                on_click="ignore",
            )
            _show_delete(account, count)


def _show_delete(account: Account, count: int) -> None:
    with st.popover(label("accounts.delete")):
        show_note(words("accounts.delete_sure", name=account.name, count=count))
        st.button(
            label("accounts.delete_button"),
            key=f"delete_{account.id}",
            type="primary",
            on_click=_delete,
            args=(account,),
        )


@guarded
def _rename(account: Account) -> None:
    name = st.session_state[f"name_{account.id}"]
    get_assistant().posts.rename_account(account, name)
    if read_choice(ACCOUNT_KEY) == account.name:
        set_choice(ACCOUNT_KEY, name.strip())


@guarded
def _delete(account: Account) -> None:
    get_assistant().posts.delete_account(account)
    st.session_state.pop("desk_result", None)
