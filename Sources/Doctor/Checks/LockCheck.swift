import BackupDomain

/// Whether a lock forbids the POST of a backup.
///
/// Source: <https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources>: a read-only lock forbids POST.
enum LockCheck: DoctorCheck {
    static let name = CheckName.locks

    static func judge(_ examination: Examination) -> [Finding] {
        self.judge(examination.locks, of: "instance") { locks in
            let blocking = locks.filter { $0.level.lowercased() == "readonly" }
            guard let first = blocking.first else {
                return self.ok(locks.isEmpty ? "none" : "\(locks.count), none of which forbids a backup")
            }
            let ids = blocking.map { "'\($0.id)'" }.joined(separator: " ")
            return self.fault(
                "A read-only lock on the instance, or above it, forbids backups: \(first.id).",
                "az lock delete --ids \(ids)  # a CanNotDelete lock protects as well and does not forbid them"
            )
        }
    }
}
