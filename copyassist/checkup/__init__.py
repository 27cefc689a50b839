"""Texts in files, checked before they are published: read, judged, reported, mended."""
