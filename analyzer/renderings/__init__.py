"""Answers as text, JSON, tables and pictures: an answer in, text or bytes out."""
