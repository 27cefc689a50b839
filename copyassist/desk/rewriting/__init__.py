"""Better titles: types of titles, mended titles, variants with and without a language model."""
