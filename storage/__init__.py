"""The database: all SQL, the records, and the pure rules of search and merging."""
