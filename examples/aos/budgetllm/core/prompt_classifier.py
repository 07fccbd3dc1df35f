"""What kind of question is it?"""


def classify_prompt(prompt: str) -> str:
    """Code, or something else."""
    return "coding" if "def " in prompt else "general"
