"""Files that more than one page hands out, as bytes for a download button."""

import tempfile
from pathlib import Path

from copyassist.assistant import Assistant
from copyassist.types import Account


def export_bytes(assistant: Assistant, account: Account) -> bytes:
    """The account's posts as a CSV table that the importer reads back."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "posts.csv"
        assistant.posts.export_account(account, path)
        return path.read_bytes()
