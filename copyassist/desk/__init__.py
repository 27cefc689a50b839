"""One draft: checks, duplicates, score, and the report that holds them."""
