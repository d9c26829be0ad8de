"""All of the SQL, and nothing else."""
