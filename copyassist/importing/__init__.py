"""Recognises and reads metric exports of the platforms' back ends. Nothing here saves anything."""

from copyassist.importing.metrics import FIELDS, METRICS, MetricKind
from copyassist.importing.preview import ImportPreview, RejectedRow, UnreadCell
from copyassist.importing.read import preview_file, preview_text

__all__ = [
    "FIELDS",
    "METRICS",
    "ImportPreview",
    "MetricKind",
    "RejectedRow",
    "UnreadCell",
    "preview_file",
    "preview_text",
]
