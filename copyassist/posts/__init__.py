"""The writer's own posts: importing, the record of the score, the demo account."""
