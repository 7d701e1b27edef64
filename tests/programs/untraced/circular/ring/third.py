import ring.fourth
VALUE = 3
