visible, _invisible = 1, 2
