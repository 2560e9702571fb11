import BackupDomain

/// Whether a rule of the account deletes backups or records before our own rules do.
///
/// Source: <https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-policy-structure>
enum LifecycleCheck: DoctorCheck {
    static let name = CheckName.lifecycle

    static func judge(_ examination: Examination) -> [Finding] {
        let subject = examination.subject
        return self.judge(
            examination.lifecycle,
            missing: { self.ok("no rules") },
            { policy in
                let rules = policy["properties"]?["policy"]?["rules"]?.array ?? []
                let early = rules.compactMap { Self.early($0, subject) }
                guard let first = early.first else {
                    return self.ok(rules.isEmpty ? "no rules" : "no rule deletes what is still needed")
                }
                return self.fault(
                    first,
                    "az storage account management-policy show --account-name \(subject.account) --resource-group "
                        + "\(subject.accountID?.resourceGroup ?? "GROUP")  # take the containers out of the rule, or let retention do it"
                )
            }
        )
    }

    /// What a rule deletes too early; nil where it does not.
    private static func early(_ rule: JSONValue, _ subject: Subject) -> String? {
        guard rule["enabled"] != .boolean(false), let definition = rule["definition"] else { return nil }
        let deletion = definition["actions"]?["baseBlob"]?["delete"]?.object ?? [:]
        let days = deletion.values.compactMap(\.integer).min()
        guard let days else { return nil }
        let prefixes = (definition["filters"]?["prefixMatch"]?.array ?? []).compactMap(\.string)
        let name = rule["name"]?.string ?? "?"
        func isConcerned(_ container: String) -> Bool {
            prefixes.isEmpty
                || prefixes.contains { $0.hasPrefix("\(container)/") || container.hasPrefix($0) || $0 == container }
        }
        if isConcerned(subject.catalogContainer) {
            return "The rule '\(name)' deletes records in \(subject.catalogContainer) after \(days) days."
        }
        let wanted = max(30, subject.retention.keepWithinDays ?? 0)
        guard isConcerned(subject.container), days < wanted else { return nil }
        return "The rule '\(name)' deletes backups after \(days) days, which are wanted for \(wanted)."
    }
}
