print("running", __name__, __package__, len(__path__), __file__.endswith("shapes/__init__.py"))
from . import circle
from .flat import square as inner

VALUE = inner.area(2)
__all__ = ["VALUE", "late", "circle"]


def __getattr__(name):
    if name == "lazy":
        return "made on demand"
    raise AttributeError(f"no {name} in here")
