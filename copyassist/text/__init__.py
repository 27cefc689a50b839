"""The only place that knows what Chinese text is: normal form, words, n-grams, platform counts."""

from copyassist.text.counters import count
from copyassist.text.language import detect_language, has_words
from copyassist.text.names import find_names
from copyassist.text.ngrams import char_ngrams
from copyassist.text.normalize import normalize, simplify, title_key
from copyassist.text.parse import parse, parse_text, repair
from copyassist.text.reference_keywords import load_reference_keywords
from copyassist.text.segment import load_tagger, segment, tokenizer_version
from copyassist.text.tagging import tag_words

__all__ = [
    "char_ngrams",
    "count",
    "detect_language",
    "find_names",
    "has_words",
    "load_reference_keywords",
    "load_tagger",
    "normalize",
    "parse",
    "parse_text",
    "repair",
    "segment",
    "simplify",
    "tag_words",
    "title_key",
    "tokenizer_version",
]
