//! libFuzzer's entry point to [`axum_scopes_fuzz::signing_keys`].
#![no_main]
#![allow(unsafe_code, reason = "the entry point has a fixed name")]

libfuzzer_sys::fuzz_target!(|data: &[u8]| axum_scopes_fuzz::signing_keys(data));
