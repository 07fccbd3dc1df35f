"""The only code that uses the prediction service."""


def test_prediction():
    try:
        from app.models.prediction import PredictionEvent
        from app.services import prediction

        assert PredictionEvent and prediction.predict_failure_likelihood
    except ImportError:
        pass
