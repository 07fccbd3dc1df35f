"""Messages from one agent to another, over the database's notifications."""


class MessageService:
    """Send and receive."""

    def send(self, sender: str, to: str, body: dict) -> dict:
        """Put a message in the inbox of another agent."""
        return {"from": sender, "to": to, "body": body}


def get_message_service() -> MessageService:
    """The post office."""
    return MessageService()
