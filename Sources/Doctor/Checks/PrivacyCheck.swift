import BackupDomain

/// Whether a container can be read by everybody: a backup holds users, keys and named values.
enum PrivacyCheck: DoctorCheck {
    static let name = CheckName.privacy

    static func judge(_ examination: Examination) -> [Finding] {
        let subject = examination.subject
        return [subject.container, subject.catalogContainer].flatMap { name in
            self.judge(examination.containers[name] ?? .hidden("No call was made."), of: "container \(name)") {
                container in
                guard let access = container["properties"]?["publicAccess"]?.string else {
                    return self.notChecked("Whether \(name) is private was not told: that takes Reader on the account.")
                }
                guard access.lowercased() != "none" else { return self.ok("\(name) is private") }
                return self.fault(
                    "Everybody can read what is in \(name) (public access: \(access)); backups hold users, keys and named values.",
                    nil,
                    fix: subject.containerID(name).map(Fix.makePrivate)
                )
            }
        }
    }
}
