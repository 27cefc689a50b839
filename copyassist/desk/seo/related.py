"""Words that belong to the keyword, each with where it comes from: the text, own posts, hot lists."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from copyassist.desk.seo.focus import Forms, find_hits, load_rules
from copyassist.desk.seo.result import EarlierPost, RelatedWord, SeoAround
from copyassist.keywords.words import load_words
from copyassist.text import normalize, segment
from copyassist.types import ParsedDraft

MOST_OF_ORIGIN = 6
LEAST_OWN = 2  # posts that share a word
LONGEST = 30
MOST_HITS = 200
_POINTING = "这那某每各一两几"


def find_related(
    parsed: ParsedDraft, forms: Forms, used: Sequence[EarlierPost], around: SeoAround
) -> tuple[RelatedWord, ...]:
    """At most six of each origin; none twice, none that the keyword itself is."""
    found: dict[str, RelatedWord] = {}
    origins = (
        _find_in_body(parsed, forms),
        _find_in_own(used, forms),
        _find_on_lists(around, forms),
    )
    for words in origins:
        kept: Counter[str] = Counter()
        for word in words:
            key = "".join(normalize(word.text)[0].split())
            if key in found or key in forms.all or kept[word.origin] >= MOST_OF_ORIGIN:
                continue
            kept[word.origin] += 1
            found[key] = word
    return tuple(found.values())


def _find_in_body(parsed: ParsedDraft, forms: Forms) -> Iterator[RelatedWord]:
    """The keyword with the word before or after it: longer terms that the text has already."""
    counts: Counter[str] = Counter()
    for text in (parsed.title, parsed.body):
        if text is None:
            continue
        for hit in find_hits(text.norm, forms)[:MOST_HITS]:
            if not hit.exact:
                continue
            before = _last_word(text.norm[max(0, hit.start - 8) : hit.start])
            after = _first_word(text.norm[hit.end : hit.end + 8])
            core = text.norm[hit.start : hit.end]
            counts.update(
                part for part in (before and before + core, after and core + after) if part
            )
    for phrase, count in counts.most_common(MOST_OF_ORIGIN):
        yield RelatedWord(text=phrase, origin="body", count=count)


def _last_word(text: str) -> str:
    words = segment(text)
    return words[-1] if words and text.endswith(words[-1]) and _says(words[-1]) else ""


def _first_word(text: str) -> str:
    words = segment(text)
    return words[0] if words and text.startswith(words[0]) and _says(words[0]) else ""


def _says(word: str) -> bool:
    return (
        len(word) >= 2
        and word[0] > "\u3400"
        and word[0] not in _POINTING
        and load_words().weigh(word) > 0
    )


def _find_in_own(used: Sequence[EarlierPost], forms: Forms) -> Iterator[RelatedWord]:
    """Words of the account's own titles beside the keyword, with how those posts did."""
    ratios: dict[str, list[float]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for one in used:
        norm = normalize(one.post.title)[0]
        for word in dict.fromkeys(segment(norm)):
            if _says(word) and not any(word in form or form in word for form in forms.all):
                counts[word] += 1
                if one.ratio is not None:
                    ratios[word].append(one.ratio)
    weigh = load_words().weigh
    best = sorted(counts, key=lambda word: -counts[word] * weigh(word))
    for word in best:
        if counts[word] >= LEAST_OWN:
            ratio = median(ratios[word]) if ratios[word] else None
            yield RelatedWord(text=word, origin="own", count=counts[word], ratio=ratio)


def _find_on_lists(around: SeoAround, forms: Forms) -> Iterator[RelatedWord]:
    """Rows of hot lists with the keyword: what is searched for first, then headlines."""
    searched = load_rules()["lists"]["searched"]
    rows = [row for row in around.hot if find_hits(normalize(row[1])[0], forms)]
    rows.sort(key=lambda row: (row[0] not in searched, -row[3]))
    for source, title, seen_at, count in rows:
        text = title.strip("#＃ ")
        if len(text) <= LONGEST:
            yield RelatedWord(
                text=text,
                origin="search" if source in searched else "hot",
                count=count,
                source=source,
                seen_at=seen_at,
            )
