"""Says where wordcode counts references otherwise than CPython 3.14 while a builtin calls Python code.

    python3.14 tests/steps/counts.py PYTHON3.14 WORDCODE [WORD ...]

Every builtin function and method that expected.py knows is called with the spies of spies.py, up to five times with
arguments for which other special methods are called.  Each special method notes `sys.getrefcount` of what it is
given: of the arguments of the call how many more than before, else the count itself.  For each call that differs
three lines are printed: the call, what CPython notes, what wordcode notes.  With words, only calls that have one of
them in their text are made.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
# How many different sequences of special methods are looked at for each builtin.
KINDS = 5
# How many calls are made in one program.
TOGETHER = 100

START = '''import sys
count = sys.getrefcount
noted = []
before = []
def note(name, *args):
    if not before: return
    got = []
    for arg in args:
        for old, was in before:
            if old is arg:
                got.append('+' + str(count(arg) - was))
                break
        else:
            got.append(str(count(arg)) if type(arg) in (Spy, Sub, Keyed, Seq, Base, Checked, Prop, list) else '-')
        old = None
    noted.append(name + '(' + ' '.join(got) + ')')
    if len(noted) > 40: raise RuntimeError('too much')
'''
QUIET = '''
class Nowhere:
    def write(self, text): pass
    def flush(self): pass
real, sys.stdout = sys.stdout, Nowhere()
'''


def expected():
    """The names of expected.py, without what it does."""
    scope = {'__file__': os.path.join(HERE, 'expected.py')}
    with open(scope['__file__'], encoding='utf-8') as script:
        exec(script.read().replace('\nmain()\n', '\n'), scope)
    return scope


def spies():
    with open(os.path.join(HERE, 'spies.py'), encoding='utf-8') as script:
        return script.read()


def telling(text):
    """The spies, which note what they are given."""
    lines, given = [], ''
    for line in text.splitlines():
        head = re.match(r'\s*(?:async )?def \w+\((.*?)\):', line)
        if head:
            names = [part.split('=')[0].strip() for part in head[1].split(',') if part.strip()]
            given = ''.join(', ' + name for name in names if not name.startswith('**'))
        lines.append(re.sub(r"note\('(\w+)'\)", lambda found: f"note('{found[1]}'{given})", line))
    return '\n'.join(lines)


def builtins_and_calls(known):
    import builtins
    for name, value in sorted(vars(builtins).items()):
        if type(value).__name__ == 'builtin_function_or_method' and name not in known['LEFT_OUT']:
            yield [(name, arguments) for arguments in known['ARGUMENTS']]
    scope = {'note': lambda *_: None}
    exec(spies(), scope)
    for name, receivers in known['RECEIVERS'].items():
        expression = known['TYPES'].get(name, name)
        owner = eval(expression, scope)
        for method, value in sorted(vars(owner).items()):
            kind = type(value).__name__
            if method == '__new__':
                yield [(expression, arguments) for arguments in known['ARGUMENTS']]
            elif kind in ('classmethod_descriptor', 'staticmethod'):
                yield [(f'{expression}.{method}', arguments) for arguments in known['ARGUMENTS']]
            elif callable(value):
                yield [(f'{expression}.{method}', (receiver, *arguments))
                       for arguments in known['ARGUMENTS'] for receiver in receivers]


def chosen(known):
    """The calls that are looked at: those of each builtin that call different special methods."""
    signal.signal(signal.SIGALRM, known['too_long'])
    scope = {'note': known['note'], '__name__': '__main__'}
    exec(spies(), scope)
    sys.unraisablehook = lambda _: None
    real, nowhere, real_error = sys.stdout, open(os.devnull, 'w'), sys.stderr
    for calls in builtins_and_calls(known):
        seen = set()
        for function, arguments in calls:
            if len(seen) == KINDS:
                break
            before, sys.stdout, sys.stderr = dict(scope), nowhere, nowhere
            signal.setitimer(signal.ITIMER_REAL, 0.3)
            try:
                called = eval(function, scope)
                values = [eval(text.lstrip('*'), scope) for text in arguments]
                plain = [value for value, text in zip(values, arguments) if not text.startswith('*')]
                spread = [item for value, text in zip(values, arguments) if text.startswith('*[') for item in value]
                named = next((value for value, text in zip(values, arguments) if text.startswith('**')), {})
                known['noted'].clear()
                called(*plain, *spread, **named)
            except known['Slow']:
                known['noted'].clear()
            except BaseException:
                pass
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
                names = tuple(dict.fromkeys(known['noted']))
                sys.stdout, sys.stderr = real, real_error
                scope.clear()
                scope.update(before)
            if names and names not in seen:
                seen.add(names)
                yield function, arguments


def program(calls):
    lines = [START, telling(spies()), QUIET]
    for number, (function, arguments) in calls:
        lines.append('def row():')
        given = []
        for index, text in enumerate(arguments):
            stars = len(text) - len(text.lstrip('*'))
            lines.append(f'    a{index} = {text[stars:]}')
            given.append('*' * stars + f'a{index}')
        lines += [f'    called = {function}', '    before.clear()']
        lines += [f'    before.append(({name}, count({name}) + 1))' for name in given if name[0] != '*']
        lines += ['    noted.clear()', f'    try: called({", ".join(given)})', '    except BaseException: pass',
                  '    before.clear()', f'    real.write("{number}\\t" + " ".join(noted) + "\\n")', 'row()']
    return '\n'.join(lines) + '\n'


def measured(command, calls):
    """What is noted, by the number of the call; a call that ends the program is left out of the next one."""
    notes, waiting = {}, calls
    environment = dict(os.environ, PYTHONHASHSEED='0')
    while waiting:
        with tempfile.NamedTemporaryFile('w', suffix='.py') as script:
            script.write(program(waiting))
            script.flush()
            try:
                output = subprocess.run([*command, script.name], stdin=subprocess.DEVNULL, capture_output=True,
                                        env=environment, timeout=60).stdout
            except subprocess.TimeoutExpired as error:
                output = error.stdout or b''
        for line in output.decode().splitlines():
            number, tab, text = line.partition('\t')
            if tab and number.isdigit():
                notes[int(number)] = text
        missing = [call for call in waiting if call[0] not in notes]
        if missing:
            notes[missing[0][0]] = 'it ends here'
        waiting = missing[1:]
    return notes


def main():
    python, wordcode, *words = sys.argv[1:]
    calls = [call for call in chosen(expected())
             if not words or any(word in f'{call[0]}({", ".join(call[1])})' for word in words)]
    calls = list(enumerate(calls))
    differ = 0
    for start in range(0, len(calls), TOGETHER):
        some = calls[start:start + TOGETHER]
        theirs, ours = measured([python], some), measured([wordcode, 'run', '--no-pycache'], some)
        for number, (function, arguments) in some:
            if theirs[number] != ours[number]:
                differ += 1
                print(f'{function}({", ".join(arguments)})\n    {theirs[number]}\n    {ours[number]}')
    print(f'{differ} of {len(calls)} differ')
    sys.stdout.flush()
    os._exit(0)


main()
