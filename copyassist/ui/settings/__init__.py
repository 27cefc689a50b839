"""The page 设置: language, platforms, accounts, data."""
