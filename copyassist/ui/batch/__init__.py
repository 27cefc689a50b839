"""The page 批量评分: a file of titles."""
