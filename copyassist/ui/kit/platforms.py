"""The platforms and metrics by name, and which of them the writer posts on."""

from collections.abc import Sequence

from copyassist.i18n import find_sentence
from copyassist.types import Platform
from copyassist.ui.kit.accounts import own_account
from copyassist.ui.kit.choices import set_choice
from copyassist.ui.kit.session import get_assistant, language

DESK_PLATFORM = "desk_platform"


def platform_name(platform: Platform) -> str:
    """The platform's name in the user's language."""
    return platform.name(language())


def metric_name(metric: str) -> str:
    """The metric's name in the user's language, its id where it has none."""
    return find_sentence(language(), f"metrics.{metric}") or metric


def list_platforms(first: Sequence[str] = ()) -> list[str]:
    """All platforms by id, some of them first."""
    platforms = get_assistant().platforms
    return list(dict.fromkeys((*(id for id in first if id in platforms), *platforms)))


def name_platform(id: str) -> str:
    """A platform's name by its id, the id itself where it is none of ours."""
    found = get_assistant().platforms.get(id)
    return platform_name(found) if found else id


def writer_platforms() -> tuple[str, ...]:
    """The writer's platforms, those that this program knows."""
    assistant = get_assistant()
    known = tuple(p for p in assistant.settings.platforms if p in assistant.platforms)
    return known or tuple(assistant.platforms)[:1]


def default_platform() -> str:
    """The platform that is meant until another is chosen."""
    return get_assistant().posts.usual_platform(own_account()).platform.id


def follow_account() -> None:
    """Lets the desk write for the platform that the chosen account posts on most. A callback."""
    set_choice(DESK_PLATFORM, default_platform())
