"""The sentences of the pages, an area at a time, in the language and the markup that is wanted."""

from dataclasses import dataclass
from typing import Any

from copyassist.i18n import say
from copyassist.ui.kit.escape import html_params, markdown_params
from copyassist.ui.kit.session import language


@dataclass(frozen=True, slots=True)
class Sentences:
    """One area of sentences, the file of that name in the assets."""

    area: str

    def words(self, key: str, /, **params: Any) -> str:
        """A sentence as plain text, for widgets and table cells that parse nothing."""
        return say(language(), f"{self.area}.{key}", **params)

    def label(self, key: str, /, **params: Any) -> str:
        """A sentence as Markdown; whatever fills it is shown literally."""
        return say(language(), f"{self.area}.{key}", **markdown_params(params))

    def markup(self, key: str, /, **params: Any) -> str:
        """A sentence as HTML; whatever fills it is escaped. Sentences are our own."""
        return say(language(), f"{self.area}.{key}", **html_params(params))


PAGES_SAY = Sentences("ui")
words, label, markup = PAGES_SAY.words, PAGES_SAY.label, PAGES_SAY.markup
