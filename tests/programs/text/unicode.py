# Letters beyond ASCII: length, case, order, and sets of them.
for word in ["naïve", "ΑΘΗΝΑ", "σίγμας", "İstanbul", "ǅ", "ﬁn", "Ⅷ", "ß"]:
    print(word, len(word), word.upper(), word.lower(), word.title(), word.casefold(), word.swapcase())
print("é" == "e\u0301", len("e\u0301"), "é" < "z", "é" > "z", sorted(["zebra", "éclair", "apple", "Zoo"]))
print("Ⅷ".isnumeric(), "²".isdigit(), "²".isdecimal(), "٣".isdecimal(), "日".isalpha(), "ǅ".istitle(), "_é1".isidentifier())
été = "summer"
print(été, "été" in globals())
print("日本語".encode("utf-8"), b"\xe6\x97\xa5".decode(), "é".encode("latin-1"), "abc".encode("ascii"))
print("a\u00e9\u20ac\U0001f40d".encode("utf-8"), len("\U0001f40d"), "\U0001f40d"[0] == "\U0001f40d")
for what in (lambda: "é".encode("ascii"), lambda: b"\xff".decode(), lambda: b"\xc3".decode(), lambda: "\ud800".encode()):
    try:
        what()
    except UnicodeError as error:
        print(type(error).__name__, error)
print("é".encode("ascii", "replace"), "é".encode("ascii", "ignore"), b"a\xffb".decode("utf-8", "replace"), b"a\xffb".decode("utf-8", "ignore"), "é".encode("ascii", "backslashreplace"))
