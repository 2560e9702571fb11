import BackupDomain
import FoundationEssentials

/// An instance that was deleted and can still be brought back; the field `deleted` of `status --format json`.
struct DeletedNotice: Encodable {
    /// The resource id that it had.
    var id: ResourceID
    /// When it was deleted and how long it can be brought back, in one sentence.
    var text: String
    /// When it was deleted; nil where Azure does not say.
    var deletedAt: Date?
    /// Until when it can be brought back; nil where Azure does not say.
    var recoverableUntil: Date?
    /// The command that brings it back.
    var command: String

    /// The lines for a person.
    var lines: [String] { ["warning: \(self.text)", "  \(self.command)"] }

    private enum CodingKeys: String, CodingKey { case text, deletedAt, recoverableUntil, command }
}
