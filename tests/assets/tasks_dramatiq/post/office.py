from dramatiq import Message, pipeline

from post.actors import Collect, carry, stamp


def open_office(socket, broker):
    stamp.send("a")
    carry.send_with_options(args=("a",), delay=1000)
    pipeline([stamp.message("a"), carry.message()]).run()
    Collect.send()
    broker.enqueue(Message(queue_name="q", actor_name="carry-letter", args=(), kwargs={}, options={}))
    socket.send(b"stamp")
