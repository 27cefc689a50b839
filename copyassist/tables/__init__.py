"""From a file to a table whose columns are understood: what `import` and `batch` both read by."""
