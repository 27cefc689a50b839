"""The metrics of all platforms under one name each, with their kinds and their usual headings."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

MetricKind = Literal["count", "rate", "seconds"]

_COUNTS = (
    *("impressions", "views", "readers", "likes", "comments", "favourites", "shares", "sharers"),
    *("follows", "unfollows", "delivered", "push_views", "first_shares", "share_views"),
    *("reads_per_share", "danmaku", "coins", "reposts", "watching", "rewards", "profile_visits"),
    *("fan_impressions", "fan_views", "link_clicks", "recommended"),
)
_RATES = (
    *("ctr", "completion", "completion_5s", "bounce_2s", "bounce_3s", "delivered_read_rate"),
    *("share_rate", "interaction_rate", "like_rate", "comment_rate", "danmaku_rate", "coin_rate"),
    *("favourite_rate", "repost_rate", "follow_rate", "relative_ctr", "fan_ctr", "guest_ctr"),
    *("fan_view_rate", "guest_view_share"),
)
_SECONDS = ("dwell_seconds", "duration_seconds")

# Rates are fractions 0..1 (a completion may exceed 1 where a video loops), seconds are seconds.
METRICS: Mapping[str, MetricKind] = MappingProxyType(
    {
        **dict.fromkeys(_COUNTS, "count"),
        **dict.fromkeys(_RATES, "rate"),
        **dict.fromkeys(_SECONDS, "seconds"),
    }
)

FIELDS = ("title", "published_at", "platform", "kind", "platform_post_id", "url", "body")
