from .sixth import VALUE
