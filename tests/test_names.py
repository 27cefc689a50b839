"""One name, one thing: no two classes of the package share a public name."""

import ast
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "copyassist"
OFFLINE = "training"  # its tables and figures never meet the others


def test_no_two_classes_share_a_name() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE)
        for node in ast.parse(path.read_text("utf-8")).body:
            public = isinstance(node, ast.ClassDef) and not node.name.startswith("_")
            if public and place.parts[0] != OFFLINE:
                homes[node.name].append(str(place))
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}
