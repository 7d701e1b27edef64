# Union, subscripted: the same unions that | makes.
import _typing

Union = _typing.Union
print(Union[int, str], Union[int], Union[int, None], Union[int, int, str], Union[Union[int, str], bytes])
print(Union[int, str] == int | str, type(Union[int, str]) is Union, Union[list[int], None])
print(Union[None], Union[int, str] == Union[str, int])
try:
    Union[()]
except TypeError as error:
    print(error)
print(Union[int, str].__args__, isinstance(3, Union[int, str]), issubclass(bool, Union[str, int]))
