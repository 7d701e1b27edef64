# Objects that are called know how, and the dict of a partial cannot be deleted.
import _functools
import _operator
from _collections import OrderedDict

print(_operator.attrgetter("a").__text_signature__, _operator.attrgetter.__text_signature__)
print(_operator.itemgetter(1).__text_signature__, _operator.methodcaller("a").__text_signature__)
print(_functools.cmp_to_key(lambda a, b: 0).__text_signature__)
for holder in [_functools.partial(int), OrderedDict(), ValueError(), len.__class__]:
    try:
        del holder.__dict__
        print(holder.__dict__)
    except (TypeError, AttributeError) as error:
        print(error)


class Plain:
    pass


plain = Plain()
plain.x = 1
del plain.__dict__
print(plain.__dict__)
