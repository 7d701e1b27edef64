# Conway's game of life on a set of cells.
def step(cells):
    neighbours = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    key = (x + dx, y + dy)
                    neighbours[key] = neighbours.get(key, 0) + 1
    return {cell for cell, n in neighbours.items() if n == 3 or n == 2 and cell in cells}


def show(cells, size=6):
    for y in range(size):
        print("".join("#" if (x, y) in cells else "." for x in range(size)))


glider = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
for generation in range(3):
    print("generation", generation, len(glider))
    show(glider)
    glider = step(glider)
print(sorted(glider))
