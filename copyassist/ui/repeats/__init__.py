"""The page 查重: texts held against what was published."""
