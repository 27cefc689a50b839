"""The import: what a table was understood as, before anything is saved; and taking one back."""

import streamlit as st

from copyassist.errors import CopyAssistError
from copyassist.i18n import find_sentence, say, say_moment
from copyassist.posts.importing import ImportPreview, RejectedRow
from copyassist.posts.importing.preview import say_remark
from copyassist.store import ImportReceipt
from copyassist.types import Account
from copyassist.ui.kit.accounts import account_label
from copyassist.ui.kit.choices import choose_one
from copyassist.ui.kit.escape import as_html
from copyassist.ui.kit.mapping import show_forget_mapping, show_mapping
from copyassist.ui.kit.offers import show_offers, show_place_for_files
from copyassist.ui.kit.parts import (
    card,
    show_card_title,
    show_figures,
    show_note,
    show_table,
    show_text,
)
from copyassist.ui.kit.platforms import list_platforms, metric_name, name_platform
from copyassist.ui.kit.sentences import label, words
from copyassist.ui.kit.session import get_assistant, language
from copyassist.ui.kit.trouble import guarded, show_error
from copyassist.ui.kit.uploads import (
    RECEIPTS_KEY,
    SAVED_KEY,
    Upload,
    preview_upload,
    read_pasted,
    read_uploads,
    save_upload,
)
from copyassist.ui.kit.wording import say_day, say_metric

REJECTED_SHOWN = 200
FILES_KEY = "import_files"
PASTE_KEY = "import_paste"


def show_import(account: Account, *, opened: bool) -> None:
    """The place to drop or paste tables; where the tab is `opened`, what each was understood as."""
    if account.is_demo:
        # Real posts among invented ones would spoil both.
        show_text(words("import.not_into_demo"))
        show_place_for_files(FILES_KEY, words("import.upload"))
        if opened:
            show_offers(FILES_KEY)
        return
    with card("import"):
        show_note(words("import.account", name=account_label(account)))
        show_place_for_files(FILES_KEY, words("import.upload"))
        show_note(words("import.upload_note"))
        with st.expander(label("import.paste")):
            st.text_area(
                words("import.paste"),
                key=PASTE_KEY,
                height=130,
                placeholder=words("import.paste_hint"),
                label_visibility="collapsed",
            )
            st.button(label("import.paste_button"), key="import_paste_button")
        platform = _choose_platform()
    if opened:
        pasted = read_pasted(PASTE_KEY)
        for upload in (*read_uploads(FILES_KEY), *((pasted,) if pasted else ())):
            _show_upload(upload, platform, account)


def _choose_platform() -> str | None:
    chosen = choose_one(
        words("import.platform"),
        ["", *list_platforms(get_assistant().settings.platforms)],
        "import_platform",
        lambda id: name_platform(id) if id else words("import.platform_auto"),
    )
    return chosen or None


def _show_upload(upload: Upload, platform: str | None, account: Account) -> None:
    with card(f"preview_{upload.id}"):
        if upload.saved:
            show_card_title(upload.name, words("import.done"))
            return
        try:
            preview = preview_upload(upload, platform)
        except CopyAssistError as error:
            show_card_title(upload.name)
            show_error(error)
            show_forget_mapping(upload)
            return
        show_card_title(upload.name, words("import.read_as", form=name_form(preview.form)))
        if preview.kind != "posts":
            show_text(words("import.not_posts", form=name_form(preview.form)))
            return
        if not preview.needs_mapping:
            _show_understood(preview)
        show_mapping(upload, preview)
        show_forget_mapping(upload, preview)
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
    for remark in preview.remarks:
        show_note(say_remark(language(), remark))
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
        on_click=guarded(save_upload),
        args=(upload.id, preview, account),
    )


def show_receipts() -> None:
    """What the imports of this session did, each with its undo."""
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
            show_text(
                words(
                    "import.history_row",
                    day=say_moment(receipt.imported_at, get_assistant().settings.zone),
                    file=receipt.file,
                    platform=name_platform(receipt.platform),
                    new=receipt.new_posts,
                    updated=receipt.updated_posts,
                )
            )
            st.button(
                label("import.undo"), key=f"undo_{receipt.id}", on_click=_undo, args=(receipt.id,)
            )
