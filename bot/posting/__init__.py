"""Scheduled posts: a transactional outbox, in which each post is stored before it is sent."""
