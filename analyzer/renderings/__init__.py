"""Answers as text, JSON, tables and pictures: an answer in, text or bytes out.

A picture takes the longest way: `grouping` says what stands together, `compose` puts everything in
its place (`arrange`, `place`, `route`, `lanes`, `tracks`, `lines`), `dot` writes it down, `layout`
has Graphviz draw it, `svg` adds what Graphviz leaves out. `mermaid` leaves the places to Mermaid.
What shapes, colours and lines mean is decided in `palette` for all of them, and what the texts say
in `picture_text`.
"""
