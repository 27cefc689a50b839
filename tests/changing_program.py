"""A program that changes files of the folder while others do the same."""

from pathlib import Path

from copyassist.assistant import Assistant
from copyassist.settings import load_settings


def work(home: Path, names: list[str], setting: str) -> None:
    """Adds sources one by one, and changes its own setting as often."""
    assistant = Assistant(load_settings({"COPYASSIST_HOME": str(home)}))
    for name in names:
        assistant.news.add("feed", f"https://example.com/{name}")
        assistant.change_settings(**{setting: (name,)})
