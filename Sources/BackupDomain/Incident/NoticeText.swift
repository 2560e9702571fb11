import FoundationEssentials

/// A notice in words: what every channel shows, each in its own form.
package struct NoticeText: Sendable, Hashable {
    /// How grave it is, for a colour or a sign.
    package enum Severity: String, Sendable, Codable, CaseIterable {
        /// A backup is missing, or the last one is about to be lost.
        case critical
        /// Something needs a person.
        case warning
        /// Nothing needs anybody.
        case information
        /// What was wrong is well again.
        case resolved
    }

    /// How grave it is.
    package let severity: Severity
    /// One line, without an end.
    package let title: String
    /// What is wrong with which instance, each a line.
    package let lines: [String]
    /// What Azure or this program said, where something failed.
    package let error: String?
    /// What to do about it, where we know.
    package let remedy: String?
    /// Names and values worth knowing, in order.
    package let facts: [Fact]

    /// A name with its value.
    package struct Fact: Sendable, Hashable {
        /// The name.
        package var name: String
        /// The value.
        package var value: String
    }

    /// Puts a notice into words.
    ///
    /// - Parameter notice: The notice.
    package init(_ notice: Notice) {
        self.severity = notice.severity
        self.title = notice.title
        self.lines = notice.shownLines
        self.error = notice.error.map { error in
            // What a failure quotes may quote a secret.
            Redaction.redact(error.azure.map { "\(error.message) Azure answered \($0)" } ?? error.message)
        }
        self.remedy = notice.error?.remedy
        self.facts = notice.facts
    }

    /// The whole notice as plain text, for a mail or a log.
    package var plain: String {
        let details = [self.error, self.remedy.map { "What to do: \($0)" }].compactMap(\.self)
        let facts = self.facts.map { "\($0.name): \($0.value)" }
        return [[self.title], self.lines, details, facts].filter { !$0.isEmpty }
            .map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }
}

extension Notice {
    fileprivate var severity: NoticeText.Severity {
        switch (self.event, self.incident?.kind) {
        case (.recovered, _): .resolved
        case (.digest, _):
            self.digest.map { $0.troubled == 0 && $0.openIncidents == 0 } ?? true ? .information : .warning
        case (.test, _): .information
        case (_, .overdue), (_, .degraded), (_, .retentionBlocked), (_, .inventoryMissing), (_, .drillOverdue): .warning
        default: .critical
        }
    }

    fileprivate var title: String {
        switch self.event {
        case .digest: return self.digest?.line ?? ""
        case .test: return "A test of apim-backup: this channel works"
        case .opened, .grown, .reminder, .recovered: break
        }
        guard let incident = self.incident else { return "apim-backup" }
        let count = self.count(incident)
        let subject = count == 1 ? self.lines.first?.name ?? "1 instance" : "\(count) instances"
        let what = "\(incident.kind.title): \(subject)"
        return switch self.event {
        case .recovered where incident.isUnattended == true && incident.kind.isLapse:
            "Recovered: \(subject) can be looked after again"
        case .recovered: "Recovered: \(subject) \(incident.kind.recovery(of: count))"
        case .grown: "More instances. \(what)"
        case .reminder: "Still so. \(what)"
        default: what
        }
    }

    /// How many instances it tells of: of its end those that have recovered, not those that go on for another reason.
    private func count(_ incident: NoticedIncident) -> Int {
        self.event == .recovered ? max(1, min(incident.recovered, incident.instances)) : incident.instances
    }

    fileprivate var shownLines: [String] {
        guard let incident = self.incident else { return [] }
        let count = self.count(incident)
        // One alone is named by the title already.
        if self.lines.count == 1, count == 1 { return self.lines.compactMap(\.text) }
        let others = count - self.lines.count
        let more = others > 0 ? ["and \(others) more"] : []
        let texts = Set(self.lines.map(\.text))
        guard texts.count == 1, let text = texts.first else {
            return self.lines.map { line in line.text.map { "\(line.name): \($0)" } ?? line.name } + more
        }
        // What is the same for all is said once.
        return [text, (self.lines.map(\.name) + more).joined(separator: ", ")].compactMap(\.self)
    }

