"""The page 写作台: one draft, its marks, its score."""
