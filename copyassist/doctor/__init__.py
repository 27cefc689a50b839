"""`copyassist doctor`: looks at everything that copyassist stands on, and says what to do.

Nothing is changed and nothing is made: no folder, no database, no file. Each check stands alone; one
that fails in a way that nobody thought of is a trouble of that check, and the others go on.
"""

from copyassist.doctor.examine import Examination, examine
from copyassist.doctor.result import CheckResult, Told
from copyassist.doctor.surroundings import Surroundings

__all__ = ["CheckResult", "Examination", "Surroundings", "Told", "examine"]
