"""The only code that uses the pattern detector."""


def test_detector():
    try:
        from app.models.feedback import PatternFeedback
        from app.services import pattern_detection

        assert PatternFeedback and pattern_detection.detect_failure_patterns
    except ImportError:
        pass
