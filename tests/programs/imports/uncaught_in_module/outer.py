from inner.deep import work

work(0)
