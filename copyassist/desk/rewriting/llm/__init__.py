"""A language model as one more source of candidates: switched on by the user, trusted in nothing."""
