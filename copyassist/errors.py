"""The error tree. An error carries a code and parameters; its sentence is in assets/sentences.

CopyAssistError
├── UsageError            exit 2: a wrong option, an unknown account or platform
├── InputError            exit 2: a file or text that cannot be read as what it should be
│   └── SourceFormatError a feed or hot list changed its shape
├── SettingsError         exit 2: a settings file or value that cannot be used
├── OutputError           exit 4: standard output takes nothing more: a full disk, a closed stream
│   └── OutputClosed      exit 141: who read standard output went away, as `| head` does
├── StoreError            exit 3: the database is locked, corrupt, newer than this program, or full;
│                         or a file cannot be written
└── ModelError            exit 3: a model folder is missing, altered or of another format
"""

from typing import ClassVar

from copyassist.hiding import hide_secrets


class CopyAssistError(Exception):
    """Something stops the work, and the user can mend it.

    `code` names the sentence `errors.<code>`; `params` fill its placeholders. Paths and user text
    in `params` are shown as they are and must be escaped by whoever renders HTML.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        shown = ", ".join(
            f"{name}={(hide_secrets(value) if isinstance(value, str) else value)!r}"
            for name, value in self.params.items()
        )
        return f"{self.code}({shown})"


class UsageError(CopyAssistError):
    """The call asks for something that does not exist or does not fit."""


class InputError(CopyAssistError):
    """A file or text cannot be read as what it should be."""


class SourceFormatError(InputError):
    """A feed or hot list answered in a shape that its parser does not know."""


class SettingsError(CopyAssistError):
    """A settings file or value cannot be used."""


class StoreError(CopyAssistError):
    """The database or a file cannot be written or used; nothing was changed."""

    exit_code: ClassVar[int] = 3


class OutputError(CopyAssistError):
    """Standard output cannot be written. What was done before it was to be said is done."""

    exit_code: ClassVar[int] = 4


class OutputClosed(OutputError):  # noqa: N818 - an end, not a fault
    """The reader of standard output went away: there is nobody to tell, and nothing went wrong."""

    exit_code: ClassVar[int] = 141  # what a shell says of a program that SIGPIPE ended


class ModelError(CopyAssistError):
    """A model folder cannot be used."""

    exit_code: ClassVar[int] = 3
