import BackupDomain

/// Whether the instance can be seen.
enum InstanceCheck: DoctorCheck {
    static let name = CheckName.instance

    static func judge(_ examination: Examination) -> [Finding] {
        switch examination.instance {
        case .found(let instance): self.ok("\(instance.id)")
        case .missing:
            self.fault(
                "There is no instance '\(examination.subject.instance)' that this identity can see.",
                "az apim list --query '[].id' --output tsv; of a deleted one: az apim deletedservice list"
            )
        case .hidden(let reason): self.fault(reason, "apim-backup discover")
        case .unanswered(let reason): self.fault(reason, "apim-backup discover", mayPass: true)
        }
    }
}
