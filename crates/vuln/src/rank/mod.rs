//! What matters: SSVC, CVSS with the environment, exposure, memory; joined to one risk with reasons.
