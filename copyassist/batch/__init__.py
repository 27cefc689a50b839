"""Judges files of titles of any length: plan, run, resume."""

from copyassist.batch.plan import BatchOptions, BatchPlan, make_plan
from copyassist.batch.results import COLUMNS, VERSION
from copyassist.batch.run import BatchProgress, run_batch
from copyassist.batch.source import FORMATS, Format, TitleFile, find_format, inspect_source
from copyassist.batch.summary import BatchSummary, BatchTally, Problem, Ranked

__all__ = [
    "COLUMNS",
    "FORMATS",
    "VERSION",
    "BatchOptions",
    "BatchPlan",
    "BatchProgress",
    "BatchSummary",
    "BatchTally",
    "Format",
    "Problem",
    "Ranked",
    "TitleFile",
    "find_format",
    "inspect_source",
    "make_plan",
    "run_batch",
]
