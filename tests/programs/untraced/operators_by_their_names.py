"""What a special method makes of operands that its type leaves to the other one."""


def t(f, *args, **keywords):
    try:
        print(repr(f(*args, **keywords)))
    except BaseException as error:
        print(type(error).__name__, error, *getattr(error, "__notes__", ()))


f=lambda:0
t(f.__get__)
t(f.__get__,1,2,3)
t(property().__get__)
t(classmethod(f).__get__,1,2,3)
t(property().__set__,1)
t(f.__setattr__,1)
t([].__setitem__,1)
t([].__delitem__,1,2)
t(pow,2,3.0,5)
t(pow,2j,3,5)
t(pow,2,3,5.0)
t(pow,'a',3,5)
t(pow,2,'a',5)
t(pow, 2,3,'x')
t(pow,2.0,'a',3)
t(pow,'x',2j,3)
class N(int): pass
t(pow,N(2),3,5)
t(pow,2,N(3),5.0)
class L(list): pass
t(lambda: L([1])*'x')
t(lambda: 'x'*L())
t(lambda: N(2)*[1])
t(lambda:[1]*N(2))
t(lambda: N(2)+'a')
t(lambda: 'a'+N(2))
t(lambda: 2.5*[1])
t(lambda: b''<bytearray(b'x'))
t(lambda: bytearray(b'x')>b'')
t(lambda: b'x'==bytearray(b'x'))
t(lambda: bytearray(b'x')==b'x')
t(lambda: b'x'!=bytearray(b'x'))
class B(bytes): pass
t(lambda: B(b'x')<bytearray(b'y'))
t(lambda: B(b'x')==b'x')
t(lambda: b'x'==B(b'x'))
t(lambda: N(5)%2.5)
t(lambda: divmod(N(5),2.5))
t(lambda: divmod(2.5,N(5)))
t(lambda: 'a%s'%N(5))
t(lambda: N(5)%'x')
t(lambda: N(5)%[])
t(divmod,1,2j)
t(divmod,'a',1)
class S(str): pass
t(lambda: S('%s')%1)
t(lambda:5%S('x'))
t(lambda:b'%d'%5)
t(lambda:5%b'')
t(lambda: L([1])+[2])
t(lambda:[2]+L([1]))
x=L([1])
x*=2
print(x)
x=[1]
try: x*='a'
except TypeError as e: print(e)
x=bytearray(b'a')
try: x*='a'
except TypeError as e: print(e)
x=(1,)
try: x*=1.5
except TypeError as e: print(e)
