"""One function per question: f(dataset, filter, ...) -> DataFrame."""
