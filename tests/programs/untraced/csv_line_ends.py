"""An escaped line end keeps the field open at the end of the line, however much follows it."""

import _csv

for line in ('a\\\r1', 'a\\\n', 'a\\\rb,c', '"a"\\\nb', "a\\b", "a\rb"):
    for strict in (False, True):
        try:
            print(repr(line), list(_csv.reader([line, 'x"y\n'], escapechar="\\", strict=strict)))
        except _csv.Error as error:
            print(repr(line), error)
