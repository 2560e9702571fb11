import BackupDomain

/// Whether an immutability policy or a legal hold stands in the way.
enum ImmutabilityCheck: DoctorCheck {
    static let name = CheckName.immutability
    static let telling = CheckTelling.warnings

    static func judge(_ examination: Examination) -> [Finding] {
        let subject = examination.subject
        return [subject.container, subject.catalogContainer].flatMap { name in
            self.judge(examination.containers[name] ?? .hidden("No call was made."), of: "container \(name)") {
                container in
                guard let properties = container["properties"], properties["hasImmutabilityPolicy"] != nil else {
                    return self.notChecked(
                        "Whether \(name) is protected was not told: that takes Reader on the account."
                    )
                }
                let why =
                    properties["hasLegalHold"] == .boolean(true)
                    ? "a legal hold"
                    : properties["hasImmutabilityPolicy"] == .boolean(true) ? "an immutability policy" : nil
                guard let why else { return self.ok("\(name) is under none") }
                let show =
                    "az storage container show --auth-mode login --account-name \(subject.account) --name \(name)"
                if name == subject.catalogContainer {
                    return self.fault("\(name) is under \(why): records are written anew while a run goes on.", show)
                }
                if subject.isPruned {
                    return self.warning("\(name) is under \(why): retention deletes nothing before it ends.", show)
                }
                return self.ok("\(name) is under \(why): nobody deletes backups before it ends")
            }
        }
    }
}
