"""The import: what a table was understood as, before anything is saved; and taking one back."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from copyassist.errors import CopyAssistError
from copyassist.i18n import find_sentence, say, say_moment
from copyassist.posts.importing import FIELDS, ImportPreview, RejectedRow
from copyassist.store import ImportReceipt
from copyassist.types import Account
from copyassist.ui.kit.accounts import account_label, show_add_account
from copyassist.ui.kit.escape import as_html
from copyassist.ui.kit.grid import show_grid
from copyassist.ui.kit.parts import (
    card,
    show_card_title,
    show_figures,
    show_note,
    show_table,
    show_text,
)
from copyassist.ui.kit.platforms import metric_name, platform_name
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded, show_error
from copyassist.ui.kit.wording import say_day, say_metric

NONE = ""
RECEIPTS_KEY = "import_receipts"
SAVED_KEY = "import_saved"
MAPPED_FIELDS = tuple(name for name in FIELDS if name not in ("platform_post_id", "platform"))
MAPPED_METRICS = ("views", "likes", "comments", "favourites", "shares")
REJECTED_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A table to read: a file, or text pasted from the clipboard. `id` keeps its widgets apart."""

    id: str
    name: str
    data: bytes
    pasted: bool = False


def show_import(account: Account) -> None:
    """The place to drop or paste tables, and what each was understood as."""
    if account.is_demo:
        # Real posts among invented ones would spoil both.
        show_text(words("import.not_into_demo"))
        show_add_account("import")
        return
    _show_receipts()
    with card("import"):
        show_note(words("import.account", name=account_label(account)))
        files = st.file_uploader(
            words("import.upload"), accept_multiple_files=True, key="import_files"
        )
        show_note(words("import.upload_note"))
        with st.expander(label("import.paste")):
            st.text_area(
                words("import.paste"),
                key="import_paste",
                height=130,
                placeholder=words("import.paste_hint"),
                label_visibility="collapsed",
            )
            st.button(label("import.paste_button"), key="import_paste_button")
        platform = _choose_platform()
    uploads = [_upload(file.name, file.getvalue()) for file in files]
    pasted = st.session_state.get("import_paste") or ""
    if pasted.strip():
        data = pasted.encode("utf-8", "replace")
        uploads.append(_upload(words("import.pasted"), data, pasted=True))
    for upload in {one.id: one for one in uploads}.values():
        _show_upload(upload, platform, account)


def _upload(name: str, data: bytes, *, pasted: bool = False) -> Upload:
    return Upload(hashlib.sha256(data).hexdigest()[:12], name, data, pasted)


def _choose_platform() -> str | None:
    assistant = get_assistant()
    mine = [id for id in assistant.settings.platforms if id in assistant.platforms]
    options = [NONE, *mine, *(id for id in assistant.platforms if id not in mine)]
    names = {id: platform_name(platform) for id, platform in assistant.platforms.items()}
    chosen = st.selectbox(
        words("import.platform"),
        options,
        format_func=lambda id: names.get(id, words("import.platform_auto")),
        key="import_platform",
    )
    return chosen or None


def _preview(upload: Upload, platform: str | None) -> ImportPreview:
    mapping: Mapping[str, str] | None = st.session_state.get(f"mapping_{upload.id}") or None
    assistant = get_assistant()
    if upload.pasted:
        text = upload.data.decode("utf-8")
        return assistant.posts.preview_paste(text, platform=platform, mapping=mapping)
    return assistant.posts.preview_import(
        upload.name, upload.data, platform=platform, mapping=mapping
    )


def _show_upload(upload: Upload, platform: str | None, account: Account) -> None:
    with card(f"preview_{upload.id}"):
        if upload.id in st.session_state.get(SAVED_KEY, ()):
            show_card_title(upload.name, words("import.done"))
            return
        try:
            preview = _preview(upload, platform)
        except CopyAssistError as error:
            show_card_title(upload.name)
            show_error(error)
            if st.session_state.get(f"mapping_{upload.id}"):
                st.button(
                    label("import.mapping_forget"),
                    key=f"forget_{upload.id}",
                    on_click=_forget_mapping,
                    args=(upload.id,),
                )
            return
        show_card_title(upload.name, words("import.read_as", form=name_form(preview.form)))
        if preview.kind != "posts":
            show_text(words("import.not_posts", form=name_form(preview.form)))
            return
        if not preview.needs_mapping:
            _show_understood(preview)
        _show_mapping(upload, preview)
        if preview.posts:
            _show_save(upload, preview, account)


def name_form(form: str) -> str:
    """An export's name in the user's language."""
    return find_sentence(language(), f"import.forms.{form}") or form


def _show_understood(preview: ImportPreview) -> None:
    period = f"{say_day(preview.first)} – {say_day(preview.last)}" if preview.first else "—"
    as_of = f"{say_day(preview.as_of)}（{words(f'import.as_of_{preview.as_of_source}')}）"
    show_figures(
        [
            (f"{len(preview.posts):,}", words("import.rows")),
            (period, words("import.period")),
            (as_of, words("import.as_of")),
            (f"{len(preview.rejected):,}", words("import.rejected")),
        ]
    )
    metrics = "　".join(f"{metric_name(name)} {count}" for name, count in preview.metrics.items())
    show_note(f"{words('import.metrics')}：{metrics or '—'}")
    if preview.skipped_rows:
        show_note(words("import.skipped", count=preview.skipped_rows))
    _show_posts(preview)
    _show_rejected(preview)


