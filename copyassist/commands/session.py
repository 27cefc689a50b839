"""What every command shares: the assistant, the language, and how a mistake is told."""

from functools import cached_property
from typing import TYPE_CHECKING

from copyassist.commands.console import echo
from copyassist.errors import CopyAssistError
from copyassist.i18n import Language, say, say_error
from copyassist.settings import Settings, load_settings

if TYPE_CHECKING:
    from copyassist.assistant import Assistant


class Session:
    """One call of the command line. The assistant is made when a command first asks for it."""

    def __init__(self, language_flag: str | None = None) -> None:
        self.language_flag = language_flag

    @cached_property
    def settings(self) -> Settings:
        """Flag > environment > file > default. Raises SettingsError.

        What the file says and this version does not know is told once.
        """
        settings = load_settings(language=self.language_flag)
        if settings.unknown:
            names = ", ".join(settings.unknown)
            where = str(settings.file)
            echo(say(settings.language, "cli.settings_unknown", names=names, path=where), err=True)
        return settings

    @property
    def language(self) -> Language:
        """The language to speak; Chinese where the settings themselves cannot be read."""
        try:
            return self.settings.language
        except CopyAssistError:
            return "en" if self.language_flag == "en" else "zh"

    @cached_property
    def assistant(self) -> "Assistant":
        """The facade over store, models and review."""
        from copyassist.assistant import Assistant  # `--help` and `where` do without it

        return Assistant(self.settings)

    def say(self, key: str, /, **params: object) -> str:
        """A sentence in the user's language."""
        return say(self.language, key, **params)


def fail(error: CopyAssistError, language: Language) -> int:
    """Prints the error's sentence on standard error and returns its exit code."""
    echo(say_error(language, error), err=True)
    return error.exit_code
