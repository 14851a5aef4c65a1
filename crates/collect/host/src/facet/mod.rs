//! One file a facet of the host itself: its shape, what it reads, how it is read. The table is [`FACETS`].
pub(crate) mod accounts;
pub(crate) mod apparmor;
pub(crate) mod audit_rules;
pub(crate) mod auditd;
pub(crate) mod automatic_updates;
pub(crate) mod banners;
pub(crate) mod boot_loader;
pub(crate) mod cloud_instance;
pub(crate) mod cpu;
pub(crate) mod cron;
pub(crate) mod crypto_policy;
pub(crate) mod display_manager;
pub(crate) mod files;
pub(crate) mod firewall_config;
pub(crate) mod firewall_live;
pub(crate) mod fstab;
pub(crate) mod identity;
pub(crate) mod integrity;
pub(crate) mod kernel_cmdline;
pub(crate) mod kernel_config;
pub(crate) mod limits;
pub(crate) mod listeners;
pub(crate) mod loaded;
pub(crate) mod logging;
pub(crate) mod login_policy;
pub(crate) mod loose_files;
pub(crate) mod mail;
pub(crate) mod modules_config;
pub(crate) mod modules_loaded;
pub(crate) mod mounts;
pub(crate) mod network;
pub(crate) mod packages;
pub(crate) mod pam;
pub(crate) mod private_keys;
pub(crate) mod privileged_files;
pub(crate) mod repositories;
pub(crate) mod root_environment;
pub(crate) mod selinux;
pub(crate) mod sudoers;
pub(crate) mod sysctl_persisted;
pub(crate) mod sysctl_running;
pub(crate) mod time_sync;
pub(crate) mod units;
pub(crate) mod units_active;
pub(crate) mod updates;

use crate::def::FacetDef;

/// Every facet of a `host`, in the order of their names.
pub(crate) const FACETS: &[FacetDef] = &[
    accounts::DEF,
    apparmor::DEF,
    audit_rules::DEF,
    auditd::DEF,
    automatic_updates::DEF,
    banners::DEF,
    boot_loader::DEF,
    cloud_instance::DEF,
    cpu::DEF,
    cron::DEF,
    crypto_policy::DEF,
    display_manager::DEF,
    files::DEF,
    firewall_config::DEF,
    firewall_live::DEF,
    fstab::DEF,
    identity::DEF,
    integrity::DEF,
    kernel_cmdline::DEF,
    kernel_config::DEF,
    limits::DEF,
    listeners::DEF,
    loaded::DEF,
    logging::DEF,
    login_policy::DEF,
    loose_files::DEF,
    mail::DEF,
    modules_config::DEF,
    modules_loaded::DEF,
    mounts::DEF,
    network::DEF,
    packages::DEF,
    pam::DEF,
    private_keys::DEF,
    privileged_files::DEF,
    repositories::DEF,
    root_environment::DEF,
    selinux::DEF,
    sudoers::DEF,
    sysctl_persisted::DEF,
    sysctl_running::DEF,
    time_sync::DEF,
    units::DEF,
    units_active::DEF,
    updates::DEF,
];
