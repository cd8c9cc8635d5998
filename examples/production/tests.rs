//! The service, called without a socket.
