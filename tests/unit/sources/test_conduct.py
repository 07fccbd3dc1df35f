"""What a file says of itself, and what its calls change."""

from __future__ import annotations

import pytest

from analyzer.model.discovery import EffectKind
from analyzer.model.names import ProjectPath
from analyzer.sources.conduct import first_sentence, read_conduct

PATH = ProjectPath("shop/module.py")
DATABASE, FILE = EffectKind.DATABASE, EffectKind.FILE
QUEUE, HTTP, PROGRAM = EffectKind.QUEUE, EffectKind.HTTP, EffectKind.PROGRAM


@pytest.mark.parametrize(
    ("source", "kind", "is_certain"),
    [
        ("session.commit()", DATABASE, True),
        ("self._db.session.add(order)", DATABASE, True),
        ("unit_of_work.commit()", DATABASE, False),
        ("cursor.execute('INSERT INTO orders VALUES (1)')", DATABASE, True),
        ("cursor.execute('INSERT OR REPLACE INTO orders VALUES (1)')", DATABASE, True),
        ("cursor.execute('insert ignore into orders values (1)')", DATABASE, True),
        ("cursor.execute('REPLACE INTO orders VALUES (1)')", DATABASE, True),
        ("cursor.execute('COPY orders (id, name) FROM STDIN')", DATABASE, True),
        ("connection.executescript('CREATE TABLE orders (id)')", DATABASE, True),
        ("conn.execute(text('''\n  UPDATE orders SET x = 1'''))", DATABASE, True),
        ("session.execute(f'DELETE FROM {table}')", DATABASE, True),
        ("from sqlalchemy import update\nupdate(Order)", DATABASE, True),
        ("Order.objects.create(x=1)", DATABASE, True),
        ("Order.objects.bulk_create(orders)", DATABASE, True),
        ("redis_client.set('a', 1)", DATABASE, True),
        ("self._client.setex('a', 1, 2)", DATABASE, False),
        ("open('a', 'w')", FILE, True),
        ("open('a', mode='ab')", FILE, True),
        ("path.open('w')", FILE, False),
        ("path.write_text('x')", FILE, True),
        ("import os\nos.remove('a')", FILE, True),
        ("from os import replace\nreplace('a', 'b')", FILE, True),
        ("import shutil as sh\nsh.rmtree('a')", FILE, True),
        ("path.unlink()", FILE, False),
        ("send_mail.delay(1)", QUEUE, False),
        ("celery.send_task('mail')", QUEUE, True),
        ("import requests\nrequests.post(url)", HTTP, True),
        ("import httpx\nhttpx.request('DELETE', url)", HTTP, True),
        ("await self.http_client.post(url)", HTTP, False),
        ("import subprocess\nsubprocess.run(['ls'])", PROGRAM, False),
        ("from os import system\nsystem('ls')", PROGRAM, False),
        ("import asyncio\nawait asyncio.create_subprocess_exec('ls')", PROGRAM, False),
        ("def f():\n    def g():\n        session.commit()", DATABASE, True),
    ],
)
def test_what_changes_something(source: str, kind: EffectKind, is_certain: bool) -> None:
    (effect,) = read_conduct(PATH, source.encode()).effects
    assert (effect.kind, effect.is_certain) == (kind, is_certain)


@pytest.mark.parametrize(
    "source",
    [
        "cursor.execute('SELECT * FROM orders')",
        "cursor.execute('COPY (SELECT id FROM orders) TO STDOUT')",
        "cursor.execute('COPY orders TO STDOUT')",
        "cursor.execute('SELECT replace(name, 1, 2) FROM orders')",
        "seen.add(1)",
        "seen.add(session)",
        "found.update(a=1)",
        "text.replace('a', 'b')",
        "items.remove('a')",
        "open('a')",
        "open('a', 'rb')",
        "import requests\nrequests.get(url)",
        "router.post('/x')",
        "@router.post('/x')\ndef f(): ...",
        "settings.set('a', 1)",
        "text = 'session.commit()'",
        "# session.commit()",
        "if False:\n    session.commit()",
        "def commit(): ...",
        "cursor.execute('UPDATE_TIME')",
    ],
)
def test_what_changes_nothing(source: str) -> None:
    assert read_conduct(PATH, source.encode()).effects == ()


def test_each_thing_is_named_once_with_its_first_line() -> None:
    data = b"def f():\n    session.commit()\n\ndef g():\n    session.commit()\n    other.commit()\n"
    effects = read_conduct(PATH, data).effects
    assert [(one.line, one.text) for one in effects] == [
        (2, "session.commit()"),
        (6, "other.commit()"),
    ]


@pytest.mark.parametrize(
    ("docstring", "expected"),
    [
        ("Takes orders. And more.", "Takes orders"),
        ("Takes orders, e.g. by mail.", "Takes orders, e.g. by mail"),
        ("Takes\n    orders\n\n    More.", "Takes orders"),
        ("Order API (M5)\n\nProvides: x", "Order API (M5)"),
        ("Order API\n=========\ntakes orders", "Order API"),
        ("Order API\nM8 Deliverable: orders", "Order API"),
        ("# api/orders.py\n\nTakes orders", "Takes orders"),
        ("orders.py - takes orders", "takes orders"),
        ("Takes orders:\n- by mail\n- by phone", "Takes orders"),
        (".. module: shop.orders\n   :platform: Unix\n   :synopsis: Takes orders.", "Takes orders"),
        (".. module: shop.orders\n   :platform: Unix\n\nTakes orders.", "Takes orders"),
        (".. module: shop.orders\n   :platform: Unix", ""),
        ("", ""),
        ("word " * 60, ("word " * 40).strip() + " …"),
    ],
)
def test_the_first_sentence(docstring: str, expected: str) -> None:
    assert first_sentence(docstring) == expected


@pytest.mark.parametrize(
    ("source", "purpose", "line"),
    [
        ('# Licence\n"""\nTakes orders.\n"""\n', "Takes orders", 3),
        ("#!/usr/bin/env python\n# Order Service\n# Takes orders\nimport os\n", "Order Service", 2),
        ("# Layer: L2\n# Role: Takes orders\nimport os\n", "Takes orders", 2),
        (
            "# Copyright 2020 Shop\n# All rights reserved.\n# Licensed under x\nimport os\n",
            None,
            None,
        ),
        ("import os\n# Takes orders\n", None, None),
        ("", None, None),
    ],
)
def test_what_it_is_for(source: str, purpose: str | None, line: int | None) -> None:
    conduct = read_conduct(PATH, source.encode())
    assert (conduct.purpose, conduct.purpose_line) == (purpose, line)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("while True:\n    work()\n    time.sleep(1)", 1),
        ("class W:\n    def run(self):\n        while self._running:\n            q.get()", 3),
        ("while not stop.is_set():\n    poll()", 1),
        # A retry, a stream, a loop that waits for nothing, one that ends.
        ("def f():\n    while True:\n        time.sleep(1)\n        return get()", None),
        ("def f():\n    while True:\n        yield q.get()", None),
        ("while True:\n    n += 1", None),
        ("while n < 3:\n    time.sleep(1)", None),
    ],
)
def test_a_loop_without_an_end(source: str, line: int | None) -> None:
    assert read_conduct(PATH, source.encode()).loop_line == line


def test_what_is_no_python_is_said_to_be_unread() -> None:
    conduct = read_conduct(PATH, b"def f(:\n    session.commit()\n")
    assert not conduct.is_read
