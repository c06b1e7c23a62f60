"""The science as pure functions, each naming its method and its measured limits."""
