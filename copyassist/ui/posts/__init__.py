"""The page 我的作品: posts, imports, the record."""
