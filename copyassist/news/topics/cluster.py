"""Average linkage on a sparse graph: join the two groups that are most alike, while they are.

Pairs without an edge count as 0, so a chain of look-alikes does not make one topic of two.
"""

import heapq
from collections.abc import Collection, Mapping

Edges = Mapping[int, Mapping[int, float]]
Pairs = frozenset[tuple[int, int]]

OF_THREE = 0.8  # of the least edge of two is the least average of three
WEAKEST = 0.1  # weaker edges are left out: together they move an average by a hundredth


def group_nodes(  # noqa: PLR0913 - what the user chose and two limits
    nodes: Collection[int],
    edges: Edges,
    cut: float,
    *,
    joined: Pairs = frozenset(),
    split: Pairs = frozenset(),
    few: float = 0.0,
) -> list[list[int]]:
    """Nodes in groups whose average edge was at least `cut` when they were joined, sorted.

    Pairs in `joined` are put together first, whatever their edge; groups with a pair in `split`
    stay apart; where both are asked of one pair, apart wins. Pairs are (smaller, larger). Two nodes
    stay together only where their edge is at least `few`, three where it is nearly so on average: a
    large group bears a weak member, a small one has nothing else to go by.
    """
    grouping = _Grouping(nodes, edges, split)
    for one, two in sorted(joined):
        grouping.join_nodes(one, two)
    grouping.join_alike(cut)
    grouping.part_few(few, joined)
    return sorted(sorted(members) for members in grouping.members.values())


class _Grouping:
    """Groups by the number of their first node, and the summed edges between them."""

    def __init__(self, nodes: Collection[int], edges: Edges, split: Pairs) -> None:
        inside = set(nodes)
        self._edges = edges
        self.members = {node: [node] for node in sorted(inside)}
        self.home = {node: node for node in inside}
        self.sizes = dict.fromkeys(inside, 1)
        self.sums = {
            node: {o: c for o, c in edges.get(node, {}).items() if c >= WEAKEST and o in inside}
            for node in inside
        }
        self.apart: dict[int, set[int]] = {node: set() for node in inside}
        for one, two in split:
            if one in inside and two in inside:
                self.apart[one].add(two)
                self.apart[two].add(one)

    def join_nodes(self, one: int, two: int) -> None:
        a, b = self.home.get(one), self.home.get(two)
        if a is not None and b is not None and a != b and b not in self.apart[a]:
            self._join(min(a, b), max(a, b))

    def join_alike(self, cut: float) -> None:
        """Best pair first; of equals the one with the smallest numbers, so that order is fixed."""
        heap = [entry for a in self.members for entry in self._find_entries(a, cut, later=True)]
        heapq.heapify(heap)
        while heap:
            score, a, b = heapq.heappop(heap)
            if a not in self.members or b not in self.members or self._score(a, b) != score:
                continue  # one of the two has been joined since
            self._join(a, b)
            for entry in self._find_entries(a, cut):
                heapq.heappush(heap, entry)

    def part_few(self, few: float, joined: Pairs) -> None:
        """Take apart groups of two and three that hang together too loosely."""
        kept = {node for pair in joined for node in pair}
        for first, members in list(self.members.items()):
            pairs = [(a, b) for a in members for b in members if a < b]
            if len(members) not in (2, 3) or kept & set(members):
                continue
            average = sum(self._edges.get(a, {}).get(b, 0.0) for a, b in pairs) / len(pairs)
            if average < few * (1.0 if len(members) == 2 else OF_THREE):
                self.members[first] = [first]
                self.members |= {node: [node] for node in members if node != first}

    def _find_entries(
        self, a: int, cut: float, *, later: bool = False
    ) -> list[tuple[float, int, int]]:
        """The groups alike enough to join. A pair below the cut comes up again when it rises."""
        sizes, apart = self.sizes, self.apart[a]
        size = sizes[a]
        return [
            (-total / (size * sizes[b]), a, b) if a < b else (-total / (size * sizes[b]), b, a)
            for b, total in self.sums[a].items()
            if total >= cut * (size * sizes[b]) and b not in apart and (a < b or not later)
        ]

    def _score(self, a: int, b: int) -> float:
        """Minus the average edge between two groups: the smaller, the sooner they are joined."""
        if b in self.apart[a]:
            return 0.0
        return -self.sums[a].get(b, 0.0) / (self.sizes[a] * self.sizes[b])

    def _join(self, a: int, b: int) -> None:
        for node in self.members[b]:
            self.home[node] = a
        self.members[a] += self.members.pop(b)
        self.sizes[a] += self.sizes.pop(b)
        self._move(self.sums, a, b)
        for other in self.apart.pop(b):
            self.apart[other].discard(b)
            self.apart[other].add(a)
            self.apart[a].add(other)

    @staticmethod
    def _move(sums: dict[int, dict[int, float]], a: int, b: int) -> None:
        for other, total in sums.pop(b).items():
            del sums[other][b]
            if other != a:
                sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + total
