import BackupDomain

/// Whether the two containers are there.
enum ContainerCheck: DoctorCheck {
    static let name = CheckName.containers

    static func judge(_ examination: Examination) -> [Finding] {
        let subject = examination.subject
        let needed = subject.isInventoryOnly ? [] : [subject.container]
        return (needed + [subject.catalogContainer]).flatMap { name in
            self.judge(
                examination.containers[name] ?? .hidden("No call was made."),
                missing: {
                    let fix = Fix.createContainer(
                        account: subject.account,
                        name: name,
                        id: subject.containerID(name)
                    )
                    // The first run makes them where it may; only then they need nobody.
                    return self.warning(
                        "The container \(name) is not there yet; the first run makes it where it may.",
                        nil,
                        fix: fix
                    )
                },
                { _ in self.ok("\(name) is there") }
            )
        }
    }
}
