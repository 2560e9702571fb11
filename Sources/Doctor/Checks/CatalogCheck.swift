import BackupDomain
import BackupEngine
import Deployment

/// Whether records can be written: tried, and deleted again.
enum CatalogCheck: DoctorCheck {
    static let name = CheckName.catalog

    static func judge(_ examination: Examination) -> [Finding] {
        let container = examination.subject.catalogContainer
        return self.judge(examination.trial, of: "container \(container)") { error in
            guard let error else { return self.ok("wrote into \(container), and deleted it again") }
            if error.code == .blobProtected {
                return self.notChecked("What was written into \(container) may not be deleted again: see immutability.")
            }
            guard error.code == .permissionDenied else {
                return self.fault(
                    "Writing into \(container) failed: \(error.message)",
                    error.remedy,
                    mayPass: error.code.mayPass
                )
            }
            let grant = MissingRole(
                .blobContributor,
                to: examination.caller.value?.objectID,
                principalType: nil,
                on: examination.subject.containerID(container)
            )
            return self.fault(
                "Records cannot go into \(container): \(error.message)",
                grant == nil ? error.remedy : nil,
                fix: grant.map(Fix.assignRole)
            )
        }
    }
}
