package import FoundationEssentials

/// Which of an instance's backups somebody wants back.
package enum RestoreSelector: Sendable, Hashable {
    /// The newest good one.
    case latest
    /// The newest good one that was made by then.
    case at(Date)
    /// The one of this name.
    case named(String)
}
