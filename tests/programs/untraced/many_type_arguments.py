# Arguments into which nothing is put are passed over one by one, however many there are.
import _typing

T = _typing.TypeVar('T')
many = tuple[(1, 'x', None) * 30000 + (T,)]
print(many.__parameters__, len(many[int].__args__), many[int].__args__[-1])
