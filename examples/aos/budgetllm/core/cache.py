"""Remembers answers to equal prompts."""

import hashlib


class PromptCache:
    """Keys are hashes of prompts."""

    def __init__(self, backend):
        self.backend = backend

    def store(self, prompt: str, answer: str):
        """Remember."""
        self.backend.set(hashlib.sha256(prompt.encode()).hexdigest(), answer)
