"""One question a file: each takes the joined system and returns an answer."""
