"""The governor: holds back answers that are too risky. Imports its parts late."""


class HighRiskOutputError(Exception):
    """Held back."""


class SafetyController:
    """Classify, analyse, score, decide."""

    def govern(self, prompt: str, answer: str) -> str:
        """The answer, or an error."""
        from budgetllm.core.output_analysis import analyze_output
        from budgetllm.core.prompt_classifier import classify_prompt
        from budgetllm.core.risk_formula import calculate_risk_score

        if calculate_risk_score(classify_prompt(prompt), analyze_output(answer)) > 0.9:
            raise HighRiskOutputError(answer)
        return answer
