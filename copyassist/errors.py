"""The error tree. An error carries a code and parameters; its sentence is in assets/sentences.

CopyAssistError
├── UsageError            exit 2: a wrong option, an unknown account or platform
├── InputError            exit 2: a file or text that cannot be read as what it should be
│   └── SourceFormatError a feed or hot list changed its shape
├── SettingsError         exit 2: a settings file or value that cannot be used
├── StoreError            exit 3: the database is locked, corrupt, newer than this program, or full;
│                         or a file cannot be written
└── ModelError            exit 3: a model folder is missing, altered or of another format
"""

import re
from typing import ClassVar

_PASSWORD = re.compile(r"((?::/*|//)[^:@/\s]*:).*@", re.DOTALL)
_SECRET = re.compile(
    r"(?i)\b((?:pass(?:word|wd)?|pwd|secret|token|(?:api_?|access_?)?key)=)[^&\s'\"]+"
)


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
        shown = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
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


class ModelError(CopyAssistError):
    """A model folder cannot be used."""

    exit_code: ClassVar[int] = 3


def hide_passwords(text: str) -> str:
    """A text with the passwords and keys of the addresses in it hidden."""
    return _SECRET.sub(r"\1***", _PASSWORD.sub(r"\1***@", text))
