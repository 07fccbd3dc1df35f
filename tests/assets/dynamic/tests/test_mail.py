from unittest import mock
from unittest.mock import patch


@patch("app.mail.send")
def test_send(send):
    with patch.dict("app.db.CACHE", {}), mock.patch("app.plugins.Reader.read"):
        send()


@patch("json.dumps")
@patch.object(mock, "x")
class TestAll:
    def test(self, mocker, monkeypatch):
        mocker.patch("app.queue.put")
        monkeypatch.setattr("app.plugins.pdf.write", None)
        monkeypatch.setattr(mock, "app", None)
        client.patch("app.plugins.xml")
