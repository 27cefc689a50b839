"""Average linkage on a sparse graph."""

import random

from copyassist.news.topics.cluster import group_nodes


def edges(*rows: tuple[int, int, float]) -> dict[int, dict[int, float]]:
    found: dict[int, dict[int, float]] = {}
    for one, two, chance in rows:
        found.setdefault(one, {})[two] = chance
        found.setdefault(two, {})[one] = chance
    return found


def naive(size: int, graph: dict[int, dict[int, float]], cut: float) -> list[list[int]]:
    """The definition, slowly."""
    groups = [[n] for n in range(size)]

    def average(a: list[int], b: list[int]) -> float:
        return sum(graph.get(i, {}).get(j, 0.0) for i in a for j in b) / (len(a) * len(b))

    while True:
        best = max(
            ((average(a, b), -min(a), -min(b)) for a in groups for b in groups if min(a) < min(b)),
            default=(0.0, 0, 0),
        )
        if best[0] < cut:
            return sorted(sorted(group) for group in groups)
        a = next(g for g in groups if min(g) == -best[1])
        b = next(g for g in groups if min(g) == -best[2])
        groups.remove(b)
        a.extend(b)


def test_a_chain_is_not_one_group() -> None:
    chain = edges((0, 1, 0.9), (1, 2, 0.5), (2, 3, 0.9))
    assert group_nodes(range(4), chain, 0.3) == [[0, 1], [2, 3]]


def test_a_triangle_is_one_group() -> None:
    triangle = edges((0, 1, 0.9), (1, 2, 0.4), (0, 2, 0.4))
    assert group_nodes(range(3), triangle, 0.3) == [[0, 1, 2]]


def test_the_user_joins_and_splits() -> None:
    graph = edges((0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.8))
    joined, split = frozenset({(2, 3)}), frozenset({(0, 1)})
    assert group_nodes(range(4), graph, 0.3, joined=joined) == [[0, 1, 2, 3]]
    assert group_nodes(range(4), graph, 0.3, split=split) == [[0, 2], [1], [3]]
    assert group_nodes(range(2), graph, 0.3, joined=split, split=split) == [[0], [1]]


def test_a_join_holds_where_nothing_is_alike() -> None:
    assert group_nodes(range(3), {}, 0.3, joined=frozenset({(0, 2)})) == [[0, 2], [1]]


def test_equals_the_definition() -> None:
    chance = random.Random(5)
    for _ in range(30):
        rows = [
            (i, j, round(chance.uniform(0.1, 1), 6))
            for i in range(14)
            for j in range(i + 1, 14)
            if chance.random() < 0.3
        ]
        graph = edges(*rows)
        assert group_nodes(range(14), graph, 0.25) == naive(14, graph, 0.25)
