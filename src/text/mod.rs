//! Source files: bytes to text, lines, spans.
