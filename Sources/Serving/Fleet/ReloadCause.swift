/// Why the settings are looked at again.
package enum ReloadCause: Sendable, Hashable {
    /// Somebody asked for it: SIGHUP.
    case asked
    /// The scheduler looked what is due, and so does whoever minds the file.
    case looked
}
