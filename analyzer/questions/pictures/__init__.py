"""`diagram`: what each picture shows, one question a file; `marks` says what is wrong in it."""
