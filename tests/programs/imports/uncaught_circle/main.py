import left
