#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dr_tests::fuzz::run("persisted_sheet", data));
