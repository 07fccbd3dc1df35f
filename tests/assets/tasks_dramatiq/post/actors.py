import dramatiq
from dramatiq import actor as make_actor
from dramatiq.brokers.stub import StubBroker

dramatiq.set_broker(StubBroker())


@dramatiq.actor
def stamp(letter):
    return letter


@make_actor(actor_name="carry-letter", max_retries=3)
def carry(letter):
    stamp.send(letter)


class Base(dramatiq.GenericActor):
    class Meta:
        abstract = True


class Collect(Base):
    def perform(self):
        pass
