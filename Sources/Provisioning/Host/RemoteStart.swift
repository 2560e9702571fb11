package import FoundationEssentials

/// A backup that was started in Azure.
package struct RemoteStart: Sendable, Hashable {
    /// The host's own name of it: that of an execution or of a run.
    package var name: String
    /// When Azure took the call, by its own clock; nil where it did not say.
    package var at: Date?
}
