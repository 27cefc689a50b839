"""A dropped export, offered for import in one sentence: what it is, where it goes, one button.

The place for files takes them wherever on the page they are dropped.
"""

import streamlit as st

from copyassist.errors import CopyAssistError
from copyassist.i18n import find_sentence
from copyassist.posts.importing import ImportPreview
from copyassist.posts.importing.preview import say_remark
from copyassist.store import NewAccount
from copyassist.types import Account
from copyassist.ui.kit.accounts import current_account
from copyassist.ui.kit.choices import choose_one, read_choice
from copyassist.ui.kit.components import take_drops
from copyassist.ui.kit.mapping import show_forget_mapping, show_mapping
from copyassist.ui.kit.parts import card, show_note
from copyassist.ui.kit.platforms import list_platforms, name_platform
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded, show_error
from copyassist.ui.kit.uploads import (
    RECEIPTS_KEY,
    Upload,
    preview_upload,
    read_uploads,
    save_upload,
)

UNKNOWN = ""
NAME_WIDTH = 220  # pixels: an account's name of a dozen hanzi


def show_place_for_files(key: str, text: str) -> None:
    """The place for exports; a file that is dropped elsewhere on the page lands here too."""
    st.file_uploader(text, accept_multiple_files=True, key=key)
    take_drops(key)


def show_offers(key: str) -> None:
    """Each file of the place of that key in a sentence with its button; also above the place."""
    for upload in read_uploads(key):
        if not upload.saved:
            with card(f"offer_{upload.id}"):
                _show_offer(upload)


def show_last_receipt() -> None:
    """What the last import of this session did, in a line."""
    receipts = st.session_state.get(RECEIPTS_KEY, [])
    if receipts:
        show_note(words("offer.done", count=receipts[0].new_posts))


def _show_offer(upload: Upload) -> None:
    try:
        preview = preview_upload(upload, read_choice(f"offer_platform_{upload.id}") or None)
    except CopyAssistError as error:
        show_error(error)
        show_forget_mapping(upload)
        return
    if preview.kind != "posts":
        form = find_sentence(language(), f"import.forms.{preview.form}") or preview.form
        st.warning(label("import.not_posts", form=form))
    elif preview.needs_mapping or not preview.posts:
        show_note(words("offer.unclear", file=upload.name))
        show_mapping(upload, preview)
        show_forget_mapping(upload, preview)
    else:
        _show_sentence(upload, preview)
        show_forget_mapping(upload, preview)


def _show_sentence(upload: Upload, preview: ImportPreview) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        platform = _find_platform(preview) or ""
        if not platform or read_choice(f"offer_platform_{upload.id}"):
            _ask_platform(upload)
        name = st.session_state.get(f"offer_name_{upload.id}") or _propose_name(platform)
        known = _find_account(name) is not None
        st.markdown(
            label(
                "offer.known" if known else "offer.new",
                platform=name_platform(platform) if platform else words("offer.some_platform"),
                count=len(preview.posts),
            ),
            width="content",
        )
        st.text_input(
            words("accounts.name"),
            value=name,
            key=f"offer_name_{upload.id}",
            max_chars=80,
            label_visibility="collapsed",
            width=NAME_WIDTH,
        )
        st.button(
            label("offer.import"),
            key=f"offer_import_{upload.id}",
            type="primary",
            disabled=not platform,
            on_click=_import,
            args=(upload, preview),
        )
    for remark in preview.remarks:
        show_note(say_remark(language(), remark))
    rejected = len(preview.rejected)
    if rejected:
        show_note(words("offer.rejected", count=rejected))


def _find_platform(preview: ImportPreview) -> str | None:
    """The platform of all the posts, None where nothing tells it."""
    told = {post.platform for post in preview.posts if post.platform}
    return preview.platform or (told.pop() if len(told) == 1 else None)


def _ask_platform(upload: Upload) -> None:
    choose_one(
        words("import.platform"),
        [UNKNOWN, *list_platforms(get_assistant().settings.platforms)],
        f"offer_platform_{upload.id}",
        lambda id: name_platform(id) if id else words("offer.which_platform"),
        label_visibility="collapsed",
        width=NAME_WIDTH,
    )


def _propose_name(platform: str) -> str:
    """The chosen account where real posts may go there, else one called after the platform."""
    account = current_account()
    if account is not None and not account.is_demo:
        return account.name
    if not platform:
        return words("offer.name_any")
    return words("offer.name", platform=name_platform(platform))


def _find_account(name: str) -> Account | None:
    wanted = name.strip()
    return next((one for one in get_assistant().posts.accounts() if one.name == wanted), None)


@guarded
def _import(upload: Upload, preview: ImportPreview) -> None:
    platform = _find_platform(preview) or ""
    name = st.session_state.get(f"offer_name_{upload.id}") or _propose_name(platform)
    account = _find_account(name) or NewAccount(name=name)
    save_upload(upload.id, preview, account)
