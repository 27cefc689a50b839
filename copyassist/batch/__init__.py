"""Judges files of titles of any length: plan, run, resume."""

from copyassist.batch.plan import BatchOptions, BatchPlan, make_plan
from copyassist.batch.results import COLUMNS, VERSION
from copyassist.batch.run import Progress, run_batch
from copyassist.batch.source import FORMATS, Format, Source, find_format, inspect_source
from copyassist.batch.summary import BatchSummary, Problem, Ranked, Tally

__all__ = [
    "COLUMNS",
    "FORMATS",
    "VERSION",
    "BatchOptions",
    "BatchPlan",
    "BatchSummary",
    "Format",
    "Problem",
    "Progress",
    "Ranked",
    "Source",
    "Tally",
    "find_format",
    "inspect_source",
    "make_plan",
    "run_batch",
]
