import BackupDomain
import FoundationEssentials

/// Who must be told of what, and how often.
extension Oracle {
    /// What was told of one incident.
    struct Told: Sendable {
        /// Whether it says that the instance lacks a backup.
        var isLapse: Bool
        /// When it was told first, by Azure's clock.
        var since: Int64
        /// The ids of the notices, by what they tell.
        var notices: [Notice.Event: Set<String>] = [:]
        /// When its end was told.
        var overAt: Int64?
        /// Whether its end was told.
        var isOver: Bool { self.overAt != nil }
    }

    /// How long an instance may lack a verified backup without anybody being told: one and a half of its interval of a day.
    private static let silence: Int64 = 36 * 3_600_000
    /// How long before a look something must have been written to be seen for certain.
    private static let blindness: Int64 = 60_000

    /// A notice has reached somebody.
    ///
    /// - Parameters:
    ///   - notice: The notice.
    ///   - now: The present in milliseconds since 1970.
    mutating func told(_ notice: Notice, at now: Int64) {
        guard let incident = notice.incident else { return }
        // Where the opening was given up after a day, a reminder is what comes first.
        let since = notice.event == .reminder ? Int64(incident.openedAt.timeIntervalSince1970 * 1000) : now
        var told = self.incidents[incident.id] ?? Told(isLapse: incident.kind.isLapse, since: min(since, now))
        let known = told.notices[notice.event] ?? []
        told.notices[notice.event] = known.union([notice.id])
        if notice.event == .recovered { told.overAt = told.overAt ?? now }
        self.incidents[incident.id] = told
        let count = told.notices[notice.event]?.count ?? 0
        // Reminders are a day apart from the beginning on, though the opening may have been told late; and a clock that jumps ahead
        // may bring one hours early.
        let opened = min(told.since, Int64(incident.openedAt.timeIntervalSince1970 * 1000))
        let most = notice.event == .reminder ? 1 + Int((now - opened) / 86_400_000) : 1
        if count > most { self.toldTooOften[incident.id] = "\(count) times as \(notice.event.rawValue)" }
    }

    /// A process has told what it had to tell.
    ///
    /// - Parameters:
    ///   - forgotten: The incidents of which it may have told without a later process knowing.
    ///   - now: The present in milliseconds since 1970.
    mutating func reported(forgotten: [String], at now: Int64) {
        self.givenUp.formUnion(forgotten)
        // What a process told that could not write it down is told again by the next.
        for (id, text) in self.toldTooOften.sorted(by: { $0.key < $1.key }) where !self.givenUp.contains(id) {
            self.violate(.whatIsWrongIsTold, "the incident \(id) was told \(text)", at: now)
        }
        self.toldTooOften = [:]
    }

    /// A process looked how the instance stands, wrote down what it found, and all that it had to tell was taken.
    ///
    /// - Parameters:
    ///   - moment: When it looked, by Azure's clock too; nil where its own clock is wrong.
    ///   - instance: The instance.
    ///   - now: The present.
    mutating func looked(_ moment: Int64?, _ instance: ResourceID, at now: Int64) {
        guard let moment, let history = self.history, Int64(history.firstSeenAt) * 1000 + Self.silence < moment else {
            return
        }
        // A run that makes up for a time of long ago is given its time from when it began.
        let hopeful = self.records.compactMap { run, known -> Int64? in
            switch known.text.outcome {
            case "verified": RunID(text: run).map { Int64($0.nominalAt.timeIntervalSince1970 * 1000) }
            case nil: known.begunAt
            default: nil
            }
        }
        guard (hopeful.max() ?? 0) + Self.silence + Self.blindness < moment else { return }
        if let lapse = self.newestLapse, !lapse.told.isOver { return }
        // Of what a channel did not take for a day, the next reminder tells.
        if self.isMissingNotices { return }
        self.violate(.whatIsWrongIsTold, "for 36 hours no backup was verified, and nobody was told", at: now)
    }

    /// Once all is well, that must have been told.
    mutating func concludeNotices(at now: Int64) {
        // What was told may have gone on as an incident whose notices no channel took, its end among them.
        guard let (id, told) = self.newestLapse, !self.isMissingNotices else { return }
        // Who could not read the ledger has told of what another process had told of: the end of either is the end of it.
        if self.incidents.values.contains(where: { $0.isLapse && $0.overAt ?? 0 >= told.since }) { return }
        self.violate(.whatIsWrongIsTold, "nobody was told that the incident \(id) is over", at: now)
    }

    /// Whether there is an incident that a channel did not take for a day, or that a later process knows nothing of, and nobody was told
    /// that it is over.
    private var isMissingNotices: Bool { self.givenUp.contains { self.incidents[$0]?.isOver != true } }

    /// The newest incident of which somebody was told that the instance lacks a backup: those before it went on as this one.
    private var newestLapse: (id: String, told: Told)? {
        self.incidents.filter(\.value.isLapse).max { ($0.value.since, $0.key) < ($1.value.since, $1.key) }
            .map { ($0.key, $0.value) }
    }
}
