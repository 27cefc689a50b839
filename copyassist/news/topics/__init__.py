"""What the hot lists mean: events across platforms, their trend, their forecast, their relevance.

Pure code: it is given sightings and says what they add up to. Fetching, keeping and showing them
is done elsewhere.
"""
