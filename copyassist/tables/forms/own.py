"""What copyassist itself writes: an account exported as a table, read back whole."""

from types import MappingProxyType

from copyassist.tables.forms.form import ExportForm
from copyassist.tables.metrics import FIELDS, METRICS

ACCOUNT = ExportForm(
    id="copyassist_account",
    platform="",
    signature=frozenset({"platform", "title", "published_at", "platform_post_id"}),
    columns=MappingProxyType({name: name for name in (*FIELDS, *METRICS)}),
    fractions=True,
    title_optional=True,
)
