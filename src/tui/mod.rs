//! Rows to screen: the only place that knows a terminal.
