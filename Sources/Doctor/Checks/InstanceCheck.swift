import BackupDomain

/// Whether the instance can be seen.
enum InstanceCheck: DoctorCheck {
    static let name = CheckName.instance

    static func judge(_ examination: Examination) -> [Finding] {
        switch examination.instance {
        case .found(let instance): self.ok("\(instance.id)")
        case .missing:
            if let deletion = examination.deletion {
                self.fault(deletion.text, deletion.command)
            } else {
                self.fault(
                    "There is no instance '\(examination.subject.instance)' that this identity can see.",
                    "az apim list --query '[].id' --output tsv; az apim deletedservice list --output table"
                )
            }
        case .hidden(let reason): self.fault(reason, "apim-backup discover")
        case .unanswered(let reason): self.fault(reason, "apim-backup discover", mayPass: true)
        }
    }
}
