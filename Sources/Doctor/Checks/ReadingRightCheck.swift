import BackupDomain
import Deployment

/// Whether the caller can see the backups: without that every run ends unverified.
enum ReadingRightCheck: DoctorCheck {
    static let name = CheckName.rightToReadBackups

    static func judge(_ examination: Examination) -> [Finding] {
        let container = examination.subject.container
        switch examination.listing {
        case .found(let count):
            let blobs = "\(count) \(count == 1 ? "blob begins" : "blobs begin")"
            return self.ok("can list \(container): \(blobs) with \(examination.subject.instance)")
        case .missing: return self.notChecked("There is no container \(container) to look at.")
        case .unanswered(let reason):
            return self.fault("Backups cannot be seen now: \(reason)", "apim-backup credentials test", mayPass: true)
        case .hidden(let reason):
            let grant = MissingRole(
                .blobReader,
                to: examination.caller.value?.objectID,
                principalType: nil,
                on: examination.subject.containerID(container)
            )
            return self.fault(
                "Backups cannot be seen, so that every run ends unverified: \(reason)",
                grant == nil ? examination.permissionsCommand : nil,
                fix: grant.map(Fix.assignRole)
            )
        }
    }
}
