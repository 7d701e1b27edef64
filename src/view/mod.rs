//! History to rows of plain data, one file per pane; no terminal library in here.
