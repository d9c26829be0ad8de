"""Records in, embeds and views out."""
