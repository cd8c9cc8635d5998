//! Chapters, one for each task.
