"""Which earlier title does a new one repeat or resemble?"""

from copyassist.desk.duplicates.index import SIMILAR, Found, TitleIndex, find_in_many
from copyassist.desk.duplicates.judge import THRESHOLD

__all__ = ["SIMILAR", "THRESHOLD", "Found", "TitleIndex", "find_in_many"]
