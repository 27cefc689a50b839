"""Tables that were dropped or pasted: read, and saved to an account with one click."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from copyassist.posts.importing import ImportPreview
from copyassist.store import ImportReceipt, NewAccount
from copyassist.types import Account
from copyassist.ui.kit.accounts import choose_account
from copyassist.ui.kit.platforms import follow_account
from copyassist.ui.kit.sentences import words
from copyassist.ui.kit.session import get_assistant

RECEIPTS_KEY = "import_receipts"
SAVED_KEY = "import_saved"


@dataclass(frozen=True, slots=True)
class Upload:
    """A table to read: a file, or text pasted from the clipboard. `id` keeps its widgets apart."""

    id: str
    name: str
    data: bytes
    pasted: bool = False

    @property
    def saved(self) -> bool:
        """Whether its posts were saved in this session."""
        return self.id in st.session_state.get(SAVED_KEY, ())


def read_uploads(key: str) -> list[Upload]:
    """The files that lie in the place for files of that key, each once."""
    files: list[Any] = st.session_state.get(key) or []
    found = [_make_upload(file.name, file.getvalue()) for file in files]
    return list({one.id: one for one in found}.values())


def read_pasted(key: str) -> Upload | None:
    """The table pasted into the text field of that key."""
    text = st.session_state.get(key) or ""
    if not text.strip():
        return None
    return _make_upload(words("import.pasted"), text.encode("utf-8", "replace"), pasted=True)


def _make_upload(name: str, data: bytes, *, pasted: bool = False) -> Upload:
    return Upload(hashlib.sha256(data).hexdigest()[:12], name, data, pasted)


def preview_upload(upload: Upload, platform: str | None) -> ImportPreview:
    """What the table is understood as, with the columns that the user gave. Raises InputError."""
    mapping: Mapping[str, str] | None = st.session_state.get(f"mapping_{upload.id}") or None
    posts = get_assistant().posts
    if upload.pasted:
        text = upload.data.decode("utf-8")
        return posts.preview_paste(text, platform=platform, mapping=mapping)
    return posts.preview_import(upload.name, upload.data, platform=platform, mapping=mapping)


def save_upload(upload: str, preview: ImportPreview, account: Account | NewAccount) -> None:
    """Saves a preview's posts for an account, which the pages speak of from then on. A callback.

    The columns that the user named are remembered for the next table of the same headings.
    """
    posts = get_assistant().posts
    receipt = posts.save_import(preview, account, preview.platform)
    posts.remember_columns(preview.shape, st.session_state.get(f"mapping_{upload}") or {})
    receipts: list[ImportReceipt] = st.session_state.get(RECEIPTS_KEY, [])
    st.session_state[RECEIPTS_KEY] = [receipt, *receipts]
    st.session_state[SAVED_KEY] = {*st.session_state.get(SAVED_KEY, ()), upload}
    choose_account(next(one for one in posts.accounts() if one.id == receipt.account_id))
    follow_account()
