#![no_main]
use casemate_collect_aws::fuzz::TARGETS;

libfuzzer_sys::fuzz_target!(init: casemate_fuzz::begin(TARGETS), |data: &[u8]| casemate_fuzz::run(TARGETS, data));