def _show_posts(preview: ImportPreview) -> None:
    with st.expander(label("import.sample")):
        main = next(iter(preview.metrics), "")
        show_table(
            [words("posts.column.title"), words("posts.column.day"), metric_name(main) or "—"],
            [
                [
                    as_html(post.title or post.body[:60]),
                    say_day(post.published_at),
                    as_html(say_metric(post.metrics.get(main), main)),
                ]
                for post in preview.posts[:5]
            ],
            numeric=frozenset({2}),
        )


def _show_rejected(preview: ImportPreview) -> None:
    if not preview.rejected:
        return
    with st.expander(label("import.rejected_title", count=len(preview.rejected))):
        show_table(
            [words("import.line"), words("import.reason")],
            [[str(row.line), as_html(_reason(row))] for row in preview.rejected[:REJECTED_SHOWN]],
        )


def _reason(row: RejectedRow) -> str:
    key = f"import.rejected.{row.reason}"
    said = say(language(), key, **row.params) if find_sentence(language(), key) else row.reason
    cells = " | ".join(row.cells)
    return f"{said}（{cells}）" if cells else said


# --- columns -------------------------------------------------------------------------------------


def _show_mapping(upload: Upload, preview: ImportPreview) -> None:
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
    options = [NONE, *preview.headings]
    st.selectbox(
        words(f"import_field.{name}") if name in FIELDS else metric_name(name),
        options,
        index=options.index(known) if known in options else 0,
        format_func=lambda heading: heading or words("import.mapping_none"),
        key=f"map_{upload.id}_{name}",
    )


def _save_mapping(upload: str) -> None:
    chosen = {
        name: st.session_state.get(f"map_{upload}_{name}", NONE)
        for name in (*MAPPED_FIELDS, *MAPPED_METRICS)
    }
    st.session_state[f"mapping_{upload}"] = {name: h for name, h in chosen.items() if h}


def _forget_mapping(upload: str) -> None:
    st.session_state.pop(f"mapping_{upload}", None)


# --- saving and taking back ----------------------------------------------------------------------


def _show_save(upload: Upload, preview: ImportPreview, account: Account) -> None:
    needs_platform = any(not post.platform for post in preview.posts)
    if needs_platform and preview.platform is None:
        st.warning(label("import.choose_platform"))
        return
    st.button(
        label("import.save", count=len(preview.posts)),
        key=f"save_{upload.id}",
        type="primary",
        on_click=_save,
        args=(upload.id, preview, account),
    )


@guarded
def _save(upload: str, preview: ImportPreview, account: Account) -> None:
    receipt = get_assistant().posts.save_import(preview, account, preview.platform)
    receipts: list[ImportReceipt] = st.session_state.get(RECEIPTS_KEY, [])
    st.session_state[RECEIPTS_KEY] = [receipt, *receipts]
    st.session_state[SAVED_KEY] = {*st.session_state.get(SAVED_KEY, ()), upload}


def _show_receipts() -> None:
    for receipt in st.session_state.get(RECEIPTS_KEY, [])[:5]:
        with st.container(horizontal=True, vertical_alignment="center"):
            _show_receipt(receipt)


def _show_receipt(receipt: ImportReceipt) -> None:
    if receipt.id is None:
        st.info(label("import.repeated", file=receipt.file))
        return
    said = label(
        "import.saved",
        file=receipt.file,
        new=receipt.new_posts,
        updated=receipt.updated_posts,
        same=receipt.unchanged_posts,
    )
    if receipt.repeated_rows:
        said += label("import.repeated_rows", count=receipt.repeated_rows)
    if receipt.deleted_posts:
        said += label("import.stayed_deleted", count=receipt.deleted_posts)
    st.success(said)
    st.button(
        label("import.undo"), key=f"undo_now_{receipt.id}", on_click=_undo, args=(receipt.id,)
    )


@guarded
def _undo(number: int) -> None:
    gone = get_assistant().posts.undo_import(number)
    receipts: list[ImportReceipt] = st.session_state.get(RECEIPTS_KEY, [])
    st.session_state[RECEIPTS_KEY] = [one for one in receipts if one.id != number]
    st.session_state.pop(SAVED_KEY, None)
    st.toast(label("import.undone", file=gone.file, removed=gone.removed_posts))


def show_history(account: Account) -> None:
    """The imports that stand, newest first, each with its undo."""
    receipts = get_assistant().posts.imports(account)
    if not receipts:
        show_note(words("import.history_none"))
    for receipt in receipts:
        if receipt.id is None:
            continue
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            platform = get_assistant().platforms.get(receipt.platform)
            show_text(
                words(
                    "import.history_row",
                    day=say_moment(receipt.imported_at),
                    file=receipt.file,
                    platform=platform_name(platform) if platform else receipt.platform,
                    new=receipt.new_posts,
                    updated=receipt.updated_posts,
                )
            )
            st.button(
                label("import.undo"), key=f"undo_{receipt.id}", on_click=_undo, args=(receipt.id,)
            )
