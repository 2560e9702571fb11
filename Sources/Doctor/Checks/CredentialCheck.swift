import BackupDomain

/// Whether there is a credential, and who the caller is.
enum CredentialCheck: DoctorCheck {
    static let name = CheckName.credential

    static func judge(_ examination: Examination) -> [Finding] {
        switch examination.caller {
        case .found(let caller):
            let id =
                caller.objectID.map { ", object id \($0)" } ?? caller.applicationID.map { ", application \($0)" } ?? ""
            return self.ok("\(caller.credential)\(id)")
        case .missing: return self.fault("No credential could be had.", "apim-backup credentials test")
        case .hidden(let reason): return self.fault(reason, "apim-backup credentials test")
        case .unanswered(let reason): return self.fault(reason, "apim-backup credentials test", mayPass: true)
        }
    }
}
