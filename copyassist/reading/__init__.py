"""What others wrote, read in one way everywhere: encodings, moments, numbers."""
