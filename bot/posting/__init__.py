"""Scheduled posts: a transactional outbox. What is sent is stored before it is sent."""
