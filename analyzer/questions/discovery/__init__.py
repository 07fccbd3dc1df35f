"""What nobody registered, and what a record about it would say.

Which files: the scope of `graph.scope`, the same that REG006 judges by. `units` makes artifacts of
them, `types`, `levels`, `texts` and `owners` find the fields, and `proposing` puts it together.
"""
