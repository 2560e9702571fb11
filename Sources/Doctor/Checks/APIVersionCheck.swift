import BackupDomain

/// Whether the instance takes the api-version in use.
enum APIVersionCheck: DoctorCheck {
    static let name = CheckName.apiVersion

    static func judge(_ examination: Examination) -> [Finding] {
        self.judge(examination.instance, of: "instance") { instance in
            let used = examination.subject.apiVersion
            guard let minimum = instance.minimumAPIVersion, used.prefix(10) < minimum.prefix(10) else {
                return self.ok(
                    "\(used)\(instance.minimumAPIVersion.map { "; the instance takes \($0) and newer" } ?? "")"
                )
            }
            return self.fault(
                "The instance takes api-versions from \(minimum) on, and \(used) is in use.",
                "Say --api-version \(minimum), or apiVersion: \(minimum) in the settings"
            )
        }
    }
}
