from .fifth import VALUE
