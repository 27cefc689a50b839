"""Which passages of a text stand in earlier ones?"""

from copyassist.desk.passages.apart import learn_boilerplate
from copyassist.desk.passages.index import PrintIndex
from copyassist.desk.passages.letters import find_letters
from copyassist.desk.passages.prints import find_prints
from copyassist.desk.passages.share import Earlier, measure_share

__all__ = [
    "Earlier",
    "PrintIndex",
    "find_letters",
    "find_prints",
    "learn_boilerplate",
    "measure_share",
]
