import BackupDomain
import FoundationEssentials

/// An instance that was deleted and can still be brought back; the field `deleted` of `status --format json`.
struct DeletedNotice: Encodable {
    /// The instance.
    let instance: DeletedInstance
    /// When it was deleted and how long it can be brought back, in one sentence.
    let text: String
    /// The command that brings it back.
    let command: String

    /// Says it at an instant.
    ///
    /// - Parameters:
    ///   - instance: The instance.
    ///   - command: The command that brings it back.
    ///   - now: The present instant.
    init(_ instance: DeletedInstance, command: String, at now: Date) {
        self.instance = instance
        self.text = instance.sentence(at: now)
        self.command = command
    }

    /// The lines for a person.
    var lines: [String] { ["warning: \(self.text)", "  \(self.command)"] }

    private enum CodingKeys: String, CodingKey { case text, deletedAt, recoverableUntil, command }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.text, forKey: .text)
        try container.encodeIfPresent(self.instance.deletedAt, forKey: .deletedAt)
        try container.encodeIfPresent(self.instance.purgesAt, forKey: .recoverableUntil)
        try container.encode(self.command, forKey: .command)
    }
}
