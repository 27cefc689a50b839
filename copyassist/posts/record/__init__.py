"""Looking back: how the score did on an account's own posts, in sentences, as JSON and as a page."""

from copyassist.posts.record.shape import Record, Section
from copyassist.posts.record.words import (
    DIMENSIONS,
    describe_record,
    head_record,
    record_to_json,
)

__all__ = [
    "DIMENSIONS",
    "Record",
    "Section",
    "describe_record",
    "head_record",
    "record_to_json",
]
