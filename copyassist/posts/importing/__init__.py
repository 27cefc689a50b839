"""Recognises and reads metric exports of the platforms' back ends. Nothing here saves anything."""

from copyassist.posts.importing.preview import ImportPreview, RejectedRow, UnreadCell
from copyassist.posts.importing.read import ImportHints, preview_file, preview_text
from copyassist.tables.metrics import FIELDS, METRICS, MetricKind

__all__ = [
    "FIELDS",
    "METRICS",
    "ImportHints",
    "ImportPreview",
    "MetricKind",
    "RejectedRow",
    "UnreadCell",
    "preview_file",
    "preview_text",
]
