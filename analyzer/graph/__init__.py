"""The registry and the facts about the code, joined."""
