# What a class is to a pattern, where it derives from both a sequence and a mapping: what comes first counts.
import _abc


class Sequence:
    __abc_tpflags__ = 1 << 5


class Mapping:
    __abc_tpflags__ = 1 << 6


_abc._abc_init(Sequence)
_abc._abc_init(Mapping)


class SequenceDict(Sequence, dict): pass
class DictSequence(dict, Sequence): pass
class MappingList(Mapping, list): pass
class ListMapping(list, Mapping): pass
class Derived(MappingList): pass
class Both(Sequence, Mapping): __len__ = lambda self: 0
class Neither(str): pass


def kind(subject):
    match subject:
        case [*_]:
            return "sequence"
        case {}:
            return "mapping"
        case _:
            return "neither"


for cls in (SequenceDict, DictSequence, MappingList, ListMapping, Derived, Both, Neither, bytes, tuple, dict, range):
    print(cls.__name__, kind(cls() if cls is not range else range(2)))
