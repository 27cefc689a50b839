"""Start-up is a feature: scoring one title loads nothing that it does not need."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from copyassist.store import Store
from copyassist.types import MetricValue, Post

FORBIDDEN = [
    "sklearn",
    "scipy",
    "pandas",
    "pyarrow",
    "altair",
    "streamlit",
    "feedparser",
    "httpx",
    "alembic",
    "python_calamine",
    "xlsxwriter",
    "openpyxl",
    "xlrd",
    "lxml",
    "jieba",
]

PROBE = """
import json, sys
from copyassist.cli import main
try:
    main(["score", "周末去哪儿：三个不用排队的小公园", "--account", "我的账号"])
except SystemExit as stop:
    code = stop.code
print(json.dumps({"code": code, "modules": sorted({name.split(".")[0] for name in sys.modules})}))
"""


def fill(home: Path, count: int) -> None:
    start = datetime(2025, 1, 1, tzinfo=UTC)
    posts = [
        Post(
            title=f"第{number}篇：春天的阳台",
            platform="xiaohongshu",
            published_at=start + timedelta(days=number),
            metrics={"views": MetricValue(1000.0 + number), "likes": MetricValue(10.0 + number)},
        )
        for number in range(count)
    ]
    with Store.open(home / "copyassist.db") as store:
        account = store.add_account("我的账号", "own")
        store.save_posts(posts, account.id)


def test_scoring_imports_nothing_heavy(tmp_path: Path) -> None:
    fill(tmp_path, 300)
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        env={**os.environ, "COPYASSIST_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    probe = json.loads(done.stdout.splitlines()[-1])
    assert probe["code"] == 0
    assert set(FORBIDDEN) & set(probe["modules"]) == set()
