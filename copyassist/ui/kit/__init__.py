"""What every page is built with: the session, sentences, parts, charts, and what two rooms share."""
