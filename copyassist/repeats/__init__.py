"""Whether texts were published before: corpora that are kept, and texts held against all of them."""
