//! What has expired is removed, and nothing else.