    fileprivate var facts: [NoticeText.Fact] {
        guard let incident = self.incident else { return [] }
        var facts = [
            NoticeText.Fact(name: "Cause", value: "\(incident.cause.code) (\(incident.cause.scope))"),
            NoticeText.Fact(name: "Noticed", value: incident.openedAt.wholeSeconds.iso8601),
        ]
        if let closedAt = incident.closedAt {
            facts.append(NoticeText.Fact(name: "Over", value: closedAt.wholeSeconds.iso8601))
        } else if incident.recovered > 0 {
            facts.append(NoticeText.Fact(name: "Recovered so far", value: "\(incident.recovered)"))
        }
        if incident.instances == 1, let run = self.lines.first?.run {
            facts.append(NoticeText.Fact(name: "Run", value: run.text))
        }
        if let request = self.error?.azure?.requestID {
            facts.append(NoticeText.Fact(name: "Azure's request id", value: request))
        }
        facts.append(NoticeText.Fact(name: "Incident", value: incident.id))
        return facts
    }
}

extension AlertKind {
    /// What is wrong, as the beginning of a title.
    package var title: String {
        switch self {
        case .catalogUnreadable: "The catalog cannot be read"
        case .failed: "Backup failed"
        case .missed: "Backup missed"
        case .overdue: "No verified backup in time"
        case .expiring: "The last good backup is about to expire"
        case .degraded: "The doctor found a fault"
        case .retentionBlocked: "Retention is blocked"
        case .inventoryMissing: "No inventory was taken"
        case .drillFailed: "A drill did not pass"
        case .drillOverdue: "No passed drill in time"
        }
    }

    /// What is well again, as the end of a title.
    fileprivate func recovery(of instances: Int) -> String {
        let (has, goes) = instances == 1 ? ("has", "goes") : ("have", "go")
        return switch self {
        case .catalogUnreadable: "\(has) a catalog that can be read again"
        case .failed, .missed, .overdue: "\(has) a verified backup again"
        case .expiring: "\(has) a newer good backup"
        case .degraded: "\(has) nothing any more that the doctor found"
        case .retentionBlocked: "\(goes) on deleting what the rules release"
        case .inventoryMissing: "\(has) an inventory again"
        case .drillFailed, .drillOverdue: "\(has) a passed drill again"
        }
    }
}

extension DailyDigest {
    /// The morning's line: how many are protected, what changed, what needs a person.
    package var line: String {
        var parts = [
            "\(self.protected) of \(self.instances) \(self.instances == 1 ? "instance" : "instances") protected"
        ]
        if let count = self.inventoryOnly { parts[0] += ", \(count) inventory only" }
        let changes = self.changes + [self.contents].compactMap(\.self)
        parts.append(changes.isEmpty ? "nothing has changed" : changes.joined(separator: "; "))
        let bad = self.troubled
        switch (self.openIncidents, bad) {
        case (0, 0): parts.append("nothing needs you")
        case (0, _): parts.append("\(bad) \(bad == 1 ? "needs" : "need") you: apim-backup status")
        case (1, _): parts.append("1 incident needs you: apim-backup status")
        default: parts.append("\(self.openIncidents) incidents need you: apim-backup status")
        }
        return parts.joined(separator: "; ")
    }

    /// What changed in the instances, in words; nil where nothing did, or nothing is known.
    private var contents: String? {
        guard let things = self.changedThings, let instances = self.changedInstances, things > 0 else { return nil }
        return "\(things) \(things == 1 ? "thing" : "things") changed in \(instances) "
            + "\(instances == 1 ? "instance" : "instances")"
    }
}
