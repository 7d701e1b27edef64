# -*- coding: latin-1 -*-
x = "é" + y ; z = f"é{x}"
