"""Which earlier title does a new one repeat or resemble?"""

from copyassist.desk.duplicates.index import NEAR, SIMILAR, Found, TitleIndex

__all__ = ["NEAR", "SIMILAR", "Found", "TitleIndex"]
