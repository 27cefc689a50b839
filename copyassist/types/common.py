"""What every noun may use: severities, and the parameters of a sentence."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, get_args

Params = Mapping[str, object]

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

NO_PARAMS: Params = MappingProxyType({})


class Severity(StrEnum):
    """禁用 | 慎用, 需依据 | 提示."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """2 for error, 1 for warning, 0 for info: larger is worse."""
        return ("info", "warning", "error").index(self)
