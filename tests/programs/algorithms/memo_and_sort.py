# Merge sort, quick sort, binary search, and a memo in a dict.
def merge_sort(items):
    if len(items) <= 1:
        return items
    middle = len(items) // 2
    left, right = merge_sort(items[:middle]), merge_sort(items[middle:])
    merged = []
    while left and right:
        merged.append(left.pop(0) if left[0] <= right[0] else right.pop(0))
    return merged + left + right


def quick_sort(items):
    if not items:
        return []
    pivot, *rest = items
    return quick_sort([x for x in rest if x < pivot]) + [pivot] + quick_sort([x for x in rest if x >= pivot])


def search(items, wanted):
    low, high = 0, len(items) - 1
    while low <= high:
        middle = (low + high) // 2
        if items[middle] == wanted:
            return middle
        if items[middle] < wanted:
            low = middle + 1
        else:
            high = middle - 1
    return -1


data = [(i * 7919) % 1000 for i in range(30)]
print(merge_sort(data) == quick_sort(data) == sorted(data), merge_sort(data)[:8])
ordered = sorted(data)
print([search(ordered, x) for x in ordered[:5]], search(ordered, -1))


def change(amount, coins, memo):
    if amount == 0:
        return 1
    if amount < 0 or not coins:
        return 0
    key = amount, len(coins)
    if key not in memo:
        memo[key] = change(amount - coins[0], coins, memo) + change(amount, coins[1:], memo)
    return memo[key]


memo = {}
print(change(60, (50, 25, 10, 5, 1), memo), len(memo))


def collatz(n):
    steps = [n]
    while n > 1:
        n = 3 * n + 1 if n % 2 else n // 2
        steps.append(n)
    return steps


print(collatz(6), max(range(1, 20), key=lambda n: len(collatz(n))))
