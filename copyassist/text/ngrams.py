"""Character n-grams: what Chinese titles are compared by."""


def char_ngrams(text: str, low: int, high: int) -> list[str]:
    """All substrings of `text` of low..high characters, short ones first, repeats kept.

    Raises ValueError unless 1 <= low <= high.
    """
    if not 1 <= low <= high:
        raise ValueError(f"n-gram lengths {low}..{high}")
    return [
        text[start : start + size]
        for size in range(low, high + 1)
        for start in range(len(text) - size + 1)
    ]
