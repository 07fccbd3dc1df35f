"""The governor and its parts."""


def test_parts():
    from budgetllm.core.output_analysis import analyze_output
    from budgetllm.core.prompt_classifier import classify_prompt
    from budgetllm.core.risk_formula import calculate_risk_score

    assert calculate_risk_score(classify_prompt("hi"), analyze_output("maybe")) < 0.9


def test_whole():
    from budgetllm import Client
    from budgetllm.core.safety import HighRiskOutputError, SafetyController

    assert Client and HighRiskOutputError and SafetyController().govern("a", "b") == "b"
