"""The form that says which column of a table is which, where headings are not known."""

import streamlit as st

from copyassist.posts.importing import FIELDS, ImportPreview
from copyassist.ui.kit.choices import choose_one, read_choice
from copyassist.ui.kit.grid import show_grid
from copyassist.ui.kit.parts import show_note
from copyassist.ui.kit.platforms import metric_name
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import get_assistant
from copyassist.ui.kit.uploads import Upload

NONE = ""
MAPPED_FIELDS = tuple(name for name in FIELDS if name not in ("platform_post_id", "platform"))
MAPPED_METRICS = ("views", "likes", "comments", "favourites", "shares")


def show_mapping(upload: Upload, preview: ImportPreview) -> None:
    """The columns as they were understood, to be corrected; open where the title is not known."""
    if not preview.headings:
        return
    if preview.needs_mapping:
        st.warning(label("import.mapping_needed"))
    with st.expander(label("import.mapping"), expanded=preview.needs_mapping):
        show_note(words("import.mapping_note"))
        known = {name: heading for heading, name in preview.columns.items()} | dict(preview.guess)
        with st.form(f"mapping_form_{upload.id}", border=False):
            columns = st.columns(2)
            for place, name in enumerate((*MAPPED_FIELDS, *MAPPED_METRICS)):
                with columns[place % 2]:
                    _show_column(upload, preview, name, known.get(name, NONE))
            st.form_submit_button(
                label("import.mapping_apply"), on_click=_save_mapping, args=(upload.id,)
            )
        if preview.sample:
            show_note(words("import.sample"))
            show_grid(
                {h: [row[n] for row in preview.sample] for n, h in enumerate(preview.headings)},
                hide_index=True,
            )


def _show_column(upload: Upload, preview: ImportPreview, name: str, known: str) -> None:
    choose_one(
        words(f"import_field.{name}") if name in FIELDS else metric_name(name),
        [NONE, *preview.headings],
        f"map_{upload.id}_{name}",
        lambda heading: heading or words("import.mapping_none"),
        first=known,
    )


def _save_mapping(upload: str) -> None:
    chosen = {
        name: read_choice(f"map_{upload}_{name}", NONE)
        for name in (*MAPPED_FIELDS, *MAPPED_METRICS)
    }
    st.session_state[f"mapping_{upload}"] = {name: h for name, h in chosen.items() if h}


def show_forget_mapping(upload: Upload, preview: ImportPreview | None = None) -> None:
    """The button that lets the table be understood by itself again, where columns were given."""
    if st.session_state.get(f"mapping_{upload.id}") or (preview is not None and preview.remembered):
        st.button(
            label("import.mapping_forget"),
            key=f"forget_{upload.id}",
            on_click=_forget_mapping,
            args=(upload.id, preview.shape if preview else ""),
        )


def _forget_mapping(upload: str, shape: str) -> None:
    st.session_state.pop(f"mapping_{upload}", None)
    if shape:
        get_assistant().posts.forget_columns(shape)
