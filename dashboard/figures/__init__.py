"""DataFrame in, a plain dict in the schema of Plotly out, nothing else."""
