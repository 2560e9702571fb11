import BackupDomain

/// Whether a rule of the account deletes backups or records before our own rules do, or moves them where nobody can read them.
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
                    return self.archiving(rules, subject)
                }
                return self.fault(
                    first,
                    self.remedy(subject, "take the containers out of the rule, or let retention do it")
                )
            }
        )
    }

    private static func remedy(_ subject: Subject, _ advice: String) -> String {
        "az storage account management-policy show --account-name \(subject.account) --resource-group "
            + "\(subject.accountID?.resourceGroup ?? "GROUP")  # \(advice)"
    }

    /// Judges the rules that move blobs to the tier Archive: from there Azure restores nothing, and nobody reads a record.
    ///
    /// Source: <https://learn.microsoft.com/azure/storage/blobs/archive-rehydrate-overview>
    private static func archiving(_ rules: [JSONValue], _ subject: Subject) -> [Finding] {
        guard let first = rules.lazy.compactMap({ Self.archived($0, subject) }).first else {
            return self.ok(rules.isEmpty ? "no rules" : "no rule deletes or archives what is still needed")
        }
        return self.warning(first, self.remedy(subject, "take the containers out of the rule, or use the tier Cold"))
    }

    /// What a rule moves to the tier Archive too early; nil where it does not.
    private static func archived(_ rule: JSONValue, _ subject: Subject) -> String? {
        guard let (days, concerns) = Self.reach(of: rule, "tierToArchive") else { return nil }
        let name = rule["name"]?.string ?? "?"
        if concerns(subject.catalogContainer) {
            return
                "The rule '\(name)' moves records in \(subject.catalogContainer) to the tier Archive after \(days) days: "
                + "nobody can read them there."
        }
        guard concerns(subject.container), days < 30 else { return nil }
        return
            "The rule '\(name)' moves backups to the tier Archive after \(days) days: from there Azure restores nothing "
            + "until they are brought back, which takes hours."
    }

    /// What a rule deletes too early; nil where it does not.
    private static func early(_ rule: JSONValue, _ subject: Subject) -> String? {
        guard let (days, concerns) = Self.reach(of: rule, "delete") else { return nil }
        let name = rule["name"]?.string ?? "?"
        if concerns(subject.catalogContainer) {
            return "The rule '\(name)' deletes records in \(subject.catalogContainer) after \(days) days."
        }
        let wanted = max(30, subject.retention.keepWithinDays ?? 0)
        guard concerns(subject.container), days < wanted else { return nil }
        return "The rule '\(name)' deletes backups after \(days) days, which are wanted for \(wanted)."
    }

    /// After how many days a rule does something to blobs, and in which containers; nil where it does not.
    private static func reach(
        of rule: JSONValue,
        _ action: String
    ) -> (days: Int64, concerns: (_ container: String) -> Bool)? {
        guard rule["enabled"] != .boolean(false), let definition = rule["definition"],
            let days = definition["actions"]?["baseBlob"]?[action]?.object?.values.compactMap(\.integer).min()
        else { return nil }
        let prefixes = (definition["filters"]?["prefixMatch"]?.array ?? []).compactMap(\.string)
        return (
            days,
            { container in
                prefixes.isEmpty
                    || prefixes.contains { $0.hasPrefix("\(container)/") || container.hasPrefix($0) || $0 == container }
            }
        )
    }
}
