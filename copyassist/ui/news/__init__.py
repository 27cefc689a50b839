"""The page 今日热点: topics, sources, subscriptions."""
