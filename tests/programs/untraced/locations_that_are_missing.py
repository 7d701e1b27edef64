# A location table that is short, or longer than the code: what it does not tell of has no line.
import sys
def f(x):
    y = 1 / x
    return y
for table in (b"", b'\xf8\xf8\xf8\xf9\xf8\xf8\xf8', b'\xff'*9):
    c = f.__code__.replace(co_linetable=table)
    print(c.co_linetable, list(c.co_lines()), len(list(c.co_positions())), c == f.__code__)
    f.__code__ = c
    print(f(2))
    try: f(0)
    except ZeroDivisionError as e:
        print(e.__traceback__.tb_next.tb_lineno, e.__traceback__.tb_next.tb_frame.f_lineno)
    lines=[]
    def t(fr, ev, arg):
        lines.append((ev, fr.f_lineno)); return t
    sys.settrace(t); f(2); sys.settrace(None)
    print(lines)
f(0)
