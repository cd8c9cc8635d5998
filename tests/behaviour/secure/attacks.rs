//! Tries to get a route past the router unsaid.
