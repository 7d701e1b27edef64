"""_opcode: what dis asks of opcodes."""

import _opcode
def t(s):
    try: print(s, eval(s))
    except Exception as e: print(s, repr(e))
for s in """_opcode.stack_effect(1000)
_opcode.stack_effect(100)
_opcode.stack_effect(44,5)
_opcode.stack_effect(27)
_opcode.stack_effect(27,5)
_opcode.stack_effect(27,jump=2)
_opcode.stack_effect('a')
_opcode.stack_effect(27,'a')
_opcode.stack_effect()
_opcode.has_arg(-1)
_opcode.has_arg("a")
_opcode.is_valid(3000)
_opcode.get_executor(code=(lambda:0).__code__, offset=0)
_opcode.get_executor(code=(lambda:0).__code__, offset=1)
_opcode.get_executor(code=(lambda:0).__code__, offset=1000)
_opcode.get_executor(code=1, offset=1)
_opcode.ENABLE_SPECIALIZATION, _opcode.ENABLE_SPECIALIZATION_FT
_opcode.get_specialization_stats()
_opcode.get_intrinsic1_descs(), _opcode.get_intrinsic2_descs()
_opcode.get_special_method_names(), _opcode.get_nb_ops()
_opcode.stack_effect(70, 2**31)
_opcode.stack_effect(70, 2**70)
_opcode.is_valid()""".splitlines(): t(s)
names = [n for n in dir(_opcode) if n.startswith(('has_','is_'))]
for op in list([-2, -1, 0, 1, 2, *range(4, 129)]) + list(range(256, 300)):
    print(op, ''.join('01'[getattr(_opcode, n)(op)] for n in names), end=' ')
    # Effects of opcodes that no compiler emits are not asked for.
    for arg in () if 128 < op < 256 else (None, 0, 1, 2, 3, 5, 256, 257, 515):
        for jump in (None, True, False):
            try: r = _opcode.stack_effect(op, arg, jump=jump)
            except Exception as e: r = str(e)
            print(r, end=' ')
    print()
print(names)
