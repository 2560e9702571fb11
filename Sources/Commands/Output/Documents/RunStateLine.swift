import BackupDomain
import Foundation

/// One line of `run --format json` for a change of state.
struct RunStateLine: Encodable {
    var type = "state"
    var kind: RunKind
    var run: RunID
    var instance: String
    var state: RunState
    var at: Date
    var detail: String?
    var backupName: String?
    var requestID: String?

    init?(_ record: RunRecord) {
        guard let last = record.history.last else { return nil }
        self.kind = record.kind
        self.run = record.run
        self.instance = record.instance.name
        self.state = last.state
        self.at = last.at
        self.detail = last.detail
        self.backupName = record.attempts.last?.backupName
        self.requestID = record.attempts.last?.requestID
    }

    private enum CodingKeys: String, CodingKey {
        case type, kind, run, instance, state, at, detail, backupName
        case requestID = "requestId"
    }
}
