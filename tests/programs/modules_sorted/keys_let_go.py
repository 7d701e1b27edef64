"""The keys of a sort are let go while the list is still empty, in their order; those of a failed one, too."""

noted = []


class Key:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        if "fail" in (self.value, other.value):
            raise LookupError(self.value)
        return self.value < other.value

    def __del__(self):
        noted.append((self.value, len(data)))


def show(**how):
    try:
        data.sort(**how)
    except Exception as error:
        lines, trace = [], error.__traceback__
        while trace:
            lines.append(trace.tb_frame.f_code.co_name)
            trace = trace.tb_next
        print(type(error).__name__, error, lines, error.__context__)
        trace = None
    print(data, noted)
    noted.clear()


data = [3, 1, 4, 1, 5, 9, 2, 6]
show(key=Key)
show(key=Key, reverse=True)
data = ["b", "a", "fail", "c"]
show(key=Key)
data = [3, 2, 0, 1]
show(key=lambda item: Key(1 // item))


class Killer(Key):
    def __del__(self):
        del data[:]
        data[:] = range(3)


data = [3, 1, 2]
show(key=Killer)
