package import FoundationEssentials

/// An instance that was deleted and that Azure still keeps: for 48 hours it can be brought back whole.
///
/// Source: <https://learn.microsoft.com/azure/api-management/soft-delete>
package struct DeletedInstance: Sendable, Hashable {
    /// The resource id that it had.
    package var id: ResourceID
    /// The region.
    package var location: String
    /// When it was deleted; nil where Azure does not say.
    package var deletedAt: Date?
    /// When it is gone for good; nil where Azure does not say.
    package var purgesAt: Date?

    /// Creates a value.
    package init(id: ResourceID, location: String, deletedAt: Date?, purgesAt: Date?) {
        self.id = id
        self.location = location
        self.deletedAt = deletedAt
        self.purgesAt = purgesAt
    }

    /// What there is to say of it, in one sentence.
    ///
    /// - Parameter now: The present instant.
    /// - Returns: The sentence.
    package func sentence(at now: Date) -> String {
        let when = self.deletedAt.map { " \($0.wholeSeconds.iso8601)" } ?? ""
        let left = self.purgesAt.map { purge in
            let left = Duration.seconds(max(0, purge.timeIntervalSince(now).rounded())).formattedBriefly
            return " for \(left) more, until \(purge.wholeSeconds.iso8601)"
        }
        return
            "\(self.id.name) was deleted\(when), and Azure brings it back with all that it held\(left ?? " for 48 hours")."
    }
}
