"""Hot topics as a writer meets them: the events of now, their page, the daily report, the feed."""
