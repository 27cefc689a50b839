"""Google's daily trending searches, a feed with its own traffic field. There is none for China."""

from datetime import timedelta

from copyassist.news.sources.rss import FeedReader
from copyassist.news.sources.source import Source, Way

ID = "google-trends"

SOURCE = Source(
    id=ID,
    name_zh="Google 趋势（香港）",
    name_en="Google Trends (Hong Kong)",
    platform="google",
    interval=timedelta(minutes=60),
    ways=(
        Way(
            url="https://trends.google.com/trending/rss?geo=HK",
            parse_page=FeedReader(source=ID, kind="list"),
        ),
    ),
)
