import BackupDomain

/// The line of `run --format json` that carries a record which no container or folder took.
struct RecordLine: Encodable {
    var type = "record"
    var record: RunRecord
}
