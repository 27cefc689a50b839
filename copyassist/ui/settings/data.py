"""What the settings page shows and hands out, without a widget."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from copyassist.assistant import Assistant
from copyassist.i18n import Language, find_sentence
from copyassist.types import Limit, Platform, PlatformForm

Words = Callable[..., str]


def backup_bytes(assistant: Assistant) -> bytes:
    """Everything that a backup holds, as one zip file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copyassist-backup.zip"
        assistant.backup(path)
        return path.read_bytes()


def restore_bytes(assistant: Assistant, data: bytes) -> None:
    """Replaces everything by a backup: all of it, or nothing. Raises InputError, StoreError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copyassist-backup.zip"
        path.write_bytes(data)
        assistant.restore(path)


def limit_rows(platform: Platform, language: Language, words: Words) -> list[dict[str, object]]:
    """One row a limit: form, field, counting, range, how sure, source and date."""
    return [
        _limit_row(form, limit, language, words) for form in platform.forms for limit in form.limits
    ]


def _limit_row(
    form: PlatformForm, limit: Limit, language: Language, words: Words
) -> dict[str, object]:
    return {
        words("limits.column.form"): _say(language, f"platforms.forms.{form.id}"),
        words("limits.column.field"): _say(language, f"platforms.fields.{limit.field}"),
        words("limits.column.minimum"): limit.minimum or None,
        words("limits.column.maximum"): limit.maximum,
        words("limits.column.counter"): _say(language, f"platforms.counters.{limit.counter}"),
        words("limits.column.severity"): words(f"limits.severity.{limit.severity.value}"),
        words("limits.column.confidence"): _say(
            language, f"platforms.confidence.{limit.confidence}"
        ),
        words("limits.column.source"): limit.source,
        words("limits.column.checked"): limit.checked.isoformat() if limit.checked else "—",
    }


def _say(language: Language, key: str) -> str:
    return find_sentence(language, key) or key.rpartition(".")[2]
