package import FoundationEssentials

/// One thing that went wrong for one reason, with all instances that it concerns: told once, reminded of, closed.
package struct Incident: Sendable, Codable, Hashable {
    /// How many names of recovered instances are kept.
    private static let mostNames = 20

    /// The incident's id: 16 hexadecimal digits.
    package private(set) var id: String
    /// What is wrong.
    package private(set) var kind: AlertKind
    /// Why.
    package private(set) var cause: AlertCause
    /// When it was noticed.
    package private(set) var openedAt: Date
    /// The instances that it concerns now, by their keys.
    package var members: [String: IncidentMember] = [:]
    /// The most instances that it has concerned at one time.
    package private(set) var mostMembers = 0
    /// How many instances have recovered.
    package private(set) var recovered = 0
    /// The names of some of these.
    package private(set) var recoveredNames: [String] = []
    /// When it was told last; nil where nobody has been told.
    package private(set) var toldAt: Date?
    /// How many instances were told of then.
    package private(set) var toldMembers = 0
    /// How often it was told.
    package private(set) var timesTold = 0
    /// True where no run of some instance could begin; nil where runs failed.
    package private(set) var isUnattended: Bool?
    /// When its last instance recovered or went; nil while it is open.
    package var closedAt: Date?

    /// Opens an incident.
    ///
    /// Its id follows from what is wrong, why, with which instance first, and since when: a process that cannot read what another one wrote
    /// down tells of the same incident by the same id, so that whoever pairs notices by it sees one. Where nobody knows since when, it
    /// is the day that counts.
    ///
    /// - Parameters:
    ///   - founder: The alert that began first.
    ///   - openedAt: The present instant.
    ///   - isRecurrence: Whether an incident of that id is over already, so that this one needs another.
    package init(of founder: Alert, openedAt: Date, isRecurrence: Bool = false) {
        let day = Int((openedAt.timeIntervalSince1970 / 86_400).rounded(.down))
        let begin = founder.hasKnownBegin ? founder.since.iso8601 : "day \(day)"
        let reason = [founder.kind.rawValue, founder.cause.code, founder.cause.scope, founder.instance.text, begin]
        self.id = StableHash((reason + (isRecurrence ? [openedAt.iso8601] : [])).joined(separator: "|")).hex(16)
        self.kind = founder.kind
        self.cause = founder.cause
        self.openedAt = openedAt
    }

    /// Whether it is open.
    package var isOpen: Bool { self.closedAt == nil }

    /// Whether an alert belongs to it.
    ///
    /// - Parameter alert: The alert.
    /// - Returns: Whether kind and cause are the same.
    package func covers(_ alert: Alert) -> Bool { self.kind == alert.kind && self.cause == alert.cause }

    /// Takes an instance in, or notes that it is still wrong.
    ///
    /// - Parameters:
    ///   - alert: What is wrong with it.
    ///   - now: The present instant.
    ///   - sighting: How long a sighting lasts before it is noted anew.
    mutating func admit(_ alert: Alert, at now: Date, sighting: TimeInterval) {
        let key = alert.instance.text
        if alert.isUnattended { self.isUnattended = true }
        if let member = self.members[key] {
            if member.seenAt + sighting <= now { self.members[key]?.seenAt = now }
        } else {
            self.members[key] = IncidentMember(since: alert.since, seenAt: now)
            self.mostMembers = max(self.mostMembers, self.members.count)
        }
    }

    /// Has an instance under the key that it has since its resource id is known.
    ///
    /// - Parameters:
    ///   - nickname: The key that it had until then.
    ///   - key: Its key.
    mutating func rename(_ nickname: InstanceKey, to key: InstanceKey) {
        guard let member = self.members.removeValue(forKey: nickname.text) else { return }
        self.members[key.text] = self.members[key.text] ?? member
    }

    /// Lets an instance go that is well again.
    ///
    /// - Parameters:
    ///   - key: The instance's key.
    ///   - name: Its name.
    mutating func recover(_ key: InstanceKey, name: String) {
        guard self.members.removeValue(forKey: key.text) != nil else { return }
        self.recovered += 1
        if self.recoveredNames.count < Self.mostNames { self.recoveredNames.append(name) }
    }

    /// Notes that it is being told.
    ///
    /// - Parameter now: The present instant.
    mutating func tell(at now: Date) {
        self.toldAt = now
        self.toldMembers = self.members.count
        self.timesTold += 1
    }
}
