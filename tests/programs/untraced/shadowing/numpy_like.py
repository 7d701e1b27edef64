try:
    import numpy_like
    numpy_like.array
except AttributeError as error:
    print(str(error).replace(__file__, "{file}"))
try:
    from numpy_like import array
except ImportError as error:
    print(str(error).replace(__file__, "{file}"))
