import ring
ring.third
