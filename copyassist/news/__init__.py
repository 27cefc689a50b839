"""What is worth writing about: sources, collecting, topics, the board."""
