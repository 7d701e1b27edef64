# Counting words: text, dicts, sorting.
text = """The quick brown fox jumps over the lazy dog. The dog sleeps;
the fox runs! Quick, quick, said the fox."""
counts = {}
for raw in text.split():
    word = raw.strip(".,;!").lower()
    if word:
        counts[word] = counts.get(word, 0) + 1
for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:6]:
    print(f"{word:<8}{count:>3} {'*' * count}")
longest = max(counts, key=len)
print(longest, len(longest), sum(counts.values()), len(counts))
by_length = {}
for word in counts:
    by_length.setdefault(len(word), []).append(word)
for length in sorted(by_length):
    print(length, sorted(by_length[length]))
print(" ".join(word.capitalize() for word in sorted(set(text.lower().split()))[:5]))
print("".join(reversed("stressed")), "level" == "level"[::-1], text.count("fox"), text.lower().find("lazy"))
