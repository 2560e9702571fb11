import EmulatorRuntime
import Foundation

/// The blob of a backup.
///
/// Azure's own format is not public; ours holds what a restore must know, and is as large as a real one.
struct BackupFile {
    let tier: String
    let createdAt: Date
    let sourceID: String
    let configuration: ContentNode
    let content: Data

    private static let format = "azure-emulator/apim-backup/1"

    init(instance: ApiManagementInstance, createdAt: Date) {
        self.tier = instance.tier.rawValue
        self.createdAt = createdAt
        self.sourceID = instance.id.path
        self.configuration = instance.configuration.contents
        let head: JSON = [
            "format": .string(Self.format), "tier": .string(self.tier),
            "createdAt": .string(Instant.text(createdAt)), "sourceId": .string(self.sourceID),
            "configuration": self.configuration.document,
        ]
        let bytes = head.data
        // White space after the value is still JSON, and costs no time to read.
        let size = instance.behaviour.backupBytes
        // Zero is asked for by worlds whose backups are to be worthless.
        self.content = size == 0 ? Data() : bytes + Data(repeating: 0x20, count: max(0, size - bytes.count))
    }

    /// Reads a blob; nil where it is not a backup.
    init?(content: Data) {
        guard let head = try? JSONParser.parse(content).value, head["format"]?.string == Self.format,
            let tier = head["tier"]?.string, let createdAt = head["createdAt"]?.string.flatMap(Instant.date),
            let sourceID = head["sourceId"]?.string,
            let configuration = head["configuration"].flatMap({ try? ContentNode(document: $0) })
        else { return nil }
        self.tier = tier
        self.createdAt = createdAt
        self.sourceID = sourceID
        self.configuration = configuration
        self.content = content
    }
}
