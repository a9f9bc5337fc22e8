//! A process that crashes must not leave its memory behind: passwords and the key are in it.

/// From here on the kernel writes no core dump of this process, and nobody but root attaches to it (`PR_SET_DUMPABLE`; a
/// limit of its size alone would not stop one that goes to a program). Other systems than Linux: see the administrator's guide of
/// theirs.
pub(crate) fn forbid() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)
    {
        tracing::warn!(%error, "a crash may leave a core dump with secrets in it");
    }
}
