# `_locale`: C and C.UTF-8.
import _locale


def attempt(function, *args):
    try:
        print(function.__name__, args, repr(function(*args)))
    except BaseException as error:
        print(function.__name__, args, repr(error))


for category in range(1, 13):
    if category != _locale.LC_ALL:
        attempt(_locale.setlocale, category)
attempt(_locale.setlocale, 13)
attempt(_locale.setlocale, -1)
for name in "C", "C.UTF-8":
    attempt(_locale.setlocale, _locale.LC_ALL, name)
    attempt(_locale.setlocale, _locale.LC_ALL)
    attempt(_locale.getencoding)
    for constant in sorted(vars(_locale)):
        value = getattr(_locale, constant)
        if isinstance(value, int) and constant != "CHAR_MAX" and not constant.startswith("LC_"):
            print(constant, value, repr(_locale.nl_langinfo(value)))
    attempt(_locale.localeconv)
    for left, right in [("a", "b"), ("b", "a"), ("a", "a"), ("é", "z"), ("\U00010000", "\uffff"), ("", "a")]:
        attempt(_locale.strcoll, left, right)
attempt(_locale.setlocale, _locale.LC_NUMERIC, "POSIX")
attempt(_locale.setlocale, _locale.LC_TIME, "C")
attempt(_locale.setlocale, _locale.LC_CTYPE, "C.utf8")
saved = _locale.setlocale(_locale.LC_ALL)
print(saved)
attempt(_locale.setlocale, _locale.LC_ALL, "C")
attempt(_locale.setlocale, _locale.LC_ALL, saved)
attempt(_locale.setlocale, _locale.LC_ALL, "LC_CTYPE=C;LC_NUMERIC=C")
attempt(_locale.setlocale, _locale.LC_ALL, "a\0b")
attempt(_locale.setlocale)
attempt(_locale.setlocale, "a")
attempt(_locale.setlocale, 0, 5)
attempt(_locale.setlocale, 99, "C")
attempt(_locale.nl_langinfo, 5)
attempt(_locale.nl_langinfo, "a")
attempt(_locale.strcoll, "a\0", "b")
attempt(_locale.strcoll, 1, 2)
attempt(_locale.strxfrm, "abcé\U00010000")
attempt(_locale.strxfrm, "a\0b")
attempt(_locale.strxfrm, 5)
attempt(_locale.gettext, "message")
attempt(_locale.dgettext, None, "message")
attempt(_locale.dcgettext, "domain", "message", 5)
print(_locale.Error, _locale.Error.__mro__)
