"""Better titles: types of titles, mended titles, variants with and without a language model."""

from copyassist.desk.rewriting.candidate import Candidate, Rewriting, Variant
from copyassist.desk.rewriting.propose import propose

__all__ = ["Candidate", "Rewriting", "Variant", "propose"]
