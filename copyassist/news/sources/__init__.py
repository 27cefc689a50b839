"""Where hot lists and feeds come from: one file or one row each, and how they are asked."""
